"""List the words that say a deadline without a date, and tell them from those that say none."""

from __future__ import annotations

import re
from typing import Final

from hazardctl.text import fold


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# All words stand here folded and without spaces.
AT_ONCE: Final = _words("""
    立即 立刻 马上 即刻 即时 立行立改 立整立改 立查立改 即知即改 即查即改 边查边改 随查随改
    立即整改 立刻整改 马上整改 即时整改 立即完成 当场 当场整改 现场整改
    当日 当天 当日内 当天内 当日整改 当天整改 检查当日 检查当天 排查当日 排查当天 发现当日 发现当天
    atonce immediately onthespot sameday
""")
STANDING: Final = _words("""
    长期 长期坚持 长期整改 长期保持 长期执行 长期推进 长期落实
    持续 持续整改 持续推进 持续坚持 持续保持 持续改进
    常态化 常态化坚持 常态化推进 常态化开展 坚持常态化 常年 常年坚持 常抓不懈 长抓不懈 永久 始终坚持
    standing long-term longterm ongoing
""")
VAGUE: Final = _words("""
    尽快 尽早 抓紧 近期 适时 及时 限期 限期整改 限时 限时整改 按期 按期整改 按时 待定 未定 待明确
    另行通知 视情况 视情况而定 按计划 按计划推进 按进度 按要求 即日 即日起 短期 中期
    asap soon tbd
""")

_STANDING_SIGNS: Final = ("长期", "持续", "常态化", "常抓不懈", "standing")
_STANDING_AFTER = (
    r"(?<=[^，,、;；。.\s])[，,、;；。.\s]*(?:并|且|并且|同时|再)?要?"
    r"(?:长期(?:坚持|整改|保持|执行|推进|落实)?|持续(?:整改|推进|坚持|保持|改进)?|常态化(?:坚持|推进|开展)?"
    r"|坚持常态化|常抓不懈)(?:下去)?[。.]?$"
    r"|, ?then standing$"
)
_HOPE = "(?:须|应|需|请|拟|计划|预计|力争|确保|争取|务必)"
_LEAD = (
    r"^(?:自?(?:发现|排查|检查|查出)(?:问题|隐患)?(?:之日|当日)?(?:起|后)的?"
    rf"|{_HOPE}?(?:于|在)|(?:限期?于?|期限为?):?|{_HOPE})"
)
_TRAIL = r"(?:须|应|要)?(?:完成整改|整改完成|整改到位|整改完毕|处理完毕|完成|完毕|到位|办结|整改|解决|落实|消除|处理)$"
_EVENT = r".*(?:前|后|期间|结束|结束时|届满)|(?i:before|after|until|during) .+"
_RELATIVE = (
    r"[今明后昨次翌][天日年]|[本上下这当]个?(?:周|月|星期|季度|旬|年)|(?:周|星期|礼拜)[一二三四五六日天末]"
    r"|(?<![0-9])月[底末]|(?<![0-9])季度?[底末]"
)
_LOOSE = r"[年月][初中]前?$"
# A deadline that ends like an event but names a day or a term is no event: it would never fall due.
_DAY_INSIDE = "[月日号天旬周]前|季度|星期|礼拜|工作日|小时|年[底末]|半个?[年月]|之内|以内|内前"
_NUMBERS_OF_EVENTS = "(?:19|20|21)[0-9]{2}年度?(?![内前后])|第[0-9]+|[0-9]+(?=[大届期次批]|年行动)"


def kind(plain: str) -> str:
    """Name what a word says: at_once, standing, vague, or nothing known."""
    word = "".join(fold(plain).split())
    if word in AT_ONCE:
        return "at_once"
    if word in STANDING:
        return "standing"
    return "vague" if word in VAGUE else ""


def without_standing(whole: str) -> str:
    """Take 并长期坚持 off a deadline: it has to be met, and goes on afterwards."""
    return re.sub(_STANDING_AFTER, "", whole) if any(sign in whole for sign in _STANDING_SIGNS) else whole


def without_verbs(plain: str) -> str:
    """Take off what says only that it is a deadline: 于…前完成整改."""
    return re.sub(_TRAIL, "", re.sub(_LEAD, "", plain))


def looseness(plain: str) -> str:
    """Name why words say no day: `relative` to a day that is not written, or `vague`; empty where neither."""
    if re.search(_RELATIVE, plain):
        return "relative"
    return "vague" if re.search(_LOOSE, plain) else ""


def is_event(plain: str) -> bool:
    """Tell whether words name something that will happen: 十九大召开前."""
    event = re.sub(_TRAIL, "", plain)
    if len(event) < 3 or not re.fullmatch(_EVENT, event) or re.search(_DAY_INSIDE, event):
        return False
    return not re.search("[0-9]", re.sub(_NUMBERS_OF_EVENTS, "", event))
