"""Which heading a film belongs to."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

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
    known: dict[lxml.html.HtmlElement, tuple[lxml.html.HtmlElement, ...]] = {}
    columns = [_columns(heading.element, root, known) for heading in headings]
    film_columns = [_columns(film.element, root, known) for film in films]
    by_column: dict[lxml.html.HtmlElement, list[int]] = defaultdict(list)
    for index, around in enumerate(film_columns):
        if around:
            by_column[around[0]].append(index)
    headed: dict[lxml.html.HtmlElement, list[Heading]] = defaultdict(list)
    for heading, around in zip(headings, columns, strict=True):
        for column in around:
            headed[column].append(heading)
    tied: list[str | None] = []
    for film, around in zip(films, film_columns, strict=True):
        found = _within_shortcodes(film, films, headings)
        for column in around:
            if found is not None:
                break
            inside = headed.get(column, [])
            siblings = [films[i].order for i in by_column.get(column, ())]
            found = _within(film.order, inside, siblings)
        if found is None and around:
            found = _over_the_column(around[0], headed)
        if found is None and (not film.column or not any(h.column for h in headings)):
            found = _above(film.order, headings, columns, around)
        tied.append(None if found is None else found.text)
    return tied


def _within_shortcodes(
    film: Sighting, films: Sequence[Sighting], headings: Sequence[Heading]
) -> Heading | None:
    """The heading of a film in a column that stands there as a raw shortcode."""
    if not film.column:
        return None
    inside = [heading for heading in headings if heading.column == film.column]
    return _within(film.order, inside, [f.order for f in films if f.column == film.column])


def _over_the_column(
    column: lxml.html.HtmlElement, headed: Mapping[lxml.html.HtmlElement, Sequence[Heading]]
) -> Heading | None:
    """The heading in the same place of the row above, where headings have a row of their own."""
    names = vocabulary().columns
    row = column.getparent()
    above = row.getprevious() if row is not None else None
    if row is None or above is None or not isinstance(above.tag, str):
        return None
    here, there = (
        [c for c in r if not names.isdisjoint(c.get("class", "").split())] for r in (row, above)
    )
    if not 1 < len(here) == len(there) <= MAX_COLUMNS:
        return None
    return next(reversed(headed.get(there[here.index(column)], ())), None)


#: Columns of a row; more is no row.
MAX_COLUMNS = 12

#: Headings of other columns that are passed over on the way up.
MAX_PASSED_OVER = 200


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
    end = bisect_left(headings, order, key=lambda heading: heading.order)
    for index in range(end - 1, max(end - 1 - MAX_PASSED_OVER, -1), -1):
        others = [column for column in columns[index] if column not in around]
        if all(_fills_row(column, full_width) for column in others):
            return headings[index]
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
    element: lxml.html.HtmlElement,
    root: lxml.html.HtmlElement,
    known: dict[lxml.html.HtmlElement, tuple[lxml.html.HtmlElement, ...]],
) -> tuple[lxml.html.HtmlElement, ...]:
    """The columns around an element within the root, innermost first; `known` holds its parents'."""
    names = vocabulary().columns
    chain = []
    around: tuple[lxml.html.HtmlElement, ...] = ()
    for parent in element.iterancestors() if element is not root else ():
        if parent in known:
            around = known[parent]
            break
        chain.append(parent)
        if parent is root:
            break
    for parent in chain[::-1]:
        classes = parent.get("class")
        if classes and not names.isdisjoint(classes.split()):
            around = (parent, *around)
        known[parent] = around
    return around
