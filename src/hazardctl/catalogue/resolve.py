"""Words of `hazardctl resolve`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "resolve.about": (
        "Apply what somebody has chosen in a unit's conflict files.",
        "把冲突文件里选定的内容写进台账。",
    ),
    "resolve.examples": (
        (
            "hazardctl resolve chengguan                  after filling "
            "in the column choose: ours, theirs, base or a value\n"
            "hazardctl resolve chengguan --choose theirs  the other side's value for everything still open"
        ),
        (
            "hazardctl resolve chengguan                  先在 "
            "choose 一列填：ours、theirs、base（或 本方、对方、原值），或者直接写内容\n"
            "hazardctl resolve chengguan --choose theirs  其余各处一律用对方的"
        ),
    ),
    "resolve.two_answers": (
        "{path}: for {id} {label} the file says “{one}” and the workbook “{other}”",
        "{path}：{id} {label}，文件里选的是“{one}”，工作簿里选的是“{other}”",
    ),
    "resolve.two_answers.remedy": ("Leave one of the two blank.", "两处只留一处。"),
    "resolve.sheet": ("To be settled", "待定内容"),
    "resolve.how": (
        "Choose a side in each yellow cell, or write the value itself; save; then: hazardctl resolve UNIT",
        "在黄色格里选一方，或者直接写内容；保存后运行：hazardctl resolve 单位",
    ),
    "resolve.how_choose": ("A side, or the value itself.", "选一方，或直接写内容。"),
    "resolve.side_ours": ("ours", "本方"),
    "resolve.side_theirs": ("theirs", "对方"),
    "resolve.side_base": ("base", "原值"),
    "resolve.column_id": ("ID", "编号"),
    "resolve.column_field": ("field", "字段"),
    "resolve.column_label": ("Item", "项目"),
    "resolve.column_base": ("Before", "原值"),
    "resolve.column_ours": ("Ours", "本方"),
    "resolve.column_theirs": ("Theirs", "对方"),
    "resolve.column_choose": ("Choose", "定夺"),
    "resolve.column_why": ("Why", "原因"),
    "resolve.unit": (
        "the unit, by its id or name; without it, the campaign's own units.csv",
        "单位编号或名称；不写时处理活动的 units.csv",
    ),
    "resolve.choose": ("ours, theirs or base for every cell not filled in", "没有填的各处一律用 ours、theirs 或 base"),
    "resolve.unreadable": ("{path} cannot be read for certain", "{path} 不能完整可靠地读出"),
    "resolve.unclear_choice": (
        "{path}:{line}: choose says “{given}”; was “{meant}” meant?",
        "{path}:{line}：choose 一列写的是“{given}”，是不是“{meant}”？",
    ),
    "resolve.nothing": ("there is no conflict file here", "这里没有冲突文件"),
    "resolve.unknown_cell": (
        "{path}:{line}: there is no cell {id} {field} in {file}",
        "{path}:{line}：{file} 中没有 {id} {field} 这一格",
    ),
    "resolve.open": ("{path}: {count} cell(s) still to be chosen", "{path}：还有 {count} 处没有选"),
    "resolve.done": ("{path}: {count} cell(s) settled", "{path}：已定 {count} 处"),
}
