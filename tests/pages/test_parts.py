"""What the words right beside a name say its bearer did."""

from __future__ import annotations

import pytest

from harvester.pages.reading import read
from harvester.pages.rows.parts import StatedParts
from tests.pages.harvesting import content_of


@pytest.mark.parametrize(
    ("text", "part"),
    [
        pytest.param("Intervjuerna är gjorda av Ada Ekström.", "interviewer", id="made-by"),
        pytest.param("SAMTALEN GJORDES AV Ada Ekström.", "interviewer", id="in-capitals"),
        pytest.param("Samtalet leddes av Ada Ekström.", "interviewer", id="led-by"),
        pytest.param("Deltagarna intervjuades på plats av Ada Ekström.", "interviewer", id="were-interviewed-by"),
        pytest.param("Ada Ekström intervjuade deltagarna.", "interviewer", id="interviewed"),
        pytest.param("Dagen hölls under ledning av Ada Ekström.", "moderator", id="under-the-lead-of"),
        pytest.param("Panelen modererades av Ada Ekström.", "moderator", id="was-moderated-by"),
        pytest.param("Moderator: Ada Ekström.", "moderator", id="label"),
        pytest.param("En panel med moderator Ada Ekström.", "moderator", id="with-moderator"),
        pytest.param("Text och foto: Ada Ekström.", "author", id="text-and-picture"),
        pytest.param("Boken gjorde intryck på Ada Ekström.", None, id="another-verb"),
        pytest.param("Ada Ekström, som var på plats, gjorde alla intervjuer.", "interviewer", id="behind-a-clause"),
        pytest.param("Ada Ekström</p><p>gjorde intervjuer hela dagen.", None, id="in-the-next-block"),
        pytest.param("En föreläsning av Ada Ekström.", None, id="by-alone"),
    ],
)  # fmt: skip
def test_part_by_the_words_beside(text: str, part: str | None) -> None:
    html = f"<body class='single-post'><div class='entry-content'><p>{text}</p></div></body>"
    reading = read(content_of(html), published=None, edition=None)
    (person,) = reading.people
    assert StatedParts(reading).of(person) == part
