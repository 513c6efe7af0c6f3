"""What stands in the way of a command; `<key>.remedy` says what to do next."""

MESSAGES: dict[str, tuple[str, str]] = {
    "error.usage": ("{sentence}", "{sentence}"),
    "error.cannot_go_on": ("This cannot go on.", "无法继续。"),
    "error.no_campaign": (
        "There is no campaign.yaml in {folder} or above it.",
        "在 {folder} 及其上级文件夹里没有找到 campaign.yaml。",
    ),
    "error.no_campaign.remedy": (
        "Go to the campaign's folder, or name it with --campaign DIR. `hazardctl demo` makes one to try.",
        "请先进入活动文件夹，或用 --campaign 文件夹 指明。想先试用，请运行 hazardctl demo。",
    ),
    "error.broken_file": ("{path} cannot be used as it stands.", "{path} 目前无法使用。"),
    "error.changed": (
        "campaign.yaml, the checklist or units.csv in {folder} has been changed while it was read.",
        "{folder} 的 campaign.yaml、清单或 units.csv 在读取过程中被改动。",
    ),
    "error.changed.remedy": ("Run the command again.", "请重新运行。"),
    "error.no_table": ("{checklist} defines no statistics table.", "{checklist} 没有定义统计表。"),
    "error.broken_table": (
        "Table “{table}” cannot be counted as it is defined:\n{problems}",
        "统计表“{table}”的定义有误，无法汇总：\n{problems}",
    ),
    "error.broken_table.remedy": ("hazardctl checklist validate ID", "hazardctl checklist validate 清单编号"),
    "error.no_checklist": (
        "There is no checklist “{name}”. Known: {known}",
        "没有“{name}”这份排查清单。现有：{known}",
    ),
    "error.no_checklist.guess": ("Did you mean {guess}?", "是不是想写 {guess}？"),
    "error.no_checklist.remedy": ("hazardctl checklist list", "hazardctl checklist list"),
    "error.limit": (
        "{about} was put aside: reading it took more than {seconds} s or {megabytes} MB, or ended the reading program.",
        "{about} 已搁置：读取它用时超过 {seconds} 秒、内存超过 {megabytes} MB，或使读取程序中断。",
    ),
    "error.unpublished": (
        "The working days of {year} are not published yet, and the days of period {period} depend on them.",
        "{year}年的放假安排还没有公布，报告期 {period} 的日期无法按工作日推算。",
    ),
    "error.unpublished.remedy": (
        "Give the year's days in calendar/{year}.csv, or write `unpublished: provisional` under `policies` in campaign.yaml.",
        "请在 calendar/{year}.csv 里写明该年的日子，或在 campaign.yaml 的 policies 里写 unpublished: provisional（按周一至周五暂计）。",
    ),
    "error.task": ("This cannot be done: {code}.", "无法处理：{code}。"),
    "error.no_template": (
        "There is no template “{name}” for {form}. Known: {known}",
        "没有“{name}”的 {form} 模板。现有：{known}",
    ),
    "error.template": ("The template {path} has mistakes.", "模板 {path} 有错误。"),
}
