"""Words of `hazardctl history`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "history.about": (
        "Tell an entry's life in plain words, or show a ledger as it was.",
        "查看一条隐患的全部经过，或某一时刻的台账。",
    ),
    "history.examples": (
        "hazardctl history caojia H7K3\nhazardctl history caojia\nhazardctl history caojia --at 2022-09-05",
        "hazardctl history caojia H7K3\nhazardctl history caojia\nhazardctl history caojia --at 2022-09-05",
    ),
    "history.unit": ("the unit, by its id or name", "单位编号或名称"),
    "history.id": (
        "an entry's id, of which the first letters are enough; without it, all of the unit",
        "条目编号（写开头几位即可）；不写即全单位",
    ),
    "history.at": (
        "show the ledger as it was then: 2022-09-05, or 2022-09-05T12:00",
        "显示当时的台账：2022-09-05，或 2022-09-05T12:00",
    ),
    "history.format": ("for people or for programs", "给人看或给程序用"),
    "history.read": ("{unit}, {lines} changes", "{unit}，{lines} 次变动"),
    "history.then": ("{unit} as of {at}, {entries} entries", "{unit} 截至 {at}，{entries} 条"),
    "history.unknown_time": ("“{time}” is no time.", "“{time}”不是时间。"),
    "history.unknown_time.remedy": (
        "write it as 2022-09-05 or 2022-09-05T12:00",
        "写成 2022-09-05 或 2022-09-05T12:00",
    ),
    "history.unknown_entry": (
        "The journal of {unit} knows no entry “{id}”.",
        "{unit} 的留痕里没有条目“{id}”。",
    ),
    "history.unknown_entry.remedy": ("hazardctl history {unit}", "hazardctl history {unit}"),
    "history.nameless": ("an entry without id", "无编号的条目"),
    "history.layout": ("saw that the file was laid out anew; no entry changed", "发现文件重新排过，条目没有变"),
    "history.new": ("added {name}", "新增 {name}"),
    "history.changed": ("changed {name}", "修改 {name}"),
    "history.gone": ("took away {name}", "去掉 {name}"),
    "history.named": ("gave the id {name}", "编号定为 {name}"),
    "history.seen_new": ("saw that {name} had been added by hand", "发现手工新增了 {name}"),
    "history.seen_changed": ("saw that {name} had been changed by hand", "发现手工修改了 {name}"),
    "history.seen_gone": ("saw that {name} was gone", "发现 {name} 不见了"),
    "history.seen_named": ("saw that an entry had been given the id {name}", "发现有条目的编号改为 {name}"),
    "history.accept": ("accepted that {name} is gone", "确认 {name} 不再保留"),
    "history.kind_add": ("added", "新增"),
    "history.kind_set": ("changed", "修改"),
    "history.kind_restore": ("restored", "恢复"),
    "history.kind_import": ("imported", "导入"),
    "history.kind_merge": ("merged", "合并"),
    "history.void": ("took back a change of {name} that could not be written", "撤回没能写入的变动：{name}"),
}
