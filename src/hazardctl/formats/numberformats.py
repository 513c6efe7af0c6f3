"""Show a number as its cell's format does, where the value alone would say something else: 98%, 007, 2022年9月."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

Shown = Callable[[str], str | None]
"""What a cell's text becomes; None leaves it as it is."""

# Formats with a number of their own that a Chinese Excel does not write out; calamine knows those up to 22.
BUILT_IN: Final[Mapping[str, str]] = {
    "9": "0%", "10": "0.00%", "17": "mmm-yy", "28": "m/d", "29": "m/d", "30": "m-d-yy", "31": "yyyy/m/d",
    **dict.fromkeys(("27", "36", "50", "52", "57"), "yyyy/m"), **dict.fromkeys(("51", "53", "54", "58"), "m/d"),
}  # fmt: skip
_LITERAL = r"(?:\"[^\"]*\"|\\.|[^\x00-\x7f])"
_COUNTED = re.compile(rf"(?P<before>{_LITERAL}*)(?P<digits>[#0,]*0)(?:\.[0#]+)?[_ ]{{0,2}}(?P<after>{_LITERAL}*)")
_ASIDE = re.compile(r"\"[^\"]*\"|\\.|_.|\*.|\[[^\]]*\]")


def shown_by(number: str, code: str | None, *, from_1904: bool) -> Shown | None:
    """Give how a format shows numbers; None where as they are. `code` is None for a format the file only numbers."""
    used = BUILT_IN.get(number, "") if code is None else code
    first = used.split(";", maxsplit=1)[0]
    bare = _ASIDE.sub("", first).lower()
    if "%" in bare:
        return _percent
    if set(bare) & set("yd") or (("m" in bare) and not set(bare) & set("hs:")):
        whole = "d" in bare or "a" in bare
        if whole and code is not None:
            return None  # calamine has read the format and the day
        write = _day if whole else _month if "m" in bare else _year
        start = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
        return lambda value: write(_dated(value, start))
    return _counted(first)


def _percent(value: str) -> str | None:
    if not re.fullmatch(r"-?\d+(?:\.\d+)?", value):
        return None
    from decimal import Decimal

    return f"{Decimal(value).scaleb(2).normalize():f}%"


def _dated(value: str, start: date) -> str:
    """Give the day of a serial number that was not known to be one."""
    if value.isdecimal() and 0 < len(value) <= 5:
        return (start + timedelta(int(value))).isoformat()
    return value


def _day(value: str) -> str | None:
    return value


def _month(value: str) -> str | None:
    found = re.fullmatch(r"(\d{4})-(\d\d)-\d\d", value)
    return f"{found[1]}\u5e74{int(found[2])}\u6708" if found else None


def _year(value: str) -> str | None:
    found = re.fullmatch(r"(\d{4})-\d\d-\d\d", value)
    return f"{found[1]}\u5e74" if found else None


def _counted(code: str) -> Shown | None:
    """Read a format of digits with words before or after them; a comma at the end would scale the number."""
    found = _COUNTED.fullmatch(re.sub(r"\[[^\]]*\]", "", code))
    if not found:
        return None
    before, after = _words(found["before"]), _words(found["after"])
    width = len(found["digits"]) if set(found["digits"]) == {"0"} else 1
    if width < 2 and not (before.strip() or after.strip()):
        return None

    def show(value: str) -> str | None:
        if not re.fullmatch(r"\d+(?:\.\d+)?", value) or (width > 1 and not value.isdecimal()):
            return None
        return f"{before}{value.zfill(width)}{after}".strip()

    return show


def _words(written: str) -> str:
    return re.sub(r"\"([^\"]*)\"|\\(.)", lambda found: found[1] if found[1] is not None else found[2], written)
