"""Withholding: the last look at every row and quoted text before it is written.

Pages are redacted before anything is read from them (`harvester.pages.redaction`). What comes from
elsewhere, such as addresses that failed, answers of film providers and overrides, is redacted here.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow.parquet as pq

from harvester.datasets.folders import parquet_path
from harvester.datasets.schema import is_address
from harvester.harvest import HarvestContext
from harvester.pages.hidden import HiddenNames
from harvester.privacy import MASK, NameFinder, name_forms
from harvester.privacy.words import words_of
from harvester.records import ColumnInfo, columns

# A person's id where it stands as a word of its own.
_PERSON_ID = re.compile(r"\bp[0-9a-f]{16}\b")


def withheld_rows(table: str, rows: Iterable[Any], finder: NameFinder) -> Iterator[Any]:
    """The rows with no name that the finder knows: texts masked, addresses null."""
    looked_at = [c for c in columns(table) if c.free_text or is_address(c)]
    for row in rows:
        changed = {
            c.name: value
            for c in looked_at
            if (value := _withheld(c, old := getattr(row, c.name), finder)) != old
        }
        yield replace(row, **changed) if changed else row


def quote_redaction(context: HarvestContext, release: Path | None) -> Callable[[str], str] | None:
    """What redacts the texts that changes quote from a release; None where nobody is suppressed.

    The release before may name people who are suppressed now: then every part of their names is
    masked, in slugs too, and so are their ids.
    """
    if not context.suppressed and not context.suppressed_forms:
        return None
    names = _suppressed_names(context, release) if release is not None else set()
    forms = {form for name in names for form in name_forms(name, context.person_key)}
    parts = frozenset(w.folded for name in names for w in words_of(name) if len(w.folded) > 1)
    finder = NameFinder(context.suppressed_forms | forms, context.person_key)
    hidden = HiddenNames(finder, parts, parts)

    def redacted(text: str) -> str:
        text = hidden.mask_all(text)
        return _PERSON_ID.sub(
            lambda m: MASK * len(m[0]) if m[0] in context.suppressed else m[0], text
        )

    return redacted


def suppression_marks(context: HarvestContext) -> tuple[str, ...]:
    """What a release says of the people it was made without: no id, and nothing to look up."""
    key = context.person_key
    hidden = (*context.suppressed, *context.suppressed_forms)
    return tuple(
        sorted(
            hmac.digest(key, f"without\x1f{one}".encode(), hashlib.sha256).hex()[:12]
            for one in hidden
        )
    )


def _withheld(column: ColumnInfo, value: Any, finder: NameFinder) -> Any:
    if value is None:
        return None
    if is_address(column):
        hidden = MASK in unquote(value) or finder.in_address(value) is not None
        return None if column.nullable and hidden else value
    if column.is_list:
        return tuple(finder.mask(item) for item in value)
    return finder.mask(value)


def _suppressed_names(context: HarvestContext, release: Path) -> set[str]:
    """The names and aliases of suppressed people in an older release."""
    path = parquet_path(release, "people")
    with pq.ParquetFile(path) as file:
        rows: list[Mapping[str, Any]] = file.read(["person_id", "name", "aliases"]).to_pylist()
    return {
        name
        for row in rows
        if row["person_id"] in context.suppressed
        for name in (row["name"], *row["aliases"])
    }
