"""Which conference year a page belongs to, and what it states about that year."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from harvester.pages.clips import TITLE
from harvester.pages.content import PageContent
from harvester.pages.harvested import EditionFact
from harvester.pages.reading import PlacedDate, Reading
from harvester.records import Grain, MentionKind

_FILE = Path(__file__).with_name("editions.toml")
_FIRST, _LAST = 1940, 2099


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
        # "Socialchefsdagarna 2024", "SOCIALCHEFSDAGARNA 2021:"
        "named": re.compile(rf"\b{name}(?:s)?\s+((?:19|20)\d\d)\b", re.I),
        # categories and tags: "SCD2023"
        "tag": re.compile(rf"\b(?:{tag})\s?((?:19|20)\d\d|\d\d)\b", re.I),
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


def edition_in_text(reading: Reading) -> tuple[int, PlacedDate] | None:
    """The conference year a text names, where it names one alone, or one far more often."""
    named = [p for p in reading.dates if p.mention.kind is MentionKind.EDITION and p.mention.first]
    counts = Counter(p.mention.first.year for p in named if p.mention.first)
    if not counts:
        return None
    ranked = counts.most_common(2)
    if len(ranked) == 2 and ranked[0][1] < 2 * ranked[1][1]:
        return None
    year = ranked[0][0]
    return year, next(p for p in named if p.mention.first and p.mention.first.year == year)


def edition_facts(
    reading: Reading, edition: int | None, names: tuple[str, ...]
) -> list[EditionFact]:
    """What a page states about conference years: that they are, their days, city, venue and theme."""
    facts = list(_named(reading))
    if edition is not None:
        facts.extend(_days(reading, edition, names))
        facts.extend(_places(reading, edition, names))
        facts.extend(_themes(reading, edition, names))
    return list(dict.fromkeys(facts))


def _named(reading: Reading) -> Iterator[EditionFact]:
    for placed in reading.dates:
        mention = placed.mention
        if mention.kind is MentionKind.EDITION and mention.first:
            yield _fact(
                reading,
                mention.first.year,
                "named",
                mention.raw,
                mention.char_start,
                mention.char_end,
                "edition.named",
            )


def _days(reading: Reading, edition: int, names: tuple[str, ...]) -> Iterator[EditionFact]:
    """A range of two to five days of that year in a sentence, block or short post about the conference."""
    pattern = _patterns(names)["event"]
    title = reading.content.title
    about = (
        bool(title and _patterns(names)["named"].search(title.value))
        and len(reading.text.text) < 1500
    )
    for placed in reading.dates:
        mention = placed.mention
        if (
            mention.grain is not Grain.DAY
            or not mention.first
            or not mention.last
            or mention.first.year != edition
        ):
            continue
        if not 1 <= (mention.last - mention.first).days <= 4:
            continue
        start, end = _around(reading, mention.char_start, mention.char_end)
        if (
            about
            or pattern.search(reading.text.text[start:end])
            or _in_block_with_event(reading, placed, pattern)
        ):
            yield _fact(
                reading,
                edition,
                "days",
                mention.raw,
                mention.char_start,
                mention.char_end,
                "edition.days",
                days=mention,
            )


def _places(reading: Reading, edition: int, names: tuple[str, ...]) -> Iterator[EditionFact]:
    """The host city and venue: beside the conference's name with its year, or beside its days."""
    patterns = _patterns(names)
    text = reading.text.text
    towns = _towns()
    for start, end in _host_sentences(reading, edition, names):
        sentence = text[start:end]
        adjacent = patterns["adjacent"].search(sentence)
        candidates = [adjacent] if adjacent else []
        candidates.extend(m for m in patterns["host"].finditer(sentence) if m.group(1) in towns)
        for match in candidates:
            name = match.group(1)
            if name not in _words()["not_towns"]:
                yield _fact(
                    reading,
                    edition,
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
                edition,
                "venue",
                venue.group(1),
                start + venue.start(1),
                start + venue.end(1),
                "edition.venue",
            )


def _themes(reading: Reading, edition: int, names: tuple[str, ...]) -> Iterator[EditionFact]:
    patterns = _patterns(names)
    text = reading.text.text
    for kind in ("theme", "theme_before", "theme_under"):
        for match in patterns[kind].finditer(text):
            group = "quoted" if match.group("quoted") else "bare"
            value = match.group(group).strip().rstrip(",")
            if value and not value.isupper():
                start = match.start(group)
                yield _fact(
                    reading, edition, "theme", value, start, start + len(value), f"edition.{kind}"
                )


def _host_sentences(
    reading: Reading, edition: int, names: tuple[str, ...]
) -> Iterator[tuple[int, int]]:
    patterns = _patterns(names)
    text = reading.text.text
    seen = set()
    for placed in reading.dates:
        mention = placed.mention
        named = (
            mention.kind is MentionKind.EDITION and mention.first and mention.first.year == edition
        )
        held = bool(
            mention.kind is MentionKind.DATE and mention.grain is Grain.DAY and mention.first and mention.last
            and mention.first != mention.last and mention.first.year == edition
        )  # fmt: skip
        if not named and not held:
            continue
        span = _around(reading, mention.char_start, mention.char_end)
        if span in seen:
            continue
        seen.add(span)
        if (
            named
            or patterns["event"].search(text[span[0] : span[1]])
            or placed.place.block == TITLE
        ):
            yield span


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
    reading: Reading,
    year: int,
    field: str,
    value: str,
    start: int,
    end: int,
    rule: str,
    *,
    days: object = None,
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
        first=getattr(days, "first", None),
        last=getattr(days, "last", None),
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
