"""Addresses as ids are made of them: taken apart, in one spelling, hashed."""

from __future__ import annotations

import functools
import hashlib
import re
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

from harvester.memory import Memory

# The path of a forgotten address: a mask (█) and the hash of the address that was. Must not match a slug
# of which a part is masked.
_FORGOTTEN = re.compile(r"/%E2%96%88([0-9a-f]{10})/")
# Parameters that only trace a visitor; they never choose another page.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|_ga|share|replytocom|nb|et_blog")
_DEFAULT_PORTS = {"http": 80, "https": 443}
# Most addresses need nothing done to any part. Must not match a user's name, a port that is the scheme's own or
# none at all (99999), a host that ends with a stop, what is to be quoted, and a fragment.
_PLAIN = re.compile(
    r"(https?)://((?:[a-z0-9-]+\.)*[a-z0-9-]+(?::(?!80(?!\d)|443(?!\d))(?:[1-9]\d{1,3}|[1-5]\d{4}|6[0-4]\d{3}))?)"
    r"([/][A-Za-z0-9/%:@!$&'()*+,;=~._-]*|)(?:\?([A-Za-z0-9/%:@!$&'()*+,;=~._?-]*))?"
)


def short_hash(text: str, length: int = 10) -> str:
    """A short stable hash for ids: the first hex digits of SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


@functools.lru_cache(maxsize=2_048)
def canonical_address(base: str, hosts: tuple[str, ...], url: str) -> str | None:
    """The one spelling of an address on the hosts given; None for an address elsewhere.

    Menus repeat the same links page after page.
    """
    parts = split_address(url if is_plain(url) else urljoin(base, url))
    if parts is None or parts[1] not in hosts:
        return None
    _, _, path, query = parts
    path = re.sub(r"/{2,}", "/", path) or "/"
    if query:
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode(sorted((k, v) for k, v in pairs if not _TRACKING.fullmatch(k)))
    last = path.rpartition("/")[2]
    if last and "." not in last:
        path += "/"
    address = _origin(base) + path
    return f"{address}?{query}" if query else address


@functools.lru_cache(maxsize=64)
def _origin(base: str) -> str:
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}"


@functools.lru_cache(maxsize=1_024)
def own_part(address: str) -> str:
    """What the id of a page is made of beside its site's name: its canonical address' path and query, hashed."""
    own = _after_origin(address)
    forgotten = _FORGOTTEN.fullmatch(own.partition("?")[0])
    return forgotten[1] if forgotten else short_hash(own)


def is_forgotten(address: str) -> bool:
    """True for a canonical address whose path is a mask: one that `forgotten_path` made."""
    return _FORGOTTEN.fullmatch(_after_origin(address).partition("?")[0]) is not None


def _after_origin(address: str) -> str:
    """Path and query of a canonical address, which has no fragment and a path always."""
    return "/" + address.split("/", 3)[3]


def forgotten_path(address: str) -> str:
    """The path that keeps a canonical address' id and says nothing else of it."""
    return f"/%E2%96%88{own_part(address)}/"


def is_plain(url: str) -> bool:
    """True for a web address with a path that joining, cleaning and putting together again leave as it is."""
    plain = _PLAIN.fullmatch(url)
    return plain is not None and plain[3] != "" and plain[4] != "" and ";" not in url


def split_address(url: str) -> tuple[str, str, str, str] | None:
    """Scheme, host (with a port that is not the scheme's own), path, query; None for no web address."""
    return _TAKEN_APART[url]


def _take_apart(url: str) -> tuple[str, str, str, str] | None:
    plain = _PLAIN.fullmatch(url)
    return _cleaned_parts(url) if plain is None else (plain[1], plain[2], plain[3], plain[4] or "")


def _cleaned_parts(url: str) -> tuple[str, str, str, str] | None:
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    except ValueError:  # also a lone surrogate, which no UTF-8 can spell
        return None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return None
    if ":" in host:
        host = f"[{host}]"
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        host = f"{host}:{port}"
    return parts.scheme, host, path, parts.query


_TAKEN_APART = Memory(_take_apart, most=1_024, longest=2_000)  # longer addresses are data
