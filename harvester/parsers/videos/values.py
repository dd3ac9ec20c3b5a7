"""Films in a value: an attribute's, a setting's, a script's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from harvester.parsers.videos.address import read_params
from harvester.parsers.videos.ids import named_video
from harvester.parsers.videos.markup import vocabulary
from harvester.parsers.videos.model import Video, unless_channel
from harvester.parsers.videos.parse import FILE_ENDINGS, parse_video_url
from harvester.parsers.videos.payloads import (
    Payload,
    may_hold_payload,
    script_markup,
    strings_of,
    unwrap,
)
from harvester.parsers.videos.shortcodes import read_shortcodes
from harvester.parsers.videos.texts import addressed_videos
from harvester.parsers.videos.titles import clean_title


@dataclass(frozen=True, slots=True)
class Found:
    """A film in a value, with what the value itself says of it."""

    video: Video
    title: str | None = None
    background: bool = False


@dataclass(frozen=True, slots=True)
class ValueReader:
    """Reads values of one page; markup inside them goes to `read_markup`, which bounds the depth."""

    base: str  # the page's address
    read_markup: Callable[[str], list[Found]]

    def film_at(self, address: str) -> Video | None:
        """The film at an address of the page; a relative address only where it is a film's file."""
        video = None if _OWN_PATH.match(address) else parse_video_url(address)
        if video is None and not address.startswith(("http:", "https:", "//")):
            path = address.split("?", 1)[0].split("#", 1)[0]
            if path.rpartition(".")[2].lower() in FILE_ENDINGS:
                try:
                    video = parse_video_url(urljoin(self.base, address.replace("\\/", "/")))
                except ValueError:
                    return None
        return unless_channel(video)

    def in_payload(self, payload: Payload, context: str) -> list[Found]:
        """The films in an unwrapped value; `context` are the words around it."""
        if payload.address is not None:
            return self._at_addresses(payload.address)
        if payload.markup is not None:
            return self.read_markup(payload.markup)
        return list(self._in_settings(payload.data, context))

    def in_loose_text(self, value: str) -> list[Found]:
        """The films in a value that is no payload: an event's code, a player's variables."""
        if _VARIABLES.match(value):
            films = (
                self.film_at(v) for k, v in read_params(value).items() if not _NO_FILM.search(k)
            )
            return [Found(film) for film in films if film is not None][:1]
        return [Found(video) for video in addressed_videos(value)]

    def in_script(self, text: str) -> list[Found]:
        """The films of the players that a script builds or writes out as markup."""
        plain = script_markup(text)
        if "<iframe" in plain.lower():
            return [
                film for match in _IFRAME.finditer(plain) for film in self.read_markup(match[0])
            ]
        if _PLAYER.search(plain) is None:
            return []
        whose = "youtube" if "YT." in plain else plain[:300]
        films = (
            self._in_literal((m[1] or "").lower(), m[2], whose) for m in _LITERAL.finditer(plain)
        )
        return [Found(film) for film in films if film is not None]

    def _at_addresses(self, text: str) -> list[Found]:
        background = _BACKGROUND_PARAM.search(text) is not None
        if _SEVERAL.search(text):
            return [
                Found(video, background=background)
                for video in addressed_videos(text.replace(",", " "))
            ]
        video = self.film_at(text)
        return [Found(video, background=background)] if video is not None else []

    def _in_settings(self, data: Any, context: str) -> Iterator[Found]:
        """Films in a JSON value: addresses, markup within it, ids beside a provider's name."""
        words = vocabulary()
        for keys, owner, text in strings_of(data):
            key = keys[-1].lower() if keys else ""
            if _NO_FILM.search(key) or _is_other_provider(key, owner):
                continue
            behind = words.background.search(".".join(keys).lower()) is not None
            for found in self._in_string(text, key, owner, context):
                title = found.title or _settings_title(owner)
                yield Found(found.video, title, behind or found.background)

    def _in_string(
        self, text: str, key: str, owner: dict[str, Any] | None, context: str
    ) -> list[Found]:
        films: list[Found] = []
        if "[" in text:
            films.extend(Found(s.video, s.title, s.background) for s in read_shortcodes(text)[0])
        inner = unwrap(text) if may_hold_payload(text) else None
        if inner is not None and inner.data is None:
            films.extend(self.in_payload(inner, context))
        elif owner is not None and key in vocabulary().id_names:
            pairs = [(k, str(v)) for k, v in list(owner.items())[:40] if isinstance(v, str | int)]
            around = " ".join(f"{k} {v}" for k, v in pairs if len(v) < 60)
            video = named_video({key: text}, f"{around} {context}", settings=True)
            films.extend([Found(video)] if video is not None else [])
        return films

    def _in_literal(self, key: str, value: str, whose: str) -> Video | None:
        if _NO_FILM.search(key):
            return None
        video = self.film_at(value) if "/" in value else None
        if video is None and key in ("videoid", "id", "mediaid"):
            return named_video({"videoid": value}, whose, settings=True)
        return video


# Names of settings that point at pictures, pages and help rather than at the film.
_NO_FILM = re.compile(
    r"thumb|poster|image|share|help|docs|tutorial|permalink|canonical|referrer|origin"
)

# A path of the page's own site; "//" and what may stand for it begins another's address.
_OWN_PATH = re.compile(r"/[A-Za-z0-9]")

# "file=…&image=…" of the years of Flash; not an address with a query.
_VARIABLES = re.compile(r"[A-Za-z_]{1,30}=[^\s/]")

# Vimeo's player without controls, made for backgrounds.
_BACKGROUND_PARAM = re.compile(r"[?&;]background=(?:1|true)(?:&|$)")

# One address after another.
_SEVERAL = re.compile(r"[,\s]\s*https?:")

_IFRAME = re.compile(r"<iframe\b[^<>]{0,4000}>", re.IGNORECASE)
_PLAYER = re.compile(
    r"YT\.Player|onYouTubeIframeAPIReady|jwplayer\s*\(|videojs\s*\(|flowplayer\s*\(|Vimeo\.Player|"
    r"new Plyr|kWidget|bitmovin|Clappr\.Player"
)
# A quoted value of a script with the name before it, if any.
_LITERAL = re.compile(r"""(?:["']?([A-Za-z_]{1,30})["']?\s*:\s*)?["']([^"'\s\\<>]{5,400})["']""")

_PROVIDER_KEY = re.compile(
    r"(youtube|vimeo|dailymotion|videopress|hosted|external)_(?:url|link|id)"
)


def _is_other_provider(key: str, owner: dict[str, Any] | None) -> bool:
    """Whether a setting belongs to a provider that the widget is not set to (Elementor's defaults)."""
    match = _PROVIDER_KEY.match(key)
    if match is None or owner is None:
        return False
    chosen = owner.get("video_type") or owner.get("video_source")
    if isinstance(chosen, str):
        return chosen.lower() != match[1]
    return next(k for k in map(str.lower, owner) if _PROVIDER_KEY.match(k)) != key


def _settings_title(owner: dict[str, Any] | None) -> str | None:
    for name in ("title", "name", "video_title", "videoTitle", "alt") if owner else ():
        value = owner.get(name) if owner else None
        if isinstance(value, str) and (title := clean_title(value)) is not None:
            return title
    return None
