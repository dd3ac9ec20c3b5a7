"""``harvester probe``: a first look at a site, and a profile to begin with."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from harvester.commands.console import Console
from harvester.crawl.findings import Findings
from harvester.crawl.probe import probe
from harvester.errors import ExitCode, UnwritableError


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    found, profile, client = probe(arguments.url, site=arguments.site)
    if arguments.write:
        try:
            Path(arguments.write).write_text(profile, encoding="utf-8")
        except OSError as error:
            raise UnwritableError(f"{arguments.write}: {error.strerror}") from None
    document = asdict(found) | {
        "discovery": found.discovery,
        "requests": client.requests,
        "bytes": client.received,
        "profile": profile,
    }
    lines = [*_lines(found), "", "A profile to begin with:", "", *profile.splitlines(), ""]
    lines.append(f"{client.requests} requests, {client.received:,} bytes")
    console.result(document, *lines)
    return ExitCode.OK


def _lines(found: Findings) -> list[str]:
    facts = {
        "WordPress": found.wordpress or "version not stated",
        "theme": found.theme or "not seen",
        "builder": ", ".join(found.builders) or "none seen",
        "REST": "open" if found.rest else "closed or missing",
        "sitemap": "yes" if found.sitemap else "none",
        "feed": "yes" if found.feed else "none",
        "types": _counted(found.types),
        "categories": _counted(found.categories),
        "years": _counted(dict(sorted(found.years.items()))),
        "editions": _counted(dict(sorted(found.editions.items()))),
        "players": _counted(found.players),
        "consent": ", ".join(found.consent) or "none seen",
        "plugins": ", ".join(found.plugins) or "none seen",
        "read by": _counted(found.themes_read),
    }
    lines = [found.base, *(f"  {name:<11}{value or '–'}" for name, value in facts.items())]
    lines.append("  pages by likely layout")
    for layout, urls in sorted(found.layouts.items()):
        lines.append(f"    {layout:<20}{len(urls):>4}  {urls[0]}")
    if found.unknown:
        lines += ["", "Not understood:", *(f"  - {sentence}" for sentence in found.unknown)]
    return lines


def _counted(counts: object) -> str:
    items = counts.items() if isinstance(counts, dict) else ()
    return ", ".join(f"{name} ({n})" if n is not None else str(name) for name, n in items)
