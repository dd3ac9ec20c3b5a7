"""``python -m harvester.sample``: serve the sample sites for a person who wants to look."""

from __future__ import annotations

import argparse
import sys
import threading

from harvester.sample.content import STAGES, load_sites
from harvester.sample.server import SampleServer


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted; 2 where the port cannot be taken."""
    parser = argparse.ArgumentParser(prog="python -m harvester.sample", description=__doc__)
    parser.add_argument("--port", type=int, default=8741, help="port on loopback (0: a free one)")
    parser.add_argument(
        "--stage", type=int, choices=STAGES, default=1, help="1: as first crawled, 2: a later night"
    )
    options = parser.parse_args(arguments)
    server = SampleServer(options.port, stage=options.stage)
    try:
        port = server.start()
    except (OSError, OverflowError) as error:
        print(f"Port {options.port} cannot be used ({error}); try --port 0.", file=sys.stderr)
        return 2
    print(banner(port, options.stage), flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        print()
    finally:
        server.stop()
    return 0


def banner(port: int, stage: int) -> str:
    """What a person reads at the start: where to look, and that nothing there is real."""
    lines = [f"The sample sites (stage {stage}); every person and organisation is invented:"]
    for site in load_sites(stage).values():
        name = site.host.removesuffix(".example")
        lines.append(f"  http://{name}.localhost:{port}/  {site.name}")
    lines.append("Stop with Ctrl-C.")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
