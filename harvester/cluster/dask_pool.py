"""Extraction on the workers of a Dask scheduler: the same batches, the same bytes.

Every worker must see the archive's folder under the same path. What is sent to them holds the key of
person ids: the scheduler and its workers must be machines you trust.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from distributed import Client, Future
from distributed.client import FutureCancelledError
from distributed.comm import CommClosedError, connect
from distributed.scheduler import KilledWorker
from distributed.security import Security

from harvester.errors import UnreachableError

_HANDSHAKE = 5.0  # seconds until whatever stands at an address must have answered as a scheduler
_CONNECT = 5  # seconds until a scheduler that has answered once is given up
# How often a batch is tried on other workers when one is lost with it.
_RETRIES = 5


class DaskPool:
    """`submit` over a scheduler's workers; a lost worker's batches are done by others."""

    def __init__(self, client: Client, address: str) -> None:
        self._client = client
        self._address = address

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> _Batch:
        """Hand a batch to the workers."""
        try:
            future = self._client.submit(function, *arguments, pure=False, retries=_RETRIES)
        except Exception as error:
            raise _lost(self._address, error) from error
        return _Batch(future, self._address)


class _Batch:
    """A batch under way."""

    def __init__(self, future: Future, address: str) -> None:
        self._future = future
        self._address = address

    def result(self) -> Any:
        """What the batch gave. Raises UnreachableError where scheduler or all workers are lost."""
        try:
            return self._future.result()
        except (FutureCancelledError, CommClosedError, KilledWorker, OSError) as error:
            raise _lost(self._address, error) from error


@dataclass(frozen=True, slots=True)
class DaskPools:
    """Pools on the scheduler at an address, of as many workers as it had when it was asked."""

    address: str
    workers: int
    lost: tuple[type[Exception], ...] = ()
    running: bool = False  # a batch costs less here than on its way

    @contextmanager
    def opened(self) -> Iterator[DaskPool]:
        """A client of the scheduler. Raises UnreachableError."""
        try:
            client = Client(self.address, timeout=_CONNECT, set_as_default=False)
        except (OSError, TimeoutError) as error:
            raise _lost(self.address, error) from None
        with client:
            yield DaskPool(client, self.address)


def pools(address: str) -> DaskPools:
    """Pools on the scheduler at an address. Raises UnreachableError where none answers, within seconds."""
    _require_scheduler(address)
    try:
        with Client(address, timeout=_CONNECT, set_as_default=False) as client:
            workers = sum(client.nthreads().values())
    except (OSError, TimeoutError, ValueError) as error:
        raise _lost(address, error) from None
    if not workers:
        raise UnreachableError(f"the scheduler at {address} has no workers: start `dask worker`")

    return DaskPools(address, workers)


def _require_scheduler(address: str) -> None:
    """Raises UnreachableError where nothing at an address shakes hands as Dask does.

    A client that fails in this keeps a thread that goes on trying; a bare connection leaves nothing.
    """

    async def handshake() -> None:
        arguments = Security().get_connection_args("client")
        comm = await asyncio.wait_for(
            connect(address, timeout=_HANDSHAKE, **arguments), _HANDSHAKE + 1
        )
        comm.abort()

    try:
        asyncio.run(handshake())
    except Exception as error:  # another server's bytes are anything, a size beyond all memory too
        raise _lost(address, error) from None


def _lost(address: str, error: BaseException) -> UnreachableError:
    said = str(error) or type(error).__name__
    return UnreachableError(
        f"the scheduler at {address} fails ({said}); nothing is lost: mend it, then the same command goes on"
    )
