"""Imports go one way, and nothing heavy is imported before it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "harvester"

# Lower layers first; a module may import its own layer and those below it.
LAYERS = (
    (
        "records",
        "errors",
        "_version",
        "addresses",
        "compiled",
        "compression",
        "memory",
        "quickly_made",
    ),
    ("parsers", "sites", "archive", "profiling"),
    ("privacy",),
    ("pages",),
    ("harvest",),
    ("workspace", "extraction", "curation"),
    ("linking",),
    ("datasets",),
    ("explorer",),
    ("sample",),
    ("cli", "commands", "__main__"),
)
LEVEL = {name: n for n, names in enumerate(LAYERS) for name in names}
# The network side: may use everything up to `harvest`; only commands import it, inside their verbs.
CRAWL_SIDE = ("spiders", "crawl", "pipelines", "settings", "cluster")
CRAWL_MAY = {name for names in LAYERS[:6] for name in names} | {"sample"} | set(CRAWL_SIDE)
NETWORK = ("scrapy", "twisted", "itemadapter", "requests", "httpx", "aiohttp", "urllib3")


def modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module == "harvester":
                found.update(f"harvester.{alias.name}" for alias in node.names)
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_module_imports_downwards_only(path: Path) -> None:
    own = part(path)
    if own == "__init__":
        return
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "harvester" or len(parts) < 2:
            continue
        target = parts[1]
        if target not in LEVEL and target not in CRAWL_SIDE:
            continue  # a name of the package itself (__version__)
        if own in CRAWL_SIDE:
            assert target in CRAWL_MAY, f"{own} must not import {name}"
        elif target in CRAWL_SIDE:
            assert own in ("commands", "explorer"), (
                f"{own} must not import the network side ({name})"
            )
        else:
            assert LEVEL[target] <= LEVEL[own], f"{own} must not import {name}: it lies above"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_only_the_crawl_side_knows_the_network(path: Path) -> None:
    if part(path) in CRAWL_SIDE:
        return
    assert not {name.split(".")[0] for name in imported(path)} & set(NETWORK)


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        pytest.param("harvester", ("pandas", "scrapy", "lxml", "pyarrow"), id="package-is-light"),
        pytest.param(
            "harvester.cli",
            ("pandas", "scrapy", "lxml", "pyarrow", "rich"),
            id="command-line-is-light",
        ),
        pytest.param(
            "harvester.harvest",
            ("scrapy", "twisted", "pandas", "pyarrow", "dateparser"),
            id="pure-side-knows-no-scrapy",
        ),
        pytest.param(
            "harvester.parsers.dates", ("dateparser", "lxml"), id="dates-load-no-dateparser"
        ),
    ],
)
def test_import_leaves_heavy_parts_alone(module: str, absent: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print(*[m for m in {absent!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == ""
