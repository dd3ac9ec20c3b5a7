"""Stored bytes to an lxml tree, always the same way, so that a locator means the same tomorrow."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import lxml.html
from bs4.dammit import EncodingDetector
from lxml.etree import ElementDefaultClassLookup, ParserError, XPath
from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HtmlProcessingInstruction

from harvester.archive.capture import Capture
from harvester.memory import Memory

#: Bodies beyond this many bytes are not parsed: no page of a conference is that long.
MAX_BODY = 20_000_000

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
# The longer marks first: UTF-32's begins with UTF-16's.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def _parser(encoding: str | None = None) -> lxml.html.HTMLParser:
    """A parser of pages of any size.

    lxml.html looks up a class for each tag in Python, to give forms methods that nobody here asks for; a table of
    ids, which costs an eighth of a parse, nobody asks for either.
    """
    parser = lxml.html.HTMLParser(huge_tree=True, collect_ids=False, encoding=encoding)
    parser.set_element_class_lookup(
        ElementDefaultClassLookup(
            element=HtmlElement,
            comment=HtmlComment,
            pi=HtmlProcessingInstruction,
            entity=HtmlEntity,
        )
    )
    return parser


_PARSER = _parser()
_UTF8_PARSER = _parser("utf-8")  # whatever the page says of its encoding
# XML allows an encoding declaration that lxml refuses in text; it says nothing once decoded.
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# Characters that no document may hold and libxml2 cuts at.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# The same in UTF-8, which cannot spell the surrogates.
_CONTROLS = bytes(n for n in range(0x20) if chr(n) not in "\t\n\r")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body as text; ``damaged`` where bytes did not fit their encoding and were replaced.

    ``utf8`` is the body where it is the text in UTF-8, else empty: the parser converts any other text.
    """

    text: str
    encoding: str
    damaged: bool
    utf8: bytes = field(default=b"", repr=False, compare=False)


def decode(body: bytes, content_type: str = "") -> Decoded:
    """The body as text: by byte order mark, header, declaration, UTF-8, Windows-1252, in that order.

    A declared encoding that does not fit gives way to UTF-8 where that does (a common fault of
    moved WordPress sites). Never raises.
    """
    for encoding in _candidates(body, content_type):
        try:
            text = body.decode(encoding)
            if encoding == "utf-8" and _is_clean(text, body):
                return Decoded(text, encoding, False, body)
            return Decoded(_clean(text), encoding, False)
        except (UnicodeDecodeError, LookupError):
            continue
    declared = next(iter(_candidates(body, content_type)), "utf-8")
    return Decoded(_clean(body.decode(declared, "replace")), declared, True)


def parse_html(text: str) -> HtmlElement:
    """The tree of a page or fragment; a fragment stands in ``/html/body``. Never raises on str."""
    return _tree(_XML_DECLARATION.sub("", text, count=1) or "<html></html>", _PARSER)


def parse_capture(capture: Capture) -> tuple[HtmlElement, Decoded]:
    """The tree of a stored page and how its bytes were decoded."""
    decoded = decode(capture.body[:MAX_BODY], capture.header("Content-Type") or "")
    if decoded.utf8 and _XML_DECLARATION.match(decoded.text) is None:
        return _tree(decoded.utf8, _UTF8_PARSER), decoded
    return parse_html(decoded.text), decoded


def _tree(page: str | bytes, parser: lxml.html.HTMLParser) -> HtmlElement:
    try:
        return lxml.html.document_fromstring(page, parser=parser)
    except (ParserError, ValueError, AssertionError):
        return lxml.html.document_fromstring("<html><body></body></html>", parser=_PARSER)


def elements(path: XPath, node: HtmlElement) -> list[HtmlElement]:
    """The elements an XPath selects, in document order; text, numbers and comments are none."""
    found = path(node)
    return [e for e in found if isinstance(e, HtmlElement)] if isinstance(found, list) else []


def strings(path: XPath, node: HtmlElement) -> list[str]:
    """The texts and attribute values an XPath selects, in document order."""
    found = path(node)
    return [str(s) for s in found if isinstance(s, str)] if isinstance(found, list) else []


def _candidates(body: bytes, content_type: str) -> Iterator[str]:
    """The encodings to try, each once. The first fits most pages: what they declare is not looked for."""
    known: list[str] = []
    for name in _stated_encodings(body, content_type):
        try:
            name = codecs.lookup(name).name if name else None
        except (LookupError, ValueError):
            continue
        # WHATWG: pages that say Latin-1 or ASCII are read as Windows-1252 by every browser.
        name = "cp1252" if name in ("iso8859-1", "ascii") else name
        if name == "utf-8" and body.startswith(codecs.BOM_UTF8):
            name = "utf-8-sig"
        if name and name not in known:
            known.append(name)
            yield name


def _stated_encodings(body: bytes, content_type: str) -> Iterator[str | None]:
    yield next((name for mark, name in _BYTE_ORDER_MARKS if body.startswith(mark)), None)
    yield _HEADER_CHARSETS[content_type]
    yield EncodingDetector.find_declared_encoding(body[:4096], is_html=True)
    yield "utf-8"
    yield "cp1252"


def _header_charset(content_type: str) -> str | None:
    found = _CHARSET.search(content_type)
    return found.group(1) if found else None


#: What headers state: a site gives the same one with each page.
_HEADER_CHARSETS = Memory(_header_charset, most=64, longest=200)


def _clean(text: str) -> str:
    """The text with the replacement character for every forbidden one; most texts hold none."""
    try:
        clean = _is_clean(text, text.encode())
    except UnicodeEncodeError:  # a lone surrogate
        clean = False
    return text if clean else _FORBIDDEN.sub("\ufffd", text)


def _is_clean(text: str, utf8: bytes) -> bool:
    """True where a text holds no forbidden character; bytes are searched many times faster."""
    return len(utf8.translate(None, _CONTROLS)) == len(utf8) and not any(
        mark in text for mark in "\ufffe\uffff"
    )


def is_inside(element: HtmlElement, nodes: AbstractSet[HtmlElement]) -> bool:
    """True where an element is one of some nodes or stands inside one."""
    return bool(nodes) and (element in nodes or not nodes.isdisjoint(element.iterancestors()))
