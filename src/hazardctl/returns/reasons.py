"""Reasons given for a warning: what they are about, and whether they say anything."""

from __future__ import annotations

import re
from functools import lru_cache

from hazardctl import text
from hazardctl.findings import Finding

HOLLOW = frozenset({"同上", "是", "无", "true", "yes", "done", "/", "—", "-", "ok"})
# Words that only say that somebody has looked, in any order and number: 经核实，数据无误. 已核实 verified
_LOOKED = re.compile(
    r"(?:经|已经|已|均|都|确实|确|再次|本人|我|数据|数字|情况|情形|内容|填报|以上|该|此|项|条|处|核实|核对|核查|核|检查|查看|确认|复核|审核|核准|"
    r"属实|真实|准确|无误|正确|没有问题|没问题|无问题|没有错误|的|了|过|完毕|"
    r"has|have|been|is|are|was|were|all|the|this|it|data|value|values|figure|figures|by|me|and|"
    r"verified|checked|double|confirmed|correct|reviewed|fine|right|okay|true|looked|at)+"
)
_BETWEEN = re.compile(r"[\W_]+")


@lru_cache(1024)  # the same few words stand in the returns of every period
def is_hollow(words: str) -> bool:
    """Tell whether a reason says nothing but that somebody has looked."""
    if text.fold(text.clean(words)) in HOLLOW:
        return True
    plain = bones(words)
    return len(plain) < 2 or plain in HOLLOW or _LOOKED.fullmatch(plain) is not None


def bones(words: str) -> str:
    """Give what two reasons have in common that differ by blanks and signs only."""
    return _BETWEEN.sub("", text.fold(text.clean(words)))


def excused(finding: Finding) -> str:
    """Give the value that a reason for a finding excuses: of a relation both numbers, else what stands in the cell."""
    return dict(finding.args).get("sums") or finding.value
