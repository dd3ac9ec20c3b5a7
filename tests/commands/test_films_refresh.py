"""Film states from a stand-in on loopback that answers as providers do; nobody is asked without the verb."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import pyarrow.parquet as pq
import pytest

from harvester.archive.capture import make_capture
from harvester.extraction.providers import Providers, film_state
from harvester.records import FilmStateCode
from harvester.sites import load_profile
from tests.conftest import ROOT
from tests.loopback import LoopbackSite


@pytest.mark.parametrize(
    ("status", "body", "state"),
    [
        pytest.param(200, b'{"type": "video", "title": "Ett samtal"}', "ok", id="described"),
        pytest.param(
            200, b"<html>Before you continue</html>", "unknown", id="a-consent-page-is-no-answer"
        ),
        pytest.param(200, b'{"error": "x"}', "unknown", id="json-of-another-kind"),
        pytest.param(401, b"Unauthorized", "not_embeddable", id="embedding-refused"),
        pytest.param(403, b"Forbidden", "private", id="private"),
        pytest.param(404, b"Not Found", "gone", id="gone"),
        pytest.param(429, b"", "unknown", id="throttled-is-not-dead"),
        pytest.param(503, b"", "unknown", id="failing-is-not-dead"),
        pytest.param(400, b"Bad Request", "unknown", id="a-question-not-understood"),
    ],
)
def test_state_of_an_answer(status: int, body: bytes, state: str) -> None:
    from datetime import UTC, datetime

    capture = make_capture(
        "https://www.youtube.com/oembed?url=x", datetime(2026, 1, 1, tzinfo=UTC), status, (), body
    )
    assert film_state(capture) is FilmStateCode(state)


def test_question_and_film_are_each_others_inverse() -> None:
    providers = Providers.of(load_profile("live"))
    asked = providers.question("youtube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    assert asked is not None and asked.startswith("https://www.youtube.com/oembed?")
    film = providers.film(asked)
    assert film is not None and film.id == "dQw4w9WgXcQ"
    assert providers.question("screen9", "https://example.org/x") is None
    assert providers.film("https://www.youtube.com/watch?v=dQw4w9WgXcQ") is None


class _Provider(BaseHTTPRequestHandler):
    """Describes every film but three: one is gone, one is private, one may not be embedded."""

    asked: ClassVar[list[str]] = []
    refusals: ClassVar[dict[str, int]] = {
        "d1sA19f0geL": 404,
        "Yl5va_19exA": 403,
        "n4dJa19kKoL": 401,
    }

    def do_GET(self) -> None:
        film = parse_qs(urlsplit(self.path).query)["url"][0]
        self.asked.append(film)
        status = next((s for key, s in self.refusals.items() if key in film), 200)
        body = (
            json.dumps({"type": "video", "title": f"Film {film[-4:]}"}).encode()
            if status == 200
            else b"no"
        )
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def provider() -> Iterator[str]:
    with LoopbackSite(_Provider) as site:
        yield f"{site.origin}/oembed?url={{url}}"


def harvester(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "harvester", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False
    )


def test_refresh_keeps_the_history_of_answers(sample_output: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    shutil.copytree(sample_output, output, symlinks=True)
    with provider() as endpoint:
        text = (ROOT / "harvester" / "sample" / "profile.toml").read_text(encoding="utf-8")
        profile = tmp_path / "sample.toml"
        profile.write_text(
            text + f'\n[oembed]\nyoutube = "{endpoint}"\nvimeo = "{endpoint}"\n', encoding="utf-8"
        )
        scope = ("--site", str(profile), "--output", str(output))
        _Provider.asked.clear()
        assert harvester("release", *scope).returncode == 0
        assert _Provider.asked == []  # never without the verb
        first = harvester("films", "refresh", "--limit", "3", *scope)
        assert first.returncode == 0, first.stderr
        assert len(_Provider.asked) == 3
        assert harvester("films", "refresh", *scope).returncode == 0
        done = harvester("release", "--force", *scope)
        assert done.returncode == 0, done.stderr
    states = pq.read_table(output / "latest" / "parquet" / "film_states.parquet").to_pylist()
    by_film = {row["film_id"]: row["state"] for row in states}
    assert by_film["youtube:d1sA19f0geL"] == "gone"
    assert by_film["youtube:Yl5va_19exA"] == "private"
    assert by_film["youtube:n4dJa19kKoL"] == "not_embeddable"
    assert set(by_film.values()) == {"ok", "gone", "private", "not_embeddable"}
    films = pq.read_table(output / "latest" / "parquet" / "films.parquet").to_pylist()
    untitled = next(f for f in films if f["film_id"] == "youtube:aVg21alMst-")
    assert untitled["title"] == "Film Mst-"  # a link has no title of its own; the provider has


def test_real_providers_are_not_asked_about_a_test_sites_films(sample_output: Path) -> None:
    done = harvester("films", "refresh", "--site", "sample", "--output", str(sample_output))
    assert done.returncode == 2
    assert "real providers are not asked" in done.stderr


def test_nobody_answers(sample_output: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    shutil.copytree(sample_output, output, symlinks=True)
    text = (ROOT / "harvester" / "sample" / "profile.toml").read_text(encoding="utf-8")
    profile = tmp_path / "sample.toml"
    profile.write_text(
        text + '\n[oembed]\nyoutube = "http://127.0.0.1:9/oembed?url={url}"\n', encoding="utf-8"
    )
    done = harvester("films", "refresh", "--site", str(profile), "--output", str(output))
    assert done.returncode == 3
    assert "no provider answered" in done.stderr and "\n" not in done.stderr.strip()
