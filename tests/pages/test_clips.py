"""Which film belongs to which heading: above, below, in columns, in toggles, under bold lines."""

from __future__ import annotations

import pytest

from harvester.pages.blocks import Block
from harvester.pages.clips import announces_film, is_heading
from tests.pages.harvesting import content_of, html_capture, only_page, rows


def player(n: int) -> str:
    return f"<iframe src='https://www.youtube.com/embed/aaaaaaaaaa{n}'></iframe>"


def column(inner: str) -> str:
    return f"<div class='et_pb_column et_pb_column_1_3'>{inner}</div>"


def clips(body: str, title: str = "Filmer 2024") -> list[tuple[str | None, str | None]]:
    """Heading and the last sign of each film's id, in page order."""
    html = f"<body class='page-id-1'><h1 class='entry-title'>{title}</h1><div class='entry-content'>{body}</div></body>"
    found = rows(only_page(html_capture(html)))["clips"]
    return [(c["heading"], c["film_id"][-1] if c["film_id"] else None) for c in found]


def block(html: str) -> Block:
    return content_of(f"<body><div class='entry-content'>{html}</div></body>").blocks[0]


@pytest.mark.parametrize(
    ("body", "pairs"),
    [
        pytest.param(
            f"<h2>ADA EK</h2><p>a</p>{player(1)}<h2>BO AHL</h2>{player(2)}",
            [("ADA EK", "1"), ("BO AHL", "2")], id="heading-above",
        ),
        pytest.param(
            f"<h2>ADA EK</h2>{player(1)}{player(2)}<h2>BO AHL</h2>{player(3)}",
            [("ADA EK", "1"), ("ADA EK", "2"), ("BO AHL", "3")], id="two-films-under-one-heading",
        ),
        pytest.param(
            f"<h2>ADA EK</h2>{player(1)}<h2>BO AHL</h2>{player(2)}<h2>CILLA DAHL</h2><p>Klippet kommer inom kort.</p>",
            [("ADA EK", "1"), ("BO AHL", "2"), ("CILLA DAHL", None)], id="one-without-its-film",
        ),
        pytest.param(
            f"<h2>ADA EK</h2>{player(1)}<h2>BO AHL</h2>{player(2)}<h2>Kontakt</h2><p>Skriv till oss.</p>",
            [("ADA EK", "1"), ("BO AHL", "2")], id="a-heading-of-something-else",
        ),
        pytest.param(
            f"<p><strong>Ada Ek</strong></p>{player(1)}<p><strong>Bo Ahl</strong></p>{player(2)}",
            [("Ada Ek", "1"), ("Bo Ahl", "2")], id="bold-lines",
        ),
        pytest.param(
            f"<p>ADA EKSTRÖM</p>{player(1)}<p>BO AHLGREN</p>{player(2)}",
            [("ADA EKSTRÖM", "1"), ("BO AHLGREN", "2")], id="lines-in-capitals",
        ),
        pytest.param(
            column(f"<h3>Ada Ek</h3>{player(1)}") + column(f"<h3>Bo Ahl</h3>{player(2)}"),
            [("Ada Ek", "1"), ("Bo Ahl", "2")], id="columns-heading-above",
        ),
        pytest.param(
            column(f"{player(1)}<h3>Ada Ek</h3>") + column(f"{player(2)}<h3>Bo Ahl</h3>"),
            [("Ada Ek", "1"), ("Bo Ahl", "2")], id="columns-heading-below",
        ),
        pytest.param(
            column(f"<h3>Ada Ek</h3>{player(1)}") + column(f"{player(2)}<h3>Bo Ahl</h3>") + column(f"{player(3)}"),
            [("Ada Ek", "1"), ("Bo Ahl", "2"), ("Filmer 2024", "3")], id="columns-of-both-kinds-and-none",
        ),
        pytest.param(
            column(f"{player(1)}<h3>Ada Ek</h3>{player(2)}<h3>Bo Ahl</h3>"),
            [("Ada Ek", "1"), ("Bo Ahl", "2")], id="one-column-headings-below",
        ),
        pytest.param(
            column(
                f"<div class='et_pb_column_inner'>{player(1)}<p><b>Ada Ek</b></p></div>"
                f"<div class='et_pb_column_inner'>{player(2)}<p><b>Bo Ahl</b></p></div>"
            ),
            [("Ada Ek", "1"), ("Bo Ahl", "2")], id="inner-columns",
        ),
        pytest.param(
            "".join(
                f"<div class='et_pb_toggle'><h5 class='et_pb_toggle_title'>{name}</h5><div class='et_pb_toggle_content'>{player(n)}</div></div>"
                for n, name in ((1, "Ada Ek"), (2, "Bo Ahl"))
            ),
            [("Ada Ek", "1"), ("Bo Ahl", "2")], id="closed-toggles",
        ),
        pytest.param(
            "<span class='et_pb_section_video_bg'><video autoplay loop muted><source src='/bg.mp4'></video></span>"
            + column(f"<h3>Ada Ek</h3>{player(1)}") + column(f"<h3>Bo Ahl</h3>{player(2)}"),
            [("Ada Ek", "1"), ("Bo Ahl", "2")], id="a-background-film-is-no-clip",
        ),
        pytest.param(f"<p>Se filmen.</p>{player(1)}", [("Filmer 2024", "1")], id="under-the-title"),
    ],
)  # fmt: skip
def test_pairs(body: str, pairs: list[tuple[str | None, str | None]]) -> None:
    assert clips(body) == pairs


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<h4>Rubrik</h4>", True, id="heading"),
        pytest.param("<p><strong>Ada Ek, Falun</strong></p>", True, id="bold"),
        pytest.param("<p>SARA MOHAMMAD</p>", True, id="capitals"),
        pytest.param("<p><strong>Kom och lyssna!</strong></p>", False, id="a-bold-call"),
        pytest.param("<p><strong>Ingress som slutar med punkt.</strong></p>", False, id="a-bold-sentence"),
        pytest.param("<p>FILMKLIPP:</p>", False, id="a-kicker"),
        pytest.param("<p>OBS</p>", False, id="one-short-word"),
        pytest.param("<p>HTTPS://EXEMPEL.EXAMPLE/FILM</p>", False, id="an-address"),
        pytest.param("<p><strong>Ada Ek<br>socialchef</strong></p>", False, id="two-lines"),
        pytest.param(f"<p><strong>{'lång ' * 40}</strong></p>", False, id="long"),
        pytest.param("<li>ADA EKSTRÖM</li>", False, id="list-item"),
    ],
)  # fmt: skip
def test_is_heading(html: str, expected: bool) -> None:
    assert is_heading(block(html)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Klippet kommer inom kort.", True, id="soon"),
        pytest.param("Filmen läggs upp under veckan.", True, id="will-be-put-up"),
        pytest.param("Intervjun publiceras i november.", True, id="published-in"),
        pytest.param("Snart kommer fler klipp, och publiceras senare som film.", True, id="later"),
        pytest.param("Här kan du se klippet.", False, id="is-there"),
        pytest.param("Hon kommer från Falun.", False, id="comes-from"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_announces_film(text: str, expected: bool) -> None:
    assert announces_film(text) is expected
