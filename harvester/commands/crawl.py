"""``harvester crawl``: fetch into the archive; a release comes later."""

from __future__ import annotations

import argparse

from harvester.commands.console import Console
from harvester.commands.crawling import crawl_exit_code, crawl_lines, crawled
from harvester.commands.scope import workspace_of
from harvester.crawl.runs import as_document
from harvester.errors import ProfileError

_SPIDERS = ("documentation", "films", "news")


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    if arguments.spider is not None and arguments.spider not in _SPIDERS:
        raise ProfileError(f"no spider {arguments.spider!r}; there are {', '.join(_SPIDERS)}")
    if arguments.spider is None and arguments.edition is not None:
        raise ProfileError("--edition needs a spider: documentation, films or news")
    workspace = workspace_of(arguments)
    with console.progress("crawl") as step:
        report = crawled(
            workspace, arguments.site, step, spider=arguments.spider, edition=arguments.edition,
            url=arguments.url, full=arguments.full,
        )  # fmt: skip
    console.result(as_document(report), *crawl_lines(report))
    return crawl_exit_code(report)
