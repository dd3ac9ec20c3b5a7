"""SQLite: one file with keys, link tables for list columns, indices and full-text search."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from harvester.datasets.info import ReleaseInfo
from harvester.datasets.schema import Batch
from harvester.errors import CheckFailedError
from harvester.records import TABLES, ColumnInfo, columns, primary_key

#: Columns that full-text search reads, by table; accents fold, so that `aldre` finds `äldre`.
SEARCHED: dict[str, tuple[str, ...]] = {
    "appearances": ("person", "role", "organisation", "topic"),
    "pages": ("title", "text"),
    "clips": ("heading", "text"),
}


@dataclass(frozen=True, slots=True)
class LinkTable:
    """A table of pairs for a list column that names rows of another table."""

    name: str  # clip_people
    table: str  # clips
    key: str  # clip_id
    column: str  # person_ids
    target: str  # people
    target_key: str  # person_id


def link_tables() -> Iterator[LinkTable]:
    """The link tables that the records ask for: one for each list column with a reference."""
    for table in TABLES:
        key = primary_key(table)
        for column in columns(table):
            if column.is_list and column.references and key:
                target, target_key = column.references.split(".")
                name = f"{table.removesuffix('s')}_{target}"
                yield LinkTable(name, table, key, column.name, target, target_key)


class SqliteFile:
    """Writes ``harvest.sqlite``. Raises CheckFailedError where a row breaks a column's rule."""

    def __init__(self, folder: Path, info: ReleaseInfo) -> None:
        path = folder / "harvest.sqlite"
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._links = tuple(link_tables())
        # A staged file is thrown away after a crash, so no journal guards it; keys are checked as
        # a whole once all tables are there.
        for pragma in ("page_size=4096", "journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF"):
            self._db.execute(f"PRAGMA {pragma}")
        for statement in create_statements():
            self._db.execute(statement)
        self._db.execute("BEGIN")

    def begin(self, table: str) -> None:
        """Nothing to open: every table stands already."""

    def write(self, batch: Batch) -> None:
        marks = ", ".join("?" * len(batch.plain))
        insert = f"INSERT INTO {_quoted(batch.table)} VALUES ({marks})"
        try:
            self._db.executemany(insert, zip(*batch.plain, strict=True))
            for link in self._links:
                if link.table == batch.table:
                    self._write_links(link, batch)
        except sqlite3.IntegrityError as error:
            raise CheckFailedError(f"table {batch.table}: a row breaks a rule: {error}") from error

    def end(self) -> None:
        """Nothing to close: the file is finished as a whole."""

    def finish(self) -> None:
        self._db.execute("COMMIT")
        for statement in (*index_statements(), *search_statements()):
            self._db.execute(statement)
        self._db.execute("ANALYZE")
        self._db.execute("VACUUM")
        self._db.close()

    def abandon(self) -> None:
        self._db.close()

    def _write_links(self, link: LinkTable, batch: Batch) -> None:
        names = [c.name for c in columns(batch.table)]
        keys, lists = batch.plain[names.index(link.key)], batch.values[names.index(link.column)]
        pairs = (
            (key, target, position)
            for key, targets in zip(keys, lists, strict=True)
            for position, target in enumerate(dict.fromkeys(targets), start=1)
        )
        self._db.executemany(f"INSERT INTO {_quoted(link.name)} VALUES (?, ?, ?)", pairs)


def create_statements() -> Iterator[str]:
    """CREATE TABLE for every table and link table, keys and vocabularies declared."""
    for table in TABLES:
        lines = [_column_line(column) for column in columns(table)]
        lines += [_reference_line(c) for c in columns(table) if c.references and not c.is_list]
        yield _create(table, lines)
    for link in link_tables():
        key, target = _quoted(link.key), _quoted(link.target_key)
        yield _create(
            link.name,
            [
                f"{key} TEXT NOT NULL REFERENCES {_quoted(link.table)} ({key})",
                f"{target} TEXT NOT NULL REFERENCES {_quoted(link.target)} ({target})",
                '"position" INTEGER NOT NULL',
                f"PRIMARY KEY ({key}, {target})",
            ],
        )


def index_statements() -> Iterator[str]:
    """CREATE INDEX for references, vocabularies and years: what people join, facet and filter by."""
    for table in TABLES:
        for column in columns(table):
            wanted = column.references or column.vocabulary or column.name == "edition"
            if wanted and not column.primary and not column.is_list:
                yield _index(table, column.name)
        if table == "evidence":
            yield _index(table, "table", "row_id", "field")
    for link in link_tables():
        yield _index(link.name, link.target_key)


def search_statements() -> Iterator[str]:
    """``<table>_fts`` over the stored columns (external content), built once and merged."""
    for table, searched in SEARCHED.items():
        names = ", ".join(_quoted(name) for name in searched)
        fts = _quoted(f"{table}_fts")
        yield (
            f'CREATE VIRTUAL TABLE {fts} USING FTS5 ({names}, content="{table}", '
            "tokenize='unicode61 remove_diacritics 2')"
        )
        yield f"INSERT INTO {fts} ({fts}) VALUES ('rebuild')"
        yield f"INSERT INTO {fts} ({fts}) VALUES ('optimize')"


def _column_line(column: ColumnInfo) -> str:
    name = _quoted(column.name)
    kind = column.value_type
    stored_as = "INTEGER" if issubclass(kind, int) else "TEXT"
    parts = [name, stored_as]
    if column.primary:
        parts.append("PRIMARY KEY")
    if not column.nullable:
        parts.append("NOT NULL")
    if column.vocabulary:
        values = ", ".join(f"'{value}'" for value in column.vocabulary)
        parts.append(f"CHECK ({name} IN ({values}))")
    elif kind is bool:
        parts.append(f"CHECK ({name} IN (0, 1))")
    elif kind in (date, datetime):
        parts.append(f"CHECK ({name} GLOB '????-??-??*')")
    return " ".join(parts)


def _reference_line(column: ColumnInfo) -> str:
    table, key = str(column.references).split(".")
    return f"FOREIGN KEY ({_quoted(column.name)}) REFERENCES {_quoted(table)} ({_quoted(key)})"


def _create(table: str, lines: list[str]) -> str:
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {_quoted(table)} (\n  {body}\n)"


def _index(table: str, *names: str) -> str:
    listed = ", ".join(_quoted(name) for name in names)
    return (
        f"CREATE INDEX {_quoted('_'.join((table, *names)) + '_idx')} ON {_quoted(table)} ({listed})"
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
