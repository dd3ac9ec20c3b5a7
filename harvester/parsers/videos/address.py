"""A web address taken apart the way pages really write it: encoded, schemeless, escaped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

#: Longer ones are payloads, not addresses.
MAX_LENGTH = 4096


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an http(s) address; host lower case, nothing else changed."""

    scheme: str
    host: str
    port: int | None  # None also for the scheme's own port
    path: str
    query: str
    fragment: str

    @property
    def params(self) -> dict[str, str]:
        """Decoded query parameters, whole even where one holds an address; first non-empty wins."""
        return _read(self.query.split("&"))


def split_address(text: str) -> Address | None:
    """The address a text consists of, or None for anything that is no web address.

    Understood beside plain addresses: `//host`, `host/path` without a scheme, HTML entities,
    percent-encoded whole addresses, JSON's escaped slashes, the `httpv:` of old plugins. Refused:
    user info (a disguise, never a film's address), other schemes, backslashes, over-long text.
    """
    if len(text) > MAX_LENGTH:
        return None
    address = _decode(text.strip(_WRAPPING))
    scheme_end = _SCHEME.match(address)
    if scheme_end is not None:
        scheme = "http" if scheme_end[1].lower().startswith("httpv") else scheme_end[1].lower()
        rest = address[scheme_end.end() :]
    elif address.startswith("//"):
        scheme, rest = "https", address[2:]
    elif _SCHEMELESS.match(address):
        scheme, rest = "https", address
    else:
        return None
    try:
        parts = urlsplit(f"{scheme}://{rest}")
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname
    if not host or "@" in parts.netloc or "\\" in parts.netloc or "%" in host:
        return None
    if port == (443 if scheme == "https" else 80):
        port = None
    return Address(scheme, host, port, parts.path, parts.query, parts.fragment)


def read_params(query: str) -> dict[str, str]:
    """Parameters of a query, split at `&`, `;` and a stray second `?`; first non-empty wins."""
    return _read(_PARAM_BREAK.split(query))


def read_start(params: dict[str, str], fragment: str) -> int | None:
    """Where playing starts, in whole seconds; None where nothing or the beginning is stated."""
    if not params and not fragment:
        return None
    stated = next((params[name] for name in _START_PARAMS if name in params), None)
    if stated is None and fragment:
        inner = read_params(fragment.lstrip("!/?"))
        stated = next((inner[name] for name in _START_PARAMS if name in inner), None)
    return None if stated is None else _seconds(stated)


_WRAPPING = " \t\r\n\f\v\u00a0\u200b\ufeff\"'<>“”„"

# "https://", "HTTP:///", the "httpv://" of Smart YouTube; not "ftp://", not "javascript:".
_SCHEME = re.compile(r"(https?|httpv[a-z]{0,3}):/{2,3}", re.IGNORECASE)

# A dotted name followed by path, query, fragment or nothing; not "film.mp4" (see parse_video_url,
# where only listed hosts go on), not "a sentence. Next", not "user@host".
_SCHEMELESS = re.compile(r"(?:[A-Za-z0-9_-]{1,63}\.){1,8}[A-Za-z]{2,18}(?::\d{1,5})?(?=[/?#]|$)")

# "&amp;", "&#038;", "&#x2F;" and doubled "&amp;amp;"; named entities without a semicolon are left
# alone, for "&region=" would become a sign.
_ENTITY = re.compile(r"&(?:amp;)*(?:amp;|#0*(\d{2,3});|#[xX]0*([0-9A-Fa-f]{2});)")

# "\/" and "\u0026" of JSON text.
_JSON_ESCAPE = re.compile(r"\\(?:(/)|u00([0-9A-Fa-f]{2}))")

_PARAM_BREAK = re.compile(r"[&;?]")

_START_PARAMS = ("t", "start", "time_continue", "starttime", "startTime", "at", "position", "wtime")

# "65", "65s", "1m5s", "1h2m3s", "1:05", "0:01:05.5", "10,20" (a media fragment's span); not "auto".
_CLOCK = re.compile(r"(?:npt:)?(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,7})(?:\.\d*)?s?(?:,.*)?")
_UNITS = re.compile(r"(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,7})(?:\.\d*)?s?)?")


def _read(pairs: list[str]) -> dict[str, str]:
    params: dict[str, str] = {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        name = name.removeprefix("amp;")
        if value and name not in params:
            params[name] = unquote(value.replace("+", " ")) if "%" in value else value
    return params


def _decode(address: str) -> str:
    if "&" in address:
        address = _ENTITY.sub(_entity, address)
    if "\\" in address:
        address = _JSON_ESCAPE.sub(lambda m: m[1] or chr(int(m[2], 16)), address)
    for _ in range(2):
        if "://" in address[:10] or "%2" not in address[:32].lower():
            break
        address = unquote(address)
    return address


def _entity(match: re.Match[str]) -> str:
    if match[1] is not None:
        return chr(int(match[1]))
    return chr(int(match[2], 16)) if match[2] is not None else "&"


def _seconds(stated: str) -> int | None:
    stated = stated.strip().lower()
    match = _CLOCK.fullmatch(stated) or _UNITS.fullmatch(stated)
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds or None
