from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harvester.archive.folder import new_file_name, person_key
from harvester.errors import ArchiveError, UnwritableError


def test_key_is_drawn_once_and_kept(tmp_path: Path) -> None:
    key = person_key(tmp_path / "archive")
    assert len(key) == 32
    assert person_key(tmp_path / "archive") == key
    assert person_key(tmp_path / "other") != key


def test_key_is_readable_to_its_owner_alone(tmp_path: Path) -> None:
    person_key(tmp_path / "archive")
    for path, mode in [("archive", 0o700), ("archive/person.key", 0o600)]:
        assert stat.S_IMODE((tmp_path / path).stat().st_mode) == mode


def test_fixed_key_is_stored_and_must_stay(tmp_path: Path) -> None:
    fixed = bytes(range(32))
    assert person_key(tmp_path / "archive", fixed=fixed) == fixed
    assert person_key(tmp_path / "archive") == fixed
    with pytest.raises(ArchiveError, match="holds another key"):
        person_key(tmp_path / "archive", fixed=bytes(32))


def test_damaged_key_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "person.key").write_bytes(b"short")
    with pytest.raises(ArchiveError, match="restore it from a backup"):
        person_key(tmp_path)


def test_unwritable_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(UnwritableError, match="cannot write"):
        person_key(tmp_path / "file" / "archive")


def test_processes_that_begin_together_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: person_key(tmp_path / "archive"), range(32)))
    assert len(keys) == 1
    assert [path.name for path in (tmp_path / "archive").glob("*key*")] == ["person.key"]


def test_file_names_sort_by_time_and_never_meet() -> None:
    early, late = datetime(987, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    assert new_file_name(early) < new_file_name(late)
    assert new_file_name(late) != new_file_name(late)
