"""The hand-made people labels keep the form that scoring relies on."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from harvester.records import RoleClass

GROUPS = {
    "heading",
    "title",
    "prose",
    "list",
    "caption",
    "signature",
    "credit",
    "dialogue",
    "programme",
    "trap",
    "news",
}
TEXTS: list[dict[str, Any]] = [
    json.loads(line)
    for path in sorted((Path(__file__).parent / "people").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]


def test_ids_are_unique() -> None:
    assert len({text["id"] for text in TEXTS}) == len(TEXTS)


@pytest.mark.parametrize("text", [pytest.param(text, id=text["id"]) for text in TEXTS])
def test_text_is_labelled_in_form(text: dict[str, Any]) -> None:
    assert text["group"] in GROUPS
    assert not (text["group"] == "trap" and text["mentions"])
    end = 0
    for mention in text["mentions"]:
        start, raw = mention["char_start"], mention["raw"]
        assert text["text"][start : start + len(raw)] == raw
        assert start >= end, "mentions stand in order and do not overlap"
        assert "\n\n" not in raw
        end = start + len(raw)


@pytest.mark.parametrize(
    "mention",
    [
        pytest.param((text, mention), id=f"{text['id']}@{mention['char_start']}")
        for text in TEXTS
        for mention in text["mentions"]
    ],
)
def test_mention_is_labelled_in_form(mention: tuple[dict[str, Any], dict[str, Any]]) -> None:
    text, label = mention
    assert label["name"] == unicodedata.normalize("NFC", label["name"])
    assert not {"\u00a0", "\u00ad"} & set(label["name"])
    stated = {label["role"] is None, label["role_class"] is None, label["role_raw"] is None}
    assert len(stated) == 1, "role, class and raw wording go together"
    if label["role"] is not None:
        assert label["role_class"] in set(RoleClass)
        assert label["role"] == label["role"].lower()
        assert label["role_raw"] in text["text"]
    if label["organisation"] is not None:
        assert label["organisation"].casefold() in text["text"].casefold()
    if label.get("carried"):
        assert label["role"] is not None or label["organisation"] is not None
