"""The log of a run for programs: one JSON object a line on standard error (``--log-json``).

Pages are named by their ids, never by address or title: both may hold a person's name.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from harvester.sites import Profile


class EventLog:
    """Writes events as JSON lines; a log that is not wanted writes nothing."""

    def __init__(self, profile: Profile, run: str, *, wanted: bool) -> None:
        self._profile = profile
        self._run = run
        self._wanted = wanted

    def tell(self, event: str, *, level: str = "info", **fields: Any) -> None:
        """One line: time (UTC), level, event, run, and what else there is to say."""
        if not self._wanted:
            return
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "level": level,
            "event": event,
            "run": self._run,
        }
        print(json.dumps(line | fields, ensure_ascii=False, default=str), file=sys.stderr)

    def damage(self, line: str) -> None:
        """A line of what is damaged in the archive."""
        self.tell("archive_damaged", level="warning", message=line)

    def of_crawl(self, event: Mapping[str, Any]) -> None:
        """An event of the crawl, its address as a page id."""
        fields = {k: v for k, v in event.items() if k not in ("event", "url")}
        url = event.get("url")
        site = self._profile.site_of(url) if url else None
        if url and site is not None:
            fields["page_id"] = site.page_id(url)
        level = "warning" if event["event"] == "problem" else "info"
        self.tell(str(event["event"]), level=level, **fields)
