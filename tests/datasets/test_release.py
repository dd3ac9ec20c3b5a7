from __future__ import annotations

import dataclasses
import fcntl
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import harvester
from harvester.datasets import publication
from harvester.datasets import release as release_module
from harvester.datasets.bounds import Bound
from harvester.datasets.check_results import Status, read_report
from harvester.datasets.files.checksums import broken_files
from harvester.datasets.folders import NotInReleaseError, version_order
from harvester.datasets.release import Releases
from harvester.errors import CheckFailedError, ExitCode, LockedError, UnwritableError
from tests.datasets.harvests import CREATED, clip, harvest, info, lists, page, with_rows

ROOT = Path(__file__).parents[2]


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    """An output folder with one release of five pages."""
    made = Releases(tmp_path / "sample")
    made.build(harvest(5), info())
    return made


def test_a_build_is_read_only_and_latest(releases: Releases) -> None:
    link = releases.output / "latest"
    assert link.readlink() == Path("releases/2026.11.20-1")
    assert releases.latest == link.resolve()
    assert broken_files(link) == []
    assert all(not p.stat().st_mode & 0o222 for p in link.rglob("*") if p.is_file())


def test_two_builds_are_the_same_to_the_byte(tmp_path: Path) -> None:
    folders = []
    for name in ("a", "b"):
        built = Releases(tmp_path / name)
        built.build(harvest(7), info())
        second = built.build(harvest(9), info(CREATED + timedelta(days=1)))
        folders.append(second.folder)
        time.sleep(1.1 if name == "a" else 0)  # any clock with seconds would show
    assert _contents(folders[0]) == _contents(folders[1])
    assert folders[0].name == "2026.11.21-1"


def test_hash_seed_and_process_leave_no_trace(tmp_path: Path) -> None:
    sums = []
    for seed in ("1", "2"):
        releases = Releases(tmp_path / seed)
        process = _build_process(releases, "", pages=40, PYTHONHASHSEED=seed, TZ=f"UTC{seed}")
        assert process.communicate(timeout=120)[0].endswith("2026.11.20-1\n")
        sums.append((releases.output / "latest" / "SHA256SUMS").read_bytes())
    assert sums[0] == sums[1]


def test_equal_content_makes_no_release(releases: Releases) -> None:
    again = releases.build(harvest(5), info(CREATED + timedelta(days=3), code_version="new"))
    assert (again.new, again.version) == (False, "2026.11.20-1")
    assert [r.version for r in releases.listed()] == ["2026.11.20-1"]
    assert releases.build(harvest(5), info(), force=True).version == "2026.11.20-2"


def test_technical_tables_alone_make_no_release(releases: Releases) -> None:
    assert not releases.build(
        with_rows(5, captures=[], problems=[], film_states=[], evidence=[]), info()
    ).new


def test_a_new_release_names_its_base_and_changes(releases: Releases) -> None:
    built = releases.build(harvest(6), info())
    assert built.changes["pages", "added"] == 1
    assert "Since release 2026.11.20-1." in (built.folder / "changes.md").read_text("utf-8")
    assert [(r.version, r.rows["pages"], r.latest) for r in releases.listed()] == [
        ("2026.11.20-1", 5, False),
        ("2026.11.20-2", 6, True),
    ]


@pytest.mark.parametrize(
    ("there", "newest", "version"),
    [
        pytest.param([], date(2026, 11, 20), "2026.11.20-1", id="first"),
        pytest.param(["2026.11.20-1"], date(2026, 11, 21), "2026.11.21-1", id="next-day"),
        pytest.param(["2026.11.20-9"], date(2026, 11, 20), "2026.11.20-10", id="same-day"),
        pytest.param(
            ["2026.11.20-9", "2026.11.20-10"], date(2026, 11, 20), "2026.11.20-11", id="by-number"
        ),
        pytest.param(["2026.11.20-2"], date(2019, 1, 1), "2026.11.20-3", id="older-captures"),
        pytest.param(
            [".staging-x", "notes"], date(2026, 11, 20), "2026.11.20-1", id="other-folders"
        ),
    ],
)
def test_versions_are_ordered(tmp_path: Path, there: list[str], newest: date, version: str) -> None:
    for name in there:
        (tmp_path / "releases" / name).mkdir(parents=True)
    assert Releases(tmp_path).next_version(newest) == version
    real = [name for name in there if name[0].isdigit()]
    assert all(version_order(name) < version_order(version) for name in real)


def test_the_day_is_utc(tmp_path: Path) -> None:
    newest = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert Releases(tmp_path).build(harvest(2), info(newest)).version == "2026.11.20-1"


class TestChecks:
    def test_a_failed_check_leaves_the_last_release(self, releases: Releases) -> None:
        with pytest.raises(CheckFailedError, match=r"reference.clips.film_id: 1 values") as raised:
            releases.build(with_rows(5, clips=[clip(film_id="youtube:okänd")]), info())
        assert raised.value.exit_code == ExitCode.CHECK_FAILED
        _only_release_is(releases, "2026.11.20-1")
        report = read_report(releases.output / "checks.json")
        assert [r.check for r in report if r.status is Status.ERROR][:1] == [
            "reference.appearances.clip_id"
        ]

    def test_no_pages_always_stop(self, tmp_path: Path) -> None:
        with pytest.raises(CheckFailedError, match=r"empty.pages: no pages at all"):
            Releases(tmp_path).build({}, info())
        assert not (tmp_path / "latest").exists()

    def test_bounds_are_asked(self, releases: Releases) -> None:
        bound = Bound("rows.pages", "pages", "rows", "Det brukar vara fler", min=10)
        with pytest.raises(CheckFailedError, match=r"rows.pages: rows 6 is below 10"):
            releases.build(harvest(6), info(), bounds=[bound])

    def test_a_row_no_file_can_hold_stops(self, releases: Releases) -> None:
        with pytest.raises(CheckFailedError, match=r"unique\.pages\.page_id: 1 keys stand twice"):
            releases.build(with_rows(5, pages=[page(1), page(1)]), info())
        _only_release_is(releases, "2026.11.20-1")


class TestAddedFiles:
    def test_they_are_described_and_summed(self, releases: Releases) -> None:
        seen: list[Any] = []

        def add(staging: Path, last: Path | None) -> None:
            seen.append(
                (last, (staging / "changes.csv").is_file(), len(harvester.load(path=staging)))
            )
            (staging / "gallery").mkdir()
            (staging / "gallery" / "index.html").write_text("<p>Filmer</p>", encoding="utf-8")
            (staging / "accuracy.json").write_text("{}", encoding="utf-8")

        built = releases.build(harvest(6), info(), add_files=add)
        assert seen == [(releases.folder / "2026.11.20-1", True, 6)]
        assert "gallery/index.html" in (built.folder / "SHA256SUMS").read_text("utf-8")
        assert "gallery/index.html" in (built.folder / "README.md").read_text("utf-8")

    def test_a_fault_in_them_leaves_the_last_release(self, releases: Releases) -> None:
        def add(staging: Path, last: Path | None) -> None:
            raise RuntimeError("gallery")

        with pytest.raises(RuntimeError, match="gallery"):
            releases.build(harvest(6), info(), add_files=add)
        _only_release_is(releases, "2026.11.20-1")


def test_a_suppressed_person_is_not_named_among_the_changes(releases: Releases) -> None:
    def without(tables: Any) -> Any:
        rows = lists(tables)
        rows["people"] = [p for p in rows["people"] if p.name != "Åsa Ödmark 3"]
        rows["appearances"] = [a for a in rows["appearances"] if a.person != "Åsa Ödmark 3"]
        rows["contributions"] = [c for c in rows["contributions"] if c.person_id != "p000003"]
        rows["clips"] = [dataclasses.replace(c, person_ids=()) for c in rows["clips"]]
        rows["person_candidates"] = []
        return rows

    def redact(text: str) -> str:
        return text.replace("Åsa Ödmark 3", "█" * 12)

    built = releases.build(without(harvest(5)), info(), redact=redact)
    assert built.changes["people", "gone"] == 1
    for path in built.folder.rglob("*"):
        assert path.is_dir() or "Åsa Ödmark 3".encode() not in path.read_bytes(), path
    assert "█" * 12 in (built.folder / "changes.md").read_text("utf-8")


class TestRollback:
    def test_latest_points_back(self, releases: Releases) -> None:
        releases.build(harvest(6), info())
        releases.build(harvest(7), info())
        assert releases.rollback() == "2026.11.20-2"
        assert releases.rollback() == "2026.11.20-1"
        assert len(harvester.load("films", path=releases.output)) == 5
        assert releases.rollback("2026.11.20-3") == "2026.11.20-3"

    def test_the_next_release_rests_on_the_one_rolled_back_to(self, releases: Releases) -> None:
        releases.build(harvest(9), info())
        releases.rollback()
        built = releases.build(harvest(6), info())
        assert (built.version, built.changes["pages", "added"]) == ("2026.11.20-3", 1)

    @pytest.mark.parametrize(
        ("version", "message"),
        [
            pytest.param(None, "no release before 2026.11.20-1", id="nothing-before"),
            pytest.param(
                "2026.11.20-7", "no release '2026.11.20-7': there are 2026.11.20-1", id="unknown"
            ),
            pytest.param("../etc", "no release '../etc'", id="path"),
        ],
    )
    def test_what_is_not_there_is_named(
        self, releases: Releases, version: str | None, message: str
    ) -> None:
        with pytest.raises(NotInReleaseError, match=message):
            releases.rollback(version)


class TestKeep:
    def test_older_releases_go(self, releases: Releases) -> None:
        for size in (6, 7):
            releases.build(harvest(size), info(), keep=2)
        assert [r.version for r in releases.listed()] == ["2026.11.20-2", "2026.11.20-3"]

    def test_the_latest_stays_whatever_its_age(self, releases: Releases) -> None:
        for size in (6, 7):
            releases.build(harvest(size), info())
        releases.rollback("2026.11.20-1")
        assert releases.prune(1) == ["2026.11.20-2"]
        assert [r.version for r in releases.listed()] == ["2026.11.20-1", "2026.11.20-3"]

    def test_the_last_one_is_never_removed(self, releases: Releases) -> None:
        assert releases.prune(0) == []


class TestInterruption:
    def test_another_build_is_refused(self, releases: Releases) -> None:
        with (releases.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            with pytest.raises(LockedError, match="in use by another build"):
                releases.build(harvest(6), info())

    @pytest.mark.parametrize(
        "step", ["write_tables", "run_checks", "write_changes", "write_checksums"]
    )
    def test_a_fault_at_any_step_leaves_the_last_release(
        self, releases: Releases, monkeypatch: pytest.MonkeyPatch, step: str
    ) -> None:
        def full(*args: Any, **kwargs: Any) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(release_module, step, full)
        with pytest.raises(UnwritableError, match="No space left on device") as raised:
            releases.build(harvest(6), info())
        assert "\n" not in str(raised.value)
        _only_release_is(releases, "2026.11.20-1")

    def test_a_publication_cut_between_rename_and_link_is_finished(
        self, releases: Releases, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def killed(output: Path, version: str) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(publication, "point_latest", killed)
            releases.build(harvest(6), info())
        assert len(harvester.load("films", path=releases.output)) == 5
        again = releases.build(harvest(6), info())
        assert (again.version, again.new) == ("2026.11.20-2", False)
        assert len(harvester.load("films", path=releases.output)) == 6

    def test_a_publication_cut_before_the_rename_is_forgotten(self, releases: Releases) -> None:
        (releases.folder / ".publishing").write_text("2026.11.20-2", encoding="ascii")
        (releases.folder / ".staging-left").mkdir()
        (releases.output / ".latest-1").symlink_to("releases/nowhere")
        assert releases.build(harvest(6), info()).version == "2026.11.20-2"
        _only_release_is(releases, "2026.11.20-2", 2)

    @pytest.mark.parametrize("target", [None, "releases/nowhere"], ids=["lost", "dangling"])
    def test_a_link_that_leads_nowhere_leads_to_the_newest_release(
        self, releases: Releases, target: str | None
    ) -> None:
        link = releases.output / "latest"
        link.unlink()
        if target is not None:
            link.symlink_to(target)
        again = releases.build(harvest(5), info())
        assert (again.version, again.new) == ("2026.11.20-1", False)
        _only_release_is(releases, "2026.11.20-1")

    def test_a_folder_in_the_place_of_the_link_is_left_alone(self, releases: Releases) -> None:
        link = releases.output / "latest"
        release = link.resolve()
        link.unlink()
        link.mkdir()
        with pytest.raises(UnwritableError, match="no link to a release"):
            releases.build(harvest(6), info())
        assert [p.name for p in releases.folder.glob("2*")] == [release.name]
        assert link.is_dir()

    def test_kill_9_leaves_the_last_release(self, releases: Releases) -> None:
        _killed_builds(releases, delays=(0.05, 0.4, 0.9))

    @pytest.mark.long
    def test_kill_9_at_many_points(self, releases: Releases) -> None:
        _killed_builds(releases, delays=[0.03 * n for n in range(40)])

    def test_a_full_disk_leaves_the_last_release(self, releases: Releases) -> None:
        # A limit on the size of files is what a test can set without a disk of its own; each
        # format meets it at another size.
        for limit in (3_000, 60_000, 300_000):
            code = (
                f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
            )
            done = _build_process(releases, code, pages=1500, PYTHONWARNINGS="error")
            _, errors = done.communicate(timeout=120)
            assert "UnwritableError" in errors.splitlines()[-1], errors
            assert "ResourceWarning" not in errors
            assert "cannot be written" in errors.splitlines()[-1]
            _only_release_is(releases, "2026.11.20-1")


@pytest.mark.long
def test_a_million_rows_stay_below_a_gigabyte(tmp_path: Path) -> None:
    code = (
        "import atexit, resource\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024\n"
        "atexit.register(lambda: print(peak()))\n"
    )
    process = _build_process(Releases(tmp_path), code, pages=77_000)
    lines = process.communicate(timeout=280)[0].split()
    assert lines[:2] == ["ready", "2026.11.20-1"]
    assert int(lines[2]) < 1000


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UnwritableError, match="cannot be written"):
        Releases(tmp_path / "file" / "sample").build(harvest(2), info())


def _only_release_is(releases: Releases, version: str, count: int = 1) -> None:
    """`latest` is that whole release, and nothing of a build lies about."""
    assert releases.latest is not None and releases.latest.name == version
    assert broken_files(releases.latest) == []
    names = sorted(entry.name for entry in releases.folder.iterdir())
    assert names[0] == ".lock" and len(names) == 1 + count
    assert not [e for e in releases.output.iterdir() if e.name.startswith(".")]


def _build_process(
    releases: Releases, before: str, pages: int, **environment: str
) -> subprocess.Popen[str]:
    code = (
        f"{before}\n"
        "from pathlib import Path\n"
        "from harvester.datasets.release import Releases\n"
        "from tests.datasets.harvests import harvest, info\n"
        "print('ready', flush=True)\n"
        f"print(Releases(Path({str(releases.output)!r})).build(harvest({pages}), info()).version)\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def _killed_builds(releases: Releases, delays: Any) -> None:
    """Kills a build after each delay; the latest must be whole and the next build clean."""
    for delay in delays:
        process = _build_process(releases, "", pages=1500)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert releases.latest is not None
        assert broken_files(releases.latest) == []
        assert len(harvester.load("films", path=releases.output)) in (5, 1500)
    built = releases.build(harvest(8), info())
    assert broken_files(built.folder) == []
    assert not [e.name for e in releases.folder.iterdir() if e.name.startswith((".s", ".p", ".r"))]


def _contents(folder: Path) -> dict[str, bytes]:
    paths = sorted(p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in paths}


def test_what_is_freed_is_given_back() -> None:
    program = "import harvester.datasets.release, pyarrow; print(pyarrow.default_memory_pool().backend_name)"
    environment = {k: v for k, v in os.environ.items() if k != "ARROW_DEFAULT_MEMORY_POOL"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "system"
