"""Words of `hazardctl init`, and of the files it makes."""

MESSAGES: dict[str, tuple[str, str]] = {
    "init.about": ("Make a new campaign folder from a checklist.", "按排查清单新建活动文件夹。"),
    "init.examples": (
        "hazardctl init 2022-campaign --checklist community-correction --units units.csv\nhazardctl checklist list",
        "hazardctl init 2022年专项活动 --checklist community-correction --units 单位.csv\nhazardctl checklist list",
    ),
    "init.folder": ("the folder to make", "要新建的文件夹"),
    "init.checklist": (
        "the checklist, with or without a version, or a checklist file of your own",
        "排查清单，可带版本；也可写自己的清单文件",
    ),
    "init.units": (
        "a CSV file with the columns id, name, parent and, if wanted, kind, opened, closed",
        "单位名单 CSV，含单位编号、单位名称、上级单位等栏",
    ),
    "init.name": ("the campaign's name (else the checklist's title)", "活动名称（不写时用清单标题）"),
    "init.starts": ("its first day (else the checklist's)", "开始日期（不写时用清单的）"),
    "init.ends": ("its last day (else the checklist's)", "结束日期（不写时用清单的）"),
    "init.locale": ("the language its files are written in", "文件使用的语言"),
    "init.dry_run": ("name the files and make none", "只列出文件，不生成"),
    "init.already": ("{folder} holds a campaign already.", "{folder} 里已经有一个专项活动。"),
    "init.already.remedy": (
        "Choose another folder, or go there and run `hazardctl check`.",
        "请换一个文件夹，或进入该文件夹运行 hazardctl check。",
    ),
    "init.bad_units": ("The list of units {path} cannot be used: {why}", "单位名单 {path} 无法使用：{why}"),
    "init.no_id_column": ("it has no column headed id or “单位编号”.", "没有“单位编号”（id）这一栏。"),
    "init.unsafe_id": (
        "“{id}” cannot name a folder on every computer; letters, digits, - and _ can.",
        "“{id}”不能在所有电脑上作文件夹名；请用字母、数字、汉字、- 和 _。",
    ),
    "init.same_id": (
        "the id “{id}” stands there twice, or twice in look-alike spellings.",
        "单位编号“{id}”重复，或与另一个极易混淆。",
    ),
    "init.backwards": ("The campaign ends before it begins.", "结束日期早于开始日期。"),
    "init.no_day": (
        "{option} needs a day such as 2022-09-06; “{value}” is none.",
        "{option} 后面要写日期，例如 2022-09-06；“{value}”不是日期。",
    ),
    "init.did": ("made {folder}", "已新建 {folder}"),
    "init.would": ("nothing yet; would make {folder}", "尚未写入；将新建 {folder}"),
    "init.next": (
        "Next: cd {folder}, then `hazardctl unit add` for units that are missing, then `hazardctl scaffold`.",
        "下一步：进入 {folder}，用 hazardctl unit add 补充单位，再运行 hazardctl scaffold 生成台账。",
    ),
    "init.next_units": (
        "Next: cd {folder}, then `hazardctl scaffold` makes the units' ledgers.",
        "下一步：进入 {folder}，运行 hazardctl scaffold 生成各单位的台账。",
    ),
    "init.comment_name": ("The campaign's name, as reports print it.", "活动名称，印在报告上。"),
    "init.comment_checklist": (
        "The checklist and its version; it stays the same to the end.",
        "排查清单及版本，活动期间不变。",
    ),
    "init.comment_checklist_sha256": (
        "The checklist's fingerprint: `hazardctl check` says so if it has been changed.",
        "清单文件的指纹；文件被改动时 hazardctl check 会提示。",
    ),
    "init.comment_starts": (
        "First and last day; a date without a year is read as one of these years.",
        "起止日期；不写年份的日期按这些年份理解。",
    ),
    "init.comment_ends": ("The last day.", "结束日期。"),
    "init.comment_locale": ("The language of headings and reports: zh or en.", "栏目名和报告使用的语言：zh 或 en。"),
    "init.comment_more": (
        (
            "More can be set, for example:\n"
            "policies:\n"
            "  category_as: code     # code, numeral or title: how a category is written\n"
            "  ledger_format: csv    # csv or yaml: what `hazardctl scaffold` makes"
        ),
        (
            "还可以设置，例如：\n"
            "policies:\n"
            "  category_as: code     # code、numeral、title：类别写代码、序号还是标题\n"
            "  ledger_format: csv    # csv 或 yaml：hazardctl scaffold 生成的格式"
        ),
    ),
}
