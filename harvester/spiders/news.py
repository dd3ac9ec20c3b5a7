"""The `news` spider: posts, archives with their further parts, the chair's column."""

from __future__ import annotations

from harvester.spiders.harvesting import HarvestingSpider


class NewsSpider(HarvestingSpider):
    """Rows of posts, archives with their further parts, the chair's column."""

    name = "news"
