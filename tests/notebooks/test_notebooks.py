"""The notebooks run from the first cell to the last over a release, and hold no output of their own."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.datasets.harvests import with_rows
from tests.explorer.releases import built, rich_tables

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

nbclient = pytest.importorskip("nbclient", reason="the extra [notebooks] is not installed")
nbformat = pytest.importorskip("nbformat")

#: What each notebook must come to say of the release it is run over.
_TELLS = {
    "01_overview": "Folkets hus",
    "02_people_and_roles": "förbundsordförande → ordförande",
    "03_films_over_time": "12 films in 12 places",
    "04_data_quality": "0.98",
}

by_name = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def harvested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the sample has been harvested twice."""
    folder = tmp_path_factory.mktemp("notebooks")
    built(folder / "output" / "sample", with_rows(6))
    release = built(folder / "output" / "sample", rich_tables())
    accuracy = {"people": {"dev": [{"field": "name", "n": 100, "precision": 0.98, "recall": 0.9}]}}
    (release / "accuracy.json").write_text(json.dumps(accuracy), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a release of a single page, in which most tables say little."""
    folder = tmp_path_factory.mktemp("bare")
    little = {"appearances": [], "clips": [], "films": [], "people": [], "person_candidates": [],
              "contributions": [], "editions": [], "film_states": [], "problems": []}  # fmt: skip
    built(folder / "output" / "sample", with_rows(1, **little))
    return folder


def executed(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """All that a notebook prints and shows, run with a folder as its place."""
    python = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    monkeypatch.setenv("PYTHONPATH", python)
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.delenv("HARVESTER_SITE", raising=False)
    notebook = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", ())]
    assert not [out for out in outputs if out.get("name") == "stderr"], "it warns"
    texts = (out.get("text") or out.get("data", {}).get("text/plain", "") for out in outputs)
    return "\n".join(texts)


@by_name
@pytest.mark.filterwarnings("ignore")  # of the kernel's machinery
def test_it_runs(path: Path, harvested: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = executed(path, harvested, monkeypatch)
    assert _TELLS[path.stem] in said


@by_name
@pytest.mark.filterwarnings("ignore")
def test_it_runs_where_there_is_little(
    path: Path, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    executed(path, bare, monkeypatch)


@by_name
def test_it_holds_no_stored_output(path: Path) -> None:
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@by_name
def test_it_reads_tables_by_load_alone(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    assert "harvester.load(" in code
    assert not re.search(r"read_(parquet|json|excel|sql)|sqlite|jsonl|urlopen|requests", code)


@by_name
def test_links_between_notebooks_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert all((path.parent / name).is_file() for name in re.findall(r"\((\w+\.ipynb)\)", text))


def test_there_are_four() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        "01_overview", "02_people_and_roles", "03_films_over_time", "04_data_quality",
    ]  # fmt: skip
