"""Paths are lxml's, however many are asked for and whatever stands on the page."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.pages.document import parse_html
from harvester.parsers import element_paths
from harvester.parsers.element_paths import ElementPaths

_PIECES = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<!-- x -->", "<?php x ?>", "<o:p>", "</o:p>", "<x-y>", "</x-y>", "<b>", "</b>", "<li>", "ord"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join), st.randoms(use_true_random=False))
def test_paths_are_those_of_lxml(html: str, order: random.Random) -> None:
    root = parse_html(html)
    nodes = list(root.iter())
    order.shuffle(nodes)
    path, getpath = ElementPaths(root), root.getroottree().getpath
    path._asked = element_paths._FEW
    assert [path(node) for node in nodes] == [getpath(node) for node in nodes]


@pytest.mark.parametrize("piece", ["<p>x</p>", "<!--x-->y", "<p><b>x</b></p>"])
def test_time_grows_with_the_page(piece: str) -> None:
    def seconds(count: int) -> float:
        root = parse_html(f"<body><div>{piece * count}</div></body>")
        start = time.process_time()
        path = ElementPaths(root)
        for node in root.iter():
            path(node)
        return time.process_time() - start

    few = min(seconds(3_000) for _ in range(3))
    assert min(seconds(60_000) for _ in range(2)) < 20 * 3 * max(few, 0.005)
