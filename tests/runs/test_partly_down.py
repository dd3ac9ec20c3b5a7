"""Sites that are away and layouts that broke: what is missing keeps its last rows, and the verdict says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from harvester.sample import SampleServer
from tests.loopback import LoopbackSite
from tests.runs.running import Runs, sample_profile

_NOWHERE = "127.0.0.1:9"


def away(profile: Path, server: SampleServer, *hosts: str) -> None:
    """Rewrite a profile so that some of its hosts do not answer."""
    text = profile.read_text(encoding="utf-8")
    for host in hosts:
        text = text.replace(f'"{host}" = "127.0.0.1:{server.port}"', f'"{host}" = "{_NOWHERE}"')
    profile.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("partly")
    with SampleServer() as server:
        yield Story(server, Runs(sample_profile(folder, server), folder / "output"))


class Story:
    """A first night, one with a site away while the other changed, one with both away."""

    def __init__(self, server: SampleServer, runs: Runs) -> None:
        self.runs = runs
        runs.run()
        self.first = {row["url"]: row for row in runs.rows("pages")}
        server.stage = 2
        away(runs.profile, server, "exempelchefer.example")
        self.partly_done = runs.do("run")
        self.partly = runs.last_run()
        self.after = {row["url"]: row for row in runs.rows("pages")}
        files = runs.file_times()
        away(runs.profile, server, "exempeldagarna.example")
        self.down_done = runs.do("run")
        self.down = runs.last_run()
        self.untouched = runs.file_times() == files


@pytest.mark.long  # retries of a site that is away are patient
def test_one_site_away_is_exit_six_and_the_verdict_names_it(story: Story) -> None:
    assert story.partly_done.returncode == 6
    last = story.partly_done.stdout.splitlines()[-1]
    assert last.startswith("partly: release ") and "exempelchefer not harvested" in last
    assert story.partly["verdict"] == "partly"


@pytest.mark.long  # retries of a site that is away are patient
def test_missing_site_keeps_its_last_rows(story: Story) -> None:
    def of_missing(rows: dict[str, object]) -> dict[str, object]:
        return {url: row for url, row in rows.items() if "exempelchefer" in url}

    assert len(of_missing(story.first)) > 10
    assert of_missing(story.after) == of_missing(story.first)


@pytest.mark.long  # retries of a site that is away are patient
def test_other_site_is_new(story: Story) -> None:
    assert "http://exempeldagarna.example/sa-tyckte-deltagarna/" in story.after


@pytest.mark.long  # retries of a site that is away are patient
def test_all_sites_away_is_exit_three_and_changes_nothing(story: Story) -> None:
    assert story.down_done.returncode == 3
    assert story.down_done.stderr.splitlines()[-1].startswith("harvester: no site could be reached")
    assert story.down["verdict"] == "unreachable" and story.down["release"] is None
    assert story.untouched


_GOOD = (
    '<!doctype html><html lang="sv"><head><title>{title}</title></head><body class="page"><main>'
    "<article><h1>{title}</h1><p>Ett stycke om mötet i Norrvik.</p>{links}</article></main></body></html>"
)
_BROKEN = '<!doctype html><html lang="sv"><head><title>x</title></head><body></body></html>'


class Site(LoopbackSite):
    """A site of linked pages, one of which can lose its content."""

    def __init__(self) -> None:
        self.broken = False
        site = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                return

            def do_GET(self) -> None:
                links = "".join(f'<p><a href="/sida-{n}/">Sida {n}</a></p>' for n in (1, 2, 3))
                status, body = 200, _GOOD.format(title=f"Sida {self.path}", links=links)
                if self.path == "/sida-2/" and site.broken:
                    body = _BROKEN
                elif self.path != "/" and not self.path.startswith("/sida-"):
                    status, body = 404, "saknas"
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body.encode())))
                self.end_headers()
                self.wfile.write(body.encode())

        super().__init__(Handler)


def test_page_that_no_longer_reads_keeps_its_last_good_rows(tmp_path: Path) -> None:
    site = Site()
    profile = tmp_path / "bed.toml"
    profile.write_text(
        f'[[site]]\nname = "bed"\nbase = {json.dumps(site.base)}\nallow_private = true\ndelay = 0\n'
    )
    runs = Runs(profile, tmp_path / "output")
    with site:
        runs.run()
        before = runs.content()
        site.broken = True
        runs.run("--full")
    forced = runs.do("release", "--force")
    assert forced.returncode == 0, forced.stderr
    page = next(row for row in runs.rows("pages") if row["url"] == f"{site.base}sida-2/")
    assert page["text"] and page["state"] == "live"
    assert runs.content() == before
    assert ("no_content_node", f"{site.base}sida-2/") in {
        (row["code"], row["url"]) for row in runs.rows("problems")
    }
