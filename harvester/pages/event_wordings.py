"""The conference in a text: its name in whatever case, and the years named with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from harvester.pages.reading import PageText, Reading
from harvester.records import MentionKind

_FILE = Path(__file__).with_name("editions.toml")
# Letters that a pattern which ignores case takes for plain ones, and `str.lower` does not.
_ODD_LETTERS = "\u017f\u0130\u0131"
_LAST_LATIN = "\u00ff"

#: A conference year that a text names: the year, and where the wording begins and ends.
NamedYear = tuple[int, int, int]


def names_event(reading: Reading, names: tuple[str, ...]) -> bool:
    """True where the text or a category names the conference, with or without a year."""
    pattern = event_patterns(names)["name"]
    if any(True for _ in _matches(pattern, names[0], reading.text)):
        return True
    return any(pattern.search(category.value) for category in reading.content.categories)


def named_years(reading: Reading, names: tuple[str, ...]) -> list[NamedYear]:
    """Each place where the text names a conference year."""
    patterns = event_patterns(names)
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


@cache
def event_patterns(names: tuple[str, ...]) -> dict[str, re.Pattern[str]]:
    """Wordings of the conference, its years, places and themes, by what they are called here."""
    words = event_words()
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


@cache
def event_words() -> dict[str, list[str]]:
    """The word lists of `editions.toml`."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


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
