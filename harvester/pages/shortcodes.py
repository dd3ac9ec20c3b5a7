"""Raw page-builder shortcodes (``[et_pb_video src="…"]``), read as the modules they stand for.

They show in REST bodies, feeds and pages when the builder is off. The modules and their attributes
are Divi's and WordPress' own; an unknown one is dropped and its content kept.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from lxml.etree import tostring
from lxml.html import HtmlElement

from harvester.pages.document import parse_html

# An opening or closing tag of a known family; a bracket in prose ("[sic]", "[…]") is none.
_TAG = re.compile(
    r"\[(/?)((?:et_pb|vc|fusion|av|embed|video|youtube|vimeo|caption|gallery|audio)[\w-]*)((?:\s[^\[\]]{0,20000}?)?)(/?)\]"
)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))")
_CURLY = str.maketrans("“”„″’‘", '""""\'\'')
_DYNAMIC = re.compile(r"@ET-DC@[^@]*@")
_PLAYERS = ("youtube", "vimeo")


def has_shortcodes(text: str) -> bool:
    """True where a text holds builder or media shortcodes."""
    return "[" in text and _TAG.search(text) is not None


def expand_shortcodes(text: str) -> str:
    """The HTML that a text's shortcodes stand for; a text without any is returned as it is."""
    if not has_shortcodes(text):
        return text
    return _TAG.sub(_expanded, text)


def expanded_tree(node: HtmlElement) -> HtmlElement:
    """The tree that a node's content stands for once its shortcodes are expanded."""
    inner = html.escape(node.text or "", quote=False)
    inner += "".join(tostring(child, encoding="unicode") for child in node)
    return parse_html(expand_shortcodes(inner))


def _expanded(match: re.Match[str]) -> str:
    closing, name, attributes = match.group(1), match.group(2), _attributes(match.group(3))
    if name == "embed":
        return "</p>" if closing else "<p>"
    if name in _PLAYERS or name == "video" or name == "audio":
        return "" if closing else _player(attributes, match.group(3))
    if name == "caption":
        return "</figure>" if closing else "<figure>"
    if closing:
        return "" if name in ("et_pb_video", "et_pb_image") else "</div>"
    return _module(name, attributes, self_closed=bool(match.group(4)))


def _attributes(text: str) -> dict[str, str]:
    plain = html.unescape(html.unescape(text)).translate(_CURLY)
    found = {}
    for key, double, single, bare in _ATTRIBUTE.findall(plain):
        value = (
            (double or single or bare).replace("%22", '"').replace("%91", "[").replace("%93", "]")
        )
        found[key] = _DYNAMIC.sub("", value)
    return found


def _player(attributes: Mapping[str, str], raw: str) -> str:
    for key in ("src", "mp4", "webm", "m4v", "ogv", "url", "id"):
        if attributes.get(key):
            value = attributes[key]
            break
    else:
        value = html.unescape(raw).strip().strip("=\"' ")
    if not value.startswith(("http://", "https://", "//", "/")):
        return ""
    return f'<p><a href="{html.escape(value)}">{html.escape(value)}</a></p>'


def _module(name: str, attributes: Mapping[str, str], *, self_closed: bool) -> str:
    css = re.sub(r"^vc_column.*|^fusion_builder_column.*", "et_pb_column", name)
    parts = [f'<div class="{css}">']
    title = attributes.get("title") or attributes.get("name") or ""
    if title and name not in (
        "et_pb_section",
        "et_pb_row",
        "et_pb_column",
        "et_pb_image",
        "et_pb_post_title",
    ):
        parts.append(f'<h4 class="et_pb_module_header">{html.escape(title)}</h4>')
    if attributes.get("position"):
        parts.append(f'<p class="et_pb_member_position">{html.escape(attributes["position"])}</p>')
    if name in ("et_pb_video", "et_pb_video_slider_item") and attributes.get("src"):
        parts.append(f'<iframe src="{html.escape(attributes["src"])}"></iframe>')
    if self_closed or name in ("et_pb_video", "et_pb_image"):
        parts.append("</div>")
    return "".join(parts)
