"""A page's bytes give one tree, whether the parser is handed them or the text that they spell."""

from __future__ import annotations

import codecs

import pytest
from lxml.etree import tostring

from harvester.pages.document import decode, parse_capture, parse_html
from tests.pages.harvesting import html_capture

LINE = "<p>Åsa – <b>blåbär</b> 😀</p>"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(LINE.encode(), id="utf-8"),
        pytest.param(b"<meta charset=utf-16>" + LINE.encode(), id="another-charset-in-the-head"),
        pytest.param(b"<meta charset=iso-8859-1>" + LINE.encode(), id="an-older-charset-in-the-head"),
        pytest.param(codecs.BOM_UTF8 + LINE.encode(), id="byte-order-mark"),
        pytest.param(b'<?xml version="1.0" encoding="latin-1"?>' + LINE.encode(), id="xml-declaration"),
        pytest.param(f"<p>a\ufffeb</p>{LINE}".encode(), id="no-character"),
        pytest.param(b"<p>a\x0bb\x00c</p>" + LINE.encode(), id="control-characters"),
        pytest.param("<p>a\x85b\xa0c</p>".encode(), id="c1-and-no-break-space"),
        pytest.param(LINE.encode()[:8], id="cut-within-a-letter"),
        pytest.param("<p>Åsa</p>".encode("cp1252"), id="windows"),
        pytest.param(b"", id="empty"),
    ],
)  # fmt: skip
def test_bytes_and_text_give_the_same_tree(body: bytes) -> None:
    capture = html_capture(body, content_type="text/html; charset=UTF-8")
    root, decoded = parse_capture(capture)
    assert tostring(root) == tostring(parse_html(decode(body, "text/html; charset=UTF-8").text))
    assert decoded == decode(body, "text/html; charset=UTF-8")
