"""The combined crawl of `harvester run`: every spider's pages, archived and not harvested.

It stands outside the spiders' folder: it gives no items, so `scrapy list` does not name it.
"""

from __future__ import annotations

from harvester.spiders.base import SiteSpider


class WholeSpider(SiteSpider):
    """Fetches everything that discovery finds."""

    name = "whole"
    whole = True
