"""When a site is left alone: after so many failures in a row that going on makes no sense."""

from __future__ import annotations

from collections import Counter

#: Failures in a row after which a site is left alone for this run, and fewer where nobody answers.
MAX_FAILURES = 25
MAX_DEAD = 5

_NOBODY = frozenset({"dns", "refused", "unreachable"})


class Patience:
    """Counts failures in a row; an answer of any kind begins anew."""

    def __init__(self) -> None:
        self._in_a_row: Counter[str] = Counter()

    def answered(self) -> None:
        self._in_a_row.clear()

    def failed(self, code: str) -> int | None:
        """The number of failures in a row where they are too many, else None.

        What we refused ourselves says nothing of the site.
        """
        if code == "robots_forbidden" or code.startswith("guard_"):
            return None
        self._in_a_row[code] += 1
        total = self._in_a_row.total()
        dead = sum(count for name, count in self._in_a_row.items() if name in _NOBODY)
        return total if total >= MAX_FAILURES or dead >= MAX_DEAD else None
