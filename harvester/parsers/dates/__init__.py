"""Swedish dates in running text (`find_dates`) and in whole strings (`parse_date_string`).

The grammar's patterns are compiled at the first call, so that importing this package stays light.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from harvester.parsers.dates.mention import DateMention

__all__ = ["LANGUAGES", "DateMention", "find_dates", "parse_date_string"]

#: What a string that the grammar does not claim may be written in: the languages in which a Swedish
#: site's tools leave dates behind.
LANGUAGES = ("sv", "en", "nb", "da", "fi", "de", "fr")


def find_dates(
    text: str, *, published: date | None = None, edition: int | None = None
) -> list[DateMention]:
    """Every date that a text states, in order, with exact offsets into it; never an exception.

    `published` is the day the text was published: relative expressions count from it and are left
    out without it. `edition` is the conference year the page belongs to. Both are evidence for
    dates without a year; where nothing decides, such a date has no days. Names, laws, quantities,
    durations and bare clock times are no dates. An empty line ends a block: no mention crosses it.
    """
    mentions: list[DateMention] = _reader()(text, published, edition)
    return mentions


def parse_date_string(
    value: str, *, languages: Sequence[str] = LANGUAGES
) -> date | datetime | None:
    """The day or moment that a string as a whole states, or None; never an exception.

    A clock time gives a `datetime`, with its zone where the string has one. Standard stamps and the
    Swedish grammar come first; only what they do not claim goes to dateparser, strictly (day, month
    and year must all be there) and in the languages given. Years are never guessed and parts of a
    date never filled in: "september 2023" and "3 mars" give None, and so does running text.
    """
    from harvester.parsers.dates.strings import read_string

    return read_string(value, languages)


@functools.cache
def _reader() -> Callable[..., Any]:
    from harvester.parsers.dates.reader import read_mentions

    return read_mentions
