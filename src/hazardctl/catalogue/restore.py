"""Words of `hazardctl restore`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "restore.about": (
        "Bring back a row, a field or a ledger out of the journal, as a change like any other.",
        "从留痕恢复一条、一个字段或整份台账；恢复本身也记入留痕。",
    ),
    "restore.examples": (
        (
            "hazardctl restore caojia --dry-run\n"
            "hazardctl restore caojia H7K3\n"
            "hazardctl restore caojia H7K3 --field owner --at 2022-09-05\n"
            "hazardctl restore caojia H7K3 --accept-loss"
        ),
        (
            "hazardctl restore caojia --dry-run\n"
            "hazardctl restore caojia H7K3\n"
            "hazardctl restore caojia H7K3 --field 责任人 --at 2022-09-05\n"
            "hazardctl restore caojia H7K3 --accept-loss"
        ),
    ),
    "restore.unit": ("the unit, by its id or name", "单位编号或名称"),
    "restore.ids": (
        "ids, of which the first letters are enough; without them, all that is missing",
        "条目编号（写开头几位即可）；不写即全部缺失的条目",
    ),
    "restore.field": ("bring back this field only; may be given several times", "只恢复这个字段，可写多次"),
    "restore.at": (
        "as it was then: 2022-09-05, or 2022-09-05T12:00; entries that came later stay",
        "恢复到当时：2022-09-05，或 2022-09-05T12:00；此后新增的条目保留",
    ),
    "restore.accept": (
        "bring nothing back: the entries were meant to go, and the ledger counts as it stands",
        "不恢复：确属有意删除，台账以现状为准",
    ),
    "restore.accept_alone": (
        "--accept-loss goes with neither --field nor --at.",
        "--accept-loss 不能与 --field、--at 同用。",
    ),
    "restore.field_of": ("Say whose field: give an ID.", "请写明是哪一条的字段：给出条目编号。"),
    "restore.back": ("{entry}: brought back", "{entry}：恢复"),
    "restore.accepted": ("{entry}: gone, as meant", "{entry}：确认删除"),
    "restore.did_accept": ("{count} losses accepted", "确认删除 {count} 条"),
    "restore.aside": ("The ledger that could not be read is kept as {path}.", "读不出来的台账另存为 {path}。"),
    "restore.did": ("{count} entries brought back", "恢复 {count} 条"),
    "restore.would": ("{count} entries would be brought back", "将恢复 {count} 条"),
    "restore.nothing": ("nothing is missing", "没有缺失"),
}
