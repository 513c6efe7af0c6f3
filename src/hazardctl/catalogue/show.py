"""Words of `hazardctl show`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "show.about": (
        "Show one entry in full, what its deadline means, and where it stands.",
        "查看一条隐患的全部内容、期限的含义和所在位置。",
    ),
    "show.examples": ("hazardctl show caojia H7K3", "hazardctl show caojia H7K3"),
    "show.unit": ("the unit, by its id or name", "单位编号或名称"),
    "show.id": ("the entry's id; its first letters are enough", "条目编号，写开头几位即可"),
    "show.format": ("text or json", "text 或 json"),
    "show.unit_label": ("Unit", "单位"),
    "show.due_label": ("Due", "期限含义"),
    "show.place_label": ("Place", "所在位置"),
    "show.no_day": ("the deadline names no day, so it is never overdue", "期限没有确定日期，不会超期"),
    "show.day": ("by {day}", "最迟 {day}"),
    "show.extended_day": ("extended to {day}", "延期至 {day}"),
    "show.overdue": (", overdue by days: {days}", "，已超期 {days} 天"),
    "show.left": (", days left: {days}", "，还有 {days} 天"),
}
