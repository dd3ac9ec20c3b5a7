"""Swedish dates in running text (`find_dates`) and in whole strings (`parse_date_string`)."""

from harvester.parsers.dates.mention import DateMention
from harvester.parsers.dates.reader import find_dates
from harvester.parsers.dates.strings import parse_date_string

__all__ = ["DateMention", "find_dates", "parse_date_string"]
