"""The gallery of a release: static pages that work from disk, without a server or a network."""

from harvester.explorer.gallery.write import write_gallery

__all__ = ["write_gallery"]
