from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from redis import Redis
from redis.exceptions import RedisError

from harvester.cluster.frontier import CrawlState, Frontier
from harvester.crawl.fetch import Fetch, Purpose
from tests.cluster.conftest import RedisServer

Workers = Callable[[str], Frontier]


def page(number: int, site: str = "a") -> Fetch:
    url = f"http://{site}.example/{number}/"
    return Fetch(site, url, Purpose.PAGE, key=url, trail=())


@pytest.fixture
def workers(redis_server: RedisServer) -> Workers:
    server = Redis.from_url(redis_server.url)
    return lambda name: Frontier(server, "test", ["a", "b"], worker=name, lease=0.2)


def taken(frontier: Frontier) -> list[str]:
    found = []
    while (lease := frontier.take(["a", "b"])) is not None:
        found.append(lease.fetch.url)
    return found


def test_each_fetch_is_lent_to_one_worker(workers: Workers) -> None:
    one, two = workers("one"), workers("two")
    one.begin([page(1), page(2), page(1)])
    first, second = one.take(["a"]), two.take(["a"])
    assert first is not None and second is not None
    assert {first.fetch, second.fetch} == {page(1), page(2)}
    assert one.take(["a"]) is None


def test_beginning_twice_begins_once(workers: Workers) -> None:
    assert workers("one").begin([page(1)]) is CrawlState.RUNNING
    workers("two").begin([page(1), page(2)])
    assert workers("two").outstanding() == 1


def test_settling_enqueues_new_children_alone(workers: Workers) -> None:
    frontier = workers("one")
    frontier.begin([page(1)])
    lease = frontier.take(["a"])
    assert lease is not None
    frontier.settle(lease, [page(1), page(2), page(3, "b")])
    assert taken(frontier) == [page(2).url, page(3, "b").url]


def test_a_silent_workers_lease_runs_out(workers: Workers) -> None:
    one, two = workers("one"), workers("two")
    one.begin([page(1)])
    assert one.take(["a"]) is not None
    assert two.take(["a"]) is None
    time.sleep(0.25)
    again = two.take(["a"])
    assert again is not None and again.deliveries == 2


def test_a_renewed_lease_stays(workers: Workers) -> None:
    one, two = workers("one"), workers("two")
    one.begin([page(1)])
    lease = one.take(["a"])
    assert lease is not None
    for _ in range(3):
        time.sleep(0.12)
        one.renew([lease])
    assert two.take(["a"]) is None


def test_the_crawl_ends_when_all_is_settled(workers: Workers) -> None:
    frontier = workers("one")
    frontier.begin([page(1)])
    lease = frontier.take(["a"])
    assert lease is not None
    assert not frontier.finish()
    frontier.settle(lease)
    assert frontier.finish()
    assert frontier.begin([page(1)]) is CrawlState.FINISHED
    assert frontier.take(["a"]) is None


def test_a_crawl_that_vanished_is_not_taken_for_finished(
    redis_server: RedisServer, workers: Workers
) -> None:
    frontier = workers("one")
    frontier.begin([page(1)])
    Redis.from_url(redis_server.url).flushall()
    with pytest.raises(RedisError, match="gone"):
        frontier.finish()


def test_a_full_redis_refuses_all_of_it(redis_server: RedisServer, workers: Workers) -> None:
    frontier = workers("one")
    frontier.begin([page(1)])
    lease = frontier.take(["a"])
    assert lease is not None
    server = Redis.from_url(redis_server.url)
    server.config_set("maxmemory", "1")
    with pytest.raises(RedisError):
        frontier.settle(lease, [page(2)])
    server.config_set("maxmemory", "0")
    frontier.settle(lease, [page(2)])
    assert taken(frontier) == [page(2).url]
