"""Words of `hazardctl list`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "list.about": (
        "List entries, by status, category, owner, deadline or words; works on files with errors too.",
        "按状态、类别、责任人、时限、文字列出条目；文件有错误时也能列出。",
    ),
    "list.examples": (
        (
            "hazardctl list\n"
            "hazardctl list caojia --status in_progress\n"
            "hazardctl list --overdue --format csv\n"
            "hazardctl list --category 2 --text door"
        ),
        (
            "hazardctl list\n"
            "hazardctl list caojia --status 整改中\n"
            "hazardctl list --overdue --format csv\n"
            "hazardctl list --category 二 --text 门禁"
        ),
    ),
    "list.units": ("units, with those below them; all if none is named", "单位（含下级）；不写为全部"),
    "list.status": ("by status: key, label or usual word; may be repeated", "按状态：键名、名称或常用说法；可重复"),
    "list.category": (
        "by category or item: code, numeral or title; may be repeated",
        "按类别或检查项：代码、序号或标题；可重复",
    ),
    "list.owner": ("by owner; part of the name is enough", "按责任人，写名字的一部分即可"),
    "list.department": ("by department; part of the name is enough", "按责任部门，写名称的一部分即可"),
    "list.text": (
        "entries that hold these words anywhere; all of them if repeated",
        "任何一栏含有这些文字的条目；重复时须全部含有",
    ),
    "list.overdue": ("open entries past their day", "已过期限尚未整改完成的条目"),
    "list.within": ("open entries due within so many days", "若干天内到期、尚未整改完成的条目"),
    "list.format": ("table, csv, json or md", "表格、csv、json 或 md"),
    "list.unit": ("Unit", "单位"),
    "list.read": (
        "ledgers {ledgers}, entries {entries}, of which shown {shown}",
        "台账 {ledgers}，条目 {entries}，其中列出 {shown}",
    ),
    "list.unread": ("not readable: {paths}", "无法读取：{paths}"),
}
