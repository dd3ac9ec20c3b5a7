"""Documents that pages link to."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.parsers.documents import MEDIA_TYPES, find_documents_in

URL = "https://www.example.se/dokumentation/presentationer/"
UP = "https://www.example.se/wp-content/uploads/2016/10"


def documents(html: str) -> list[tuple[str, str | None, str | None]]:
    node = lxml.html.document_fromstring(f"<html><body><div>{html}</div></body></html>")
    placed = find_documents_in(node.find(".//div"), url=URL)
    return [(p.document.url, p.document.title, p.document.media_type) for p in placed]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(
            f'<p>Läs <a href="{UP}/tal.pdf">Ebba Lindhs tal</a>.</p>',
            [(f"{UP}/tal.pdf", "Ebba Lindhs tal", "application/pdf")],
            id="link-in-text",
        ),
        pytest.param(
            f'<div class="wp-block-file"><object class="wp-block-file__embed" data="{UP}/a.pdf" type="application/pdf"></object>'
            f'<a id="wp-block-file--media-1" href="{UP}/a.pdf">Föreläsarens bilder</a>'
            f'<a href="{UP}/a.pdf" class="wp-block-file__button wp-element-button" download>Ladda ner</a></div>',
            [(f"{UP}/a.pdf", "Föreläsarens bilder", "application/pdf")],
            id="file-block-with-button-and-preview",
        ),
        pytest.param(
            f'<a href="{UP}/a.pdf">Ladda ner</a> <a href="{UP}/a.pdf">Rapporten</a>',
            [(f"{UP}/a.pdf", "Rapporten", "application/pdf")],
            id="button-before-title",
        ),
        pytest.param(f'<a href="{UP}/a.pdf">Ladda hem här</a>', [(f"{UP}/a.pdf", None, "application/pdf")], id="only-a-button"),
        pytest.param(
            '<a href="../../wp-content/uploads/x.PPTX#s=2">Presentation</a>',
            [("https://www.example.se/wp-content/uploads/x.PPTX", "Presentation", MEDIA_TYPES["pptx"])],
            id="relative-upper-case-with-fragment",
        ),
        pytest.param(
            '<a href="//cdn.example.net/f%C3%B6r%20alla.docx?ver=2">För  alla</a>',
            [("https://cdn.example.net/f%C3%B6r%20alla.docx?ver=2", "För alla", MEDIA_TYPES["docx"])],
            id="schemeless-encoded-with-query",
        ),
        pytest.param(
            f'<a href="{UP}/a.pdf">Ett</a><a href="{UP.replace("https", "http")}/a.pdf?ver=1">Två</a>',
            [(f"{UP}/a.pdf", "Ett", "application/pdf")],
            id="same-document-twice",
        ),
        pytest.param(
            f'<a href="{UP}/a.pdf"><img src="a.jpg" alt="Programmet"></a>',
            [(f"{UP}/a.pdf", "Programmet", "application/pdf")],
            id="picture-as-link",
        ),
        pytest.param(
            '<a rel="attachment wp-att-12" href="https://www.example.se/bilder-umea/">Bilder från Umeå</a>',
            [("https://www.example.se/bilder-umea/", "Bilder från Umeå", None)],
            id="attachment-page",
        ),
        pytest.param(
            '<a href="https://www.example.se/?attachment_id=55">Anteckningar</a>',
            [("https://www.example.se/?attachment_id=55", "Anteckningar", None)],
            id="attachment-id",
        ),
        pytest.param(
            f'<iframe src="https://docs.google.com/viewer?url={UP}/b.pdf&embedded=true" title="Visning"></iframe>',
            [(f"{UP}/b.pdf", "Visning", "application/pdf")],
            id="document-viewer",
        ),
        pytest.param(f'<embed src="{UP}/c.pdf">', [(f"{UP}/c.pdf", None, "application/pdf")], id="embedded"),
        *(
            pytest.param(f'<a href="{UP}/x.{end}">Bild</a>', [(f"{UP}/x.{end}", "Bild", kind)], id=f"ending-{end}")
            for end, kind in MEDIA_TYPES.items()
        ),
    ],
)  # fmt: skip
def test_documents(html: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert documents(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        pytest.param('<a href="/dokumentation/">Dokumentation</a>', id="page"),
        pytest.param('<a href="/wp-content/uploads/bild.jpg">Bild</a>', id="picture"),
        pytest.param('<a href="/om-pdf">Vad är en pdf?</a>', id="pdf-in-a-name"),
        pytest.param('<a href="/sok?fil=a.pdf">Sök</a>', id="ending-in-the-query"),
        pytest.param('<a href="/.pdf">x</a>', id="ending-without-name"),
        pytest.param(
            '<a rel="attachment wp-att-3" href="/bild/"><img src="b.jpg"></a>', id="gallery-picture"
        ),
        pytest.param('<a href="mailto:info@example.se?subject=a.pdf">Post</a>', id="mail"),
        pytest.param('<pre><a href="/a.pdf">a</a></pre>', id="code-example"),
        pytest.param('<a href="http://[::1/a.pdf">a</a>', id="broken-host"),
        pytest.param('<a href="">a</a><a>b</a>', id="no-address"),
        pytest.param(
            '<iframe src="https://docs.google.com/forms/d/e/1/viewform"></iframe>',
            id="form-in-a-frame",
        ),
        pytest.param(
            f'<a href="https://example.se/{"a" * 5_000_000}.pdf">a</a>', id="five-megabytes"
        ),
    ],
)
def test_no_documents(html: str) -> None:
    assert documents(html) == []


@given(st.text(max_size=200))
def test_any_address_is_answered(address: str) -> None:
    node = lxml.html.Element("div")
    link = lxml.html.Element("a")
    try:
        link.set("href", address)
    except ValueError:  # characters that no parsed page can hold
        return
    node.append(link)
    find_documents_in(node, url=URL)
