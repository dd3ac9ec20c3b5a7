"""Datasets: release files, releases, loading, checks and differences, all read from `records`."""
