"""`harvester suppress` leaves nothing in `runs/` that quotes pages; what counts runs stays."""

from __future__ import annotations

import shutil
from pathlib import Path

from harvester.cli import main
from harvester.errors import ExitCode

NAME = "Ylva Sternbrink"


def test_reports_and_staged_rows_of_earlier_runs_go(first_night: Path, tmp_path: Path) -> None:
    output = shutil.copytree(first_night, tmp_path / "output", symlinks=True)
    run = output / "runs" / "20261121T030000Z-0000"
    (run / "staged").mkdir(parents=True)
    (run / "staged" / "contributions.jsonl").write_text(f'{{"name_raw": "{NAME}"}}\n', "utf-8")
    (run / "report.html").write_text(f"<p>{NAME}</p>", "utf-8")
    (run / "run.json").write_text("{}", "utf-8")
    words = ["suppress", NAME, "--why", "bad om det", "--site", "sample", "--output", str(output)]
    assert main(words) == ExitCode.OK
    assert [path.name for path in run.iterdir()] == ["run.json"]
