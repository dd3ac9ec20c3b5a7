"""Profiles and addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from harvester.errors import ProfileError
from harvester.sites import Profile, Site, load_profile, read_profile


def site(**more: object) -> Site:
    table = {
        "name": "bed",
        "base": "http://bed.example/",
        "hosts": ["www.bed.example"],
        "allow_private": True,
        **more,
    }
    return read_profile({"site": [table]}, name="test").sites[0]


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        pytest.param("http://bed.example/news/x/", "http://bed.example/news/x/", id="as-it-is"),
        pytest.param(
            "https://www.bed.example/news/x", "http://bed.example/news/x/", id="www-https-no-slash"
        ),
        pytest.param(
            "/news/x?utm_source=brev&fbclid=1#del",
            "http://bed.example/news/x/",
            id="tracking-and-fragment",
        ),
        pytest.param(
            "http://bed.example/?p=12", "http://bed.example/?p=12", id="shortlink-keeps-its-number"
        ),
        pytest.param(
            "http://BED.example:80//a//b", "http://bed.example/a/b/", id="case-port-double-slash"
        ),
        pytest.param(
            "http://bed.example/a/b.pdf", "http://bed.example/a/b.pdf", id="file-gets-no-slash"
        ),
        pytest.param(
            "http://bed.example/x/?b=2&a=1",
            "http://bed.example/x/?a=1&b=2",
            id="parameters-in-order",
        ),
        pytest.param(
            "http://bed.example/små-steg",
            "http://bed.example/sm%C3%A5-steg/",
            id="letters-are-encoded",
        ),
    ],
)
def test_canonical_address(given: str, canonical: str) -> None:
    assert site().canonical(given) == canonical


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://bed.example.evil.test/", id="look-alike"),
        pytest.param("http://bed.example:8080/", id="other-port"),
        pytest.param("ftp://bed.example/", id="other-scheme"),
        pytest.param("http://user@evil.test/bed.example", id="user-info"),
        pytest.param("http://[::1]/", id="address"),
        pytest.param("http://bed.example:99999/", id="impossible-port"),
        pytest.param("", id="empty"),
    ],
)
def test_foreign_addresses_are_not_owned(url: str) -> None:
    assert not site().owns(url)


def test_page_id_survives_a_move_to_https() -> None:
    moved = site(base="https://bed.example/")
    assert site().page_id("/news/x/") == moved.page_id("https://www.bed.example/news/x")
    assert site().page_id("/news/x/").startswith("bed-")


def test_registered_edition_ignores_the_folder_year() -> None:
    known = site(editions={"2021": ["/dokumentation/storforelasningar-2023/x/"]})
    assert (
        known.edition_of_seed("https://www.bed.example/dokumentation/storforelasningar-2023/x")
        == 2021
    )
    assert known.edition_of_seed("/dokumentation/storforelasningar-2023/y/") is None


BASE = {"name": "bed", "base": "https://bed.example/"}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param({}, "at least one [[site]]", id="no-site"),
        pytest.param({"site": [{"name": "bed"}]}, "base is missing", id="no-base"),
        pytest.param(
            {"site": [{**BASE, "base": "bed.example"}]}, "http(s) address", id="base-without-scheme"
        ),
        pytest.param({"site": [{**BASE, "name": "Bäd"}]}, "lower-case", id="name"),
        pytest.param({"site": [{**BASE, "delay": 0.1}]}, "once a second", id="impolite-delay"),
        pytest.param(
            {"site": [{**BASE, "concurrency": 4}]}, "once a second", id="impolite-concurrency"
        ),
        pytest.param({"site": [{**BASE, "dealy": 2}]}, "unknown key 'dealy'", id="misspelt-key"),
        pytest.param(
            {"site": [{**BASE, "seeds": ["https://other.example/"]}]},
            "no address of this site",
            id="foreign-seed",
        ),
        pytest.param(
            {"site": [{**BASE, "discovery": ["magic"]}]}, "rest, sitemap, links", id="discovery"
        ),
        pytest.param({"site": [{**BASE, "concurrency": True}]}, "number", id="bool-is-no-number"),
        pytest.param({"site": [{**BASE, "editions": {"16": []}}]}, "no year", id="edition-year"),
        pytest.param({"site": [BASE, BASE]}, "two sites have the name", id="double"),
        pytest.param(
            {"site": [BASE], "resolve": {"bed.example": "127.0.0.1:1"}},
            "test profiles",
            id="resolve-on-live",
        ),
        pytest.param({"site": [BASE], "person_key": "x"}, "test profiles", id="fixed-key-on-live"),
    ],
)
def test_faults_in_a_profile_are_named(data: dict[str, object], says: str) -> None:
    with pytest.raises(ProfileError, match=r".") as error:
        read_profile(data, name="test", source="test.toml")
    assert says in str(error.value)
    assert str(error.value).startswith("profile test.toml")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"[[site]\n", "not valid TOML", id="broken-toml"),
        pytest.param(b"\xff\xfe", "cannot be read", id="bytes"),
    ],
)
def test_unreadable_profile_file(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "bed.toml"
    path.write_bytes(content)
    with pytest.raises(ProfileError, match=says):
        load_profile(path)


def test_missing_profiles_are_named(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="no such file"):
        load_profile(tmp_path / "none.toml")
    with pytest.raises(ProfileError, match=r"use live, sample or a \.toml file"):
        load_profile("lvie")


def test_live_profile_is_polite_and_knows_its_editions() -> None:
    profile: Profile = load_profile("live")
    assert [s.name for s in profile.sites] == ["scd", "sc"]
    assert all(s.delay >= 1.0 and s.concurrency == 1 and not s.allow_private for s in profile.sites)
    assert profile.site("scd").edition_of_seed("/dokumentation/filmklipp-2016/") == 2016
    assert profile.event_names == ("Socialchefsdagarna", "SCD")


def test_sample_profile_owns_its_invented_hosts() -> None:
    profile = load_profile("sample")
    assert profile.site_of("http://exempelchefer.example/x/") is profile.sites[1]
    assert profile.site_of("https://socialchefsdagarna.se/") is None
