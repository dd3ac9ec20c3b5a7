"""Swedish dates in running text (`find_dates`) and in whole strings (`parse_date_string`)."""

from harvester.parsers.dates.mention import DateMention
from harvester.parsers.dates.reader import find_dates

__all__ = ["DateMention", "find_dates"]
