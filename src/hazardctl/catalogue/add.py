"""Words of `hazardctl add`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "add.about": (
        "Add a hazard to a unit's ledger; asks for the fields on a terminal, takes FIELD=VALUE everywhere.",
        "在单位台账里新增一条隐患；在终端里逐项询问，也可直接写“字段=内容”。",
    ),
    "add.examples": (
        (
            "hazardctl add caojia\n"
            "hazardctl add caojia category=2.7 description=broken measures=replace department=office owner=Zhang "
            "deadline=2022-09-06\n"
            "hazardctl add caojia - < new.jsonl"
        ),
        (
            "hazardctl add caojia\n"
            "hazardctl add caojia 类别=2.7 隐患描述=门禁损坏 整改措施=更换门锁 责任部门=办公室 责任人=张三 "
            "完成时限=2022-09-06\n"
            "hazardctl add caojia - < new.jsonl"
        ),
    ),
    "add.unit": ("the unit, by its id or name", "单位编号或名称"),
    "add.values": (
        "fields by key, label or usual heading; `-` reads lines of JSON, or CSV, from standard input",
        "字段=内容，字段写键名、栏目名或常用叫法均可；写 - 从标准输入读 JSON 行或 CSV",
    ),
    "add.by": ("who makes the change (else the user of this computer)", "经手人（不写时取本机用户名）"),
    "add.force": ("write it even if it brings new errors", "即使带来新的错误也写入"),
    "add.dry_run": ("show what would change and write nothing", "只显示会怎样改，不写入"),
    "add.nothing_given": (
        "There is nothing to add: give FIELD=VALUE, or - to read from standard input.",
        "没有要新增的内容：请写“字段=内容”，或写 - 从标准输入读取。",
    ),
    "add.no_assignment": ("“{word}” is not of the form FIELD=VALUE.", "“{word}”不是“字段=内容”的写法。"),
    "add.twice": ("The field “{field}” is given twice.", "字段“{field}”写了两次。"),
    "add.may_be_blank": (" (Enter to leave it blank)", "（回车跳过）"),
    "add.needed": ("This field is needed.", "这一项必须填写。"),
    "add.found_today": (
        "{label} is not given: today, {day}, is taken for it.",
        "{label} 未填，按今天 {day} 记。",
    ),
    "add.read_as": ("{label}: “{raw}” is written as {written}", "{label}：“{raw}”记作 {written}"),
    "add.again": (
        "Asked again are the fields named above; the other answers are kept.",
        "上面指出的项目重新填写，其余已填的都保留。",
    ),
    "add.changed": (
        "{path}: entries added {added}, cells changed {cells}",
        "{path}：新增条目 {added}，修改单元格 {cells}",
    ),
    "add.would_change": (
        "nothing yet; would be in {path}: entries added {added}, cells changed {cells}",
        "尚未写入；{path} 将新增条目 {added}，修改单元格 {cells}",
    ),
    "add.input_encoding": (
        "What comes from standard input is neither UTF-8 nor GB18030 text.",
        "标准输入的内容不是 UTF-8 或 GB18030 文本。",
    ),
    "add.input_empty": ("Nothing came from standard input.", "标准输入没有内容。"),
    "add.input_json": ("What comes from standard input is not JSON at line {line}.", "标准输入第 {line} 行不是 JSON。"),
    "add.input_record": (
        "Entry {number} from standard input is not a mapping of field names to texts.",
        "标准输入的第 {number} 条不是“字段名: 文字”的形式。",
    ),
}
