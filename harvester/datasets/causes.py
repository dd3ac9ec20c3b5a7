"""Causes: who changed a value, found by making the earlier release again with today's code.

The earlier release's captures are read and linked once more (`Replay`). What that gives differs from
the earlier release by the program and by decisions alone, and from the new release by the source
alone. Where program and decisions are the same as then, the source is the only cause there is.
"""

from __future__ import annotations

import pickle
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from harvester.archive.reader import Archive
from harvester.curation import Curation
from harvester.datasets.diff import Cause, CauseOf
from harvester.datasets.info import CONTENT_TABLES, ReleaseInfo
from harvester.datasets.keys import key_columns, row_id_of
from harvester.datasets.origin import Origin
from harvester.datasets.replay import Replay
from harvester.datasets.schema import batches
from harvester.datasets.shaping import shaped_tables
from harvester.datasets.table_source import stored_rows
from harvester.extraction.providers import Providers, provider_facts
from harvester.extraction.store import ExtractStore
from harvester.harvest import HarvestContext
from harvester.linking import LinkContext, link
from harvester.linking.corrections import DROPPED, dropped_row
from harvester.pages.harvested import PageHarvest
from harvester.records import Evidence, columns

#: Columns that aliases decide for many rows at once; no entry names the single value.
_LINKED_COLUMNS = ("person_id", "person_ids")
_LINKED_TABLES = ("appearances", "people", "person_candidates")
_EVIDENCE = ["table", "row_id", "field", "rule"]


@dataclass(frozen=True, slots=True)
class Ground:
    """What causes are found with: the archive, what was read from it, and today's decisions."""

    archive: Archive
    store: ExtractStore
    context: HarvestContext
    curation: Curation
    scratch: Path
    public: bool = False  # is the new release one without full texts?


@contextmanager
def cause_finder(release: Path, info: ReleaseInfo, ground: Ground) -> Iterator[CauseOf]:
    """The function that names the cause of each change since a release.

    ``info`` describes the new release. The cause is None where the archive no longer holds what
    the release was read from, and for joined people where code and aliases changed at once.
    """
    origin = Origin.of(release)
    same_program = bool(origin.program) and origin.program == info.program_digest
    same_decisions = bool(origin.decisions) and origin.decisions == info.decisions_digest
    if same_program and same_decisions:
        yield _source
        return
    finder = _Finder(release, ground, same_program, same_decisions)
    try:
        yield finder.cause
    finally:
        finder.close()


def _source(table: str, row_id: str, column: str, old: Any, new: Any) -> Cause:
    return Cause.SOURCE


class _Finder:
    """Compares each change with the release made again; that is made when first asked for."""

    def __init__(
        self,
        release: Path,
        ground: Ground,
        same_program: bool,
        same_decisions: bool,
    ) -> None:
        self._release, self._ground = release, ground
        self._same_program, self._same_decisions = same_program, same_decisions
        self._again: Rows | None = None
        self._kept = ExitStack()
        self._overridden: frozenset[tuple[str, str, str]] = frozenset()
        self._lost: frozenset[str] = frozenset()

    def cause(self, table: str, row_id: str, column: str, old: Any, new: Any) -> Cause | None:
        again = self._made_again().row(table, row_id)
        if again is None and self._is_lost(row_id):
            return None
        if not column:
            return self._of_row(table, row_id, again is not None)
        if again is None:
            return Cause.BOTH
        value = again[[c.name for c in columns(table)].index(column)]
        if value == old:
            return Cause.SOURCE
        return self._decided(table, row_id, column) if value == new else Cause.BOTH

    def close(self) -> None:
        self._kept.close()

    def _of_row(self, table: str, row_id: str, again: bool) -> Cause | None:
        """A row that came or went: the program's doing where the old captures say the same today."""
        was = self._was_there(table, row_id)
        return Cause.SOURCE if again == was else self._decided(table, row_id, "")

    def _was_there(self, table: str, row_id: str) -> bool:
        return self._made_again().was(table, row_id)

    def _decided(self, table: str, row_id: str, column: str) -> Cause | None:
        """Code or override, told apart by what has changed since, then by the entries."""
        if self._same_decisions:
            return Cause.CODE
        if self._same_program:
            return Cause.OVERRIDE
        cell = (table, row_id, column)
        if cell in self._overridden or self._ground.curation.overrides_cell(*cell):
            return Cause.OVERRIDE
        joined = table in _LINKED_TABLES or column in _LINKED_COLUMNS
        return None if joined else Cause.CODE

    def _is_lost(self, row_id: str) -> bool:
        """True where the row's page is lost: its id begins the row's, before a dot or a blank."""
        ends = (n for n, c in enumerate(row_id) if c in ". ")
        return bool(self._lost) and any(row_id[:end] in self._lost for end in (*ends, len(row_id)))

    def _made_again(self) -> Rows:
        if self._again is None:
            self._again, self._lost = self._kept.enter_context(
                release_again(self._release, self._ground)
            )
            self._overridden = frozenset(_overridden(self._release))
        return self._again


@contextmanager
def release_again(release: Path, ground: Ground) -> Iterator[tuple[Rows, frozenset[str]]]:
    """The rows of a release as today's code and decisions give them, and the pages that are lost."""
    created = Origin.of(release).created + timedelta(seconds=1)  # releases tell whole seconds
    replay = Replay(release, created, ground.archive, ground.store, ground.context)
    providers = Providers.of(ground.context.profile)
    rows = Rows(ground.scratch)
    try:
        with tempfile.TemporaryDirectory(dir=ground.scratch, prefix=".replay-") as scratch:
            context = LinkContext(
                scratch=Path(scratch),
                person_key=ground.context.person_key,
                curation=ground.curation,
                suppressed=ground.context.suppressed,
                provider_facts=list(provider_facts(ground.archive, providers, until=created)),
            )
            pages = _without_evidence(replay.pages(), ground.curation)
            with link(pages, context) as linked:
                tables = shaped_tables(
                    linked.tables(), linked, ground.context, public=ground.public
                )
                for table, records in tables.items():
                    if table in CONTENT_TABLES:
                        rows.add(table, records)
        rows.note_keys(release)
        yield rows, frozenset(replay.lost)
    finally:
        rows.close()


def _without_evidence(pages: Iterable[PageHarvest], curation: Curation) -> Iterator[PageHarvest]:
    """The pages with no more evidence than overrides ask for: most rows, and none is compared."""
    asked = {o.row for o in curation.overrides}
    for page in pages:
        records = tuple(
            r for r in page.records if not isinstance(r, Evidence) or (r.table, r.row_id) in asked
        )
        yield replace(page, records=records)


class Rows:
    """Rows of all tables by key, on disk: their number may be large."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.NamedTemporaryFile(dir=folder, prefix=".causes-")  # noqa: SIM115
        self._db = sqlite3.connect(self._file.name, isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000;"
            "CREATE TABLE again (key TEXT PRIMARY KEY, row BLOB) WITHOUT ROWID;"
            "CREATE TABLE was (key TEXT PRIMARY KEY) WITHOUT ROWID;"
        )

    def add(self, table: str, records: Iterable[Any]) -> None:
        names = [column.name for column in columns(table)]
        places = [names.index(name) for name in key_columns(table)]
        key_of = _key_giver(table)
        self._insert(
            "INSERT INTO again VALUES (?, ?)",
            (
                (key_of([row[place] for place in places]), pickle.dumps(row, 5))
                for row in _values(table, records)
            ),
        )

    def note_keys(self, release: Path) -> None:
        """Remembers which rows the release held."""
        for table in CONTENT_TABLES:
            path = release / "parquet" / f"{table}.parquet"
            if path.is_file():
                keys = map(_key_giver(table), stored_rows(path, key_columns(table)))
                self._insert("INSERT OR IGNORE INTO was VALUES (?)", ((key,) for key in keys))

    def row(self, table: str, row_id: str) -> tuple[Any, ...] | None:
        query = "SELECT row FROM again WHERE key = ?"
        found = self._db.execute(query, (_key(table, row_id),)).fetchone()
        return pickle.loads(found[0]) if found else None

    def was(self, table: str, row_id: str) -> bool:
        query = "SELECT 1 FROM was WHERE key = ?"
        return self._db.execute(query, (_key(table, row_id),)).fetchone() is not None

    def close(self) -> None:
        self._db.close()
        self._file.close()

    def _insert(self, query: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self._db.execute("BEGIN")
        self._db.executemany(query, rows)
        self._db.execute("COMMIT")


def _values(table: str, records: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Rows as a release's files give them back."""
    for batch in batches(table, records):
        yield from zip(*(column.to_pylist() for column in batch.arrow.columns), strict=True)


def _key_giver(table: str) -> Callable[[Sequence[Any]], str]:
    """What gives the keys of a table's rows in their order; a repeated one gets its number."""
    seen: Counter[str] = Counter()

    def given(key: Sequence[Any]) -> str:
        plain = row_id_of(key)
        seen[plain] += 1
        return _key(table, row_id_of(key, seen[plain]))

    return given


def _overridden(release: Path) -> Iterator[tuple[str, str, str]]:
    """The values that an override had set in a release, and the rows (no field) that one had dropped."""
    path = release / "parquet" / "evidence.parquet"
    if path.is_file():
        for row in pq.read_table(
            path, columns=_EVIDENCE, filters=[("rule", "=", "override")]
        ).to_pylist():
            yield row["table"], row["row_id"], row["field"]
    path = release / "parquet" / "problems.parquet"
    if path.is_file():
        notes = pq.read_table(path, columns=["message"], filters=[("code", "=", DROPPED)])
        for message in notes.column("message").to_pylist():
            yield (*dropped_row(message), "")


def _key(table: str, row_id: str) -> str:
    return f"{table} {row_id}"
