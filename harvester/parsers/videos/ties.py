"""Which heading a film belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import lxml.html

from harvester.parsers.videos.markup import vocabulary
from harvester.parsers.videos.walk import Heading, Sighting


def tie_headings(
    films: Sequence[Sighting], headings: Sequence[Heading], root: lxml.html.HtmlElement
) -> list[str | None]:
    """For each film the heading it stands under, else None.

    Within a column of a page builder only that column's headings count, and where its films stand
    over their headings, the heading below is taken. A heading in another column of the same row
    belongs to other films and is passed over.
    """
    columns = [_columns(heading.element, root) for heading in headings]
    film_columns = [_columns(film.element, root) for film in films]
    by_column: dict[lxml.html.HtmlElement, list[int]] = defaultdict(list)
    for index, around in enumerate(film_columns):
        if around:
            by_column[around[0]].append(index)
    tied: list[str | None] = []
    for film, around in zip(films, film_columns, strict=True):
        heading = None
        for column in around:
            inside = [h for h, c in zip(headings, columns, strict=True) if column in c]
            siblings = [films[i].order for i in by_column.get(column, ())]
            heading = _within(film.order, inside, siblings)
            if heading is not None:
                break
        if heading is None:
            heading = _above(film.order, headings, columns, around)
        tied.append(None if heading is None else heading.text)
    return tied


def _within(order: int, inside: Sequence[Heading], siblings: Sequence[int]) -> Heading | None:
    """The heading of a film among its column's headings."""
    if not inside:
        return None
    films_lead = (
        bool(siblings) and siblings[0] < inside[0].order and siblings[-1] < inside[-1].order
    )
    if films_lead:
        following = next((o for o in siblings if o > order), None)
        below = next((h for h in inside if h.order > order), None)
        if below is not None and (following is None or below.order < following):
            return below
        return None
    return next((h for h in reversed(inside) if h.order < order), None)


def _above(
    order: int,
    headings: Sequence[Heading],
    columns: Sequence[tuple[lxml.html.HtmlElement, ...]],
    around: tuple[lxml.html.HtmlElement, ...],
) -> Heading | None:
    """The nearest heading above that stands in no other column than a full-width one."""
    full_width = vocabulary().full_width
    for heading, column in zip(reversed(headings), reversed(columns), strict=True):
        if heading.order > order:
            continue
        others = [c for c in column if c not in around]
        if all(_fills_row(c, full_width) for c in others):
            return heading
    return None


def _fills_row(column: lxml.html.HtmlElement, full_width: frozenset[str]) -> bool:
    names = column.get("class", "").split()
    if not full_width.isdisjoint(names):
        return True
    if "et_pb_column" not in names and "wp-block-column" not in names:
        return False
    kin = [sibling for sibling in column.itersiblings() if isinstance(sibling.tag, str)]
    kin.extend(s for s in column.itersiblings(preceding=True) if isinstance(s.tag, str))
    return not kin


def _columns(
    element: lxml.html.HtmlElement, root: lxml.html.HtmlElement
) -> tuple[lxml.html.HtmlElement, ...]:
    """The columns around an element within the root, innermost first."""
    names = vocabulary().columns
    found = []
    for parent in element.iterancestors():
        if not names.isdisjoint(parent.get("class", "").split()):
            found.append(parent)
        if parent is root:
            break
    return tuple(found)
