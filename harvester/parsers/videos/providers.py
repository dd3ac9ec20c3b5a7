"""The providers' hosts and address shapes, read from `providers.toml`."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any
from urllib.parse import unquote

from harvester.parsers.videos.address import Address, read_params, read_start
from harvester.parsers.videos.model import Video
from harvester.records import FilmKind


@dataclass(frozen=True, slots=True)
class AddressForm:
    """One shape of address that leads to something of a provider."""

    path: re.Pattern[str]
    params: tuple[str, ...]
    id: re.Pattern[str] | None  # whole value of the parameter
    fragment: re.Pattern[str] | None
    kind: FilmKind
    url: str


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider at some of its hosts."""

    name: str
    hosts: frozenset[str]
    domains: tuple[str, ...]
    excluded: frozenset[str]
    forms: tuple[AddressForm, ...]
    hash_param: str | None

    def video(self, address: Address) -> Video | None:
        """What the address leads to at this provider, or None."""
        path = unquote(address.path) if "%" in address.path else address.path
        path = _SLASHES.sub("/", path).rstrip("/") or "/"
        params = read_params(address.query)
        for form in self.forms:
            found = _match(form, path, params, address.fragment)
            if found is not None:
                return self._as_video(form, found, params, address)
        return None

    def _as_video(
        self, form: AddressForm, found: dict[str, str], params: dict[str, str], address: Address
    ) -> Video:
        url = form.url.format(host=address.host, **found)
        key = found.get("hash")
        if key is None and self.hash_param and _HASH.fullmatch(params.get(self.hash_param, "")):
            key = params[self.hash_param]
        if key is not None:
            url = f"{url}/{key}"
        start = read_start(params, address.fragment) if form.kind is FilmKind.VIDEO else None
        list_id = found["id"] if form.kind is FilmKind.PLAYLIST else None
        return Video(self.name, form.kind, found["id"], start, list_id, url, key)


@dataclass(frozen=True, slots=True)
class Wrapper:
    """A host's address that carries another address in a parameter or in its path."""

    hosts: frozenset[str]
    domains: tuple[str, ...]
    path: re.Pattern[str]
    params: tuple[str, ...]

    def carried(self, address: Address) -> str | None:
        """The address carried, or None."""
        match = self.path.fullmatch(address.path)
        if match is None:
            return None
        if "address" in match.groupdict():
            query = f"?{address.query}" if address.query else ""
            return _ONE_SLASH.sub("://", match["address"]) + query
        params = address.params
        return next((params[name] for name in self.params if name in params), None)


@dataclass(frozen=True, slots=True)
class Registry:
    """All that `providers.toml` says."""

    youtube_hosts: frozenset[str]
    youtube_short_hosts: frozenset[str]
    providers: tuple[Provider, ...]
    anywhere: tuple[Provider, ...]
    wrappers: tuple[Wrapper, ...]

    def at(self, host: str) -> tuple[Provider, ...]:
        """The providers that own a host (exact, or a subdomain of a tenants' domain)."""
        return _cached_providers(host)

    def wrappers_at(self, host: str) -> tuple[Wrapper, ...]:
        """The wrappers at a host."""
        return _cached_wrappers(host)


@functools.cache
def registry() -> Registry:
    """The registry, read once."""
    source = resources.files(__package__).joinpath("providers.toml").read_text(encoding="utf-8")
    data = tomllib.loads(source)
    entries = data["provider"]
    return Registry(
        frozenset(data["youtube"]["hosts"]),
        frozenset(data["youtube"]["short_hosts"]),
        tuple(_provider(entry) for entry in entries if not entry.get("anywhere")),
        tuple(_provider(entry) for entry in entries if entry.get("anywhere")),
        tuple(_wrapper(entry) for entry in data["wrapper"]),
    )


_SLASHES = re.compile(r"/{2,}")
_ONE_SLASH = re.compile(r"(?<=^http):/{1,2}|(?<=^https):/{1,2}")
_HASH = re.compile(r"[0-9a-f]{8,12}")


def _match(
    form: AddressForm, path: str, params: dict[str, str], fragment: str
) -> dict[str, str] | None:
    """The named groups of a form that fits, with `id`; else None."""
    match = form.path.fullmatch(path)
    if match is None:
        return None
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    if form.id is not None:
        for name in form.params:
            value = form.id.fullmatch(params[name].strip()) if name in params else None
            if value is not None:
                return {**groups, "id": value.groupdict().get("id") or value[0]}
        return None
    if form.fragment is not None:
        inner = form.fragment.fullmatch(fragment)
        return None if inner is None else {**groups, "id": inner["id"]}
    return groups


@functools.lru_cache(maxsize=4096)
def _cached_providers(host: str) -> tuple[Provider, ...]:
    return tuple(
        p
        for p in registry().providers
        if host not in p.excluded and (host in p.hosts or host.endswith(p.domains))
    )


@functools.lru_cache(maxsize=4096)
def _cached_wrappers(host: str) -> tuple[Wrapper, ...]:
    return tuple(w for w in registry().wrappers if host in w.hosts or host.endswith(w.domains))


def _provider(entry: dict[str, Any]) -> Provider:
    return Provider(
        entry["name"],
        frozenset(entry.get("hosts", ())),
        tuple(f".{domain}" for domain in entry.get("domains", ())),
        frozenset(entry.get("except", ())),
        tuple(_forms(entry)),
        entry.get("hash_param"),
    )


def _forms(entry: dict[str, Any]) -> Iterator[AddressForm]:
    for form in entry["forms"]:
        yield AddressForm(
            re.compile(form["path"]),
            tuple(form.get("param", ())),
            re.compile(form["id"]) if "id" in form else None,
            re.compile(form["fragment"]) if "fragment" in form else None,
            FilmKind(form.get("kind", "video")),
            form["url"],
        )


def _wrapper(entry: dict[str, Any]) -> Wrapper:
    return Wrapper(
        frozenset(entry.get("hosts", ())),
        tuple(f".{domain}" for domain in entry.get("domains", ())),
        re.compile(entry["path"]),
        tuple(entry.get("params", ())),
    )
