"""Read Chinese numerals: 十五, 一百零五, 二〇二二, 壹拾贰.

Only what has one reading is read: 三四 is "three or four" and 一百二 leaves its place unsaid, so both are none.
"""

from __future__ import annotations

import re
from typing import Final

_WRITTEN: Final = ("〇零", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
DIGITS: Final = {character: digit for digit, group in enumerate(_WRITTEN) for character in group}
CHARACTERS: Final = "〇零一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟廿卅"

# Compiled on first use: few ledgers hold Chinese numerals.
_TENS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_D = "[一壹二贰两三叁四肆五伍六陆七柒八捌九玖]"
_N = _D.replace("两", "")  # 两 stands alone or before 百 and above
_UNDER_HUNDRED = rf"(?:{_N}?[十拾]{_N}?|{_N})"
_AFTER_HUNDREDS = rf"(?:{_N}[十拾]{_N}?|零{_N})?"
_UNDER_THOUSAND = rf"(?:{_D}[百佰]{_AFTER_HUNDREDS}|{_UNDER_HUNDRED})"
_SECTION = (
    rf"{_D}[千仟](?:{_D}[百佰]{_AFTER_HUNDREDS}|零{_N}(?:[十拾]{_N}?)?)?"
    rf"|{_UNDER_THOUSAND}|两"
)
_YEAR = "[一二][〇零一二三四五六七八九]{3}"
_SCALES: Final = (("亿", 10**8), ("万", 10**4))


def integer(text: str) -> int | None:
    """Read a whole number up to 亿, or none if it is not well formed."""
    if text in ("零", "〇"):
        return 0
    total, rest, lower_must_say_zero = 0, text.replace("廿", "二十").replace("卅", "三十"), False
    for scale, factor in _SCALES:
        head, found, tail = rest.partition(scale)
        if not found:
            continue
        if (part := _section(head, after_scale=lower_must_say_zero)) is None:
            return None
        total, rest, lower_must_say_zero = total + part * factor, tail, True
        if not rest:
            return total
    part = _section(rest, after_scale=lower_must_say_zero)
    return None if part is None else total + part


def _section(text: str, *, after_scale: bool) -> int | None:
    """Read one group below 万; after a scale a group below 千 is led by 零, so 一万二 is none."""
    body = text[1:] if after_scale and text[:1] == "零" else text
    if not re.fullmatch(_SECTION, body):
        return None
    if after_scale and body is text and len(text) == 1:
        return None
    total = digit = 0
    for character in body:
        if character in _TENS:
            total, digit = total + (digit or 1) * _TENS[character], 0
        else:
            digit = DIGITS[character]
    return total + digit


def year(text: str) -> int | None:
    """Read a year written digit by digit: 二〇二二."""
    if not re.fullmatch(_YEAR, text):
        return None
    return int("".join(str(DIGITS[character]) for character in text))


def chinese(number: int) -> str:
    """Write a number from 1 to 99 the way headings are numbered: 十二."""
    tens, ones = divmod(number, 10)
    digit = "〇一二三四五六七八九"
    return (("" if tens == 1 else digit[tens]) + "十" if tens else "") + (digit[ones] if ones else "")
