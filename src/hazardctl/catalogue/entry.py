"""Words about entries and the changes made to them."""

MESSAGES: dict[str, tuple[str, str]] = {
    "entry.uneditable": (
        "{path} cannot be read for certain, so nothing is written to it.",
        "{path} 读不准，因此没有写入任何内容。",
    ),
    "entry.uneditable.remedy": (
        "Mend the file first: `hazardctl check` names every place.",
        "先把文件改好：hazardctl check 会指出每一处。",
    ),
    "entry.odd_layout": (
        "{path} is laid out in a way that cannot be changed in place. Nothing was written.",
        "{path} 的排版方式无法就地修改，没有写入任何内容。",
    ),
    "entry.odd_layout.remedy": (
        "Write each entry as `- key: value` lines below `entries:`, as `hazardctl scaffold` does.",
        "每个条目按“- 字段: 内容”逐行写在 entries: 下面，参照 hazardctl scaffold 生成的样子。",
    ),
    "entry.unwritable": (
        "The value for “{field}” holds the character {shown}, which no text file can keep.",
        "“{field}”的内容里有字符 {shown}，文本文件存不下。",
    ),
    "entry.no_entry_left": (
        "After this change a row of {path} would read as a blank line, a total or “nothing found”, not as an entry.",
        "这样改以后，{path} 里有一行会被当成空行、合计行或“无隐患”，不再是一个条目。",
    ),
    "entry.unknown_unit": ("There is no unit “{unit}” in units.csv.", "units.csv 里没有“{unit}”这个单位。"),
    "entry.unknown_unit.guess": (
        "Did you mean {guess}? `hazardctl unit list` lists them all.",
        "是不是想写 {guess}？全部单位见 hazardctl unit list。",
    ),
    "entry.unknown_unit.remedy": ("hazardctl unit list", "hazardctl unit list"),
    "entry.unknown_field": ("This campaign has no field “{field}”.", "本次活动的台账没有“{field}”这个字段。"),
    "entry.unknown_field.remedy": ("The fields are: {known}", "可用字段：{known}"),
    "entry.fixed_id": (
        "The id {id} stays with its entry for ever and cannot be changed.",
        "编号 {id} 跟定这一条，不能更改。",
    ),
    "entry.taken_id": (
        "The id {id} is used already in the ledger of {unit}; an id is never used twice.",
        "{unit} 的台账里已有编号 {id}，编号不能重复使用。",
    ),
    "entry.taken_id.remedy": ("Leave the id out: a new one is made.", "不写编号即可，系统会自动生成新的。"),
    "entry.brings_errors": (
        "Nothing was written: with this change {path} would have errors that it has not now.",
        "没有写入：这样改会给 {path} 带来新的错误。",
    ),
    "entry.brings_errors.remedy": (
        "Mend the values, or add --force to write them all the same.",
        "改正上面的内容；确实要照写，请加 --force。",
    ),
}
