"""The readers compiled: the same rows as from source, and used only where they fit their sources."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.site import profile
from harvester.compiled import LIBRARY, SWITCH, listed
from harvester.compiled.build import sources
from harvester.harvest import HarvestContext, warm_up

ROOT = Path(__file__).parent.parent.parent
STATE = "import harvester.compiled as compiled; print(compiled.state())"


def python(*arguments: str, cwd: Path = ROOT, **environment: str) -> str:
    """What a Python process says, run in a folder that holds the package."""
    inherited = {k: v for k, v in os.environ.items() if k != SWITCH}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**inherited, "PYTHONPATH": str(cwd), "HARVESTER_TEST_COMPILED": "yes", **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=250,
    )
    return done.stdout


compiled = pytest.mark.skipif(
    python("-c", STATE).strip() != "in use" and "CI" not in os.environ,
    reason="the readers are not compiled here: run `make compiled`",
)


@compiled
def test_compiled_or_not_the_same_is_read() -> None:
    state, *lines = python("-m", "tests.compiled.reading").splitlines()
    source_state, *source_lines = python(
        "-m", "tests.compiled.reading", **{SWITCH: "no"}
    ).splitlines()
    assert (state, source_state) == ("in use", "switched off")
    assert len(lines) > 1_000
    assert lines == source_lines


@compiled
@pytest.mark.parametrize(
    ("change", "state"),
    [
        pytest.param(lambda source: source.write_bytes(source.read_bytes()), "in use", id="written anew"),
        pytest.param(lambda source: source.write_text("# empty\n"), "other sources", id="another size"),
        pytest.param(
            lambda source: source.write_text(source.read_text().replace("return", "retorn", 1)),
            "other sources",
            id="the same size",
        ),
        pytest.param(Path.unlink, "other sources", id="gone"),
    ],
)  # fmt: skip
def test_what_was_compiled_from_other_sources_is_not_used(
    tmp_path: Path, change: Callable[[Path], object], state: str
) -> None:
    shutil.copytree(ROOT / "harvester", tmp_path / "harvester")
    assert python("-c", STATE, cwd=tmp_path).strip() == "in use"
    change(tmp_path / "harvester/parsers/people/reading.py")
    assert python("-c", STATE, cwd=tmp_path).strip() == state


@compiled
def test_without_the_built_folder_all_is_read_from_source(tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "harvester", tmp_path / "harvester", ignore=shutil.ignore_patterns("built")
    )
    assert python("-c", STATE, cwd=tmp_path).strip() == "none"


@compiled
def test_modules_lie_beside_their_data_by_their_own_word() -> None:
    program = "import harvester.pages.rows.parts as m; print(m.__file__); print(m._rules()[0].part)"
    file = Path(python("-c", program).splitlines()[0])
    assert file.parent == ROOT / "harvester" / "pages" / "rows"
    assert file.suffix == ".so"


@compiled
def test_a_process_can_leave_them_out() -> None:
    program = (
        "import harvester.compiled as compiled; compiled.leave_out()\n"
        "import harvester.parsers.people.reading as m; print(m.__file__)"
    )
    assert python("-c", program).strip().endswith(".py")


@compiled
def test_every_listed_source_has_its_module() -> None:
    folder = listed().read_text(encoding="utf-8").splitlines()[0]
    modules = {file.name.removesuffix(".so") for file in (listed().parent / folder).iterdir()}
    assert modules >= {
        f"harvester.{s.removesuffix('.py').replace('/', '.')}" for s in sources()
    } | {LIBRARY}


def test_what_goes_to_workers_comes_back_from_a_pickle() -> None:
    context = HarvestContext(profile("http://127.0.0.1:8009"), b"k" * 32, frozenset({"a"}))
    assert pickle.loads(pickle.dumps(context)) == context


def test_a_page_is_read_to_warm_up() -> None:
    warm_up(HarvestContext(profile("http://127.0.0.1:8009"), b"k" * 32))


@pytest.mark.long
@compiled
def test_where_nothing_can_be_compiled_one_line_says_so_and_all_stays(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "harvester", tmp_path / "harvester")
    source = tmp_path / "harvester/parsers/people/reading.py"
    source.write_text(source.read_text() + "\n# changed\n")
    before = sorted((tmp_path / "harvester/compiled/built").rglob("*"))
    done = subprocess.run(
        [sys.executable, "-m", "harvester.compiled"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "CC": "no-such-compiler"},
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert (
        last.startswith("not compiled, so pages are read from source")
        and "no-such-compiler" in last
    )
    assert len(done.stderr.strip().splitlines()) == 2
    assert sorted((tmp_path / "harvester/compiled/built").rglob("*")) == before
