"""Words of `hazardctl checklist`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "checklist.about": ("List, show, validate or compare checklists.", "列出、查看、校验、比较排查清单。"),
    "checklist.examples": (
        "hazardctl checklist list\n"
        "hazardctl checklist show community-correction\n"
        "hazardctl checklist validate checklists/ours/2024.1.yaml\n"
        "hazardctl checklist diff community-correction@2022.1 ours@2024.1",
        "hazardctl checklist list\n"
        "hazardctl checklist show community-correction\n"
        "hazardctl checklist validate checklists/ours/2024.1.yaml\n"
        "hazardctl checklist diff community-correction@2022.1 ours@2024.1",
    ),
    "checklist.list.about": ("List the shipped checklists and the bureau's own.", "列出随附的和本单位自己的排查清单。"),
    "checklist.show.about": (
        "Show a checklist: categories, items, forms, tables, dates.",
        "查看一份清单：类别、检查项、表格、日期。",
    ),
    "checklist.validate.about": (
        "Find every mistake in a checklist, with line and column.",
        "一次找出清单里的全部错误，写明行和列。",
    ),
    "checklist.diff.about": (
        "Compare two versions: kept, reworded, renamed, split, dropped and new items.",
        "比较两个版本：保留、改写、改号、拆分、删去、新增的检查项。",
    ),
    "checklist.name": ("ID or ID@VERSION, or a file", "清单编号、编号@版本，或文件"),
    "checklist.format": ("table, json or md", "table、json 或 md"),
    "checklist.own": ("this campaign's own", "本活动自带"),
    "checklist.shipped": ("shipped", "随附"),
    "checklist.column_id": ("Checklist", "清单"),
    "checklist.column_title": ("Title", "名称"),
    "checklist.column_size": ("Categories/items", "类别/检查项"),
    "checklist.column_where": ("From", "来源"),
    "checklist.counted": ("{categories} categories, {items} items", "{categories} 类 {items} 项"),
    "checklist.issued": ("Issued by {by} {number} {date}", "发文：{by} {number} {date}"),
    "checklist.stages": ("Stages", "阶段"),
    "checklist.uncertain": ("(uncertain)", "（日期存疑）"),
    "checklist.fields": ("Fields of an entry", "台账字段"),
    "checklist.required": ("required", "必填"),
    "checklist.required_when": ("required when {field} is {values}", "{field}为{values}时必填"),
    "checklist.forms": ("Forms", "表格"),
    "checklist.tables": ("Statistics tables", "统计表"),
    "checklist.figures": ("Figures", "填报数"),
    "checklist.duties": ("Recurring duties", "常态任务"),
    "checklist.stock": ("stock", "时点数"),
    "checklist.flow": ("flow", "时期数"),
    "checklist.due": ("due {day}", "{day} 前报送"),
    "checklist.leaf_columns": ("{count} columns", "{count} 列"),
    "checklist.fine": ("{path}: no mistakes.", "{path}：没有错误。"),
    "checklist.kept": ("kept", "保留"),
    "checklist.reworded": ("reworded", "改写"),
    "checklist.renamed": ("renamed", "改号"),
    "checklist.split": ("split", "拆分"),
    "checklist.dropped": ("dropped", "删去"),
    "checklist.new": ("new", "新增"),
    "checklist.same": ("The two versions have the same items.", "两个版本的检查项相同。"),
    "checklist.read_files": ("{count} checklists", "{count} 份清单"),
    "checklist.every_day": ("{times}× a day", "每日 {times} 次"),
    "checklist.every_week": ("{times}× a week", "每周 {times} 次"),
    "checklist.every_month": ("{times}× a month", "每月 {times} 次"),
    "checklist.every_quarter": ("{times}× a quarter", "每季度 {times} 次"),
    "checklist.every_half-year": ("{times}× a half-year", "每半年 {times} 次"),
    "checklist.every_year": ("{times}× a year", "每年 {times} 次"),
    "checklist.every_three-years": ("{times}× in three years", "每三年 {times} 次"),
    "checklist.every_as-needed": ("as needed", "视情"),
}
