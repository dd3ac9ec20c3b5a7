"""The tables: one frozen dataclass each, and the closed vocabularies their columns use.

This is the only definition of a column. Data types, file schemas, the data dictionary, checks and
the explorer's labels are all read from here (`tables`, `columns`), never written a second time.

Types mean: ``str``, ``int``, ``date`` (a day), ``datetime`` (UTC), ``bool``, a ``StrEnum`` (closed
vocabulary), ``tuple[str, ...]`` (a list, never null), and ``X | None`` (null allowed).
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from harvester.quickly_made import quickly_made

#: Version of the data's shape: raised when a column or its meaning changes (see CHANGELOG).
SCHEMA_VERSION = "1.0"


class PageKind(StrEnum):
    """What a page is for a reader, whatever its theme."""

    DOCUMENTATION_INDEX = "documentation_index"
    FILM_PAGE = "film_page"
    FILM_POST = "film_post"
    LECTURE = "lecture"
    SPEAKER_POST = "speaker_post"
    INTERVIEWS = "interviews"
    NEWS_POST = "news_post"
    CHAIR_COLUMN = "chair_column"
    PROGRAMME = "programme"
    DOCUMENT_LIST = "document_list"
    LISTING = "listing"
    ARTICLE = "article"


class PageState(StrEnum):
    """What the source last said about a page."""

    LIVE = "live"
    GONE = "gone"
    MOVED = "moved"
    PROTECTED = "protected"


class RoleClass(StrEnum):
    """The closed list a role's wording is sorted into."""

    MINISTER = "minister"
    POLITICIAN = "politician"
    AGENCY_HEAD = "agency_head"
    SOCIAL_SERVICES_HEAD = "social_services_head"
    MANAGER = "manager"
    SPECIALIST = "specialist"
    RESEARCHER = "researcher"
    ASSOCIATION_OFFICER = "association_officer"
    AUTHOR_ARTIST = "author_artist"
    JOURNALIST_MODERATOR = "journalist_moderator"
    OTHER = "other"


class TookPartAs(StrEnum):
    """What a person did on the page or in the film, from position and wording."""

    SPEAKER = "speaker"
    INTERVIEWEE = "interviewee"
    INTERVIEWER = "interviewer"
    MODERATOR = "moderator"
    PERFORMER = "performer"
    PHOTOGRAPHER = "photographer"
    AUTHOR = "author"
    MENTIONED = "mentioned"


class Grain(StrEnum):
    """How exact a stated date is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    TERM = "term"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


class DateKind(StrEnum):
    """What a date on a page dates (the table); how it was stated is `MentionKind`."""

    PUBLISHED = "published"
    EVENT = "event"
    DEADLINE = "deadline"
    MENTION = "mention"
    EDITION = "edition"


class MentionKind(StrEnum):
    """How a date is stated in running text."""

    DATE = "date"
    EDITION = "edition"
    RELATIVE = "relative"
    HOLIDAY = "holiday"


class FilmKind(StrEnum):
    VIDEO = "video"
    PLAYLIST = "playlist"
    CHANNEL = "channel"


class FilmStateCode(StrEnum):
    """What a provider answered about a film; `unknown` is no answer, never a death."""

    OK = "ok"
    NOT_EMBEDDABLE = "not_embeddable"
    PRIVATE = "private"
    GONE = "gone"
    UNKNOWN = "unknown"


class Missing(StrEnum):
    """Why a promised value is null."""

    NOT_STATED = "not_stated"
    NOT_UNDERSTOOD = "not_understood"
    NOT_OBTAINED = "not_obtained"


class Severity(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LinkKind(StrEnum):
    """What a link out of the content leads to."""

    CHANNEL = "channel"
    PAGE = "page"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class ColumnInfo:
    """What the data dictionary says of one column."""

    doc: str
    primary: bool = False
    references: str | None = None  # "table.column"
    free_text: bool = False  # may hold what a spreadsheet would run: guarded in CSV
    name: str = ""
    annotation: Any = None

    @property
    def nullable(self) -> bool:
        return type(None) in typing.get_args(self.annotation)

    @property
    def value_type(self) -> Any:
        """The type without ``| None``; ``tuple`` for lists."""
        annotation = self.annotation
        if isinstance(annotation, types.UnionType):
            annotation = next(a for a in typing.get_args(annotation) if a is not type(None))
        return tuple if typing.get_origin(annotation) is tuple else annotation

    @property
    def is_list(self) -> bool:
        return self.value_type is tuple

    @property
    def vocabulary(self) -> tuple[str, ...] | None:
        """The allowed values, or None where the column is open."""
        kind = self.value_type
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return tuple(member.value for member in kind)
        return None


def column(
    doc: str, *, primary: bool = False, references: str | None = None, free_text: bool = False
) -> Any:
    """A dataclass field that carries its line of the data dictionary."""
    info = ColumnInfo(doc, primary=primary, references=references, free_text=free_text)
    return dataclasses.field(metadata={"column": info})


@dataclass(frozen=True, slots=True)
class Appearance:
    """Who took part, in which role, in which year, about what, and where the film is."""

    edition: int | None = column("Conference year, where the page or its dates say it")
    person: str | None = column(
        "Full name in normal case; null for a film without a named person", free_text=True
    )
    role: str | None = column("Role in normal wording: lower case, indefinite", free_text=True)
    role_raw: str | None = column("Role exactly as the page words it", free_text=True)
    organisation: str | None = column("Organisation as the page states it", free_text=True)
    took_part_as: TookPartAs | None = column(
        "What the person did: speaker, interviewee, moderator …"
    )
    topic: str | None = column(
        "What it was about: the film's or lecture's title or heading", free_text=True
    )
    film_url: str | None = column("Canonical address of the film; null where none is published")
    page_url: str | None = column(
        "Address of the page that says so; null where the address names a suppressed person"
    )
    published: date | None = column("Local day on which the page was published")
    needs_review: bool = column(
        "True where a rule was unsure: an unknown role wording, a name without a full form, a year in conflict"
    )
    person_id: str | None = column("The person", references="people.person_id")
    clip_id: str | None = column(
        "The clip; null for a lecture or post without a film", references="clips.clip_id"
    )
    page_id: str = column("The page", references="pages.page_id")


@dataclass(frozen=True, slots=True)
class Page:
    """A harvested page or post, whatever number of addresses it answers at."""

    page_id: str = column("Site name and a short hash of the canonical address", primary=True)
    url: str | None = column("Canonical address; null where it names a suppressed person")
    site: str = column("Name of the site in the profile")
    theme: str = column(
        "The theme that said where the content stands (`rest`, `generic` where none fitted)"
    )
    layout: str = column("The layout that said how the content is built")
    kind: PageKind = column("What the page is for a reader")
    title: str | None = column("Title as published", free_text=True)
    published: date | None = column("Local day of publication")
    modified: date | None = column(
        "Local day of the last change the source states, as it was when this body was first seen"
    )
    edition: int | None = column(
        "Conference year the page belongs to, where title, seeds, data or dates say so"
    )
    author: str | None = column("Byline", free_text=True)
    categories: tuple[str, ...] = column("Category names as published", free_text=True)
    language: str = column("Language of the text, as a BCP 47 tag")
    text: str = column("The content as normalised text, one block a paragraph", free_text=True)
    words: int = column("Number of words in the text")
    state: PageState = column("What the source last said about the page")


@dataclass(frozen=True, slots=True)
class Film:
    """A distinct film, however often it is embedded."""

    film_id: str = column(
        "`provider:id`, `file:<hash of address>` for self-hosted files", primary=True
    )
    provider: str = column("youtube, vimeo, svt, file …")
    video_id: str = column("The provider's id of the film")
    kind: FilmKind = column("A single video or a playlist")
    url: str | None = column("Canonical address; null where it names a suppressed person")
    title: str | None = column(
        "Title from the player, the page's data or the provider", free_text=True
    )
    edition: int | None = column("Conference year, from the pages the film stands on")
    page_ids: tuple[str, ...] = column("Pages the film stands on", references="pages.page_id")


@dataclass(frozen=True, slots=True)
class Clip:
    """A film's place on a page: under a heading, in a post, or announced without a film."""

    clip_id: str = column("Page id and place on the page", primary=True)
    page_id: str = column("The page", references="pages.page_id")
    film_id: str | None = column(
        "The film; null where it is announced and not published", references="films.film_id"
    )
    position: int = column("Place among the page's clips, from 1")
    heading: str | None = column("Heading the clip belongs to, as published", free_text=True)
    text: str | None = column("Text that belongs to the clip", free_text=True)
    person_ids: tuple[str, ...] = column(
        "People the clip is tied to", references="people.person_id"
    )
    start: int | None = column("Where playing starts, in seconds")


@dataclass(frozen=True, slots=True)
class Person:
    """One person across years and spellings."""

    person_id: str = column(
        "Keyed hash of the normal name: stable, and no name in it", primary=True
    )
    name: str = column("Full name in normal case", free_text=True)
    sort_name: str = column("Surname first, for Swedish sorting", free_text=True)
    aliases: tuple[str, ...] = column(
        "Other spellings joined by a listed alias or a sure rule", free_text=True
    )
    first_edition: int | None = column("First conference year with a contribution")
    last_edition: int | None = column("Last conference year with a contribution")
    mentions: int = column("Number of contribution rows")


@dataclass(frozen=True, slots=True)
class PersonCandidate:
    """Two people who may be one: for a maintainer to accept in `aliases.toml`."""

    person_id: str = column("One of the two", references="people.person_id")
    other_id: str = column("The other", references="people.person_id")
    reason: str = column("Why they may be the same: `one_letter`, `nickname`, `subset`")


@quickly_made
@dataclass(frozen=True, slots=True)
class Contribution:
    """A person on a page (or in a clip) in a role, in the page's wording."""

    contribution_id: str = column("Page id, place and person", primary=True)
    person_id: str = column("The person", references="people.person_id")
    page_id: str = column("The page", references="pages.page_id")
    clip_id: str | None = column(
        "The clip, where the mention stands in one", references="clips.clip_id"
    )
    name_raw: str = column("The name exactly as first written in this place", free_text=True)
    role: str | None = column(
        "Normal wording; null where none is stated or it is not understood", free_text=True
    )
    role_class: RoleClass | None = column("Closed class of the role")
    role_raw: str | None = column("Exactly what the page says", free_text=True)
    organisation: str | None = column("Organisation as the page states it", free_text=True)
    took_part_as: TookPartAs = column("What the person did on this page or in this clip")


@quickly_made
@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date or interval stated on a page."""

    date_id: str = column("Page id and place", primary=True)
    page_id: str = column("The page", references="pages.page_id")
    raw: str = column("Exactly what the page says", free_text=True)
    first: date | None = column("First day, inclusive; null where the year cannot be known")
    last: date | None = column("Last day, inclusive")
    grain: Grain = column("How exact it is")
    edtf: str = column("Extended Date/Time Format, `XXXX-10-02` for a day without a year")
    time: str | None = column("Clock time `09:00` or span `09:00/16:30`")
    kind: DateKind = column("What it dates")
    resolved_by: str = column("Which evidence gave the year or the day")
    flags: tuple[str, ...] = column("approx, open_start, open_end, weekday_conflict, impossible …")


@quickly_made
@dataclass(frozen=True, slots=True)
class Document:
    """A linked document: slides, notes, a list."""

    document_id: str = column("Page id and a short hash of the address", primary=True)
    page_id: str = column("The page", references="pages.page_id")
    url: str | None = column("Address of the document; null where it names a suppressed person")
    title: str | None = column("Link text", free_text=True)
    media_type: str | None = column("Media type, from the address' ending")


@dataclass(frozen=True, slots=True)
class Edition:
    """A conference year."""

    edition: int = column("The year in the conference's name", primary=True)
    city: str | None = column("Host city", free_text=True)
    venue: str | None = column("Venue", free_text=True)
    first: date | None = column("First day")
    last: date | None = column("Last day")
    theme: str | None = column("The year's theme", free_text=True)
    conflicts: tuple[str, ...] = column(
        "Other values that pages state, `field: value (page_id)`", free_text=True
    )


@quickly_made
@dataclass(frozen=True, slots=True)
class Link:
    """A link out of the content to another place."""

    page_id: str = column("The page", references="pages.page_id")
    url: str | None = column("Address the link leads to; null where it names a suppressed person")
    title: str | None = column("Link text", free_text=True)
    kind: LinkKind = column("What it leads to")


@dataclass(frozen=True, slots=True)
class CaptureRow:
    """A stored response behind a page."""

    capture_id: str = column("Short hash of page, address and payload digest", primary=True)
    page_id: str = column("The page", references="pages.page_id")
    url: str | None = column("Address that was fetched; null where it names a suppressed person")
    status: int = column("HTTP status")
    digest: str = column("Digest of the decoded body, `sha256:…`")
    fetched_at: datetime = column("When this body was first fetched, UTC")
    last_seen: datetime = column("When the source last gave this body, UTC")
    warc_file: str = column("File in the archive")
    warc_offset: int = column("Byte offset of the record in that file")
    code_version: str = column("Extractor version that read it")


@dataclass(frozen=True, slots=True)
class FilmState:
    """What a provider answered about a film, and when."""

    film_id: str = column("The film", references="films.film_id")
    checked_at: datetime = column("When it was asked, UTC")
    state: FilmStateCode = column("What the answer means")
    http_status: int | None = column("HTTP status; null where there was no answer")


@quickly_made
@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value that was read from text comes from, or why a promised one is null."""

    table: str = column("Table of the value")
    row_id: str = column("Primary key of its row")
    field: str = column("Column of the value")
    digest: str | None = column("Digest of the stored body it was read from")
    locator: str | None = column(
        "XPath into that body as lxml parses it; JSON pointer and XPath, parted by `#`, in REST answers"
    )
    char_start: int | None = column("Start in the located block's normalised text")
    char_end: int | None = column("End, exclusive")
    raw: str | None = column("The text read", free_text=True)
    rule: str = column("The rule that read it")
    missing: Missing | None = column("Why the value is null; null where it is not")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read or fetched, and who must act; a note for each row that an override drops."""

    run: str = column("The run that met it")
    page_id: str | None = column(
        "The page, where there is one (no foreign key: it may not have become a row)"
    )
    url: str | None = column("Address; null where it names a suppressed person")
    severity: Severity = column("info, warning or error")
    code: str = column("Stable name of the problem")
    message: str = column("One line: what, where, what to do", free_text=True)


#: Every table of a release in the order documents show them, `appearances` first.
TABLES: Mapping[str, type] = types.MappingProxyType(
    {
        "appearances": Appearance,
        "pages": Page,
        "films": Film,
        "clips": Clip,
        "people": Person,
        "person_candidates": PersonCandidate,
        "contributions": Contribution,
        "dates": StatedDate,
        "documents": Document,
        "editions": Edition,
        "links": Link,
        "captures": CaptureRow,
        "film_states": FilmState,
        "evidence": Evidence,
        "problems": Problem,
    }
)

#: Tables whose rows come from one page alone: what a spider yields and a rerun replaces.
PAGE_TABLES = (
    "pages",
    "clips",
    "contributions",
    "dates",
    "documents",
    "links",
    "evidence",
    "problems",
)

#: Tables that pass through linking page by page: what pages give, and the captures behind them.
PASSED_TABLES = (*PAGE_TABLES, "captures")

#: Tables that hold what changes when the source does not.
TECHNICAL_TABLES = ("captures", "film_states", "evidence", "problems")


@functools.cache
def columns(table: str) -> tuple[ColumnInfo, ...]:
    """The columns of a table, in order, with their line of the data dictionary."""
    record = TABLES[table]
    hints = typing.get_type_hints(record)
    return tuple(
        dataclasses.replace(f.metadata["column"], name=f.name, annotation=hints[f.name])
        for f in dataclasses.fields(record)
    )


@functools.cache
def primary_key(table: str) -> str | None:
    """The primary key column of a table, or None for tables without one."""
    return next((c.name for c in columns(table) if c.primary), None)


def table_of(record: object) -> str:
    """The table a record belongs to. Raises KeyError for anything else."""
    return _TABLE_OF[type(record)]


_TABLE_OF: Mapping[type, str] = {record: name for name, record in TABLES.items()}
