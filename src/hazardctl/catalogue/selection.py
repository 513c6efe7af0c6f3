"""Words about choosing entries."""

MESSAGES: dict[str, tuple[str, str]] = {
    "selection.unknown_word": ("“{word}” is no {label} of this campaign.", "本次活动的{label}里没有“{word}”。"),
    "selection.unknown_word.remedy": ("There are: {allowed}", "可用的有：{allowed}"),
    "selection.no_such_entry": (
        "{unit} has no entry whose id begins with {id}.",
        "{unit} 没有编号以 {id} 开头的条目。",
    ),
    "selection.no_such_entry.remedy": ("hazardctl list {unit}", "hazardctl list {unit}"),
    "selection.several_entries": (
        "Several entries of {unit} begin with {id}: {ids}",
        "{unit} 有多个条目的编号以 {id} 开头：{ids}",
    ),
    "selection.several_entries.remedy": ("Type one more letter of the id.", "请多输入编号的一两位。"),
}
