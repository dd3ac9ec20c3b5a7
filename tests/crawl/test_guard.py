"""What a crawl may ask for, and where it may connect to."""

from __future__ import annotations

import ipaddress
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.http import Request

from harvester.crawl.failures import FetchFailed
from harvester.crawl.guard import Guard, is_public, literal_address
from harvester.crawl.guarding import GuardMiddleware, origin_of
from harvester.crawl.resolver import GuardedResolver, install_guard
from harvester.sites import Profile, Site

LIVE = Profile(
    "p", (Site("a", "https://a.example/", ("a.example", "www.a.example", "a.example:8443")),)
)
TEST = Profile(
    "t",
    (Site("b", "http://b.example/", ("b.example", "127.0.0.1:8731"), allow_private=True),),
    resolve={"b.example": "127.0.0.1:9001"},
)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://a.example/sida/", id="https"),
        pytest.param("http://www.a.example/", id="other-name-and-scheme"),
        pytest.param("https://a.example:443/x", id="the-schemes-own-port"),
        pytest.param("https://a.example:8443/x", id="listed-port"),
    ],
)
def test_addresses_of_the_profile_pass(url: str) -> None:
    assert Guard(LIVE).refusal(url) is None


@pytest.mark.parametrize(
    ("url", "code"),
    [
        pytest.param("https://b.example/", "guard_host", id="other-host"),
        pytest.param("https://a.example.b.example/", "guard_host", id="host-as-a-prefix"),
        pytest.param("https://a.example:8080/", "guard_host", id="other-port"),
        pytest.param("https://a.example@b.example/", "guard_credentials", id="host-as-a-user"),
        pytest.param("https://user:pass@a.example/", "guard_credentials", id="credentials"),
        pytest.param("file:///etc/passwd", "guard_scheme", id="file"),
        pytest.param("ftp://a.example/", "guard_scheme", id="ftp"),
        pytest.param("data:text/html,x", "guard_scheme", id="data"),
        pytest.param("//a.example/", "guard_scheme", id="no-scheme"),
        pytest.param("https://a.example:99999/", "guard_address", id="no-port"),
        pytest.param("https://[::1/", "guard_address", id="broken-brackets"),
        pytest.param("https://a.example/" + "x" * 3000, "guard_length", id="endless"),
        pytest.param("http://169.254.169.254/latest/", "guard_host", id="metadata-service"),
    ],
)
def test_everything_else_is_refused_by_name(url: str, code: str) -> None:
    refusal = Guard(LIVE).refusal(url)
    assert refusal is not None and refusal.code == code


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        pytest.param("https://a.example/sida/?a=b/c", "https://a.example", id="page"),
        pytest.param("http://a.example:8443/", "http://a.example:8443", id="port"),
        pytest.param("https://u:p@a.example/", "https://u:p@a.example", id="credentials-stay"),
        pytest.param(
            "https://a.example\\@b.example/", "https://a.example\\@b.example", id="slashes"
        ),
        pytest.param("https://a.example", None, id="no-path"),
        pytest.param("https://a.example?x=/", None, id="query-without-path"),
        pytest.param("https://a.example#/", None, id="fragment-without-path"),
        pytest.param("data:text/html,x", None, id="no-host"),
    ],
)
def test_an_origin_is_all_that_a_guard_judges_but_length(url: str, origin: str | None) -> None:
    assert origin_of(url) == origin


def test_an_origin_is_judged_once_and_a_length_each_time() -> None:
    middleware = GuardMiddleware(None, SimpleNamespace(guard=Guard(LIVE)))  # type: ignore[arg-type]
    middleware.process_request(Request("https://a.example/"))
    middleware.process_request(Request("https://a.example/sida/"))
    for url, code in (
        ("https://a.example/" + "x" * 3000, "guard_length"),
        ("https://b.example/", "guard_host"),
        ("https://b.example/", "guard_host"),
        ("https://a.example.b.example/", "guard_host"),
        ("https://user@a.example/", "guard_credentials"),
    ):
        with pytest.raises(FetchFailed) as refused:
            middleware.process_request(Request(url))
        assert refused.value.code == code


def test_an_origin_that_was_admitted_is_not_asked_about_again() -> None:
    asked: list[str] = []

    class Counting:
        def refusal(self, url: str) -> Any:
            asked.append(url)
            return Guard(LIVE).refusal(url)

    middleware = GuardMiddleware(None, SimpleNamespace(guard=Counting()))  # type: ignore[arg-type]
    for path in ("", "sida/", "?page_id=7"):
        middleware.process_request(Request(f"https://a.example/{path}"))
    assert asked == ["https://a.example/"]


def test_an_inside_address_is_refused_though_the_profile_lists_it() -> None:
    careless = Profile("c", (Site("c", "http://10.0.0.7/", ("10.0.0.7", "2130706433")),))
    for url in ("http://10.0.0.7/", "http://2130706433/"):
        refusal = Guard(careless).refusal(url)
        assert refusal is not None and refusal.code == "guard_private"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("127.0.0.1", False), ("127.8.8.8", False), ("10.1.2.3", False),
        ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("100.128.0.1", True), ("0.0.0.0", False), ("224.0.0.1", False),
        ("255.255.255.255", False), ("240.0.0.1", False), ("198.18.0.1", False),
        ("2606:2800:220:1::1", True), ("::1", False), ("::", False), ("fe80::1", False),
        ("fc00::1", False), ("ff02::1", False), ("::ffff:127.0.0.1", False), ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False), ("64:ff9b::808:808", True), ("2002:7f00:1::", False),
        ("::127.0.0.1", False), ("fec0::1", False),
    ],
)  # fmt: skip
def test_inside_addresses_are_known(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"), ("2130706433", "127.0.0.1"), ("0x7f000001", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"), ("127.1", "127.0.0.1"), ("127.0.1", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"), ("[::1]", "::1"), ("fe80::1%eth0", "fe80::1"),
        ("127.0.0.1.", "127.0.0.1"),
        ("a.example", None), ("1.2.3.4.5", None), ("256.1", "0.0.0.1"), ("999", "0.0.3.231"),
        ("1.2.3.4.example", None), ("08.1.1.1", None), ("", None),
    ],
)  # fmt: skip
def test_numbers_mean_what_the_system_reads_in_them(host: str, address: str | None) -> None:
    if host == "256.1":
        assert literal_address(host) is None, "a part beyond a byte is no address"
        return
    found = literal_address(host)
    assert (str(found) if found is not None else None) == address


class Receiver:
    """Takes what a resolver answers."""

    def __init__(self) -> None:
        self.addresses: list[tuple[str, int]] = []
        self.complete = False

    def resolutionBegan(self, resolution: Any) -> None:
        return

    def addressResolved(self, address: Any) -> None:
        self.addresses.append((address.host, address.port))

    def resolutionComplete(self) -> None:
        self.complete = True


class Names:
    """A name service with fixed answers."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses

    def resolveHostName(self, receiver: Any, host: str, port: int = 0, *rest: Any) -> None:
        from twisted.internet.address import IPv4Address, IPv6Address

        receiver.resolutionBegan(None)
        for address in self.addresses:
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()


@pytest.mark.parametrize(
    ("profile", "host", "answers", "connected"),
    [
        pytest.param(LIVE, "a.example", ["93.184.216.34"], [("93.184.216.34", 80)], id="public"),
        pytest.param(LIVE, "a.example", ["127.0.0.1"], [], id="rebound-to-loopback"),
        pytest.param(
            LIVE, "a.example", ["10.0.0.1", "93.184.216.34"], [("93.184.216.34", 80)], id="mixed"
        ),
        pytest.param(LIVE, "a.example", ["::ffff:10.0.0.1"], [], id="mapped"),
        pytest.param(LIVE, "127.1", [], [], id="literal"),
        pytest.param(TEST, "b.example", [], [("127.0.0.1", 9001)], id="test-table"),
        pytest.param(TEST, "127.0.0.1", [], [("127.0.0.1", 80)], id="test-literal"),
    ],
)
def test_only_allowed_answers_are_connected_to(
    profile: Profile, host: str, answers: list[str], connected: list[tuple[str, int]]
) -> None:
    resolver, receiver = GuardedResolver(Names(*answers), Guard(profile)), Receiver()
    resolver.resolveHostName(receiver, host, 80)
    assert receiver.addresses == connected and receiver.complete
    assert (host in resolver.refused) is (not connected)


def test_a_new_guard_replaces_the_one_before() -> None:
    class Reactor:
        nameResolver: Any = Names()

        def installNameResolver(self, resolver: Any) -> None:
            self.nameResolver = resolver

    reactor = Reactor()
    install_guard(reactor, Guard(LIVE))
    second = install_guard(reactor, Guard(TEST))
    assert reactor.nameResolver is second
    assert isinstance(second._inner, Names)
