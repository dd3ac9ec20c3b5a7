"""A machine without a browser skips the browser tests and says why; CI does not get away with it."""

from __future__ import annotations

import shutil

import pytest

from tests.explorer.browser import chromium


@pytest.mark.parametrize(
    ("ci", "outcome"),
    [
        pytest.param("true", pytest.fail.Exception, id="ci-fails"),
        pytest.param("", pytest.skip.Exception, id="a-user-s-machine-skips"),
    ],
)
def test_without_a_browser(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(outcome, match=r"(chromium|playwright).* is(?: not)? installed"), chromium():
        pass
