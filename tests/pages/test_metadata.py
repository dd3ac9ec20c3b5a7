"""A page's title, days, byline, categories and address, as themes and plugins state them."""

from __future__ import annotations

import json
import time

import pytest

from harvester.errors import PageError
from harvester.pages.reader import read_page
from tests.pages.harvesting import content_of, html_capture, profile


def page(head: str = "", body: str = "", classes: str = "single-post postid-1") -> str:
    content = f"<div class='entry-content'><p>Text.</p></div>{body}"
    return f"<html lang='sv-SE'><head><title>Rubrik – Exempel</title>{head}</head><body class='{classes}'>{content}</body></html>"


def linked(**item: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(item)}</script>"


PUBLISHED = [
    pytest.param(
        "<meta property='article:published_time' content='2023-09-28T09:15:00+02:00'>",
        "", "2023-09-28", "published.meta", id="meta-of-an-seo-plugin",
    ),
    pytest.param(
        "<meta property='article:published_time' content='2023-09-27T22:30:00+00:00'>",
        "", "2023-09-28", "published.meta", id="midnight-trap-utc-is-the-next-local-day",
    ),
    pytest.param(
        "<meta property='article:published_time' content='2023-12-31T23:30:00Z'>",
        "", "2024-01-01", "published.meta", id="midnight-trap-over-new-year",
    ),
    pytest.param(
        "<meta property='article:published_time' content='2023-09-28T00:30:00'>",
        "", "2023-09-28", "published.meta", id="zoneless-is-local",
    ),
    pytest.param(
        "", "<time class='entry-date published' datetime='2023-09-28T00:30:00+02:00'>i går</time>",
        "2023-09-28", "published.datetime", id="time-element-before-its-words",
    ),
    pytest.param(
        "", "<p class='post-meta'><span class='published'>28 september 2023</span></p>",
        "2023-09-28", "published.text", id="words",
    ),
    pytest.param(
        linked(**{"@graph": [{"@type": "WebPage"}, {"@type": "Article", "datePublished": "2023-09-28T08:00:00+02:00"}]}),
        "", "2023-09-28", "published.json_ld", id="linked-data",
    ),
    pytest.param(
        "<script type='application/ld+json'>{trasig</script>", "", None, None, id="broken-linked-data",
    ),
    pytest.param("", "<time>12:30</time>", None, None, id="a-clock-is-no-day"),
    pytest.param(
        "<meta property='article:published_time' content='i somras'>", "", None, None, id="unreadable",
    ),
    pytest.param("", "<p>Vi ses den 28 september 2023.</p>", None, None, id="text-is-no-metadata"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "body", "day", "rule"), PUBLISHED)
def test_published(head: str, body: str, day: str | None, rule: str | None) -> None:
    found = content_of(page(head, body)).published
    assert (str(found.value) if found else None, found.rule if found else None) == (day, rule)


@pytest.mark.parametrize(
    ("meta", "day", "categories"),
    [
        pytest.param(
            "<span class='published'>sep 28, 2023</span> | <a rel='category tag' href='/c/1/'>SCD2023</a>, <a rel='category tag' href='/c/2/'>TALARE</a>",
            "2023-09-28",
            ["SCD2023", "TALARE"],
            id="divi-meta",
        ),
        pytest.param("sep 28, 2023 | <a rel='tag'>TALARE</a>", "2023-09-28", ["TALARE"], id="bare"),
        pytest.param(
            "av <span class='author vcard'><a>Ada Ek</a></span> | <span class='published'>maj 3, 2022</span> | 2 kommentarer",
            "2022-05-03",
            [],
            id="with-author-and-comments",
        ),
        pytest.param("<span class='published'>okt 6, 2022</span>", "2022-10-06", [], id="okt"),
    ],
)
def test_divi_post_meta(meta: str, day: str, categories: list[str]) -> None:
    html = page(
        body=f"<div class='et_post_meta_wrapper'><h1 class='entry-title'>R</h1><p class='post-meta'>{meta}</p></div>",
        classes="et_divi_theme single-post",
    )
    found = content_of(html)
    assert found.published is not None and str(found.published.value) == day
    assert [c.value for c in found.categories] == categories


@pytest.mark.parametrize(
    ("head", "body", "title", "rule"),
    [
        pytest.param("", "<h1 class='entry-title'>Så &amp; så</h1>", "Så & så", "title.heading", id="heading"),
        pytest.param("<meta property='og:title' content='Från og'>", "", "Från og", "title.og", id="og"),
        pytest.param("", "", "Rubrik", "title.document", id="document-title-without-the-site"),
        pytest.param("", "<h1></h1>", "Rubrik", "title.document", id="empty-heading"),
        pytest.param("", "<h1>Radbruten<br>rubrik</h1>", "Radbruten rubrik", "title.heading", id="break"),
    ],
)  # fmt: skip
def test_title(head: str, body: str, title: str, rule: str) -> None:
    found = content_of(page(head, body)).title
    assert found is not None and (found.value, found.rule) == (title, rule)


@pytest.mark.parametrize(
    ("canonical", "fetched", "url"),
    [
        pytest.param("https://exempel.example/a/", "https://exempel.example/a/", "/a/", id="own"),
        pytest.param("http://www.exempel.example/a", "https://exempel.example/a/", "/a/", id="www-http-and-slash"),
        pytest.param("https://exempel.example/a/", "https://exempel.example/?p=77", "/a/", id="shortlink"),
        pytest.param("https://exempel.example/news/a/", "https://exempel.example/a/", "/news/a/", id="moved"),
        pytest.param("https://exempel.example/", "https://exempel.example/a/", "/a/", id="to-the-front-is-a-fault"),
        pytest.param("https://annan.example/a/", "https://exempel.example/a/", "/a/", id="another-site-is-not-believed"),
        pytest.param("https://exempel.example:8443/a/", "https://exempel.example/b/", "/b/", id="another-port"),
        pytest.param("http://[trasig", "https://exempel.example/a/", "/a/", id="no-address"),
        pytest.param(None, "https://exempel.example/a/?utm_source=x#del", "/a/", id="none"),
    ],
)  # fmt: skip
def test_canonical_address(canonical: str | None, fetched: str, url: str) -> None:
    head = f"<link rel='canonical' href='{canonical}'>" if canonical else ""
    assert content_of(page(head), fetched).url == "https://exempel.example" + url


@pytest.mark.parametrize("lost", ["http://127.0.0.1/a/", "/a/"])
def test_canonical_that_lost_its_port(lost: str) -> None:
    """Behind a proxy WordPress may not know its port: the page keeps the address it answered at."""
    site = profile("http://127.0.0.1:8741/", allow_private=True).sites[0]
    html = page(f"<link rel='canonical' href='{lost}'>")
    assert read_page(html_capture(html, "http://127.0.0.1:8741/a/"), site).url == (
        "http://127.0.0.1:8741/a/"
    )


@pytest.mark.parametrize(
    ("classes", "kind"),
    [
        pytest.param("single single-post postid-4", "post", id="post"),
        pytest.param("page-template page page-id-4", "page", id="page"),
        pytest.param("single single-news", "news", id="custom-type"),
        pytest.param("single-format-standard", "", id="a-format-is-no-type"),
        pytest.param("home", "", id="unknown"),
    ],
)
def test_post_type(classes: str, kind: str) -> None:
    assert content_of(page(classes=classes)).post_type == kind


@pytest.mark.parametrize(
    ("html_tag", "language"),
    [
        pytest.param("<html lang='sv-SE'>", "sv-SE", id="stated"),
        pytest.param("<html lang='en'>", "en", id="english"),
        pytest.param("<html>", "sv", id="none"),
        pytest.param("<html lang='svenska språket'>", "sv", id="no-tag"),
    ],
)
def test_language(html_tag: str, language: str) -> None:
    assert content_of(page().replace("<html lang='sv-SE'>", html_tag)).language == language


def test_a_not_found_page_served_as_a_success_is_refused() -> None:
    with pytest.raises(PageError) as refused:
        content_of(page(classes="error404"))
    assert refused.value.code == "soft_404"


@pytest.mark.parametrize(
    ("behind", "day"),
    [
        pytest.param("<div class='q'><span>15 mars 2023</span> · <span>Redaktionen</span></div>", "2023-03-15", id="a-span"),
        pytest.param("<ul><li>Redaktionen</li><li>2023-03-15</li></ul>", "2023-03-15", id="an-item"),
        pytest.param("<p>15 mars 2023</p>", None, id="a-paragraph-is-text"),
        pytest.param("<span class='q-updated'>15 mars 2023</span>", None, id="day-of-a-change"),
        pytest.param("<span>2023-03-15T10:00:00+01:00</span>", None, id="for-machines"),
        pytest.param("<div>Vi ses i Bredvik den 15 mars 2023</div>", None, id="a-sentence"),
        pytest.param("<aside><span>15 mars 2023</span></aside>", None, id="of-another-frame"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["post", "page"])
def test_the_day_alone_behind_the_heading_of_a_post(
    behind: str, day: str | None, kind: str
) -> None:
    classes = "single-post postid-1" if kind == "post" else "page page-id-1"
    published = content_of(page(body=f"<h1>Rubrik</h1>{behind}", classes=classes)).published
    assert (str(published.value) if published else None) == (day if kind == "post" else None)


def test_many_categories_take_linear_time() -> None:
    def seconds(count: int) -> float:
        many = "".join(f"<a rel='category' href='/c/'>Ämne {n}</a>" for n in range(count))
        capture = html_capture(page(body=many))
        start = time.process_time()
        assert len(read_page(capture, profile().sites[0]).categories) == count
        return time.process_time() - start

    few = min(seconds(2_000) for _ in range(3))
    assert min(seconds(40_000) for _ in range(2)) < 20 * 2.5 * max(few, 0.01)
