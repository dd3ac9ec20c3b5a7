"""A whole string that is one date: attributes, post meta, feed dates, foreign formats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from harvester.parsers.dates.reader import read_mentions
from harvester.records import Grain

#: Longer strings are no dates; the bound also keeps foreign parsers' work small.
_LONGEST = 80
# Words that may stand around the date in a string that is one: "Publicerad: …", "den …".
_AROUND = re.compile(r"^(?:den|publicerad|uppdaterad|datum|postat|skrivet|av)?[\s:|,.()-]*$")
_TIME_TAIL = re.compile(r"^,? *(?:kl\.?|klockan)? *[0-9]{1,2}[.:][0-9]{2}(?:[.:][0-9]{2})?[\s.]*$")
# The beginning of an ISO stamp or of an RFC 822 date ("Thu, 28 Sep 2023 10:00:00 +0200").
_ISO = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}(?:[T ]|$)")
_RFC822 = re.compile(r"(?:[A-Za-z]{3}, *)?[0-9]{1,2} +[A-Za-z]{3} +[0-9]{2,4} +[0-9]{1,2}:[0-9]{2}")
_FRACTION = re.compile(r"(?<=:[0-9]{2})[.,]([0-9]+)")


def read_string(value: str, languages: Sequence[str]) -> date | datetime | None:
    """The day or moment of a whole string, see `harvester.parsers.dates.parse_date_string`."""
    text = value.strip()
    if not text or len(text) > _LONGEST or not any(char.isdecimal() for char in text):
        return None
    stamp = _stamp(text)
    if stamp is not None:
        return stamp
    claimed, found = _swedish(text)
    return found if claimed else _foreign(text, languages)


def _stamp(text: str) -> date | datetime | None:
    """ISO 8601 and RFC 822."""
    try:
        if _ISO.match(text):
            moment = datetime.fromisoformat(
                _FRACTION.sub(lambda m: "." + m[1][:6].ljust(6, "0"), text)
            )
            return moment.date() if len(text) <= 10 else moment
        if _RFC822.match(text):
            from email.utils import parsedate_to_datetime

            return parsedate_to_datetime(text)
    except (ValueError, OverflowError, TypeError):
        return None
    return None


def _swedish(text: str) -> tuple[bool, date | datetime | None]:
    """Whether the grammar claims the whole string, and what it reads there."""
    mentions = read_mentions(text, None, None)
    if len(mentions) != 1:
        return len(mentions) > 1, None
    mention = mentions[0]
    before, after = text[: mention.char_start].lower(), text[mention.char_end :]
    if not _AROUND.match(before) or not (_AROUND.match(after) or _TIME_TAIL.match(after)):
        return False, None
    if mention.grain is not Grain.DAY or mention.first is None or mention.first != mention.last:
        return True, None
    if mention.time is None or "/" in mention.time:
        return True, mention.first
    try:
        moment = f"{mention.first.isoformat()}T{mention.time.replace('Z', '+00:00')}"
        return True, datetime.fromisoformat(moment)
    except ValueError:  # "kl. 24.00", or an offset of more than a day: no moment of the day
        return True, mention.first


def _foreign(text: str, languages: Sequence[str]) -> date | datetime | None:
    """What dateparser reads with every part required; imported here, it costs half a second."""
    import dateparser

    try:
        moment = dateparser.parse(
            text,
            languages=list(languages),
            settings={
                "STRICT_PARSING": True,
                "REQUIRE_PARTS": ["day", "month", "year"],
                "PARSERS": ["absolute-time"],
                "RETURN_AS_TIMEZONE_AWARE": False,
                "DATE_ORDER": "DMY",
                "RELATIVE_BASE": datetime(2000, 1, 1),
            },
        )
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return None
    if not isinstance(moment, datetime):
        return None
    return moment if re.search(r"[0-9]{1,2}[:.][0-9]{2}", text) else moment.date()
