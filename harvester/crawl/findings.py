"""What a handful of a site's answers say about it: the judging half of a first look, without network."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from harvester.archive.capture import Capture
from harvester.harvest import HarvestContext, harvest_or_quarantine
from harvester.pages.links import AnswerKind, links
from harvester.records import Page, Problem, Severity
from harvester.sites import Profile, Site

_Key = TypeVar("_Key", int, str)

_FILE = Path(__file__).with_name("probe.toml")
_KEY = b"a first look"
_VERSION = re.compile(r"WordPress (\d+(?:\.\d+){1,2})|wordpress\.org/\?v=(\d+(?:\.\d+){1,2})")
_THEME = re.compile(r"/wp-content/themes/([\w.-]{1,60})/")
_FRAME = re.compile(r"<iframe[^>]{0,2000}?\ssrc=[\"']https?://([\w.-]{3,100})", re.I)
_PLAYERS = re.compile(
    r"youtube|youtu\.be|vimeo|svt|dailymotion|kaltura|wistia|facebook|twentythree"
)


@dataclass(slots=True)
class Findings:
    """What is known of a site after a first look. ``unknown`` holds a sentence for each open end."""

    base: str
    wordpress: str | None = None
    theme: str | None = None
    builders: list[str] = field(default_factory=list)
    consent: list[str] = field(default_factory=list)
    plugins: list[str] = field(default_factory=list)
    rest: bool = False
    types: dict[str, int | None] = field(default_factory=dict)
    sitemap: bool = False
    feed: bool = False
    categories: dict[str, int] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)
    editions: dict[int, int] = field(default_factory=dict)
    players: dict[str, int] = field(default_factory=dict)
    themes_read: dict[str, int] = field(default_factory=dict)
    layouts: dict[str, list[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    @property
    def discovery(self) -> list[str]:
        """The ways to find pages that work here, best first."""
        return [
            way
            for way, works in (("rest", self.rest), ("sitemap", self.sitemap), ("links", True))
            if works
        ]


@cache
def _marks() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def judge(captures: Iterable[Capture], profile: Profile, site: Site) -> Findings:
    """What the answers of a site say about it; never raises for what a site sends."""
    found = Findings(site.base)
    for capture in captures:
        if capture.status != 200:
            continue
        answer = links(capture, site)
        if answer.kind is AnswerKind.SITEMAP and (answer.pages or answer.sitemaps):
            found.sitemap = True
        elif answer.kind is AnswerKind.FEED:
            found.feed = True
            _version(found, capture)
        elif answer.kind is AnswerKind.REST_TYPES:
            found.rest = True
            found.types |= dict.fromkeys((t.name for t in answer.types), None)
        elif answer.kind is AnswerKind.REST_LISTING:
            _rest_listing(found, capture, [e.type for e in answer.entries], answer.total)
        _rows(found, capture, profile)
        if answer.kind is AnswerKind.PAGE:
            _markup(found, capture)
    found.unknown += _open_ends(found)
    return found


def _version(found: Findings, capture: Capture) -> None:
    match = _VERSION.search(capture.body[:200_000].decode("utf-8", "replace"))
    if match:
        found.wordpress = found.wordpress or match.group(1) or match.group(2)


def _markup(found: Findings, capture: Capture) -> None:
    text = capture.body.decode("utf-8", "replace")
    _version(found, capture)
    theme = _THEME.search(text)
    found.theme = found.theme or (theme.group(1) if theme else None)
    for name, into in (
        ("builder", found.builders),
        ("consent", found.consent),
        ("plugin", found.plugins),
    ):
        into += [
            tool
            for tool, marks in _marks()[name].items()
            if tool not in into and any(mark in text for mark in marks)
        ]
    for host in dict.fromkeys(_FRAME.findall(text)):
        if not _PLAYERS.search(host) and host not in urlsplit(found.base).netloc:
            sentence = f"A frame shows {host}: no player known here; if it shows films, add it to providers.toml."
            if sentence not in found.unknown:
                found.unknown.append(sentence)


def _rest_listing(found: Findings, capture: Capture, types: list[str], total: int | None) -> None:
    if types:
        found.types[types[0]] = total
        return
    try:
        items = json.loads(capture.body)
    except ValueError:
        return
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and item.get("taxonomy") == "category" and item.get("count"):
            found.categories[str(item.get("name"))] = int(item["count"])


def _rows(found: Findings, capture: Capture, profile: Profile) -> None:
    """What the pages give once harvested: layouts, days, editions, films, and what went wrong."""
    result = harvest_or_quarantine(capture, HarvestContext(profile, _KEY))
    own = bool(result.pages) and result.pages[0].url == capture.url
    for page in result.pages:
        row = next(r for r in page.records if isinstance(r, Page))
        pages = found.layouts.setdefault(page.layout, [])
        if page.url not in pages:
            pages.append(page.url)
            if row.published:
                _count(found.years, row.published.year)
            if row.edition:
                _count(found.editions, row.edition)
            for film in page.films:
                _count(found.players, film.provider)
        if own or page.url == result.pages[0].url:
            _count(found.themes_read, row.theme)
        found.unknown += [p.message for p in page.records if isinstance(p, Problem) and _matters(p)]
    found.unknown += [p.message for p in result.problems]
    found.unknown[:] = list(dict.fromkeys(found.unknown))


def _matters(problem: Problem) -> bool:
    return problem.severity is not Severity.INFO and problem.code != "generic_theme"


def _count(counts: dict[_Key, int], key: _Key) -> None:
    counts[key] = counts.get(key, 0) + 1


def _open_ends(found: Findings) -> list[str]:
    said = []
    if not found.layouts:
        said.append(
            "No page was understood: is this a WordPress site, and does it answer without a browser?"
        )
    if found.wordpress is None:
        said.append("The WordPress version is hidden; nothing depends on it.")
    if not found.rest:
        said.append(
            "The REST interface is closed or missing: pages are read by their themes, and days of change are known only where pages state them."
        )
    if not found.sitemap:
        said.append(
            "There is no sitemap that can be read: without REST, pages are found by links alone, and what is linked nowhere is missed."
        )
    generic = found.themes_read.get("generic", 0)
    if generic:
        said.append(
            f"{generic} of the pages looked at fit no theme and were read from a generic node: add the theme to themes.toml (docs/themes.md)."
        )
    if not found.players:
        said.append("No film was seen on the pages looked at.")
    return said
