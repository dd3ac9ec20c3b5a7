"""Beyond one machine: crawl workers on one Redis frontier, extraction over Dask (extra `cluster`).

Nothing of the core imports this folder; `docs/scale.md` says when it is worth having.
"""
