"""Words for what crashed and hindered runs have left in folders."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "left.pending": (
        (
            "{count} new version(s) that could not be put in place, since a program kept the file open: {names}. "
            "hazardctl conflicts --merge brings in what they hold"
        ),
        "有 {count} 个新版本因文件被别的程序占用而没有放到位：{names}。用 hazardctl conflicts --merge 并入",
    ),
    "left.torn": (
        (
            "{count} piece(s) of a journal line from a program that was cut off: {names}. Nothing was saved with them; "
            "hazardctl conflicts --merge puts them aside"
        ),
        "有 {count} 段程序中断时留下的不完整留痕：{names}。当时没有报告为已保存；用 hazardctl conflicts --merge 归入 merged",
    ),
}
