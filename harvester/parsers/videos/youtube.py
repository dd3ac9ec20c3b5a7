"""YouTube's addresses: twenty years of forms, one id of eleven characters."""

from __future__ import annotations

import re
from urllib.parse import unquote

from harvester.parsers.videos.address import Address, read_params, read_start
from harvester.parsers.videos.model import Video
from harvester.records import FilmKind


def parse_youtube(address: Address, *, short: bool) -> Video | None:
    """The film, list or channel an address on one of YouTube's hosts leads to.

    `short` says that the host is a short link's, where the id is the first step of the path.
    Thumbnails, scripts, searches, feeds, widgets, accounts' settings and ids of a wrong length
    give None. Addresses that carry another one (`carried_address`) are not unwrapped here.
    """
    path, query = address.path, address.query
    if "%" in path:
        path = unquote(path)
    for mark in "?&":  # "/watch%3Fv%3D…", "/v/ID&hl=en"
        head, found, tail = path.partition(mark)
        if found:
            path, query = head, f"{tail}&{query}"
    steps = [step for step in path.split("/") if step]
    params = read_params(query)
    if len(address.fragment) > 3 and address.fragment[0] in "!/pgv":
        steps, params = _follow_fragment(address.fragment, steps, params)
    if short and steps and steps[0] not in _PATHS_WITH_ID:
        video_id = _video_id(steps[0])
        if video_id is None and steps[0] != "playlist":
            return None
    else:
        video_id = _id_in_path(steps) or _id_in_params(steps, params)
    if video_id is not None:
        start = read_start(params, address.fragment)
        return _video(video_id, start=start, list_id=_list_id(params.get("list")))
    if "v" in params and steps[:1] == ["watch"] and params["v"] != "videoseries":
        return None  # an id of a wrong length does not become its list
    return _playlist(steps, params) or _channel(steps, params)


def youtube_embed(url: str) -> Video | None:
    """The film of an address as WordPress writes it into a player; None for any other address.

    Most films of a site stand there like this, and nothing of it needs to be decoded or taken apart.
    """
    match = _EMBED.fullmatch(url)
    if match is None or match[1] in _NO_IDS:
        return None
    return _video(match[1], start=None, list_id=None)


def carried_address(address: Address) -> str | None:
    """The address that a share, redirect, age-gate or oEmbed address of YouTube carries, if any."""
    name = _CARRIERS.get(address.path.strip("/"))
    if name is None:
        return None
    params = address.params
    carried = next((params[key] for key in name if key in params), None)
    if carried is not None and carried.startswith("/"):
        carried = "https://www.youtube.com" + carried
    return carried


def app_address(url: str) -> str | None:
    """The web address that a link to YouTube's app stands for (`vnd.youtube:ID`), or None."""
    match = _APP.match(url)
    if match is None:
        return None
    rest = match[1]
    if rest.startswith(("www.youtube.com/", "m.youtube.com/", "youtube.com/")):
        return f"https://{rest}"
    return (
        f"https://www.youtube.com/{rest}"
        if "/" in rest or "?v=" in rest
        else f"https://youtu.be/{rest}"
    )


# "vnd.youtube:ID", "youtube://watch?v=ID"; an id or a path, not a sentence.
_APP = re.compile(r"(?:vnd\.)?youtube:(?://)?([A-Za-z0-9_-]\S{10,2000})", re.IGNORECASE)

_CARRIERS = {
    "attribution_link": ("u",),
    "redirect": ("q", "url"),
    "oembed": ("url",),
    "verify_age": ("next_url", "next"),
    "verify_controversy": ("next_url", "next"),
}

# Eleven characters and an end: not the beginning of a longer id, not a picture's or script's name.
_ID = re.compile(r"[A-Za-z0-9_-]{11}(?![A-Za-z0-9_-]|\.[A-Za-z0-9])")

# The address of a player, as oEmbed gives it; none with a start or a list.
_EMBED = re.compile(
    r"https://www\.youtube(?:-nocookie)?\.com/embed/([A-Za-z0-9_-]{11})(?:\?feature=oembed)?"
)

# Words of eleven letters that stand where an id may stand.
_NO_IDS = frozenset({"videoseries", "live_stream"})

# A public list's id: a known prefix with a long tail, or the bare tail of the first years. Not a bare
# WL or LL (a visitor's own), not a search.
_LIST = re.compile(
    r"(?:VL)?((?:PL|EC|UU|FL|RD|UL|TL|PU|SP|LL|OLAK5uy_)[A-Za-z0-9_-]{8,80}|[0-9A-F]{16})"
)

_CHANNEL_ID = re.compile(r"UC[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])")
_HANDLE = re.compile(r"@[^\s/@\"'<>&]{2,60}")
_NAME = re.compile(r"[^\s/@\"'<>&?#]{1,100}")
_CLIP_ID = re.compile(r"Ug[A-Za-z0-9_-]{20,40}")

_PATHS_WITH_ID = frozenset(
    {"watch", "embed", "v", "e", "vi", "shorts", "live", "w", "video", "source", "movie"}
)

# Paths whose `v` parameter (or a kin) names the film shown; the rest of the site uses it otherwise.
_PLAYER_PATHS = frozenset(
    {
        "watch", "watch.php", "watch_popup", "watch_fullscreen", "watch_as3", "movie", "details",
        "ytscreeningroom", "vi", "v", "e", "embed", "index", "user", "c",
        "apiplayer", "swf", "player.swf", "video", "w", "tv", "live", "shorts", "moviemaker",
    }
)  # fmt: skip
_ID_PARAMS = ("v", "vi", "video_id", "V", "videoid")

# Tabs that only a channel has: they show that the step before is a channel's own name.
_CHANNEL_TABS = frozenset(
    {
        "live",
        "videos",
        "featured",
        "streams",
        "shorts",
        "playlists",
        "community",
        "channels",
        "discussion",
    }
)


def _follow_fragment(
    fragment: str, steps: list[str], params: dict[str, str]
) -> tuple[list[str], dict[str, str]]:
    """Steps and parameters with what the years of `#!` and `#p/u/…` hid in the fragment."""
    inner = fragment.lstrip("!/")
    if inner[:2] in ("p/", "g/", "gr"):
        parts = inner.split("?")[0].split("/")
        video_id = _video_id(parts[-1]) if len(parts) > 2 else None
        if video_id is not None:
            return ["watch"], {**params, "v": video_id}
        if (found := next((p for p in parts if _LIST.fullmatch(p)), None)) is not None:
            return ["playlist"], {**params, "list": found}
        return steps, params
    path, mark, query = inner.partition("?")
    if not mark and "=" in path:
        path, query = "", path
    found_params = read_params(query)
    if not found_params and "/" not in path:
        return steps, params
    return ([step for step in path.split("/") if step] or steps or ["watch"]), {
        **found_params,
        **params,
    }


def _video_id(text: str) -> str | None:
    match = _ID.match(text)
    return match[0] if match is not None and match[0] not in _NO_IDS else None


def _id_in_path(steps: list[str]) -> str | None:
    if len(steps) > 1 and steps[0] in _PATHS_WITH_ID:
        return _video_id(steps[1])
    return None


def _id_in_params(steps: list[str], params: dict[str, str]) -> str | None:
    if steps and steps[0] not in _PLAYER_PATHS and not steps[0].startswith("@"):
        if steps[0] == "watch_videos":
            return _video_id(params.get("video_ids", ""))
        return None
    return next(
        (i for n in _ID_PARAMS if n in params and (i := _video_id(params[n].strip()))), None
    )


def _list_id(value: str | None) -> str | None:
    match = _LIST.match(value.strip()) if value else None
    return match[1] if match is not None else None


def _video(video_id: str, *, start: int | None, list_id: str | None) -> Video:
    url = f"https://www.youtube.com/watch?v={video_id}"
    return Video("youtube", FilmKind.VIDEO, video_id, start, list_id, url)


def _playlist(steps: list[str], params: dict[str, str]) -> Video | None:
    head = steps[0] if steps else ""
    second = steps[1] if len(steps) > 1 else ""
    if head == "clip" and _CLIP_ID.fullmatch(second):
        url = f"https://www.youtube.com/clip/{second}"
        return Video("youtube", FilmKind.VIDEO, second, None, None, url)
    if head in ("p", "browse", "course") and second:
        list_id = _list_id(second)
    elif head in ("playlist", "watch", "embed", "view_play_list", "course", "show", "v", "p", ""):
        if params.get("listType", "playlist") != "playlist":
            return None
        list_id = _list_id(params.get("list")) or (
            _list_id(params.get("p"))
            if head in ("view_play_list", "playlist", "my_playlists")
            else None
        )
        if list_id is None and head == "embed":
            first = _video_id(params.get("playlist", ""))
            return _video(first, start=None, list_id=None) if first else None
    else:
        list_id = None
    if list_id is None:
        return None
    # The lists of the first years are named without the PL that today's address wants.
    tail = list_id if not _BARE_LIST.fullmatch(list_id) else f"PL{list_id}"
    url = f"https://www.youtube.com/playlist?list={tail}"
    return Video("youtube", FilmKind.PLAYLIST, list_id, None, list_id, url)


_BARE_LIST = re.compile(r"[0-9A-F]{16}")


def _channel(steps: list[str], params: dict[str, str]) -> Video | None:
    head = steps[0] if steps else ""
    second = steps[1] if len(steps) > 1 else ""
    if head in ("channel", "browse") and (match := _CHANNEL_ID.match(second)):
        return _channel_of(match[0], f"channel/{match[0]}")
    if head == "embed" and params.get("listType") == "user_uploads":
        name = params.get("list", "")
        return _channel_of(name, f"user/{name}") if _NAME.fullmatch(name) else None
    if head == "embed" and (match := _CHANNEL_ID.match(params.get("channel", ""))):
        return _channel_of(match[0], f"channel/{match[0]}")
    if _HANDLE.fullmatch(head):
        return _channel_of(head, head)
    if head in ("c", "user") and _NAME.fullmatch(second):
        return _channel_of(second, f"{head}/{second}")
    if second in _CHANNEL_TABS and head not in _NO_CHANNELS and _NAME.fullmatch(head):
        return _channel_of(head, f"c/{head}")
    return None


# First steps of the path that are YouTube's own, whatever follows.
_NO_CHANNELS = _PATHS_WITH_ID | _PLAYER_PATHS | frozenset(
    {"feed", "hashtag", "results", "playlist", "channel", "post", "clip", "t", "yt", "about",
     "account", "gaming", "music", "premium", "api", "s", "yts", "live_chat", "howyoutubeworks",
     "intl", "ads", "creators", "jobs", "kids", "trends", "learning", "sports", "movies", "news"}
)  # fmt: skip


def _channel_of(channel_id: str, path: str) -> Video:
    return Video(
        "youtube", FilmKind.CHANNEL, channel_id, None, None, f"https://www.youtube.com/{path}"
    )
