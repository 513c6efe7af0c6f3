"""What the example campaign is made of: units and their clerks' habits, names, headings, and what clerks get wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

CAMPAIGN = """\
# yaml-language-server: $schema=schemas/campaign.schema.json
# made by: hazardctl demo
# 示例活动：单位、人员、隐患和数字都是编的。An example: units, people, hazards and figures are invented.
name:
  zh: 社区矫正隐患排查整治专项活动（示例）
  en: Community-correction hazard campaign (example)
checklist: community-correction@2022.1
checklist_sha256: {sha256}
starts: 2022-08-01
ends: 2022-09-30
locale: zh
"""
YAML_HEAD = """\
# yaml-language-server: $schema=../../schemas/ledger.schema.json
# 松林镇司法所隐患台账，每周五下午更新"""
LABELS = {
    "number": "序号", "id": "编号", "category": "风险隐患类别", "item": "检查项", "description": "风险隐患基本情况",
    "measures": "整改措施", "department": "责任部门", "owner": "责任人", "deadline": "完成时限", "status": "整改状态",
    "standard": "整改标准", "found_on": "发现时间", "done_on": "整改完成时间", "result": "整改结果",
    "village": "所在村（社区）", "remark": "分管领导批示",
}  # fmt: skip
OLD_FORM = {  # the headings of the year before, which some offices still use
    "id": "隐患编号", "category": "隐患类别", "item": "检查项目", "description": "存在问题", "measures": "整治措施",
    "department": "责任单位", "owner": "整改责任人", "deadline": "整改期限", "status": "整改进展",
    "found_on": "排查时间", "done_on": "完成日期", "result": "整改成效",
}  # fmt: skip
PLAIN = (
    "id", "category", "description", "measures", "department", "owner", "deadline", "status", "found_on", "done_on",
    "result",
)  # fmt: skip
WITH_ITEM = ("id", "number", "category", "item", *PLAIN[2:])
WITH_STANDARD = (*WITH_ITEM[:-3], "standard", *WITH_ITEM[-3:])
STATUSES = {"done": "已整改", "in_progress": "整改中", "not_started": "未整改", "unable": "无法整改"}
TITLES = {
    "1": "社区矫正安全稳定责任落实情况",
    "2": "社区矫正监督管理工作安全稳定情况",
    "3": "社区矫正教育帮扶安全稳定工作情况",
}
NUMERALS = {"1": "（一）", "2": "（二）", "3": "（三）"}
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余"
GIVEN = """
    建国 秀英 伟 敏 静 磊 洋 艳 勇 军 杰 娟 涛 明 超 秀兰 霞 平 刚 桂英 志强 丽华 海燕 晓东 红梅 玉兰 国庆 小龙
    春梅 文斌 光明 世荣 永红 学军 雪梅 少华 成林 天佑 思源 家豪
"""
VILLAGES = """
    大坪村 高桥村 新店村 龙潭村 半山村 沙湾社区 土门村 双井村 老街社区 楠木村 白岩村 青杠村 马鞍社区 桐子村
"""
DEPARTMENTS = (
    "{office}", "{office}", "{office}", "{office}、派出所", "{office}、综治办", "社区矫正管理局监管科",
    "{office}，民政办", "教育帮扶科",
)  # fmt: skip
STANDARDS = (
    "资料齐全、签字完整", "当月走访率100%", "制度上墙、责任到人", "复查合格", "符合《四川省社区矫正实施细则》要求",
)  # fmt: skip
CASE_MEASURES = (
    "每周见面一次，每月走访一次", "每日定位核查，每周电话联系", "村（社区）网格员协助日常联系", "每半月个别教育一次",
)  # fmt: skip
FIGURE_LABELS = {
    "key_persons": "6+9类重点社区矫正对象数", "not_received": "应收未收数", "absconded": "脱管人数",
    "supervised": "在册社区矫正对象数", "located": "定位监管人数", "visits": "走访人次", "penalties": "惩处人次",
    "education": "教育人次", "support": "帮扶人次",
}  # fmt: skip
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Office:
    """A unit that keeps a ledger, and its clerk's habits."""

    id: str
    name: str
    above: str
    rows: int = 0
    people: int = 0  # under supervision
    keys: Sequence[str] = WITH_ITEM
    headings: Mapping[str, str] = field(default_factory=lambda: LABELS)
    encoding: str = "utf-8-sig"
    newline: str = "\r\n"
    category: Mapping[str, str] | None = None  # how a category is written; by its code where there is nothing here
    periods: str = "annex1"  # whole phase, month or weeks
    form: str = "csv"
    kind: str = "司法所"
    closed: date | None = None

    @property
    def town(self) -> str:
        """Name the town the office stands in."""
        return self.name.removesuffix("司法所")


AREAS = (("", ""), ("cx", "城西片区"), ("hy", "河沿片区"), ("bs", "北山片区"), ("nb", "南坝片区"))
OFFICES = (
    Office("zhongxin", "区社区矫正中心", "qj", 9, 0, PLAIN, kind="中心"),
    Office("jinqiao", "金桥街道司法所", "cx", 34, 92, WITH_STANDARD),
    Office("baihe", "白鹤街道司法所", "cx", 31, 85, periods="weeks"),
    Office("wenfeng", "文峰街道司法所", "cx", 27, 74, category=NUMERALS),
    Office("liuxi", "柳溪镇司法所", "hy", 26, 61, PLAIN, OLD_FORM, encoding="gbk", category=NUMERALS),
    Office("shuangdu", "双渡镇司法所", "hy", 24, 55, (*WITH_ITEM, "village")),
    Office("wangjiang", "望江镇司法所", "hy", 22, 48, periods="month"),
    Office("tongshi", "铜石镇司法所", "hy", 18, 37, encoding="utf-8", newline="\n", category=TITLES),
    Office("qingshi", "青石镇司法所", "bs", 23, 52, WITH_ITEM, periods="weeks", encoding="gbk"),
    Office("yunding", "云顶乡司法所", "bs", 0, 12, PLAIN),
    Office("songlin", "松林镇司法所", "bs", 21, 46, form="yaml", keys=PLAIN),
    Office("lishu", "梨树乡司法所", "bs", 8, 14, PLAIN, periods="closing", closed=date(2022, 8, 20)),
    Office("nanxi", "南溪镇司法所", "nb", 17, 33, PLAIN, encoding="gbk", category=NUMERALS),
    Office("changping", "长坪镇司法所", "nb", 25, 58, (*PLAIN, "remark"), periods="month"),
    Office("huangjue", "黄桷镇司法所", "nb", 16, 30, PLAIN, OLD_FORM),
    Office("fengming", "凤鸣镇司法所", "nb", 15, 27, PLAIN),
    Office("zhuba", "竹坝乡司法所", "nb"),
)
NIL, MISSING = "yunding", "zhuba"
# What is wrong in the ledgers: the office, which of its entries of a status (from 0), and what that one says instead.
PLANTED: tuple[tuple[str, str, int, Row], ...] = (
    ("jinqiao", "done", 2, {"done_on": ""}),
    ("jinqiao", "done", 5, {"status": "已完成"}),
    ("jinqiao", "in_progress", 1, {"department": "金桥街道司法所　"}),
    ("baihe", "in_progress", 2, {"owner": ""}),
    ("baihe", "done", 4, {"status": "已销号"}),
    ("wenfeng", "done", 1, {"item": "1.2", "category": "（三）"}),
    ("liuxi", "not_started", 0, {"status": "已安排人"}),
    ("liuxi", "in_progress", 1, {"deadline": "9月9日前"}),
    ("shuangdu", "in_progress", 0, {"measures": "同上"}),
    ("shuangdu", "in_progress", 1, {"status": "待验收"}),
    ("wangjiang", "in_progress", 1, {"found_on": "2022-08-25", "deadline": "2022-08-15"}),
    ("tongshi", "done", 3, {"result": ""}),
    ("tongshi", "in_progress", 0, {"status": "正在整改"}),
    ("qingshi", "done", 1, {"found_on": "2022-08-18", "done_on": "2022-08-12", "deadline": "2022-08-31"}),
    ("qingshi", "in_progress", 0, {"deadline": "2022.9.20"}),
    ("qingshi", "in_progress", 1, {"deadline": "2022年9月16日"}),
    ("songlin", "not_started", 0, {"done_on": "2022-09-02"}),
    ("nanxi", "in_progress", 0, {"deadline": "20220915"}),
    ("nanxi", "in_progress", 1, {"deadline": "15"}),
    ("changping", "in_progress", 2, {"id": ""}),
    ("huangjue", "not_started", 0, {"deadline": "尽快"}),
    ("fengming", "in_progress", 0, {"status": "立行立改"}),
    ("fengming", "done", 1, {"found_on": "8月17日"}),
)
TWICE = (("shuangdu", 9), ("changping", 11))  # an entry that was typed in again at the end
BAD_FIGURES: Mapping[tuple[str, str, str], str] = {
    ("qingshi", "2022-W34", "support"): "约15人次", ("nanxi", "annex1", "located"): "36",
    ("wangjiang", "2022-08", "visits"): "106人次", ("huangjue", "annex1", "education"): "",
}  # fmt: skip
