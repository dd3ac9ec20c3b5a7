"""What a maintainer decides, as data: who is one person, who is not, and which value a page got wrong.

Files and formats are described in docs/curation.md. Every entry says why.
"""

from harvester.curation.aliases import Aliases, Bearer, DifferentNames, SameName, read_aliases
from harvester.curation.folder import Curation, load_curation
from harvester.curation.overrides import DROPPABLE, OVERRIDABLE, Override, read_overrides

__all__ = [
    "DROPPABLE",
    "OVERRIDABLE",
    "Aliases",
    "Bearer",
    "Curation",
    "DifferentNames",
    "Override",
    "SameName",
    "load_curation",
    "read_aliases",
    "read_overrides",
]
