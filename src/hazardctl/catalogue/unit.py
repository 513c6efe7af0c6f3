"""Words of `hazardctl unit`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "unit.about": ("Add, list or close units.", "增加、列出、停用单位。"),
    "unit.examples": (
        (
            "hazardctl unit list\n"
            "hazardctl unit add caojia Caojia --parent dachuan\n"
            "hazardctl unit close caojia --on 2022-09-01"
        ),
        (
            "hazardctl unit list\n"
            "hazardctl unit add caojia 曹家司法所 --parent dachuan\n"
            "hazardctl unit close caojia --on 2022-09-01"
        ),
    ),
    "unit.add.about": ("Add a unit to units.csv.", "在 units.csv 里增加单位。"),
    "unit.close.about": ("Close a unit on a day; its entries stay.", "停用单位；台账保留。"),
    "unit.list.about": ("List the units as a tree.", "按上下级列出单位。"),
    "unit.id": (
        "the unit's id: letters, digits, - and _; it names the unit's folder",
        "单位编号：字母、数字、汉字、- 和 _；也是文件夹名",
    ),
    "unit.name": ("its name (else the id)", "单位名称（不写时同编号）"),
    "unit.nameless": (
        "No name was given: reports and tables call the unit “{unit}”. The name can be written into units.csv.",
        "没有写单位名称，报告和统计表里就叫“{unit}”；名称可以在 units.csv 里补上。",
    ),
    "unit.parent": ("the unit above it", "上级单位编号"),
    "unit.kind": ("its kind, such as “office”", "单位类型，例如司法所"),
    "unit.opened": ("the day from which it reports", "启用日期"),
    "unit.which": ("the unit, by its id or name", "单位编号或名称"),
    "unit.on": ("its last day (else today)", "最后一天（不写为今天）"),
    "unit.format": ("table, csv or json", "表格、csv 或 json"),
    "unit.dry_run": ("show the line and write nothing", "只显示这一行，不写入"),
    "unit.bad_id": ("“{id}” cannot be a unit's id: {why}", "“{id}”不能作单位编号：{why}"),
    "unit.id_blank": ("it is blank{other}.", "是空的{other}。"),
    "unit.id_long": ("it is longer than 64 characters{other}.", "超过 64 个字符{other}。"),
    "unit.id_characters": (
        "it holds characters that cannot stand in a folder's name on every computer{other}.",
        "含有不能用于文件夹名的字符{other}。",
    ),
    "unit.id_reserved": ("Windows keeps this name for itself{other}.", "是 Windows 的保留名{other}。"),
    "unit.id_taken": ("it is in units.csv already{other}.", "units.csv 里已经有了{other}。"),
    "unit.id_alike": ("it looks like {other}.", "与 {other} 极易混淆。"),
    "unit.no_parent": ("There is no unit “{parent}” to stand below.", "没有“{parent}”这个上级单位。"),
    "unit.no_parent.remedy": ("hazardctl unit list", "hazardctl unit list"),
    "unit.already_closed": ("{unit} was closed on {day}.", "{unit} 已于 {day} 停用。"),
    "unit.closed_before_opened": (
        "{unit} opened on {opened}, which is after {day}.",
        "{unit} 于 {opened} 启用，晚于 {day}。",
    ),
    "unit.did": ("units.csv: {unit}", "units.csv：{unit}"),
    "unit.would": ("nothing yet; would change {unit} in units.csv", "尚未写入；将改动 units.csv 里的 {unit}"),
    "unit.read": ("units {count}", "单位 {count}"),
    "unit.head_name": ("Name", "单位名称"),
    "unit.head_id": ("Id", "单位编号"),
    "unit.head_kind": ("Kind", "类型"),
    "unit.head_opened": ("Opened", "启用日期"),
    "unit.head_closed": ("Closed", "停用日期"),
}
