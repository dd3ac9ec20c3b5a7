"""Damage in the archive: told in a line a file, then worked around; what was lost is fetched again."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from harvester.archive.folder import Folder
from harvester.archive.holder import refuse_other_machine
from harvester.archive.reader import Archive
from harvester.archive.repair import ALTERED, Finding, recheck
from harvester.errors import ArchiveError
from harvester.workspace import Workspace

T = TypeVar("T")

#: Told each line of damage.
Tell = Callable[[str], None]

_AGAIN = "its pages are fetched again, by the next full look at the latest; their rows stay"
_SAID = {
    ALTERED: "{count} altered records; " + _AGAIN,
    "missing_file": "the file is gone; " + _AGAIN,
    "truncated_record": "cut short in its last record; " + _AGAIN,
}


def tell_on_stderr(line: str) -> None:
    """A line of damage for a person or a scheduler's mail."""
    print(f"harvester: {line}", file=sys.stderr)


def with_damage_told(workspace: Workspace, work: Callable[[], T], tell: Tell = tell_on_stderr) -> T:
    """What ``work`` makes of the archive, after what is damaged in it is told and set aside.

    Damage that shows only on reading (bytes that changed under an old time) has every file read
    through, and the work is done again, once. Raises ArchiveError where that finds nothing to set aside,
    LockedError where another machine is crawling into the folder.
    """
    refuse_other_machine(workspace.output / "locks")  # opening repairs what seems left behind
    if (workspace.archive / "warc").is_dir():
        with Archive(workspace.archive) as archive:
            _tell_all(archive.repairs, tell)
    try:
        return work()
    except ArchiveError:
        found = recheck(Folder(workspace.archive))
        if not _tell_all(found, tell):
            raise
        return work()


def damage_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """The damage among what was mended, a line for each file."""
    counts = Counter((f.file, f.code) for f in findings if f.code in _SAID)
    for (file, code), count in sorted(counts.items()):
        yield f"archive: {file}: {_SAID[code].format(count=count)}"


def _tell_all(findings: Iterable[Finding], tell: Tell) -> int:
    lines = list(damage_lines(findings))
    for line in lines:
        tell(line)
    return len(lines)
