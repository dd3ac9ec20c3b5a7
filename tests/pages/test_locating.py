"""Every evidence row's raw text stands at the place it names, in the body whose digest it names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harvester.archive.capture import Capture
from harvester.pages.locating import located_text
from harvester.pages.rest import read_entries
from harvester.records import Evidence
from tests.pages import markup
from tests.pages.harvesting import html_capture, json_capture, only_page
from tests.pages.recorded_pages import Recorded, recorded_pages
from tests.pages.test_same_content import ENTRIES, FILMS, PAGES


def misplaced(rows: list[Evidence], bodies: dict[str, Capture]) -> list[str]:
    """The rows whose raw text does not stand where they say."""
    wrong = []
    for row in rows:
        if row.locator is None or not row.raw:
            continue
        text = located_text(bodies[row.digest], row.locator)
        if text is None or text[row.char_start : row.char_end] != row.raw:
            wrong.append(
                f"{row.table}.{row.field} {row.locator} {row.raw!r}, there: {(text or '')[:60]!r}"
            )
    return wrong


@pytest.mark.parametrize("page", recorded_pages(), ids=lambda p: p.name)
def test_recorded_pages(page: Recorded) -> None:
    rows = [r for p in page.harvest.pages for r in p.records if isinstance(r, Evidence)]
    assert rows
    assert misplaced(rows, {page.capture.digest: page.capture}) == []


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
@pytest.mark.parametrize("form", PAGES)
@pytest.mark.parametrize("raw", [False, True], ids=["modules", "shortcodes"])
def test_themes_with_their_rest_entry(form: str, entry: markup.Entry, raw: bool) -> None:
    """A page completed by REST names the one body or the other, never a place in the wrong one."""
    body = markup.shortcodes(entry.pieces) if raw else None
    page = html_capture(PAGES[form][0](entry, body), entry.url)
    listing = json_capture([markup.rest_item(entry)])
    (said,) = read_entries(listing)
    bodies = {page.digest: page, listing.digest: listing}
    for known in (None, said):
        rows = [r for r in only_page(page, known).records if isinstance(r, Evidence)]
        assert misplaced(rows, bodies) == []


@pytest.mark.parametrize(
    ("locator", "text"),
    [
        pytest.param("/html/body/p[1]", "Ett\ntvå", id="block-with-a-break"),
        pytest.param("/html/body/div/text()[1]", "Lös text", id="loose-text"),
        pytest.param("/html/body/p[2]/@title", "över  allt", id="attribute-as-it-stands"),
        pytest.param("/html/body/iframe", "En film", id="a-player-by-its-title"),
        pytest.param("/html/body/p[9]", None, id="nothing-there"),
        pytest.param("/html/body/p[[", None, id="no-xpath"),
        pytest.param("/html/body/p[9]#/html/body/p", None, id="shortcodes-of-nothing"),
        pytest.param("/0/title", None, id="pointer-into-html"),
        pytest.param("count(//p)", None, id="an-expression-is-no-place"),
    ],
)
def test_located_text_of_a_page(locator: str, text: str | None) -> None:
    page = html_capture(
        "<body><p>Ett<br>  två</p><p title='över  allt'>x</p><div>Lös text<p>y</p></div><iframe src='/x' title='En film'></iframe>"
    )
    assert located_text(page, locator) == text


@pytest.mark.parametrize(
    ("locator", "text"),
    [
        pytest.param("/0/title/rendered", FILMS.title, id="value"),
        pytest.param(
            "/0/content/rendered#/html/body/h2[1]", "SIXTEN LUNDEVALL", id="place-in-a-body"
        ),
        pytest.param("/7/title/rendered", None, id="no-such-entry"),
        pytest.param("/0/id", None, id="a-number-is-no-text"),
        pytest.param("/0/title/x", None, id="no-such-key"),
        pytest.param("", None, id="empty"),
    ],
)
def test_located_text_of_a_rest_answer(locator: str, text: str | None) -> None:
    assert located_text(json_capture([markup.rest_item(FILMS)]), locator) == text


def test_a_title_broken_over_two_lines() -> None:
    """It is one line as a title, and two where it stands."""
    page = html_capture(
        "<body class='page-id-1'><h1>Dagens talare<br>  Ada Ekström</h1><div class='entry-content'><p>x</p></div></body>"
    )
    harvest = only_page(page)
    assert harvest.records[0].title == "Dagens talare Ada Ekström"
    rows = [r for r in harvest.records if isinstance(r, Evidence)]
    assert misplaced(rows, {page.digest: page}) == []


def test_text_around_a_removed_part() -> None:
    page = html_capture(
        "<body class='page-id-1'><div class='entry-content'><p>Se <span class='screen-reader-text'>(nytt fönster)</span>"
        " Ada Ekström, socialchef i Falun.</p></div></body>"
    )
    harvest = only_page(page)
    rows = [r for r in harvest.records if isinstance(r, Evidence)]
    assert any(r.field == "name_raw" for r in rows)
    assert misplaced(rows, {page.digest: page}) == []


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("<p>Ada Ekström{post} talade den 3 mars 2024.</p>", id="in-a-paragraph"),
        pytest.param("<p><b>Ada Ekström{post}</b>, socialchef i Falun</p>", id="in-a-name"),
        pytest.param("{post} Ada Ekström, socialchef i Falun", id="before-loose-text"),
        pytest.param("Den 3 mars 2024 {post} talade Ada Ekström.", id="between-loose-texts"),
        pytest.param("<div class='post hentry'><p>Bo</p></div><p>Ada Ekström, socialchef</p>", id="beside"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("tag", ["span", "div", "article"])
def test_text_around_a_post_that_the_page_shows(content: str, tag: str) -> None:
    """Another post's words are not the page's, and part the text in which they stand."""
    post = f"<{tag} class='post hentry' id='post-7'>Bo Ek, rektor</{tag}>"
    page = html_capture(
        f"<body class='page-id-1'><article class='post hentry' id='post-1'><div class='entry-content'>{content.format(post=post)}</div></article>"
    )
    harvest = only_page(page)
    assert "Bo Ek" not in repr(harvest.records)
    rows = [r for r in harvest.records if isinstance(r, Evidence)]
    assert any("Ada" in (r.raw or "") for r in rows)
    assert misplaced(rows, {page.digest: page}) == []


def test_a_body_that_is_no_json_has_no_places() -> None:
    capture = replace(json_capture([]), body=b"{")
    assert located_text(capture, "/0/title") is None
