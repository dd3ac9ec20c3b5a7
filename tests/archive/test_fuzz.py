"""Hostile bytes wherever the archive reads: the promised errors or findings, never another one."""

from __future__ import annotations

import contextlib
import gzip
import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harvester.archive.encoding import EncodingError, dechunked, decoded_body
from harvester.archive.entries import row_of
from harvester.archive.faults import record_faults
from harvester.archive.foreign import foreign_records
from harvester.archive.imports import import_file
from harvester.archive.members import members, record_at
from harvester.archive.reader import Archive
from harvester.archive.record import RecordError, parse_answer, parse_record
from harvester.archive.verify import verify
from harvester.archive.wacz import url_key
from harvester.archive.writer import ArchiveWriter
from harvester.compression import gzip_member
from harvester.errors import ArchiveError
from tests.archive.conftest import HTML, SITE, at, check_with_warcio, page
from tests.archive.test_imports import ARC, BODY, ONE, answer, record


def sound_file() -> bytes:
    """A small WARC file of ours."""
    with tempfile.TemporaryDirectory() as folder:
        with ArchiveWriter(Path(folder), run="r") as writer:
            writer.store(f"{SITE}/a/", at(0), 200, HTML, page("Sida"))
            writer.store(f"{SITE}/a/", at(1), 304, (), b"")
            writer.store(f"{SITE}/b/", at(2), 200, HTML, page("Sida"))
            writer.store_failure(f"{SITE}/c/", at(3), "dns", "namnet finns inte")
        return next((Path(folder) / "warc").glob("*")).read_bytes()


FILE = sound_file()
RECORDS = gzip.decompress(FILE)
FOREIGN = (
    record("request", f"{SITE}/2009/", b"GET / HTTP/1.1\r\n\r\n", WARC_Concurrent_To="<urn:uuid:1>")
    + ONE
    + record("revisit", f"{SITE}/2009/", answer(b""), WARC_Refers_To_Date="2009-10-05T08:00:00Z")
    + record(
        "response", f"{SITE}/x", answer(b"3\r\nabc\r\n0\r\n\r\n", "Transfer-Encoding: chunked")
    )
    + record("resource", f"{SITE}/y", BODY)
)


@st.composite
def mutated(draw: st.DrawFn, base: bytes) -> bytes:
    """The bytes with a few stretches replaced, dropped or doubled, or cut short."""
    data = bytearray(base)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        kind = draw(st.sampled_from(("replace", "drop", "double", "cut")))
        if kind == "replace":
            data[start:end] = draw(st.binary(max_size=40))
        elif kind == "drop":
            del data[start:end]
        elif kind == "double":
            data[start:start] = data[start : start + draw(st.integers(0, 2_000))]
        else:
            del data[start:]
    return bytes(data)


def anything(base: bytes) -> st.SearchStrategy[bytes]:
    return st.one_of(mutated(base), st.binary(max_size=300), mutated(base))


def check_record(data: bytes) -> None:
    for chance in (data, data.partition(b"\r\n\r\n")[2]):
        with contextlib.suppress(RecordError):
            found = parse_record(chance)
            list(record_faults(found))
            row_of(found, 0, len(chance))
        with contextlib.suppress(RecordError):
            parse_answer(chance)
        with contextlib.suppress(RecordError):
            record_at(gzip_member(chance, 1))
    with contextlib.suppress(RecordError):
        record_at(data)


def check_bodies(data: bytes) -> None:
    for encoding in ("gzip", "deflate", "br", "zstd", "gzip, deflate", "x"):
        with contextlib.suppress(EncodingError):
            assert len(decoded_body(data, encoding, limit=10_000)) <= 10_000
    dechunked(data)
    url_key(data.decode("latin-1"))
    url_key(f"https://{data.decode('utf-8', 'replace')}")


def check_members(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(data)
        end = 0
        for member in members(path):
            assert member.offset == end
            assert (member.record is None) == (member.problem is not None)
            end = member.end
        assert end == len(data)


def check_archive(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "warc").mkdir()
        (folder / "warc" / "a.warc.gz").write_bytes(data)
        list(verify(folder))
        with Archive(folder) as archive:
            for ref in archive.refs():
                with contextlib.suppress(ArchiveError):
                    assert archive.read(ref.position).url == ref.url
            list(archive.failures())
        list(verify(folder))
        with ArchiveWriter(folder, run="r") as writer:
            writer.store(f"{SITE}/efter/", at(9), 200, HTML, page("Efter"))
        with Archive(folder) as archive:
            latest = archive.latest(f"{SITE}/efter/")
        assert latest is not None
        assert latest.body == page("Efter")


def check_foreign(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "file"
        source.write_bytes(data)
        with contextlib.suppress(ArchiveError):
            list(foreign_records(source, max_body=10_000))


def check_import(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        source, folder = Path(name) / "file", Path(name) / "archive"
        source.write_bytes(data)
        with contextlib.suppress(ArchiveError):
            import_file(folder, source, hosts={"exempel.se"}, run="i", max_body=10_000)
        if (folder / "warc").is_dir():
            check_with_warcio(folder)
            assert list(verify(folder)) == []


CASES = [
    pytest.param(anything(RECORDS), check_record, 10, id="record"),
    pytest.param(anything(gzip.compress(BODY)), check_bodies, 10, id="body"),
    pytest.param(anything(FILE), check_members, 5, id="members"),
    pytest.param(anything(FILE), check_archive, 1, id="archive"),
    pytest.param(anything(FOREIGN), check_foreign, 4, id="foreign-plain"),
    pytest.param(anything(gzip.compress(FOREIGN)), check_foreign, 2, id="foreign-gzip"),
    pytest.param(anything(ARC), check_foreign, 2, id="foreign-arc"),
    pytest.param(anything(FOREIGN), check_import, 1, id="import"),
]

Check = Callable[[bytes], None]


def attempt(inputs: st.SearchStrategy[bytes], check: Check, count: int, *, fixed: bool) -> None:
    @settings(
        max_examples=count,
        deadline=None,
        derandomize=fixed,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs)
    def run(data: bytes) -> None:
        with contextlib.redirect_stderr(io.StringIO()):
            check(data)

    run()


@pytest.mark.parametrize(("inputs", "check", "weight"), CASES)
def test_hostile_bytes(inputs: st.SearchStrategy[bytes], check: Check, weight: int) -> None:
    attempt(inputs, check, 25 * weight, fixed=True)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("inputs", "check", "weight"), CASES)
def test_many_hostile_bytes(inputs: st.SearchStrategy[bytes], check: Check, weight: int) -> None:
    attempt(inputs, check, 3_000 * weight, fixed=False)
