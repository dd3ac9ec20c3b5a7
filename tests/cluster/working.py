"""What the cluster's tests share: a worker as a process, and what the archive holds afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from harvester.archive.reader import Archive

_WORKER = """
import json, sys
from pathlib import Path
from harvester.cluster.worker import work
from harvester.errors import HarvesterError
from harvester.sites import read_profile
job = json.loads(sys.argv[1])
profile = read_profile({"site": job["sites"], "event": "Exempelstämman"}, name="bed")
try:
    work(profile, Path(job["output"]), job["frontier"], lease=job["lease"], settings=job["settings"])
except HarvesterError as error:
    print(error, file=sys.stderr)
    sys.exit(error.exit_code)
"""


def site(base: str, **keys: Any) -> dict[str, Any]:
    """A loopback site without delay."""
    own = {"name": "bench", "base": base + "/", "allow_private": True, "delay": 0, "concurrency": 8}
    return own | keys


def worker(
    output: Path, frontier: str, *sites: dict[str, Any], lease: float = 1.5, **settings: Any
) -> subprocess.Popen[str]:
    """A worker that has been started."""
    job = {
        "output": str(output), "frontier": frontier, "sites": sites, "lease": lease,
        "settings": {"DOWNLOAD_TIMEOUT": 5} | settings,
    }  # fmt: skip
    command = [sys.executable, "-c", _WORKER, json.dumps(job)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str], timeout: float = 60) -> tuple[int, str]:
    """A worker's exit code and what it said."""
    _, said = process.communicate(timeout=timeout)
    return process.returncode, said


def archived_pages(output: Path) -> Counter[str]:
    """How many full responses (no revisits) the archive holds of each page."""
    found: Counter[str] = Counter()
    with Archive(output / "archive") as archive:
        for ref in archive.refs():
            path = urlsplit(ref.url).path
            if ref.status == 200 and path.startswith("/nyheter/"):
                found[path] += not ref.revisit
    return found
