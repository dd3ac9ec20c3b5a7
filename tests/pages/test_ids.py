"""Ids: the hash is HMAC, whatever the key."""

from __future__ import annotations

import hmac

import pytest

from harvester.pages.rows.ids import keyed_hash


@pytest.mark.parametrize(
    "key",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"nyckel", id="short"),
        pytest.param(b"k" * 64, id="a-block"),
        pytest.param(b"k" * 65, id="longer-than-a-block"),
    ],
)
@pytest.mark.parametrize("text", ["", "anna andersson", "åäö " * 50, "half \ud800"])
def test_the_hash_is_hmac(key: bytes, text: str) -> None:
    expected = hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()
    assert keyed_hash(text, key, 64) == expected
    assert keyed_hash(text, key) == expected[:10]
