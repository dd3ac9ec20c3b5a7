"""`link`: from the pages of a harvest to the rows of every content table."""

from __future__ import annotations

import functools
import itertools
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType, TracebackType
from typing import Any

from harvester.errors import UnwritableError
from harvester.linking.appearances import AppearanceTable
from harvester.linking.candidates import build_candidates, candidates
from harvester.linking.context import LinkContext
from harvester.linking.corrections import Corrections
from harvester.linking.dating import dated, is_undated, put_aside
from harvester.linking.dropping import without_dropped
from harvester.linking.editions import editions
from harvester.linking.films import build_films, film_evidence, films
from harvester.linking.gathering import Gathering
from harvester.linking.identity import Identity, listed_ids
from harvester.linking.passing import page_rows
from harvester.linking.people import build_people, people
from harvester.linking.scratch import Scratch, is_full
from harvester.pages.harvested import PageHarvest
from harvester.records import PASSED_TABLES, Edition, Evidence, Problem


@dataclass(frozen=True, slots=True)
class PersonAlias:
    """The id of a name, and the person it stands for."""

    person_id: str
    canonical: str


class Linked:
    """The linked tables as streams of rows in a fixed order; a context manager.

    The rows lie in a scratch file that `close` removes. The order of the pages that were given
    has no influence on any row.
    """

    def __init__(
        self,
        scratch: Scratch,
        streams: Mapping[str, Callable[[], Iterator[Any]]],
        hidden_names: Callable[[str], Sequence[str]],
    ) -> None:
        self._scratch = scratch
        self._streams = streams
        self._hidden_names = hidden_names

    def __enter__(self) -> Linked:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def rows(self, table: str) -> Iterator[Any]:
        """The rows of one table. Raises KeyError for a table that linking does not give."""
        return self._streams[table]()

    def tables(self) -> Mapping[str, Iterator[Any]]:
        """A fresh stream for every table that linking gives."""
        return MappingProxyType({table: stream() for table, stream in self._streams.items()})

    def aliases(self) -> Iterator[PersonAlias]:
        """Every id of a name that stands for a person of another id, listed or joined, by id.

        Ids that earlier releases used stand here when a fuller form of the name has appeared.
        """
        joined = self._scratch.run(
            """SELECT person_id, canonical FROM joined WHERE person_id <> canonical
               AND EXISTS (SELECT 1 FROM human WHERE human.person_id = canonical)
               ORDER BY person_id"""
        )
        return itertools.starmap(PersonAlias, joined)

    def hidden_names(self, suppressed: str) -> Sequence[str]:
        """The names of a suppressed person that pages still show.

        Linking joins what no page alone could know: another spelling of a suppressed name. Its
        rows are left out of the tables; the caller sees to it that the texts are redacted.
        """
        return self._hidden_names(suppressed)

    def close(self) -> None:
        """Removes the scratch file; open streams end."""
        self._scratch.close()


def link(harvests: Iterable[PageHarvest], context: LinkContext) -> Linked:
    """All content tables of a harvest, linked across its pages.

    ``harvests`` holds each page once, in any order. Memory does not grow with their number.
    Raises ValueError for a page given twice, UnwritableError where the scratch folder is no place
    to write.
    """
    scratch = Scratch(context.scratch)
    try:
        return _linked(scratch, harvests, context)
    except sqlite3.OperationalError as error:
        scratch.close()
        if is_full(error):
            raise UnwritableError(
                f"{context.scratch}: the scratch file of linking cannot grow ({error}); free some space"
            ) from None
        raise
    except BaseException:
        scratch.close()
        raise


def _linked(scratch: Scratch, harvests: Iterable[PageHarvest], context: LinkContext) -> Linked:
    aliases = context.curation.aliases
    corrections = Corrections(context.curation.overrides)
    gathering = Gathering(scratch, aliases, context.person_key, corrections, context.run)
    for given in harvests:
        harvest = without_dropped(given, corrections)
        if harvest is None:
            continue
        if is_undated(harvest):
            put_aside(scratch, harvest)
        else:
            gathering.take(harvest)
    for harvest in dated(scratch):
        gathering.take(harvest)
    bearers = {name: [i for _, i in entries] for name, entries in gathering.bearers.items()}
    identity = Identity(
        scratch, listed_ids(aliases, context.person_key), bearers, context.suppressed
    )
    build_films(scratch, context.provider_facts, corrections)
    build_candidates(scratch, identity)
    build_people(scratch, identity)
    appearances = AppearanceTable(scratch, identity)
    appearances.build()
    years = list(editions(scratch, corrections))
    problems = tuple(corrections.problems(context.run))
    return Linked(
        scratch,
        _streams(scratch, identity, appearances, years, problems),
        functools.partial(identity.hidden_names, bearers=bearers),
    )


def _streams(
    scratch: Scratch,
    identity: Identity,
    appearances: AppearanceTable,
    years: Sequence[tuple[Edition, Sequence[Evidence]]],
    problems: tuple[Problem, ...],
) -> Mapping[str, Callable[[], Iterator[Any]]]:
    def passing(table: str) -> Callable[[], Iterator[Any]]:
        return lambda: page_rows(scratch, identity, table)

    streams = {table: passing(table) for table in PASSED_TABLES}
    streams["evidence"] = lambda: itertools.chain(
        page_rows(scratch, identity, "evidence"),
        film_evidence(scratch),
        (proof for _, proofs in years for proof in proofs),
    )
    streams["problems"] = lambda: itertools.chain(
        page_rows(scratch, identity, "problems"), problems
    )
    streams["films"] = lambda: films(scratch)
    streams["people"] = lambda: people(scratch)
    streams["person_candidates"] = lambda: candidates(scratch)
    streams["editions"] = lambda: (row for row, _ in years)
    streams["appearances"] = appearances.rows
    return MappingProxyType(streams)
