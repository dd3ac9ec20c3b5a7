"""Addresses that lead to films and addresses that do not, in the hundreds."""

from __future__ import annotations

import string
import tomllib
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.parsers.videos import Video, parse_video_url
from harvester.parsers.videos.providers import registry
from harvester.records import FilmKind

HERE = Path(__file__).parent
FILMS: dict[str, Any] = tomllib.loads((HERE / "addresses.toml").read_text(encoding="utf-8"))
NO_FILMS: dict[str, Any] = tomllib.loads((HERE / "no_films.toml").read_text(encoding="utf-8"))

GENERATED = [
    (host + path.replace("{id}", video_id), family, video_id)
    for family in FILMS["family"]
    for host, path, video_id in product(family["hosts"], family["paths"], family["ids"])
]
REFUSED = [
    h + p for family in NO_FILMS["family"] for h, p in product(family["hosts"], family["paths"])
]


@pytest.mark.parametrize(
    "family", [pytest.param(f, id=f["name"].replace(" ", "-")) for f in FILMS["family"]]
)
def test_family(family: dict[str, Any]) -> None:
    read = {url: (parse_video_url(url), i) for url, of, i in GENERATED if of is family}
    wrong = {
        url: video for url, (video, video_id) in read.items() if not _fits(video, family, video_id)
    }
    assert wrong == {}


@pytest.mark.parametrize("row", [pytest.param(r, id=r["url"]) for r in FILMS["film"]])
def test_film(row: dict[str, Any]) -> None:
    video = parse_video_url(row["url"])
    assert video is not None
    assert video.kind == row.get("kind", "video")
    if "film" in row:
        assert f"{video.provider}:{video.id}" == row["film"]
    assert video.start == row.get("start")
    if "canonical" in row:
        assert video.url == row["canonical"]
    if "list_id" in row:
        assert video.list_id == row["list_id"]


@pytest.mark.parametrize(
    "family", [pytest.param(f, id=f["name"].replace(" ", "-")) for f in NO_FILMS["family"]]
)
def test_no_film(family: dict[str, Any]) -> None:
    addresses = (h + p for h, p in product(family["hosts"], family["paths"]))
    found = {url: parse_video_url(url) for url in addresses}
    assert {
        url: v for url, v in found.items() if v is not None and v.kind is not FilmKind.CHANNEL
    } == {}


def test_suites_are_as_large_as_promised() -> None:
    assert len({url for url, _, _ in GENERATED}) + len(FILMS["film"]) >= 1_000
    assert len(set(REFUSED)) >= 390


@pytest.mark.parametrize(
    "url", [*(u for u, _, _ in GENERATED[::7]), *(r["url"] for r in FILMS["film"])]
)
def test_canonical_address_leads_to_the_same(url: str) -> None:
    """A canonical address is understood again, so that films may be joined and asked for by it."""
    video = parse_video_url(url)
    assert video is not None
    again = parse_video_url(video.url)
    assert again is not None
    assert (again.provider, again.kind, again.url) == (video.provider, video.kind, video.url)
    if video.provider != "youtube" or video.kind is FilmKind.VIDEO:
        assert again.id == video.id


def test_same_file_has_one_id_under_http_and_https() -> None:
    ids = {
        video.id
        for url in (
            "http://example.se/a.mp4",
            "https://example.se/a.mp4?_=2",
            "//example.se/a.mp4#t=3",
        )
        if (video := parse_video_url(url)) is not None
    }
    assert len(ids) == 1


@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    parse_video_url(text)


@given(
    st.sampled_from(
        sorted(registry().youtube_hosts | {"vimeo.com", "www.svtplay.se", "x.kaltura.com", "a.se"})
    ),
    st.text(alphabet=string.printable + "åäö–\u200b\ud800", max_size=120),
)
def test_any_path_is_answered(host: str, rest: str) -> None:
    for prefix in ("https://", "//", ""):
        parse_video_url(f"{prefix}{host}/{rest}")


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(
            "https://www.youtube.com/watch?" + "a=b&" * 1_000_000 + "v=dQw4w9WgXcQ",
            id="four-megabytes",
        ),
        pytest.param("https://consent.youtube.com/m?continue=" * 100, id="nested-redirects"),
        pytest.param("%25" * 1300 + "https://youtu.be/dQw4w9WgXcQ", id="nested-percent"),
        pytest.param("https://x.kaltura.com" + "/1_" * 1300, id="many-steps"),
        pytest.param("https://www.tv4.se" + "/-" * 2000, id="many-hyphens"),
        pytest.param("a." * 2000 + "se/", id="many-labels"),
    ],
)
def test_hostile_addresses_are_refused(url: str) -> None:
    assert parse_video_url(url) is None


def _fits(video: Video | None, family: dict[str, Any], video_id: str) -> bool:
    if video is None or video.kind is not FilmKind.VIDEO:
        return False
    if "provider" in family:
        return video.provider == family["provider"]
    return bool(f"{video.provider}:{video.id}" == family["film"].format(id=video_id))


@pytest.mark.parametrize("host", ["www.youtube.com", "www.youtube-nocookie.com"])
@pytest.mark.parametrize("ending", ["", "?feature=oembed"])
@pytest.mark.parametrize("video_id", ["aB3-dE6_gH9", "videoseries", "live_stream"])
def test_a_player_of_wordpress_is_read_as_any_other(host: str, ending: str, video_id: str) -> None:
    plain = f"https://{host}/embed/{video_id}{ending}"
    assert parse_video_url(plain) == parse_video_url(plain.replace("https", "HTTPS"))
