"""Which layout claims a page: shapes of real pages, and those that two layouts might claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from harvester.errors import AmbiguousLayoutError
from harvester.pages.block_kinds import BlockKind
from harvester.pages.block_text import BlockLink
from harvester.pages.blocks import Block
from harvester.pages.content import Found, PageContent, Source
from harvester.pages.layouts import LAYOUTS, choose_layout
from harvester.pages.layouts.base import Layout
from harvester.parsers.documents import DocumentLink
from harvester.parsers.videos import VideoEmbed, parse_video_url
from harvester.parsers.videos.model import Purpose
from harvester.records import PageKind
from tests.pages.harvesting import content_of, profile

SITE = profile().sites[0]


def h(text: str, level: int = 2) -> Block:
    return Block(BlockKind.HEADING, text, "/h", "", level)


def p(text: str, *, bold: bool = False, column: str = "") -> Block:
    return Block(BlockKind.PARAGRAPH, text, "/p", column, emphasised=bold)


def link(text: str, path: str) -> Block:
    href = f"https://exempel.example{path}"
    links = (BlockLink(0, len(text), href, text),)
    documents = (DocumentLink(href, text, "application/pdf"),) if path.endswith("pdf") else ()
    return Block(BlockKind.LIST_ITEM, text, "/li", "", links=links, documents=documents)


def film(column: str = "", purpose: str = "content") -> Block:
    embed = next(iter(_embeds(purpose)))
    return Block(BlockKind.FILM, "", "/iframe", column, film=embed)


def _embeds(purpose: str) -> Sequence[VideoEmbed]:
    html = "<iframe src='https://www.youtube.com/embed/aaaaaaaaaaa'></iframe>"
    found = content_of(f"<body><div class='entry-content'>{html}</div></body>").blocks[0].film
    assert found is not None and parse_video_url(found.video.url) == found.video
    return (replace(found, purpose=Purpose(purpose)),)


def page(
    title: str,
    blocks: Sequence[Block] = (),
    *,
    path: str = "/en-sida/",
    type: str = "post",
    categories: Sequence[str] = (),
    archive: bool = False,
) -> PageContent:
    return PageContent(
        site=SITE,
        url="https://exempel.example" + path,
        digest="sha256:0",
        source=Source.OWN,
        theme="classic",
        title=Found(title, title, "/h1", "title.heading"),
        published=None,
        modified=None,
        author=None,
        categories=tuple(Found(c, c, "/a", "categories.links") for c in categories),
        language="sv",
        blocks=tuple(blocks),
        post_type=type,
        archive=archive,
    )


LONG = (
    "Det blåste kallt från havet när deltagarna kom till kongresshallen tidigt på morgonen. " * 20
)
TEXT = [p("En ingress om dagen."), p(LONG)]
CLIPS = [h("ADA EK"), p("Text."), film(), h("BO AHL"), p("Text."), film()]
COLUMNS = [h("Ada Ek"), film("c1"), h("Bo Ahl"), film("c2"), film("c3")]
TIMES = [p(f"{n:02}.00 Pass {n}") for n in range(9, 15)]
DOCUMENTS = [link(f"Bildspel {n}", f"/uploads/{n}.pdf") for n in range(4)]
CHAIR = [p("ORDFÖRANDE HAR ORDET 6 OKTOBER 2024:"), *TEXT, p("Ada Ek\nordförande")]
DOC = ("SCD2022", "DOKUMENTATION", "TALARE")

SHAPES = [
    # many films on one page
    ("headed_clips", "headed-clips", page("Filmklipp 2016", CLIPS, type="page")),
    ("headed_clips", "headed-clips-in-a-post", page("Filmklipp 2016", CLIPS)),
    ("headed_clips", "headed-clips-one-without-film", page("Filmklipp", [*CLIPS, h("CIA DAHL"), p("Kommer.")], type="page")),
    ("headed_clips", "bold-headings", page("Klipp", [p("Ada Ek", bold=True), film(), p("Bo Ahl", bold=True), film()], type="page")),
    ("headed_clips", "capital-paragraphs", page("Klipp", [p("ADA EKMAN"), film(), p("BO AHLGREN"), film()], type="page")),
    ("headed_clips", "interviews-on-film", page("Deltagarintervjuer 2023", [h("Ada Ek, Falun"), film(), h("Bo Ahl, Umeå"), film()], type="page")),
    ("headed_clips", "lecture-folder-with-clips", page("Klipp", CLIPS, path="/dokumentation/storforelasningar-2023/klipp/", type="page")),
    ("column_films", "columns", page("Filmer 2024", COLUMNS, type="page")),
    ("column_films", "columns-without-headings", page("Filmer 2024", [film("c1"), film("c2")], type="page")),
    ("column_films", "columns-in-a-post", page("Filmer 2024", COLUMNS)),
    ("film_list", "films-without-headings", page("Filmer 2021", [*TEXT, film(), film()], type="page")),
    ("film_list", "one-film-on-a-page-of-films", page("Filmklipp från 2020", [film()], type="page")),
    # one film
    ("film_post", "title-says-film", page("Professionellt ledarskap – FILM", [p("Kort."), film()], categories=DOC)),
    ("film_post", "title-says-filmklipp", page("Att våga visa vägen – filmklipp", [*TEXT, film()], path="/news/x/")),
    ("film_post", "interview-with", page("Intervju med Ada Ek", [p("FILMKLIPP: Kort."), film()], path="/news/x/")),
    ("film_post", "kicker-says-film", page("Samtal om tillit", [p("FILMKLIPP: Här intervjuas Ada Ek."), film()], path="/news/x/", type="")),
    ("film_post", "filmed", page("Filmat – samtalet om tillit", [*TEXT, film()])),
    ("film_post", "a-speaker-a-few-words-and-a-film", page("Ada Ekström tackar för sig", [p("Tack och hej."), film()], categories=("TALARE",))),
    ("news_post", "a-few-words-and-a-film", page("Vi tackar för i år", [p("Tack och hej."), film()])),
    ("film_post", "interview-page-with-film", page("Intervju med Ada Ek", [p("Kort."), film()], type="page")),
    ("news_post", "a-long-post-with-a-film", page("Så gick dagen", [*TEXT, film()])),
    ("news_post", "interview-without-film", page("Intervju med Ada Ek", TEXT, path="/news/x/")),
    ("article", "a-page-with-a-film", page("Om föreningen", [*TEXT, film()], type="page")),
    ("article", "background-film-only", page("Om föreningen", [film(purpose="background"), *TEXT], type="page")),
    # lectures and speakers
    ("lecture", "in-its-folder", page("Ada Ek, civilminister", TEXT, path="/dokumentation/storforelasningar-2016/ada-ek/", type="page")),
    ("lecture", "with-film-at-the-bottom", page("Vi kan bättre", [*TEXT, film()], path="/dokumentation/storforelasningar-2023/vi-kan/", type="page")),
    ("lecture", "seminar", page("Pandemin", [p("Seminarieledare: Ada Ek och Bo Ahl.")], path="/dokumentation/seminarier-2021/pandemin/", type="page")),
    ("lecture", "opening-speech", page("Välkomsthälsning av Ada Ek (S)", TEXT, path="/dokumentation/invigning-2019/valkommen/", type="page")),
    ("lecture", "opening-line", page("GD-panelen", [p("Föreläsning Exempeldagarna 6 oktober 2016."), *TEXT], type="page")),
    ("film_post", "documented-speaker-with-film", page("Ledarskap – FILM", [p("Kort."), film()], categories=DOC)),
    ("lecture", "documented-speaker-without-film", page("Ada Ekström: Ledarskap", TEXT, categories=DOC)),
    ("speaker_post", "speaker-to-come", page("Ada Ekström: Psykisk hälsa", TEXT, categories=("TALARE", "SCD2022"))),
    ("speaker_post", "speaker-without-name-in-title", page("Psykisk hälsa i fokus", TEXT, categories=("Föreläsare",))),
    ("news_post", "lecture-word-in-news", page("Föreläsning om tillit", TEXT, path="/news/x/", type="")),
    # participants
    ("interviews", "many-people", page("Deltagarintervjuer 2016", [h("Berta Ahl, Forsviken"), p("Svar."), h("Olof Boström, Falun"), p("Svar.")], type="page")),
    ("interviews", "names-and-towns-only", page("Röster från dagarna", [h("Berta Ahl, Forsviken"), p("Svar."), h("Olof Boström, Falun"), p("Svar.")], type="page")),
    ("interviews", "one-post", page("Deltagarintervju Johan Lund", TEXT, categories=("SCD2022", "DELTAGARE"))),
    ("interviews", "by-category", page("Väckte ödmjukhet", TEXT, categories=("DELTAGARE", "SCD2023"))),
    ("interviews", "participant-in-documentation", page("Väckte ödmjukhet", TEXT, categories=("DELTAGARE", "DOKUMENTATION"))),
    # the chair's column
    ("chair_column", "kicker", page("Lyser upp i höstmörkret", CHAIR)),
    ("chair_column", "title", page("Ordförande har ordet 5 september 2017", TEXT, path="/news/x/", type="")),
    ("chair_column", "category", page("Variationer", TEXT, categories=("Ordförande har ordet",))),
    ("chair_column", "with-a-film", page("Lyser upp", [*CHAIR, film()])),
    ("chair_column", "kicker-without-colon", page("Lyser upp", [p("ORDFÖRANDE HAR ORDET 19 SEPTEMBER 2022"), *TEXT])),
    ("news_post", "chair-elected", page("Ada Ek omvald som ordförande", TEXT)),
    # programme
    ("programme", "title", page("Program 2017", TEXT, type="page", path="/program/")),
    ("programme", "below-the-programme", page("Samklang och dissonans", TEXT, type="page", path="/program/samklang/")),
    ("programme", "clock-times", page("Onsdag", TIMES, type="page")),
    ("article", "programme-with-a-film", page("Om dagen", [*TIMES, film()], type="page")),
    ("news_post", "a-post-with-times", page("Kom på träff", TIMES)),
    ("article", "two-times-are-no-programme", page("Hitta hit", [p("09.00 Tåg"), p("10.00 Buss"), *TEXT], type="page")),
    # lists
    ("document_list", "slides", page("Presentationer 2022", DOCUMENTS, type="page")),
    ("document_list", "documentation-of-slides", page("Dokumentation 2018", DOCUMENTS, type="page", path="/dokumentation/bilder/")),
    ("article", "an-article-with-slides", page("Om tillit", [p(LONG), p(LONG), *DOCUMENTS], type="page")),
    ("documentation_index", "index", page("Dokumentation", [link("Filmklipp", "/dokumentation/a/"), link("Intervjuer", "/dokumentation/b/")], type="page", path="/dokumentation/")),
    ("documentation_index", "index-of-a-year", page("Storföreläsningar 2019", [link("Ada Ek", "/dokumentation/2019/ada/"), link("Bo Ahl", "/dokumentation/2019/bo/")], type="page", path="/dokumentation/2019/")),
    ("article", "documentation-without-links", page("Dokumentation", TEXT, type="page")),
    ("listing", "archive", page("TALARE", archive=True, type="")),
    ("listing", "archive-of-the-chair", page("Ordförande har ordet", CHAIR, archive=True)),
    ("listing", "front-page", page("Välkommen", TEXT, path="/", type="page")),
    # posts and pages
    ("news_post", "old-news", page("Varmt välkommen", TEXT, path="/news/varmt/", type="")),
    ("news_post", "own-type", page("Yttrande", TEXT, type="remiss")),
    ("news_post", "bare-address-of-a-film-page", page("Alla filmer från 2024", [link("https://exempel.example/dokumentation/filmer-2024/", "/dokumentation/filmer-2024/")])),
    ("article", "page", page("Om föreningen", TEXT, type="page")),
    ("article", "host-city", page("Varmt välkomna till Karlstad", TEXT, type="page", path="/vardstad/karlstad/")),
    ("article", "empty", page("Tom sida", type="page")),
    ("article", "type-unknown", page("Något", TEXT, type="")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("layout", "content"),
    [pytest.param(layout, content, id=name) for layout, name, content in SHAPES],
)
def test_shape(layout: str, content: PageContent) -> None:
    assert choose_layout(content).name == layout


@pytest.mark.parametrize("content", [pytest.param(content, id=name) for _, name, content in SHAPES])
def test_exactly_one_layout_in_the_highest_tier(content: PageContent) -> None:
    claims = [layout for layout in LAYOUTS if layout.matches(content)]
    highest = max(layout.tier for layout in claims)
    assert len([layout for layout in claims if layout.tier == highest]) == 1


def test_every_layout_is_chosen_for_some_shape() -> None:
    assert {layout for layout, _, _ in SHAPES} == {layout.name for layout in LAYOUTS}


def test_two_claims_of_one_tier_are_refused_by_name() -> None:
    class Other(Layout):
        name = "other"
        kind = PageKind.ARTICLE
        tier = 5

        def matches(self, page: PageContent) -> bool:
            return True

    with pytest.raises(AmbiguousLayoutError, match=r"listing and other|other and listing"):
        choose_layout(page("TALARE", archive=True), (*LAYOUTS, Other()))


def test_no_claim_is_refused() -> None:
    with pytest.raises(AmbiguousLayoutError, match="no layout fits"):
        choose_layout(page("Något"), ())
