"""Films: one row a film, whatever pages it stands on, with the best title any of them gives."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from harvester.linking.corrections import Corrections
from harvester.linking.scratch import Scratch, packed, packed_values, unpacked, unpacked_values
from harvester.pages.harvested import FilmFact
from harvester.records import Evidence, Film, Missing

# Who gives a film's title, best first; what is not listed (a link's text, a bare address) is last.
_TITLE_RULES = (
    {"film.oembed"},
    {"film.meta"},
    {"film.iframe", "film.embed_block", "film.lazy_attribute", "film.facade", "film.consent"},
    {"film.file", "film.shortcode", "film.json", "film.script"},
)


class ShownFilm(NamedTuple):
    """A film as an appearance needs it."""

    url: str | None
    title: str | None
    conflict: bool  # its pages belong to several years


def build_films(
    scratch: Scratch, provider_facts: Iterable[FilmFact], corrections: Corrections
) -> None:
    """Fills the table of films from the facts of all pages.

    The edition is that of the pages nearest to the film (film pages before news posts), of these
    the one most have, of equals the earliest: a film is shown again later, not before.
    """
    provided: dict[str, list[FilmFact]] = {}
    for fact in provider_facts:
        provided.setdefault(fact.film_id, []).append(fact)
    stated = scratch.run(
        """SELECT film_id, film_fact.page_id, fact, edition, rank
           FROM film_fact JOIN page USING (page_id) ORDER BY film_id, film_fact.page_id"""
    )
    for film_id, group in itertools.groupby(stated, key=lambda row: row[0]):
        pages: list[str] = []
        years: Counter[tuple[int, int]] = Counter()
        titles = _Titles()
        for fact in provided.get(film_id, ()):
            titles.add(fact)
        first: FilmFact | None = None
        for _, page_id, stored, edition, rank in group:
            fact = FilmFact(*unpacked_values(stored))
            first = first or fact
            pages.append(page_id)
            titles.add(fact)
            if edition is not None:
                years[rank, edition] += 1
        assert first is not None  # a group has a row
        titled = titles.best()
        row = Film(
            film_id=film_id,
            provider=first.provider,
            video_id=first.video_id,
            kind=first.kind,
            url=first.url,
            title=titled.title if titled else None,
            edition=_edition(years),
            page_ids=tuple(pages),
        )
        evidence = [_evidence(film_id, titled, first)]
        rows, proofs = corrections.corrected("films", [row], evidence, first.digest)
        conflict = len({year for _, year in years}) > 1
        _store(scratch, rows[0], proofs, conflict=conflict)


def films(scratch: Scratch) -> Iterator[Film]:
    """The films, by id."""
    for (row,) in scratch.run("SELECT row FROM film ORDER BY film_id"):
        yield from unpacked("films", row)


def shown_film(scratch: Scratch, film_id: str | None) -> ShownFilm | None:
    """What an appearance tells of its film, or None."""
    query = "SELECT shown, conflict FROM film WHERE film_id = ?"
    found = scratch.run(query, film_id).fetchone()
    if found is None:
        return None
    url, title = unpacked_values(found[0])
    return ShownFilm(url, title, bool(found[1]))


def film_evidence(scratch: Scratch) -> Iterator[Evidence]:
    """Where each film's title comes from, by film."""
    for (evidence,) in scratch.run("SELECT evidence FROM film ORDER BY film_id"):
        yield from unpacked("evidence", evidence)


def _store(scratch: Scratch, film: Film, evidence: Sequence[Evidence], *, conflict: bool) -> None:
    scratch.run(
        "INSERT INTO film VALUES (?, ?, ?, ?, ?, ?)",
        film.film_id,
        film.edition,
        conflict,
        packed_values((film.url, film.title)),
        packed("films", [film]),
        packed("evidence", evidence),
    )


class _Titles:
    """The titles of one film by how good their source is, each with its first fact."""

    def __init__(self) -> None:
        self._count: Counter[tuple[int, str]] = Counter()
        self._first: dict[tuple[int, str], FilmFact] = {}

    def add(self, fact: FilmFact) -> None:
        if fact.title:
            key = (_title_rank(fact), fact.title)
            self._count[key] += 1
            self._first.setdefault(key, fact)

    def best(self) -> FilmFact | None:
        """The title to show: from the best source, then on most pages, then on the first page."""
        if not self._first:
            return None
        level = min(rank for rank, _ in self._first)
        keys = [key for key in self._first if key[0] == level]
        return self._first[max(keys, key=lambda key: self._count[key])]


def _title_rank(fact: FilmFact) -> int:
    for rank, rules in enumerate(_TITLE_RULES):
        if fact.rule in rules:
            return rank
    return len(_TITLE_RULES)


def _edition(years: Mapping[tuple[int, int], int]) -> int | None:
    """The year most pages give, of those nearest to the film; of equals the earliest."""
    if not years:
        return None
    nearest = min(rank for rank, _ in years)
    count = {year: n for (rank, year), n in years.items() if rank == nearest}
    return min(count, key=lambda year: (-count[year], year))


def _evidence(film_id: str, titled: FilmFact | None, fact: FilmFact) -> Evidence:
    if titled is None:
        return Evidence(
            "films", film_id, "title", fact.digest, None, None, None, None, fact.rule, Missing.NOT_STATED
        )  # fmt: skip
    # A title is the whole of what its place holds: an attribute, or a provider's answer.
    whole = len(titled.title or "")
    return Evidence(
        "films", film_id, "title", titled.digest, titled.locator, 0, whole, titled.title, titled.rule, None
    )  # fmt: skip
