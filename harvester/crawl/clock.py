"""The time of what is fetched: it never goes back, whatever the system's clock does.

The archive's order is that of its times: an answer stamped earlier than the one before it would be
taken for the older of the two, and its page for unchanged. So a crawl's clock begins after the newest
answer there is, and goes on by seconds counted, not by the system's clock.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

#: What the system's clock may be off before it is told: it is mended by seconds every day.
TOLERANCE = timedelta(minutes=1)

_TICK = timedelta(microseconds=1)
# Seconds counted while the machine sleeps too, where the system has such a clock (Linux).
_COUNTER = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def wall() -> datetime:
    """What the system's clock says."""
    return datetime.now(UTC)


class Clock:
    """Begins at the system's time, or right after ``newest`` where that lies ahead of it."""

    def __init__(self, newest: datetime | None = None) -> None:
        self._wall = wall()
        self._counted = time.clock_gettime(_COUNTER)
        self.begun = self._wall if newest is None else max(self._wall, newest + _TICK)

    @property
    def ahead(self) -> timedelta:
        """How far this clock is ahead of the system's as it was at the beginning."""
        return self.begun - self._wall

    def now(self) -> datetime:
        """The time, later than every earlier answer of this clock or equal to it."""
        return self.begun + self._elapsed()

    def jump(self) -> timedelta:
        """How far the system's clock was moved since the beginning: below zero where it went back."""
        return wall() - self._wall - self._elapsed()

    def _elapsed(self) -> timedelta:
        return timedelta(seconds=time.clock_gettime(_COUNTER) - self._counted)
