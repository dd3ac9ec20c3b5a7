"""Extraction on the workers of a Dask scheduler: the same batches, the same bytes.

Every worker must see the archive's folder under the same path. What is sent to them holds the key of
person ids: the scheduler and its workers must be machines you trust.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from distributed import Client, Future
from distributed.client import FutureCancelledError
from distributed.comm import CommClosedError
from distributed.scheduler import KilledWorker

from harvester.errors import UnreachableError
from harvester.extraction.work import Pools

_CONNECT = 10  # seconds until a scheduler that does not answer is given up
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


def pools(address: str) -> Pools:
    """Pools on the scheduler at an address. Raises UnreachableError where none answers."""
    try:
        with Client(address, timeout=_CONNECT, set_as_default=False) as client:
            workers = sum(client.nthreads().values())
    except (OSError, TimeoutError, ValueError) as error:
        raise _lost(address, error) from None
    if not workers:
        raise UnreachableError(f"the scheduler at {address} has no workers: start `dask worker`")

    @contextmanager
    def opened() -> Iterator[DaskPool]:
        try:
            client = Client(address, timeout=_CONNECT, set_as_default=False)
        except (OSError, TimeoutError) as error:
            raise _lost(address, error) from None
        with client:
            yield DaskPool(client, address)

    return Pools(opened, workers)


def _lost(address: str, error: BaseException) -> UnreachableError:
    said = str(error) or type(error).__name__
    return UnreachableError(
        f"the scheduler at {address} fails ({said}); nothing is lost: mend it, then the same command goes on"
    )
