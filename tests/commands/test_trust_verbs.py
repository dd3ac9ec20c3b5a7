"""diff, explain and review as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harvester.cli import main
from harvester.datasets.load import load
from tests.datasets.nights import copied, crawled


def typed(capsys: pytest.CaptureFixture[str], output: Path, *words: str) -> tuple[int, str, str]:
    code = main([*words, "--site", "sample", "--output", str(output)])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_diff_tells_changes_and_causes(
    second_night: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = typed(capsys, second_night, "diff")
    assert code == 0
    assert "films: added:" in out and "· source" in out
    assert out.splitlines()[-1].endswith(f"causes: source {len(out.splitlines()) - 1}")


def test_diff_as_json_between_named_releases(
    second_night: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = sorted(p.name for p in (second_night / "releases").glob("2*"))
    code, out, _ = typed(capsys, second_night, "diff", first, second, "--json")
    document = json.loads(out)
    assert code == 0 and (document["old"], document["new"]) == (first, second)
    assert {change["cause"] for change in document["changes"]} == {"source"}
    turned = typed(capsys, second_night, "diff", second, first, "--json")[1]
    assert {c["cause"] for c in json.loads(turned)["changes"]} == {"source"}


def test_diff_does_not_quote_the_suppressed(
    second_night: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a release that still names them is kept, because none could be made since."""
    changes = json.loads(typed(capsys, second_night, "diff", "--json")[1])["changes"]
    name = next(c["label"] for c in changes if c["table"] == "people")
    monkeypatch.setattr(
        "harvester.commands.diff.quote_redaction",
        lambda context, release: lambda text: text.replace(name, "█" * len(name)),
    )
    code, out, _ = typed(capsys, second_night, "diff")
    assert code == 0 and name not in out and "█" in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(("diff", "2020.01.01-1"), "no release '2020.01.01-1'", id="unknown-release"),
        pytest.param(("explain", "finns-inte"), "no row 'finns-inte'", id="unknown-row"),
        pytest.param(("review", "--read", "finns-inte.csv"), "cannot be read", id="unknown-sheet"),
        pytest.param(("review", "--sample", "0"), "at least one", id="empty-sample"),
    ],
)
def test_refusals_are_one_line(
    second_night: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    code, _, err = typed(capsys, second_night, *words)
    assert code == 2 and told in err and err.count("\n") == 1


def test_a_run_is_checked_by_the_rows_it_staged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "output"
    crawled(output, spider="films", edition=2019)
    (run,) = (output / "runs").iterdir()
    code, out, _ = typed(capsys, output, "check", run.name, "--json")
    results = json.loads(out)
    assert code == 0 and {r["status"] for r in results} == {"passed"}
    assert next(r["value"] for r in results if r["check"] == "empty.clips") > 0
    with (run / "staged" / "clips.jsonl").open("a", encoding="utf-8") as file:
        clip = json.loads((run / "staged" / "clips.jsonl").read_text("utf-8").splitlines()[0])
        file.write(json.dumps(clip | {"position": 0}) + "\n")
    code, out, _ = typed(capsys, output, "check", run.name)
    assert code == 1
    assert "error: unique.clips.clip_id" in out and "error: least.clips.position" in out
    assert out.splitlines()[-1].split(" checks on ")[1].startswith(f"run {run.name}: 2 errors")
    (run / "staged" / "clips.jsonl").write_text('{"clip_id": "a"}\n', encoding="utf-8")
    code, _, err = typed(capsys, output, "check", run.name)
    assert code == 1 and "line 1: no row of clips" in err


def test_a_run_that_released_is_checked_by_its_release(
    second_night: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = copied(second_night, tmp_path / "output").output
    first = min(p.name for p in (output / "releases").glob("2*"))
    run = output / "runs" / "20260301T000000Z-1"
    run.mkdir(parents=True)
    (run / "run.json").write_text(json.dumps({"release": {"release": first}}), encoding="utf-8")
    code, out, _ = typed(capsys, output, "check", run.name)
    assert code == 0 and f"checks on {first}: 0 errors" in out
    (run / "run.json").write_text('{"release": null}', encoding="utf-8")
    code, _, err = typed(capsys, output, "check", run.name)
    assert code == 2 and "made no release" in err


def test_one_release_has_nothing_before_it(
    first_night: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = typed(capsys, first_night, "diff")
    assert code == 2 and "nothing to compare" in err


def test_explain_tells_all_and_shows_the_page(
    second_night: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = load("contributions", path=second_night)
    row = rows[rows["role"].notna()].iloc[0]
    page = tmp_path / "sida.html"
    words = ("explain", row["contribution_id"], "role_raw", "--html", str(page))
    code, out, _ = typed(capsys, second_night, *words)
    assert code == 0
    for told in (row["role_raw"], "code version", "fetched", "at byte", "locator", "stands there"):
        assert told in out
    assert f"<mark>{row['role_raw']}</mark>" in page.read_text("utf-8")


def test_review_there_and_back(
    second_night: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "granskning.csv"
    code, out, _ = typed(capsys, second_night, "review", "--sample", "10", "--out", str(sheet))
    assert code == 0 and "10 values" in out and sheet.with_suffix(".html").is_file()
    code, _, err = typed(capsys, second_night, "review", "--read", str(sheet))
    assert code == 2 and "nothing is judged" in err
    assert not (second_night / "reviews").exists()
