"""Compare, measure and show text as people type it.

Nothing here changes what is stored: the results are for comparing headers and choices, for reading
digits, and for printing. People's names and free text stay byte for byte as they are.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

ZERO_WIDTH: Final = "\u00ad\u115f\u1160\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0"
"""Characters nobody sees. They are legal in free text (an emoji is joined by one) and never in ids."""

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CJK = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WIDE = _CJK + "\u3001-\u303f\uff00-\uffef"
_BLANK = r"\s\u200b\ufeff"

_ENDS = re.compile(rf"^[{_BLANK}{ZERO_WIDTH}]+|[{_BLANK}{ZERO_WIDTH}]+\Z")
_INVISIBLE = re.compile(f"[{ZERO_WIDTH}]+")
_GAP_AT_WIDE = re.compile(rf"(?<=[{_WIDE}])\s+|\s+(?=[{_WIDE}])")
_GAP = re.compile(r"\s+")

_TO_HALF: Final = {0xFF00 + low: 0x20 + low for low in range(0x01, 0x5F)} | {0x3000: 0x20, 0xFFE5: 0xA5}
_FULL_DIGIT = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")

_NONCHARACTERS = "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))

# Checked in this order, so that a harmless joiner never hides a character that has to be refused.
_FLAWS: Final = (
    ("nul", re.compile("\x00")),
    ("control", re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u206a-\u206f\ufff9-\ufffb]")),
    ("bidi", re.compile(f"[{_BIDI}]")),
    ("not_a_character", re.compile(f"[\ufdd0-\ufdef{_NONCHARACTERS}]")),
    ("surrogate", re.compile("[\ud800-\udfff]")),
    ("replacement", re.compile("\ufffd")),
    # A lost character leaves a question mark: 检查单?584家. A real question ends in 吗, 呢, 否 and the like.
    (
        "broken",
        re.compile(
            rf"(?<=[{_CJK}])(?<![吗呢么吧啊何否谁几])\?(?=[0-9])|(?<=[0-9])\?(?=[{_CJK}])"
            rf"|锟斤拷|ï¿½|^[?\s]*\?\s*\?[?\s]*\Z|(?<=[{_CJK}])\?\?+(?=[{_CJK}])"
        ),
    ),
    ("zero_width", re.compile(f"[{ZERO_WIDTH}\U000e0000-\U000e007f]")),
)
FLAWS: Final = tuple(code for code, _ in _FLAWS)
_BREAK = re.compile(r"[\t\n\r]")
_SHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u206a-\u206f\ufff9-\uffff\ud800-\udfff\ufdd0-\ufdef\U000e0000-\U000e007f"
    f"{_BIDI}{ZERO_WIDTH}{_NONCHARACTERS}]"
)
_NAMED_ESCAPES: Final = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_FILLERS: Final = _words(
    "/ // \\ - -- --- ---- – — —— ——— ― ─ ── _ __ . .. ... …… ……… · * ** ~ 、 。 "
    "无 暂无 没有 空 空白 未填 none null nil"
) | {"......", "........."}
_DITTO: Final = _words("同上 同前 同左 同上行 〃 ″ \" '' 々 ditto")
_NOT_APPLICABLE: Final = _words("不适用 不涉及 n/a n.a. na 不需要 无需")


@dataclass(frozen=True, slots=True)
class Flaw:
    """Name one character that must not pass unseen: its code, its index, and how to show it."""

    code: str
    index: int
    shown: str


def fold(s: str) -> str:
    """Give the form in which ids and headers are compared: NFKC and casefold."""
    if s.isascii():
        return s.lower()
    once = unicodedata.normalize("NFKC", s).casefold()
    return unicodedata.normalize("NFKC", once)


def clean(s: str) -> str:
    r"""Give a header or a choice without what only lays it out: blanks at its ends, line breaks, gaps inside.

    `整改\n期限` and `整 改 期 限` become `整改期限`; `Due\ndate` becomes `Due date`. Not for free text.
    """
    s = _INVISIBLE.sub("", s)
    return _GAP.sub(" ", _GAP_AT_WIDE.sub("", s)).strip()


def trim(s: str) -> str:
    """Take blanks off the ends, with NBSP, the ideographic space and zero-width characters among them."""
    return _ENDS.sub("", s)


def halfwidth(s: str) -> str:
    """Turn full-width digits, letters and punctuation into ASCII, to read numbers and dates only."""
    return s if s.isascii() else s.translate(_TO_HALF)


def has_fullwidth(s: str) -> bool:
    """Tell whether digits or letters are full-width."""
    return not s.isascii() and _FULL_DIGIT.search(s) is not None


def mark(s: str) -> str:
    """Name what a cell says instead of a value: `blank`, `filler`, `ditto`, `not_applicable`, or nothing.

    The three kinds of emptiness stay apart: nothing typed, a dash typed, "does not apply" typed.
    """
    word = fold(clean(s))
    if not word:
        return "blank"
    if word in _FILLERS:
        return "filler"
    if word in _DITTO:
        return "ditto"
    return "not_applicable" if word in _NOT_APPLICABLE else ""


def width(s: str) -> int:
    """Count the terminal cells text takes: 隐患 takes four, a combining accent none."""
    if s.isascii() and s.isprintable():
        return len(s)
    return sum(_cells(character) for character in s)


def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def pad(s: str, n: int) -> str:
    """Fill text with spaces to n cells; longer text stays whole."""
    return s + " " * (n - width(s))


def caret(line: str, column: int) -> str:
    """Give the line that points at a column (counted from 1) of a line printed through `escape`."""
    return " " * width(escape(line[: max(column - 1, 0)])) + "^"


def unsafe(s: str, *, single_line: bool = False) -> Flaw | None:
    """Name the first character that is refused or must be shown: the codes are FLAWS, in this order of weight.

    Tabs and line breaks count as `control` only where `single_line` is asked for, as in ids and headers.
    """
    if s.isascii() and s.isprintable() and "?" not in s:
        return None
    for code, pattern in _FLAWS:
        if found := pattern.search(s):
            return Flaw(code, found.start(), escape(found.group()))
        if code == "control" and single_line and (found := _BREAK.search(s)):
            return Flaw(code, found.start(), escape(found.group()))
    return None


def escape(s: str) -> str:
    r"""Show characters that cannot be seen or that act on the terminal as `\u202e`; the rest stays as it is."""
    return s if s.isprintable() and s.isascii() else _SHOWN.sub(_escaped, s)


def _escaped(found: re.Match[str]) -> str:
    character = found.group()
    if character in _NAMED_ESCAPES:
        return _NAMED_ESCAPES[character]
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
