"""The worked examples of docs/themes.md and docs/layouts.md do what they say."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from harvester.pages import layouts, reader, themes
from tests.pages.harvesting import harvested, html_capture, only_page, rows

DOCS = Path(__file__).parents[2] / "docs"
THEMES = Path(themes.__file__).with_name("themes.toml")


def code(document: str, language: str) -> list[str]:
    text = (DOCS / document).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.S)


def test_a_theme_is_a_few_lines_of_toml(monkeypatch: pytest.MonkeyPatch) -> None:
    (page,) = code("themes.md", "html")
    capture = html_capture(page, "https://exempel.example/vi-laser/")
    assert [p.code for p in harvested(capture).problems] == ["no_content_node"]

    table, removed = (tomllib.loads(text) for text in code("themes.md", "toml"))
    data: dict[str, Any] = tomllib.loads(THEMES.read_text(encoding="utf-8"))
    data["theme"].insert(-1, *table["theme"])
    data["common"]["remove"] += removed["remove"]
    taught = themes.read_themes(data)
    monkeypatch.setattr(reader, "themes", lambda: taught)

    found = rows(only_page(capture))
    row = found["pages"][0]
    assert (row["theme"], row["title"]) == ("hamnen", "Vi läser tillsammans")
    assert (str(row["published"]), row["author"], row["categories"]) == (
        "2025-03-03", "Rut Lindvall", ("Böcker",),
    )  # fmt: skip
    assert row["text"] == "Sixten Lundevall, socialchef i Norrviks kommun, valde boken."
    assert [c["person"] for c in found["contributions"]] == ["Sixten Lundevall"]


def test_every_key_of_the_theme_table_is_documented() -> None:
    text = (DOCS / "themes.md").read_text(encoding="utf-8")
    data = tomllib.loads(THEMES.read_text(encoding="utf-8"))
    keys = {key for table in [*data["theme"], data["common"]] for key in table}
    assert {key for key in keys if f"`{key}`" not in text} == set()


def test_a_layout_is_one_class(monkeypatch: pytest.MonkeyPatch) -> None:
    (page,) = code("layouts.md", "html")
    (source,) = code("layouts.md", "python")
    names: dict[str, Any] = {}
    exec(compile(source, "layouts.md", "exec"), names)
    taught = (names["Podcast"](), *layouts.LAYOUTS)
    monkeypatch.setattr(
        "harvester.harvest.choose_layout", lambda content: layouts.choose_layout(content, taught)
    )
    found = rows(only_page(html_capture(page, "https://exempel.example/podd-14/")))
    assert found["pages"][0]["layout"] == "podcast"
    assert [(c["film_id"], c["people"]) for c in found["clips"]] == [
        ("youtube:poddavsnitt", ["Ellen Tallrot"])
    ]
    assert [(c["person"], str(c["took_part_as"])) for c in found["contributions"]] == [
        ("Sixten Lundevall", "mentioned"),
        ("Ellen Tallrot", "interviewee"),
    ]


def test_the_table_of_tiers_is_true() -> None:
    text = (DOCS / "layouts.md").read_text(encoding="utf-8")
    said = {
        name: int(tier)
        for tier, names in re.findall(r"^\| (\d) \| ([^|]+) \|", text, re.M)
        for name in re.findall(r"`(\w+)`", names)
    }
    assert said == {layout.name: layout.tier for layout in layouts.LAYOUTS}
