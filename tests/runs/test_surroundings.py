"""What the machine around a run may have: proxies in its environment, a loopback that is IPv6 alone."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.runs.small_wordpress import SmallWordPress, posts, wordpress_runs

_NAMES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


def _has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


def test_proxy_of_the_environment_is_never_asked(tmp_path: Path) -> None:
    """The guard judges the host it connects to: nothing may stand between."""
    with (
        socket.create_server(("127.0.0.1", 0)) as proxy,
        wordpress_runs(tmp_path, SmallWordPress(posts=posts(3))) as (_, runs),
    ):
        proxy.settimeout(0.1)
        address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        environment = dict.fromkeys(_NAMES, address) | {"no_proxy": "", "NO_PROXY": ""}
        done = runs.do("run", environment=environment)
        assert done.returncode == 0, done.stderr
        with pytest.raises(TimeoutError):
            proxy.accept()
        assert len(runs.rows("pages")) == 3


@pytest.mark.skipif(not _has_ipv6(), reason="this machine has no IPv6 loopback")
def test_site_on_ipv6_alone_is_harvested(tmp_path: Path) -> None:
    with wordpress_runs(tmp_path, SmallWordPress(posts=posts(3), host="::1")) as (site, runs):
        assert site.base.startswith("http://[::1]:")
        run = runs.run()
        assert run["verdict"] == "released"
        assert {row["url"] for row in runs.rows("pages")} == {
            site.origin + post.path for post in site.posts
        }
        del site.requests[:]
        assert runs.run()["verdict"] == "unchanged"
        assert len(site.requests) <= 4
