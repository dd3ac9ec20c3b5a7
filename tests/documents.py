"""What the project's documents show: their code blocks, commands and links."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCUMENTS = (
    *(
        ROOT / name
        for name in (
            "README.md",
            "CONTRIBUTING.md",
            "CHANGELOG.md",
            "output/README.md",
            "harvester/sample/README.md",
        )
    ),
    *sorted((ROOT / "docs").glob("*.md")),
)

# A fenced block: its language, its lines.
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
# Code within a line; a fence is none.
_INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
# `harvester` where a command begins: not in `import harvester`, `harvester.load`, `harvester/cli.py`, `# harvester`.
_COMMAND = re.compile(r"(?:^|[ /])harvester(?= [\w-])")
_LINK = re.compile(r"\]\((?!https?://|mailto:)([^)\s]+)\)")
_SHELL = ("sh", "console", "crontab", "")


@dataclass(frozen=True, slots=True)
class Command:
    """A command as a document shows it."""

    document: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.document}: {shlex.join(self.words)}"


def name_of(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


def blocks(document: Path, *languages: str) -> list[str]:
    """The fenced blocks in one of the languages (an empty one: a block that names none)."""
    text = document.read_text("utf-8")
    return [body for language, body in _FENCE.findall(text) if language in languages]


def inline(document: Path) -> list[str]:
    """The code within lines, outside of fenced blocks."""
    return _INLINE.findall(_FENCE.sub("", document.read_text("utf-8")))


def links(document: Path) -> list[str]:
    """The targets of links that lead to files of the project."""
    return _LINK.findall(_FENCE.sub("", document.read_text("utf-8")))


def shell_lines(document: Path) -> Iterator[str]:
    """The lines of a document's shell blocks, one command each, without comments."""
    for block in blocks(document, *_SHELL):
        for line in block.splitlines():
            yield from re.sub(r"(^|\s)#.*", "", line).split(" && ")


def commands(document: Path) -> list[Command]:
    """Every call of harvester that a document shows, in blocks and within lines."""
    found = dict.fromkeys(
        Command(name_of(document), tuple(shlex.split(line[match.end() :])))
        for line in (*shell_lines(document), *inline(document))
        if (match := _COMMAND.search(line)) and "…" not in line
    )
    return list(found)
