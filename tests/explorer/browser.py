"""A headless Chromium for tests: everything it asks for is on record, nothing leaves the machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
SCREENSHOTS = Path(__file__).parents[1] / ".artifacts"

#: Violations of these weights fail a test.
GRAVE = ("serious", "critical")


@dataclass
class Visit:
    """An open page, and what it asked for and complained about."""

    page: Any
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        """What axe-core finds serious or critical, one line each."""
        from axe_playwright_python.sync_playwright import Axe

        # It would fetch the style sheets to look into them, which the pages' policy forbids.
        found = Axe().run(self.page, options={"preload": False}).response["violations"]
        return [
            f"{one['id']}: {node['html'][:200]}"
            for one in found
            if one["impact"] in GRAVE
            for node in one["nodes"][:3]
        ]

    def picture(self, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(SCREENSHOTS / f"{name}.png"), full_page=True)


@contextmanager
def chromium() -> Iterator[Any]:
    """A running browser. Skips the test without one, and fails it where CI promises one."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _without("playwright is not installed (pip install 'harvester[test]')")
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        _without(f"no browser: none of {', '.join(NAMES)} is installed (apt install chromium)")
    with sync_playwright() as playwright:
        # A container's root user has no sandbox to run in.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visit(browser: Any, address: str, **options: Any) -> Iterator[Visit]:
    """A page at an address, in a context of its own. Foreign requests are answered here, and listed."""
    context = browser.new_context(**options)
    page = context.new_page()
    page.set_default_timeout(10_000)
    seen = Visit(page)

    def answered(route: Any) -> None:
        if _is_own(route.request.url):
            route.continue_()
        else:
            seen.foreign.append(route.request.url)
            route.fulfill(status=200, content_type="text/html", body="<title>player</title>")

    context.route("**/*", answered)
    page.on(
        "console", lambda m: seen.errors.append(m.text) if m.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    try:
        page.goto(address)
        yield seen
    finally:
        context.close()


def _is_own(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("file", "data", "blob") or parts.hostname == "127.0.0.1"


def _without(reason: str) -> None:
    if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
        pytest.fail(f"browser tests must run in CI: {reason}")
    pytest.skip(reason)
