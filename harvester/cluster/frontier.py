"""The shared frontier: what is to fetch, in Redis streams that lend each entry to one worker at a time.

A worker takes an entry on lease and keeps the lease alive while it works. It settles the entry with
what the answer leads to: new addresses are remembered, enqueued and the entry acknowledged in one
script, so that no kill can come between. An entry whose lease runs out is lent to another worker.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Protocol

from harvester.cluster.expansion import identity
from harvester.crawl.fetch import Fetch, Purpose

GROUP = "workers"

#: Times an entry is lent at most: one that kills its workers is given up.
MAX_DELIVERIES = 5

# Names of finished crawls are kept this long, so that a command that comes late does not begin anew.
_KEEP_FINISHED = 7 * 24 * 3600

_ENQUEUE = """
local function enqueue(seen, prefix, site, identity, payload)
  if redis.call('SADD', seen, identity) == 1 then
    redis.call('XADD', prefix .. site, '*', 'fetch', payload)
  end
end
"""

# KEYS: state, seen. ARGV: stream prefix, group, sites as JSON, then site, identity, payload of each first fetch.
_BEGIN = (
    _ENQUEUE
    + """
local state = redis.call('GET', KEYS[1])
if state then return state end
for _, site in ipairs(cjson.decode(ARGV[3])) do
  redis.call('XGROUP', 'CREATE', ARGV[1] .. site, ARGV[2], '0', 'MKSTREAM')
end
for i = 4, #ARGV, 3 do enqueue(KEYS[2], ARGV[1], ARGV[i], ARGV[i + 1], ARGV[i + 2]) end
redis.call('SET', KEYS[1], 'running')
return 'running'
"""
)

# KEYS: state, streams. ARGV: group, consumer, lease in ms. Gives stream, id, payload, deliveries; or nothing.
_TAKE = """
if redis.call('GET', KEYS[1]) ~= 'running' then return false end
for i = 2, #KEYS do
  local stream = KEYS[i]
  local found = redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', 1, 'STREAMS', stream, '>')
  if found then
    local entry = found[1][2][1]
    return {stream, entry[1], entry[2][2], 1}
  end
  local late = redis.call('XAUTOCLAIM', stream, ARGV[1], ARGV[2], ARGV[3], '0-0', 'COUNT', 1)
  local entry = late[2][1]
  if entry and entry[2] then
    local times = redis.call('XPENDING', stream, ARGV[1], entry[1], entry[1], 1)
    return {stream, entry[1], entry[2][2], times[1][4]}
  end
end
return false
"""

# KEYS: stream, seen, state. ARGV: group, id, stream prefix, then site, identity, payload of each child.
# A frontier that was lost and begun anew knows nothing of the entry: its children are enqueued all the same.
_SETTLE = (
    _ENQUEUE
    + """
if redis.call('GET', KEYS[3]) ~= 'running' then return 0 end
for i = 4, #ARGV, 3 do enqueue(KEYS[2], ARGV[3], ARGV[i], ARGV[i + 1], ARGV[i + 2]) end
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
return redis.call('XDEL', KEYS[1], ARGV[2])
"""
)

# KEYS: state, seen, streams. Gives 1 where nothing is left, and forgets what only a running crawl needs.
_FINISH = """
local state = redis.call('GET', KEYS[1])
if not state then return redis.error_reply('LOST the crawl is gone from Redis') end
if state == 'finished' then return 1 end
for i = 3, #KEYS do
  if redis.call('XLEN', KEYS[i]) > 0 then return 0 end
end
redis.call('SET', KEYS[1], 'finished', 'EX', ARGV[1])
for i = 2, #KEYS do redis.call('DEL', KEYS[i]) end
return 1
"""


class Redis(Protocol):
    """What of a Redis client is used here."""

    def register_script(self, script: Any) -> Any: ...
    def xclaim(self, *arguments: Any, **named: Any) -> Any: ...
    def xlen(self, name: str) -> Any: ...
    def get(self, name: str) -> Any: ...


class CrawlState(StrEnum):
    RUNNING = "running"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Lease:
    """An entry lent to this worker. ``deliveries`` counts how often it was lent, this time included."""

    stream: str
    entry: str
    fetch: Fetch
    deliveries: int


class Frontier:
    """One crawl's frontier, named; workers with the same name share it. Raises redis.RedisError."""

    def __init__(
        self, server: Redis, name: str, sites: Sequence[str], *, worker: str, lease: float
    ) -> None:
        """``lease`` is in seconds: how long a silent worker keeps an entry."""
        self._server = server
        self._sites = tuple(sites)
        self._worker = worker
        self._lease = int(lease * 1000)
        self._prefix = f"harvester:{{{name}}}:frontier:"  # the braces keep a crawl on one shard
        self._state, self._seen = f"harvester:{{{name}}}:state", f"harvester:{{{name}}}:seen"
        self._begin = server.register_script(_BEGIN)
        self._take = server.register_script(_TAKE)
        self._settle = server.register_script(_SETTLE)
        self._finish = server.register_script(_FINISH)

    def begin(self, first: Iterable[Fetch]) -> CrawlState:
        """Begin the crawl with its first fetches, unless somebody has; how it stands."""
        arguments = [self._prefix, GROUP, json.dumps(self._sites), *_described(first)]
        return CrawlState(_text(self._begin([self._state, self._seen], arguments)))

    def take(self, sites: Sequence[str]) -> Lease | None:
        """An entry of one of the sites, the first that has any; None where nothing is free."""
        if not sites:
            return None
        streams = [self._prefix + site for site in sites]
        found = self._take([self._state, *streams], [GROUP, self._worker, self._lease])
        if not found:
            return None
        stream, entry, payload, deliveries = found
        return Lease(_text(stream), _text(entry), _fetch(_text(payload)), int(deliveries))

    def settle(self, lease: Lease, children: Iterable[Fetch] = ()) -> None:
        """Enqueue what is new and acknowledge the entry, both or neither."""
        arguments = [GROUP, lease.entry, self._prefix, *_described(children)]
        self._settle([lease.stream, self._seen, self._state], arguments)

    def renew(self, leases: Iterable[Lease]) -> None:
        """Keep these leases alive."""
        by_stream: dict[str, list[str]] = {}
        for lease in leases:
            by_stream.setdefault(lease.stream, []).append(lease.entry)
        for stream, entries in by_stream.items():
            self._server.xclaim(stream, GROUP, self._worker, 0, entries, justid=True)

    def outstanding(self) -> int:
        """Entries not yet settled, lent or not."""
        return sum(int(self._server.xlen(self._prefix + site)) for site in self._sites)

    def finish(self) -> bool:
        """True where nothing is left to do; the crawl is finished then."""
        streams = [self._prefix + site for site in self._sites]
        return bool(self._finish([self._state, self._seen, *streams], [_KEEP_FINISHED]))


def _described(fetches: Iterable[Fetch]) -> list[str]:
    """Site, identity and payload of each fetch, one after the other."""
    described: list[str] = []
    for fetch in fetches:
        described += [fetch.site, identity(fetch), json.dumps(asdict(fetch))]
    return described


def _fetch(payload: str) -> Fetch:
    values: Mapping[str, Any] = json.loads(payload)
    return Fetch(
        **{**values, "purpose": Purpose(values["purpose"]), "trail": tuple(values["trail"])}
    )


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
