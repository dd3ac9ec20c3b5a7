"""What reading films costs, beside what the standard library and lxml need for the same input.

Run alone (`python -m benchmarks.videos`) it prints each figure and its ratio to the baseline.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import lxml.html

from harvester.parsers.videos import find_videos, find_videos_in, parse_video_url

SUITES = Path(__file__).parents[1] / "tests" / "parsers" / "videos"
URL = "https://www.example.se/dokumentation/"


def figures() -> list[dict[str, Any]]:
    """Each figure with its name, value, unit and the baseline measured in the same run."""
    films, no_films = _addresses("addresses.toml"), _addresses("no_films.toml")
    page = _page()
    root = lxml.html.document_fromstring(page)
    node = root.find(".//div[@class='entry-content']")
    parsed = _best(lambda: lxml.html.document_fromstring(page), 20) * 1e3
    return [
        _figure("film address", _each(parse_video_url, films), "µs", _each(_split, films)),
        _figure(
            "address of no film", _each(parse_video_url, no_films), "µs", _each(_split, no_films)
        ),
        _figure(
            "films of a page of 30 kB",
            _best(lambda: find_videos(page, url=URL), 20) * 1e3,
            "ms",
            parsed,
        ),
        _figure(
            "films of its content node",
            _best(lambda: find_videos_in(node, url=URL), 20) * 1e3,
            "ms",
            parsed,
        ),
    ]


def _figure(name: str, value: float, unit: str, baseline: float) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "baseline": baseline}


def _addresses(name: str) -> list[str]:
    """A test suite's addresses."""
    suite = tomllib.loads((SUITES / name).read_text(encoding="utf-8"))
    return [
        host + path.replace("{id}", video_id)
        for family in suite["family"]
        for host, path, video_id in product(
            family["hosts"], family["paths"], family.get("ids", [""])
        )
    ]


def _split(address: str) -> None:
    """The baseline for an address: the standard library's parts and parameters of it."""
    try:
        parse_qs(urlsplit(address).query)
    except ValueError:
        return


def _page() -> str:
    """A page of headed clips of about 30 kB, in invented words."""
    text = "Samtalet handlar om tillit, om tid och om hur nya kollegor tas emot. " * 6
    clip = (
        '<h2>RUBRIK {0}</h2>\n\n<p>{1}</p>\n\n<p>{1} <a href="https://www.example.se/mer-{0}/">Läs mer</a>.</p>\n'
        '<figure class="wp-block-embed is-type-video"><div class="wp-block-embed__wrapper"><iframe title="Klipp {0}" '
        'src="https://www.youtube.com/embed/{0:011d}?feature=oembed"></iframe></div></figure>\n'
    )
    clips = "".join(clip.format(number, text) for number in range(24))
    return f"<html><head><title>Filmer</title></head><body><main><div class='entry-content'>{clips}</div></main></body></html>"


def _each(function: Callable[[str], object], addresses: list[str]) -> float:
    """Microseconds for one address."""

    def all_of_them() -> None:
        for address in addresses:
            function(address)

    return _best(all_of_them, 5) / len(addresses) * 1e6


def _best(function: Callable[[], object], rounds: int) -> float:
    """Seconds of the best of some rounds: what the work costs when nothing else runs."""
    times = []
    for _ in range(rounds):
        before = time.perf_counter()
        function()
        times.append(time.perf_counter() - before)
    return min(times)


if __name__ == "__main__":
    for figure in figures():
        ratio = figure["value"] / figure["baseline"]
        print(
            f"{figure['name']:28} {figure['value']:8.2f} {figure['unit']}  {ratio:5.2f} × baseline"
        )
