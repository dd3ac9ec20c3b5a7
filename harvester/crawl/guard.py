"""What a crawl may ask for: the profile's hosts over http(s), never an inside address.

The same rules hold for an address in a request, for the target of a redirect, and for every answer of
the name service (`resolver`), so that what was judged is what is connected to.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from harvester.sites import Profile, Site

#: Redirects followed from one address.
MAX_REDIRECTS = 5

#: Statuses that lead elsewhere.
REDIRECTS = frozenset({301, 302, 303, 307, 308})

#: The longest address asked for, in characters.
MAX_URL = 2_000

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Shared address space of carriers (RFC 6598), which `ipaddress` calls neither private nor global.
_CARRIER = ipaddress.ip_network("100.64.0.0/10")
# IPv6 ranges that carry an IPv4 address inside: translation and 6to4.
_TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
# One part of an IPv4 address as browsers and libc read it: decimal, octal or hexadecimal.
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]{0,8}|[0-9]{1,11}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an address is not asked for; ``code`` is the problem's stable name."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Guard:
    """The profile's bounds."""

    profile: Profile

    def site_of(self, url: str) -> Site | None:
        return self.profile.site_of(url)

    def refusal(self, url: str) -> Refusal | None:
        """Why an address must not be fetched, or None."""
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
            _ = parts.port
        except ValueError:
            return Refusal("guard_address", f"{url[:200]!r} is no address")
        if parts.scheme not in ("http", "https"):
            return Refusal("guard_scheme", f"{parts.scheme or 'no scheme'}: only http and https")
        if len(url) > MAX_URL:
            return Refusal("guard_length", f"the address has more than {MAX_URL} characters")
        if parts.username is not None or parts.password is not None:
            return Refusal("guard_credentials", "the address carries a name or password")
        site = self.profile.site_of(url)
        if site is None:
            return Refusal("guard_host", f"{parts.netloc} is none of the profile's hosts")
        literal = literal_address(host)
        if literal is not None and not self.may_connect(host, literal):
            return Refusal("guard_private", f"{host} is an inside address ({literal})")
        return None

    def may_connect(self, host: str, address: IPAddress) -> bool:
        """Whether a connection for a host name may go to an address."""
        return is_public(address) or self._allows_private(host)

    def target_of(self, host: str, port: int) -> tuple[str, int] | None:
        """Where a test profile sends a host name: loopback address and port; None for all others."""
        for name in (f"{host}:{port}", host):
            target = self.profile.resolve.get(name)
            if target is not None:
                address, _, target_port = target.rpartition(":")
                return address.strip("[]"), int(target_port)
        return None

    def _allows_private(self, host: str) -> bool:
        """True where a site of the profile has this host name and says it is a test site."""
        return any(
            site.allow_private and any(_name_of(h) == host for h in site.hosts)
            for site in self.profile.sites
        )


def is_public(address: IPAddress) -> bool:
    """True for an address of the open internet, false for every range that leads inside.

    Loopback, private, link-local (cloud metadata stands there), multicast, carrier space, reserved
    and unspecified addresses are refused, and IPv6 forms that carry such an IPv4 address.
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address.teredo is not None:
            inner = address.teredo[1]
        if inner is None and any(address in net for net in _TRANSLATED):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is None and int(address) >> 32 == 0:
            inner = ipaddress.IPv4Address(int(address))  # ::a.b.c.d, the old compatible form
        if inner is not None:
            return is_public(inner)
        return address.is_global and not address.is_multicast and not address.is_site_local
    if address in _CARRIER or address.is_multicast or address.is_reserved:
        return False
    return address.is_global


def literal_address(host: str) -> IPAddress | None:
    """The address a host written as a number means, or None for a name.

    Reads what the system would: dotted, decimal, octal and hexadecimal IPv4, IPv6 with a zone.
    """
    text = host.strip("[]").rstrip(".")
    try:
        return ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        pass
    parts = text.split(".")
    if len(parts) > 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    try:
        numbers = [_number(part) for part in parts]
    except ValueError:
        return None
    if any(n > 255 for n in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        return None
    value = numbers[-1]
    for place, number in enumerate(numbers[:-1]):
        value += number << (8 * (3 - place))
    return ipaddress.IPv4Address(value)


def _number(text: str) -> int:
    if text[:2] in ("0x", "0X"):
        return int(text[2:] or "0", 16)
    if len(text) > 1 and text[0] == "0":
        return int(text, 8)
    return int(text)


def _name_of(host: str) -> str:
    """The name in ``host:port``."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]
