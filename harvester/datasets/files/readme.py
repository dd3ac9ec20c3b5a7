"""README.md of a release: what it is, in Swedish and English, and the data dictionary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from harvester.datasets.cells import markdown
from harvester.datasets.files.datapackage import RIGHTS, table_doc
from harvester.datasets.info import ReleaseInfo
from harvester.records import TABLES, TECHNICAL_TABLES, ColumnInfo, columns

#: Files that other parts add to a release; named where they are.
_ADDED_FILES = {
    "accuracy.json": "| `accuracy.json` | measured precision and recall of the rules |",
    "coverage.json": "| `coverage.json` | how much of the text some field accounts for, and the unread words that recur |",
    "gallery": "| `gallery/index.html` | films, people and editions to look at, without a server |",
}

_TYPE_NAMES: tuple[tuple[type, str], ...] = (
    (bool, "true/false"),
    (int, "integer"),
    (str, "text"),
    (datetime, "moment, UTC"),
    (date, "day"),
    (tuple, "list of texts"),
)


def write_readme(folder: Path, info: ReleaseInfo, rows: Mapping[str, int]) -> None:
    """Writes README.md with the figures of this release."""
    text = "\n".join(_lines(folder, info, rows)) + "\n"
    (folder / "README.md").write_text(text, encoding="utf-8", newline="\n")


def data_dictionary() -> Iterator[str]:
    """The Markdown lines that describe every table and column, read from the records."""
    for table in TABLES:
        yield from (f"### {table}", "", table_doc(table), "")
        yield from ("| column | type | null | meaning |", "|---|---|---|---|")
        for column in columns(table):
            null = "yes" if column.nullable else ""
            yield f"| `{column.name}` | {_type_name(column)} | {null} | {_meaning(column)} |"
        yield ""


def _lines(folder: Path, info: ReleaseInfo, rows: Mapping[str, int]) -> Iterator[str]:
    profile = markdown(info.profile)
    yield from (f"# Harvest of {profile}, release {info.version}", "")
    yield from _swedish(info, rows)
    yield from _english(folder, info, rows)
    yield from ("## Tables", "", "| table | rows | one row is |", "|---|---:|---|")
    for table in TABLES:
        yield f"| `{table}` | {rows[table]:,} | {table_doc(table)} |"
    yield from ("", f"Technical: {', '.join(f'`{t}`' for t in TECHNICAL_TABLES)}.", "")
    yield from ("## Data dictionary", "")
    yield from data_dictionary()
    yield from ("## Origin", "")
    yield from _origin(info)
    yield from ("", "## Rights", "", RIGHTS)


def _swedish(info: ReleaseInfo, rows: Mapping[str, int]) -> Iterator[str]:
    yield "## På svenska"
    yield ""
    yield (
        f"Det här är en skörd av {markdown(info.profile)} per den {info.created_utc:%Y-%m-%d}: "
        f"{rows['pages']} sidor, {rows['films']} filmer och {rows['people']} personer. "
        "Börja med `appearances.csv` eller första bladet i `harvest.xlsx`. Där står vem som "
        "medverkade, i vilken roll, vilket år, om vad och var filmen finns."
    )
    yield ""
    yield (
        "I svensk Excel: öppna `harvest.xlsx`, eller hämta CSV-filerna med *Data – Från text/CSV* "
        "(UTF-8, komma som avgränsare). Namn och roller är personuppgifter ur öppna sidor; använd "
        "dem varsamt och ange sidans adress som källa."
    )
    yield ""


def _english(folder: Path, info: ReleaseInfo, rows: Mapping[str, int]) -> Iterator[str]:
    yield "## What lies here"
    yield ""
    yield (
        f"Start with `appearances.csv` ({rows['appearances']} rows): who took part, in which role, "
        "which year, about what, and where the film is."
    )
    yield ""
    yield from (
        "| file | for |",
        "|---|---|",
        "| `appearances.csv`, `csv/` | spreadsheets: UTF-8 with BOM, lists as JSON text; a free text that a spreadsheet would run has a leading `'` |",
        "| `harvest.xlsx` | Excel: appearances first, a sheet of notes last |",
        "| `harvest.sqlite` | SQL: foreign keys, `clip_people`, `film_pages`, full-text search in `pages_fts`, `clips_fts`, `appearances_fts` |",
        "| `parquet/` | pandas, R, DuckDB: exact values and types |",
        "| `jsonl/` | programs: exact values, one object a line |",
        "| `datapackage.json` | Frictionless description of every file, with schemas and hashes |",
        "| `changes.csv`, `changes.md` | what is new since the release before |",
        "| `checks.json` | the checks this release passed |",
        *(line for name, line in _ADDED_FILES.items() if (folder / name).exists()),
        "| `SHA256SUMS` | `sha256sum -c SHA256SUMS` |",
    )
    yield ""
    yield (
        "CSV, xlsx and SQLite show control characters and direction overrides by signs (`␛`, "
        "`[U+202E]`); Parquet and JSON Lines hold the exact text. In CSV an empty cell is null, or an "
        "empty text in a column that is never null. Python: "
        '`harvester.load("appearances", path="this folder")`.'
    )
    yield ""


def _origin(info: ReleaseInfo) -> Iterator[str]:
    yield from ("| what | value |", "|---|---|")
    facts = {
        "release": info.version,
        "base release": info.base or "none",
        "newest capture": f"{info.created_utc:%Y-%m-%d %H:%M:%S} UTC",
        "digest of the captures": info.captures_digest,
        "schema version": info.schema_version,
        "code version": info.code_version,
        "site profile": info.profile,
    }
    facts |= {f"with {name}": version for name, version in sorted(info.dependencies.items())}
    for name, value in facts.items():
        yield f"| {name} | {markdown(value)} |"


def _type_name(column: ColumnInfo) -> str:
    if column.vocabulary:
        return "one of " + ", ".join(f"`{value}`" for value in column.vocabulary)
    return next(name for python, name in _TYPE_NAMES if issubclass(column.value_type, python))


def _meaning(column: ColumnInfo) -> str:
    parts = [column.doc]
    if column.primary:
        parts.append("**primary key**")
    if column.references:
        parts.append(f"→ `{column.references}`")
    return "; ".join(parts).replace("|", "\\|")
