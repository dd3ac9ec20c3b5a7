"""A person is forgotten: the whole release, and after a purge the whole archive, is searched."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from harvester.archive.folder import person_key
from harvester.archive.reader import Archive
from harvester.archive.retention import purge
from harvester.cli import main
from harvester.errors import ExitCode
from harvester.pages.rows.ids import person_id
from harvester.privacy import Suppressed, Suppression, name_forms
from harvester.records import TABLES, primary_key
from harvester.sites import load_profile
from tests.privacy.reading import Row, places_of, rows

#: Of the sample's people, those who stand in headings, titles, slugs, film titles and links; in
#: categories and bylines; in documents and captions; and under two spellings.
PEOPLE = [
    pytest.param("Ylva Sternbrink", id="title-slug-and-film"),
    pytest.param("Torun Ekdahl-Frisk", id="category-and-byline"),
    pytest.param("Gun-Britt Lejonklo", id="document"),
    pytest.param("Frej Sandelius", id="two-spellings"),
]


def harvester(verb: str, *arguments: str, output: Path) -> int:
    return main([*verb.split(), *arguments, "--site", "sample", "--output", str(output), "-q"])


def forget(name: str, output: Path) -> Path:
    assert (
        harvester("suppress", name, "--why", "asked to be left out", output=output) == ExitCode.OK
    )
    return (output / "latest").resolve()


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A person who was forgotten, and the output folder since then. Read it, never write into it."""

    name: str
    output: Path

    @property
    def release(self) -> Path:
        return (self.output / "latest").resolve()


@pytest.fixture(scope="module", params=PEOPLE)
def forgotten(
    request: pytest.FixtureRequest, sample_output: Path, tmp_path_factory: pytest.TempPathFactory
) -> Forgotten:
    folder = tmp_path_factory.mktemp("forgotten") / "output"
    shutil.copytree(sample_output, folder, symlinks=True)
    forget(request.param, folder)
    return Forgotten(request.param, folder)


def test_nothing_in_a_release_names_the_forgotten(
    forgotten: Forgotten, sample_release: Path
) -> None:
    assert "jsonl/pages.jsonl" in places_of(sample_release, forgotten.name)
    assert places_of(forgotten.release, forgotten.name) == []


def test_everything_else_stays(forgotten: Forgotten, sample_release: Path) -> None:
    surname, release = forgotten.name.split()[-1], forgotten.release
    people = rows(sample_release, "people")
    ids = {p["person_id"] for p in people if p["name"].endswith(f" {surname}")}
    for table in TABLES:
        key = primary_key(table)
        if key is None:
            continue
        old = {row[key]: row for row in rows(sample_release, table)}
        new = {row[key]: row for row in rows(release, table)}
        assert new.keys() <= old.keys()
        assert all(old[gone].get("person_id") in ids for gone in old.keys() - new.keys())
        for row_id, row in new.items():
            assert [c for c in row if not _same(old[row_id], row, c, ids)] == []


def _same(old: Row, new: Row, column: str, ids: set[str]) -> bool:
    """True where a value differs by masks alone, is an address that is not shown, or counts words."""
    was, now = old[column], new[column]
    if was == now or column in ("words", "code_version") or (now is None and "url" in column):
        return True
    if column == "person_ids":
        return now == [person for person in was if person not in ids]
    if column == "categories":
        return set(now) < set(was)
    if column == "author":
        return now is None
    return len(was) == len(now) and all(b in (a, "█") for a, b in zip(was, now, strict=True))


def test_offsets_stay_true(forgotten: Forgotten) -> None:
    masked = [e for e in rows(forgotten.release, "evidence") if e["raw"] and "█" in e["raw"]]
    placed = [e for e in masked if e["char_end"] is not None]
    assert placed
    assert all(len(e["raw"]) == e["char_end"] - e["char_start"] for e in placed)


def test_the_file_of_the_suppressed_holds_no_name(forgotten: Forgotten) -> None:
    path = forgotten.output / "archive" / "suppressed.json"
    for entry in json.loads(path.read_text(encoding="utf-8")):
        assert entry["why"] == "asked to be left out" and len(entry["when"]) == 10
    assert path.stat().st_mode & 0o077 == 0
    assert forgotten.name.split()[-1].casefold() not in path.read_text("utf-8").casefold()


def test_releases_that_name_the_forgotten_go(
    output: Path, sample_release: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = sample_release.name
    forget("Ylva Sternbrink", output)
    assert not (output / "releases" / old).exists()
    shutil.copytree(sample_release, output / "releases" / old)
    assert harvester("releases", "--rollback", old, output=output) == ExitCode.USAGE
    assert "suppressed since" in capsys.readouterr().err
    assert harvester("releases", "--rollback", output=output) == ExitCode.USAGE
    assert harvester("release", output=output) == ExitCode.OK
    assert not (output / "releases" / old).exists()


def test_suppressing_twice_changes_nothing(output: Path) -> None:
    release = forget("Ylva Sternbrink", output)
    assert forget("Ylva Sternbrink", output) == release


def test_a_person_is_known_by_id_too(output: Path, sample_release: Path) -> None:
    person = next(p for p in rows(sample_release, "people") if p["name"] == "Ylva Sternbrink")
    assert places_of(forget(person["person_id"], output), "Ylva Sternbrink") == []


@pytest.mark.parametrize(
    ("person", "message"),
    [
        pytest.param("p0123456789abcdef", "no release holds this person", id="unknown-id"),
        pytest.param("Ylvas", "no release holds this person", id="one-word"),
    ],
)
def test_who_cannot_be_told_is_refused(
    person: str, message: str, output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert harvester("suppress", person, "--why", "x", output=output) == ExitCode.USAGE
    assert message in capsys.readouterr().err
    assert not (output / "archive" / "suppressed.json").exists()


def test_a_purged_archive_is_rebuilt_without_the_name(forgotten: Forgotten, tmp_path: Path) -> None:
    output, name = tmp_path / "output", forgotten.name
    shutil.copytree(forgotten.output, output, symlinks=True)
    counted = ("pages", "films", "people", "contributions", "dates", "documents")
    counts = {table: len(rows(forgotten.release, table)) for table in counted}
    assert places_of(output, name) != []
    assert harvester("archive purge", output=output) == ExitCode.OK
    assert harvester("release", output=output) == ExitCode.OK
    assert harvester("archive verify", output=output) == ExitCode.OK
    assert places_of(output, name) == []
    latest = (output / "latest").resolve()
    assert {table: len(rows(latest, table)) for table in counted} == counts
    assert ids(latest, "pages") == ids(forgotten.release, "pages")


def ids(release: Path, table: str) -> set[str]:
    key = primary_key(table)
    return {row[key] for row in rows(release, table)}


@pytest.mark.parametrize("name", PEOPLE[:1])
def test_a_page_whose_address_names_the_forgotten_survives_a_purge(name: str, output: Path) -> None:
    """Without the REST interface too, with its id and whatever else it holds."""
    profile = load_profile("sample")
    purge(output / "archive", lambda c: None if c.media_type == "application/json" else c.body)
    shutil.rmtree(output / "releases")  # they are of what the interface told
    suppress_one_name(name, output)
    assert harvester("release", output=output) == ExitCode.OK
    before = (output / "latest").resolve()
    tables = ("films", "documents", "people", "dates", "clips")
    kept = {table: [_said(row) for row in rows(before, table)] for table in tables}
    pages = ids(before, "pages")
    named = [row for row in rows(before, "pages") if row["url"] is None]
    assert named
    assert harvester("archive purge", output=output) == ExitCode.OK
    assert harvester("release", output=output) == ExitCode.OK
    after = (output / "latest").resolve()
    assert places_of(output, name) == []
    assert ids(after, "pages") == pages
    assert {table: [_said(row) for row in rows(after, table)] for table in tables} == kept
    assert [row for row in rows(after, "pages") if row["url"] is None] == named
    assert all(
        row["url"] is None or "%E2%96%88" not in row["url"] for row in rows(after, "captures")
    )
    with Archive(output / "archive") as archive:
        forgotten = [url for url in archive.urls() if "%E2%96%88" in url]
    assert {profile.site_of(url).page_id(url) for url in forgotten} >= {p["page_id"] for p in named}
    assert harvester("archive purge", output=output) == ExitCode.OK
    assert harvester("archive verify", output=output) == ExitCode.OK


def _said(row: Row) -> Row:
    """A row without its own id: that of a clip is made of its heading, which holds the name no more."""
    return {column: value for column, value in row.items() if column != "clip_id"}


def suppress_one_name(name: str, output: Path) -> None:
    """Puts one name on the list, as if nobody had known the person's other names then."""
    key = person_key(output / "archive")
    forms = tuple(sorted(name_forms(name, key)))
    entry = Suppressed(person_id(name, key), forms, "asked", date(2026, 11, 20))
    Suppression((entry,)).write(output / "archive" / "suppressed.json")


def test_a_name_without_its_initial_is_the_same_name(output: Path) -> None:
    suppress_one_name("Frej A. Sandelius", output)
    assert harvester("release", output=output) == ExitCode.OK
    assert places_of((output / "latest").resolve(), "Frej Sandelius") == []


def test_an_alias_that_is_listed_later_is_suppressed_by_the_build(output: Path) -> None:
    suppress_one_name("Ylva Stjärnfeldt", output)
    (output / "curation").mkdir()
    (output / "curation" / "aliases.toml").write_text(
        '[[same]]\nnames = ["Ylva Stjärnfeldt", "Ylva Sternbrink"]\nwhy = "a new surname"\n',
        encoding="utf-8",
    )
    assert harvester("release", output=output) == ExitCode.OK
    assert places_of((output / "latest").resolve(), "Ylva Sternbrink") == []
