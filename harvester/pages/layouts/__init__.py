"""Layouts: how content is built. One class each; exactly one fits a page in the highest tier that fits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from harvester.errors import AmbiguousLayoutError
from harvester.pages.content import PageContent
from harvester.pages.layouts.base import Layout
from harvester.pages.layouts.conference import Interviews, Lecture, Programme
from harvester.pages.layouts.film_pages import ColumnFilms, FilmList, HeadedClips
from harvester.pages.layouts.lists import Article, DocumentationIndex, DocumentList, Listing
from harvester.pages.layouts.posts import ChairColumn, FilmPost, NewsPost, SpeakerPost

#: Every layout, highest tier first.
LAYOUTS: tuple[Layout, ...] = tuple(
    sorted(
        (
            Listing(), HeadedClips(), ColumnFilms(), ChairColumn(), FilmPost(), FilmList(), Interviews(), Programme(),
            DocumentationIndex(), DocumentList(), Lecture(), SpeakerPost(), NewsPost(), Article(),
        ),
        key=lambda layout: -layout.tier,
    )
)  # fmt: skip


def choose_layout(page: PageContent, layouts: Sequence[Layout] = LAYOUTS) -> Layout:
    """The layout of a page. Raises AmbiguousLayoutError where two of one tier claim it."""
    for tier in _tiers(tuple(layouts)):
        fitting = [layout for layout in tier if layout.matches(page)]
        if len(fitting) > 1:
            names = " and ".join(layout.name for layout in fitting)
            raise AmbiguousLayoutError(
                f"{page.url}: both {names} claim this page; make one of them stricter"
            )
        if fitting:
            return fitting[0]
    raise AmbiguousLayoutError(
        f"{page.url}: no layout fits; the plain article is missing from the registry"
    )


@lru_cache(maxsize=8)
def _tiers(layouts: tuple[Layout, ...]) -> tuple[tuple[Layout, ...], ...]:
    """Layouts by tier, the highest first."""
    by_height = sorted(layouts, key=_height, reverse=True)
    return tuple(tuple(tier) for _, tier in groupby(by_height, key=_height))


def _height(layout: Layout) -> int:
    return layout.tier


__all__ = ["LAYOUTS", "Layout", "choose_layout"]
