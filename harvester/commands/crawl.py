"""``harvester crawl``: fetch into the archive; a release comes later."""

from __future__ import annotations

import argparse

from harvester.commands.archive_damage import with_damage_told
from harvester.commands.console import Console
from harvester.commands.crawling import crawl_exit_code, crawl_lines, crawled
from harvester.commands.scope import workspace_of
from harvester.crawl.runs import RunState, as_document
from harvester.errors import ExitCode, MissingExtraError, ProfileError
from harvester.sites import require_edition
from harvester.workspace import Workspace

_SPIDERS = ("documentation", "films", "news")


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    if arguments.spider is not None and arguments.spider not in _SPIDERS:
        raise ProfileError(f"no spider {arguments.spider!r}; there are {', '.join(_SPIDERS)}")
    if arguments.spider is None and arguments.edition is not None:
        raise ProfileError("--edition needs a spider: documentation, films or news")
    if arguments.edition is not None:
        require_edition(arguments.edition)
    workspace = workspace_of(arguments)
    if arguments.frontier is not None:
        return _shared(arguments, console, workspace)
    if arguments.url is not None and workspace.profile.site_of(arguments.url) is None:
        bases = ", ".join(site.base for site in workspace.profile.sites)
        raise ProfileError(
            f"--url {arguments.url!r}: no address of profile {workspace.profile.name} ({bases})"
        )
    with console.progress("crawl") as step:
        report = with_damage_told(
            workspace,
            lambda: crawled(
                workspace,
                arguments.site,
                step,
                spider=arguments.spider,
                edition=arguments.edition,
                url=arguments.url,
                full=arguments.full,
            ),
        )
    console.result(as_document(report), *crawl_lines(report))
    return crawl_exit_code(report)


def _shared(arguments: argparse.Namespace, console: Console, workspace: Workspace) -> int:
    """Work on a crawl that other workers share."""
    if any((arguments.spider, arguments.edition, arguments.url, arguments.full)):
        raise ProfileError("a shared crawl fetches everything: --frontier stands alone")
    if not arguments.frontier.startswith(("redis://", "rediss://", "unix://")):
        raise ProfileError(
            f"--frontier {arguments.frontier!r}: not of the form redis://HOST:PORT/0#NAME"
        )
    try:
        from harvester.cluster.worker import work
    except ImportError as error:
        raise MissingExtraError(
            f"--frontier needs the extra `cluster` ({error.name} is missing): `make setup`, or pip install -e '.[cluster]'"
        ) from None
    report = work(workspace.profile, workspace.output, arguments.frontier)
    console.result(as_document(report), *crawl_lines(report))
    return crawl_exit_code(report) if report.state is RunState.INTERRUPTED else ExitCode.OK
