"""Scrapy settings: only what deviates from Scrapy's defaults, each with its reason.

A site's delay and concurrency stand in its profile; ``-s NAME=value`` overrides anything here.
"""

from __future__ import annotations

import os
from importlib.util import find_spec

from harvester._version import __version__

BOT_NAME = "harvester"
SPIDER_MODULES = ["harvester.spiders"]

# Where archive, runs and releases go; empty: output/<profile>/.
HARVESTER_OUTPUT = ""
# A twentieth of a crawl's CPU time less than with asyncio's own loop, which stands in where there is no build of it.
ASYNCIO_EVENT_LOOP = "uvloop.Loop" if find_spec("uvloop") else None
# Whom a site's owner can write to: an address of yours (mail or web). It becomes part of the agent.
HARVESTER_CONTACT = os.environ.get("HARVESTER_CONTACT", "")
USER_AGENT = f"harvester/{__version__}"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/json,application/xml;q=0.9,*/*;q=0.5",
    "Accept-Language": "sv,en;q=0.5",
    "Accept-Encoding": "gzip, deflate",  # what the archive decodes
}

# Politeness: the delay is a floor, so no jitter may shorten it; robots.txt has its own middleware.
CONCURRENT_REQUESTS = 32
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0
ROBOTSTXT_OBEY = False
RETRY_ENABLED = False
RETRY_TIMES = 2
HARVESTER_RETRY_WAIT = 5.0  # seconds, doubled each time
HARVESTER_RETRY_AFTER_MAX = 120.0  # seconds a Retry-After is honoured at most

# Bounds: an answer's whole time and size; a decoded body is bounded by the archive.
DOWNLOAD_TIMEOUT = 30
DNS_TIMEOUT = 10
DOWNLOAD_MAXSIZE = 20_000_000
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True  # Scrapy accepts any certificate
DOWNLOAD_HANDLERS = {
    "http": "harvester.crawl.transport.BoundedHandler",
    "https": "harvester.crawl.transport.BoundedHandler",
    "data": None, "file": None, "ftp": None, "s3": None,  # nothing but http(s) is fetched
}  # fmt: skip

# What Scrapy brings and we do otherwise: redirects and compression are archived as they come, no
# cookies or credentials are kept, no proxy stands between the guard and the host it judged.
REDIRECT_ENABLED = False
METAREFRESH_ENABLED = False
COMPRESSION_ENABLED = False
COOKIES_ENABLED = False
HTTPPROXY_ENABLED = False
REFERER_ENABLED = False
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": None,  # the handler's
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": None,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": None,
    "harvester.crawl.headers.HeadersMiddleware": 400,
    "harvester.crawl.guarding.GuardMiddleware": 50,
    "harvester.crawl.robots.RobotsMiddleware": 100,
    "harvester.crawl.retries.PatientRetryMiddleware": 550,
    "harvester.crawl.conditional.ConditionalMiddleware": 800,
    "harvester.crawl.slots.SlotMiddleware": 980,
    "harvester.crawl.archiving.ArchiveMiddleware": 990,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,  # callbacks see every answer
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,  # discovery bounds depth itself
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,  # the guard does
    # Marks that nothing here reads, and a check of metadata that discovery makes anew for each request.
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
ITEM_PIPELINES = {
    "harvester.pipelines.validate.ValidatePipeline": 100,
    "harvester.pipelines.deduplicate.DeduplicatePipeline": 200,
    "harvester.pipelines.stage.StagePipeline": 900,
}

# Each costs a percent or more of a page: the run's report counts requests and bytes itself, and our
# callbacks are generators that return nothing.
DOWNLOADER_STATS = False
WARN_ON_GENERATOR_RETURN_VALUE = False

# A closed shop: no console and no remote code on loopback.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
CONCURRENT_ITEMS = 1  # pipelines never wait; Scrapy starts so many tasks for every answer
LOG_LEVEL = "INFO"  # DEBUG costs a tenth of the pages a second
LOG_FORMATTER = "harvester.crawl.log_lines.QuietFormatter"
FEED_EXPORT_ENCODING = "utf-8"
