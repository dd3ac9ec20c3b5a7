"""``harvester serve``: the latest release in the browser, on loopback, until interrupted."""

from __future__ import annotations

import argparse
import sys
import webbrowser

from harvester.commands.console import Console
from harvester.commands.scope import workspace_of
from harvester.datasets.folders import find_release
from harvester.errors import ExitCode
from harvester.explorer.loopback import HOST, explorer_app, listening, serve


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    workspace = workspace_of(arguments, create=False)
    release = find_release(arguments.site, workspace.output, arguments.release)
    app = explorer_app(release)
    with listening(arguments.port) as at:
        address = f"http://{HOST}:{at.getsockname()[1]}/"
        version = release.resolve().name
        shown = (release / "gallery").is_dir()
        gallery = f"{address}gallery/index.html" if shown else None
        console.result(
            {"release": version, "explorer": address, "gallery": gallery},
            f"gallery at {gallery}" if gallery else "this release has no gallery",
            f"release {version} at {address} (Ctrl-C ends it)",
        )
        sys.stdout.flush()  # who waits for the address may read through a pipe
        if not arguments.no_browser:
            webbrowser.open(address)
        serve(app, at)
    return ExitCode.OK
