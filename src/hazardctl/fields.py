"""The standard fields of an entry: key, type, official labels, and the headings under which clerks write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hazardctl import text
from hazardctl.checklist import Checklist, Choice, FieldType, FieldUse
from hazardctl.records import immutable
from hazardctl.texts import Text


@immutable
class Field:
    """A field as one campaign uses it."""

    key: str
    label: Text
    type: FieldType
    aliases: tuple[str, ...] = ()
    required: bool = False
    required_when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unit: str = ""
    values: tuple[Choice, ...] = ()
    help: Text = ""


def _standard(key: str, kind: FieldType, zh: str, en: str, aliases: str = "") -> Field:
    return Field(key, {"zh": zh, "en": en}, kind, tuple(aliases.split()))


STANDARD: tuple[Field, ...] = (
    _standard("id", "id", "编号", "ID", "隐患编号 条目编号 唯一编号 entry_id"),
    _standard("number", "text", "序号", "No.", "行次 编号序号 no number"),
    _standard(
        "category",
        "category",
        "风险隐患类别",
        "Hazard category",
        "隐患类别 类别 风险类别 风险隐患类型 隐患类型 排查类别 排查整治重点 category",
    ),
    _standard("item", "item", "检查项", "Checklist item", "检查项目 排查项目 检查项编号 检查内容 排查内容 item"),
    _standard(
        "description",
        "text",
        "风险隐患基本情况",
        "Hazard description",
        "风险隐患情基本情况 隐患描述 存在问题 存在的安全隐患 存在的问题 问题简述 隐患情况 隐患内容 问题描述 "
        "基本情况 问题隐患 隐患问题 description",
    ),
    _standard("location", "text", "隐患部位", "Location", "部位 地点 位置 隐患地点 场所 location"),
    _standard("level", "choice", "隐患等级", "Level", "等级 隐患级别 风险等级 级别 level"),
    _standard("track", "track", "整改类型", "Track", "整改方式 整改类别 整改期限类型 track"),
    _standard(
        "found_on", "day", "发现时间", "Found on", "排查时间 检查时间 发现日期 检查日期 排查日期 发现隐患时间 found"
    ),
    _standard("found_by", "names", "排查人", "Found by", "检查人 排查人员 检查人员 发现人"),
    _standard("measures", "text", "整改措施", "Measures", "整治措施 防控措施 整改措施及要求 具体措施 措施 measures"),
    _standard("standard", "text", "整改标准", "Standard", "标准 整改目标 standard"),
    _standard("funds", "money", "整改资金", "Funds", "资金 整改经费 经费 投入资金 整改资金(万元) funds"),
    _standard(
        "department",
        "text",
        "责任部门",
        "Department",
        "责任单位 整改责任单位 整改责任部门 牵头部门 整改部门 department",
    ),
    _standard("owner", "names", "责任人", "Owner", "整改人 整改责任人 负责人 责任人员 owner"),
    _standard(
        "deadline",
        "deadline",
        "完成时限",
        "Deadline",
        "整改期限 完成期限 截止时间 整改时限 整改完成时限 计划完成时间 期限 时限 deadline",
    ),
    _standard("status", "status", "整改状态", "Status", "状态 处理进度 整改情况 复查情况 整改进展 进展情况 status"),
    _standard("done_on", "day", "整改完成时间", "Done on", "完成时间 完成日期 整改完成日期 实际完成时间 整改时间 done"),
    _standard("result", "text", "整改结果", "Result", "整改成效 整改完成情况 完成情况 处理结果 result"),
    _standard("supervisor", "text", "督办机关", "Supervising organ", "督办单位 督办部门 督办机关和部门 督办人"),
    _standard("verified_by", "names", "验收人", "Verified by", "复查人 核查人 验收人员 销号人"),
    _standard(
        "verified_on", "day", "验收时间", "Verified on", "闭环时间 销号时间 复查通过时间 验收日期 复查时间 销号日期"
    ),
    _standard("reason", "text", "无法整改原因", "Reason", "未整改原因 原因 原因说明 未完成原因"),
    _standard("interim_control", "text", "临时管控措施", "Interim control", "管控措施 防范措施 临时措施"),
    _standard("solved_by_level", "text", "需协调解决层级", "Level that can solve it", "解决层级 协调层级"),
    _standard("review_on", "day", "复核时间", "Review on", "复核日期 下次复核时间"),
    _standard("extended_to", "deadline", "延期至", "Extended to", "延期时间 延长至 延期时限"),
    _standard("extension_reason", "text", "延期原因", "Reason of extension", "延期理由"),
    _standard("evidence", "text", "佐证材料", "Evidence", "附件 证明材料 整改前后照片 佐证"),
    _standard("cites", "text", "关联编号", "Cites", "原编号 关联隐患"),
    _standard("notes", "text", "备注", "Notes", "说明 note remark remarks"),
)
BY_KEY: Mapping[str, Field] = {field.key: field for field in STANDARD}
LEVEL_WORDS: Mapping[str, tuple[str, ...]] = {
    "general": ("一般", "一般隐患", "一般事故隐患", "一般安全隐患"),
    "major": ("重大", "重大隐患", "重大事故隐患", "重大安全隐患"),
}
"""How clerks write the two levels of 安全生产法, whatever a checklist calls them."""
NAMES_OF: Mapping[str, str] = {"status": "statuses", "track": "tracks", "level": "levels"}


def campaign_fields(checklist: Checklist) -> tuple[Field, ...]:
    """Give the fields this checklist uses, in the form's order, the id first."""
    used = tuple(_merge(use, checklist) for use in checklist.fields)
    if any(field.key == "id" for field in used):
        return used
    return (BY_KEY["id"], *used)


def _merge(use: FieldUse, checklist: Checklist) -> Field:
    known = BY_KEY.get(use.key)
    values = use.values
    if use.key == "level" and not values:
        values = tuple(Choice(key, label, LEVEL_WORDS.get(key, ())) for key, label in checklist.levels.items())
    return Field(
        key=use.key,
        label=use.label or (known.label if known else use.key),
        type=use.type or (known.type if known else "text"),
        aliases=use.aliases + (known.aliases if known else ()),
        required=use.required,
        required_when=tuple(
            (key, (when,) if isinstance(when, str) else tuple(when)) for key, when in use.required_when.items()
        ),
        unit=use.unit or ("万元" if use.key == "funds" else ""),
        values=values,
        help=use.help,
    )


def labels(field: Field) -> tuple[str, ...]:
    """Give every official label of a field, in all languages."""
    return (field.label,) if isinstance(field.label, str) else tuple(field.label.values())


def headings(fields: tuple[Field, ...]) -> Mapping[str, str]:
    """Map each folded heading to its field's key: key, official label, alias; the campaign's own words win.

    A heading that two fields of the campaign claim as an alias is left out: it is for the clerk to say which is meant.
    """
    claimed: dict[str, set[str]] = {}
    known: dict[str, str] = {}
    for field in fields:
        for name in (field.key, *labels(field)):
            known.setdefault(heading(name), field.key)
    for field in fields:
        for name in field.aliases:
            claimed.setdefault(heading(name), set()).add(field.key)
    for name, keys in claimed.items():
        if name not in known and len(keys) == 1:
            known[name] = next(iter(keys))
    used = {field.key for field in fields}
    for field in STANDARD:
        if field.key not in used:
            for name in (field.key, *labels(field)):
                known.setdefault(heading(name), field.key)
    return known


def heading(name: str) -> str:
    """Fold a heading for comparison: case, width, spaces, line breaks, and brackets' forms do not matter."""
    return _bare(text.fold(name))


def folded_headings(names: Sequence[str]) -> list[str]:
    """Fold many names for comparison, as `heading` does each."""
    folded = text.each(text.fold, names)
    whole = "".join(folded)
    bare = whole == "".join(whole.split()) and not any(map(whole.__contains__, "（）*:："))
    return folded if bare else list(map(_bare, folded))


def _bare(folded: str) -> str:
    return "".join(folded.split()).replace("（", "(").replace("）", ")").strip("*:：")
