"""Datasets: release files, releases, loading, checks and differences, all read from `records`."""

import os

# Arrow asks for it when it is first used. Its own choice, mimalloc, keeps what is freed: a release took 100 MB more.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
