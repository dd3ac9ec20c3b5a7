"""What is made quickly is the frozen dataclass it was."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace

import pytest

from harvester.quickly_made import quickly_made


@quickly_made
@dataclass(frozen=True, slots=True)
class Stone:
    name: str
    grams: int = 3
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Plain:
    name: str
    grams: int = 3
    kept: bool = True


def test_its_fields_are_those_given_and_the_defaults() -> None:
    assert asdict(Stone("a")) == {"name": "a", "grams": 3, "kept": True}
    assert asdict(Stone("a", kept=False)) == {"name": "a", "grams": 3, "kept": False}
    assert [f.name for f in fields(Stone)] == [f.name for f in fields(Plain)]


def test_it_is_of_its_own_class_and_looks_like_it() -> None:
    stone = Stone("a", 4)
    assert type(stone) is Stone
    assert repr(stone) == "Stone(name='a', grams=4, kept=True)"
    assert not hasattr(stone, "__dict__")


def test_it_is_frozen() -> None:
    stone = Stone("a")
    with pytest.raises(FrozenInstanceError):
        stone.grams = 5  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del stone.grams  # type: ignore[misc]


def test_equal_ones_are_one_key() -> None:
    assert Stone("a") == Stone("a", 3)
    assert len({Stone("a"), Stone("a"), Stone("b")}) == 2
    assert Stone("a") != Plain("a")


def test_it_can_be_replaced_copied_and_pickled() -> None:
    stone = Stone("a")
    assert replace(stone, grams=9) == Stone("a", 9)
    assert copy.copy(stone) == stone
    assert pickle.loads(pickle.dumps(stone)) == stone


@pytest.mark.parametrize(
    ("given", "named"),
    [
        pytest.param((), {}, id="too-few"),
        pytest.param(("a", 1, True, 4), {}, id="too-many"),
        pytest.param(("a",), {"weight": 1}, id="unknown"),
    ],
)
def test_other_arguments_are_refused_as_ever(
    given: tuple[object, ...], named: dict[str, object]
) -> None:
    with pytest.raises(TypeError):
        Stone(*given, **named)  # type: ignore[arg-type]


def test_what_needs_more_than_its_arguments_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Listed:
        names: list[str] = field(default_factory=list)

    @dataclass(frozen=True, slots=True)
    class Heavier(Plain):
        tons: int = 0

    @dataclass(frozen=True)
    class Open:
        name: str

    @dataclass(frozen=True, slots=True)
    class Checked:
        name: str

        def __post_init__(self) -> None:
            raise AssertionError

    for kind in (Listed, Heavier, Open, Checked):
        with pytest.raises(TypeError, match=kind.__name__):
            quickly_made(kind)
