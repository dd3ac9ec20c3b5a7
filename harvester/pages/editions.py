"""Which conference year a page belongs to, and what it states about that year."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from harvester.pages.clips import TITLE
from harvester.pages.content import PageContent
from harvester.pages.harvested import EditionFact
from harvester.pages.reading import PageText, Place, PlacedDate, Reading
from harvester.records import Grain, MentionKind

_FILE = Path(__file__).with_name("editions.toml")
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
# Letters that a pattern which ignores case takes for plain ones, and `str.lower` does not.
_ODD_LETTERS = "\u017f\u0130\u0131"
_LAST_LATIN = "\u00ff"

#: A conference year that a text names: the year, and where the wording begins and ends.
NamedYear = tuple[int, int, int]


@cache
def _words() -> dict[str, list[str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _patterns(names: tuple[str, ...]) -> dict[str, re.Pattern[str]]:
    words = _words()
    name = re.escape(names[0])
    tag = "|".join(re.escape(n) for n in (names[1:] or names))
    page = "|".join(words["page_words"])
    town = r"[A-ZÅÄÖ][a-zåäöé]+(?:[ -][A-ZÅÄÖ][a-zåäöé]+)?"
    venue = "|".join(words["venue_endings"])
    # A theme is quoted, or a capitalised phrase to the end of its sentence.
    phrase = r"(?:[”\"“»](?P<quoted>[^”\"“»]{3,120})[”\"“»]|(?P<bare>[A-ZÅÄÖ][^.!?:;\n]{3,120}))"
    return {
        "name": re.compile(rf"\b{name}", re.I),
        # "Socialchefsdagarna 2024", "SOCIALCHEFSDAGARNA 2021:"
        "named": re.compile(rf"\b{name}(?:s)?\s+((?:19|20)\d\d)\b", re.I),
        # categories and tags: "SCD2023"
        "tag": re.compile(rf"\b(?:{tag})\s?((?:19|20)\d\d|\d\d)\b", re.I),
        # "Föreläsning Socialchefsdagarna 6 oktober 2016": the day that follows is the conference's
        "before_day": re.compile(rf"\b{name}\s+(?:den\s+)?(?=\d)", re.I),
        # titles of the documentation: "Filmklipp 2016", "Program 2017"; never "Ny lag 2024"
        "titled": re.compile(rf"^(?:{page})\b[^0-9]{{0,40}}((?:19|20)\d\d)\b", re.I),
        "host": re.compile(rf"\b(?:i|till|från)\s+({town})\b"),
        "venue": re.compile(
            rf"\b(?:på|i|vid)\s+((?:{town}\s+)?[A-ZÅÄÖ]?[\wåäö]*(?:{venue})(?:\s+[A-ZÅÄÖ]\w+)?)\b"
        ),
        "theme": re.compile(
            rf"\b[Tt]ema(?:t)?(?:\s+för\s+[^.!?]{{3,60}}?)?(?:\s+(?:är|var|blir|lyder)\s*:?|:)\s*{phrase}"
        ),
        "theme_before": re.compile(
            r"[”\"“»](?P<quoted>[^”\"“»]{3,120})[”\"“»]\s+(?:är|var|blir|blev)\s+[^.!?]{0,40}\b(?:tema\w*|rubrik\w*)\b"
        ),
        "theme_under": re.compile(
            r"\b(?:under|med)\s+(?:temat|rubriken)\s+[”\"“»]?(?P<quoted>[A-ZÅÄÖ][^”\"“».!?\n]{3,100})"
        ),
        "event": re.compile(rf"\b(?:{name}|konferens\w*|{tag})\b", re.I),
        # "Socialchefsdagarna 2016 i Karlstad", "2–4 oktober i Stockholm": the town need not be known
        "adjacent": re.compile(
            rf"(?:{name}\s+\d{{4}}|(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)(?:\s+\d{{4}})?)\s+i\s+({town})\b"
        ),
    }


def stated_edition(page: PageContent, names: tuple[str, ...]) -> tuple[int, str, str] | None:
    """The year a page's registration, title or categories name: (year, rule, raw text); else None.

    The year in a folder's name is never evidence, and a year in a title only behind a word of the
    documentation (`page_words`) or the conference's name: a law may carry a year too.
    """
    registered = page.site.edition_of_seed(page.url)
    if registered is not None:
        return registered, "edition.registered", ""
    patterns = _patterns(names)
    title = page.title.value if page.title else ""
    for kind in ("named", "titled", "tag"):
        match = patterns[kind].search(title)
        if match:
            return _year(match.group(1)), f"edition.title_{kind}", match.group()
    years = {}
    for category in page.categories:
        match = patterns["named"].search(category.value) or patterns["tag"].search(category.value)
        if match:
            years[_year(match.group(1))] = match.group()
    if len(years) == 1:
        year, raw = next(iter(years.items()))
        return year, "edition.category", raw
    return None


def edition_in_text(reading: Reading, named: Sequence[NamedYear]) -> tuple[int, Place, str] | None:
    """The conference year a text names, where it names one alone, or one far more often.

    "Socialchefsdagarna 2016" names it, and so does the conference's name right before a day
    ("Föreläsning Socialchefsdagarna 6 oktober 2016").
    """
    found = [f for f in named if _is_of_its_time(reading.content, f[0])]
    ranked = Counter(year for year, _, _ in found).most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    year = ranked[0][0]
    start, end = next((start, end) for y, start, end in found if y == year)
    return year, reading.text.place(start, end), "edition.text"


def _is_of_its_time(page: PageContent, year: int) -> bool:
    """False where a post names a conference long past: it looks back and belongs to another year."""
    if page.published is None or page.post_type in ("page", ""):
        return True
    day = page.published.value
    return day.year <= year <= day.year + 1 or (year == day.year - 1 and day.month <= 3)


def names_event(reading: Reading, names: tuple[str, ...]) -> bool:
    """True where the text or a category names the conference, with or without a year."""
    pattern = _patterns(names)["name"]
    if any(True for _ in _matches(pattern, names[0], reading.text)):
        return True
    return any(pattern.search(category.value) for category in reading.content.categories)


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
        patterns = _patterns(names)
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


def named_years(reading: Reading, names: tuple[str, ...]) -> list[NamedYear]:
    """Each place where the text names a conference year."""
    patterns = _patterns(names)
    found = [
        (int(match.group(1)), match.start(), match.end())
        for match in _matches(patterns["named"], names[0], reading.text)
    ]
    days = {
        p.mention.char_start: p.mention for p in reading.dates if p.mention.kind is MentionKind.DATE
    }
    for match in _matches(patterns["before_day"], names[0], reading.text) if days else ():
        mention = days.get(match.end())
        if mention and mention.first and mention.resolved_by == "explicit":
            found.append((mention.first.year, match.start(), mention.char_end))
    return found


def _matches(pattern: re.Pattern[str], name: str, page_text: PageText) -> Iterator[re.Match[str]]:
    """The matches of a pattern that begins with the conference's name, in whatever case.

    The name is looked for in the text in lower case: a pattern that ignores case takes a hundred times as long.
    """
    text, lowered, name = page_text.text, page_text.lowered, name.lower()
    if max(name) > _LAST_LATIN or any(letter in text for letter in _ODD_LETTERS):
        yield from pattern.finditer(text)
        return
    start = lowered.find(name)
    while start >= 0:
        match = pattern.match(text, start)
        if match is not None:
            yield match
        start = lowered.find(name, start + len(name))


def _days(reading: Reading, years: _BlockYears, names: tuple[str, ...]) -> Iterator[EditionFact]:
    """A range of two to five days in a sentence, block or short post about the conference."""
    pattern = _patterns(names)["event"]
    title = reading.content.title
    about = (
        bool(title and _patterns(names)["named"].search(title.value))
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
    patterns = _patterns(names)
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
            if name not in _words()["not_towns"]:
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
    patterns = _patterns(names)
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
    patterns = _patterns(names)
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
    return frozenset(_words()["towns"])


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
