from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

import harvester
from harvester.datasets.folders import NotInReleaseError, named_release
from harvester.datasets.load import frame
from harvester.datasets.release import Releases
from harvester.datasets.schema import batches
from harvester.errors import HarvesterError
from harvester.records import TABLES, TookPartAs
from tests.datasets.harvests import harvest, info, page


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """``output/`` with two releases of the sample."""
    releases = Releases(tmp_path / "output" / "sample")
    releases.build(harvest(3), info())
    releases.build(harvest(4), info())
    return tmp_path / "output"


@pytest.mark.parametrize(
    ("table", "column", "dtype"),
    [
        pytest.param("appearances", "published", "datetime64[us]", id="day"),
        pytest.param("captures", "fetched_at", "datetime64[us, UTC]", id="moment"),
        pytest.param("appearances", "edition", "Int64", id="integer-or-null"),
        pytest.param("clips", "position", "int64", id="integer"),
        pytest.param("appearances", "needs_review", "bool", id="true-or-false"),
        pytest.param("appearances", "person", "str", id="text"),
        pytest.param("appearances", "took_part_as", "category", id="vocabulary"),
        pytest.param("clips", "person_ids", "object", id="list"),
        pytest.param("pages", "modified", "datetime64[us]", id="day-all-null"),
        pytest.param("pages", "author", "str", id="text-all-null"),
        pytest.param("clips", "start", "Int64", id="integer-all-null"),
    ],
)
def test_types(release: Path, table: str, column: str, dtype: str) -> None:
    assert str(harvester.load(table, path=release)[column].dtype) == dtype


def test_categories_are_the_whole_vocabulary(release: Path) -> None:
    column = harvester.load("appearances", path=release)["took_part_as"]
    assert list(column.cat.categories) == [word.value for word in TookPartAs]


def test_lists_are_python_lists(release: Path) -> None:
    assert harvester.load("clips", path=release)["person_ids"].iloc[0] == ["p000001"]


def test_tables_join(release: Path) -> None:
    joined = harvester.load("clips", path=release).merge(
        harvester.load("films", path=release), on="film_id", suffixes=("", "_film")
    )
    by_year = joined.groupby("edition").size()
    assert len(joined) == 12 and by_year.sum() == 12


def test_tables_lists_what_there_is(release: Path) -> None:
    found = harvester.tables(path=release)
    assert found["table"].tolist() == list(TABLES)
    assert found.set_index("table").loc["clips", "rows"] == 12
    assert found.set_index("table").loc["films", "columns"][0] == "film_id"
    assert found["one row is"].str.len().min() > 10


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        pytest.param("sample", 4, id="output-folder"),
        pytest.param("sample/latest", 4, id="latest-link"),
        pytest.param("sample/releases/2026.11.20-1", 3, id="release-folder"),
        pytest.param(".", 4, id="folder-of-outputs"),
    ],
)
def test_paths(output: Path, where: str, rows: int) -> None:
    assert len(harvester.load("films", site="sample", path=output / where)) == rows
    assert len(harvester.load("films", site="sample", path=str(output / where))) == rows


def test_without_a_path_the_output_above_is_read(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebooks = output.parent / "notebooks"
    notebooks.mkdir()
    for folder in (output.parent, notebooks):
        monkeypatch.chdir(folder)
        assert len(harvester.load(site="sample")) == 4
        assert len(harvester.load(site="sample", release="2026.11.20-1")) == 3


def test_a_copied_release_stands_alone(output: Path, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere"
    shutil.copytree(output / "sample" / "latest", copy)
    shutil.rmtree(output)
    assert len(harvester.load(path=copy)) == 4


def test_an_output_copied_without_links_gives_the_newest(output: Path) -> None:
    (output / "sample" / "latest").unlink()
    assert len(harvester.load(path=output / "sample")) == 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(
            {"table": "filmer"}, "no table 'filmer': there are appearances, pages", id="table"
        ),
        pytest.param({"table": "../films"}, "no table '../films'", id="table-with-a-path"),
        pytest.param(
            {"release": "2020.01.01-1"}, "there are 2026.11.20-1, 2026.11.20-2", id="release"
        ),
        pytest.param({"path": "nowhere"}, "no folder nowhere", id="no-folder"),
        pytest.param({"path": "empty"}, "empty holds no release", id="empty-folder"),
        pytest.param(
            {"path": "output"}, "no release of site 'live': there are sample", id="site-in-a-path"
        ),
        pytest.param({"path": None, "site": "live"}, "harvested sites here: sample", id="site"),
        pytest.param(
            {"path": None, "site": "../sample"}, "no release of site", id="site-with-a-path"
        ),
        pytest.param({"path": None, "site": ""}, "no release of site ''", id="no-site"),
    ],
)
def test_what_is_not_there_is_named(
    output: Path, monkeypatch: pytest.MonkeyPatch, arguments: dict[str, str], message: str
) -> None:
    monkeypatch.chdir(output.parent)
    (output.parent / "empty").mkdir()
    with pytest.raises(NotInReleaseError) as raised:
        harvester.load(**({"path": "output/sample"} | arguments))
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)
    assert isinstance(raised.value, ValueError | HarvesterError)


def test_a_damaged_file_is_named(output: Path) -> None:
    file = output / "sample/latest/parquet/films.parquet"
    file.chmod(0o644)
    file.write_bytes(b"PAR1 damaged")
    with pytest.raises(HarvesterError, match=r"films.parquet cannot be read"):
        harvester.load("films", path=output / "sample")
    file.unlink()
    with pytest.raises(ValueError, match=r"lacks films.parquet"):
        harvester.load("films", path=output / "sample")


def test_words_of_a_newer_vocabulary_are_kept() -> None:
    batch = next(batches("pages", [page(kind="podcast")]))
    found = frame("pages", pa.Table.from_batches([batch.arrow]))
    assert found["kind"].tolist() == ["podcast"]


def test_import_is_light() -> None:
    code = "import sys, harvester; print([m for m in ('pandas', 'pyarrow', 'numpy', 'scrapy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_frames_are_plain_pandas(release: Path) -> None:
    assert type(harvester.load(path=release)) is pd.DataFrame


def test_a_release_by_version_or_folder(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = output / "sample"
    newest, older = sample / "releases" / "2026.11.20-2", sample / "releases" / "2026.11.20-1"
    assert named_release("sample", sample, "latest") == newest
    assert named_release("sample", sample, older.name) == older
    assert named_release("sample", sample, str(older)) == older
    assert named_release("sample", sample, str(sample)) == newest
    # A folder one happens to stand beside is not meant by a version's name.
    for name in ("latest", older.name, "other"):
        (output / name).mkdir()
    monkeypatch.chdir(output)
    assert named_release("sample", sample, "latest") == newest
    assert named_release("sample", sample, older.name) == older
    for name in ("", "other"):
        with pytest.raises(NotInReleaseError, match="no release"):
            named_release("sample", sample, name)
