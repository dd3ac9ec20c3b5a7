"""``python -m harvester`` is ``harvester``."""

import signal
import sys

from harvester.cli import Terminated
from harvester.cli import main as run


def main() -> None:
    """The console script: exits with the verb's code. SIGTERM ends a verb as Ctrl-C does."""
    signal.signal(signal.SIGTERM, _terminated)
    sys.exit(run())


def _terminated(number: int, frame: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one must not cut the ending short
    raise Terminated


if __name__ == "__main__":
    main()
