"""The right to be forgotten: names that are known by keyed hashes alone, found in any text.

What is stored about whom, and how somebody is forgotten, is described in docs/privacy.md.
"""

from harvester.privacy.finder import MASK, NameFinder, NameMatch
from harvester.privacy.forms import name_forms
from harvester.privacy.suppression import Suppressed, Suppression, read_suppression

__all__ = [
    "MASK",
    "NameFinder",
    "NameMatch",
    "Suppressed",
    "Suppression",
    "name_forms",
    "read_suppression",
]
