"""The curation of a profile: the project's own files for it, then those of its output folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from harvester.curation.aliases import Aliases, read_aliases
from harvester.curation.entries import read_document
from harvester.curation.overrides import Override, read_overrides, refuse_double

#: Where the project keeps what it has decided for the profiles it ships.
_BUNDLED = {
    "live": Path(__file__).parent,
    "sample": Path(__file__).parent.parent / "sample" / "curation",
}


@dataclass(frozen=True, slots=True)
class Curation:
    """All that is decided by hand for one profile."""

    aliases: Aliases = field(default_factory=Aliases)
    overrides: tuple[Override, ...] = ()

    def overrides_cell(self, table: str, row_id: str, field: str) -> bool:
        """True where a value is listed as overridden: then that is the cause of its change.

        The same for a row (no ``field``) that is dropped, or that stands on a page that is.
        """
        if field:
            return any(o.cell == (table, row_id, field) for o in self.overrides)
        return any(
            o.drop
            and (o.row == (table, row_id) or (o.table == "pages" and _on_page(row_id, o.row_id)))
            for o in self.overrides
        )


def _on_page(row_id: str, page_id: str) -> bool:
    """True for the key of a row of that page: it begins with the page's, then a dot or a blank."""
    return row_id.startswith((f"{page_id}.", f"{page_id} "))


def load_curation(profile: str, output: Path | None = None) -> Curation:
    """The curation of the profile of that name.

    Read are ``aliases.toml`` and ``overrides.toml``, first of the project (for the profiles it
    ships), then of the folder ``curation`` in the output folder. Absent files list nothing.
    Raises ProfileError naming file and entry, also where the two contradict each other.
    """
    folders = [_BUNDLED[profile]] if profile in _BUNDLED else []
    if output is not None:
        folders.append(output / "curation")
    aliases = Aliases()
    overrides: tuple[Override, ...] = ()
    for folder in folders:
        file = folder / "aliases.toml"
        aliases += read_aliases(read_document(file), str(file))
        file = folder / "overrides.toml"
        overrides += read_overrides(read_document(file), str(file))
    refuse_double(overrides, "overrides")
    return Curation(aliases, overrides)
