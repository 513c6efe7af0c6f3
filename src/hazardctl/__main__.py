"""`python -m hazardctl`, for where the script is not on the PATH."""

from __future__ import annotations

import sys

from hazardctl.app import main

if __name__ == "__main__":
    sys.exit(main())
