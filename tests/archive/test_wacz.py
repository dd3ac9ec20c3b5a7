from __future__ import annotations

import gzip
import hashlib
import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest

from harvester.archive.imports import import_file
from harvester.archive.reader import Archive
from harvester.archive.wacz import export_wacz, url_key
from harvester.archive.writer import ArchiveWriter
from harvester.errors import ArchiveError, UnwritableError
from tests.archive.conftest import HTML, SITE, at, page

#: Addresses and the keys that the tools of the web-archive world give them.
KEYS = [
    pytest.param("https://www.Exempel.se/", "se,exempel)/", id="www-and-capitals"),
    pytest.param("http://example.se", "se,example)/", id="no-path"),
    pytest.param("http://127.0.0.1:8731/a/b/?b=2&A=1", "1,0,0,127:8731)/a/b?a=1&b=2", id="port"),
    pytest.param("https://example.se:443/x//y/../z/?", "se,example)/x/z", id="dots-and-slashes"),
    pytest.param("https://example.se/?p=12#frag", "se,example)/?p=12", id="fragment"),
    pytest.param("https://example.se/Åäö/", "se,example)/%c3%85%c3%a4%c3%b6", id="swedish-path"),
    pytest.param("https://åäö.se/a%2Fb+c", "se,xn--4cab6c)/a/b+c", id="swedish-host"),
    pytest.param("https://example.se/a?x&y=&&z", "se,example)/a?&x&y=&z", id="empty-arguments"),
    pytest.param("https://example.se/a%2520b", "se,example)/a%20b", id="escaped-twice"),
    pytest.param("urn:pageinfo:x", "urn:pageinfo:x", id="no-web-address"),
    pytest.param("https://example.se:port/", "https://example.se:port/", id="no-port-number"),
]


@pytest.mark.parametrize(("url", "key"), KEYS)
def test_url_key(url: str, key: str) -> None:
    assert url_key(url) == key


def filled(folder: Path) -> None:
    gzipped = (*HTML, ("Content-Encoding", "gzip"))
    with ArchiveWriter(folder, run="r", max_file=10_000) as writer:
        for number in range(30):
            writer.store(f"{SITE}/{number}/", at(number), 200, HTML, page(f"Sida {number}", 9_000))
        writer.store(f"{SITE}/gzip/", at(40), 200, gzipped, gzip.compress(page("Packad"), mtime=0))
        writer.store(f"{SITE}/0/", at(41), 200, HTML, page("Sida 0", 9_000))
        writer.store(f"{SITE}/1/", at(42), 304, (), b"")
        writer.store(
            f"{SITE}/bild.jpg", at(43), 200, (("Content-Type", "image/jpeg"),), b"\xff\xd8"
        )
        writer.store(f"{SITE}/borta/", at(44), 404, HTML, page("Borta"))
        writer.store_failure(f"{SITE}/nere/", at(45), "timeout", "inget svar")


def test_package_lists_its_files_with_their_digests(folder: Path, tmp_path: Path) -> None:
    filled(folder)
    exported = export_wacz(folder, tmp_path / "a.wacz", title="Exempel")
    with zipfile.ZipFile(tmp_path / "a.wacz") as wacz:
        assert {info.compress_type for info in wacz.infolist()} == {zipfile.ZIP_STORED}
        package = json.loads(wacz.read("datapackage.json"))
        paths = {"datapackage.json", "datapackage-digest.json"}
        for entry in package["resources"]:
            content = wacz.read(entry["path"])
            assert entry["bytes"] == len(content)
            assert entry["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            paths.add(entry["path"])
        assert paths == set(wacz.namelist())
        digest = json.loads(wacz.read("datapackage-digest.json"))
        content = wacz.read("datapackage.json")
        assert digest["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        lines = gzip.decompress(wacz.read("indexes/index.cdx.gz")).decode().splitlines()
        pages = wacz.read("pages/pages.jsonl").decode().splitlines()
    assert (package["wacz_version"], package["title"]) == ("1.1.1", "Exempel")
    assert package["created"] == "2026-03-03T08:00:00Z"
    assert lines == sorted(lines)
    assert (exported.records, len(lines), exported.pages, len(pages)) == (35, 35, 31, 32)
    assert exported.files > 2


def test_index_finds_its_records(folder: Path, tmp_path: Path) -> None:
    filled(folder)
    export_wacz(folder, tmp_path / "a.wacz")
    with zipfile.ZipFile(tmp_path / "a.wacz") as wacz:
        table = wacz.read("indexes/index.idx").decode().splitlines()
        blocks = wacz.read("indexes/index.cdx.gz")
        place = json.loads(table[1].partition("{")[1] + table[1].partition("{")[2])
        block = blocks[place["offset"] : place["offset"] + place["length"]]
        for line in gzip.decompress(block).decode().splitlines():
            key, stamp, fields = line.split(" ", 2)
            found = json.loads(fields)
            data = wacz.read(f"archive/{found['filename']}")
            start = int(found["offset"])
            record = gzip.decompress(data[start : start + int(found["length"])]).decode("latin-1")
            assert f"WARC-Target-URI: {found['url']}\r\n" in record
            assert f"WARC-Payload-Digest: {found['digest']}\r\n" in record
            assert key == url_key(found["url"])
            assert len(stamp) == 14


def test_same_archive_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    filled(folder)
    for name in ("a.wacz", "b.wacz"):
        export_wacz(folder, tmp_path / name)
    (folder / "index.sqlite").unlink()
    export_wacz(folder, tmp_path / "c.wacz")
    contents = {(tmp_path / name).read_bytes() for name in ("a.wacz", "b.wacz", "c.wacz")}
    assert len(contents) == 1


def test_exported_archive_can_be_imported(folder: Path, tmp_path: Path) -> None:
    filled(folder)
    export_wacz(folder, tmp_path / "a.wacz")
    report = import_file(tmp_path / "other", tmp_path / "a.wacz", hosts={"exempel.se"}, run="i")
    assert (report.added, report.findings) == (35, ())
    with Archive(folder) as ours, Archive(tmp_path / "other") as theirs:
        assert [c.digest for c in ours.captures()] == [c.digest for c in theirs.captures()]


def test_empty_archive_is_not_exported(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="nothing is archived"):
        export_wacz(folder, tmp_path / "a.wacz")


def test_unwritable_target_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    filled(folder)
    with pytest.raises(UnwritableError, match="cannot write"):
        export_wacz(folder, tmp_path / "no" / "folder.wacz")
    assert not (tmp_path / "no").exists()


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of wacz and pywb, in an environment of their own: pywb pins an old redis."""
    folder = tmp_path_factory.mktemp("tools")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    command = [str(folder / "bin" / "pip"), "install", "--quiet", "wacz", "pywb", "setuptools<81"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"pip cannot install wacz and pywb here: {done.stderr.strip()[-200:]}")
    return folder / "bin"


@pytest.mark.long
@pytest.mark.timeout(600)
def test_wacz_accepts_and_keys_agree(folder: Path, tmp_path: Path, tools: Path) -> None:
    filled(folder)
    target = tmp_path / "a.wacz"
    export_wacz(folder, target)
    done = subprocess.run(
        [str(tools / "wacz"), "validate", "-f", str(target)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the passed WACZ is valid" in done.stdout
    urls = [str(case.values[0]) for case in KEYS if "port-number" not in str(case.id)]
    code = "import surt, sys; [print(surt.surt(url)) for url in sys.argv[1:]]"
    theirs = subprocess.run(
        [str(tools / "python"), "-c", code, *urls], capture_output=True, text=True, check=True
    )
    assert [url_key(url) for url in urls] == theirs.stdout.split("\n")[:-1]


@pytest.mark.long
@pytest.mark.timeout(600)
def test_index_equals_the_one_of_cdxj_indexer(folder: Path, tmp_path: Path, tools: Path) -> None:
    filled(folder)
    export_wacz(folder, tmp_path / "a.wacz")
    with zipfile.ZipFile(tmp_path / "a.wacz") as wacz:
        ours = gzip.decompress(wacz.read("indexes/index.cdx.gz")).decode().splitlines()
    files = sorted(str(path) for path in (folder / "warc").glob("*"))
    done = subprocess.run(
        [str(tools / "cdxj-indexer"), "--sort", *files], capture_output=True, text=True, check=True
    )
    theirs = [line for line in done.stdout.splitlines() if "/nere" not in line]
    assert [facts(line) for line in ours] == [facts(line) for line in theirs]


def facts(line: str) -> tuple[str, ...]:
    key, stamp, fields = line.split(" ", 2)
    found = json.loads(fields)
    names = ("url", "mime", "status", "digest", "length", "offset", "filename")
    return key, stamp, *(str(found.get(name)) for name in names)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_pywb_replays_byte_for_byte(folder: Path, tmp_path: Path, tools: Path) -> None:
    filled(folder)
    target = tmp_path / "a.wacz"
    export_wacz(folder, target)
    room = tmp_path / "pywb"
    room.mkdir()
    manager = [str(tools / "wb-manager")]
    for command in (["init", "sidor"], ["add", "--unpack-wacz", "sidor", str(target)]):
        subprocess.run([*manager, *command], cwd=room, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [str(tools / "wayback"), "-b", "127.0.0.1", "-p", str(port)],
        cwd=room,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with Archive(folder) as archive:
            for ref in archive.refs():
                stamp = ref.fetched_at.strftime("%Y%m%d%H%M%S")
                address = f"http://127.0.0.1:{port}/sidor/{stamp}id_/{ref.url}"
                stored = (ref.status, archive.read(ref.position).body)
                # Whether a page had changed is what was asked then: the answer is replayed as such.
                assert replayed(address) == (
                    (304, b"") if ref.url == f"{SITE}/1/" and ref.revisit else stored
                )
    finally:
        server.terminate()
        server.wait(30)


def replayed(address: str) -> tuple[int, bytes]:
    """Status and decoded body of a replayed record; waits while the server starts."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(100):
        try:
            with opener.open(address, timeout=30) as answer:
                body, headers, status = answer.read(), answer.headers, answer.status
        except urllib.error.HTTPError as error:
            with error:
                body, headers, status = error.read(), error.headers, error.code
        except urllib.error.URLError:
            time.sleep(0.3)
            continue
        return status, gzip.decompress(body) if headers["Content-Encoding"] == "gzip" else body
    raise TimeoutError("pywb does not answer")
