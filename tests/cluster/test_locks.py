from __future__ import annotations

from pathlib import Path

import pytest

from harvester.crawl.locks import HostLocks
from harvester.errors import LockedError

HOSTS = ["a.example", "b.example:8080"]


def test_workers_share_the_hosts(tmp_path: Path) -> None:
    with HostLocks(tmp_path, HOSTS, shared=True), HostLocks(tmp_path, HOSTS, shared=True):
        pass


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(True, False, id="a-crawl-while-workers-work"),
        pytest.param(False, True, id="a-worker-while-a-crawl-runs"),
    ],
)
def test_other_crawls_are_kept_out(tmp_path: Path, first: bool, second: bool) -> None:
    with (
        HostLocks(tmp_path, HOSTS, shared=first),
        pytest.raises(LockedError),
        HostLocks(tmp_path, HOSTS[1:], shared=second),
    ):
        pass
