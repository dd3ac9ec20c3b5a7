"""``python -m harvester`` is ``harvester``."""

import sys

from harvester.cli import main as run


def main() -> None:
    """The console script: exits with the verb's code."""
    sys.exit(run())


if __name__ == "__main__":
    main()
