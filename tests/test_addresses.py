"""Addresses taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.addresses import _cleaned_parts, split_address

PIECES = ["http", "https", "://", "a", "ö", "A", "1", ".", "..", "-", "_", ":", ":80", ":443", ":8009", ":42363", ":65536", ":65000", ":08", ":99999", "/", "//", "?", "?a=b", "&c", "#d", "@", "%C3%B6", "%", " ", "[::1]", "ftp", "exempel.example"]  # fmt: skip


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        pytest.param("https://exempel.example/a/?b=c", ("https", "exempel.example", "/a/", "b=c"), id="plain"),
        pytest.param("https://exempel.example", ("https", "exempel.example", "", ""), id="a host alone"),
        pytest.param("http://127.0.0.1:8009/a", ("http", "127.0.0.1:8009", "/a", ""), id="a port"),
        pytest.param("https://exempel.example:443/", ("https", "exempel.example", "/", ""), id="its own port"),
        pytest.param("https://Exempel.example./å", ("https", "exempel.example", "/%C3%A5", ""), id="to be cleaned"),
        pytest.param("mailto:a@exempel.example", None, id="no web address"),
        pytest.param("http://exempel.example:99999/", None, id="no port"),
    ],
)  # fmt: skip
def test_an_address_is_taken_apart(url: str, parts: tuple[str, str, str, str] | None) -> None:
    assert split_address(url) == parts


@settings(max_examples=500, deadline=None)
@given(
    st.builds(
        "{}://{}".format, st.sampled_from(["http", "https"]), st.lists(st.sampled_from(PIECES)).map("".join)
    )
    | st.lists(st.sampled_from(PIECES)).map("".join)
)  # fmt: skip
def test_what_needs_no_cleaning_comes_out_as_cleaned(url: str) -> None:
    assert split_address(url) == _cleaned_parts(url)
