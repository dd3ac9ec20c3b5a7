"""A WordPress that no theme of `themes.toml` was written for, harvested by the real command."""
