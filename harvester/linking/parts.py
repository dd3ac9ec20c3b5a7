"""Parts: who takes part on one page, in which of its clips, as far as that page alone says.

Parts are what `appearances` is made of once people and films are known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from harvester.linking.topics import topic_in, words_of
from harvester.records import Clip, Contribution, Page, PageKind, TookPartAs

#: What counts as taking part: a photographer, an author and one who is mentioned do not appear.
TAKING_PART = frozenset(
    {
        TookPartAs.SPEAKER,
        TookPartAs.INTERVIEWEE,
        TookPartAs.INTERVIEWER,
        TookPartAs.MODERATOR,
        TookPartAs.PERFORMER,
    }
)
#: How near a kind of page is to the film it shows: of several pages the nearest tells of it.
_NEARNESS = (
    (PageKind.FILM_PAGE,),
    (PageKind.FILM_POST, PageKind.LECTURE, PageKind.INTERVIEWS),
    (PageKind.SPEAKER_POST,),
    (PageKind.NEWS_POST, PageKind.CHAIR_COLUMN),
    (PageKind.DOCUMENTATION_INDEX, PageKind.PROGRAMME),
    (PageKind.ARTICLE, PageKind.DOCUMENT_LIST),
    (PageKind.LISTING,),
)
_RANKS = {kind: rank for rank, kinds in enumerate(_NEARNESS) for kind in kinds}


class Part(NamedTuple):
    """One person's part in a clip or on a page; without a person, a film that names nobody."""

    person_id: str | None
    film_id: str | None
    page_id: str
    clip_id: str | None
    position: int  # of the clip; 0 for the page as a whole
    rank: int  # how well this place tells of the film: less is better
    edition: int | None  # the page's
    page_url: str | None
    published: date | None
    heading: str | None  # the clip's, where it says a topic
    page_title: str | None
    known: frozenset[str]  # words of names and roles: no topic by themselves
    role: str | None
    role_raw: str | None
    organisation: str | None
    took_part_as: TookPartAs | None


def kind_rank(kind: PageKind | None) -> int:
    """How near pages of a kind are to the films they show, 0 the nearest."""
    return _RANKS.get(kind, len(_NEARNESS)) if kind else len(_NEARNESS)


def page_parts(
    page: Page,
    clips: Sequence[Clip],
    contributions: Sequence[Contribution],
    names: Mapping[str, str],
    titles: Mapping[str, str | None],
) -> Iterator[Part]:
    """The parts that people take on a page, and one for each film in which nobody does.

    Who takes part on the page as a whole, and is tied to clips of it, takes part in those.
    ``names`` are those of the page's people by id, ``titles`` its films' by id.
    """
    page_names = words_of(*names.values())
    taking = [c for c in contributions if c.took_part_as in TAKING_PART]
    by_clip: dict[str | None, list[Contribution]] = defaultdict(list)
    for row in taking:
        by_clip[row.clip_id].append(row)
    clip_ids = {clip.clip_id for clip in clips}
    placed: set[str] = set()
    for clip in clips:
        own = by_clip[clip.clip_id]
        present = {row.person_id for row in own}
        tied = set(clip.person_ids) - present
        rows = own + [r for r in by_clip[None] if r.person_id in tied]
        placed |= tied
        # A heading or title of names alone is none, whoever of the page they are.
        named = words_of(clip.heading, titles.get(clip.film_id or "")) & page_names
        known = _known_words(clip, contributions, names) | named
        for row in rows:
            yield _part(page, clip, row, known, names)
        if not rows and clip.film_id is not None:
            yield _part(page, clip, None, known, names)
    for row in taking:
        if row.clip_id not in clip_ids and row.person_id not in placed:
            yield _part(page, None, row, frozenset(), names)


def _part(
    page: Page,
    clip: Clip | None,
    row: Contribution | None,
    known: frozenset[str],
    names: Mapping[str, str],
) -> Part:
    name = names.get(row.person_id) if row else None
    own = clip is not None and _names(clip.heading, name)
    rank = kind_rank(page.kind) * 4 + (0 if own else 2) + (0 if row and row.role else 1)
    return Part(
        person_id=row.person_id if row else None,
        film_id=clip.film_id if clip else None,
        page_id=page.page_id,
        clip_id=clip.clip_id if clip else None,
        position=clip.position if clip else 0,
        rank=rank,
        edition=page.edition,
        page_url=page.url,
        published=page.published,
        heading=topic_in(clip.heading, known) if clip else None,
        page_title=page.title,
        known=known,
        role=row.role if row else None,
        role_raw=row.role_raw if row else None,
        organisation=row.organisation if row else None,
        took_part_as=row.took_part_as if row else None,
    )


def _known_words(
    clip: Clip, contributions: Collection[Contribution], names: Mapping[str, str]
) -> frozenset[str]:
    """The words of everyone in a clip: names, roles, organisations."""
    texts: list[str | None] = [names.get(person) for person in clip.person_ids]
    for row in contributions:
        if row.clip_id == clip.clip_id or row.person_id in clip.person_ids:
            texts += (row.name_raw, row.role, row.role_raw, row.organisation)
    return words_of(*texts)


def _names(heading: str | None, name: str | None) -> bool:
    """True where a heading holds every word of a name."""
    return bool(heading and name) and words_of(name) <= words_of(heading)
