"""Harvester: what an analyst imports. Heavy parts load inside the functions that need them."""

from harvester._version import __version__

__all__ = ["__version__"]
