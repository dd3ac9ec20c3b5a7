"""Tests read from source: they replace what modules take from each other, which compiled ones do not look up.

The processes that tests start run what is compiled, and `make test-long` runs the readers' own tests so, but for
those marked `from_source`.
"""

from __future__ import annotations

import os

import harvester.compiled

#: Whether tests run what is compiled in their own process too.
COMPILED = os.environ.get("HARVESTER_TEST_COMPILED") == "yes"
if not COMPILED:
    harvester.compiled.leave_out(children=False)
