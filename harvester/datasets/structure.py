"""Checks that follow from the records alone: keys, references, order, addresses, digests."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from harvester.datasets.check_results import CheckResult, Status, broken, passed
from harvester.datasets.schema import is_address
from harvester.datasets.table_source import TableSource
from harvester.records import TABLES, ColumnInfo, columns, primary_key

#: Pairs of columns of which the first may not exceed the second.
ORDERED = (
    ("dates", "first", "last"),
    ("editions", "first", "last"),
    ("people", "first_edition", "last_edition"),
    ("captures", "fetched_at", "last_seen"),
    ("evidence", "char_start", "char_end"),
)

#: Columns that count from a number on.
AT_LEAST = (
    ("clips", "position", 1),
    ("clips", "start", 0),
    ("pages", "words", 0),
    ("people", "mentions", 0),
    ("evidence", "char_start", 0),
    ("captures", "warc_offset", 0),
)

#: An absolute http(s) address. Must not match other schemes, blanks, quotes or angle brackets.
ADDRESS = r'^https?://[^\s/<>"]+[^\s<>"]*$'

#: Tables whose addresses pages write freely: a strange one is worth a look, not a stop.
FREE_ADDRESSES = ("documents", "links")

#: Tables whose addresses are not the harvest's own; `problems` names what could not be fetched.
UNCHECKED_ADDRESSES = ("problems",)

DIGEST = r"^sha256:[0-9a-f]{64}$"


def structure_results(source: TableSource) -> Iterator[CheckResult]:
    """One result for each key, reference, order, address and digest that the records imply."""
    for table in TABLES:
        yield from _keys(source, table)
        for column in columns(table):
            if column.references:
                yield _reference(source, table, column)
            if is_address(column) and table not in UNCHECKED_ADDRESSES:
                yield _shape(source, table, column.name, "url", ADDRESS)
            if column.name == "digest":
                yield _shape(source, table, column.name, "digest", DIGEST)
    yield from (_order(source, *ordered) for ordered in ORDERED)
    yield from (_least(source, *least) for least in AT_LEAST)
    yield _evidence_rows(source)


def _keys(source: TableSource, table: str) -> Iterator[CheckResult]:
    key = primary_key(table)
    if key is None:
        return
    name, values = f"unique.{table}.{key}", source.read(table, [key]).column(key)
    counts = values.value_counts()
    twice = [c["values"].as_py() for c in counts.filter(pc.greater(counts.field("counts"), 1))]
    if twice:
        yield broken(
            name, table, f"{len(twice)} keys stand twice, first {_shown(twice)}", value=len(twice)
        )
    else:
        yield passed(name, table, f"{len(values)} keys, each once")


def _reference(source: TableSource, table: str, column: ColumnInfo) -> CheckResult:
    target, key = str(column.references).split(".")
    values = source.read(table, [column.name]).column(column.name)
    if column.is_list:
        values = pc.list_flatten(values)
    known = source.read(target, [key]).column(key)
    lost = pc.unique(values.filter(pc.invert(pc.is_in(values, value_set=_one(known))))).drop_null()
    name = f"reference.{table}.{column.name}"
    if len(lost):
        message = f"{len(lost)} values are no {target}.{key}, first {_shown(lost.to_pylist())}"
        return broken(name, table, message, value=len(lost))
    return passed(name, table, f"every value is a {target}.{key}")


def _shape(source: TableSource, table: str, name: str, kind: str, pattern: str) -> CheckResult:
    values = source.read(table, [name]).column(name).drop_null()
    odd = values.filter(pc.invert(pc.match_substring_regex(values, pattern)))
    check = f"{kind}.{table}.{name}"
    if not len(odd):
        return passed(check, table, f"{len(values)} values of the right shape")
    status = Status.WARNING if table in FREE_ADDRESSES else Status.ERROR
    message = f"{len(odd)} values of another shape, first {_shown(odd.slice(0, 1).to_pylist())}"
    return CheckResult(check, table, status, message, value=len(odd))


def _order(source: TableSource, table: str, lower: str, upper: str) -> CheckResult:
    data = source.read(table, [lower, upper])
    wrong = pc.sum(pc.greater(data.column(lower), data.column(upper))).as_py() or 0
    half = pc.sum(pc.xor(data.column(lower).is_null(), data.column(upper).is_null())).as_py() or 0
    check = f"order.{table}.{lower}"
    if wrong:
        return broken(check, table, f"{wrong} rows with {lower} after {upper}", value=wrong)
    if half and table == "evidence":
        return broken(check, table, f"{half} rows with {lower} or {upper} alone", value=half)
    return passed(check, table, f"{lower} never after {upper}")


def _least(source: TableSource, table: str, name: str, least: int) -> CheckResult:
    low = pc.sum(pc.less(source.read(table, [name]).column(name), least)).as_py() or 0
    check = f"least.{table}.{name}"
    if low:
        return broken(check, table, f"{low} values below {least}", value=low)
    return passed(check, table, f"no value below {least}")


def _evidence_rows(source: TableSource) -> CheckResult:
    """Evidence names a table, a column and, where the table has a key, a row that exist."""
    data, check = source.read("evidence", ["table", "row_id", "field"]), "reference.evidence.row_id"
    for table in pc.unique(data.column("table")).to_pylist():
        if table not in TABLES:
            return broken(check, "evidence", f"evidence for a table {table!r} that does not exist")
        part = data.filter(pc.equal(data.column("table"), table))
        known_fields = {column.name for column in columns(table)}
        if strange := set(pc.unique(part.column("field")).to_pylist()) - known_fields:
            return broken(
                check, "evidence", f"{table} has no column {_shown(sorted(map(str, strange)))}"
            )
        if key := primary_key(table):
            known = _one(source.read(table, [key]).column(key).cast(pa.string()))
            ids = part.column("row_id")
            lost = pc.unique(ids.filter(pc.invert(pc.is_in(ids, value_set=known))))
            if len(lost):
                message = (
                    f"{len(lost)} rows of {table} do not exist, first {_shown(lost.to_pylist())}"
                )
                return broken(check, "evidence", message, value=len(lost))
    return passed(check, "evidence", f"{data.num_rows} values traced to rows that exist")


def _one(values: pa.ChunkedArray) -> pa.Array:
    return values.combine_chunks()


def _shown(values: list[str]) -> str:
    """The first value on one line, cut, quoted."""
    return repr(values[0])[:120]
