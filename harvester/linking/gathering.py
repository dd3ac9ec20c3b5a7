"""Gathering: one page after another into the scratch database, overrides and bearers applied."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from harvester.curation import OVERRIDABLE, Aliases, Bearer
from harvester.linking.corrections import Corrections
from harvester.linking.editions import gather_editions
from harvester.linking.names import name_form
from harvester.linking.parts import kind_rank, page_parts
from harvester.linking.scratch import Scratch, fact_values, packed, packed_values, text_key
from harvester.pages.harvested import PageHarvest, PersonFact
from harvester.pages.rows.ids import keyed_hash, person_id
from harvester.parsers.people import normalise_name, sort_name
from harvester.records import PASSED_TABLES, Clip, Contribution, Page, PageState, Problem, table_of

# Tables whose rows overrides may change here, in the order that new evidence follows.
_OVERRIDABLE = tuple(table for table in PASSED_TABLES if table in OVERRIDABLE)


def bearer_id(bearer: Bearer, key: bytes) -> str:
    """The id of one of several people of a name: made of name and tag, whatever the pages."""
    return "p" + keyed_hash(f"{normalise_name(bearer.name)}\x1f{bearer.tag}", key, 16)


class Gathering:
    """Takes pages, in any order, each once."""

    def __init__(
        self, scratch: Scratch, aliases: Aliases, key: bytes, corrections: Corrections, run: str
    ) -> None:
        self._scratch = scratch
        self._corrections = corrections
        self._run = run
        self.bearers: dict[str, list[tuple[Bearer, str]]] = defaultdict(list)
        for bearer in aliases.bearers:
            entry = (bearer, bearer_id(bearer, key))
            self.bearers[person_id(bearer.name, key)].append(entry)

    def take(self, harvest: PageHarvest) -> None:
        """Stores a page's rows and counts what it says of people, films and years.

        Raises ValueError for a page that was taken before.
        """
        rows = self._corrected_rows(harvest)
        people = self._told_apart(harvest, rows)
        pages: list[Page] = rows["pages"]
        page = pages[0] if pages else None
        edition = page.edition if page else harvest.edition
        rank = kind_rank(page.kind if page else None)
        kept_back = page is not None and page.state is PageState.PROTECTED
        insert = "INSERT OR IGNORE INTO page VALUES (?, ?, ?, ?)"
        if self._scratch.run(insert, harvest.page_id, edition, rank, kept_back).rowcount != 1:
            raise ValueError(f"page {harvest.page_id} is given twice")
        for table, records in rows.items():
            if records:
                self._scratch.run(
                    f"INSERT INTO rows_{table} VALUES (?, ?)",
                    harvest.page_id,
                    packed(table, records),
                )
        self._take_people(people, rows["contributions"], edition)
        self._take_films(harvest)
        gather_editions(self._scratch, harvest, edition)
        if page is not None:
            titles = {fact.film_id: fact.title for fact in harvest.films}
            self._take_parts(page, rows, people, titles)

    def _corrected_rows(self, harvest: PageHarvest) -> dict[str, list[Any]]:
        """The page's rows by table, values overridden, problems with their run."""
        rows: dict[str, list[Any]] = {table: [] for table in PASSED_TABLES}
        for record in harvest.records:
            rows[table_of(record)].append(record)
        for table in _OVERRIDABLE:
            rows[table], rows["evidence"] = self._corrections.corrected(
                table, rows[table], rows["evidence"], harvest.digest
            )
        problems: list[Problem] = rows["problems"]
        rows["problems"] = [p if p.run else replace(p, run=self._run) for p in problems]
        return rows

    def _told_apart(
        self, harvest: PageHarvest, rows: dict[str, list[Any]]
    ) -> dict[str, PersonFact]:
        """The page's people by id, after names of several bearers got the right one's id."""
        people = {fact.person_id: fact for fact in harvest.people}
        contributions: list[Contribution] = rows["contributions"]
        for row in contributions:
            # A row without a fact still names its person.
            fallback = PersonFact(row.person_id, row.name_raw, sort_name(row.name_raw))
            people.setdefault(row.person_id, fallback)
        moved: dict[str, str] = {}
        for person in people.keys() & self.bearers.keys():
            stated = [r.organisation for r in contributions if r.person_id == person]
            for bearer, new_id in self.bearers[person]:
                if bearer.fits(harvest.page_id, harvest.url, [o for o in stated if o]):
                    moved[person] = new_id
                    break
        if moved:
            rows["contributions"] = [
                replace(r, person_id=moved.get(r.person_id, r.person_id)) for r in contributions
            ]
        clips: list[Clip] = rows["clips"]
        for n, clip in enumerate(clips):
            tied = tuple(moved.get(p, p) for p in clip.person_ids if p in people)
            if tied != clip.person_ids:
                clips[n] = replace(clip, person_ids=tied)
        return {moved.get(p, p): fact for p, fact in people.items()}

    def _take_people(
        self,
        people: Mapping[str, PersonFact],
        contributions: Sequence[Contribution],
        edition: int | None,
    ) -> None:
        mentions: dict[str, int] = dict.fromkeys(people, 0)
        for row in contributions:
            mentions[row.person_id] += 1
        self._scratch.many(
            """INSERT INTO person VALUES (?1, ?2, ?3, ?3) ON CONFLICT (person_id) DO UPDATE SET
               mentions = mentions + ?2, first = min(ifnull(first, ?3), ifnull(?3, first)),
               last = max(ifnull(last, ?3), ifnull(?3, last))""",
            [(person, count, edition) for person, count in mentions.items()],
        )
        self._scratch.many(
            """INSERT INTO spelling VALUES (?, ?, ?, 1)
               ON CONFLICT (person_id, name) DO UPDATE SET pages = pages + 1""",
            [(p, text_key(fact.name), text_key(fact.sort_name)) for p, fact in people.items()],
        )
        self._scratch.many(
            "INSERT OR IGNORE INTO apart VALUES (?, ?)", _contradictions(people, contributions)
        )

    def _take_films(self, harvest: PageHarvest) -> None:
        facts = {fact.film_id: fact for fact in reversed(harvest.films)}
        self._scratch.many(
            "INSERT INTO film_fact VALUES (?, ?, ?)",
            [
                (film, harvest.page_id, packed_values(fact_values(fact)))
                for film, fact in facts.items()
            ],
        )

    def _take_parts(
        self,
        page: Page,
        rows: Mapping[str, list[Any]],
        people: Mapping[str, PersonFact],
        titles: Mapping[str, str | None],
    ) -> None:
        names = {person: fact.name for person, fact in people.items()}
        parts = page_parts(page, rows["clips"], rows["contributions"], names, titles)
        self._scratch.many(
            "INSERT INTO part (person_id, film_id, row) VALUES (?, ?, ?)",
            [(part.person_id, part.film_id, packed_values(tuple(part))) for part in parts],
        )


def _contradictions(
    people: Mapping[str, PersonFact], contributions: Iterable[Contribution]
) -> list[tuple[str, str]]:
    """Pairs of people of one page, alike but for the middle, whom it gives different organisations."""
    organisations: dict[str, set[str]] = defaultdict(set)
    for row in contributions:
        if row.organisation:
            organisations[row.person_id].add(" ".join(row.organisation.casefold().split()))
    if len(organisations) < 2:
        return []
    blocks: dict[str, list[str]] = defaultdict(list)
    for person in organisations:
        form = name_form(people[person].name)
        if form is not None:
            blocks[form.block].append(person)
    return [
        (a, b)
        for block in blocks.values()
        if len(block) <= _ALIKE_ON_A_PAGE
        for a, b in itertools.permutations(block, 2)
        if not organisations[a] & organisations[b]
    ]


#: More people of one given name and surname on one page are a register, and say nothing of each other.
_ALIKE_ON_A_PAGE = 20
