from __future__ import annotations

from datetime import UTC, datetime

import pytest

from benchmarks.site import MadeSite, profile
from harvester.archive.capture import Capture, body_digest
from harvester.cluster.expansion import first_fetches, following, identity, page_fetch
from harvester.crawl.fetch import Fetch, Purpose
from harvester.crawl.guard import Guard

BASE = "http://127.0.0.1:8009"
PROFILE = profile(BASE)
SITE = PROFILE.sites[0]


def capture(url: str, status: int = 200, **headers: str) -> Capture:
    answered, media_type, more, body = MadeSite(250, BASE).answer(url.removeprefix(BASE))
    pairs = (("Content-Type", media_type), *more.items(), *headers.items())
    return Capture(
        url, datetime(2026, 1, 1, tzinfo=UTC), status if status != 200 else answered, pairs, body,
        body_digest(body),
    )  # fmt: skip


def led_to(fetch: Fetch, **answer: str) -> list[Fetch]:
    return following(SITE, Guard(PROFILE), fetch, capture(fetch.url, **answer))[0]


def test_everything_is_found_from_the_first_fetches() -> None:
    waiting, seen = list(first_fetches(SITE)), set()
    pages = set()
    while waiting:
        fetch = waiting.pop()
        if identity(fetch) in seen:
            continue
        seen.add(identity(fetch))
        if fetch.purpose is Purpose.PAGE:
            pages.add(fetch.key)
        waiting += led_to(fetch)
    assert {f"{BASE}/nyheter/sida-{n}/" for n in range(250)} <= pages


def test_the_first_part_of_a_listing_leads_to_all_others() -> None:
    types = next(f for f in first_fetches(SITE) if f.purpose is Purpose.TYPES)
    (first,) = led_to(types)
    parts = [f.number for f in led_to(first) if f.purpose is Purpose.LISTING]
    assert parts == [2, 3]


@pytest.mark.parametrize(
    ("location", "leads", "code"),
    [
        pytest.param("/ny/", f"{BASE}/ny/", None, id="inside"),
        pytest.param("https://other.example/", None, "guard_host", id="outside"),
        pytest.param("", None, "bad_redirect", id="nowhere"),
    ],
)
def test_redirect(location: str, leads: str | None, code: str | None) -> None:
    fetch = page_fetch(SITE, BASE + "/gammal/")
    answer = capture(fetch.url, 301, Location=location)
    found, refusal = following(SITE, Guard(PROFILE), fetch, answer)
    assert [f.url for f in found] == ([leads] if leads else [])
    assert (refusal.code if refusal else None) == code


def test_a_redirect_to_another_spelling_is_asked_for_once() -> None:
    fetch = page_fetch(SITE, BASE + "/gammal")
    found, _ = following(SITE, Guard(PROFILE), fetch, capture(fetch.url, 301, Location="/gammal/"))
    assert identity(found[0]) != identity(fetch)
    assert identity(page_fetch(SITE, BASE + "/gammal/")) == identity(fetch)
