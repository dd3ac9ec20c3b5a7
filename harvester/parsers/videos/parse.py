"""From an address to the film it leads to."""

from __future__ import annotations

import functools
import hashlib
import re

from harvester.parsers.videos.address import Address, read_start, split_address
from harvester.parsers.videos.model import Video
from harvester.parsers.videos.providers import registry
from harvester.parsers.videos.youtube import (
    app_address,
    carried_address,
    parse_youtube,
    youtube_embed,
)
from harvester.records import FilmKind

#: A redirect within a consent page within a safe link; deeper is a game, not a film.
MAX_UNWRAPPED = 4


def parse_video_url(url: str) -> Video | None:
    """The film, list or channel an address leads to; None for everything else.

    Hosts are compared whole with the lists in `providers.toml`, after `urlsplit`; nothing is
    searched for inside an address. Refused: look-alike hosts, user info, ids of a wrong length,
    share and sign-up addresses, thumbnails, scripts, tracking. Never raises.
    """
    plain = _PLAIN.fullmatch(url)
    if plain is not None and not _shows_films(plain[1]) and _ANYWHERE.search(plain[2]) is None:
        return None
    embedded = youtube_embed(url)
    if embedded is not None:
        return embedded
    url = app_address(url) or url
    for _ in range(MAX_UNWRAPPED):
        address = split_address(url)
        if address is None:
            return None
        carried = _carried(address)
        if carried is None:
            return _at_host(address)
        url = carried
    return None


#: Endings of addresses that are films themselves.
FILE_ENDINGS = frozenset(
    {"mp4", "m4v", "webm", "mov", "m3u8", "mpd", "ogv", "mkv", "avi", "wmv", "flv", "mpg", "mpeg"}
)


# An address without anything to decode and without a file's ending: what most links are.
_PLAIN = re.compile(r"https?://([a-z0-9.-]+)((?:/[A-Za-z0-9_-]*)*)")


@functools.lru_cache(maxsize=1024)
def _shows_films(host: str) -> bool:
    """Whether a host is one of those on which addresses of films, or of what wraps them, are known."""
    known = registry()
    listed = host in known.youtube_hosts or host in known.youtube_short_hosts
    return listed or bool(known.at(host) or known.wrappers_at(host))


def _carried(address: Address) -> str | None:
    known = registry()
    if address.host in known.youtube_hosts:
        return carried_address(address)
    for wrapper in known.wrappers_at(address.host):
        if (carried := wrapper.carried(address)) is not None:
            return carried
    return None


def _at_host(address: Address) -> Video | None:
    known = registry()
    if address.port is None:
        short = address.host in known.youtube_short_hosts
        if short or address.host in known.youtube_hosts:
            return parse_youtube(address, short=short)
        if owners := known.at(address.host):
            return next((v for p in owners if (v := p.video(address)) is not None), None)
    elif address.host in known.youtube_hosts or known.at(address.host):
        return None
    if "/" in address.path and (video := _anywhere(address)) is not None:
        return video
    return _file(address)


# The two shapes that institutions run on hosts of their own; a cheap look before the real one.
_ANYWHERE = re.compile(
    r"/[Mm]edia[Ss]ite/|/videos/(?:watch|embed)/|/w/|/video-playlists/|/api/v1/videos/"
)


def _anywhere(address: Address) -> Video | None:
    if _ANYWHERE.search(address.path) is None or _HOST.fullmatch(address.host) is None:
        return None
    for provider in registry().anywhere:
        video = provider.video(address)
        if video is not None:
            return video
    return None


_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,18}")

# What cache busters and WordPress' own player append: the same file.
_BUSTER = re.compile(r"(?:^|(?<=&))(?:_|ver|v)=\d{1,14}(?:&|$)")


def _file(address: Address) -> Video | None:
    """A film that is a file on a web server of anyone's."""
    if address.path.rpartition(".")[2].lower() not in FILE_ENDINGS:
        return None
    if address.path.rpartition("/")[2].startswith("."):
        return None  # an ending without a name
    port = f":{address.port}" if address.port is not None else ""
    query = _BUSTER.sub("", address.query).rstrip("&")
    rest = f"{address.host}{port}{address.path}" + (f"?{query}" if query else "")
    digest = hashlib.sha256(rest.encode("utf-8", "replace")).hexdigest()[:16]
    start = read_start({}, address.fragment)
    return Video("file", FilmKind.VIDEO, digest, start, None, f"{address.scheme}://{rest}")
