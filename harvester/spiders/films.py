"""The `films` spider: film pages with headed clips, film posts."""

from __future__ import annotations

from harvester.spiders.harvesting import HarvestingSpider


class FilmsSpider(HarvestingSpider):
    """Rows of film pages with headed clips, film posts."""

    name = "films"
