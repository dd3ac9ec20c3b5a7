"""Site profiles: which sites a harvest covers, and what counts as one address on them.

A profile is a TOML file (format in docs/profiles.md). The real hosts are `sites.toml` beside this
module, the bundled sample is `sample/profile.toml`; any other is read from the path given.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlunsplit

from harvester.addresses import (
    canonical_address,
    forgotten_path,
    is_forgotten,
    own_part,
    split_address,
)
from harvester.errors import ProfileError

DISCOVERY = ("rest", "sitemap", "links")

#: The years a conference can be of: those that profiles may register and pages are read for.
EDITION_YEARS = range(1900, 2100)

_BUNDLED = {
    "live": Path(__file__).parent / "sites.toml",
    "sample": Path(__file__).parent / "sample" / "profile.toml",
}
_SITE_KEYS = {
    "name", "base", "hosts", "seeds", "discovery", "delay", "concurrency", "full_every",
    "allow_private", "editions", "timezone", "max_pages",
}  # fmt: skip
_PROFILE_KEYS = {
    "oembed", "site", "resolve", "event", "tags", "description", "keep", "keep_runs", "person_key",
}  # fmt: skip
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_HOST = re.compile(r"[a-z0-9._-]+(:\d{1,5})?|\[[0-9a-f:.]+\](:\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Site:
    """One site: its names, where to start, how politely to ask.

    ``delay`` is in seconds between two requests to the site; ``full_every`` counts runs.
    ``editions`` maps a conference year to the addresses registered for it.
    """

    name: str
    base: str
    hosts: tuple[str, ...]
    seeds: tuple[str, ...] = ()
    discovery: tuple[str, ...] = DISCOVERY
    delay: float = 1.0
    concurrency: int = 1
    full_every: int = 7
    allow_private: bool = False
    timezone: str = "Europe/Stockholm"
    max_pages: int = 20_000
    editions: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def owns(self, url: str) -> bool:
        """True where the address belongs to this site (http or https, one of its host names)."""
        parts = split_address(url)
        return parts is not None and parts[1] in self.hosts

    def canonical(self, url: str) -> str:
        """The one spelling of an address of this site: base scheme and host, no tracking, no fragment.

        Slashes: an address without a file ending or query gets a closing slash, as WordPress
        redirects it. Raises ValueError for an address of another site.
        """
        address = canonical_address(self.base, self.hosts, url)
        if address is None:
            raise ValueError(f"{url!r} is no address of {self.name}")
        return address

    def page_id(self, url: str) -> str:
        """The id of the page at an address: site name and a short hash of its path and query.

        Scheme and host are left out, so that a move to https keeps every id. An address that is
        `forgotten` keeps the id it had.
        """
        return f"{self.name}-{own_part(self.canonical(url))}"

    def is_forgotten(self, url: str) -> bool:
        """True for an address that `forgotten` made: nobody serves it."""
        return self.owns(url) and is_forgotten(self.canonical(url))

    def forgotten(self, url: str) -> str:
        """The address under which a page is kept whose own must not be: nothing but its id, masked.

        Nobody serves it, and it is shown nowhere: the mask in it marks it as one that names somebody.
        """
        address = self.canonical(url)
        return address if is_forgotten(address) else self.canonical(forgotten_path(address))

    def edition_of_seed(self, url: str) -> int | None:
        """The conference year an address is registered for, or None."""
        address = self.canonical(url)
        return next((year for year, urls in self.editions.items() if address in urls), None)


@dataclass(frozen=True, slots=True)
class Profile:
    """The sites one output folder is about.

    ``event`` names the conference as pages write it, ``tags`` its short forms in categories ("SCD2023"). ``resolve`` sends a host name to a loopback
    ``address:port``, ``oembed`` names stand-ins for film providers; both are allowed only where every
    site is a test site (`allow_private`).
    """

    name: str
    sites: tuple[Site, ...]
    event: str = "Socialchefsdagarna"
    tags: tuple[str, ...] = ("SCD",)
    resolve: Mapping[str, str] = field(default_factory=dict)
    oembed: Mapping[str, str] = field(default_factory=dict)
    keep: int = 30  # releases
    keep_runs: int = 400  # folders of runs/: more than a year of nights
    person_key: str | None = None
    source: str = ""

    @property
    def event_names(self) -> tuple[str, ...]:
        """The conference's name and its short forms."""
        return (self.event, *self.tags)

    def site_of(self, url: str) -> Site | None:
        """The site that owns an address, or None: then it must not be fetched."""
        return next((site for site in self.sites if site.owns(url)), None)

    def site(self, name: str) -> Site:
        """The site of that name. Raises ProfileError naming those there are."""
        for site in self.sites:
            if site.name == name:
                return site
        known = ", ".join(s.name for s in self.sites)
        raise ProfileError(f"profile {self.name}: no site {name!r}; there are: {known}")


def load_profile(name: str | Path) -> Profile:
    """The profile called ``live`` or ``sample``, or the one in a TOML file.

    Raises ProfileError with one line that names the file, the key and the mend.
    """
    path = _BUNDLED.get(str(name))
    bundled = path is not None
    path = path or Path(name)
    if not bundled and path.suffix != ".toml":
        raise ProfileError(f"no profile {str(name)!r}: use live, sample or a .toml file")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ProfileError(f"profile {path}: no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(f"profile {path}: cannot be read ({error})") from None
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"profile {path}: not valid TOML: {error}") from None
    return read_profile(data, name=str(name) if bundled else path.stem, source=path.name)


def read_profile(data: Mapping[str, Any], *, name: str, source: str = "") -> Profile:
    """The profile a parsed TOML document describes. Raises ProfileError."""
    where = f"profile {source or name}"
    _refuse_unknown(data, _PROFILE_KEYS, where)
    tables = data.get("site")
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        raise ProfileError(f"{where}: needs at least one [[site]] with name and base")
    sites = tuple(_read_site(table, f"{where}, site {n}") for n, table in enumerate(tables, 1))
    _refuse_double(where, "name", [s.name for s in sites])
    _refuse_double(where, "host", [h for s in sites for h in s.hosts])
    resolve = data.get("resolve", {})
    if not isinstance(resolve, dict) or not all(isinstance(v, str) for v in resolve.values()):
        raise ProfileError(f"{where}: resolve must map host names to address:port")
    if resolve and not all(s.allow_private for s in sites):
        raise ProfileError(
            f"{where}: resolve is for test profiles; set allow_private = true on every site"
        )
    oembed = data.get("oembed", {})
    if not isinstance(oembed, dict) or not all(
        isinstance(v, str) and "{url}" in v for v in oembed.values()
    ):
        raise ProfileError(f"{where}: oembed must map providers to addresses that hold {{url}}")
    if oembed and not all(s.allow_private for s in sites):
        raise ProfileError(f"{where}: oembed is for test profiles; the real endpoints are known")
    person_key = data.get("person_key")
    if person_key is not None and not all(s.allow_private for s in sites):
        raise ProfileError(
            f"{where}: person_key is for test profiles; real keys are made beside the archive"
        )
    return Profile(
        name=name,
        sites=sites,
        event=_typed(data, "event", str, "Socialchefsdagarna", where),
        tags=_strings(data, "tags", where)
        if "tags" in data
        else ("SCD",)
        if "event" not in data
        else (),
        resolve=dict(resolve),
        oembed=dict(oembed),
        keep=_typed(data, "keep", int, 30, where),
        keep_runs=int(_bounded(data, "keep_runs", int, 400, 1, 1_000_000, where)),
        person_key=person_key,
        source=source,
    )


def require_edition(year: int) -> int:
    """A conference year that is asked for. Raises ProfileError for one that no page can be of."""
    if year not in EDITION_YEARS:
        raise ProfileError(
            f"edition {year} is no conference year: {EDITION_YEARS[0]} to {EDITION_YEARS[-1]}"
        )
    return year


def _read_site(table: Mapping[str, Any], where: str) -> Site:
    _refuse_unknown(table, _SITE_KEYS, where)
    name = _typed(table, "name", str, None, where)
    if not _NAME.fullmatch(name):
        raise ProfileError(f"{where}: name {name!r} must be lower-case letters, digits, - and _")
    where = f"{where} ({name})"
    base = _typed(table, "base", str, None, where)
    parts = split_address(base)
    if parts is None:
        raise ProfileError(f"{where}: base {base!r} must be an http(s) address")
    base = urlunsplit((parts[0], parts[1], parts[2] or "/", "", ""))
    hosts = _strings(table, "hosts", where)
    for host in hosts:
        if not _HOST.fullmatch(host.lower()):
            raise ProfileError(
                f"{where}: host {host!r} must be a host name or host:port, without http://"
            )
    discovery = _strings(table, "discovery", where) or DISCOVERY
    for way in discovery:
        if way not in DISCOVERY:
            raise ProfileError(f"{where}: discovery {way!r} is not one of {', '.join(DISCOVERY)}")
    site = Site(
        name=name,
        base=base,
        hosts=tuple(dict.fromkeys([parts[1], *(h.lower() for h in hosts)])),
        discovery=tuple(discovery),
        delay=float(_bounded(table, "delay", (int, float), 1.0, 0, 3600, where)),
        concurrency=int(_bounded(table, "concurrency", int, 1, 1, 64, where)),
        full_every=int(_bounded(table, "full_every", int, 7, 1, 1000, where)),
        max_pages=int(_bounded(table, "max_pages", int, 20_000, 1, 100_000_000, where)),
        allow_private=_typed(table, "allow_private", bool, False, where),
        timezone=_typed(table, "timezone", str, "Europe/Stockholm", where),
    )
    seeds = tuple(_addresses(site, _strings(table, "seeds", where), where))
    editions = _read_editions(site, table.get("editions", {}), where)
    if not site.allow_private and (site.delay < 1.0 or site.concurrency > 1):
        raise ProfileError(
            f"{where}: a live site is asked once a second at most: delay >= 1, concurrency = 1"
        )
    return Site(
        **{f: getattr(site, f) for f in Site.__slots__ if f not in ("seeds", "editions")},
        seeds=seeds,
        editions=editions,
    )


def _read_editions(site: Site, table: Any, where: str) -> dict[int, tuple[str, ...]]:
    if not isinstance(table, dict):
        raise ProfileError(f"{where}: editions must map a year to a list of addresses")
    editions = {}
    for year, urls in table.items():
        if not re.fullmatch(r"[0-9]{4}", year) or int(year) not in EDITION_YEARS:
            raise ProfileError(f"{where}: edition {year!r} is no year")
        if not isinstance(urls, list) or not all(isinstance(u, str) for u in urls):
            raise ProfileError(f"{where}: edition {year} must be a list of addresses")
        editions[int(year)] = tuple(_addresses(site, urls, where))
    return editions


def _addresses(site: Site, urls: Iterable[str], where: str) -> Iterator[str]:
    for url in urls:
        try:
            yield site.canonical(url)
        except ValueError:
            raise ProfileError(f"{where}: {url!r} is no address of this site") from None


def _refuse_unknown(table: Mapping[str, Any], known: set[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise ProfileError(
                f"{where}: unknown key {key!r}; known are: {', '.join(sorted(known))}"
            )


def _refuse_double(where: str, what: str, values: list[str]) -> None:
    for value in values:
        if values.count(value) > 1:
            raise ProfileError(f"{where}: two sites have the {what} {value!r}")


def _strings(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise ProfileError(f"{where}: {key} must be a list of strings")
    return tuple(value)


def _typed(table: Mapping[str, Any], key: str, kind: type, default: Any, where: str) -> Any:
    value = table.get(key, default)
    if value is None:
        raise ProfileError(f"{where}: {key} is missing")
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise ProfileError(f"{where}: {key} must be {kind.__name__}, not {value!r}")
    return value


def _bounded(
    table: Mapping[str, Any],
    key: str,
    kind: Any,
    default: float,
    low: float,
    high: float,
    where: str,
) -> Any:
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, kind) or not low <= value <= high:
        raise ProfileError(f"{where}: {key} must be a number from {low} to {high}, not {value!r}")
    return value
