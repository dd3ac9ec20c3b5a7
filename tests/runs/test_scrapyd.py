"""The project deploys to Scrapyd as it is: an egg, a real scrapyd on loopback, three spiders side by side."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.runs.running import ROOT

if importlib.util.find_spec("scrapyd") is None:
    pytest.skip("scrapyd is not installed: pip install .[test]", allow_module_level=True)

pytestmark = pytest.mark.long

_SPIDERS = ("documentation", "films", "news")


def egg(folder: Path) -> Path:
    """The egg that docs/schedule.md says to build, from a copy of the project."""
    shutil.copytree(ROOT / "harvester", folder / "harvester")
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE", "scrapy.cfg"):
        shutil.copy(ROOT / name, folder / name)
    command = [sys.executable, "-W", "ignore", "setup.py", "-q", "bdist_egg"]
    built = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (path,) = (folder / "dist").glob("*.egg")
    return path


class Scrapyd:
    """A scrapyd of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.folder = folder
        (folder / "scrapyd.conf").write_text(
            f"[scrapyd]\nbind_address = 127.0.0.1\nhttp_port = {port}\nmax_proc = 4\n"
            f"poll_interval = 0.5\nitems_dir = {folder / 'items'}\nlogs_dir = {folder / 'logs'}\n"
        )
        self.base = f"http://127.0.0.1:{port}/"
        self.log = (folder / "scrapyd.log").open("w")
        # Not in the project's folder: the spiders must come from the egg.
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        self.process = subprocess.Popen(
            [str(Path(sys.executable).parent / "scrapyd")], cwd=folder, env=environment,
            stdout=self.log, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def ask(self, verb: str, **fields: str) -> dict[str, Any]:
        """A question of Scrapyd's JSON interface."""
        data = urllib.parse.urlencode(fields).encode()
        if verb in ("listjobs", "listspiders", "daemonstatus"):
            return _json(f"{self.base}{verb}.json?{data.decode()}")
        return _json(urllib.request.Request(f"{self.base}{verb}.json", data))

    def add_version(self, path: Path) -> dict[str, Any]:
        """Deploy an egg, as the curl line of the docs does."""
        edge = uuid.uuid4().hex
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in (("project", "harvester"), ("version", "1"))
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="egg"; filename="{path.name}"\r\n\r\n'
        body = b"".join(parts) + head.encode() + path.read_bytes() + f"\r\n--{edge}--\r\n".encode()
        return _json(
            urllib.request.Request(
                f"{self.base}addversion.json",
                body,
                {"Content-Type": f"multipart/form-data; boundary={edge}"},
            )
        )

    def wait_until_up(self) -> None:
        for _ in range(120):
            try:
                self.ask("daemonstatus")
                return
            except OSError:
                time.sleep(0.25)
        raise AssertionError((self.folder / "scrapyd.log").read_text())


def _json(request: Any) -> dict[str, Any]:
    with urllib.request.urlopen(request, timeout=60) as answer:
        document: dict[str, Any] = json.loads(answer.read())
    return document


@pytest.fixture
def scrapyd(tmp_path: Path) -> Iterator[Scrapyd]:
    folder = tmp_path / "scrapyd"
    folder.mkdir()
    daemon = Scrapyd(folder)
    try:
        daemon.wait_until_up()
        yield daemon
    finally:
        daemon.process.terminate()
        daemon.process.wait(30)
        daemon.log.close()


def test_three_spiders_side_by_side_give_their_items(scrapyd: Scrapyd, tmp_path: Path) -> None:
    added = scrapyd.add_version(egg(tmp_path / "egg"))
    assert added["status"] == "ok", added
    assert added["spiders"] == 3
    jobs = {
        spider: scrapyd.ask(
            "schedule", project="harvester", spider=spider, site="sample",
            setting=f"HARVESTER_OUTPUT={tmp_path / 'output'}",
        )["jobid"]
        for spider in _SPIDERS
    }  # fmt: skip
    for _ in range(240):
        state = scrapyd.ask("listjobs", project="harvester")
        if len(state["finished"]) == 3:
            break
        time.sleep(0.5)
    for spider, job in jobs.items():
        log = scrapyd.folder / "logs" / "harvester" / spider / f"{job}.log"
        items = scrapyd.folder / "items" / "harvester" / spider / f"{job}.jl"
        assert items.exists(), log.read_text() if log.exists() else state
        assert "Traceback" not in log.read_text()
        tables = {json.loads(line)["table"] for line in items.read_text().splitlines()}
        assert "pages" in tables, (spider, tables)
    assert len(list((tmp_path / "output" / "runs").iterdir())) == 3
