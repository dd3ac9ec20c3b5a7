"""Every film on a page, once, with its title, its heading and its person."""

from __future__ import annotations

import re
from dataclasses import replace

import lxml.html

from harvester.parsers.element_paths import ElementPaths
from harvester.parsers.videos.model import Form, PlacedVideo, Purpose, Video, VideoEmbed
from harvester.parsers.videos.pagedata import StatedVideo, stated_videos
from harvester.parsers.videos.ties import tie_headings
from harvester.parsers.videos.titles import person_in
from harvester.parsers.videos.walk import Sighting, Walk, parse_markup


def find_videos(html: str, *, url: str) -> list[VideoEmbed]:
    """Every film on a page or in a fragment, in document order, each once.

    Left out: comments, footer, sidebar, navigation, code examples, HTML comments, escaped text,
    templates, channels, share links, thumbnails. Films that only the page's data states come last.
    `url` is the page's address, for relative addresses. Never raises.
    """
    root = parse_markup(html)
    if root is None:
        return []
    walk = Walk(url, whole_page=True, with_head=_HEAD.search(html) is None).over(root)
    placed = _placed(walk, root, url, page=root)
    known = {_key(p.embed.video) for p in placed}
    stated = [p for p in page_videos(root, url=url) if _key(p.embed.video) not in known]
    return [p.embed for p in [*placed, *stated]]


def find_videos_in(
    node: lxml.html.HtmlElement,
    *,
    url: str,
    page: lxml.html.HtmlElement | None = None,
    tied: bool = True,
) -> list[PlacedVideo]:
    """Every film inside a content node, in document order, each once.

    The node is searched as it is: what frames the page must be gone or outside. `page` is the whole
    page where its own data may give the films' titles. Unless they are `tied`, every `heading` and
    `person` is None: whoever reads the page's blocks and its people ties them by those.
    """
    return _placed(Walk(url, headings=tied).over(node), node, url, page=page, tied=tied)


def page_videos(root: lxml.html.HtmlElement, *, url: str) -> list[PlacedVideo]:
    """The films a page's own data states (JSON-LD, Open Graph, microdata), each once."""
    first = next((" ".join("".join(h.itertext()).split()) for h in root.iter("h1")), None) or None
    path = ElementPaths(root)
    films: dict[tuple[str, str], PlacedVideo] = {}
    for stated in stated_videos(root, url):
        key = _key(stated.video)
        if key in films:
            continue
        embed = VideoEmbed(
            stated.video, stated.title, first, person_in(first, stated.title), Purpose.CONTENT, Form.META,
            path(stated.element),
        )  # fmt: skip
        films[key] = PlacedVideo(stated.element, embed)
    return list(films.values())


# A page's own head; a fragment's scripts too end up in one when it is parsed.
_HEAD = re.compile(r"<head[\s>]", re.IGNORECASE)


def _placed(
    walk: Walk,
    node: lxml.html.HtmlElement,
    url: str,
    *,
    page: lxml.html.HtmlElement | None,
    tied: bool = True,
) -> list[PlacedVideo]:
    """The distinct films of a walk with their titles, and what they are tied to."""
    if not walk.sightings:
        return []
    titles = _stated_titles(stated_videos(page, url)) if page is not None else {}
    films = [_with_title(film, titles.get(_key(film.video))) for film in _distinct(walk.sightings)]
    headings = tie_headings(films, walk.headings, node) if tied else [None] * len(films)
    path = ElementPaths(node)
    return [
        PlacedVideo(
            film.element,
            VideoEmbed(
                film.video, film.title, heading, person_in(heading, film.title) if tied else None,
                film.purpose, film.form, path(film.element),
            ),
        )
        for film, heading in zip(films, headings, strict=True)
    ]  # fmt: skip


# A player is where the film stands; a link may only point down to it.
_RANK = {Form.LINK: 1, Form.TEXT: 2, Form.META: 3}


def _distinct(sightings: list[Sighting]) -> list[Sighting]:
    """One sighting a film: players before links, content before background, then the earliest."""
    best: dict[tuple[str, str], Sighting] = {}
    for seen in sightings:
        key = _key(seen.video)
        kept = best.get(key)
        if kept is None:
            best[key] = seen
        elif _order(seen) < _order(kept):
            best[key] = _merged(seen, kept)
        else:
            best[key] = _merged(kept, seen)
    return sorted(best.values(), key=lambda seen: seen.order)


def _order(seen: Sighting) -> tuple[bool, int, int]:
    return (seen.purpose is Purpose.BACKGROUND, _RANK.get(seen.form, 0), seen.order)


def _merged(kept: Sighting, other: Sighting) -> Sighting:
    """What was kept, with what only the other one knew of the film itself."""
    kept = _with_title(kept, other.title)
    if kept.video.hash is None and other.video.hash is not None:
        return replace(kept, video=replace(kept.video, hash=other.video.hash, url=other.video.url))
    return kept


def _stated_titles(stated: list[StatedVideo]) -> dict[tuple[str, str], str]:
    return {_key(s.video): s.title for s in reversed(stated) if s.title is not None}


def _key(video: Video) -> tuple[str, str]:
    return video.provider, video.id


def _with_title(seen: Sighting, title: str | None) -> Sighting:
    """The sighting, with a title where it had none."""
    return seen if seen.title is not None or title is None else replace(seen, title=title)
