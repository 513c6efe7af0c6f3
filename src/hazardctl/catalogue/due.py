"""Words of `hazardctl due`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "due.about": (
        "List what is overdue and what is due soon, by unit and owner.",
        "按单位和责任人列出逾期和即将到期的隐患。",
    ),
    "due.examples": (
        (
            "hazardctl due                        overdue, and due within a week\n"
            "hazardctl due --within 0             overdue, or due today\n"
            "hazardctl due dachuan -o due.xlsx    one unit and what is below it, as a workbook"
        ),
        (
            "hazardctl due                        已逾期的和一周内到期的\n"
            "hazardctl due --within 0             已逾期的和今天到期的\n"
            "hazardctl due dachuan -o 催办.xlsx     一个单位及其下级，写成表格"
        ),
    ),
    "due.units": ("units; all if left out", "单位；不写则为全部"),
    "due.within": ("how many days ahead", "往后看几天"),
    "due.format": ("form of the result", "输出格式"),
    "due.output": ("write to this file; its suffix says which kind", "写入文件，格式由扩展名决定"),
    "due.title": ("{campaign}: overdue and due soon, {today}", "{campaign}：逾期和即将到期的隐患（{today}）"),
    "due.head_unit": ("unit", "单位"),
    "due.head_owner": ("owner", "责任人"),
    "due.head_id": ("id", "编号"),
    "due.head_day": ("due", "到期"),
    "due.head_days": ("days", "天数"),
    "due.head_description": ("hazard", "隐患情况"),
    "due.late": ("{days} overdue", "逾期{days}天"),
    "due.late_extended": ("{days} overdue, extended", "延期后逾期{days}天"),
    "due.left": ("{days} left", "还有{days}天"),
    "due.today": ("due today", "今天到期"),
    "due.today_extended": ("due today, extended", "延期后今天到期"),
    "due.left_extended": ("{days} left, extended", "延期后还有{days}天"),
    "due.nothing": ("Nothing is overdue or due within {days} day(s).", "没有逾期的，{days}天内也没有到期的。"),
    "due.read": (
        "{ledgers} ledger(s), {entries} row(s); overdue {late}, due soon {soon}",
        "{ledgers}份台账、{entries}条；逾期{late}条，即将到期{soon}条",
    ),
    "due.unread": ("cannot be read: {paths}", "读不出来：{paths}"),
}
