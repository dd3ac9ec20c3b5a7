"""The gallery, the explorer and the report in a real browser."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harvester.explorer.report import report_html
from tests.datasets.harvests import with_rows
from tests.explorer.browser import chromium, visit
from tests.explorer.releases import built

PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
TITLES = "#films .title"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as running:
        yield running


def address(release: Path, page: str = "index.html") -> str:
    return (release / "gallery").as_uri() + f"/{page}"


def shown(page: Any) -> list[str]:
    titles: list[str] = page.locator(TITLES).all_text_contents()  # also of cards out of sight
    return titles


@pytest.mark.parametrize(
    ("page", "options"),
    [
        pytest.param("index.html", {}, id="films"),
        pytest.param("index.html", PHONE, id="films-on-a-phone-in-the-dark"),
        pytest.param("people.html", {}, id="people"),
        pytest.param("person/p000010.html", {}, id="person"),
        pytest.param("person/p000010.html", PHONE, id="person-on-a-phone-in-the-dark"),
        pytest.param("edition/2019.html", {}, id="year"),
        pytest.param("timeline.html", {}, id="timeline"),
        pytest.param("changes.html", {}, id="changes"),
    ],
)
def test_every_page_is_quiet_and_accessible(
    browser: Any, rich: Path, page: str, options: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    with visit(browser, address(rich, page), **options) as seen:
        for drawer in seen.page.locator("summary").all():
            drawer.click()
        seen.picture(f"gallery-{request.node.callspec.id}")
        assert seen.violations() == []
        assert seen.foreign == []
        assert seen.errors == []
        wide = seen.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0


@pytest.mark.parametrize(
    ("field", "value", "titles"),
    [
        pytest.param("#q", "tillit vardagen", ["Tillit i vardagen"], id="words-of-the-title"),
        pytest.param("#q", "APPELQVIST", ["Tillit i vardagen"], id="accents-and-case-fold"),
        pytest.param("#q", "aldreomsorg langden", ["Äldreomsorg på längden"], id="title-folds"),
        pytest.param("#q", "forbundsordforande", ["Tillit i vardagen"], id="role-word"),
        pytest.param("#q", "<script>", [], id="nothing"),
        pytest.param("#person", "östbjörk", ["Tillit i vardagen"], id="person"),
        pytest.param("#edition", "2024", ["Film nummer 8"], id="year"),
        pytest.param("#role", "group:association_officer", ["Tillit i vardagen"], id="group-of-roles"),
        pytest.param("#role", "role:förbundsordförande", ["Tillit i vardagen"], id="role"),
    ],
)  # fmt: skip
def test_filters(browser: Any, rich: Path, field: str, value: str, titles: list[str]) -> None:
    with visit(browser, address(rich)) as seen:
        page = seen.page
        assert len(shown(page)) == 12
        if field in ("#edition", "#role"):
            page.select_option(field, value)
        else:
            page.fill(field, value)
        assert shown(page) == titles
        count = page.inner_text("#count")
        assert count == (f"Filmer: {len(titles)}" if titles else "Ingen film passar filtren.")
        kept = page.url
        page.click("#clear")
        assert len(shown(page)) == 12
        page.goto("about:blank")
        page.goto(kept)  # the address alone brings the filter back
        assert shown(page) == titles
        assert seen.errors == []


@pytest.mark.parametrize(
    ("film", "frame"),
    [
        pytest.param(
            "youtube:film0000001",
            "https://www.youtube-nocookie.com/embed/film0000001?autoplay=1&rel=0&start=75",
            id="youtube",
        ),
        pytest.param(
            "vimeo:9990001", "https://player.vimeo.com/video/9990001?dnt=1&autoplay=1", id="vimeo"
        ),
        pytest.param(
            "youtube:film0000005",
            "https://www.youtube-nocookie.com/embed/videoseries?list=film0000005&autoplay=1",
            id="playlist",
        ),
    ],
)
def test_nothing_is_asked_of_a_player_before_the_click(
    browser: Any, rich: Path, film: str, frame: str
) -> None:
    with visit(browser, address(rich, f"index.html#film={film}")) as seen:
        button = seen.page.get_by_role("button", name="Spela filmen")
        button.wait_for()
        assert seen.foreign == []
        assert seen.page.locator("iframe").count() == 0
        button.click()
        seen.page.wait_for_selector("iframe")
        assert seen.page.get_attribute("iframe", "src") == frame
        seen.page.frame_locator("iframe").locator("html").wait_for(state="attached")
        assert seen.foreign == [frame]
        seen.page.get_by_role("button", name="Stäng").click()
        seen.page.wait_for_selector("iframe", state="detached")
        assert seen.errors == []


@pytest.mark.parametrize(
    ("film", "said"),
    [
        pytest.param("youtube:film0000004", "inte längre tillgänglig", id="gone"),
        pytest.param("file:abc", "där den är publicerad", id="self-hosted"),
    ],
)
def test_a_film_without_a_player_says_why(browser: Any, rich: Path, film: str, said: str) -> None:
    with visit(browser, address(rich, f"index.html#film={film}")) as seen:
        seen.page.wait_for_selector(".player")
        assert said in seen.page.inner_text(".player")
        assert seen.page.get_by_role("button", name="Spela filmen").count() == 0


def test_a_film_is_reached_and_left_by_keyboard(browser: Any, rich: Path) -> None:
    with visit(browser, address(rich)) as seen:
        page = seen.page
        page.focus("#films a[href*='film0000001']")
        page.keyboard.press("Enter")
        page.wait_for_selector(".player")
        assert page.evaluate("document.activeElement.id") == "film-title"
        page.click("dialog summary")
        assert "Yrsa Äppelqvist" in page.locator("dialog mark").all_inner_texts()
        seen.picture("gallery-film")
        assert seen.violations() == []
        page.keyboard.press("Escape")
        assert not page.locator("dialog").is_visible()
        assert "film" not in page.url.rpartition("#")[2]


def test_a_person_is_reached_from_a_film_and_leads_back(browser: Any, rich: Path) -> None:
    with visit(browser, address(rich, "index.html#film=youtube:film0000001")) as seen:
        seen.page.get_by_role("link", name="Yrsa Äppelqvist").click()
        seen.page.wait_for_url("**/person/p000010.html")
        assert seen.page.inner_text("h1") == "Yrsa Äppelqvist"
        seen.page.click("text=Visa personens filmer")
        seen.page.wait_for_selector(TITLES)
        assert shown(seen.page) == ["Tillit i vardagen"]


def test_the_language_is_switched_and_remembered(browser: Any, rich: Path) -> None:
    with visit(browser, address(rich)) as seen:
        page = seen.page
        page.click("#language")
        assert page.get_attribute("html", "lang") == "en"
        assert page.inner_text("h1") == page.title() == "Films"
        assert page.inner_text("#count") == "Films: 12"
        page.goto(address(rich, "person/p000010.html"))
        assert page.get_by_role("heading", name="Roles through the years").is_visible()
        page.click("#language")
        assert page.get_by_role("heading", name="Roller genom åren").is_visible()


def test_hostile_texts_are_shown_and_never_run(browser: Any, hostile: Path) -> None:
    with visit(browser, address(hostile)) as seen:
        page = seen.page
        page.on("dialog", lambda dialog: seen.errors.append(f"ran: {dialog.message}"))
        assert '<script>alert("x")</script>' in shown(page)
        seen.picture("gallery-hostile")
        for number in range(1, 7):
            page.goto(address(hostile, f"index.html#film=youtube:film{number:07d}"))
            page.wait_for_selector(".player")
            for drawer in page.locator("dialog summary").all():
                drawer.click()
            page.goto(address(hostile, f"person/p{number:06d}.html"))
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert seen.errors == []
        assert seen.foreign == []


def test_details_that_are_missing_are_said_to_be(browser: Any, tmp_path: Path) -> None:
    release = built(tmp_path / "sample", with_rows(2))
    (release / "gallery/data/details-0.js").unlink()
    with visit(browser, address(release)) as seen:
        seen.page.click("#films a")
        seen.page.wait_for_selector("text=Uppgifterna kunde inte läsas")


@pytest.mark.long
def test_ten_thousand_films_stay_fast(browser: Any, tmp_path: Path) -> None:
    release = built(tmp_path / "sample", with_rows(10_000))
    begun = time.monotonic()
    with visit(browser, address(release)) as seen:
        seen.page.wait_for_selector(TITLES)
        opened = time.monotonic() - begun
        filtered = seen.page.evaluate(
            "(() => { const begun = performance.now(); controls.q.value = 'odmark 777';"
            " apply(); return performance.now() - begun; })()"
        )
        assert seen.page.inner_text("#count") == "Filmer: 19"
        seen.page.click("#clear")
        seen.page.click("#more")
        assert seen.page.locator("#films li").count() == 96
    assert opened < 3  # a second on a machine that does nothing else
    assert filtered < 250  # milliseconds


def test_the_report_is_quiet_and_accessible(browser: Any, rich: Path, tmp_path: Path) -> None:
    pytest.importorskip("altair")
    file = tmp_path / "report.html"
    history = [
        ("2026.11.19-1", {"films": 10, "pages": 11}),
        ("2026.11.20-1", {"films": 12, "pages": 12}),
    ]
    file.write_text(report_html(rich, history=history), encoding="utf-8")
    for name, options in (("report", {}), ("report-on-a-phone", PHONE)):
        with visit(browser, file.as_uri(), **options) as seen:
            for drawer in seen.page.locator("summary").all():
                drawer.click()
            seen.picture(name)
            assert seen.violations() == []
            assert (seen.foreign, seen.errors) == ([], [])
            assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            assert seen.page.locator("svg:visible").count() == 5
            seen.page.click("#language")
            assert seen.page.inner_text("h1").startswith("Report on release")
            assert seen.page.locator("svg:visible").count() == 5


@pytest.fixture(scope="module")
def served(rich: Path) -> Iterator[str]:
    """The address of an explorer over the rich release."""
    pytest.importorskip("datasette")
    code = (
        "import sys; from pathlib import Path;"
        "from harvester.explorer.loopback import explorer_app, listening, serve;"
        "at = listening(0); print(at.getsockname()[1], flush=True);"
        "serve(explorer_app(Path(sys.argv[1])), at)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(rich)], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.terminate()


def test_the_explorer_searches_filters_and_answers(browser: Any, served: str) -> None:
    with visit(browser, f"{served}/harvest/appearances?_search=appelqvist") as seen:
        page = seen.page
        assert page.locator("td.col-person").all_inner_texts() == ["Yrsa Äppelqvist"] * 2
        assert "Conference year" in page.content()
        seen.picture("explorer-table")
        page.goto(f"{served}/harvest")
        page.click("text=Who came back in more than one year?")
        page.goto(f"{served}/harvest/person?name=östbjörk")
        assert "Karl-Uno Östbjörk" in page.inner_text("table.rows-and-columns")
        seen.picture("explorer-query")
        page.goto(f"{served}/gallery/index.html")
        assert len(shown(page)) == 12
        assert (seen.foreign, seen.errors) == ([], [])
