"""What holds for every text: a list, exact spans in order, no clock, bounded time."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.parsers.dates import find_dates, parse_date_string

PIECES = [
    "3 mars", "2024", "2–4 oktober", "fredag", "i torsdags", "kl. 9.00–12.00", "1980- och ", "-talet",
    "vecka 53", "29 februari", "31 april", "påsk", "midsommarafton", "24/7", "12/5-23", "2016/17",
    "till", "och", "den", "-", "–", "\n", "\n\n", " ", "\u00ad", "o\u0308", "İ", "första", "måndagen i",
    "maj", "om 999 månader", "för 99 år sedan", "samma år", "i vår", "Socialchefsdagarna 2024", "9999",
    "0000-00-00", "2023-02-30", "20230231", "Q3 2019", "HT17", "sista", "(", ")", "|", "SEP 28, 2023",
]  # fmt: skip
texts = st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=4)).map(" ".join)
texts |= st.lists(st.sampled_from(PIECES)).map("".join)
published = st.none() | st.dates()
editions = st.none() | st.integers(1, 9999)


@given(text=texts, published=published, edition=editions)
def test_any_text_gives_ordered_exact_mentions(
    text: str, published: date | None, edition: int | None
) -> None:
    """No exception, spans that hold their raw text, in order and apart; first before last."""
    end = 0
    for mention in find_dates(text, published=published, edition=edition):
        assert text[mention.char_start : mention.char_end] == mention.raw
        assert mention.raw
        assert mention.char_start >= end
        assert "\n\n" not in mention.raw
        end = mention.char_end
        assert (mention.first is None) == (mention.last is None)
        if mention.first and mention.last:
            assert mention.first <= mention.last
        else:
            assert "impossible" in mention.flags or mention.resolved_by == "none"


@settings(deadline=None)  # dateparser loads a language when it first meets one
@given(text=texts)
def test_any_string_is_a_date_or_none(text: str) -> None:
    """Whole strings never raise."""
    assert parse_date_string(text[:40], languages=("sv",)) is None or True


@given(day=st.dates(date(1600, 1, 1), date(2090, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    """A full date is read whatever the day; the weekday that fits raises no flag."""
    months = "januari februari mars april maj juni juli augusti september oktober november december"
    weekdays = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]
    text = f"{weekdays[day.weekday()]} den {day.day} {months.split()[day.month - 1]} {day.year}"
    (mention,) = find_dates(f"Vi ses {text}.")
    assert (mention.first, mention.raw) == (day, text)
    assert "weekday_conflict" not in mention.flags


HOSTILE = {
    "digits": "1", "dashes": "-", "spaces": " ", "newlines": "\n", "jan": "jan ", "joined jan": "jan",
    "one-dash": "1-", "one comma": "1, ", "one och": "1 och ", "days": "3 maj ", "slashes": "1/1 ",
    "years": "2024 ", "year-dash": "2024-", "months": "januari och ", "decades": "80- och 90-",
    "ordinals": "första ", "dots": "12.", "clocks": "kl. 9 ", "weekdays": "måndag ", "ago": "ett år sedan ",
    "soft hyphens": "\u00ad", "marks": "a\u0308", "brackets": "i torsdags (", "half blocks": "\n \n",
}  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_is_linear(piece: str) -> None:
    """Four times the text takes about four times as long, not sixteen."""
    small, large = piece * (15_000 // len(piece)), piece * (60_000 // len(piece))
    day = date(2024, 1, 1)
    ratio = _seconds(large, day) / max(_seconds(small, day), 1e-3)
    assert ratio < 9, f"{ratio:.1f} times as long"


def _seconds(text: str, day: date) -> float:
    best = 60.0
    for _ in range(2):
        start = time.thread_time()
        find_dates(text, published=day)
        best = min(best, time.thread_time() - start)
    return best


def test_import_is_light() -> None:
    """The reader loads neither dateparser nor Scrapy, nor anything else from outside."""
    code = (
        "import sys; before = set(sys.modules); import harvester.parsers.dates;"
        "harvester.parsers.dates.find_dates('3 mars 2024');"
        "print(*sorted({m.split('.')[0] for m in set(sys.modules) - before}"
        " - set(sys.stdlib_module_names) - {'harvester', 'harvester__mypyc'}))"
    )
    result = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, '.'); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not result.stdout.strip()
