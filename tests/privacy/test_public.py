from __future__ import annotations

import json
from pathlib import Path

from harvester.cli import main
from harvester.errors import ExitCode
from tests.privacy.reading import rows


def test_a_public_release_leaves_out_texts_and_who_is_only_mentioned(
    output: Path, sample_release: Path
) -> None:
    arguments = ["release", "--public", "--site", "sample", "--output", str(output), "-q"]
    assert main(arguments) == ExitCode.OK
    release = (output / "latest").resolve()
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    assert package["harvester"]["public"] is True
    taking_part = {
        row["person_id"]
        for row in rows(sample_release, "contributions")
        if row["took_part_as"] != "mentioned"
    }
    everybody = {p["person_id"] for p in rows(sample_release, "people")}
    assert {p["person_id"] for p in rows(release, "people")} == everybody & taking_part
    assert everybody - taking_part
    assert {p["text"] for p in rows(release, "pages")} == {""}
    assert {c["text"] for c in rows(release, "clips")} == {None}
    kept = {c["contribution_id"] for c in rows(release, "contributions")}
    proofs = [e for e in rows(release, "evidence") if e["table"] == "contributions"]
    assert {e["row_id"] for e in proofs} <= kept
    assert "first release" in (release / "changes.md").read_text(encoding="utf-8")
    assert main(arguments) == ExitCode.OK
    assert (output / "latest").resolve() == release
