"""Content nodes as blocks: kinds, normalised text, places, links, columns, films."""

from __future__ import annotations

from typing import Any

import pytest

from harvester.pages.block_kinds import BlockKind
from harvester.pages.block_text import normalise
from harvester.pages.blocks import Block, read_blocks, text_at
from harvester.pages.document import parse_html

URL = "https://exempel.example/sida/"


def blocks(html: str, **options: Any) -> list[Block]:
    return list(read_blocks(parse_html(f"<body>{html}</body>"), url=URL, **options))


def texts(html: str) -> list[str]:
    return [b.text for b in blocks(html)]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param("  ett \t två\u00a0tre ", "ett två tre", id="runs-of-white-space"),
        pytest.param("So\u0308dra", "Södra", id="composed-to-nfc"),
        pytest.param("soci\u00adal\u200btjänst\ufeff", "socialtjänst", id="invisible-characters"),
        pytest.param("ett \n två", "ett\ntvå", id="break-stays"),
        pytest.param("ett\n\n\n\ntvå", "ett\n\ntvå", id="an-empty-line-at-most"),
        pytest.param("", "", id="nothing"),
        pytest.param("\u2009tunt\u202fblank", "tunt blank", id="thin-spaces"),
    ],
)
def test_normalise(raw: str, text: str) -> None:
    assert normalise(raw) == text
    assert normalise(normalise(raw)) == normalise(raw)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        pytest.param("<h2>Rubrik</h2>", [("heading", "Rubrik")], id="heading"),
        pytest.param("<p>Text</p>", [("paragraph", "Text")], id="paragraph"),
        pytest.param("<ul><li>A<li>B</ul>", [("list_item", "A"), ("list_item", "B")], id="list"),
        pytest.param(
            "<dl><dt>A</dt><dd>B</dd></dl>",
            [("list_item", "A"), ("list_item", "B")],
            id="definitions",
        ),
        pytest.param("<blockquote><p>C</p></blockquote>", [("quote", "C")], id="quote"),
        pytest.param(
            "<figure><img alt='Kvinna'><figcaption>Bild</figcaption></figure>",
            [("caption", "Bild")],
            id="caption",
        ),
        pytest.param(
            "<table><tr><td>9.00</td><td>Kaffe</td></tr></table>",
            [("cell", "9.00"), ("cell", "Kaffe")],
            id="cells",
        ),
        pytest.param(
            "<div><p class='wp-caption-text'>Bild</p></div>",
            [("caption", "Bild")],
            id="caption-by-class",
        ),
        pytest.param(
            "<div class='et_pb_toggle_title'>Fråga</div>",
            [("heading", "Fråga")],
            id="heading-by-class",
        ),
        pytest.param("Lös text", [("paragraph", "Lös text")], id="bare-text"),
        pytest.param(
            "Före<p>i</p>efter",
            [("paragraph", "Före"), ("paragraph", "i"), ("paragraph", "efter")],
            id="mixed-content",
        ),
        pytest.param(
            "<div><span>a</span> <em>b</em></div>", [("paragraph", "a b")], id="inline-is-one-block"
        ),
        pytest.param(
            "<p>a<strong>b<em>c</em></strong>d</p>", [("paragraph", "abcd")], id="nested-inline"
        ),
        pytest.param("<p>a<br>b<br/><br/>c</p>", [("paragraph", "a\nb\n\nc")], id="breaks"),
        pytest.param("<p>a\nb</p>", [("paragraph", "a b")], id="source-newline-is-a-space"),
        pytest.param("<pre>a\nb</pre>", [("paragraph", "a\nb")], id="pre-keeps-its-lines"),
        pytest.param("<p> </p><p>&nbsp;</p><p></p>", [], id="empty-paragraphs-are-none"),
        pytest.param(
            "<a href='/x'><h3>Rubrik</h3></a>",
            [("heading", "Rubrik")],
            id="link-around-a-heading",
        ),
    ],
)
def test_kinds_and_texts(html: str, found: list[tuple[str, str]]) -> None:
    assert [(str(b.kind), b.text) for b in blocks(html)] == found


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<script>x()</script>", id="script"),
        pytest.param("<style>p{}</style>", id="style"),
        pytest.param("<noscript><p>Slå på skript</p></noscript>", id="noscript"),
        pytest.param("<template><p>Mall</p></template>", id="template"),
        pytest.param("<!-- <p>Gammalt</p> -->", id="comment"),
        pytest.param("<form><p>Sök</p><button>Skicka</button></form>", id="form"),
        pytest.param("<nav><a href='/'>Start</a></nav>", id="menu"),
        pytest.param("<svg><text>Ikon</text></svg>", id="picture-text"),
        pytest.param("<img alt='Kvinna, mörkt hår'>", id="alternative-text"),
        pytest.param("<iframe src='/karta/'>Ramar saknas</iframe>", id="frame-fallback"),
    ],
)
def test_silent_elements_say_nothing(html: str) -> None:
    assert texts(f"<p>Före</p>{html}<p>Efter</p>") == ["Före", "Efter"]


@pytest.mark.parametrize(
    ("html", "bold"),
    [
        pytest.param("<p><strong>Anna Ek</strong></p>", True, id="all-bold"),
        pytest.param("<p><b>Anna</b> <strong>Ek</strong></p>", True, id="bold-in-pieces"),
        pytest.param("<p><strong>Anna</strong> Ek</p>", False, id="half-bold"),
        pytest.param("<p>Anna Ek</p>", False, id="plain"),
        pytest.param(
            "<p><strong><a href='/x'>Anna Ek</a></strong></p>", True, id="link-inside-bold"
        ),
    ],
)
def test_emphasised(html: str, bold: bool) -> None:
    assert blocks(html)[0].emphasised is bold


@pytest.mark.parametrize(
    ("html", "links"),
    [
        pytest.param(
            "<p>Se <a href='/a/'>sidan</a>.</p>",
            [(3, 8, "https://exempel.example/a/", "sidan")],
            id="relative",
        ),
        pytest.param(
            "<p>\n  Se   <a href='b'> sidan </a></p>",
            [(3, 8, "https://exempel.example/sida/b", "sidan")],
            id="white-space-around",
        ),
        pytest.param(
            "<p>a <a href='/1'>a</a> a <a href='/2'>a</a></p>",
            [
                (2, 3, "https://exempel.example/1", "a"),
                (6, 7, "https://exempel.example/2", "a"),
            ],
            id="same-text-twice",
        ),
        pytest.param(
            "<p><a href='mailto:a@b.example'>brev</a></p>",
            [(0, 4, "mailto:a@b.example", "brev")],
            id="mail",
        ),
        pytest.param("<p><a>ankare</a> x</p>", [], id="no-address"),
        pytest.param("<p><a href='http://[x'>trasig</a></p>", [], id="broken-address"),
    ],
)
def test_links_stand_in_the_normalised_text(
    html: str, links: list[tuple[int, int, str, str]]
) -> None:
    block = blocks(html)[0]
    assert [(k.char_start, k.char_end, k.href, k.text) for k in block.links] == links
    assert all(block.text[k.char_start : k.char_end] == k.text for k in block.links)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<p>a</p><p>b</p>", id="paragraphs"),
        pytest.param("Före<p>i</p>efter", id="mixed"),
        pytest.param("<div>a<br>b<p>c</p><em>d</em> e</div>", id="run-begins-with-inline"),
        pytest.param("<div><!-- x -->a<p>b</p><!-- y -->c</div>", id="comments-between"),
        pytest.param("<ul><li>a<ul><li>b</li></ul>c</li></ul>", id="nested-list"),
        pytest.param("<div>a<script>x</script>b<p>c</p>d</div>", id="script-within-a-run"),
        pytest.param("<a href='/'>x<div>y</div>z</a>", id="block-in-inline"),
        pytest.param("<table><tr><td>a<br>b<td><p>c</p>d</table>", id="cells"),
        pytest.param(
            "<p>a <iframe src='https://youtu.be/aaaaaaaaaaa'></iframe> b</p>",
            id="a-player-within-a-paragraph",
        ),
        pytest.param(
            "<p>a <b>b <iframe src='https://youtu.be/aaaaaaaaaaa'></iframe> c</b> d</p>",
            id="a-player-within-bold-text",
        ),
    ],
)
def test_every_locator_leads_back_to_its_block(html: str) -> None:
    root = parse_html(f"<body>{html}</body>")
    found = read_blocks(root, url=URL)
    assert len({b.locator for b in found}) == len(found)
    for block in found:
        if block.text:
            assert text_at(root, block.locator) == block.text


def test_a_place_that_is_none_has_no_text() -> None:
    assert text_at(parse_html("<p>a</p>"), "/html/body/p[2]") is None


@pytest.mark.parametrize(
    ("html", "columns"),
    [
        pytest.param("<p>a</p>", [""], id="no-column"),
        pytest.param(
            "<div class='et_pb_column et_pb_column_1_3'><p>a</p></div><div class='et_pb_column'><p>b</p></div><p>c</p>",
            ["/html/body/div[1]", "/html/body/div[2]", ""],
            id="divi",
        ),
        pytest.param(
            "<div class='wp-block-column'><div class='wp-block-column'><p>a</p></div><p>b</p></div>",
            ["/html/body/div/div", "/html/body/div"],
            id="innermost-counts",
        ),
        pytest.param("<div class='two_et_pb_columns'><p>a</p></div>", [""], id="only-alike"),
    ],
)
def test_columns(html: str, columns: list[str]) -> None:
    assert [b.column for b in blocks(html)] == columns


@pytest.mark.parametrize(
    ("html", "order"),
    [
        pytest.param(
            "<p>a</p><iframe src='https://www.youtube.com/embed/aaaaaaaaaaa'></iframe><p>b</p>",
            ["a", "youtube:aaaaaaaaaaa", "b"],
            id="frame",
        ),
        pytest.param(
            "<p>a <iframe src='https://www.youtube.com/embed/aaaaaaaaaaa'></iframe> b</p>",
            ["a", "youtube:aaaaaaaaaaa", "b"],
            id="frame-ends-the-running-block",
        ),
        pytest.param(
            "<p>Se <a href='https://youtu.be/aaaaaaaaaaa'>filmen</a> nu</p><p>b</p>",
            ["Se filmen nu", "youtube:aaaaaaaaaaa", "b"],
            id="link-comes-behind-its-text",
        ),
        pytest.param(
            "<noscript><iframe src='https://www.youtube.com/embed/aaaaaaaaaaa'></iframe></noscript><p>b</p>",
            ["youtube:aaaaaaaaaaa", "b"],
            id="in-noscript",
        ),
    ],
)
def test_films_stand_in_document_order(html: str, order: list[str]) -> None:
    shown = [
        f"{b.film.video.provider}:{b.film.video.id}" if b.film else b.text for b in blocks(html)
    ]
    assert shown == order


def test_documents_belong_to_the_block_that_links_them() -> None:
    html = "<p>Se <a href='/b.pdf'>bilder</a></p><iframe src='/c.pdf'></iframe>"
    text, frame = blocks(html)
    assert [d.url for d in text.documents] == ["https://exempel.example/b.pdf"]
    assert frame.kind is BlockKind.DOCUMENT and frame.documents[0].url.endswith("/c.pdf")


def test_skipped_nodes_are_no_content() -> None:
    root = parse_html(
        "<body><p>a</p><div id='x'><p>b</p><iframe src='https://youtu.be/aaaaaaaaaaa'></iframe></div>c</body>"
    )
    found = read_blocks(root, url=URL, skip=[root.get_element_by_id("x")])
    assert [b.text for b in found] == ["a", "c"]


def test_depth_is_no_danger() -> None:
    deep = "<div>" * 1500 + "botten" + "</div>" * 1500
    assert texts(deep) == ["botten"]
