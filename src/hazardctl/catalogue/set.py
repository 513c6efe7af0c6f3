"""Words of `hazardctl set`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "set.about": (
        "Change fields of one entry, of several, or of all that a filter chooses.",
        "修改一条、几条或筛选出的全部条目。",
    ),
    "set.examples": (
        (
            "hazardctl set caojia H7K3 status=done done_on=2022-09-05 result='new lock'\n"
            "hazardctl set caojia H7K3 H9PX owner=Li\n"
            "hazardctl set caojia --status not_started deadline=2022-09-20 --dry-run"
        ),
        (
            "hazardctl set caojia H7K3 整改状态=已整改 整改完成时间=2022-09-05 整改结果=门锁已换\n"
            "hazardctl set caojia H7K3 H9PX 责任人=李四\n"
            "hazardctl set caojia --status 未整改 完成时限=2022-09-20 --dry-run"
        ),
    ),
    "set.unit": ("the unit, by its id or name", "单位编号或名称"),
    "set.words": (
        "ids, of which the first letters are enough, and the fields to set; filters may stand in place of ids",
        "条目编号（写开头几位即可）和要改的字段=内容；也可用筛选条件代替编号",
    ),
    "set.no_values": ("There is nothing to set: give FIELD=VALUE.", "没有要修改的内容：请写“字段=内容”。"),
    "set.which": (
        "Say which entries are meant: either by ids or by a filter such as --status.",
        "请说明改哪些条目：写编号，或用 --status 等筛选条件，二者取一。",
    ),
    "set.as_asked": ("entries that were so already {count}", "本来就是这样的条目 {count}"),
    "set.blank": ("(blank)", "（空）"),
}
