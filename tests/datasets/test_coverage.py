"""How much of the text is accounted for, counted in letters."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from harvester.datasets.coverage import _covered, coverage
from harvester.datasets.release import Releases
from tests.datasets.harvests import clip, contribution, info, page, stated_date, with_rows


def covered(tmp_path: Path, text: str, **tables: Any) -> dict[str, Any]:
    nothing: dict[str, Any] = dict.fromkeys(("clips", "contributions", "dates", "documents", "links", "evidence", "appearances"), ())  # fmt: skip
    rows = with_rows(1, pages=[page(text=text)], **{**nothing, **tables})
    return coverage(Releases(tmp_path).build(rows, info()).folder)


@pytest.mark.parametrize(
    ("text", "tables", "read", "told"),
    [
        pytest.param("abcd efgh", {}, 0.0, 0.0, id="nothing"),
        pytest.param("Åsa Li bor där", {"contributions": [contribution(name_raw="Åsa Li", role_raw=None, organisation=None, clip_id=None)]}, 0.4545, 0.4545, id="a-name"),
        pytest.param("Åsa Åsa", {"contributions": [contribution(name_raw="Åsa", role_raw="Åsa", organisation=None, clip_id=None)]}, 1.0, 1.0, id="wherever-it-stands"),
        pytest.param("Åsalund", {"contributions": [contribution(name_raw="salund", role_raw=None, organisation=None, clip_id=None)]}, 0.0, 0.0, id="not-inside-a-word"),
        pytest.param("abcd efgh", {"clips": [clip(heading="abcd", text="abcd efgh", person_ids=())]}, 0.5, 1.0, id="a-clips-text-is-told"),
        pytest.param("3 maj 2024", {"dates": [stated_date(raw="3 maj 2024")]}, 1.0, 1.0, id="a-date"),
    ],
)  # fmt: skip
def test_shares(tmp_path: Path, text: str, tables: Any, read: float, told: float) -> None:
    found = covered(tmp_path, text, **tables)["layouts"]["headed_clips"]
    assert (found["read"], found["told"]) == (read, told)


def test_unread_words_are_counted_once_a_page(tmp_path: Path) -> None:
    dates = [stated_date(raw="3 maj")]
    found = covered(tmp_path, "Moderator och moderator den 3 maj 2024", dates=dates)
    assert found["unread_words"] == [{"word": "moderator", "pages": 1, "times": 2}]
    assert found["least_told"][0]["page_id"] == page().page_id


def test_long_pages_take_linear_time(tmp_path: Path) -> None:
    names = [f"Namn{n} Efternamn" for n in range(3000)]
    rows = [
        contribution(n, page_id=page().page_id, person_id="p000001", clip_id=None, name_raw=name)
        for n, name in enumerate(names, 1)
    ]
    start = time.perf_counter()
    covered(tmp_path, " ".join(names * 20), contributions=rows)
    assert time.perf_counter() - start < 5


def test_many_parts_of_one_beginning_take_linear_time() -> None:
    def seconds(count: int) -> float:
        parts = [f"länk {n}" for n in range(count)]
        text = " ".join(f"ord {part}" for part in parts)
        start = time.process_time()
        assert len(_covered(text, parts)) == count
        return time.process_time() - start

    few = min(seconds(1_000) for _ in range(3))
    assert min(seconds(20_000) for _ in range(2)) < 20 * 3 * max(few, 0.005)


def test_a_release_says_what_its_text_still_holds(second_night: Path) -> None:
    found = coverage(second_night / "latest")
    assert (second_night / "latest" / "coverage.json").is_file()
    assert all(0 <= e["read"] <= e["told"] <= 1 for e in found["layouts"].values())
    assert len(found["unread_words"]) > 20
