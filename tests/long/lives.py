"""1,000 random histories: every frozen table stays, every difference is in one erratum, every cell adds up.

python tests/long/lives.py [HOW MANY] [FIRST SEED]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from test_freeze import history


def main() -> int:
    """Live through them; ends with 1 at the first that fails, and names its seed."""
    count, first = (*map(int, sys.argv[1:]), *(1000, 0)[len(sys.argv) - 1 :])
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory() as folder:
            try:
                history(seed, Path(folder))
            except AssertionError:
                sys.stdout.write(f"seed {seed}\n")
                raise
        if seed % 50 == 49:
            sys.stdout.write(f"{seed - first + 1} of {count}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
