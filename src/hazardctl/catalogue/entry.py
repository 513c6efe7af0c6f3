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
}
