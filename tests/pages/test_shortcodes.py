"""Raw builder shortcodes as the modules they stand for."""

from __future__ import annotations

import time

import pytest

from harvester.pages.blocks import read_blocks
from harvester.pages.document import parse_html
from harvester.pages.shortcodes import expand_shortcodes, has_shortcodes


def read(text: str) -> list[str]:
    blocks = read_blocks(parse_html(expand_shortcodes(text)), url="https://exempel.example/")
    return [f"{b.film.video.provider}:{b.film.video.id}" if b.film else b.text for b in blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('[et_pb_video src="https://youtu.be/x"]', True, id="divi"),
        pytest.param("[vc_row][/vc_row]", True, id="wpbakery"),
        pytest.param("[embed]https://youtu.be/x[/embed]", True, id="embed"),
        pytest.param("[…]", False, id="ellipsis"),
        pytest.param("[sic]", False, id="editor's-mark"),
        pytest.param("Se [1] och [2].", False, id="notes"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_has_shortcodes(text: str, expected: bool) -> None:
    assert has_shortcodes(text) is expected
    if not expected:
        assert expand_shortcodes(text) == text


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        pytest.param(
            '[et_pb_section][et_pb_row][et_pb_column type="4_4"][et_pb_text]<h2>Ada Ek</h2>[/et_pb_text]'
            '[et_pb_video src="https://www.youtube.com/watch?v=aaaaaaaaaaa"][/et_pb_video][/et_pb_column][/et_pb_row][/et_pb_section]',
            ["Ada Ek", "youtube:aaaaaaaaaaa"], id="video-module",
        ),
        pytest.param(
            "[et_pb_video src=&#8221;https://www.youtube.com/watch?v=aaaaaaaaaaa&#8221; /]",
            ["youtube:aaaaaaaaaaa"], id="texturised-quotes",
        ),
        pytest.param(
            "[et_pb_video src=”https://youtu.be/aaaaaaaaaaa” admin_label=”Video”][/et_pb_video]",
            ["youtube:aaaaaaaaaaa"], id="curly-quotes",
        ),
        pytest.param('[et_pb_blurb title="Ada Ek"]Socialchef[/et_pb_blurb]', ["Ada Ek", "Socialchef"], id="blurb"),
        pytest.param(
            '[et_pb_team_member name="Ada Ek" position="Socialchef i Falun"]Hon talar.[/et_pb_team_member]',
            ["Ada Ek", "Socialchef i Falun", "Hon talar."], id="person",
        ),
        pytest.param('[et_pb_toggle title="Fråga"]Svar[/et_pb_toggle]', ["Fråga", "Svar"], id="toggle"),
        pytest.param("[embed]https://youtu.be/aaaaaaaaaaa[/embed]", ["https://youtu.be/aaaaaaaaaaa", "youtube:aaaaaaaaaaa"], id="embed"),
        pytest.param('[caption id="a"]<img src="/x.jpg"> Ada Ek[/caption]', ["Ada Ek"], id="caption"),
        pytest.param("[et_pb_unknown_new]Text[/et_pb_unknown_new]", ["Text"], id="unknown-module-keeps-its-content"),
        pytest.param("[et_pb_text]Öppen", ["Öppen"], id="never-closed"),
        pytest.param("Text[/et_pb_text]", ["Text"], id="never-opened"),
        pytest.param('[et_pb_text title="a]b"]x[/et_pb_text]', None, id="bracket-in-an-attribute"),
        pytest.param('[et_pb_blurb title="<script>x</script>"]y[/et_pb_blurb]', ["<script>x</script>", "y"], id="markup-in-an-attribute-is-text"),
    ],
)  # fmt: skip
def test_expansion(text: str, blocks: list[str] | None) -> None:
    found = read(text)
    if blocks is not None:
        assert found == blocks


def test_hostile_brackets_take_linear_time() -> None:
    start = time.perf_counter()
    expand_shortcodes("[et_pb_text " * 20_000)
    expand_shortcodes("[" * 200_000)
    expand_shortcodes('[et_pb_x a="' * 20_000)
    assert time.perf_counter() - start < 5
