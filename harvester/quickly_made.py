"""Frozen dataclasses that are made in a third of the time: for those a page has dozens of."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, TypeVar

Made = TypeVar("Made")


def quickly_made(sealed: type[Made]) -> type[Made]:
    """The same frozen, slotted dataclass, whose objects set their fields as any object does.

    `dataclass` lets a frozen object set each field by a call of `object.__setattr__`. Here it is an
    object of a twin class that lets its fields be set, until all are; then it takes its own class
    back. The class must not be subclassed: the objects would be of this class. Raises TypeError for a
    class with a base, without slots or with a `__post_init__`, and for fields that are made by a
    factory, keyword-only or no arguments.
    """
    told = fields(sealed)  # type: ignore[arg-type]
    has_more = hasattr(sealed, "__post_init__") or "__slots__" not in vars(sealed)
    if (
        has_more
        or sealed.__bases__ != (object,)
        or any(f.kw_only or not f.init or f.default_factory is not MISSING for f in told)
    ):
        raise TypeError(f"{sealed.__name__} cannot be made quickly; leave it as it is")
    names = [f.name for f in told]
    twin = type(f"_Unsealed{sealed.__name__}", (), {"__slots__": tuple(names)})
    lines = (
        f"def __init__(self, {', '.join(names)}):",
        "    take_class(self, '__class__', twin)",
        *(f"    self.{name} = {name}" for name in names),
        "    self.__class__ = sealed",
    )
    known: dict[str, Any] = {"take_class": object.__setattr__, "twin": twin, "sealed": sealed}
    exec("\n".join(lines), known)  # as `dataclass` makes its own
    made, written = known["__init__"], sealed.__init__
    for name in ("__defaults__", "__annotations__", "__qualname__", "__module__"):
        setattr(made, name, getattr(written, name))
    sealed.__init__ = made  # type: ignore[method-assign]
    return sealed
