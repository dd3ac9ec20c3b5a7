"""Rows through the item pipelines: sound, once, and a page at a time."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import DropItem

from harvester.pipelines.deduplicate import DeduplicatePipeline
from harvester.pipelines.items import RowItem, as_row, row_items
from harvester.pipelines.stage import StagePipeline
from harvester.pipelines.validate import ValidatePipeline, fault_of
from harvester.records import (
    DateKind,
    Document,
    Evidence,
    Grain,
    Link,
    LinkKind,
    StatedDate,
)

DOCUMENT = Document("bed-1.d1", "bed-1", "http://bed.example/a.pdf", "Bilder", "application/pdf")
LINK = Link("bed-1", "http://annan.example/", None, LinkKind.SITE)
DATE = StatedDate(
    "bed-1.t1", "bed-1", "4 maj 2026", date(2026, 5, 4), None, Grain.DAY, "2026-05-04", None,
    DateKind.MENTION, "explicit", ("approx",),
)  # fmt: skip
EVIDENCE = Evidence("pages", "bed-1", "title", None, None, None, None, None, "title.theme", None)


@pytest.mark.parametrize("record", [DOCUMENT, LINK, DATE, EVIDENCE], ids=lambda r: type(r).__name__)
def test_sound_rows_pass(record: Any) -> None:
    item = as_row(record)
    assert ValidatePipeline().process_item(item) is item


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"table": "filmer"}, "no table 'filmer'", id="unknown-table"),
        pytest.param({"page_id": None}, "documents.page_id", id="null-where-none-may-stand"),
        pytest.param({"title": 7}, "documents.title", id="wrong-type"),
        pytest.param({"extra": 1}, "extra", id="unknown-column"),
    ],
)
def test_unsound_rows_are_dropped_and_named(change: dict[str, Any], message: str) -> None:
    with pytest.raises(DropItem, match=message):
        ValidatePipeline().process_item(as_row(DOCUMENT) | change)


@pytest.mark.parametrize(
    ("record", "change"),
    [
        pytest.param(LINK, {"kind": "granne"}, id="unlisted-value"),
        pytest.param(DATE, {"first": "2026-05-04"}, id="text-for-a-day"),
        pytest.param(DATE, {"first": datetime(2026, 5, 4)}, id="time-for-a-day"),
        pytest.param(DATE, {"flags": "approx"}, id="text-for-a-list"),
        pytest.param(DATE, {"flags": (1,)}, id="numbers-in-a-list"),
    ],
)
def test_values_that_do_not_fit(record: Any, change: dict[str, Any]) -> None:
    assert fault_of(as_row(record) | change) is not None


def test_a_missing_column_is_named() -> None:
    item = as_row(DOCUMENT)
    del item["media_type"]
    assert fault_of(item) == "documents: columns missing or unknown: media_type"


def test_rows_come_once_by_key_or_by_every_value() -> None:
    pipeline = DeduplicatePipeline()
    for record in (DOCUMENT, LINK, EVIDENCE):
        pipeline.process_item(as_row(record))
        with pytest.raises(DropItem):
            pipeline.process_item(as_row(record))
    pipeline.process_item(as_row(LINK) | {"url": "http://tredje.example/"})
    with pytest.raises(DropItem):
        pipeline.process_item(as_row(DOCUMENT) | {"title": "Andra bilder"})


def staged(folder: Path) -> dict[str, list[dict[str, Any]]]:
    return {
        path.stem: [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for path in sorted(folder.glob("*.jsonl"))
    }


def test_pages_are_staged_when_complete(tmp_path: Path) -> None:
    stage = StagePipeline(tmp_path / "staged")
    first, second = row_items("bed-1", [DOCUMENT, DATE])
    (other,) = row_items("bed-2", [LINK])
    stage.process_item(first)
    assert staged(tmp_path / "staged") == {}
    stage.process_item(other)
    assert list(staged(tmp_path / "staged")) == ["links"]
    stage.process_item(second)
    stage.close_spider()
    rows = staged(tmp_path / "staged")
    assert rows["documents"][0]["title"] == "Bilder"
    assert rows["dates"][0]["first"] == "2026-05-04" and rows["dates"][0]["flags"] == ["approx"]


def test_a_dropped_row_does_not_hold_its_page_back(tmp_path: Path) -> None:
    stage = StagePipeline(tmp_path)
    kept, dropped = row_items("bed-1", [DOCUMENT, LINK])
    stage.process_item(kept)
    stage.item_dropped(dropped)
    stage.close_spider()
    assert list(staged(tmp_path)) == ["documents"]


def test_evidence_keeps_the_table_it_speaks_of(tmp_path: Path) -> None:
    stage = StagePipeline(tmp_path)
    (item,) = row_items("bed-1", [EVIDENCE])
    assert isinstance(item, RowItem) and item["table"] == "evidence" and item["of_table"] == "pages"
    stage.process_item(item)
    stage.close_spider()
    assert staged(tmp_path)["evidence"][0]["table"] == "pages"
