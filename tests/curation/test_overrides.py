from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest

from harvester.curation import DROPPABLE, OVERRIDABLE, read_overrides
from harvester.errors import ProfileError
from harvester.records import Missing, RoleClass, primary_key


def entry(**changed: str | None) -> str:
    values: dict[str, str | None] = {
        "table": '"contributions"', "row_id": '"a.1"', "field": '"role"', "raw": '"rektorn"',
        "value": '"rektor"', "why": '"kontrollerat"',
    }  # fmt: skip
    values |= changed
    lines = [f"{key} = {value}" for key, value in values.items() if value is not None]
    return "\n".join(["[[override]]", *lines])


@pytest.mark.parametrize(
    ("table", "field", "written", "value"),
    [
        pytest.param("contributions", "role", '"rektor"', "rektor", id="text"),
        pytest.param(
            "contributions", "role_class", '"manager"', RoleClass.MANAGER, id="vocabulary"
        ),
        pytest.param("pages", "edition", "2019", 2019, id="number"),
        pytest.param("pages", "published", "2019-09-25", date(2019, 9, 25), id="day"),
        pytest.param("dates", "first", '"2019-09-25"', date(2019, 9, 25), id="day-as-text"),
        pytest.param("pages", "categories", '["Film", "Talare"]', ("Film", "Talare"), id="list"),
    ],
)
def test_values_in_their_columns_type(table: str, field: str, written: str, value: Any) -> None:
    text = entry(table=f'"{table}"', field=f'"{field}"', value=written)
    (override,) = read_overrides(tomllib.loads(text), "overrides.toml")
    assert override.value == value
    assert type(override.value) is type(value)
    assert override.cell == (table, "a.1", field)


def test_a_missing_value_and_a_digest() -> None:
    text = entry(value=None, missing='"not_stated"', digest='"sha256:0"', raw='""')
    (override,) = read_overrides(tomllib.loads(text), "overrides.toml")
    assert (override.value, override.missing, override.digest, override.raw) == (
        None, Missing.NOT_STATED, "sha256:0", "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        pytest.param({"why": None}, "why", id="no-reason"),
        pytest.param({"raw": None}, "raw must be", id="no-raw"),
        pytest.param({"value": None}, "either value, or missing", id="neither"),
        pytest.param({"missing": '"not_stated"'}, "either value, or missing", id="both"),
        pytest.param({"value": None, "missing": '"lost"'}, "missing is one of", id="unknown-missing"),
        pytest.param({"field": '"took_part_as"', "value": None, "missing": '"not_stated"'}, "never empty", id="never-null"),
        pytest.param({"table": '"people"'}, "cannot be overridden", id="table"),
        pytest.param({"field": '"colour"'}, "no column 'colour'", id="column"),
        pytest.param({"field": '"contribution_id"'}, "ties rows together", id="primary-key"),
        pytest.param({"field": '"person_id"'}, "ties rows together", id="reference"),
        pytest.param({"value": "3"}, "does not fit role", id="number-for-text"),
        pytest.param({"field": '"role_class"'}, "does not fit role_class .*minister", id="not-in-the-vocabulary"),
        pytest.param({"table": '"pages"', "field": '"edition"', "value": "true"}, "does not fit", id="truth-for-number"),
        pytest.param({"table": '"pages"', "field": '"published"', "value": '"i går"'}, "does not fit", id="no-day"),
        pytest.param({"table": '"pages"', "field": '"published"', "value": "2019-09-25T10:00:00"}, "does not fit", id="moment"),
        pytest.param({"table": '"pages"', "field": '"categories"', "value": "[1]"}, "does not fit", id="list-of-numbers"),
        pytest.param({"by": '"mig"'}, "unknown key 'by'", id="unknown-key"),
    ],
)  # fmt: skip
def test_what_is_refused(changed: dict[str, str | None], message: str) -> None:
    with pytest.raises(ProfileError, match=message) as refused:
        read_overrides(tomllib.loads(entry(**changed)), "overrides.toml")
    assert str(refused.value).startswith("overrides.toml, override 1: ")


def test_one_value_twice_is_refused() -> None:
    text = entry() + "\n" + entry(value='"lärare"')
    with pytest.raises(ProfileError, match="overridden twice"):
        read_overrides(tomllib.loads(text), "overrides.toml")


def drop(**changed: str | None) -> str:
    return entry(**{"field": None, "value": None, "drop": "true"} | changed)


def test_a_row_to_drop() -> None:
    text = drop(digest='"sha256:0"')
    (override,) = read_overrides(tomllib.loads(text), "overrides.toml")
    assert (override.drop, override.row, override.field, override.raw, override.digest) == (
        True, ("contributions", "a.1"), "", "rektorn", "sha256:0",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        pytest.param({"drop": "false"}, "either true or left out", id="not-dropped"),
        pytest.param({"drop": '"ja"'}, "either true or left out", id="a-word"),
        pytest.param({"why": None}, "why", id="no-reason"),
        pytest.param({"raw": None}, "raw", id="no-raw"),
        pytest.param({"raw": '""'}, "raw", id="empty-raw-fits-any-row"),
        pytest.param({"field": '"role"'}, "unknown key 'field'", id="a-field-of-it"),
        pytest.param({"value": '"rektor"'}, "unknown key 'value'", id="a-value"),
        pytest.param({"table": '"films"'}, "cannot be dropped", id="films-go-with-their-clips"),
        pytest.param({"table": '"people"'}, "cannot be dropped", id="people-go-with-their-rows"),
    ],
)
def test_drops_that_are_refused(changed: dict[str, str | None], message: str) -> None:
    with pytest.raises(ProfileError, match=message) as refused:
        read_overrides(tomllib.loads(drop(**changed)), "overrides.toml")
    assert str(refused.value).startswith("overrides.toml, override 1: ")


@pytest.mark.parametrize(
    ("other", "message"),
    [
        pytest.param(drop(), "a.1 is dropped twice", id="twice"),
        pytest.param(entry(), "a.1 role is set, and its row dropped", id="set-as-well"),
    ],
)
def test_a_dropped_row_has_no_other_override(other: str, message: str) -> None:
    with pytest.raises(ProfileError, match=message):
        read_overrides(tomllib.loads(drop() + "\n" + other), "overrides.toml")


@pytest.mark.parametrize("table", DROPPABLE)
def test_rows_that_may_be_dropped_have_a_key(table: str) -> None:
    assert primary_key(table)


@pytest.mark.parametrize("table", OVERRIDABLE)
def test_overridable_tables_have_a_key(table: str) -> None:
    assert primary_key(table)
