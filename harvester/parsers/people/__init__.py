"""People in Swedish text: who is named, in which role, for which organisation.

`find_people` is the contract; `read_people` also tells the role wordings that no list knows.
"""

from harvester.parsers.people.mention import PeopleReading, PersonMention, UnknownRole
from harvester.parsers.people.names import normalise_name, sort_name
from harvester.parsers.people.organisation_names import organisation_key
from harvester.parsers.people.reading import find_people, read_people

__all__ = [
    "PeopleReading",
    "PersonMention",
    "UnknownRole",
    "find_people",
    "normalise_name",
    "organisation_key",
    "read_people",
    "sort_name",
]
