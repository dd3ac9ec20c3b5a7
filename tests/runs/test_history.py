"""The history in the archive: what other tools captured comes back, what is pruned was not needed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.runs.running import sample_runs

VANISHED = "http://exempeldagarna.example/valkommen-till-havsnas-2016/"
_PAGE = (
    '<!doctype html><html lang="sv"><head><title>Välkommen till Havsnäs 2016</title></head><body class="page"><main>'
    "<article><h1>Välkommen till Havsnäs 2016</h1><p>Exempeldagarna 2016 hålls i Havsnäs den 5–7 oktober 2016.</p>"
    "</article></main></body></html>"
)


def foreign_warc(path: Path) -> Path:
    """A WARC file as warcio writes it, of a page that the site no longer has and one of another host."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url in (VANISHED, "http://annan.example/"):
            head = StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
            )
            # A length is given, or warcio leaves a temporary file open.
            record = writer.create_warc_record(
                url, "response", payload=BytesIO(_PAGE.encode()), length=len(_PAGE.encode()), http_headers=head,
                warc_headers_dict={"WARC-Date": "2016-09-01T08:00:00Z"},
            )  # fmt: skip
            writer.write_record(record)
    return path


@pytest.mark.long
def test_imported_page_comes_back_and_is_gone_on_the_word_of_a_full_run(tmp_path: Path) -> None:
    with sample_runs(tmp_path) as (_, runs):
        runs.run()
        done = runs.do("archive", "import", str(foreign_warc(tmp_path / "old.warc.gz")))
        assert done.returncode == 0, done.stderr
        assert runs.do("release").returncode == 0
        page = next(row for row in runs.rows("pages") if row["url"] == VANISHED)
        assert page["edition"] == 2016 and "Havsnäs" in page["text"]
        assert 2016 in {row["edition"] for row in runs.rows("editions")}
        runs.run("--full")
        page = next(row for row in runs.rows("pages") if row["url"] == VANISHED)
        assert page["state"] == "gone" and "Havsnäs" in page["text"]
        assert not [row for row in runs.rows("pages") if "annan.example" in row["url"]]


@pytest.mark.long
def test_pruning_leaves_every_release_its_ground(tmp_path: Path) -> None:
    with sample_runs(tmp_path) as (server, runs):
        runs.run()
        server.stage = 2
        runs.run("--full")
        before = runs.content()
        done = runs.do("archive", "prune", "--keep", "1")
        assert done.returncode == 0, done.stderr
        assert runs.do("archive", "verify").returncode == 0
        (runs.output / "extracts.sqlite").unlink()
        assert runs.do("release", "--force").returncode == 0
        assert runs.content() == before
        assert len(runs.versions) == 3
