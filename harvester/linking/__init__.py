"""What only several pages together say: people, films, conference years and who appeared where.

The rules are told in docs/curation.md and, one by one, in the modules that hold them.
"""

from harvester.linking.context import LinkContext
from harvester.linking.link import Linked, PersonAlias, link

__all__ = ["LinkContext", "Linked", "PersonAlias", "link"]
