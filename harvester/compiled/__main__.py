"""python -m harvester.compiled: compile the readers where they are not, or from other sources."""

from __future__ import annotations

import sys

from harvester.compiled import listed_sources, state
from harvester.compiled.build import NotCompiledError, compile_readers, sources


def main() -> int:
    """0 where compiled readers fit their sources now, 1 where they could not be compiled."""
    if state() in ("in use", "switched off") and listed_sources() == sources():
        return 0
    print("Compiling the readers, which takes a minute or two …", file=sys.stderr)
    try:
        count = compile_readers()
    except (NotCompiledError, OSError) as error:  # a disk that is full or may not be written
        print(
            f"not compiled, so pages are read from source, slower and the same: {error}",
            file=sys.stderr,
        )
        return 1
    print(f"{count} modules compiled", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
