"""Where a redirect leads, and whether it may be followed."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from harvester.archive.capture import Capture
from harvester.crawl.fetch import Fetch
from harvester.crawl.guard import MAX_REDIRECTS, Guard, Refusal
from harvester.pages.addresses import AddressKind, address_kind, site_address
from harvester.sites import Site


@dataclass(frozen=True, slots=True)
class Redirected:
    """An allowed target: the address to ask for, its canonical form, whether it can be a page."""

    url: str
    key: str
    is_page: bool


def redirect_of(fetch: Fetch, capture: Capture, site: Site, guard: Guard) -> Redirected | Refusal:
    """The target of a redirect, or why it is not followed. Another site's address is refused."""
    location = (capture.header("Location") or "").strip()
    if not location:
        return Refusal("bad_redirect", f"status {capture.status} without a Location")
    try:
        target = urljoin(capture.url, location)
    except ValueError:
        return Refusal("bad_redirect", f"redirects to {location[:200]!r}, which is no address")
    refusal = guard.refusal(target)
    address = site_address(site, location, capture.url)
    if address is None or (refusal is not None and guard.refusal(address) is not None):
        code = refusal.code if refusal is not None else "guard_host"
        return Refusal(code, f"redirects to {target[:200]}, outside this site")
    if len(fetch.trail) >= MAX_REDIRECTS:
        return Refusal("too_many_redirects", f"more than {MAX_REDIRECTS} redirects")
    key = site.canonical(address)
    kind = address_kind(key)
    return Redirected(address, key, kind not in (AddressKind.NEVER, AddressKind.DOCUMENT))
