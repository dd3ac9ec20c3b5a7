"""The `documentation` spider: index, edition pages, lecture write-ups, presentations."""

from __future__ import annotations

from harvester.spiders.harvesting import HarvestingSpider


class DocumentationSpider(HarvestingSpider):
    """Rows of index, edition pages, lecture write-ups, presentations."""

    name = "documentation"
