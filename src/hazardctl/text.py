"""Compare, measure and show text as people type it.

Nothing here changes what is stored: the results are for comparing headers and choices, for reading
digits, and for printing. People's names and free text stay byte for byte as they are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final

from hazardctl.records import immutable

ZERO_WIDTH: Final = "\u00ad\u115f\u1160\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0"
"""Characters nobody sees. They are legal in free text (an emoji is joined by one) and never in ids."""

# In order of weight, so that a harmless joiner never hides a character that has to be refused.
FLAWS: Final = (
    "nul", "control", "bidi", "not_a_character", "surrogate", "replacement", "broken", "zero_width",
)  # fmt: skip

# Nothing here is a regular expression: large classes of characters take longer to compile than a small ledger to check.
_WIDE_FROM: Final = "\u2e80"  # from here on: CJK, its punctuation, full-width forms, emoji
_BLANKS: Final = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000" + ZERO_WIDTH
)
_INVISIBLE: Final = dict.fromkeys(map(ord, ZERO_WIDTH))
_TO_HALF: Final = {0xFF00 + low: 0x20 + low for low in range(0x01, 0x5F)} | {0x3000: 0x20, 0xFFE5: 0xA5}
_FULL_DIGITS: Final = frozenset("０１２３４５６７８９") | {
    chr(n) for n in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FORMAT_CONTROLS: Final = frozenset(map(chr, (*range(0x206A, 0x2070), *range(0xFFF9, 0xFFFC))))
_FLAWED_BUT_PRINTABLE: Final = {"\ufffd": "replacement"} | dict.fromkeys("\u115f\u1160\u3164\uffa0", "zero_width")
_BREAKS: Final = "\t\n\r"
_NAMED_ESCAPES: Final = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}
_QUESTION_WORDS: Final = frozenset("吗呢么吧啊何否谁几")
_MOJIBAKE: Final = ("锟斤拷", "ï¿½")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_FILLERS: Final = _words(
    "/ // \\ - -- --- ---- – — —— ——— ― ─ ── _ __ . .. ... ...... … …… ……… · * ** ~ 、 。 "
    "无 暂无 没有 空 空白 未填 none null nil"
)
_DITTO: Final = _words("同上 同前 同左 同上行 〃 ″ \" '' 々 ditto")
_NOT_APPLICABLE: Final = _words("不适用 不涉及 n/a n.a. na 不需要 无需")
MARKS: Final = _FILLERS | _DITTO | _NOT_APPLICABLE | {""}
_LONGEST_MARK: Final = 12
_LONGEST_GUESSED: Final = 100  # longer words are not compared to the end
_ODD: Final = frozenset("?锟ï").union(_FLAWED_BUT_PRINTABLE)  # what a printable text may be flawed by


@immutable
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


def each(change: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    r"""Change many texts in one go; for what changes each line of a text by itself, and makes no \n and takes none."""
    changed = change("\n".join(texts)).split("\n")
    return changed if len(changed) == len(texts) else list(map(change, texts))


def clean(s: str) -> str:
    r"""Give a header or a choice without what only lays it out: blanks at its ends, line breaks, gaps inside.

    `整改\n期限` and `整 改 期 限` become `整改期限`; `Due\ndate` becomes `Due date`. Not for free text.
    """
    words = (s if s.isascii() else s.translate(_INVISIBLE)).split()
    if len(words) < 2:
        return words[0] if words else ""
    joined = words[0]
    for word in words[1:]:
        joined += word if joined[-1] >= _WIDE_FROM or word[0] >= _WIDE_FROM else f" {word}"
    return joined


def nearest(word: str, known: Iterable[str], count: int = 1) -> list[str]:
    """Give the known words that somebody may have meant, the likeliest first; case and width do not matter."""
    from difflib import get_close_matches

    folded: dict[str, str] = {}
    for each in known:
        folded.setdefault(fold(clean(each)), each)
    return [folded[near] for near in get_close_matches(fold(clean(word))[:_LONGEST_GUESSED], folded, count, 0.6)]


def trim(s: str) -> str:
    """Take blanks off the ends, with NBSP, the ideographic space and zero-width characters among them."""
    return s.strip(_BLANKS)


def halfwidth(s: str) -> str:
    """Turn full-width digits, letters and punctuation into ASCII, to read numbers and dates only."""
    return s if s.isascii() else s.translate(_TO_HALF)


def plain(s: str) -> bool:
    """Tell quickly that a text is nothing but text: no flaw, no blanks at its ends, no mark. False says nothing."""
    if not (s.isprintable() and _ODD.isdisjoint(s)):
        return False
    if len(s) > _LONGEST_MARK:
        return not (s[0] == " " or s[-1] == " " or "  " in s)
    return " " not in s and unicodedata.is_normalized("NFKC", s) and s.casefold() not in MARKS


def not_plain(texts: Collection[str]) -> list[str]:
    """Choose quickly those of some texts that are not plain."""
    whole = "".join(texts)
    if not whole.isprintable() or " " in whole or any(map(whole.__contains__, _ODD)):
        return [s for s in texts if not plain(s)]
    short = [s for s in texts if len(s) <= _LONGEST_MARK]
    if unicodedata.is_normalized("NFKC", "\n".join(short)) and MARKS.isdisjoint(map(str.casefold, short)):
        return []
    return [s for s in short if not plain(s)]


def has_fullwidth(s: str) -> bool:
    """Tell whether digits or letters are full-width."""
    return not s.isascii() and not _FULL_DIGITS.isdisjoint(s)


def mark(s: str) -> str:
    """Name what a cell says instead of a value: `blank`, `filler`, `ditto`, `not_applicable`, or nothing.

    The three kinds of emptiness stay apart: nothing typed, a dash typed, "does not apply" typed.
    """
    word = halfwidth(clean(s)).lower()
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
    """Name the gravest flaw in text, the first of its kind; the codes are FLAWS, in order of weight.

    Tabs and line breaks count as `control` only where `single_line` is asked for, as in ids and headers.
    """
    flaw = None if s.isprintable() and s.isascii() else _flawed_character(s, single_line=single_line)
    if (flaw is None or flaw.code == "zero_width") and (lost := _lost(s)) is not None:
        return Flaw("broken", lost, "?" if s[lost] == "?" else s[lost : lost + 3])
    return flaw


def _flawed_character(s: str, *, single_line: bool) -> Flaw | None:
    gravest, weight = None, len(FLAWS)
    for index, character in enumerate(s):
        code = _flaw(character) or ("control" if single_line and character in _BREAKS else "")
        if code and FLAWS.index(code) < weight:
            gravest, weight = Flaw(code, index, _shown(character)), FLAWS.index(code)
    return gravest


def _flaw(character: str) -> str:
    if character.isprintable():
        return _FLAWED_BUT_PRINTABLE.get(character, "")
    if character in _BIDI:
        return "bidi"
    if character in _FORMAT_CONTROLS:
        return "control"
    category = unicodedata.category(character)
    if category == "Cc":
        return "nul" if character == "\0" else "" if character in _BREAKS else "control"
    if category == "Cn":
        code = ord(character)
        return "not_a_character" if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF else ""
    return {"Cs": "surrogate", "Cf": "zero_width", "Zl": "control", "Zp": "control"}.get(category, "")


def _lost(s: str) -> int | None:
    """Find where characters were lost on the way: 检查单?584家. A real question ends in 吗, 呢, 否 and the like."""
    for trace in _MOJIBAKE:
        if trace in s:
            return s.index(trace)
    if s.count("?") > 1 and not s.replace("?", "").strip():
        return s.index("?")
    at = s.find("?", 1)
    while 0 < at < len(s) - 1:
        before, after = s[at - 1], s[at + 1]
        if _is_cjk(before) and before not in _QUESTION_WORDS and "0" <= after <= "9":
            return at
        if "0" <= before <= "9" and _is_cjk(after):
            return at
        if _is_cjk(before) and after == "?" and _is_cjk(s[at:].lstrip("?")[:1]):
            return at
        at = s.find("?", at + 1)
    return None


def _is_cjk(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff" or character == "〇"


def escape(s: str) -> str:
    r"""Show characters that cannot be seen or that act on the terminal as `\u202e`; the rest stays as it is."""
    if s.isprintable() and (s.isascii() or _FLAWED_BUT_PRINTABLE.keys().isdisjoint(s)):
        return s
    return "".join(_shown(c) if c in _BREAKS or _flaw(c) else c for c in s)


def _shown(character: str) -> str:
    if character in _NAMED_ESCAPES:
        return _NAMED_ESCAPES[character]
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
