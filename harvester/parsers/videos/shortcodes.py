"""WordPress shortcodes that were never resolved: in REST bodies, feeds and broken pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from harvester.parsers.videos.ids import named_video
from harvester.parsers.videos.markup import vocabulary
from harvester.parsers.videos.model import Video, unless_channel
from harvester.parsers.videos.parse import parse_video_url
from harvester.parsers.videos.payloads import unwrap
from harvester.parsers.videos.texts import addressed_videos
from harvester.parsers.videos.titles import clean_title


@dataclass(frozen=True, slots=True)
class ShortcodeVideo:
    """A film in a shortcode."""

    video: Video
    title: str | None
    background: bool
    column: int  # how many columns opened or closed in the text before it


def read_shortcodes(text: str) -> tuple[list[ShortcodeVideo], str]:
    """The films in a text's shortcodes, and the text without them.

    A doubled bracket shows a shortcode instead of running it: no film. One shortcode is one film,
    however many files it names (`mp4`, `webm`); a background film may stand beside it.
    """
    found: list[ShortcodeVideo] = []
    rest: list[str] = []
    at = columns = 0
    for match in _SHORTCODE.finditer(text):
        if match.start() < at:
            continue
        rest.append(text[at : match.start()])
        at = match.end()
        name = match["name"].lower()
        columns += name in vocabulary().column_shortcodes
        if match["shown"]:
            close = text.find("]]", at, at + MAX_CONTENT)
            at = close + 2 if close >= 0 else at
            continue
        if match["close"]:
            continue
        content = ""
        if name in vocabulary().enclosing or "video" in name or "youtube" in name:
            end = text.find("[", at, at + MAX_CONTENT)
            content = text[at : end if end >= 0 else at + MAX_CONTENT]
        videos = _videos(name, match["attributes"], content, columns)
        if videos and content:
            at += len(content)
        found.extend(videos)
    rest.append(text[at:])
    return found, " ".join(rest)


def column_breaks(text: str) -> int:
    """How many columns open or close in a text's shortcodes."""
    names = vocabulary().column_shortcodes
    return sum(match["name"].lower() in names for match in _SHORTCODE.finditer(text))


#: Longest content of a shortcode that is looked into.
MAX_CONTENT = 2000

# An opening or closing shortcode, with the second bracket that shows rather than runs it; not
# "[…]", not "[1]".
_SHORTCODE = re.compile(
    r"(?P<shown>\[)?\[(?P<close>/)?(?P<name>[A-Za-z][\w-]{1,40})(?P<attributes>[^\[\]]{0,3000})\]"
)

# name="value" with any quotes, the curly ones and primes that WordPress puts included.
_ATTRIBUTE = re.compile(
    r"""(?<!\S)([\w-]{1,60})\s*=\s*(?:["'“”„″′‘’»«]{1,2}([^"'“”„″′‘’»«]*)["'“”„″′‘’»«]{1,2}|([^\s"'“”„″′‘’»«]+))"""
)


def _videos(name: str, attributes: str, content: str, column: int) -> list[ShortcodeVideo]:
    pairs = {
        m[1].lower(): (m[2] if m[2] is not None else m[3]) for m in _ATTRIBUTE.finditer(attributes)
    }
    words = vocabulary()
    title = next((t for n in words.shortcode_titles if (t := clean_title(pairs.get(n)))), None)
    shown: list[ShortcodeVideo] = []
    behind: list[ShortcodeVideo] = []
    for key, value in pairs.items():
        video = _film(value)
        if video is not None:
            background = words.background.search(key) is not None
            (behind if background else shown).append(
                ShortcodeVideo(video, title, background, column)
            )
    if not shown:
        plain = _ATTRIBUTE.sub(" ", attributes).strip().lstrip("=").strip()
        found = [*addressed_videos(plain), *addressed_videos(content), *_encoded(content)]
        if not found:
            first = (plain.split() or [content.strip()])[0]
            named = named_video(
                {"id": first, **pairs}, f"{name} {' '.join(pairs.values())}", settings=True
            )
            found = [named] if named is not None else []
        shown = [ShortcodeVideo(video, title, False, column) for video in found]
    return shown[:1] + behind[:1]


def _encoded(content: str) -> list[Video]:
    """The films in content that a builder keeps encoded (WPBakery's raw HTML)."""
    payload = unwrap(content) if " " not in content.strip() and len(content) > 24 else None
    if payload is None or payload.markup is None:
        return []
    films = (_film(match[1]) for match in _SOURCE.finditer(payload.markup))
    return [film for film in films if film is not None]


# An attribute of markup that names a player's address.
_SOURCE = re.compile(r"""\b(?:src|href|data-src)\s*=\s*["']([^"'<>\s]{8,2000})["']""")


def _film(value: str) -> Video | None:
    return unless_channel(parse_video_url(value)) if "/" in value or "%2" in value else None
