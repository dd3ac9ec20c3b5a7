"""Cell text: what a value looks like in files that people open, and never anything that runs.

Parquet and JSON Lines hold a text exactly. CSV, xlsx and SQLite show what would act on a screen
(control characters, direction overrides) by visible signs, and CSV guards what a spreadsheet
would take for a formula.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

#: Characters that act instead of showing: C0 but tab, LF and CR; DEL and C1; line and paragraph
#: separators, at which some readers of text files break lines; explicit direction embeddings,
#: overrides and isolates; the two non-characters XML refuses. Must not match LRM, RLM and
#: zero-width joiners, which ordinary names in other scripts and emoji need.
ACTING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")

#: The same class in the notation of RE2, for whole columns at once.
ACTING_RE2 = (
    r"[\x{00}-\x{08}\x{0b}\x{0c}\x{0e}-\x{1f}\x{7f}-\x{9f}"
    r"\x{2028}-\x{202e}\x{2066}-\x{2069}\x{fffe}\x{ffff}]"
)

#: A cell that a spreadsheet would run: = + - @ or their full-width forms, at the start or after
#: blanks that an import trims; a leading tab or line break. Must not match a dash within the text.
FORMULA = re.compile("[ \u00a0\u3000\u2000-\u200f\u2060\ufeff]*[=+\\-@＝＋－＠\t\r\n]")

#: Signs that Markdown reads as markup within a line.
MARKUP = re.compile(r"[\\`*_\[\]|~#!]")

#: A character that has no place in UTF-8.
SURROGATE = re.compile("[\ud800-\udfff]")


def inert(text: str) -> str:
    """The text with every acting character shown: `␛` for C0 and DEL, `[U+202E]` for the rest."""
    return ACTING.sub(_sign, text)


def guarded(text: str) -> str:
    """The text with a leading ``'`` where a spreadsheet would run it."""
    return "'" + text if FORMULA.match(text) else text


def well_formed(text: str) -> str:
    """The text as Unicode scalar values: surrogate pairs joined, lone halves as U+FFFD."""
    if not SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def json_text(values: Iterable[str]) -> str:
    """A list as JSON text, Swedish letters unescaped, acting characters escaped."""
    return escaped_json(json.dumps(list(values), ensure_ascii=False))


def escaped_json(text: str) -> str:
    r"""JSON text with acting characters as ``\uXXXX``: the same value, inert on a screen."""
    return ACTING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def day_text(day: date) -> str:
    """An ISO day."""
    return day.isoformat()


def moment_text(moment: datetime) -> str:
    """An ISO moment in UTC with a final Z; a moment without a zone is taken for UTC."""
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return moment.isoformat() + "Z"


def markdown(text: str) -> str:
    """The text on one line of Markdown, shown as it is: no markup, link, table bar or HTML of its own."""
    shown = html.escape(inert(text), quote=False)
    return " ".join(MARKUP.sub(r"\\\g<0>", shown).split())


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"[U+{code:04X}]"
