"""The person a film's heading or title names."""

from __future__ import annotations

import pytest

from harvester.parsers.videos import find_videos

pytest.importorskip("harvester.parsers.people", reason="names are read by harvester.parsers.people")

FRAME = '<iframe src="https://www.youtube.com/embed/Pers0nTie-0"{}></iframe>'


@pytest.mark.parametrize(
    ("html", "person"),
    [
        pytest.param(f"<h2>BIRGITTA LINDSTRÖM</h2>{FRAME.format('')}", "Birgitta Lindström", id="heading-in-capitals"),
        pytest.param(
            f"<h2>Civilminister Karin Sandberg</h2>{FRAME.format('')}", "Karin Sandberg", id="title-before-the-name"
        ),
        pytest.param(
            f"<h2>Filmer 2019</h2>{FRAME.format('')}", None, id="heading-without-a-person"
        ),
        pytest.param(
            "<h2>Filmer 2019</h2>" + FRAME.format(' title="Anders Holmberg om tillit"'), "Anders Holmberg", id="title-names-the-person"
        ),
        pytest.param(
            "<h2>Anna Nyström</h2>" + FRAME.format(' title="Anders Holmberg om tillit"'), "Anna Nyström", id="heading-before-title"
        ),
        pytest.param(
            '<ul><li><a href="https://youtu.be/Pers0nTie-0">Erik Johansson om ekonomi</a></li></ul>', "Erik Johansson", id="link-text"
        ),
        pytest.param(f"<h2>Invigning</h2>{FRAME.format('')}", None, id="event"),
        pytest.param(FRAME.format(""), None, id="nothing-stated"),
    ],
)  # fmt: skip
def test_person(html: str, person: str | None) -> None:
    assert [embed.person for embed in find_videos(html, url="https://www.example.se/")] == [person]
