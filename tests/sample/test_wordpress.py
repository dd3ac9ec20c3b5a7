"""A sample site answers as a WordPress does, and shows nothing that is not public."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import pytest

from harvester.sample.content import Site, load_sites

from .sites import (
    SECRETS,
    SITE_IDS,
    SITES,
    archive_paths,
    everything,
    get,
    header,
    readable,
    tree,
)

DAYS, CHIEFS = load_sites().values()
DAYS_LATER, CHIEFS_LATER = load_sites(2).values()


@pytest.mark.parametrize(("stage", "site"), SITES, ids=SITE_IDS)
def test_every_public_entry_has_one_article_with_its_body(stage: int, site: Site) -> None:
    for entry in site.published():
        answer = get(site, entry.path)
        assert answer.status == 200
        page = tree(answer)
        assert len(page.xpath("//article[starts-with(@id, 'post-')]")) == 1, entry.path
        assert len(page.xpath("//*[contains(@class, 'entry-content')]")) == 1, entry.path
        assert (entry.body in answer.body.decode()) is not entry.password, entry.path
        assert page.xpath("string(//link[@rel='canonical']/@href)") == site.base + entry.path


@pytest.mark.parametrize(("stage", "site"), SITES, ids=SITE_IDS)
def test_nothing_unpublished_or_protected_leaks(stage: int, site: Site) -> None:
    for target in everything(site):
        answer = get(site, target)
        text = answer.body.decode()
        if answer.media_type.startswith("application/json"):
            text += json.dumps(json.loads(text), ensure_ascii=False)
        for secret in SECRETS:
            assert secret not in text, (target, secret)


@pytest.mark.parametrize(
    ("site", "path", "status"),
    [
        pytest.param(DAYS, "/hemligt-utkast-vardort-2026/", 404, id="draft"),
        pytest.param(DAYS, "/?p=90", 404, id="draft-by-shortlink"),
        pytest.param(DAYS, "/schemalagd-nyhet/", 404, id="scheduled"),
        pytest.param(DAYS, "/programgruppens-anteckningar/", 404, id="private"),
        pytest.param(DAYS, "/finns-inte/", 404, id="unknown"),
        pytest.param(DAYS, "/category/nyheter/page/9/", 404, id="page-beyond-the-last"),
        pytest.param(DAYS, "/category/nyheter/page/0/", 404, id="page-zero"),
        pytest.param(DAYS, "/category/okand/", 404, id="unknown-category"),
        pytest.param(DAYS, "/?p=abc", 404, id="shortlink-without-a-number"),
        pytest.param(DAYS, "//[", 404, id="address-that-is-none"),
        pytest.param(DAYS, "/%FF%FE", 404, id="undecodable-address"),
        pytest.param(DAYS, "/news/grankoping-nasta/", 200, id="not-yet-deleted"),
        pytest.param(DAYS_LATER, "/news/grankoping-nasta/", 404, id="deleted-later"),
        pytest.param(DAYS, "/sa-tyckte-deltagarna/", 404, id="not-yet-written"),
        pytest.param(DAYS_LATER, "/sa-tyckte-deltagarna/", 200, id="written-later"),
        pytest.param(DAYS, "/anmalan/system/", 200, id="outside-wordpress"),
        pytest.param(CHIEFS, "/styrelsens-arbetsrum/", 200, id="protected-shows-a-form"),
    ],
)
def test_status(site: Site, path: str, status: int) -> None:
    assert get(site, path).status == status


@pytest.mark.parametrize(
    ("path", "location"),
    [
        pytest.param("/?p=63", "/nar-tva-varldar-mots-film/", id="shortlink-of-a-post"),
        pytest.param("/?page_id=13", "/dokumentation/filmklipp-2019/", id="shortlink-of-a-page"),
        pytest.param("/program", "/program/", id="missing-slash"),
        pytest.param("/category/nyheter/page/2", "/category/nyheter/page/2/", id="archive-slash"),
        pytest.param("/category/nyheter/page/1/", "/category/nyheter/", id="first-page-by-number"),
        pytest.param("/feed", "/feed/", id="feed-slash"),
        pytest.param("/filmklipp-2019/", "/dokumentation/filmklipp-2019/", id="former-slug"),
        pytest.param("/filmklipp-2019", "/dokumentation/filmklipp-2019/", id="former-slug-bare"),
        pytest.param(
            "/news/leyla-mirzadegan-orden-som-bar/",
            "/leyla-mirzadegan-orden-som-bar/",
            id="news-folder-of-a-root-post",
        ),
    ],
)
def test_redirects(path: str, location: str) -> None:
    answer = get(DAYS, path)
    assert answer.status == 301
    assert header(answer, "Location") == DAYS.base + location
    assert header(answer, "X-Redirect-By") == "WordPress"
    assert get(DAYS, location).status == 200


@pytest.mark.parametrize("stage", [1, 2])
def test_links_resolve_but_for_the_planted_dead_ones(stage: int) -> None:
    sites = load_sites(stage)
    broken = set()
    for site in sites.values():
        for entry in readable(site):
            page = tree(get(site, entry.path))
            for address in page.xpath("//body//@href | //body//@src | //head/link/@href"):
                linked = sites.get(urlsplit(address).hostname or "")
                if linked is not None and get(linked, _target(address)).status == 404:
                    broken.add(urlsplit(address).path)
    assert broken == {dead for site in sites.values() for dead in site.dead_links}


@pytest.mark.parametrize(("stage", "site"), SITES, ids=SITE_IDS)
def test_archives_page_through_every_post_once(stage: int, site: Site) -> None:
    for slug in site.categories:
        address, seen = f"/category/{slug}/", []
        while address:
            page = tree(get(site, address))
            seen += page.xpath("//article//h2[@class='entry-title']/a/@href")
            older = page.xpath("//div[@class='pagination clearfix']/div[1]/a/@href")
            older += page.xpath("//a[@class='next page-numbers']/@href")
            address = urlsplit(older[0]).path if older else ""
        assert seen == [site.base + e.path for e in site.posts_in(slug)]


def test_the_old_archive_cuts_posts_and_the_new_one_does_not() -> None:
    assert "[&hellip;]" in get(DAYS, "/category/nyheter/").body.decode()
    column = CHIEFS.entry_at("/vi-ses-pa-kajen/")
    assert column is not None
    assert column.body in get(CHIEFS, "/category/ordforande-har-ordet/").body.decode()


def test_some_archive_has_a_second_page_in_each_theme() -> None:
    themes = {
        site.categories[path.split("/")[2]].theme
        for site in (DAYS, CHIEFS)
        for path in archive_paths(site)
        if "/page/2/" in path
    }
    assert themes == {"old", "divi"}


def test_posts_of_the_new_generation_carry_their_meta_line() -> None:
    meta = tree(get(DAYS, "/torsdagen-i-bjorkhamn/")).xpath("//p[@class='post-meta']")
    text = " ".join(meta[0].text_content().split())
    assert text == "okt 3, 2024 | EXD2024, DOKUMENTATION, TALARE"


def test_what_is_not_content_stands_outside_the_content() -> None:
    page = tree(get(DAYS, "/news/varmt-valkommen-till-norrvik/"))
    whole = page.text_content()
    content = page.xpath("//div[@class='entry-content']")[0].text_content()
    for outsider in ("Billiga Lånsson", "Stina Sidfotsson", "kakor", "Senaste nytt"):
        assert outsider in whole
        assert outsider not in content


def test_a_conditional_request_gets_304_until_something_changes() -> None:
    for path in ("/feed/", "/torsdagen-i-bjorkhamn/", "/dokumentation/filmklipp-2019/"):
        first = get(DAYS, path)
        etag, modified = header(first, "ETag"), header(first, "Last-Modified")
        assert get(DAYS, path, if_none_match=etag).status == 304
        assert get(DAYS, path, if_none_match=f'"other", W/{etag}').body == b""
        assert get(DAYS, path, if_modified_since=modified).status == 304
        assert get(DAYS, path, if_none_match='"other"', if_modified_since=modified).status == 200
        assert get(DAYS_LATER, path, if_none_match=etag).status == 200
        assert get(DAYS_LATER, path, if_modified_since=modified).status == 200


@pytest.mark.parametrize("value", ["yesterday", "", "Sun, 06 Nov 1994 08:49:37 -0000"])
def test_an_unreadable_condition_is_no_condition(value: str) -> None:
    assert get(DAYS, "/feed/", if_modified_since=value).status == 200


def test_robots_keeps_crawlers_out_of_the_booking_system() -> None:
    rules = get(DAYS, "/robots.txt").body.decode()
    assert "Disallow: /anmalan/system/" in rules
    assert f"Sitemap: {DAYS.base}/wp-sitemap.xml" in rules


def test_uploads_answer_with_their_type() -> None:
    for path in DAYS.uploads | CHIEFS.uploads:
        site = DAYS if path in DAYS.uploads else CHIEFS
        answer = get(site, path)
        assert answer.status == 200
        assert not re.match("text/", answer.media_type), path


def _target(address: str) -> str:
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
