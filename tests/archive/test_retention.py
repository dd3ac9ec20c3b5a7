from __future__ import annotations

import gzip
import os
from datetime import datetime
from pathlib import Path

import pytest

from harvester.archive.capture import Capture, body_digest
from harvester.archive.folder import Folder
from harvester.archive.reader import Archive
from harvester.archive.repair import rebuild_index
from harvester.archive.retention import prune, purge
from harvester.archive.rewriting import Rewritten
from harvester.archive.verify import verify
from harvester.archive.writer import ArchiveWriter
from harvester.errors import ArchiveError, LockedError
from tests.archive.conftest import HTML, SITE, at, page

#: The bodies of one address over six nights; a 304 is None.
NIGHTS = ["Ett", "Två", None, "Tre", "Två", "Fyra"]


def filled(folder: Path) -> None:
    for night, text in enumerate(NIGHTS):
        with ArchiveWriter(folder, run=f"natt-{night}") as writer:
            if text is None:
                writer.store(f"{SITE}/a/", at(24 * night), 304, (), b"")
            else:
                writer.store(f"{SITE}/a/", at(24 * night), 200, HTML, page(text, 3_000))
            writer.store(f"{SITE}/b/", at(24 * night), 200, HTML, page("Oförändrad"))
            writer.store_failure(f"{SITE}/c/", at(24 * night), "dns", "namnet finns inte")


def bodies(folder: Path, path: str = "/a/") -> list[str]:
    with Archive(folder) as archive:
        found = [capture.body.decode() for capture in archive.captures(f"{SITE}{path}")]
    return [body.partition("<h1>")[2].partition("</h1>")[0] for body in found]


@pytest.mark.parametrize(
    ("keep", "kept", "before", "left"),
    [
        pytest.param(9, (), None, ["Ett", "Två", "Två", "Tre", "Två", "Fyra"], id="all"),
        pytest.param(3, (), None, ["Två", "Två", "Tre", "Två", "Fyra"], id="three-bodies"),
        pytest.param(2, (), None, ["Två", "Två", "Två", "Fyra"], id="two-bodies"),
        pytest.param(1, (), None, ["Fyra"], id="newest-alone"),
        pytest.param(1, ("Ett",), None, ["Ett", "Fyra"], id="release-rests-on-it"),
        pytest.param(1, (), at(70), ["Tre", "Två", "Fyra"], id="young-ones-are-spared"),
        pytest.param(1, (), at(-1), ["Ett", "Två", "Två", "Tre", "Två", "Fyra"], id="all-young"),
    ],
)
def test_prune_keeps_what_is_needed(
    folder: Path, keep: int, kept: tuple[str, ...], before: datetime | None, left: list[str]
) -> None:
    filled(folder)
    digests = [body_digest(page(text, 3_000)) for text in kept]
    prune(folder, keep=keep, kept_digests=digests, before=before)
    if before == at(70):
        # The spared revisit needs the older answer whose body it repeats.
        left = ["Två", *left]
    assert bodies(folder) == left
    assert bodies(folder, "/b/") == ["Oförändrad"] * 6


def test_pruned_archive_rebuilds_to_itself(folder: Path) -> None:
    filled(folder)
    done = prune(folder, keep=1, kept_digests=(), before=at(60))
    assert done.files > 0 and done.dropped > 0
    with Archive(folder) as archive:
        refs, failures = list(archive.refs()), list(archive.failures())
        assert archive.repairs == ()
    assert [failure.failed_at for failure in failures] == [at(72), at(96), at(120)]
    rebuild_index(Folder(folder))
    with Archive(folder) as archive:
        assert [r.fetched_at for r in archive.refs()] == [r.fetched_at for r in refs]
    assert prune(folder, keep=1, kept_digests=(), before=at(60)) == Rewritten()


def test_pruning_keeps_positions_and_frees_bytes(folder: Path) -> None:
    filled(folder)
    with Archive(folder) as archive:
        before, size = {r.position: r.fetched_at for r in archive.refs()}, archive.size()
    done = prune(folder, keep=1, kept_digests=())
    with Archive(folder) as archive:
        after = {r.position: r.fetched_at for r in archive.refs()}
        assert archive.size() == size - done.bytes_freed
    assert after.items() < before.items()


def test_nothing_is_rewritten_beneath_a_writer(folder: Path) -> None:
    filled(folder)
    with ArchiveWriter(folder, run="r"), pytest.raises(LockedError):
        prune(folder, keep=1, kept_digests=())


def test_damaged_file_stops_pruning(damaged: Path) -> None:
    filled(damaged)
    path = max((damaged / "warc").glob("*"))
    data = bytearray(path.read_bytes())
    data[600] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match="is damaged at byte"):
        prune(damaged, keep=1, kept_digests=(), before=None)


def test_keeping_nothing_is_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match="at least one"):
        prune(folder, keep=0, kept_digests=())


@pytest.mark.parametrize("left", ["both", "old"], ids=["before-the-index", "after-the-index"])
def test_swap_cut_short_is_finished(
    folder: Path, monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    filled(folder)
    expected = bodies(folder)[-1:]
    with monkeypatch.context() as patch:
        if left == "both":
            patch.setattr("harvester.archive.rewriting._swap_in_index", _killed)
        else:
            patch.setattr(Path, "unlink", _killed)
        with pytest.raises(KeyboardInterrupt):
            prune(folder, keep=1, kept_digests=())
    with Archive(folder) as archive:
        assert [finding.code for finding in archive.repairs] == ["swap_finished"]
    prune(folder, keep=1, kept_digests=())
    assert bodies(folder) == expected


def _killed(*arguments: object, **named: object) -> None:
    raise KeyboardInterrupt


def without_name(capture: Capture) -> bytes | None:
    if b"Sekretess" in capture.body:
        return None
    return capture.body.replace(b"Malva Ekstubbe", b"xxxxx xxxxxxxx")


def test_purged_words_are_nowhere(folder: Path) -> None:
    with ArchiveWriter(folder, run="r") as writer:
        for hours in (0, 24):
            writer.store(f"{SITE}/a/", at(hours), 200, HTML, page("Malva Ekstubbe talar"))
            writer.store(f"{SITE}/b/", at(hours), 200, HTML, page("Sekretess"))
            writer.store(f"{SITE}/malva-ekstubbe/", at(hours), 200, HTML, page("Profil"))
            writer.store(f"{SITE}/d/", at(hours), 200, HTML, page("Annat"))
        writer.store_failure(f"{SITE}/malva-ekstubbe/2", at(1), "dns", "namnet finns inte")
    done = purge(folder, without_name, address=lambda url: None if "ekstubbe" in url else url)
    assert (done.dropped, done.changed) == (4 + 4 + 1, 2)
    assert bodies(folder) == ["xxxxx xxxxxxxx talar"] * 2
    assert bodies(folder, "/d/") == ["Annat"] * 2
    with Archive(folder) as archive:
        assert list(archive.urls()) == [f"{SITE}/a/", f"{SITE}/d/"]
        digests = {ref.digest for ref in archive.refs(f"{SITE}/a/")}
        assert digests == {body_digest(page("xxxxx xxxxxxxx talar"))}
    everything = b"".join(
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    )
    assert b"ekstubbe" not in everything.lower()
    assert purge(folder, without_name) == Rewritten()


def test_purge_keeps_an_answer_under_another_address(folder: Path) -> None:
    """In the record, its request and header lines, and in what refers to it."""
    old, new = f"{SITE}/malva-ekstubbe/?a=1", f"{SITE}/x/"
    headers = (*HTML, ("Link", f"<{old}>; rel=shortlink"))
    with ArchiveWriter(folder, run="r") as writer:
        for hours in (0, 24):
            writer.store(old, at(hours), 200, headers, page("Profil"))
        writer.store_failure(old, at(25), "dns", f"{old} svarar inte")
    purge(folder, lambda capture: capture.body, address=lambda url: new if url == old else url)
    with Archive(folder) as archive:
        assert list(archive.urls()) == [new]
        captures = list(archive.captures(new))
        assert [c.header("Link") for c in captures] == [f"<{new}>; rel=shortlink"] * 2
        assert {c.body for c in captures} == {page("Profil")}
        assert [f.message for f in archive.failures()] == [f"{new} svarar inte"]
    assert list(verify(folder)) == []
    everything = b"".join(
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    )
    assert b"ekstubbe" not in everything.lower()


def test_purge_reads_encoded_bodies(folder: Path) -> None:
    headers = (*HTML, ("Content-Encoding", "gzip"))
    with ArchiveWriter(folder, run="r") as writer:
        writer.store(f"{SITE}/a/", at(0), 200, headers, gzip.compress(page("Malva Ekstubbe")))
    assert purge(folder, without_name).changed == 1
    assert bodies(folder) == ["xxxxx xxxxxxxx"]


def test_leftover_of_a_rewriting_is_removed(folder: Path) -> None:
    filled(folder)
    leftover = folder / "warc" / "harvest-x.warc.gz.tmp"
    leftover.write_bytes(os.urandom(99))
    with Archive(folder):
        assert not leftover.exists()


def test_purge_goes_over_headers_and_notes(folder: Path) -> None:
    headers = (*HTML, ("Link", f"<{SITE}/siv-ekdal/>; rel=shortlink"))
    with ArchiveWriter(folder, run="natt-1") as writer:
        writer.store(f"{SITE}/a/", at(0), 200, headers, page("Ett"))
        writer.store_failure(f"{SITE}/b/", at(0), "dns", "från siv-ekdal")
    done = purge(
        folder,
        lambda capture: capture.body,
        redact_header=lambda text: text.replace("siv-ekdal", "xxx-xxxxx"),
    )
    assert done.changed == 2
    with Archive(folder) as archive:
        (capture,) = archive.captures(f"{SITE}/a/")
        (failure,) = archive.failures()
    assert capture.body == page("Ett")
    assert capture.header("Link") == f"<{SITE}/xxx-xxxxx/>; rel=shortlink"
    assert failure.message == "från xxx-xxxxx"
