"""Know the units in which quantities are written, and which of them measure the same thing."""

from __future__ import annotations

from typing import Final

from hazardctl.records import immutable

SCALES: Final = {
    "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
}  # fmt: skip

# Each unit by what it counts and the power of ten it stands for.
_SAME: Final = {
    "元": "元 圆 块 元整 圆整 元人民币 人民币 rmb cny",
    "人": "人 名 位",
    "人次": "人次 人/次",
    "次": "次 回 场次",
    "%": "% 个百分号",
    "天": "天 日",
    "平方米": "平方米 平米 m2 m² ㎡ 平方",
    "米": "米 m",
    "克": "克 g",
}
_COUNTERS: Final = """
    处 项 条 个 家 户 份 件 起 宗 例 台 套 辆 栋 幢 间 所 座 枚 张 支 本 册 页 篇 期 批 班 组 队 点 根 块 片 只 类 种 门
    面 部 株 艘 头 床 层 站 场 村 镇 县 市 区 校 户次 家次 处次 车次 班次 件次 小时 分钟 亩 公顷 升
"""
_POWERS: Final = {
    "公里": ("米", 3), "千米": ("米", 3), "km": ("米", 3),
    "公斤": ("克", 3), "千克": ("克", 3), "kg": ("克", 3), "吨": ("克", 6), "t": ("克", 6),
    "‰": ("%", -1),
}  # fmt: skip
_KNOWN: Final = (
    {word: (word, 0) for word in _COUNTERS.split()}
    | {word: (base, 0) for base, words in _SAME.items() for word in words.split()}
    | _POWERS
)
# 个 stands for any of these: it counts things without naming them.
_COUNTED_BY_GE: Final = frozenset("处项条家份件起宗例台套间所座点类种组队村镇县市区校人")


@immutable
class Unit:
    """A unit as written: what it counts, its power of ten, and how much of that is a scale (万) written with it."""

    base: str = ""
    power: int = 0
    scale: int = 0

    @property
    def scaled(self) -> bool:
        """Tell whether a scale was written."""
        return self.scale > 0


def read(written: str) -> Unit:
    """Split what follows a number, or what a column declares, into scale and base; an unknown base stays as it is."""
    word = written[1:-1] if written[:1] == "(" and written[-1:] == ")" else written
    word = word.lower()
    if word in _KNOWN:
        return Unit(*_KNOWN[word])
    for length in (2, 1):
        if power := SCALES.get(word[:length]):
            base, more = _KNOWN.get(word[length:], (word[length:], 0))
            return Unit(base, power + more, power)
    return Unit(word)


def is_known(unit: Unit) -> bool:
    """Tell whether anything is counted in this unit."""
    return unit.base in _KNOWN


def same(said: Unit, declared: Unit) -> bool:
    """Tell whether two units count the same thing."""
    return said.base == declared.base or (said.base == "个" and declared.base in _COUNTED_BY_GE)
