"""The warcinfo record that stands first in every file: which run wrote it, and with what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from harvester._version import __version__
from harvester.archive.record import WarcRecord, new_record_id, serialised, warc_date

_RUN = "harvester-run"
_REPLACES = "harvester-replaces"


@dataclass(frozen=True, slots=True)
class FileInfo:
    """What a file says of itself."""

    run: str
    replaces: str | None  # the file it was rewritten from


def info_member(
    name: str, moment: datetime, run: str, *, level: int, replaces: str | None = None
) -> tuple[bytes, str]:
    """The first member of a file, and its record id."""
    fields = [
        ("software", f"harvester/{__version__}"),
        ("format", "WARC File Format 1.1"),
        (
            "conformsTo",
            "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        ),
        (_RUN, run),
    ]
    if replaces is not None:
        fields.append((_REPLACES, replaces))
    block = "".join(f"{key}: {' '.join(value.split())}\r\n" for key, value in fields).encode()
    record_id = new_record_id()
    headers = (
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", record_id),
        ("WARC-Filename", name),
        ("WARC-Date", warc_date(moment)),
    )
    member = serialised(headers, block, content_type="application/warc-fields", level=level)
    return member, record_id


def file_info(record: WarcRecord) -> FileInfo:
    """What a warcinfo record states; empty where it states nothing of ours."""
    fields: dict[str, str] = {}
    for line in record.block.decode("utf-8", "replace").splitlines():
        key, _, value = line.partition(":")
        fields[key.strip().lower()] = value.strip()
    return FileInfo(fields.get(_RUN, ""), fields.get(_REPLACES))
