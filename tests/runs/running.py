"""What the tests of whole runs share: the real command, profiles of loopback sites, what came out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from harvester.archive.reader import Archive
from harvester.records import TECHNICAL_TABLES
from harvester.sample import PROFILE, SampleServer

ROOT = Path(__file__).parent.parent.parent


class Runs:
    """An output folder and the profile of sites that are served on loopback."""

    def __init__(self, profile: Path, output: Path) -> None:
        self.profile = profile
        self.output = output

    def command(self, *words: str) -> list[str]:
        """A verb on this profile and output, as one types it."""
        scope = ["--site", str(self.profile), "--output", str(self.output)]
        return [sys.executable, "-m", "harvester", *words, *scope]

    def do(
        self,
        *words: str,
        environment: Mapping[str, str] | None = None,
        timeout: float = 240,
        **how: Any,
    ) -> subprocess.CompletedProcess[str]:
        """Run a verb to its end."""
        return subprocess.run(
            self.command(*words),
            capture_output=True, text=True, cwd=ROOT, check=False, timeout=timeout,
            env=os.environ | dict(environment or {}), **how,
        )  # fmt: skip

    def run(self, *words: str, code: int = 0) -> dict[str, Any]:
        """``harvester run``, which must end with a code; its ``run.json``."""
        done = self.do("run", *words)
        assert done.returncode == code, done.stdout + done.stderr
        return self.last_run()

    def last_run(self) -> dict[str, Any]:
        """``run.json`` of the newest run."""
        newest = max(self.output.glob("runs/*/run.json"))
        document: dict[str, Any] = json.loads(newest.read_text())
        return document

    @property
    def latest(self) -> Path:
        return (self.output / "latest").resolve()

    @property
    def versions(self) -> list[str]:
        return sorted(p.name for p in (self.output / "releases").iterdir() if p.name[0] != ".")

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of a table of the latest release."""
        rows: list[dict[str, Any]] = pq.read_table(
            self.latest / "parquet" / f"{table}.parquet"
        ).to_pylist()
        return rows

    def content(self) -> dict[str, bytes]:
        """The bytes of each content table of the latest release."""
        files = sorted(self.latest.glob("csv/*.csv")) + sorted(self.latest.glob("jsonl/*.jsonl"))
        return {p.name: p.read_bytes() for p in files if p.stem not in TECHNICAL_TABLES}

    def file_times(self) -> dict[str, tuple[int, bytes]]:
        """Time and bytes of every file of all releases."""
        files = (p for p in (self.output / "releases").rglob("*") if p.is_file())
        return {str(p): (p.stat().st_mtime_ns, p.read_bytes()) for p in files if p.name != ".lock"}

    def archived(self) -> set[str]:
        """The addresses with a stored answer."""
        with Archive(self.output / "archive") as archive:
            return {ref.url for ref in archive.refs()}


def sample_profile(folder: Path, server: SampleServer, **keys: Any) -> Path:
    """A profile file of the sample's sites as a server serves them; ``keys`` go to every site."""
    table = ", ".join(f'"{host}" = "{where}"' for host, where in server.resolve().items())
    more = "".join(f"{name} = {json.dumps(value)}\n" for name, value in keys.items())
    text = PROFILE.read_text(encoding="utf-8")
    for name in keys:
        text = "".join(
            line for line in text.splitlines(keepends=True) if not line.startswith(f"{name} = ")
        )
    text = text.replace("allow_private = true\n", f"allow_private = true\n{more}")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "sample.toml"
    path.write_text(f"resolve = {{ {table} }}\n{text}", encoding="utf-8")
    return path


@contextmanager
def sample_runs(folder: Path, **keys: Any) -> Iterator[tuple[SampleServer, Runs]]:
    """The sample's server and an empty output folder for it."""
    with SampleServer() as server:
        yield server, Runs(sample_profile(folder, server, **keys), folder / "output")
