"""The program, as a script and as `python -m hazardctl`: here ^C is caught before anything else is loaded."""

from __future__ import annotations

import sys

_INTERRUPTED = 130


def main() -> int:
    """Run the command line; gives the exit code."""
    try:
        from hazardctl.app import main as run

        return run()
    except KeyboardInterrupt:  # nothing has begun, or all is said
        return _INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
