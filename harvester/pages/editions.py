"""Which conference year a page belongs to: registered, titled, tagged, or named by its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from harvester.pages.content import PageContent
from harvester.pages.event_wordings import NamedYear, event_patterns
from harvester.pages.reading import Place, Reading


def stated_edition(page: PageContent, names: tuple[str, ...]) -> tuple[int, str, str] | None:
    """The year a page's registration, title or categories name: (year, rule, raw text); else None.

    The year in a folder's name is never evidence, and a year in a title only behind a word of the
    documentation (`page_words`) or the conference's name: a law may carry a year too.
    """
    registered = page.site.edition_of_seed(page.url)
    if registered is not None:
        return registered, "edition.registered", ""
    patterns = event_patterns(names)
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


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
