"""Every value of a release can be traced to its place in a stored page."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from harvester.archive.reader import Archive
from harvester.datasets.evidence import explain, marked_html
from harvester.datasets.load import load
from harvester.errors import ProfileError
from harvester.pages.locating import located_text
from harvester.pages.rows.ids import person_id
from tests.datasets.nights import opened


def drawn(release: Path, number: int) -> list[dict[str, Any]]:
    """Values of a release, drawn by hash: the same ones each time, from everywhere."""
    rows = (
        load("evidence", path=release).query("raw.notna() and char_end.notna()").to_dict("records")
    )
    rows.sort(key=lambda r: hashlib.sha256(f"{r['row_id']} {r['field']}".encode()).digest())
    return rows[:number]


def test_each_raw_text_stands_at_its_place(second_night: Path) -> None:
    rows = drawn(second_night / "latest", 200)
    assert len(rows) == 200
    lost = []
    with Archive(opened(second_night).archive) as archive:
        for row in rows:
            capture = archive.read(archive.by_digest(row["digest"])[0].position)
            text = located_text(capture, row["locator"]) or ""
            start, end = int(row["char_start"]), int(row["char_end"])
            # A player has no text; a REST list is quoted by its item.
            if end and row["raw"] not in (text[start:end], text):
                lost.append(row)
    assert lost == []


def test_the_html_marks_every_value(second_night: Path) -> None:
    workspace = opened(second_night)
    with Archive(workspace.archive) as archive:
        for row in drawn(second_night / "latest", 60):
            values = explain(second_night / "latest", archive, row["row_id"], row["field"])
            page = marked_html(values, archive, (), b"")
            assert "<mark>" in page or row["locator"].endswith(("wp:term", "author/0/name")), row


def test_a_value_tells_its_code_and_last_change(second_night: Path) -> None:
    release = second_night / "latest"
    pages = load("pages", path=release)
    row_id = pages.loc[pages["state"] == "protected", "page_id"]
    with Archive(opened(second_night).archive) as archive:
        told = [explain(release, archive, row, "modified")[0] for row in row_id]
    changed = [t for t in told if t.changed]
    assert [t.changed for t in changed] == [(release.resolve().name, "source")]
    assert all(t.code_version for t in told)


def test_a_page_that_names_someone_suppressed_is_not_shown(second_night: Path) -> None:
    workspace = opened(second_night)
    release = second_night / "latest"
    row = load("contributions", path=release).iloc[0]
    name = load("people", path=release).set_index("person_id").loc[row["person_id"], "name"]
    key = workspace.context().person_key
    with Archive(workspace.archive) as archive:
        values = explain(release, archive, row["contribution_id"], "name_raw")
        assert marked_html(values, archive, {person_id("Någon Annan", key)}, key)
        with pytest.raises(ProfileError, match="suppressed"):
            marked_html(values, archive, {person_id(name, key)}, key)


def test_a_row_without_a_place_is_refused(second_night: Path) -> None:
    release = second_night / "latest"
    person = load("people", path=release).iloc[0]["person_id"]
    with Archive(opened(second_night).archive) as archive:
        values = explain(release, archive, person)
        with pytest.raises(ProfileError, match="no value of it has a place"):
            marked_html(values, archive, (), b"")
