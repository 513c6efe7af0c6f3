"""List the words that frame a table in a clerk's workbook, and headings seen there beside the campaign's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

UNIT_COLUMN: Final = "@unit"
"""Stands for a column that names the unit of each row: no field of an entry, and never to be ignored."""
IGNORED: Final = "-"
MIDNIGHT: Final = "00:00"
"""What a cell formatted as a day holds where it counts 0: nothing."""


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# Headings of other offices and trades, weaker than a campaign's own words.
HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "description": _listed(
        "存在隐患 隐患 问题 主要问题 隐患名称 事故隐患 "
        "事故隐患内容 检查发现问题 发现问题 发现的问题 发现隐患 发现的隐患 "
        "问题及隐患 隐患及问题 问题和隐患 问题隐患描述 安全隐患 安全隐患内容 "
        "隐患具体内容 隐患详情 问题详情 问题内容 检查情况 "
        "存在问题及隐患 存在的隐患 存在的主要问题 存在的问题和隐患 "
        "存在的问题及隐患 隐患基本情况 问题基本情况 隐患具体情况 "
        "finding hazard issue"
    ),
    "measures": _listed(
        "整改落实措施 治理措施 整改防范措施 整改要求 整改措施及建议 处理措施 "
        "采取措施 采取的措施 整改方案 拟采取措施 action"
    ),
    "department": _listed(
        "整改责任科室 责任科室 责任处室 责任班组 整改单位 整改责任处室 责任区队 责任车间 治理责任单位"
    ),
    "owner": _listed(
        "整改负责人 治理责任人 治理负责人 具体责任人 整改落实人 落实人 整改责任人姓名 责任人姓名 整改责任人员 "
        "包保责任人"
    ),
    "deadline": _listed(
        "治理期限 治理时限 整改限期 限改日期 限期 要求完成时间 要求整改时间 要求完成日期 要求整改完成时间 预计完成时间 "
        "预计完成日期 预计整改完成时间 拟完成时间 应完成时间 应整改时间 "
        "计划完成日期 计划整改时间 计划整改完成时间 计划完成时限 "
        "整改截止时间 整改截止日期 截止日期 限期整改时间 整改完成期限 规定整改时间 due_date"
    ),
    "status": _listed(
        "是否整改 是否完成 是否完成整改 是否已整改 是否整改完成 是否整改到位 "
        "整改进度 进度 当前状态 整改状况 处理状态 隐患状态 "
        "销号情况 是否销号 闭环情况 是否闭环 验收情况 复查结果 验收结果 复查结论 核查情况 state"
    ),
    "done_on": _listed("实际完成日期 实际整改时间 实际整改完成时间 实际整改日期 整改完成日 整改日期 fixed_on"),
    "result": _listed("整改效果 整改落实情况 落实结果 整改结果描述 治理结果"),
    "found_on": _listed(
        "发现隐患日期 隐患发现时间 检查时间(日期) 巡查时间 巡查日期 检查日 登记日期 登记时间 隐患排查时间"
    ),
    "found_by": _listed("检查者 巡查人 巡查人员 检查人员姓名 发现者 排查人姓名"),
    "verified_by": _listed("复查人员 核查人员 复核人 销号责任人 验收负责人 复查责任人 验收责任人 整改验收人"),
    "verified_on": _listed("复查日期 核查时间 核查日期 关闭时间 关闭日期 闭环日期 整改验收时间"),
    "location": _listed(
        "检查部位 隐患所在部位 隐患位置 隐患地点部位 工程部位 所在位置 检查地点 "
        "作业地点 区域 检查区域 所在部位 存在部位 施工部位"
    ),
    "level": _listed("隐患分级 危险等级 隐患等级(一般/重大) 隐患性质"),
    "category": _listed("排查领域 隐患分类 问题类别 问题类型 隐患种类 所属类别"),
    "item": _listed("检查项目名称 排查项"),
    UNIT_COLUMN: _listed("单位 单位名称 企业名称 填报单位 受检单位 被检查单位 被检单位 所属单位 报送单位"),
}
DAY_PARTS: Final = frozenset("年月日")
BEGINS: Final = frozenset(_listed("起 始 自 从 开始 起始 开始时间 起始时间 开始日期"))
ENDS: Final = frozenset(_listed("止 至 到 结束 终止 截止 结束时间 截止时间 结束日期 截止日期"))
"""Leaves of a term that is given as two days; the second is the deadline."""
SECOND_STATUS: Final = _listed("复查 验收 核查 销号 闭环")
"""Words of a status column that tells what came of the check after the fix."""

FOREIGN_GROUP: Final = re.compile("复查|验收|核查|复核|销号|检查|排查|巡查|督办|督查|上级|监管|审核|闭环")
"""Groups whose leaves speak of somebody else than the unit that fixes: 复查情况/责任人 is not the owner."""

FACT: Final = re.compile(
    r"(?P<unit>(?:填报|填表|报送|上报|受检|被检查?)单位|(?:单位|企业|项目)名称|单位)"
    r"|(?P<found_on>(?:检查|排查|巡查|发现)(?:时间|日期))"
    r"|(?P<found_by>(?:检查|排查|巡查)人员?)"
    r"|(?P<by>填报人|填表人|制表人|报送人|经办人|记录人)"
    r"|(?P<on>(?:填报|填表|报送|上报|制表|统计)(?:时间|日期)|日期)"
    r"|(?P<phone>联系电话|电话|手机)"
    r"|(?P<other>(?:单位|部门)?负责人(?:签[字名章]|（签[字名章]）)|审核人|审核|负责人|主要负责人|分管领导|领导签字|签字|盖章|联系人|复核人)"
)
FACTS: Final = ("unit", "by", "on", "found_on", "found_by", "phone", "measure", "other")
"""What a head line tells, in the order in which it is shown."""
SEAL: Final = re.compile(r"\s*[（(](?:盖章|公章|签章|单位盖章|章)[）)]$")
MEASURES: Final = frozenset(_listed("元 千元 万元 亿元 百元 人 人次 次 个 处 项 条 件 起 家 户 份 % ％"))
"""What 单位：… names where it is no office."""
EXAMPLE: Final = re.compile(
    r"(?:填写|填报|填表)?(?:示例|样例|范例|例子|举例|例)(?:\d{0,2}|[：:].*)|.*[（(](?:示例|样例|例|举例)[）)]"
)
SUM: Final = re.compile("合计|小计|总计|共计|累计|total|subtotal")
NOTHING: Final = "无"
FACT_END: Final = re.compile(r"\s*(?:[（(][^）)：:]{1,10}[）)])?\s*[：:]\s*")
NOTE: Final = re.compile(
    r"\s*(?:(?:备注|附注|注|说明|填表说明|填报说明|填写说明|注意事项|要求|note)\s*[：:一1]|※|\*{1,3}\s*注)",
    re.IGNORECASE,
)
TOTAL: Final = re.compile(
    r"(?:(?:本页|本月|全区|全县|全市|全部)?(?:合计|小计|总计|共计|累计)|其中|total|subtotal)(?:[:：(（]|\d|$)"
)
STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
EMPTY_DAYS: Final = frozenset({"1899-12-30", "1899-12-31", "1900-01-00", "1900-01-01", "1970-01-01", "1904-01-01"})
NIL_TEXT: Final = re.compile(
    r"(?:本(?:月|期|季度|周|年|次)?|当月|经排查|经自查|目前|暂)?[，,]?(?:暂)?(?:无|未发现|没有发现|未排查出|零)(?:安全|事故|风险)*(?:隐患|问题)"
    r"|零报告|无"
)
MEASURED: Final = re.compile(
    r"[（(](?:单位[：:])?(?P<unit>万元|元|亿元|千元|%|％|人|人次|处|个|项|条|份|户|天|日)[）)]$"
)
FIGURE_VALUE: Final = "@value"
"""Stands for the column of a table of figures that holds the numbers."""
FIGURE_NAMES: Final = frozenset(
    _listed("指标 指标名称 项目 项目名称 填报项 填报项目 统计项目 统计指标 内容 名称 统计内容 figure indicator")
)
FIGURE_VALUES: Final = frozenset(
    _listed(
        "数量 数值 值 数 填报数 本月 本月数 本期 本期数 当月 当月数 当期 当期数 本季 本季度 本季数 本周 本周数 实际 "
        "实际数 人数 本次 本次数 期末 期末数 value number"
    )
)
FIGURE_ASIDE: Final = re.compile(
    r"序号|行次|列次|代码|编号|编码|行号|备注|说明|计量单位|单位|累计|上[年月期周季次]|去年|同期|同比|环比|增[长减幅]|比[上去]|合计|小计|总计|计划|目标|年初|期初"
)
FIGURE_UNITS: Final = re.compile(r"计量单位|单位")
PERIOD_FACT: Final = re.compile(
    r"(?:报告期|填报期|统计期|报表期|所属期|所属时期|报送期|(?P<day>统计时间)|统计时段|统计月份|报表月份|填报月份|期间|月份)\s*[：:]\s*(?P<period>[^\s：:]+)"
)
PERIOD_SAID: Final = re.compile(
    r"\d{4}年(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}月(?!\d{1,2}日)份?|第?\d{1,2}周|度)|\d{4}-\d\d(?![-\d])"
)
FIGURE_LABELS: Final = re.compile("序号|行次|列次|代码|编号|编码|行号|计量单位|单位")
ORDER: Final = re.compile(r"^(?:[（(]?[\d一二三四五六七八九十]+[)）.、．]|其中[：:]?|[\s\u3000·\-—]+)+")
"""What stands before the name of a figure: 1. or （一） or 其中：, and blanks."""
UNIT_BEHIND: Final = re.compile(r"[（(](?:单位[：:])?([^（）()]{1,6})[)）]$")
BARE: Final = re.compile(r"[\d,，.．０-９+-]+")
