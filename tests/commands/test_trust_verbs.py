"""diff, explain and review as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harvester.cli import main
from harvester.datasets.load import load


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
