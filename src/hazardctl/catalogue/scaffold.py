"""Words of `hazardctl scaffold`, and of the files it makes."""

MESSAGES: dict[str, tuple[str, str]] = {
    "scaffold.about": (
        "Make ledgers, figures and registers ready to fill in; run again, it adds what is missing and removes nothing.",
        "生成可直接填写的台账、填报数和登记表；重复运行只补缺，不删改。",
    ),
    "scaffold.examples": (
        "hazardctl scaffold\nhazardctl scaffold caojia --format yaml\nhazardctl scaffold caojia --format xlsx",
        "hazardctl scaffold\nhazardctl scaffold caojia --format yaml\nhazardctl scaffold caojia --format xlsx",
    ),
    "scaffold.units": (
        "units by id or name; all that keep a ledger if none is named",
        "单位编号或名称；不写为全部填报单位",
    ),
    "scaffold.format": (
        "csv or yaml, for a unit that has no ledger yet; xlsx also makes a workbook to fill in",
        "csv 或 yaml，只用于还没有台账的单位；xlsx 另外生成可填写的工作簿",
    ),
    "scaffold.dry_run": ("show what would be made and write nothing", "只显示会生成什么，不写入"),
    "scaffold.made": ("made", "已生成"),
    "scaffold.columns": ("given the columns it lacked: {detail}", "补上缺少的栏：{detail}"),
    "scaffold.ids": ("ids given to entries: {detail}", "补上编号的条目：{detail}"),
    "scaffold.rows": ("given the figures it lacked for {detail}", "补上 {detail} 缺少的填报数"),
    "scaffold.unreadable": (
        "cannot be read for certain and was left as it is; `hazardctl check` says why",
        "读不准，未作改动；原因见 hazardctl check",
    ),
    "scaffold.read": ("units {count}", "单位 {count}"),
    "scaffold.did": ("files {count}", "文件 {count}"),
    "scaffold.would": ("nothing yet; files that would change {count}", "尚未写入；将改动文件 {count}"),
    "scaffold.kept": ("files that lack nothing {count}", "无需补充的文件 {count}"),
    "scaffold.not_convertible": (
        "{path} cannot be written in the other format without loss: “{what}” has no place there.",
        "{path} 换成另一种格式会丢内容：“{what}”无处可放。",
    ),
    "scaffold.yaml_head": (
        (
            "One entry begins with a dash and has one line for each field; the id is given by `hazardctl add`.\n"
            "What some fields may say:"
        ),
        "每个条目以短横开头，一个字段一行；编号由 hazardctl add 生成。\n下列字段的可填内容：",
    ),
    "scaffold.yaml_example": ("An example:", "示例："),
    "scaffold.yaml_fill": ("to be filled in", "待填写"),
}
