"""A share that was counted, with the interval that the true share lies in."""

from __future__ import annotations

import math
from typing import Any

#: Standard normal quantile of a 95 % interval.
_Z = 1.959963984540054


def wilson(right: int, total: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share; all of 0 to 1 where nothing was counted.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    """
    if total <= 0:
        return 0.0, 1.0
    share, z2 = right / total, _Z * _Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = _Z / (1 + z2 / total) * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total))
    return max(0.0, middle - half), min(1.0, middle + half)


def proportion(right: int, total: int) -> dict[str, Any]:
    """A share as documents hold it: counts, share (null where nothing was counted), interval."""
    low, high = wilson(right, total)
    return {
        "right": right,
        "n": total,
        "share": round(right / total, 4) if total else None,
        "low": round(low, 4),
        "high": round(high, 4),
    }
