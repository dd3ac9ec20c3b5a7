"""JSON by orjson, in a tenth of the standard library's time, where there is a build of it and it can."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_orjson: Any
try:
    import orjson as _orjson
except ImportError:  # no build for this processor
    _orjson = None


def as_json(value: Any, otherwise: Callable[[Any], bytes]) -> bytes:
    """A value as JSON in UTF-8, by ``otherwise`` where orjson refuses: half a character, more than 64 bits."""
    if _orjson is not None:
        try:
            return bytes(_orjson.dumps(value))
        except _orjson.JSONEncodeError:
            pass
    return otherwise(value)


def from_json(data: bytes | str, otherwise: Callable[[Any], Any]) -> Any:
    """What JSON says, by ``otherwise`` where orjson refuses. An integer beyond 64 bits may come as a float."""
    if _orjson is not None:
        try:
            return _orjson.loads(data)
        except _orjson.JSONDecodeError:
            pass
    return otherwise(data)
