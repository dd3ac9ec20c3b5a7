"""The gallery's files: what is in them, who is not, and that nothing in them runs or leaks."""

from __future__ import annotations

import filecmp
import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest

from harvester.datasets.files import write_tables
from harvester.datasets.release import Releases
from harvester.explorer.gallery import write_gallery
from harvester.explorer.gallery.frame import POLICY
from harvester.explorer.gallery.model import swedish
from tests.datasets.harvests import appearance, info, with_rows
from tests.explorer.releases import built, empty_tables, rich_tables


def pages(release: Path) -> list[Path]:
    return sorted((release / "gallery").rglob("*.html"))


def data(path: Path) -> object:
    """The value that a data file hands over."""
    call = re.fullmatch(r'harvest\("[\w-]+",(.*)\);\n', path.read_text(encoding="utf-8"), re.S)
    assert call is not None
    return json.loads(call[1])


def text_of(path: Path) -> str:
    return " ".join(lxml.html.parse(path).getroot().text_content().split())


def test_every_page_is_closed_to_the_outside_and_to_search_engines(rich: Path) -> None:
    for path in pages(rich):
        root = lxml.html.parse(path).getroot()
        assert root.xpath("//meta[@name='robots']/@content") == ["noindex, nofollow"], path
        assert root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [POLICY]
        assert root.xpath("//html/@lang") == ["sv"]
        assert not root.xpath("//script[not(@src)] | //@style | //@onclick")
        loaded = root.xpath("//script/@src | //link/@href | //img/@src | //iframe/@src")
        assert all(not urlsplit(address).scheme for address in loaded), path


def test_every_link_within_the_gallery_leads_somewhere(rich: Path) -> None:
    for path in pages(rich):
        for address in lxml.html.parse(path).getroot().xpath("//@href | //script/@src"):
            parts = urlsplit(address)
            if not parts.scheme and parts.path:
                assert (path.parent / unquote(parts.path)).is_file(), f"{path.name}: {address}"


def test_a_person_page_tells_roles_and_shows_the_stored_text(rich: Path) -> None:
    root = lxml.html.parse(rich / "gallery/person/p000010.html").getroot()
    assert root.xpath("string(//h1)") == "Yrsa Äppelqvist"
    roles = [" ".join(tr.text_content().split()) for tr in root.xpath("//table//tr")]
    assert roles == ["2019ordförande; förbundsordförande, Vårdförbundet Exempel"]
    marks = root.xpath("//details//mark/text()")
    assert {"Yrsa Äppelqvist", "förbundsordförande", "Vårdförbundet Exempel"} <= set(marks)
    quote = root.xpath("//blockquote[mark='förbundsordförande']")[0].text_content()
    assert quote.startswith("Yrsa Äppelqvist, förbundsordförande i Vårdförbundet Exempel, talar")


def test_nobody_has_a_page_who_is_only_mentioned(rich: Path) -> None:
    assert not (rich / "gallery/person/p000012.html").exists()
    assert all("Enda Omnämnd" not in path.read_text(encoding="utf-8") for path in pages(rich))
    films = (rich / "gallery/data/films.js").read_text(encoding="utf-8")
    assert "Enda Omnämnd" not in films


def test_an_edition_page_tells_days_place_theme_and_conflicts(rich: Path) -> None:
    said = text_of(rich / "gallery/edition/2019.html")
    for value in (
        "2019-09-25 – 2019-09-27", "Lillköping", "Folkets hus", "Tillit", "Storköping",
        "Yrsa Äppelqvist", "Tillit i vardagen", "Bilder",
    ):  # fmt: skip
        assert value in said
    root = lxml.html.parse(rich / "gallery/edition/2019.html").getroot()
    assert "Lillköping" in root.xpath("//mark/text()")


def test_the_timeline_names_every_year_newest_first(rich: Path) -> None:
    years = lxml.html.parse(rich / "gallery/timeline.html").getroot().xpath("//ol//h2/a/text()")
    assert years == [str(year) for year in range(2024, 2015, -1)]


def test_the_film_list_and_its_details_fit_together(rich: Path) -> None:
    films = data(rich / "gallery/data/films.js")
    details = data(rich / "gallery/data/details-0.js")
    assert isinstance(films, dict) and isinstance(details, list)
    assert len(films["films"]) == len(details) == 12
    number = next(n for n, film in enumerate(films["films"]) if film[0] == "youtube:film0000001")
    film, detail = films["films"][number], details[number]
    assert film[1:3] == ["Tillit i vardagen", 2019]
    cast = [films["people"][person][1] for person, _ in film[3]]
    assert cast == ["Yrsa Äppelqvist", "Karl-Uno Östbjörk"]
    assert films["roles"][film[3][0][1]] == ["förbundsordförande", "association_officer"]
    assert len(detail["cast"]) == len(cast)
    assert detail["start"] == 75
    assert ["name_raw", "", "Yrsa Äppelqvist"] in [proof[:3] for proof in detail["proofs"]]


def test_a_film_that_is_gone_is_marked(rich: Path) -> None:
    films, details = data(rich / "gallery/data/films.js"), data(rich / "gallery/data/details-0.js")
    assert isinstance(films, dict) and isinstance(details, list)
    away = [film[0] for film, one in zip(films["films"], details, strict=True) if one["away"]]
    assert away == ["youtube:film0000004"]


def test_hostile_texts_are_shown_and_never_run(hostile: Path) -> None:
    for path in pages(hostile):
        root = lxml.html.parse(path).getroot()
        assert not root.xpath("//script[not(@src)] | //img | //b | //@onmouseover | //@onerror")
    people = text_of(hostile / "gallery/people.html")
    assert '<script>alert("x")</script>' in people
    assert "[U+202E]" in people
    assert "\u202e" not in people
    assert "x" * 5000 in people
    films = (hostile / "gallery/data/films.js").read_text(encoding="utf-8")
    assert "</script" not in films
    assert isinstance(data(hostile / "gallery/data/films.js"), dict)


def test_a_release_without_rows_is_shown_as_empty(tmp_path: Path) -> None:
    write_tables(tmp_path, empty_tables(), info())
    write_gallery(tmp_path, None)
    assert "Ingen medverkande" in text_of(tmp_path / "gallery/people.html")
    assert "Inget konferensår" in text_of(tmp_path / "gallery/timeline.html")
    assert data(tmp_path / "gallery/data/films.js") == {
        "chunk": 100, "people": [], "roles": [], "films": [],
    }  # fmt: skip


def test_the_same_release_gives_the_same_bytes(tmp_path: Path, rich: Path) -> None:
    again = built(tmp_path / "sample", rich_tables())
    files = [p.relative_to(rich) for p in sorted((rich / "gallery").rglob("*")) if p.is_file()]
    same, different, missing = filecmp.cmpfiles(rich, again, [str(f) for f in files], shallow=False)
    assert (len(same), different, missing) == (len(files), [], [])


def test_what_changed_is_told(tmp_path: Path) -> None:
    output = tmp_path / "sample"
    built(output, with_rows(12))
    changed = [
        appearance(n, role="<i>rektor</i>" if n == 3 else "enhetschef") for n in range(1, 13)
    ]
    release = built(output, with_rows(12, appearances=changed))
    root = lxml.html.parse(release / "gallery/changes.html").getroot()
    assert "2026.11.20-1" in root.xpath("string(//p[@class='lead'])")
    assert root.xpath("//h2/code/text()") == ["appearances"]
    assert "<i>rektor</i>" in [cell.text_content() for cell in root.xpath("//td")]


def test_a_first_release_has_nothing_to_compare_with(rich: Path) -> None:
    assert "första utgåvan" in text_of(rich / "gallery/changes.html")


def test_checksums_cover_the_gallery(rich: Path) -> None:
    sums = (rich / "SHA256SUMS").read_text(encoding="utf-8")
    listed = {line.partition("  ")[2] for line in sums.splitlines()}
    there = {p.relative_to(rich).as_posix() for p in (rich / "gallery").rglob("*") if p.is_file()}
    assert there <= listed


def test_who_left_the_tables_has_no_page_left(tmp_path: Path) -> None:
    """A release holds its own gallery only: a person of the release before has no page in the next."""
    output = tmp_path / "sample"
    built(output, with_rows(12))
    release = built(output, with_rows(6))
    assert not (release / "gallery/person/p000007.html").exists()
    assert Releases(output).latest == release


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["Zorn", "Åberg", "Ärlig", "Öberg"], id="last-three-letters"),
        pytest.param(["Andé", "Ande B", "Andersson"], id="accents-fold"),
        pytest.param(["van Dam", "Wester"], id="case-set-aside"),
    ],
)
def test_swedish_order(names: list[str]) -> None:
    assert sorted(set(names), key=swedish) == names
