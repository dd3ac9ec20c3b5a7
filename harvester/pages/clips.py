"""Clips: which film belongs to which heading and text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harvester.pages.block_kinds import BlockKind
from harvester.pages.blocks import Block

#: The title's place among the blocks, for clips whose heading is the page's title.
TITLE = -1

_LONGEST_HEADING = 140
# A film that is promised and not there yet.
_ANNOUNCED = re.compile(
    r"\b(klipp\w*|film\w*|intervju\w*|video\w*)\b[^.!?]{0,60}\b(kommer|publiceras|läggs (?:ut|upp)|laddas upp)\b[^.!?]{0,40}"
    r"|\b(kommer|publiceras)\b[^.!?]{0,20}\b(snart|senare|inom kort)\b[^.!?]{0,30}\b(klipp\w*|film\w*)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class ClipPlace:
    """Where a clip stands: its film's block, its heading's, and those of its text.

    ``film`` is None for a clip that is announced; ``headed`` says that the heading is the clip's
    own and not merely the page's title.
    """

    film: int | None
    heading: int | None
    text: tuple[int, ...]
    headed: bool


def is_heading(block: Block) -> bool:
    """True for a heading, and for a short bold or ALL-CAPS paragraph that serves as one."""
    if block.kind is BlockKind.HEADING:
        return True
    if (
        block.kind is not BlockKind.PARAGRAPH
        or not block.text
        or len(block.text) > _LONGEST_HEADING
    ):
        return False
    text = block.text.rstrip()
    if text.endswith((".", "!", "?", ":", "”", '"')) or "\n" in text:
        return False
    words = text.split()
    if block.emphasised:
        return True
    letters = [c for c in text if c.isalpha()]
    return len(words) >= 2 and len(letters) >= 6 and text.upper() == text and "://" not in text


def announces_film(text: str) -> bool:
    """True where a text says that a film will come ("Klippet kommer senare")."""
    return _ANNOUNCED.search(text) is not None


def films(blocks: Sequence[Block]) -> list[int]:
    """The blocks that are films of the content, background decoration left aside."""
    return [n for n, b in enumerate(blocks) if b.film is not None and b.film.purpose == "content"]


def clips_by_heading(blocks: Sequence[Block]) -> list[ClipPlace]:
    """Clips of a page where each film stands below the heading it belongs to.

    A heading without a film is a clip that is announced where its text says so, or where the page
    gives every other heading a film and this one names what the others name (the caller decides
    by `empty_sections`).
    """
    content = set(films(blocks))
    found: list[ClipPlace] = []
    for heading, members in _sections(blocks):
        own = [n for n in members if n in content]
        for film, text in zip(own, _shared_out(members, own, blocks), strict=True):
            found.append(
                ClipPlace(
                    film, heading if heading is not None else TITLE, text, heading is not None
                )
            )
    return found


def _shared_out(
    members: Sequence[int], own: Sequence[int], blocks: Sequence[Block]
) -> Iterator[tuple[int, ...]]:
    """The text of each film of a section: all of it for one film, else what precedes each."""
    start = members[0] if members else 0
    for n, film in enumerate(own):
        stop = film if n + 1 < len(own) else members[-1] + 1
        yield tuple(m for m in members if start <= m < stop and blocks[m].text)
        start = film + 1


def empty_sections(blocks: Sequence[Block]) -> Iterator[ClipPlace]:
    """Headed sections without a film, as clips that may be announced."""
    content = set(films(blocks))
    for heading, members in _sections(blocks):
        if heading is not None and not any(n in content for n in members):
            yield ClipPlace(None, heading, tuple(members), True)


def clips_by_column(blocks: Sequence[Block]) -> list[ClipPlace]:
    """Clips of a page whose films stand in columns: heading and film share one, in either order."""
    content = set(films(blocks))
    columns: dict[str, list[int]] = {}
    for n, block in enumerate(blocks):
        columns.setdefault(block.column, []).append(n)
    found: list[ClipPlace] = []
    for column, members in columns.items():
        own_films = [n for n in members if n in content]
        if not own_films:
            continue
        if not column:
            # Outside every column, on a page that has columns: the heading above in the flow.
            found.extend(clip for clip in clips_by_heading(blocks) if clip.film in own_films)
            continue
        headings = [n for n in members if is_heading(blocks[n])]
        below = bool(headings) and headings[0] > own_films[0]
        found.extend(_paired(members, own_films, headings, blocks, below=below))
    return sorted(found, key=lambda clip: clip.film if clip.film is not None else 0)


def clips_in_text(blocks: Sequence[Block]) -> list[ClipPlace]:
    """Clips of a post or article: each film under the nearest heading above it, else the title."""
    found = []
    heading: int | None = None
    start = 0
    content = set(films(blocks))
    for n, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            heading, start = n, n + 1
        elif n in content:
            text = tuple(i for i in range(start, n) if blocks[i].text)
            found.append(
                ClipPlace(n, TITLE if heading is None else heading, text, heading is not None)
            )
    return found


def _sections(blocks: Sequence[Block]) -> Iterator[tuple[int | None, list[int]]]:
    heading: int | None = None
    members: list[int] = []
    for n, block in enumerate(blocks):
        if is_heading(block):
            if heading is not None or members:
                yield heading, members
            heading, members = n, []
        else:
            members.append(n)
    if heading is not None or members:
        yield heading, members


def _paired(
    members: list[int],
    own_films: list[int],
    headings: list[int],
    blocks: Sequence[Block],
    *,
    below: bool,
) -> Iterator[ClipPlace]:
    for film in own_films:
        if below:
            following = [h for h in headings if h > film]
            bound = next((f for f in own_films if f > film), members[-1] + 1)
            heading = following[0] if following and following[0] < bound else None
            text = tuple(n for n in members if film < n < bound and n != heading and blocks[n].text)
        else:
            before = [h for h in headings if h < film]
            heading = before[-1] if before else None
            start = heading if heading is not None else members[0] - 1
            stop = next((h for h in headings if h > film), members[-1] + 1)
            text = tuple(
                n for n in members if start < n < stop and n not in own_films and blocks[n].text
            )
        yield ClipPlace(film, TITLE if heading is None else heading, text, heading is not None)
