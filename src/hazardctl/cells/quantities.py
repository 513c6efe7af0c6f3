"""Read a quantity as clerks write it: exactly, or not at all.

A number that is not understood is a problem and never 0; blank, filler and "does not apply" stay apart from 0 and from
each other. A unit, a scale (万) or a Chinese numeral is read with the liberty named.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, Literal

from hazardctl.cells import numerals, quantity_units
from hazardctl.cells.quantity_units import Unit
from hazardctl.records import immutable
from hazardctl.text import clean, halfwidth, has_fullwidth, mark, unsafe

Kind = Literal["integer", "number", "money", "percent"]

PROBLEMS: Final = (
    "not_a_number",
    "broken",  # characters are lost or hidden
    "approximate",  # 500余人次, 约500, 三四 (suggestion: the number that stands there)
    "not_whole",  # 12.5 where a whole number belongs (suggestion)
    "thousands",  # 12,34 (suggestion)
    "spaces_inside",  # 1 234: one number or two? (suggestion)
    "scientific",  # 1e5: a program's notation, digits may be lost
    "unit_differs",  # 12户 where 人 are counted (said, unit)
    "unit_unknown",  # 12只羊 (said)
    "ambiguous",  # 0.97 as a percentage, 5千 where 万元 are reported (first, second)
    "several",  # 12、15 or 3-5 or 3+2
    "formula",  # =1+1
    "formula_error",  # #REF!
    "too_long",  # more digits than a quantity has: an id, or a slip
)
LIBERTIES: Final = (
    "spelling",
    "fullwidth",
    "thousands",  # separators taken out
    "unit",  # the unit was written in the cell and taken off
    "scale",  # 6.7万 written out
    "converted",  # from the unit written to the unit of the column
    "chinese_numerals",
    "filler",
    "ditto",
    "not_applicable",
)
SAFE: Final = frozenset(["spelling", "fullwidth", "thousands", "chinese_numerals", "unit"])
"""The liberties that leave no doubt: only these may be repaired without being asked."""
MOST_DIGITS: Final = 18


@immutable
class Number:
    """One quantity as it was read, in the column's unit; `problem` and `mark` are empty where there is one.

    `mark` names what stands there instead: blank, filler, ditto, not_applicable.
    """

    value: Decimal | None = None
    liberties: tuple[str, ...] = ()
    mark: str = ""
    problem: str = ""
    args: tuple[tuple[str, str], ...] = ()


NOT_A_NUMBER: Final = Number(problem="not_a_number")
LONGEST: Final = 64
"""Longer cells are prose in the wrong column."""

_EXACT: Final = Context(prec=100)  # sums of a country in 元, to the 分
_AMOUNT = r"(?P<digits>[+-]?(?:[0-9][0-9,]*(?:\.[0-9]*)?|\.[0-9]+)) ?(?P<unit>[^0-9 +-].*)?"
_AMOUNT_OF_WHAT = r"[0-9.,]+(?P<unit>[^0-9?+=%-]{1,8})"
_WRITTEN = rf"(?P<numeral>[{numerals.CHARACTERS}万亿]+)(?P<unit>.*)"
_WHOLE = "[0-9]{1,15}"
_BARE = "[0-9.,+]+"
_PLAIN = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?%?"
_THOUSANDS = r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?"
_CURRENCY = r"^(?:¥|人民币|(?i:rmb|cny)) ?"
_SCIENTIFIC = r"[+-]?[0-9]+(?:\.[0-9]*)?[eE][+-]?[0-9]+"
_ROUNDED_ID = "[1-9][0-9]{14}0+"
_FIRST_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_APPROXIMATE = (
    "约|近|超|逾|不足|不到|不少于|至少|最多|[><≥≤≈~～][0-9]|[余多几]|左右|以上|以下|上下|不等|若干|大量|许多"
    "|数[十百千万]|[一二三四五六七八九]{2}"
)
# What refused text looks like, in the order in which it is told.
_TELLTALES: Final = (
    ("formula_error", "^#"),
    ("formula", "^="),
    ("scientific", rf"^{_SCIENTIFIC}$"),
    ("spaces_inside", "^[0-9]+(?: [0-9]+)+$"),
    ("several", "[0-9] ?[、;/+—～~-] ?[0-9]"),
    ("approximate", _APPROXIMATE),
)


def parse_number(text: str, *, kind: Kind, unit: str = "") -> Number:
    """Read one quantity into the column's unit (万元, 人次, %); money without a unit is in 元."""
    if stands_for := mark(text):
        return Number(mark=stands_for, liberties=() if stands_for == "blank" else (stands_for,))
    if len(text) > LONGEST:
        return NOT_A_NUMBER
    plain = clean(halfwidth(text)).replace("−", "-").rstrip("。;")
    declared = quantity_units.read(unit or {"money": "元", "percent": "%"}.get(kind, ""))
    number = Number(Decimal(plain)) if re.fullmatch(_WHOLE, plain) else _read(plain, kind, declared)
    if number.problem == "not_a_number":
        return _explain(text, plain)
    return number if number.value is None else _finish(text, plain, number.value, number.liberties, kind)


def _read(plain: str, kind: Kind, declared: Unit) -> Number:
    if kind == "money" and (signed := re.match(_CURRENCY, plain)):
        amount = plain[signed.end() :]
        number = _read(amount, kind, declared)
        is_bare = number.value is not None and re.fullmatch(_BARE, amount)
        if declared.scaled and is_bare:  # ￥500 where 万元 are reported
            return _either(str(number.value), 0, -declared.power)
        return number
    if kind == "percent" and plain.startswith("百分之"):
        plain = plain.removeprefix("百分之") + "%"
    if found := re.fullmatch(_AMOUNT, plain):
        return _amount(found["digits"], found["unit"] or "", declared)
    found = re.fullmatch(_WRITTEN, plain)
    return _numeral(found["numeral"], found["unit"], declared) if found else NOT_A_NUMBER


def _numeral(written: str, unit: str, declared: Unit) -> Number:
    value, said = numerals.integer(written), quantity_units.read(unit)
    scaled = not frozenset("百千万亿").isdisjoint(written)
    if value is None or (scaled and said.scaled):
        return NOT_A_NUMBER
    return _in_unit(str(value), said, declared, ("chinese_numerals",), scaled=scaled)


def _amount(digits: str, written: str, declared: Unit) -> Number:
    plain = digits.replace(",", "")
    liberties: tuple[str, ...] = ()
    if "," in digits:
        if not re.fullmatch(_THOUSANDS, digits):
            return _problem("thousands", suggestion=plain)
        liberties = ("thousands",)
    if sum(character.isdigit() for character in plain) > MOST_DIGITS:
        return _problem("too_long")
    said = quantity_units.read(written)
    return _in_unit(plain, said, declared, liberties, scaled=said.scaled and not said.base)


def _in_unit(digits: str, said: Unit, declared: Unit, liberties: tuple[str, ...], *, scaled: bool) -> Number:
    """Turn an amount in the unit that was written into the unit of the column."""
    if said.base and not quantity_units.same(said, declared):
        if declared.base or said.base == "%":
            known = quantity_units.is_known(said)
            return _problem("unit_differs", said=said.base, unit=declared.base) if known else NOT_A_NUMBER
        if not quantity_units.is_known(said):
            return NOT_A_NUMBER
    if scaled and declared.scaled and not said.base and said.power < 4:
        reported = format_number(_shifted(digits, said.power))
        return _problem(
            "ambiguous", first=reported, second=format_number(_shifted(digits, said.power - declared.power))
        )
    is_bare = not said.base and not said.scaled and not scaled
    power = said.power - declared.power if declared.base else said.scale  # 3吨 in a column without a unit is 3
    power = 0 if is_bare else power
    if power:
        liberties = (*liberties, "converted" if said.base else "scale")
    elif said.base and said.base != "%":
        liberties = (*liberties, "unit")
    elif said.scaled:
        liberties = (*liberties, "scale")
    return Number(_shifted(digits, power), liberties)


def _either(digits: str, power: int, other: int) -> Number:
    readings = (format_number(_shifted(digits, power)), format_number(_shifted(digits, other)))
    return _problem("ambiguous", first=readings[0], second=readings[1])


def _shifted(digits: str, power: int) -> Decimal:
    """Move the decimal point, exactly: building a number never rounds."""
    value = Decimal(f"{digits}E{power}")
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    if not power:
        return value
    return Decimal(int(value)) if exponent > 0 else Decimal(format_number(value))


def _finish(text: str, plain: str, value: Decimal, liberties: tuple[str, ...], kind: Kind) -> Number:
    if kind == "percent" and 0 < value <= 1 and re.fullmatch(_BARE, plain):
        return _problem("ambiguous", first=f"{value:f}%", second=f"{format_number(value * 100)}%")
    if kind == "integer":
        if value != int(value):
            return _problem("not_whole")
        value = Decimal(int(value))
    if not value:
        value = value.copy_abs()
    if has_fullwidth(text):
        liberties = ("fullwidth", *liberties)
    if not liberties and (not re.fullmatch(_PLAIN, text) or (kind == "integer" and "." in text)):
        liberties = ("spelling",)
    return Number(value, liberties)


def _explain(text: str, plain: str) -> Number:
    """Say why nothing was read."""
    if "?" in plain or (unsafe(text) and plain[:1] not in "#="):
        return _problem("broken")
    code = next((code for code, pattern in _TELLTALES if re.search(pattern, plain)), "")
    if code == "approximate":
        stands_there = re.search(_FIRST_NUMBER, plain)
        return _problem(code, suggestion=stands_there.group() if stands_there else "")
    if code == "spaces_inside":
        return _problem(code, suggestion=plain.replace(" ", ""))
    if not code and (found := re.fullmatch(_AMOUNT_OF_WHAT, plain)):
        return _problem("unit_unknown", said=found["unit"])
    return _problem(code) if code else NOT_A_NUMBER


def _problem(code: str, **args: str) -> Number:
    return Number(problem=code, args=tuple(args.items()))


def format_number(value: Decimal, *, places: int | None = None, thousands: bool = False) -> str:
    """Write a number plainly: as many decimals as it has, or rounded half up to `places`."""
    if places is None:
        shown = f"{value.copy_abs():f}"
        shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    else:
        step = Decimal(1).scaleb(-places)
        shown = f"{value.copy_abs().quantize(step, rounding=ROUND_HALF_UP, context=_EXACT):f}"
    if thousands:
        whole, point, part = shown.partition(".")
        shown = f"{int(whole):,}{point}{part}"
    return f"-{shown}" if value < 0 and shown.strip("0.") else shown


def damaged_id(text: str) -> bool:
    """Tell whether a long id went through a number cell and lost its last digits: 5.10122E+17, 510122199001010000."""
    plain = clean(halfwidth(text))
    return re.fullmatch(rf"{_SCIENTIFIC}|[0-9]{{15,}}\.0+|{_ROUNDED_ID}", plain) is not None and len(plain) > 5
