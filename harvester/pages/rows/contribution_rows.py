"""Contribution rows: who stands on a page or in a clip, in which role, and what they did there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from harvester.pages.clips import TITLE
from harvester.pages.harvested import PersonFact
from harvester.pages.layouts import Layout
from harvester.pages.reading import PlacedPerson, Reading
from harvester.pages.rows.clip_rows import TiedClip
from harvester.pages.rows.evidence import EvidenceLog
from harvester.pages.rows.ids import RowIds, person_id
from harvester.pages.rows.parts import StatedParts, performs, shows_interview
from harvester.parsers.people import PersonMention, sort_name
from harvester.records import Contribution, Missing, TookPartAs

_MODERATING = ("moderator", "konferencier", "programledare")


@dataclass(slots=True)
class _Group:
    """The mentions of one person in one place (a clip, or the page outside its clips)."""

    person_id: str
    clip: TiedClip | None
    mentions: list[PlacedPerson] = field(default_factory=list)
    shown: bool = False  # in the film, while the text around it is the page's


def contribution_rows(
    reading: Reading,
    layout: Layout,
    clips: Sequence[TiedClip],
    parts: StatedParts,
    ids: RowIds,
    key: bytes,
    log: EvidenceLog,
) -> tuple[list[Contribution], list[PersonFact]]:
    """One row for each person, place and role, in order of first mention."""
    subjects = {person_id(p.mention.name, key) for p in layout.subjects(reading)}
    rows: list[Contribution] = []
    people: dict[str, PersonFact] = {}
    for group in _groups(reading, layout, clips, key):
        first = group.mentions[0].mention
        people.setdefault(
            group.person_id, PersonFact(group.person_id, first.name, sort_name(first.name))
        )
        part = _part(reading, layout, group, parts, subject=group.person_id in subjects)
        for placed in _of_film(reading, group) if group.shown else _by_role(group.mentions):
            rows.append(_row(reading, group, placed, part, ids, log))
    return rows, list(people.values())


def _groups(
    reading: Reading, layout: Layout, clips: Sequence[TiedClip], key: bytes
) -> list[_Group]:
    """Mentions by person and clip.

    A mention stands in the clip whose heading or own text holds it; on a page that is one clip
    (a film post) in that clip. A page that merely shows a film (a lecture with its interview) says
    of whom it shows two things: what they did on the page, and that they are in the film.
    """
    block_clip: dict[int, TiedClip] = {}
    for clip in clips:
        for n in (clip.place.heading, *clip.place.text):
            if n is not None and n != TITLE and clip.place.headed:
                block_clip.setdefault(n, clip)
    whole = clips[0] if len(clips) == 1 and layout.whole_page_is_clip else None
    groups: dict[tuple[str, str | None], _Group] = {}
    shown: dict[tuple[str, str | None], _Group] = {}
    for placed in reading.people:
        person = person_id(placed.mention.name, key)
        own = whole or block_clip.get(placed.place.block)
        group = groups.setdefault((person, own.row.clip_id if own else None), _Group(person, own))
        group.mentions.append(placed)
        for other in clips if own is None else ():
            if person in other.people and not other.place.headed:
                place = (person, other.row.clip_id)
                shown.setdefault(place, _Group(person, other, shown=True)).mentions.append(placed)
    for in_film, group in shown.items():
        groups.setdefault(in_film, group)
    return list(groups.values())


def _of_film(reading: Reading, group: _Group) -> list[PlacedPerson]:
    """The one mention that speaks for a person in a film: beside the film, else the first role."""
    assert group.clip is not None
    beside = group.clip.own_text(reading.content.blocks)
    near = [p for p in group.mentions if p.place.block in beside and p.mention.role_raw]
    stated = [p for p in group.mentions if p.mention.role_raw]
    return (near or stated or group.mentions)[:1]


def _by_role(mentions: Sequence[PlacedPerson]) -> list[PlacedPerson]:
    """One mention for each role the place states; the first mention where it states none.

    A mention that carries a role from elsewhere adds no row beside one that states it.
    """
    roles: dict[str | None, PlacedPerson] = {}
    for placed in mentions:
        mention = placed.mention
        roles.setdefault(mention.role or mention.role_raw, placed)
    if len(roles) > 1:
        roles.pop(None, None)
    return list(roles.values())


def _part(
    reading: Reading, layout: Layout, group: _Group, parts: StatedParts, *, subject: bool
) -> TookPartAs:
    """What a person did in one place: by the words beside the name, by the clip, by the layout."""
    if group.clip is not None and group.person_id in group.clip.people:
        return _part_in_clip(reading, layout, group, parts)
    stated = next((part for p in group.mentions if (part := parts.of(p)) is not None), None)
    if stated is not None and not (subject and _is_less_than_subject(layout, stated)):
        return stated
    if any((p.mention.role or "").startswith(_MODERATING) for p in group.mentions):
        return TookPartAs.MODERATOR
    if subject:
        return layout.part_of(reading, group.mentions[0])
    if any(performs(p) for p in group.mentions):
        return TookPartAs.PERFORMER
    return TookPartAs.MENTIONED


def _is_less_than_subject(layout: Layout, stated: TookPartAs) -> bool:
    """True for a part that whom the page is about has beside the layout's: a speech is signed too."""
    if stated is TookPartAs.AUTHOR:
        return layout.part is TookPartAs.SPEAKER
    return stated in (TookPartAs.PHOTOGRAPHER, TookPartAs.SPEAKER)


def _part_in_clip(
    reading: Reading, layout: Layout, group: _Group, parts: StatedParts
) -> TookPartAs:
    """Whom a clip is about was interviewed where the clip or the whole page says so, else spoke."""
    assert group.clip is not None
    blocks = reading.content.blocks
    if not parts.interviewers.isdisjoint(p.mention.name for p in group.mentions):
        # In a clip of their own who asks the questions elsewhere is not asked.
        return TookPartAs.SPEAKER
    words = " ".join(blocks[n].text for n in group.clip.own_text(blocks))
    if shows_interview(words) or shows_interview(group.clip.row.heading or ""):
        return TookPartAs.INTERVIEWEE
    if any(performs(p) for p in group.mentions):
        return TookPartAs.PERFORMER
    return layout.part_of(reading, group.mentions[0])


def _row(
    reading: Reading,
    group: _Group,
    placed: PlacedPerson,
    part: TookPartAs,
    ids: RowIds,
    log: EvidenceLog,
) -> Contribution:
    mention = placed.mention
    first = group.mentions[0]
    clip_id = group.clip.row.clip_id if group.clip else None
    row = Contribution(
        contribution_id=ids.of(
            "contribution", group.person_id, clip_id or "", mention.role or mention.role_raw or ""
        ),
        person_id=group.person_id,
        page_id=ids.page_id,
        clip_id=clip_id,
        name_raw=first.mention.raw,
        role=mention.role,
        role_class=mention.role_class,
        role_raw=mention.role_raw,
        organisation=mention.organisation,
        took_part_as=part,
    )
    row_id = row.contribution_id
    log.at("contributions", row_id, "name_raw", first.place, first.mention.rule)
    _role_evidence(reading, row_id, mention, log)
    return row


def _role_evidence(reading: Reading, row_id: str, mention: PersonMention, log: EvidenceLog) -> None:
    table = "contributions"
    if mention.role_start is not None and mention.role_end is not None:
        place = reading.text.place(mention.role_start, mention.role_end)
        log.at(table, row_id, "role_raw", place, mention.rule)
        if mention.role is None:
            log.missing(table, row_id, "role", Missing.NOT_UNDERSTOOD, "role.unknown_wording")
        else:
            log.at(table, row_id, "role", place, "role.lexicon")
    else:
        log.missing(table, row_id, "role", Missing.NOT_STATED, "role")
    if mention.organisation_start is not None and mention.organisation_end is not None:
        place = reading.text.place(mention.organisation_start, mention.organisation_end)
        log.at(table, row_id, "organisation", place, mention.rule)
    elif mention.organisation is None:
        log.missing(table, row_id, "organisation", Missing.NOT_STATED, "organisation")
