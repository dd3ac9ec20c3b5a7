"""Evidence rows: where each value that was read from text comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from harvester.pages.clips import TITLE
from harvester.pages.content import Found, PageContent
from harvester.pages.reading import Place
from harvester.records import Evidence, Missing


@dataclass(slots=True)
class EvidenceLog:
    """Gathers a page's evidence in the order in which rows are built."""

    content: PageContent
    rows: list[Evidence] = field(default_factory=list)

    def found(self, table: str, row_id: str, column: str, found: Found[Any]) -> None:
        """A value of the page's metadata."""
        self.rows.append(
            Evidence(
                table, row_id, column, found.digest or self.content.digest, found.locator,
                found.char_start, found.char_end, found.raw, found.rule, None,
            )
        )  # fmt: skip

    def at(self, table: str, row_id: str, column: str, place: Place, rule: str) -> None:
        """A value read from a stretch of a block (or of the title)."""
        locator, text, digest = self._located(place.block)
        raw = text[place.char_start : place.char_end]
        self.rows.append(
            Evidence(
                table,
                row_id,
                column,
                digest,
                locator,
                place.char_start,
                place.char_end,
                raw,
                rule,
                None,
            )
        )

    def block(self, table: str, row_id: str, column: str, block: int, rule: str) -> None:
        """A value that is the whole text of a block, or what an element without text shows."""
        locator, text, digest = self._located(block)
        self.rows.append(
            Evidence(table, row_id, column, digest, locator, 0, len(text), text, rule, None)
        )

    def missing(self, table: str, row_id: str, column: str, why: Missing, rule: str) -> None:
        """Why a promised value is null."""
        self.rows.append(
            Evidence(table, row_id, column, self.content.digest, None, None, None, None, rule, why)
        )

    def _located(self, block: int) -> tuple[str, str, str]:
        if block == TITLE:
            title = self.content.title
            if title is None:
                return "", "", self.content.digest
            text = title.raw if len(title.raw) == len(title.value) else title.value
            return title.locator, text, title.digest or self.content.digest
        found = self.content.blocks[block]
        return found.locator, found.text, self.content.digest
