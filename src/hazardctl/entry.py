"""An entry (条目): one hazard, known for ever by an id that is made without a central counter."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Container

# Letters and digits that nobody mistakes for one another, spoken or typed (no 0/O, 1/I/L, U).
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
ID_LOOK = re.compile(rf"H[{ALPHABET}]{{3}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")


def new_id(taken: Container[str], choose: Callable[[str], str] = secrets.choice) -> str:
    """Make an id nobody else has: `H7K3-M9QX-2FPD`, 30^11 possibilities; it cannot look like a number or a date."""
    while True:
        drawn = "".join(choose(ALPHABET) for _ in range(11))
        made = f"H{drawn[:3]}-{drawn[3:7]}-{drawn[7:]}"
        if made not in taken:
            return made
