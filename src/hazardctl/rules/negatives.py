"""Negatives: a number below zero where something is counted or paid.

L315: A number is below zero.

    Money, numbers of things and shares are not. It is counted as it stands.

    Fails::

        编号,整改资金
        H2,-30

    Passes::

        编号,整改资金
        H2,30
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hazardctl.findings import Finding, Severity
from hazardctl.reading import Reading, Told

CODES: Mapping[str, Severity] = {"L315": Severity.ERROR}
NUMBERS = ("number", "integer", "money", "percent")
_SIGNS = ("-", "－", "−", "负", "﹣")


def check(reading: Reading) -> Iterator[Finding]:
    """Find numbers below zero; only spellings with a sign are read for it."""
    for key, field in reading.terms.by_key.items():
        if field.type in NUMBERS and reading.has(key):
            signed = [raw for raw in set(reading.raw(key)) if any(sign in raw for sign in _SIGNS)]
            told: dict[str, Told] = {
                raw: ("L315", CODES["L315"], {}) for raw in signed if _below_zero(reading, key, raw)
            }
            yield from reading.each(key, told)


def _below_zero(reading: Reading, key: str, raw: str) -> bool:
    value = reading.terms.read(key, raw).value
    return value is not None and value < 0
