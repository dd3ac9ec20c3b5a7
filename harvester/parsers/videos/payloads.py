"""What an attribute's or a script's value holds once its wrapping is off."""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

#: Longer values are data of another kind (pictures, models); no embed code is near this size.
MAX_PAYLOAD = 400_000

#: How often a value is unwrapped: percent-encoding around base64 around markup, and no more.
MAX_WRAPPINGS = 3

#: Strings of a JSON document that are looked at.
MAX_STRINGS = 20_000


@dataclass(frozen=True, slots=True)
class Payload:
    """Markup, a JSON value or an address, with whether base64 had hidden it."""

    markup: str | None = None
    data: Any = None
    address: str | None = None
    hidden: bool = False


def may_hold_payload(value: str) -> bool:
    """Whether a value is worth unwrapping: cheap, and wrong only on the generous side."""
    if "/" in value or "%" in value or "{" in value or "<" in value:
        return len(value) > 8
    return len(value) > 23 and " " not in value


def unwrap(value: str) -> Payload | None:
    """What a value holds, or None for plain text, broken encodings and over-long values."""
    if len(value) > MAX_PAYLOAD:
        return None
    hidden = False
    text = value.strip()
    for _ in range(MAX_WRAPPINGS + 1):
        if "<" in text and _TAG.search(text):
            return Payload(markup=text, hidden=hidden)
        if text[:1] in ("{", "["):
            data = _json(text)
            if data is not None:
                return Payload(data=data, hidden=hidden)
        if text.startswith(("data:text/html", "data:text/plain")):
            text = _data_address(text)
            hidden = True
            continue
        if _ADDRESS.match(text) and not _ENCODED_TAG.search(text):
            return Payload(address=text, hidden=hidden)
        inner = _once(text)
        if inner is None:
            break
        text, was_base64 = inner
        hidden = hidden or was_base64
    return Payload(address=text, hidden=hidden) if _LOOSE_ADDRESS.match(text) else None


def strings_of(data: Any) -> Iterator[tuple[tuple[str, ...], dict[str, Any] | None, str]]:
    """The strings of a JSON value in order, each with its keys and the object it stands in."""
    stack: list[tuple[tuple[str, ...], dict[str, Any] | None, Any]] = [((), None, data)]
    for _ in range(MAX_STRINGS):
        if not stack:
            return
        keys, owner, value = stack.pop()
        if isinstance(value, str):
            yield keys, owner, value
        elif isinstance(value, dict):
            stack.extend((((*keys[-5:], str(k)), value, v)) for k, v in reversed(value.items()))
        elif isinstance(value, list):
            stack.extend((keys, owner, v) for v in reversed(value))


def script_markup(text: str) -> str:
    """A script's text with the escapes undone that hide markup in its strings."""
    text = _JS_ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), text)
    text = text.replace("\\/", "/").replace('\\"', '"').replace("\\'", "'")
    return html.unescape(text) if "&lt;" in text else text


# The start of a tag that may hold a film; not "a < b".
_TAG = re.compile(r"<(?:[a-z][a-z0-9-]{0,30})[\s/>]", re.IGNORECASE)
_ENCODED_TAG = re.compile(r"&lt;|&#0*60;|%3C", re.IGNORECASE)

_ADDRESS = re.compile(r"(?:https?:)?(?://|\\/\\/)[^\s/\\]", re.IGNORECASE)
_LOOSE_ADDRESS = re.compile(r"(?:httpv|www\.|[\w.-]{2,100}/|[/.])[^\s<>]{3,}$", re.IGNORECASE)

# Base64 of at least a short address; not a word, not a class name with a hyphen at its end.
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{20,}={0,2}")
# A base64 setting within a longer value: Elementor's "#elementor-action:…settings=eyJ…".
_BASE64_SETTING = re.compile(r"(?:settings|data|content|html|code)=([A-Za-z0-9+/_-]{24,}={0,2})")

_JS_ESCAPE = re.compile(r"\\u00([0-9A-Fa-f]{2})|\\x([0-9A-Fa-f]{2})")


def _once(text: str) -> tuple[str, bool] | None:
    """One wrapping taken off, and whether it was base64; None where there is none."""
    if "%" in text and _PERCENT.search(text):
        return unquote(text), False
    if "&" in text and _ENTITY.search(text):
        return html.unescape(text), False
    if "\\" in text and _JS_ESCAPE.search(text):
        return script_markup(text), False
    compact = "".join(text.split()) if len(text) < MAX_PAYLOAD else text
    match = _BASE64.fullmatch(compact)
    if match is None:
        setting = _BASE64_SETTING.search(text)
        if setting is None:
            return None
        compact = setting[1]
    decoded = _base64(compact)
    return None if decoded is None else (decoded, True)


_PERCENT = re.compile(r"%(?:2F|3A|3C|7B|22|3D)", re.IGNORECASE)
_ENTITY = re.compile(
    r"&(?:lt|quot|amp|#0*(?:34|39|60|38|47|58)|#x0*(?:22|27|3C|26|2F|3A));", re.IGNORECASE
)


def _base64(text: str) -> str | None:
    standard = text.rstrip("=").translate(_URL_SAFE)
    if len(standard) % 4 == 1:
        return None
    try:
        raw = base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True)
        decoded = raw.decode("utf-8")
    except (binascii.Error, ValueError):
        return None
    return decoded.strip() if _READABLE.search(decoded[:2000]) and "\x00" not in decoded else None


_URL_SAFE = str.maketrans("-_", "+/")
# Decoded text must hold a path, a tag, a setting or an encoded one of them to be of use.
_READABLE = re.compile(r"[/<{%]")


def _data_address(text: str) -> str:
    head, _, body = text.partition(",")
    if ";base64" in head:
        return _base64("".join(body.split())) or ""
    return unquote(body)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
