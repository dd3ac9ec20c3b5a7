"""REST answers: the same entries as the pages, in WordPress' form."""

from __future__ import annotations

import json

import pytest

from harvester.sample.content import Site, load_sites

from .sites import SITE_IDS, SITES, get, get_json, header

DAYS, CHIEFS = load_sites().values()
POSTS, PAGES = "/wp-json/wp/v2/posts", "/wp-json/wp/v2/pages"


@pytest.mark.parametrize("kind", ["post", "page"])
@pytest.mark.parametrize(("stage", "site"), SITES, ids=SITE_IDS)
def test_totals_and_content_equal_the_pages(stage: int, site: Site, kind: str) -> None:
    answer = get(site, f"/wp-json/wp/v2/{kind}s?per_page=100")
    rows = json.loads(answer.body)
    assert int(header(answer, "X-WP-Total")) == len(rows) == len(site.published(kind))
    assert header(answer, "X-WP-TotalPages") == "1"
    for row in rows:
        entry = site.entry_by_id(row["id"])
        assert entry is not None
        path = row["link"].removeprefix(site.base)
        page = get(site, path).body.decode()
        assert path == entry.path
        assert row["content"]["rendered"] in page
        assert row["content"]["rendered"] == ("" if entry.password else entry.body)
        assert row["content"]["protected"] is row["excerpt"]["protected"] is entry.password
        assert row["title"]["rendered"] in page


def test_paging_gives_every_post_once() -> None:
    seen, number, last = [], 1, 1
    while number <= last:
        answer = get(DAYS, f"{POSTS}?per_page=4&page={number}&_fields=id")
        last = int(header(answer, "X-WP-TotalPages"))
        seen += [row["id"] for row in json.loads(answer.body)]
        number += 1
    assert seen == [e.id for e in DAYS.published("post")]
    assert last == 4


def test_a_page_names_the_next_and_the_one_before() -> None:
    links = [v for n, v in get(DAYS, f"{POSTS}?per_page=4&page=2").headers if n == "Link"]
    assert [link.rpartition("rel=")[2] for link in links] == ['"prev"', '"next"']
    assert "page=3" in links[1]


def test_the_midnight_post_belongs_to_its_local_day() -> None:
    (row,) = get_json(CHIEFS, f"{POSTS}?slug=vi-ses-pa-kajen")
    assert row["date"] == "2024-10-06T00:30:00"
    assert row["date_gmt"] == "2024-10-05T22:30:00"


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        pytest.param("slug=om-foreningen", {11}, id="slug"),
        pytest.param("include=11,12,90", {11, 12}, id="include-leaves-drafts-out"),
        pytest.param("modified_after=2024-10-07T08:30:00", {11}, id="local-time"),
        pytest.param("modified_after=2024-10-07T05:30:00Z", {10, 11}, id="utc"),
        pytest.param("modified_after=2024-10-07T08:00:00%2B02:00", {11}, id="bound-is-exclusive"),
        pytest.param("modified_before=2024-02-09T16:00:01&after=2024-01-01", {14}, id="both"),
    ],
)
def test_filters(query: str, ids: set[int]) -> None:
    assert {row["id"] for row in get_json(CHIEFS, f"{PAGES}?{query}")} == ids


def test_fields_are_chosen_by_name_and_by_path() -> None:
    rows = get_json(DAYS, f"{POSTS}?per_page=1&_fields=id,title.rendered,content.protected,nothing")
    assert rows == [
        {
            "id": 64,
            "title": {"rendered": "Alla filmer från Exempeldagarna 2024"},
            "content": {"protected": False},
        }
    ]


def test_order_by_change() -> None:
    rows = get_json(DAYS, f"{PAGES}?orderby=modified&order=asc&per_page=100&_fields=modified")
    moments = [row["modified"] for row in rows]
    assert moments == sorted(moments)


@pytest.mark.parametrize(
    ("target", "status", "code"),
    [
        pytest.param(f"{POSTS}?per_page=101", 400, "rest_invalid_param", id="too-many"),
        pytest.param(f"{POSTS}?per_page=x", 400, "rest_invalid_param", id="not-a-number"),
        pytest.param(f"{POSTS}?per_page=²", 400, "rest_invalid_param", id="digit-that-is-none"),
        pytest.param(f"{POSTS}?page=99", 400, "rest_post_invalid_page_number", id="beyond"),
        pytest.param(f"{POSTS}?status=draft", 400, "rest_invalid_param", id="drafts"),
        pytest.param(f"{POSTS}?after=igår", 400, "rest_invalid_param", id="not-a-date"),
        pytest.param(f"{POSTS}?context=edit", 401, "rest_forbidden_context", id="edit"),
        pytest.param(f"{POSTS}/90", 401, "rest_forbidden", id="draft-by-id"),
        pytest.param(f"{POSTS}/13", 404, "rest_post_invalid_id", id="page-asked-as-post"),
        pytest.param(f"{POSTS}/0", 404, "rest_post_invalid_id", id="no-such-id"),
        pytest.param("/wp-json/wp/v2/filmer", 404, "rest_no_route", id="no-such-type"),
        pytest.param("/wp-json/jetpack/v4", 404, "rest_no_route", id="no-such-namespace"),
    ],
)
def test_refusals(target: str, status: int, code: str) -> None:
    answer = get(DAYS, target)
    assert answer.status == status
    assert json.loads(answer.body)["code"] == code


def test_types_lead_to_the_collections() -> None:
    types = get_json(DAYS, "/wp-json/wp/v2/types")
    assert [types[name]["rest_base"] for name in ("post", "page")] == ["posts", "pages"]
    assert get_json(DAYS, "/wp-json/")["name"] == "Exempeldagarna"
    assert get(DAYS, "/?rest_route=/wp/v2/types").body == get(DAYS, "/wp-json/wp/v2/types").body


@pytest.mark.parametrize(("stage", "site"), SITES, ids=SITE_IDS)
def test_categories_count_their_public_posts(stage: int, site: Site) -> None:
    rows = get_json(site, "/wp-json/wp/v2/categories?per_page=100")
    assert {row["slug"] for row in rows} == set(site.categories)
    for row in rows:
        posts = get_json(site, f"{POSTS}?per_page=100&categories={row['id']}&_fields=id")
        assert len(posts) == row["count"]


def test_slashes_and_letters_are_escaped_as_php_does() -> None:
    body = get(DAYS, f"{POSTS}?slug=torsdagen-i-bjorkhamn").body
    assert b"http:\\/\\/exempeldagarna.example" in body
    assert body.isascii()
