"""Name resolution that hands out only addresses the guard allows.

Twisted connects to exactly what a host name resolver answers, so a name that turns to an inside
address between two lookups (DNS rebinding) is refused as well.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from harvester.crawl.guard import Guard, literal_address


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves through the reactor's own resolver and drops what the guard refuses.

    A test profile's host names go to the loopback address its table gives them.
    """

    def __init__(self, inner: Any, guard: Guard) -> None:
        self._inner = inner
        self._guard = guard
        #: Host names that resolved to inside addresses alone.
        self.refused: set[str] = set()

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[Any] | None = None,
        transportSemantics: str = "TCP",
    ) -> Any:
        target = self._guard.target_of(hostName, portNumber)
        if target is not None:
            return _answered(resolutionReceiver, hostName, [_tcp_address(*target)])
        literal = literal_address(hostName)
        if literal is not None:
            allowed = self._guard.may_connect(hostName, literal)
            addresses = [_tcp_address(str(literal), portNumber)] if allowed else []
            if not addresses:
                self.refused.add(hostName)
            return _answered(resolutionReceiver, hostName, addresses)
        receiver = _GuardedReceiver(resolutionReceiver, hostName, self._guard, self.refused)
        return self._inner.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )


def install_guard(reactor: Any, guard: Guard) -> GuardedResolver:
    """The guarded resolver, now the reactor's; a guard that stood there before is replaced."""
    inner = reactor.nameResolver
    if isinstance(inner, GuardedResolver):
        inner = inner._inner
    resolver = GuardedResolver(inner, guard)
    reactor.installNameResolver(resolver)
    return resolver


@implementer(IResolutionReceiver)
class _GuardedReceiver:
    """Passes on the addresses that may be connected to."""

    def __init__(self, receiver: Any, host: str, guard: Guard, refused: set[str]) -> None:
        self._receiver = receiver
        self._host = host
        self._guard = guard
        self._refused = refused
        self._passed = self._dropped = 0

    def resolutionBegan(self, resolution: Any) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        number = ipaddress.ip_address(address.host.partition("%")[0])
        if self._guard.may_connect(self._host, number):
            self._passed += 1
            self._receiver.addressResolved(address)
        else:
            self._dropped += 1

    def resolutionComplete(self) -> None:
        if self._dropped and not self._passed:
            self._refused.add(self._host)
        self._receiver.resolutionComplete()


@implementer(IHostResolution)
class _Done:
    """A resolution that needed no lookup."""

    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """There is nothing to cancel."""


def _answered(receiver: Any, name: str, addresses: Sequence[Any]) -> _Done:
    done = _Done(name)
    receiver.resolutionBegan(done)
    for address in addresses:
        receiver.addressResolved(address)
    receiver.resolutionComplete()
    return done


def _tcp_address(host: str, port: int) -> Any:
    kind = IPv6Address if ":" in host else IPv4Address
    return kind("TCP", host, port)
