from __future__ import annotations

import itertools
import random
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from harvester.errors import UnwritableError
from harvester.linking import LinkContext, link, scratch
from harvester.pages.harvested import PageHarvest
from harvester.records import (
    PASSED_TABLES,
    TABLES,
    CaptureRow,
    Evidence,
    Page,
    PageKind,
    Problem,
    Severity,
    table_of,
)
from tests.linking.pages import (
    KEY,
    MENTIONED,
    In,
    PageOf,
    Shown,
    edition_fact,
    linked,
    pid,
)

GIVEN = [
    "Siv",
    "Bo",
    "Karl",
    "Kalle",
    "Åsa",
    "Eva Maria",
    "Eva",
    "Per-Olof",
    "Ulf A.",
    "Ulf B.",
    "Ulf",
]
SURNAMES = ["Ek", "Ekdal", "Ekdahl", "Öberg", "Åberg", "af Alm", "Lindkvist", "Lindquist"]
KINDS = list(PageKind)


def mixed_pages(count: int, seed: int = 7) -> list[PageOf]:
    """Pages that share films, people, years and contradictions."""
    chance = random.Random(seed)

    def name() -> str:
        return f"{chance.choice(GIVEN)} {chance.choice(SURNAMES)}"

    pages = []
    for n in range(count):
        clips = [
            Shown(
                f"youtube:{chance.randrange(count)}",
                f"Rubrik {chance.randrange(9)}",
                title=f"T{n % 5}",
            )
            for _ in range(chance.randrange(3))
        ]
        people = [
            In(name(), chance.randrange(len(clips) + 1), chance.choice([None, "rektor", "poet"]))
            for _ in range(chance.randrange(4))
        ]
        year = chance.choice([None, 2016, 2017, 2018])
        facts = [edition_fact(2016 + n % 3, "city", chance.choice(["Vitby", "Gråby"]))]
        page = PageOf(f"p{n:05}", people, clips, year, chance.choice(KINDS), facts=facts)
        pages.append(page)
    return pages


def test_every_content_table_is_given(tmp_path: Path) -> None:
    tables = linked(tmp_path, mixed_pages(5))
    assert set(tables) - {"aliases"} == set(TABLES) - {"film_states"}
    for table, rows in tables.items():
        assert all(isinstance(row, TABLES[table]) for row in rows if table != "aliases")


def test_order_of_pages_changes_nothing(tmp_path: Path) -> None:
    pages = mixed_pages(120)
    expected = linked(tmp_path, pages)
    for seed in range(3):
        random.Random(seed).shuffle(pages)
        assert linked(tmp_path, pages) == expected


def test_references_hold(tmp_path: Path) -> None:
    tables = linked(tmp_path, mixed_pages(150))
    people = {p.person_id for p in tables["people"]}
    clips = {c.clip_id for c in tables["clips"]}
    films = {f.film_id for f in tables["films"]}
    pages = {p.page_id for p in tables["pages"]}
    assert len(people) == len(tables["people"])
    for row in tables["contributions"]:
        assert row.person_id in people
    for row in tables["clips"]:
        assert set(row.person_ids) <= people
        assert row.film_id is None or row.film_id in films
    for row in tables["person_candidates"]:
        assert {row.person_id, row.other_id} <= people
        assert row.person_id < row.other_id
    for row in tables["appearances"]:
        assert row.person_id is None or row.person_id in people
        assert row.clip_id is None or row.clip_id in clips
        assert row.page_id in pages
    assert sum(p.mentions for p in tables["people"]) == len(tables["contributions"])


def test_ids_stay_when_pages_are_added(tmp_path: Path) -> None:
    """A person's id changes only with a fuller form, and then the old id leads to the new one."""
    pages = mixed_pages(60)
    before = linked(tmp_path, pages[:40])
    after = linked(tmp_path, pages)
    still = {p.person_id for p in after["people"]} | {a.person_id for a in after["aliases"]}
    assert {p.person_id for p in before["people"]} <= still
    unrelated = [*pages[:40], PageOf("zz", [In("Gunhild Svan")])]
    ids = [p.person_id for p in linked(tmp_path, unrelated)["people"]]
    assert [i for i in ids if i != pid("Gunhild Svan")] == [p.person_id for p in before["people"]]


def test_a_fuller_form_takes_over_and_the_old_id_leads_to_it(tmp_path: Path) -> None:
    pages = [PageOf("a", [In("Siv Ek")])]
    assert [p.person_id for p in linked(tmp_path, pages)["people"]] == [pid("Siv Ek")]
    after = linked(tmp_path, [*pages, PageOf("b", [In("Siv Maria Ek", part=MENTIONED)])])
    assert [p.person_id for p in after["people"]] == [pid("Siv Maria Ek")]
    assert [(a.person_id, a.canonical) for a in after["aliases"]] == [
        (pid("Siv Ek"), pid("Siv Maria Ek"))
    ]


def test_page_rows_pass_through_in_page_order(tmp_path: Path) -> None:
    pages = mixed_pages(30)
    random.Random(1).shuffle(pages)
    tables = linked(tmp_path, pages)
    for table in set(PASSED_TABLES) - {"evidence", "contributions", "clips"}:
        expected = [
            record
            for page in sorted(pages, key=lambda p: p.page_id)
            for record in page.harvest().records
            if table_of(record) == table
        ]
        # A page that names no conference year may get one from its films (test_dating).
        undated = [replace(r, edition=None) if isinstance(r, Page) else r for r in expected]
        given = [replace(r, edition=None) if isinstance(r, Page) else r for r in tables[table]]
        assert given == undated


def test_captures_pass_through(tmp_path: Path) -> None:
    when = datetime(2026, 1, 2, tzinfo=UTC)
    capture = CaptureRow("k", "a", "u", 200, "sha256:0", when, when, "w.warc.gz", 7, "1")
    assert linked(tmp_path, [PageOf("a", extra=[capture])])["captures"] == [capture]


def test_problems_get_the_run(tmp_path: Path) -> None:
    empty = Problem("", "a", None, Severity.WARNING, "unknown_role", "Läs om")
    named = replace(empty, run="tidigare")
    tables = linked(tmp_path, [PageOf("a", extra=[empty, named])])
    assert [p.run for p in tables["problems"]] == ["run-1", "tidigare"]


def test_a_page_without_a_page_row_gives_its_problems(tmp_path: Path) -> None:
    harvest = PageOf("a").harvest()
    problem = Problem("", "a", None, Severity.ERROR, "no_content_node", "Läs om")
    harvest = replace(harvest, records=(problem,))
    with link([harvest], LinkContext(tmp_path, KEY, "r")) as result:
        assert [p.code for p in result.rows("problems")] == ["no_content_node"]
        assert list(result.rows("pages")) == []


def test_no_pages(tmp_path: Path) -> None:
    assert not any(linked(tmp_path, []).values())


def test_one_page_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="page a is given twice"):
        linked(tmp_path, [PageOf("a"), PageOf("a")])
    assert list(tmp_path.iterdir()) == []


def test_the_scratch_file_is_removed(tmp_path: Path) -> None:
    with link([], LinkContext(tmp_path, KEY)):
        assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []


def test_no_scratch_folder(tmp_path: Path) -> None:
    with pytest.raises(UnwritableError, match="no scratch file"):
        link([], LinkContext(tmp_path / "missing", KEY))


def test_a_full_disk_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "_CACHE_KIB", 100)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))  # stands for the end of the disk
    try:
        with pytest.raises(UnwritableError, match="cannot grow"):
            link(generated(2_000), LinkContext(tmp_path, KEY))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


def test_no_query_sorts_outside_the_scratch_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans: dict[str, list[str]] = {}
    run = scratch.Scratch.run

    def explained(self: scratch.Scratch, statement: str, *values: Any) -> Any:
        if statement.lstrip().startswith("SELECT") and statement not in plans:
            plan = self.db.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
            plans[statement] = [row[3] for row in plan]
        return run(self, statement, *values)

    monkeypatch.setattr(scratch.Scratch, "run", explained)
    linked(tmp_path, mixed_pages(20), suppressed=[pid("Siv Ek")])
    assert len(plans) > 15
    assert {s: p for s, p in plans.items() if any("TEMP B-TREE" in step for step in p)} == {}


def test_a_table_may_be_read_twice_and_beside_another(tmp_path: Path) -> None:
    with link([p.harvest() for p in mixed_pages(20)], LinkContext(tmp_path, KEY)) as result:
        once = list(result.rows("clips"))
        pairs = list(zip(result.rows("clips"), result.rows("evidence"), strict=False))
        assert [clip for clip, _ in pairs] == once[: len(pairs)]


NASTY = ["\ud83d", "\x00", "‮", "=1+1", "<script>", "'; DROP TABLE part; --", "Å" * 5_000]


def test_nasty_text_comes_out_as_it_went_in(tmp_path: Path) -> None:
    clips = [Shown("youtube:1", " ".join(NASTY), title=NASTY[0])]
    page = PageOf("a", [In("Siv Ek", 1, role_raw=NASTY[3])], clips, title=NASTY[0])
    tables = linked(tmp_path, [page])
    assert tables["pages"][0].title == NASTY[0]
    assert tables["films"][0].title == NASTY[0]
    assert tables["appearances"][0].role_raw == NASTY[3]
    assert tables["appearances"][0].topic == " ".join(NASTY)


@pytest.mark.parametrize("text", NASTY)
def test_nasty_names_raise_nothing(tmp_path: Path, text: str) -> None:
    names = [f"Siv {text}", text or "x", f"{text} Ek", f"Siv {text} Ek"]
    facts = [edition_fact(2019, "city", text), edition_fact(2019, "theme", text)]
    tables = linked(tmp_path, [PageOf("a", [In(n) for n in names], facts=facts)])
    assert len(tables["people"]) >= 1


# --- suppression ---------------------------------------------------------------------------------


def everything(tables: dict[str, list[Any]]) -> str:
    return repr(tables)


@pytest.mark.parametrize("hidden", ["Siv Ek", "Siv A. Ek"])
def test_the_suppressed_vanish_with_all_their_names(tmp_path: Path, hidden: str) -> None:
    proofs = [
        Evidence("contributions", f"a.k{n}", "name_raw", None, None, 0, 6, name, "people", None)
        for n, name in enumerate(["Siv Ek", "Bo Alm"], 1)
    ]
    pages = [
        PageOf("a", [In("Siv Ek", 1), In("Bo Alm", 1)], [Shown("youtube:1", tied=("Siv Ek", "Bo Alm"))], evidence=proofs),
        PageOf("b", [In("Siv A. Ek", 1)], [Shown("youtube:2")]),
        PageOf("c", [In("Siv Eck Dahl"), In("Siv Ek Dahl")]),
    ]  # fmt: skip
    tables = linked(tmp_path, pages, suppressed=[pid(hidden)])
    text = everything(tables)
    for name in ("Siv Ek", "Siv A. Ek"):
        assert pid(name) not in text
        assert f"'{name}'" not in text
    assert [p.name for p in tables["people"]] == ["Bo Alm", "Siv Eck Dahl", "Siv Ek Dahl"]
    assert tables["clips"][0].person_ids == (pid("Bo Alm"),)
    assert [e.raw for e in tables["evidence"] if e.table == "contributions"] == ["Bo Alm"]
    # The film stays, as one in which nobody is named.
    films = [(a.person, a.film_url) for a in tables["appearances"] if a.film_url]
    assert films == [("Bo Alm", "https://film.example/1"), (None, "https://film.example/2")]


# --- size ----------------------------------------------------------------------------------------


def generated(count: int) -> Iterator[PageHarvest]:
    """Pages as a large harvest has them: new people come with new pages."""
    chance = random.Random(3)
    syllables = [
        "ber",
        "lun",
        "ek",
        "dal",
        "ström",
        "hol",
        "sjö",
        "vik",
        "kvist",
        "mark",
        "nor",
        "åk",
    ]
    for n in range(count):
        people = []
        for _ in range(3):
            surname = "".join(chance.choices(syllables, k=4)).capitalize()
            name = f"{chance.choice(GIVEN)} {surname}"
            people.append(In(name, chance.randrange(2), chance.choice([None, "rektor"])))
        clips = [Shown(f"youtube:{n // 2}", f"Om ämne {n}", title="Titel")]
        proofs = [
            Evidence("pages", f"p{n:07}", "title", f"sha256:{n}", "/html/body/h1", 0, 7, "En sida", "theme", None)
        ] * 20  # fmt: skip
        facts = [edition_fact(2000 + n % 25, "city", "Vitby")]
        page = PageOf(f"p{n:07}", people, clips, 2000 + n % 25, facts=facts, evidence=proofs)
        yield page.harvest()


def seconds_for(count: int, folder: Path) -> float:
    start = time.process_time()
    with link(generated(count), LinkContext(folder, KEY)) as result:
        for rows in result.tables().values():
            for _ in rows:
                pass
    return time.process_time() - start


def test_time_is_linear_and_memory_flat(tmp_path: Path) -> None:
    small = min(seconds_for(2_000, tmp_path) for _ in range(2))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    large = seconds_for(20_000, tmp_path)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert large < 16 * small  # ten times the pages; the rest is room for a busy machine
    assert (
        after - before < 150_000
    )  # KiB: the caches of database and ids, full after some thousand pages


def test_names_made_to_look_alike_take_linear_time(tmp_path: Path) -> None:
    """Thousands of forms of one name, and thousands one letter apart, are no square of work."""

    def seconds(count: int) -> float:
        letters = itertools.islice(itertools.product("abcdefghijklmn", repeat=4), count)
        names = ["Siv " + "".join(four).capitalize() + " Ekdal" for four in letters]
        pages = [PageOf(f"p{n}", [In(name)]) for n, name in enumerate(names)]
        start = time.process_time()
        linked(tmp_path, [*pages, PageOf("q", [In("Siv Ekdal")])])
        return time.process_time() - start

    small = min(seconds(300) for _ in range(2))
    assert seconds(3_000) < 25 * small


@pytest.mark.long
def test_a_hundred_thousand_pages_need_no_more_memory(tmp_path: Path) -> None:
    seconds_for(10_000, tmp_path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds_for(100_000, tmp_path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000
