from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harvester.datasets.bounds import (
    Bound,
    accept,
    bound_results,
    load_bounds,
    read_accepted,
)
from harvester.datasets.check_results import CheckResult, Status
from harvester.datasets.checks import run_checks
from harvester.datasets.release import Releases
from harvester.datasets.table_source import table_source
from harvester.errors import CheckFailedError, ProfileError
from harvester.records import PageKind
from tests.datasets.harvests import (
    appearance,
    clip,
    edition,
    harvest,
    info,
    lists,
    page,
    with_rows,
)

WHY = "Så såg en god skörd ut"


def judged(bound: Bound, now: Any, before: Any = None) -> dict[str, tuple[Status, float | None]]:
    previous = table_source(before) if before is not None else None
    results = bound_results(table_source(now), [bound], previous)
    return {result.check: (result.status, result.value) for result in results}


@pytest.mark.parametrize(
    ("bound", "now", "before", "expected"),
    [
        pytest.param(
            Bound("b", "pages", "rows", WHY, min=5), harvest(4), None,
            {"b": (Status.ERROR, 4)}, id="rows-too-few",
        ),
        pytest.param(
            Bound("b", "pages", "rows", WHY, max=3), harvest(4), None,
            {"b": (Status.WARNING, 4)}, id="rows-too-many",
        ),
        pytest.param(
            Bound("b", "documents", "rows", WHY, min=1), with_rows(2, documents=[]), None,
            {"b": (Status.ERROR, 0)}, id="no-rows-at-all",
        ),
        pytest.param(
            Bound("b", "pages", "rows", WHY, where={"kind": "lecture"}, min=1), harvest(4), None,
            {"b": (Status.ERROR, 0)}, id="no-rows-of-a-kind",
        ),
        pytest.param(
            Bound("b", "pages", "rows", WHY, per="edition", min=2), harvest(10), None,
            {"b[2016]": (Status.ERROR, 1), "b[2017]": (Status.PASSED, 2)}, id="rows-per-edition",
        ),
        pytest.param(
            Bound("b", "clips", "filled", WHY, column="film_id", min=0.6),
            with_rows(2, clips=[clip(1), clip(2, film_id=None)]), None,
            {"b": (Status.ERROR, 0.5)}, id="fill-rate",
        ),
        pytest.param(
            Bound("b", "appearances", "share", WHY, column="needs_review", max=0.4),
            with_rows(2, appearances=[appearance(1, needs_review=True), appearance(2)]), None,
            {"b": (Status.WARNING, 0.5)}, id="share-of-true",
        ),
        pytest.param(
            Bound("b", "editions", "far_from_edition", WHY, column="first", window=(0, 1), max=0.2),
            with_rows(1, editions=[edition(2017), edition(2018).__class__(2018, None, None, edition(2011).first, None, None, ())]),
            None, {"b": (Status.WARNING, 0.5)}, id="days-far-from-their-edition",
        ),
        pytest.param(
            Bound("b", "pages", "with_children", WHY, child="clips", where={"kind": "film_page"}, min=0.9),
            with_rows(2, clips=[clip(1)]), None,
            {"b": (Status.ERROR, 0.5)}, id="film-pages-without-clips",
        ),
        pytest.param(
            Bound("b", "pages", "with_children", WHY, child="clips", column="film_id", min=0.9),
            with_rows(2, clips=[clip(1), clip(2, film_id=None)]), None,
            {"b": (Status.ERROR, 0.5)}, id="film-pages-without-films",
        ),
        pytest.param(
            Bound("b", "pages", "kept", WHY, min=0.8), harvest(6), harvest(10),
            {"b": (Status.ERROR, 0.6)}, id="rows-lost",
        ),
        pytest.param(
            Bound("b", "pages", "kept", WHY, slack=4, min=0.8), harvest(6), harvest(10),
            {"b": (Status.PASSED, 1.0)}, id="rows-lost-within-slack",
        ),
        pytest.param(
            Bound("b", "pages", "kept", WHY, min=0.8), harvest(6), None, {}, id="nothing-to-compare-with",
        ),
        pytest.param(
            Bound("b", "pages", "kept", WHY, per="kind", min=0.8),
            with_rows(1, pages=[page(1)]), with_rows(1, pages=[page(1), page(2, kind=PageKind.LECTURE)]),
            {"b[film_page]": (Status.PASSED, 1.0), "b[lecture]": (Status.ERROR, 0.0)}, id="group-lost",
        ),
        pytest.param(
            Bound("b", "pages", "lost", WHY, per="layout", max=0.3), harvest(5), harvest(10),
            {"b[headed_clips]": (Status.WARNING, 0.5)}, id="layout-lost-rows",
        ),
        pytest.param(
            Bound("b", "clips", "fill_kept", WHY, column="film_id", min=0.9),
            with_rows(2, clips=[clip(1), clip(2, film_id=None)]), harvest(2),
            {"b": (Status.ERROR, 0.5)}, id="fill-rate-fell",
        ),
        pytest.param(
            Bound("b", "clips", "fill_kept", WHY, column="film_id", min=0.9),
            with_rows(2, clips=[]), harvest(2), {}, id="fill-rate-of-nothing",
        ),
    ],
)  # fmt: skip
def test_measures(bound: Bound, now: Any, before: Any, expected: dict[str, Any]) -> None:
    found = judged(bound, now, before)
    assert {name: found[name] for name in expected} == expected
    assert bool(found) == bool(expected)


class TestFile:
    @pytest.mark.parametrize("profile", ["live", "sample", "bed"])
    def test_the_bundled_bounds_hold_a_reason_each(self, profile: str) -> None:
        bounds = load_bounds(profile)
        assert all(len(bound.why) > 20 for bound in bounds)
        names = [bound.name for bound in bounds]
        assert len(names) == len(set(names))

    def test_bounds_belong_to_profiles(self) -> None:
        names = {profile: {b.name for b in load_bounds(profile)} for profile in ("live", "bed")}
        assert "rows.pages" in names["live"] - names["bed"]
        assert "kept.pages" in names["live"] & names["bed"]

    def test_any_small_site_passes_the_general_ones(self) -> None:
        bounds = load_bounds("bed")
        results = run_checks(with_rows(1, pages=[page(1, edition=None, published=None)]), bounds)
        assert {result.status for result in results} == {Status.PASSED}

    def test_own_files_add_bounds(self, tmp_path: Path) -> None:
        own = tmp_path / "own.toml"
        own.write_text(
            '[[bound]]\nname = "x"\ntable = "films"\nmeasure = "rows"\nmin = 3\nwhy = "Så många brukar det vara"\n',
            encoding="utf-8",
        )
        assert load_bounds("bed", own)[-1].name == "x"

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param("[[bound", "own.toml: ", id="no-toml"),
            pytest.param('[[bound]]\nname = "x"', "x: .*missing", id="too-little"),
            pytest.param('[[bound]]\nname="x"\ntabell="films"', "x: unknown keys tabell", id="unknown-key"),
            pytest.param('[[bound]]\nname="x"\ntable="filmer"\nmeasure="rows"\nmin=1\nwhy="y"', "no table 'filmer'", id="table"),
            pytest.param('[[bound]]\nname="x"\ntable="films"\nmeasure="antal"\nmin=1\nwhy="y"', "no measure 'antal'", id="measure"),
            pytest.param('[[bound]]\nname="x"\ntable="films"\nmeasure="filled"\ncolumn="år"\nmin=1\nwhy="y"', "no column år", id="column"),
            pytest.param('[[bound]]\nname="x"\ntable="films"\nmeasure="filled"\nmin=1\nwhy="y"', "filled needs column", id="needs"),
            pytest.param('[[bound]]\nname="x"\ntable="pages"\nmeasure="with_children"\nchild="filmer"\nmin=1\nwhy="y"', "no table 'filmer'", id="child"),
            pytest.param('[[bound]]\nname="x"\ntable="pages"\nmeasure="with_children"\nchild="films"\nmin=1\nwhy="y"', "films has no column page_id", id="child-of-another"),
            pytest.param('[[bound]]\nname="x"\ntable="pages"\nmeasure="with_children"\nchild="clips"\ncolumn="url"\nmin=1\nwhy="y"', "clips has no column url", id="child-column"),
            pytest.param('[[bound]]\nname="x"\ntable="films"\nmeasure="rows"\nwhy="y"', "neither min nor max", id="no-limit"),
            pytest.param('[[bound]]\nname="x"\ntable="films"\nmeasure="rows"\nmin=1\nwhy=" "', "no reason", id="no-reason"),
        ],
    )  # fmt: skip
    def test_malformed_bounds_are_named(self, tmp_path: Path, text: str, message: str) -> None:
        own = tmp_path / "own.toml"
        own.write_text(text, encoding="utf-8")
        with pytest.raises(ProfileError, match=message):
            load_bounds("bed", own)

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(ProfileError, match=r"none.toml cannot be read"):
            load_bounds("bed", tmp_path / "none.toml")


class TestAccepting:
    bounds = (Bound("kept.pages", "pages", "kept", WHY, min=0.8),)

    def test_an_accepted_loss_passes_once(self, tmp_path: Path) -> None:
        releases = Releases(tmp_path)
        releases.build(harvest(10), info())
        with pytest.raises(CheckFailedError, match=r"kept.pages: kept 0.6 is below 0.8"):
            releases.build(harvest(6), info(), bounds=self.bounds)
        results = run_checks(harvest(6), self.bounds, releases.latest)
        entry = accept(tmp_path, results, "kept.pages", "Fyra dubbletter är borta", "2026.11.20-1")
        assert (entry.value, entry.base) == (0.6, "2026.11.20-1")
        with pytest.raises(CheckFailedError, match=r"kept.pages: kept 0.5"):
            releases.build(harvest(5), info(), bounds=self.bounds)
        built = releases.build(harvest(6), info(), bounds=self.bounds)
        accepted = [r for r in built.checks if r.status is Status.ACCEPTED]
        assert [r.check for r in accepted] == ["kept.pages"]
        assert "Fyra dubbletter" in accepted[0].message
        with pytest.raises(CheckFailedError, match=r"kept.pages"):  # another base: asked again
            releases.build(harvest(4), info(), bounds=self.bounds)

    def test_absolute_bounds_stay_accepted(self, tmp_path: Path) -> None:
        bounds = [Bound("rows.pages", "pages", "rows", WHY, min=10)]
        accept(tmp_path, run_checks(harvest(6), bounds), "rows.pages", "En mindre sajt", "r1")
        now = run_checks(harvest(7), bounds, accepted=read_accepted(tmp_path))
        assert [r.check for r in now if r.status is Status.ACCEPTED] == ["rows.pages"]

    @pytest.mark.parametrize(
        ("check", "why", "message"),
        [
            pytest.param("kept.pages", " ", "say why", id="no-reason"),
            pytest.param("kept.films", "därför", "no broken check 'kept.films': broken are rows", id="not-broken"),
            pytest.param("unique.pages.page_id", "därför", "cannot be accepted", id="broken-keys"),
            pytest.param("empty.pages", "därför", "cannot be accepted", id="no-pages"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_accepted(
        self, tmp_path: Path, check: str, why: str, message: str
    ) -> None:
        results = [
            CheckResult("rows", "pages", Status.ERROR, "för få", 1.0, acceptable=True),
            CheckResult("unique.pages.page_id", "pages", Status.ERROR, "två gånger", 1.0),
            CheckResult("empty.pages", "pages", Status.ERROR, "inga sidor", 0.0),
        ]
        with pytest.raises(ProfileError, match=message):
            accept(tmp_path, results, check, why, None)
        assert read_accepted(tmp_path) == []

    def test_a_damaged_record_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "accepted-checks.json").write_text("[{}]", encoding="utf-8")
        with pytest.raises(ProfileError, match=r"accepted-checks.json is damaged"):
            read_accepted(tmp_path)


def test_measures_read_releases_and_records_alike(release: Path) -> None:
    bounds = load_bounds("sample")
    rows = lists(harvest(12))
    assert run_checks(release, bounds, release) == run_checks(rows, bounds, release)
