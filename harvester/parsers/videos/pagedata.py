"""What a page says of its films apart from its content: JSON-LD, Open Graph, microdata."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import lxml.html

from harvester.parsers.videos.model import Video, unless_channel
from harvester.parsers.videos.parse import parse_video_url
from harvester.parsers.videos.payloads import unwrap
from harvester.parsers.videos.titles import clean_title

#: Objects of a page's JSON-LD that are looked at.
MAX_OBJECTS = 5000


@dataclass(frozen=True, slots=True)
class StatedVideo:
    """A film that the page's data states, at the element that states it."""

    element: lxml.html.HtmlElement
    video: Video
    title: str | None


def stated_videos(root: lxml.html.HtmlElement, base: str) -> list[StatedVideo]:
    """The films a page's own data states, JSON-LD first, in document order."""
    found: list[StatedVideo] = []
    for script in root.iter("script"):
        kind = script.get("type", "").split(";")[0].strip().lower()
        if kind == "application/ld+json" and script.text:
            found.extend(_linked_data(script, base))
    for element in root.iter("meta", "link"):
        name = (
            element.get("property")
            or element.get("name")
            or element.get("itemprop")
            or element.get("rel")
            or ""
        ).lower()
        if name in _STATING:
            address = element.get("content") or element.get("href")
            video = _film(address, base)
            if video is not None:
                found.append(StatedVideo(element, video, None))
    return found


_STATING = frozenset(
    {"og:video", "og:video:url", "og:video:secure_url", "twitter:player", "twitter:player:stream", "video_src",
     "embedurl", "contenturl"}
)  # fmt: skip


def _linked_data(script: lxml.html.HtmlElement, base: str) -> Iterator[StatedVideo]:
    text = script.text.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = (
        text.removeprefix("//<![CDATA[")
        .removesuffix("//]]>")
        .removeprefix("<![CDATA[")
        .removesuffix("]]>")
    )
    payload = unwrap(text.strip())
    if payload is None or payload.data is None:
        return
    for item in _video_objects(payload.data):
        stated = (
            _film(item.get(name), base)
            for name in ("embedUrl", "embedURL", "url", "contentUrl", "@id")
        )
        videos = [video for video in stated if video is not None]
        if videos:
            best = next((v for v in videos if v.provider != "file"), videos[0])
            title = item.get("name") or item.get("headline")
            yield StatedVideo(script, best, clean_title(title) if isinstance(title, str) else None)


def _video_objects(data: Any) -> Iterator[dict[str, Any]]:
    stack = [data]
    for _ in range(MAX_OBJECTS):
        if not stack:
            return
        value = stack.pop()
        if isinstance(value, dict):
            kinds = value.get("@type")
            if "VideoObject" in (kinds if isinstance(kinds, list) else [kinds]):
                yield value
            stack.extend(reversed(list(value.values())))
        elif isinstance(value, list):
            stack.extend(reversed(value))


def _film(address: object, base: str) -> Video | None:
    if isinstance(address, list) and address:
        address = address[0]
    if not isinstance(address, str) or len(address) > 4096:
        return None
    video = parse_video_url(address)
    if video is None and address.startswith("/"):
        try:
            video = parse_video_url(urljoin(base, address))
        except ValueError:
            return None
    return unless_channel(video)
