"""SHA256SUMS over every file of a release, and the digest of its content."""

from __future__ import annotations

import hashlib
from pathlib import Path

from harvester.datasets.files.datapackage import file_digest
from harvester.datasets.info import CONTENT_TABLES

FILE_NAME = "SHA256SUMS"


def write_checksums(folder: Path) -> None:
    """Writes one line a file, sorted by path, as `sha256sum -c` reads it."""
    paths = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    lines = [f"{file_digest(folder / path)}  {path}\n" for path in paths if path != FILE_NAME]
    (folder / FILE_NAME).write_text("".join(lines), encoding="utf-8", newline="\n")


def broken_files(folder: Path) -> list[str]:
    """The files that are missing or no longer what SHA256SUMS says, each with its fault."""
    faults = []
    listed = folder / FILE_NAME
    if not listed.is_file():
        return [f"{FILE_NAME}: missing"]
    for line in listed.read_text(encoding="utf-8", errors="replace").splitlines():
        digest, _, path = line.partition("  ")
        if not (folder / path).is_file():
            faults.append(f"{path}: missing")
        elif file_digest(folder / path) != digest:
            faults.append(f"{path}: changed")
    return faults


def content_digest(folder: Path, schema_version: str) -> str:
    """The digest of the content tables and their shape: equal for equal content.

    Read from JSON Lines, whose bytes do not depend on the version of a library.
    """
    whole = hashlib.sha256(f"schema {schema_version}\n".encode())
    for table in CONTENT_TABLES:
        digest = file_digest(folder / "jsonl" / f"{table}.jsonl")
        whole.update(f"{table} {digest}\n".encode())
    return f"sha256:{whole.hexdigest()}"
