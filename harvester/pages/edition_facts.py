"""What a page states about conference years: that they are, their days, city, venue and theme."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from harvester.pages.clips import TITLE
from harvester.pages.event_wordings import NamedYear, event_patterns, event_words
from harvester.pages.harvested import EditionFact
from harvester.pages.reading import PlacedDate, Reading
from harvester.records import Grain, MentionKind

# A row of a list of years: "2019: Norrvik, Norrviks kulturhus, 25–27 september."
_OPENING_YEAR = re.compile(r"((?:19|20)\d\d)\s*[:–-]\s")
_HOST_ROW = re.compile(
    r"((?:19|20)\d\d)\s*[:–-]\s*([A-ZÅÄÖ][\w -]{2,30}?),\s*(?:([A-ZÅÄÖ][\w -]{3,50}?),\s*)?(?=\d)"
)
# What a text with a theme holds, by pattern: without it the pattern need not be tried.
_THEME_WORDS = {
    "theme": ("ema",),
    "theme_before": ("tema", "rubrik"),
    "theme_under": ("temat", "rubriken"),
}


def edition_facts(
    reading: Reading, edition: int | None, names: tuple[str, ...], named: Sequence[NamedYear]
) -> list[EditionFact]:
    """What a page states about conference years: that they are, their days, city, venue and theme."""
    facts = [
        _fact(reading, y, "named", reading.text.text[a:b], a, b, "edition.named")
        for y, a, b in named
    ]
    years = _BlockYears(reading, edition, named, names)
    facts.extend(_days(reading, years, names))
    facts.extend(_places(reading, years, named, names))
    facts.extend(_themes(reading, years, names))
    return list(dict.fromkeys(facts))


class _BlockYears:
    """The conference year each block is about: the one it names or opens with, else the page's."""

    def __init__(
        self,
        reading: Reading,
        edition: int | None,
        named: Sequence[NamedYear],
        names: tuple[str, ...],
    ) -> None:
        patterns = event_patterns(names)
        pattern = patterns["named"] if named else None
        listed: bool | None = None  # whether the page is about the conference, once it is asked
        self._page = edition
        self._own: dict[int, int] = {}
        for n, block in enumerate(reading.content.blocks):
            years = {int(m.group(1)) for m in pattern.finditer(block.text)} if pattern else set()
            if len(years) == 1:
                self._own[n] = years.pop()
            elif not years and (opening := _OPENING_YEAR.match(block.text)):
                if listed is None:
                    listed = patterns["event"].search(reading.text.text) is not None
                if listed:
                    self._own[n] = int(opening.group(1))

    def of(self, block: int) -> int | None:
        return self._own.get(block, self._page)

    def names_its_own(self, block: int) -> bool:
        return block in self._own


def _days(reading: Reading, years: _BlockYears, names: tuple[str, ...]) -> Iterator[EditionFact]:
    """A range of two to five days in a sentence, block or short post about the conference."""
    pattern = event_patterns(names)["event"]
    title = reading.content.title
    about = (
        bool(title and event_patterns(names)["named"].search(title.value))
        and len(reading.text.text) < 1500
    )
    for placed in reading.dates:
        mention = placed.mention
        year = years.of(placed.place.block)
        if year is None or mention.grain is not Grain.DAY or not mention.first or not mention.last:
            continue
        if not 1 <= (mention.last - mention.first).days <= 4:
            continue
        first, last = mention.first, mention.last
        if first.year != year:
            if mention.resolved_by == "explicit" or not years.names_its_own(placed.place.block):
                continue
            # A row such as "2019: Norrvik, 25–27 september": the row's year is the days' year.
            first, last = first.replace(year=year), last.replace(year=year)
        start, end = _around(reading, mention.char_start, mention.char_end)
        held = about or years.names_its_own(placed.place.block)
        if (
            held
            or pattern.search(reading.text.text[start:end])
            or _in_block_with_event(reading, placed, pattern)
        ):
            fact = _fact(
                reading,
                year,
                "days",
                mention.raw,
                mention.char_start,
                mention.char_end,
                "edition.days",
            )
            yield replace(fact, first=first, last=last)


def _places(
    reading: Reading,
    years: _BlockYears,
    named: Sequence[NamedYear],
    names: tuple[str, ...],
) -> Iterator[EditionFact]:
    """The host city and venue: beside the conference's name with its year, or beside its days."""
    patterns = event_patterns(names)
    text = reading.text.text
    for start, end, year in _host_sentences(reading, years, named, names):
        sentence = text[start:end]
        row = _HOST_ROW.match(sentence.strip())
        if row:
            offset = start + len(sentence) - len(sentence.lstrip())
            for field, group in (("city", 2), ("venue", 3)):
                if row.group(group):
                    span = (offset + row.start(group), offset + row.end(group))
                    yield _fact(
                        reading, year, field, row.group(group), *span, f"edition.row_{field}"
                    )
            continue
        adjacent = patterns["adjacent"].search(sentence)
        candidates = [adjacent] if adjacent else []
        candidates.extend(m for m in patterns["host"].finditer(sentence) if m.group(1) in _towns())
        for match in candidates:
            name = match.group(1)
            if name not in event_words()["not_towns"]:
                yield _fact(
                    reading,
                    year,
                    "city",
                    name,
                    start + match.start(1),
                    start + match.end(1),
                    "edition.host_city",
                )
                break
        venue = patterns["venue"].search(sentence)
        if venue and venue.group(1)[:1].isupper():
            yield _fact(
                reading,
                year,
                "venue",
                venue.group(1),
                start + venue.start(1),
                start + venue.end(1),
                "edition.venue",
            )


def _themes(reading: Reading, years: _BlockYears, names: tuple[str, ...]) -> Iterator[EditionFact]:
    patterns = event_patterns(names)
    text = reading.text.text
    for kind, needed in _THEME_WORDS.items():
        if not any(word in text for word in needed):
            continue
        for match in patterns[kind].finditer(text):
            group = "quoted" if match.group("quoted") else "bare"
            value = match.group(group).strip().rstrip(",")
            year = years.of(reading.text.block_at(match.start(group)))
            if value and year is not None and not value.isupper():
                start = match.start(group)
                yield _fact(
                    reading, year, "theme", value, start, start + len(value), f"edition.{kind}"
                )


def _host_sentences(
    reading: Reading,
    years: _BlockYears,
    named: Sequence[NamedYear],
    names: tuple[str, ...],
) -> Iterator[tuple[int, int, int]]:
    """Sentences that say where the conference is held: with its name and year, or with its days."""
    patterns = event_patterns(names)
    text = reading.text.text
    seen = set()
    for start, end in _host_spans(reading, named):
        span = _around(reading, start, end)
        block = reading.text.block_at(start)
        year = years.of(block)
        if span in seen or year is None:
            continue
        seen.add(span)
        own = years.names_its_own(block) or block == TITLE
        if own or patterns["event"].search(text[span[0] : span[1]]):
            yield *span, year


def _host_spans(reading: Reading, named: Sequence[NamedYear]) -> Iterator[tuple[int, int]]:
    for _, start, end in named:
        yield start, end
    for placed in reading.dates:
        mention = placed.mention
        if (
            mention.kind is MentionKind.DATE
            and mention.grain is Grain.DAY
            and mention.first != mention.last
        ):
            yield mention.char_start, mention.char_end


def _around(reading: Reading, start: int, end: int) -> tuple[int, int]:
    text = reading.text.text
    left = max(text.rfind(mark, max(0, start - 250), start) for mark in (". ", "! ", "? ", "\n"))
    rights = [text.find(mark, end, end + 250) for mark in (". ", "! ", "? ", "\n")]
    found = [r for r in rights if r >= 0]
    return left + 1 if left >= 0 else max(0, start - 250), min(found) if found else min(
        len(text), end + 250
    )


def _in_block_with_event(reading: Reading, placed: PlacedDate, pattern: re.Pattern[str]) -> bool:
    if placed.place.block == TITLE:
        return bool(reading.content.title and pattern.search(reading.content.title.value))
    return bool(pattern.search(reading.content.blocks[placed.place.block].text))


def _fact(
    reading: Reading, year: int, field: str, value: str, start: int, end: int, rule: str
) -> EditionFact:
    place = reading.text.place(start, end)
    content = reading.content
    if place.block == TITLE and content.title is not None:
        locator, digest = content.title.locator, content.title.digest or content.digest
    else:
        locator, digest = content.blocks[place.block].locator, content.digest
    return EditionFact(
        edition=year,
        field=field,
        value=value,
        first=None,
        last=None,
        raw=reading.text.text[start:end],
        locator=locator,
        digest=digest,
        char_start=place.char_start,
        char_end=place.char_end,
        rule=rule,
    )


@cache
def _towns() -> frozenset[str]:
    return frozenset(event_words()["towns"])
