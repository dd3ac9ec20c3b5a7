"""Lists whose lines are but a name and a town, without a mark between them."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.mending import NameSpan
from harvester.parsers.people.wordview import WordView


def without_towns(words: WordView, spans: list[NameSpan]) -> list[NameSpan]:
    """The spans of a list whose lines are all a name and a town, without the towns: `Vendela Oxenholm Lund`."""
    towns = [_line_town(words, span) for span in spans]
    if len(spans) < 2 or None in towns or True not in towns:
        return spans
    return [
        NameSpan(span.start, span.end - 1, span.rule) if cut else span
        for span, cut in zip(spans, towns, strict=True)
    ]


def _line_town(words: WordView, span: NameSpan) -> bool | None:
    """Whether a town ends a span that is a whole line; False where it stands behind the span, None where none does."""
    if (span.start and words.kinds[span.start - 1] != "line") or words.caps[span.start]:
        return None
    inside = span.end >= words.size or words.kinds[span.end] == "line"
    town = span.end - 1 if inside else span.end
    if not words.capital[town] or not lex.is_town(words.forms[town]) or (inside and len(span) < 3):
        return None
    closes = town + 1 >= words.size or words.kinds[town + 1] == "line"
    return inside if closes else None


def in_list_of_towns(words: WordView, index: int) -> bool:
    """Whether the line that a listed town ends here and one beside it are but a name and a town: `Åsa Lind Kalix`."""
    if not _closing_town(words, index):
        return False
    above = index
    while above > 0 and words.kinds[above - 1] != "line":
        above -= 1
    below = index + 2
    while below < words.size and words.kinds[below] != "line":
        below += 1
    return (above > 2 and _closing_town(words, above - 2)) or (
        below < words.size + 1 and below > index + 3 and _closing_town(words, below - 1)
    )


def _closing_town(words: WordView, index: int) -> bool:
    """Whether a listed town ends a line of two to four more words with capitals and nothing else."""
    if index >= words.size or not (
        lex.PLACE in words.codes[index] or lex.is_town(words.forms[index])
    ):
        return False
    if index + 1 < words.size and words.kinds[index + 1] != "line":
        return False
    begin = index
    while begin > 0 and words.kinds[begin - 1] == "word" and words.capital[begin - 1]:
        begin -= 1
    whole = begin == 0 or words.kinds[begin - 1] == "line"
    return whole and 2 <= index - begin <= 4
