"""Errors that are decisions: each says who must act and what happens next.

`HarvesterError` and everything below it reach a person as one line; `exit_code` is the process'
answer to a scheduler. What is no error of ours to explain is left to rise.
"""

from __future__ import annotations

import traceback
from pathlib import Path


class ExitCode:
    """Exit codes of the command line, as documented in README."""

    OK = 0
    CHECK_FAILED = 1
    USAGE = 2
    UNREACHABLE = 3
    LOCKED = 4
    UNWRITABLE = 5
    PARTIAL = 6
    INTERRUPTED = 130
    TERMINATED = 143


class HarvesterError(Exception):
    """Something a person must decide; its text is one line: what, where, what to do."""

    exit_code = ExitCode.USAGE


class ProfileError(HarvesterError):
    """The profile or the command is wrong: the operator mends it; nothing was touched."""


class MissingExtraError(ProfileError):
    """A command needs packages that are installed with an extra: the operator installs it."""


class OutputMismatchError(ProfileError):
    """The output folder belongs to another profile: the operator names another folder."""


class CheckFailedError(HarvesterError):
    """A check stopped the release: the last one stays, the report says why."""

    exit_code = ExitCode.CHECK_FAILED


class UnreachableError(HarvesterError):
    """No site of the profile answered: run again later, nothing was lost."""

    exit_code = ExitCode.UNREACHABLE


class LockedError(HarvesterError):
    """Another run holds the lock: wait for it or stop it."""

    exit_code = ExitCode.LOCKED


class UnwritableError(HarvesterError):
    """The output cannot be written: permission or space; the last release stays."""

    exit_code = ExitCode.UNWRITABLE


class PageError(Exception):
    """A page cannot be harvested: it is quarantined by `code`, the run goes on.

    The maintainer acts: a theme, a layout or a fixture is missing, or the source is broken.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class NoContentNodeError(PageError):
    """No theme, REST body or generic node says where the content stands."""

    def __init__(self, message: str) -> None:
        super().__init__("no_content_node", message)


class AmbiguousLayoutError(PageError):
    """Two layouts of one tier claim the page."""

    def __init__(self, message: str) -> None:
        super().__init__("ambiguous_layout", message)


class ProgramDefectError(PageError):
    """The program itself failed on a page: the page is quarantined, the maintainer mends the program.

    The error's own words are left out: they may hold words of the page.
    """

    def __init__(self, error: Exception) -> None:
        place = traceback.extract_tb(error.__traceback__)[-1]
        module = "/".join(Path(place.filename).parts[-2:])
        super().__init__(
            "program_defect",
            f"{type(error).__name__} in {module}, line {place.lineno}; mend the program there",
        )


class ArchiveError(HarvesterError):
    """The archive is damaged in a way that repair cannot mend: the operator restores a file."""

    exit_code = ExitCode.UNWRITABLE


class ForeignFileError(ArchiveError):
    """A file to take in is none that can be read: the operator names another; nothing was touched."""

    exit_code = ExitCode.USAGE
