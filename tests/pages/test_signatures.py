"""Who signs a page, and roles on the line below a name in a heading."""

from __future__ import annotations

import pytest

from harvester.pages.reading import read
from harvester.pages.signatures import signs
from tests.pages.harvesting import content_of, html_capture, only_page, rows


def people(
    body: str, classes: str = "single-post postid-1"
) -> dict[str, tuple[str, str | None, str | None]]:
    html = f"<body class='{classes}'><h1 class='entry-title'>En hälsning</h1><div class='entry-content'>{body}</div></body>"
    return {
        c["person"]: (str(c["took_part_as"]), c["role"], c["organisation"])
        for c in rows(only_page(html_capture(html)))["contributions"]
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<p>Välkomna hit.</p><p>Ada Ekström<br>ordförande</p>", True, id="name-over-role"),
        pytest.param("<p>Välkomna hit.</p><p>Ada Ekström (S)<br>kommunalråd<br>Falu kommun</p>", True, id="with-a-party"),
        pytest.param("<p>Välkomna hit.</p><p>Hälsningar<br>Ada Ekström<br>ordförande</p>", True, id="below-a-greeting"),
        pytest.param("<p>Välkomna hit.</p><p>Ada Ekström<br>ordförande</p><p>info@exempel.example</p>", True, id="an-address-behind-it"),
        pytest.param("<p>Ada Ekström<br>ordförande</p><p>Ett.</p><p>Två.</p><p>Tre.</p>", False, id="at-the-beginning"),
        pytest.param("<p>Vi ses.</p><p>Ada Ekström kom och stannade.</p>", False, id="a-sentence-at-the-end"),
        pytest.param("<p>Vi ses.</p><figure><figcaption>Ada Ekström<br>ordförande</figcaption></figure>", False, id="a-caption"),
        pytest.param("<p>Vi ses.</p><ul><li>Ada Ekström<br>ordförande</li></ul>", False, id="a-list"),
        pytest.param(f"<p>Vi ses.</p><p>Ada Ekström<br>{'talade länge om detta och ' * 9}</p>", False, id="a-long-paragraph"),
    ],
)  # fmt: skip
def test_signature(body: str, expected: bool) -> None:
    html = f"<body class='single-post'><div class='entry-content'>{body}</div></body>"
    reading = read(content_of(html), published=None, edition=None)
    (person,) = [p for p in reading.people if p.mention.name == "Ada Ekström"]
    assert signs(reading, person) is expected


def test_who_signs_is_the_author() -> None:
    signed = people("<p>Välkomna hit.</p><p>Ada Ekström<br>ordförande</p>")
    assert signed["Ada Ekström"][:2] == ("author", "ordförande")


@pytest.mark.parametrize(
    ("body", "role", "organisation"),
    [
        pytest.param("<h3>Ada Ekström</h3><p>Socialchef, Falu kommun</p>", "socialchef", "Falu kommun", id="paragraph-below"),
        pytest.param("<h3>ADA EKSTRÖM</h3><p>Professor vid Högskolan i Falun</p>", "professor", "Högskolan i Falun", id="capitals"),
        pytest.param(
            "<div class='et_pb_team_member'><h4 class='et_pb_module_header'>Ada Ekström</h4><p class='et_pb_member_position'>Socialchef</p></div>",
            "socialchef", None, id="person-module",
        ),
    ],
)  # fmt: skip
def test_role_below_a_name(body: str, role: str | None, organisation: str | None) -> None:
    assert people(body, "page-id-1")["Ada Ekström"][1:] == (role, organisation)


@pytest.mark.parametrize(
    ("body", "one_line_apart"),
    [
        pytest.param("<h3>Ada Ekström</h3><p>Socialchef</p>", True, id="name-and-role"),
        pytest.param("<h3>Ada Ekström</h3><p>Hon kom sent. Alla väntade.</p>", False, id="sentences"),
        pytest.param("<h3>Ada Ekström</h3><h4>Socialchefer i kris</h4>", False, id="a-heading"),
        pytest.param("<h3>Program 2024</h3><p>Socialchef</p>", False, id="a-heading-with-a-year"),
        pytest.param("<h3>Vem är hon?</h3><p>Socialchef</p>", False, id="a-question"),
        pytest.param("<p>Ada Ekström</p><p>Socialchef</p>", False, id="two-paragraphs"),
        pytest.param(
            "<div class='et_pb_column'><h3>Ada Ekström</h3></div><div class='et_pb_column'><p>Socialchef</p></div>",
            False, id="another-column",
        ),
    ],
)  # fmt: skip
def test_lines_that_belong_together(body: str, one_line_apart: bool) -> None:
    html = f"<body class='page-id-1'><div class='entry-content'>{body}</div></body>"
    text = read(content_of(html), published=None, edition=None).text.text
    assert ("\n\n" not in text) is one_line_apart
