"""The data of providers and markup, and the document that speaks of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harvester.parsers.videos import Form, parse_video_url
from harvester.parsers.videos.markup import vocabulary
from harvester.parsers.videos.providers import registry

DOCUMENT = (Path(__file__).parents[3] / "docs" / "videos.md").read_text(encoding="utf-8")

PROVIDERS = {p.name for p in (*registry().providers, *registry().anywhere)} | {"youtube", "file"}


@pytest.mark.parametrize("name", sorted(PROVIDERS))
def test_every_provider_is_documented(name: str) -> None:
    assert f"`{name}`" in DOCUMENT


@pytest.mark.parametrize("form", list(Form))
def test_every_form_is_documented(form: Form) -> None:
    assert f"`{form}`" in DOCUMENT


def test_example_of_the_document_is_true() -> None:
    address = re.search(r'parse_video_url\("([^"]+)"\)', DOCUMENT)
    assert address is not None
    video = parse_video_url(address[1])
    assert video is not None
    assert (video.provider, video.id, video.start) == ("youtube", "aB3-dE6_gH9", 65)
    assert f"url='{video.url}'" in DOCUMENT


@pytest.mark.parametrize("provider", registry().providers, ids=lambda p: p.name)
def test_hosts_are_lower_case_and_known_once(provider: object) -> None:
    known = registry()
    hosts = getattr(provider, "hosts", frozenset())
    assert all(host == host.lower() and "/" not in host for host in hosts)
    assert hosts.isdisjoint(known.youtube_hosts | known.youtube_short_hosts)


def test_words_of_markup_are_lower_case() -> None:
    words = vocabulary()
    for group in (words.generic_titles, words.title_prefixes, words.link_calls, words.id_names):
        assert all(word == word.lower() for word in group)
