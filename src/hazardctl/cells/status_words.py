"""List the words clerks write for a status, a track, yes and no, and say how far each stands from the official one.

source: published ledgers of several bureaus; the official words are those of 达川司发〔2022〕38号 附件1.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from hazardctl.text import clean, fold

STATUSES: Final = ("unable", "not_started", "in_progress", "done")
TRACKS: Final = ("at_once", "by_date", "long_term")

# Status, liberty, words. `synonym` means the same beyond doubt; every other liberty is worth a look.
_STATUS_WORDS: Final = {
    ("unable", "synonym"): """
        无法整改|不能整改|暂无法整改|暂时无法整改|无法完成|无法完成整改|无法处理|无法解决|暂无法解决
        不具备整改条件|暂不具备整改条件|无整改条件|unable|cannot be fixed|cannot fix
    """,
    ("not_started", "synonym"): """
        未整改|待整改|尚未整改|尚未启动|未启动|未开始|尚未开始|未开展|未处理|待处理|未完成|尚未完成|未完成整改
        未落实|待落实|未解决|待解决|没有整改|未动工|待办|逾期未整改|超期未整改|逾期未完成|超期未完成
        not started|not begun|to do|todo
    """,
    ("not_started", "yes_no"): """
        否|×|✗|✘|□|☐|no|n
    """,
    ("in_progress", "synonym"): """
        整改中|正在整改|正整改|处理中|正在处理|进行中|正在进行|推进中|正在推进|整改推进中|落实中|正在落实
        办理中|施工中|已启动|已启动整改|已开始整改|达到序时进度|达到时序进度|已达到序时进度|序时推进
        按序时进度推进|按计划推进|未达到序时进度|滞后于序时进度|逾期整改中|超期整改中|in progress|under way
        underway|working
    """,
    ("in_progress", "partly"): """
        部分整改|部分完成|部分已整改|基本完成|基本整改|基本完成整改|基本整改到位|大部分整改|partly done
    """,
    ("in_progress", "submitted"): """
        待验收|待复查|待审核|待核查|待核实|待确认|待审批|待销号|待验收销号|申请验收|申请销号|已申请销号
        已申请验收|已提交|已提交验收|已提交审核|验收中|复查中|审核中|核查中|已整改待验收|已整改待复查
        已整改待审核|整改完成待验收|整改完成待复查|已完成待验收|已完成待复查|已完成待审核|submitted
        awaiting verification|to be verified
    """,
    ("in_progress", "standing"): """
        持续整改|长期坚持|持续推进|持续坚持|持续整改中|长期推进|持续进行|常态化推进|常态化坚持|坚持常态化
        ongoing
    """,
    ("in_progress", "refused"): """
        退回|已退回|被退回|退回整改|退回重改|驳回|已驳回|不合格|验收不合格|复查不合格|整改不合格|不通过|未通过
        验收不通过|验收未通过|复查不通过|复查未通过|审核不通过|审核未通过|整改不到位|未整改到位|整改不彻底
        重新整改|返工|rejected|returned|refused|failed
    """,
    ("done", "synonym"): """
        已整改|已完成|完成|整改完成|已整改完成|已完成整改|完成整改|整改完毕|已整改完毕|整改到位|已整改到位
        全部整改|全部完成|已全部整改|已处理|处理完成|已处理完毕|已办结|办结|已解决|已落实|已消除|隐患已消除
        已修复|已整治|当场整改完成|已当场整改|逾期已整改|超期已整改|逾期完成|超期完成|done|fixed|completed
        complete|finished
    """,
    ("done", "yes_no"): """
        是|✓|✔|√|☑|■|yes|y
    """,
    ("done", "closed"): """
        已销号|销号|完成销号|已销账|销账|已关闭|关闭|闭环|已闭环|完成闭环|闭环管理完成|摘牌|已摘牌|已核销|核销
        已验收|验收合格|验收通过|已验收合格|复查合格|复查通过|复查已整改|合格|通过|已解除|解除|closed|verified
        signed off
    """,
}
_TRACK_WORDS: Final = {
    "at_once": """
        立行立改|立即整改|当场整改|现场整改|即知即改|即查即改|立查立改|立整立改|边查边改|即时整改|立即|at once
        immediate
    """,
    "by_date": """
        限期整改|限时整改|限期|限时|限期完成|按期整改|挂账整改|by a date|by date
    """,
    "long_term": """
        长期整改|长期坚持|长期治理|长期|持续整改|long term|standing
    """,
}
_YES: Final = "是|有|对|1|✓|✔|√|☑|■|●|y|yes|true|已到位|到位|已落实|具备"
_NO: Final = "否|无|没有|0|×|✗|✘|☐|□|○|n|no|false|未到位|不到位|未落实|不具备"


@lru_cache(4096)
def word(text: str) -> str:
    """Give the form in which words are compared: no layout, no final punctuation, one case and one width."""
    seen = fold(clean(text)).replace("\ufe0f", "")  # phones type ✔ with a request to show it in colour
    return seen.strip("。.!！,，;；、:： ").replace("_", " ").replace("-", " ")


def _listed(words: str) -> list[str]:
    """Take a list apart: words stand between bars and line ends."""
    return [word(said) for line in words.split("\n") for said in line.split("|") if said.strip()]


STATUS_OF: Final = {said: meant for meant, words in _STATUS_WORDS.items() for said in _listed(words)}
TRACK_OF: Final = {said: track for track, words in _TRACK_WORDS.items() for said in _listed(words)}
YES_NO_OF: Final = dict.fromkeys(_listed(_YES), "yes") | dict.fromkeys(_listed(_NO), "no")
COMPOUND_SURNAMES: Final = frozenset(
    _listed("欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|司徒|夏侯|端木|百里|东郭|南宫|西门")
)
