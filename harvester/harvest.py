"""The one path from a stored answer to rows, for the live crawl and for every rebuild.

`harvest` is a pure function: the same bytes, profile and key give the same rows. `links` says where
to go next. Neither knows Scrapy, the network or the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from lxml.etree import LxmlError

from harvester.archive.capture import Capture, make_capture
from harvester.errors import PageError, ProgramDefectError
from harvester.pages.clips import TITLE
from harvester.pages.content import PageContent, Source
from harvester.pages.edition_facts import edition_facts
from harvester.pages.editions import edition_in_text, stated_edition
from harvester.pages.event_wordings import NamedYear, named_years, names_event
from harvester.pages.harvested import Harvest, PageHarvest
from harvester.pages.layouts import Layout, choose_layout
from harvester.pages.reader import read_entry, read_page
from harvester.pages.reading import Place, Reading, read
from harvester.pages.redaction import redact
from harvester.pages.rest import RestEntry, is_rest, read_entries
from harvester.pages.rows.clip_rows import clip_rows
from harvester.pages.rows.contribution_rows import contribution_rows
from harvester.pages.rows.date_rows import date_rows
from harvester.pages.rows.evidence import EvidenceLog
from harvester.pages.rows.ids import RowIds
from harvester.pages.rows.page_rows import link_rows, page_row, problem_rows
from harvester.pages.rows.parts import StatedParts
from harvester.records import Problem, Severity
from harvester.sites import Profile, Site

#: Raised with every change that can change a row: work is skipped by (digest, extractor version).
EXTRACTOR_VERSION = "3"

# What a mistake in the program raises; a full memory or disk is none.
_DEFECTS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, NameError, RuntimeError, StopIteration, TypeError,
    ValueError, LxmlError, re.error,
)  # fmt: skip
_HTML_TYPES = ("", "text/html", "application/xhtml+xml")
# A page that has something of everything: known and unknown names, a role, days, a film, a document.
_ANY_PAGE = """<html lang="sv"><head><title>Filmer 2016</title></head><body><article><h1>Filmer 2016</h1>
<h2>Anna Exempel, socialchef i Exempelstads kommun</h2><p>Den 5 oktober 2016 talade Zyxa Qvarvz,
samordnare. Nästa möte är 2–4 oktober.</p><iframe src="https://www.youtube.com/embed/aaaaaaaaaaa"></iframe>
<p><a href="/bilder.pdf">Bilder</a></p></article></body></html>"""
_LONG_AGO = datetime(2016, 10, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class HarvestContext:
    """What rows depend on beside the bytes: the profile, the key of person ids, who is suppressed.

    Suppressed people are known by the ids of their names and by hashed forms of them
    (`harvester.privacy`).
    """

    profile: Profile
    person_key: bytes
    suppressed: frozenset[str] = field(default_factory=frozenset)
    suppressed_forms: frozenset[str] = field(default_factory=frozenset)


#: A stored answer, and what the site's REST interface says of its page.
Answer = tuple[Capture, RestEntry | None]


def harvest(capture: Capture, context: HarvestContext, entry: RestEntry | None = None) -> Harvest:
    """The rows a stored answer gives: its page, or the posts that a REST answer or archive lists.

    ``entry`` is what the site's REST interface says of the page. Never raises for what a site
    sends: what cannot be understood is a problem row that names the page and the mend.
    """
    return harvest_each([(capture, entry)], context)[0]


def harvest_each(answers: Sequence[Answer], context: HarvestContext) -> list[Harvest]:
    """What `harvest` gives for each of several answers, in their order.

    Each step is done for all before the next. So its code and the words it knows stay in the
    processor's caches: with sixteen pages a tenth of the time is saved.
    """
    contents = [_contents(capture, entry, context) for capture, entry in answers]
    pages = [[_understood(page, context) for page in found] for found in contents]
    return [_harvest_of(found, context) for found in pages]


def _contents(
    capture: Capture, entry: RestEntry | None, context: HarvestContext
) -> Sequence[PageContent | Problem]:
    """The pages of a stored answer, or why it has none that can be read."""
    site = context.profile.site_of(capture.url)
    if site is None or capture.status != 200:
        return ()
    if is_rest(capture):
        return [read_entry(e, site) for e in read_entries(capture) if site.owns(e.url)]
    if capture.media_type not in _HTML_TYPES or capture.body[:5] == b"%PDF-":
        return ()
    try:
        page = read_page(capture, site, entry)
    except PageError as error:
        return (_problem(error, site, capture.url),)
    return (page, *page.items)


def harvest_or_quarantine(
    capture: Capture, context: HarvestContext, entry: RestEntry | None = None
) -> Harvest:
    """As `harvest`, and where the program itself fails on an answer, that answer alone is quarantined.

    The maintainer mends the program (`program_defect` names the place); a night's other pages are harvested.
    """
    try:
        with quarantined():
            return harvest(capture, context, entry)
    except ProgramDefectError as error:
        site = context.profile.site_of(capture.url)
        if site is None:
            raise
        return Harvest(problems=(_problem(error, site, capture.url),))


def harvest_each_or_quarantine(answers: Sequence[Answer], context: HarvestContext) -> list[Harvest]:
    """What `harvest_or_quarantine` gives for each of several answers, in their order."""
    try:
        with quarantined():
            return harvest_each(answers, context)
    except ProgramDefectError:  # of which answer is seen one by one
        return [harvest_or_quarantine(capture, context, entry) for capture, entry in answers]


def warm_up(context: HarvestContext) -> None:
    """Load what the reading of pages needs: word lists, the model, patterns. It takes a tenth of a second.

    Raises ProgramDefectError.
    """
    site = context.profile.sites[0]
    page = make_capture(site.base + "/", _LONG_AGO, 200, (), _ANY_PAGE.encode())
    with quarantined():
        harvest(page, context)


@contextmanager
def quarantined() -> Iterator[None]:
    """Turn a failure of the program inside into a ProgramDefectError, for those who quarantine pages."""
    try:
        yield
    except _DEFECTS as error:
        raise ProgramDefectError(error) from error


def _harvest_of(pages: Sequence[_Understood | Problem], context: HarvestContext) -> Harvest:
    return Harvest(
        tuple(_rows(page, context) for page in pages if not isinstance(page, Problem)),
        tuple(page for page in pages if isinstance(page, Problem)),
    )


def harvest_page(page: PageContent, context: HarvestContext) -> PageHarvest:
    """The rows of one page's content. Raises PageError where its layout is ambiguous."""
    return _rows(_read_page(page, context), context)


class _Understood(NamedTuple):
    """A page whose layout, people and dates are known."""

    layout: Layout
    reading: Reading
    stated: tuple[int, str, str] | None  # the edition that its address, title or a category states


def _understood(page: PageContent | Problem, context: HarvestContext) -> _Understood | Problem:
    """A page read, or what keeps it from being read."""
    if isinstance(page, Problem):
        return page
    try:
        return _read_page(page, context)
    except PageError as error:
        return _problem(error, page.site, page.url)


def _read_page(page: PageContent, context: HarvestContext) -> _Understood:
    layout = choose_layout(page)
    stated = stated_edition(page, context.profile.event_names)
    return _Understood(layout, _read(page, stated[0] if stated else None, context), stated)


def _rows(understood: _Understood, context: HarvestContext) -> PageHarvest:
    layout, reading, stated = understood
    names = context.profile.event_names
    page = reading.content
    log = EvidenceLog(page)
    named = named_years(reading, names)
    edition = _edition(reading, stated, named, log)
    ids = RowIds(page.page_id, context.person_key, page.originals)
    row = page_row(reading, layout, edition, log)
    records: list[Any] = [row]
    parts = StatedParts(reading)
    clips, films = clip_rows(reading, layout, parts, ids, context.person_key, log)
    listed = layout.name == "listing"
    contributions, people = (
        ([], [])
        if listed
        else contribution_rows(reading, layout, clips, parts, ids, context.person_key, log)
    )
    dates = [] if listed else date_rows(reading, layout.kind, ids, log)
    documents, links = link_rows(reading, context.profile, ids, log)
    records += [clip.row for clip in clips]
    records += [
        *contributions,
        *dates,
        *documents,
        *links,
        *log.rows,
        *problem_rows(reading, layout),
    ]
    return PageHarvest(
        page_id=page.page_id,
        url=page.url,
        site=page.site.name,
        source=page.source,
        edition=edition,
        layout=layout.name,
        digest=page.digest,
        records=tuple(records),
        films=tuple(films),
        people=tuple(people),
        editions=() if listed else tuple(edition_facts(reading, edition, names, named)),
        about_event=page.site is context.profile.sites[0] or names_event(reading, names),
    )


def _read(page: PageContent, edition: int | None, context: HarvestContext) -> Reading:
    published = page.published.value if page.published else None
    reading = read(page, published=published, edition=edition)
    if context.suppressed or context.suppressed_forms:
        redacted = redact(reading, context.suppressed, context.suppressed_forms, context.person_key)
        if redacted is not page:
            reading = read(redacted, published=published, edition=edition)
    return reading


def _edition(
    reading: Reading,
    stated: tuple[int, str, str] | None,
    in_text: Sequence[NamedYear],
    log: EvidenceLog,
) -> int | None:
    """The page's conference year: registered, titled or tagged, else the one its text names."""
    page = reading.content
    if stated is not None:
        year, rule, raw = stated
        if rule.startswith("edition.title") and page.title is not None:
            start = page.title.value.find(raw)
            place = Place(TITLE, start, start + len(raw))
            log.at("pages", page.page_id, "edition", place, rule)
        elif rule == "edition.category":
            category = next((c for c in page.categories if raw in c.value), None)
            if category is not None:  # one that names a suppressed person is left out
                log.found("pages", page.page_id, "edition", category)
        return year
    named = edition_in_text(reading, in_text)
    if named is None:
        return None
    year, place, rule = named
    log.at("pages", page.page_id, "edition", place, rule)
    return year


def _problem(error: PageError, site: Site, url: str) -> Problem:
    return Problem("", site.page_id(url), url, Severity.ERROR, error.code, str(error))


__all__ = [
    "EXTRACTOR_VERSION", "Answer", "Harvest", "HarvestContext", "Source", "harvest", "harvest_each",
    "harvest_each_or_quarantine", "harvest_or_quarantine", "harvest_page", "quarantined",
]  # fmt: skip
