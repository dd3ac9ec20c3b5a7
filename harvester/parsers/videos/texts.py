"""Bare film addresses in running text."""

from __future__ import annotations

import re

from harvester.parsers.videos.model import Video, unless_channel
from harvester.parsers.videos.parse import parse_video_url


def addressed_videos(text: str) -> list[Video]:
    """The films whose addresses stand in a text, in order.

    Markup that is shown as text (an embed code to copy) names no film of the page. WordPress'
    typography inside an address is undone: an en dash was two hyphens, a multiplication sign an x.
    """
    if "/" not in text or _SHOWN_MARKUP.search(text):
        return []
    found = (_video(match[0]) for match in _TOKEN.finditer(text) if "/" in match[0])
    return [video for video in found if video is not None]


# A tag shown as text; not "<3", not "a < b".
_SHOWN_MARKUP = re.compile(
    r"(?:<|&lt;)/?(?:iframe|a|div|p|video|embed|object|script|source|param|blockquote|figure|lite-youtube)\b",
    re.IGNORECASE,
)

_TOKEN = re.compile(r"[^\s<>\"“”„«»|]+")

_OPENING = "([{'‘’*–—-:,.;•→"
_CLOSING = ".,;:!?)]}'’*…"
_START = re.compile(r"https?(?::|%3A)|httpv[a-z]{0,3}:|www\.", re.IGNORECASE)


def _video(token: str) -> Video | None:
    start = _START.search(token[:200])
    if start is not None and start.start():
        before = token[start.start() - 1]
        if before in "=/":  # a code's attribute, or an address within another one
            start = None if before == "/" else start
            if before == "=":
                return None
        if start is not None:
            token = token[start.start() :]
    token = token.lstrip(_OPENING).rstrip(_CLOSING)
    video = parse_video_url(token)
    if video is None and not token.isascii():
        video = parse_video_url(token.replace("–", "--").replace("—", "---").replace("×", "x"))
    return unless_channel(video)
