"""Words of `hazardctl report`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "report.about": ("Write a report from a template.", "按模板写报告。"),
    "report.examples": (
        "hazardctl report weekly                      print the weekly report as Markdown\n"
        "hazardctl report weekly -o reports/week.html\n"
        "hazardctl report unit --unit north -o north.html\n"
        "hazardctl report --list\n"
        "hazardctl report weekly --lint",
        "hazardctl report weekly                      在屏幕上输出周报（Markdown）\n"
        "hazardctl report weekly -o reports/周报.html\n"
        "hazardctl report unit --unit north -o 城北所.html\n"
        "hazardctl report --list\n"
        "hazardctl report weekly --lint",
    ),
    "report.name": ("the report's name; --list shows them", "报告名称；用 --list 查看"),
    "report.output": ("file to write; its suffix chooses md or html", "写入的文件；按后缀决定 md 或 html"),
    "report.unit": ("the unit, for a report about one unit", "单位（单位报告用）"),
    "report.period": ("reporting period, for example 2022-09 or 2022-W36", "报告期，例如 2022-09 或 2022-W36"),
    "report.format": ("md or html, where no -o says it", "没有 -o 时指定 md 或 html"),
    "report.list": ("list reports and where their templates come from", "列出报告及其模板来源"),
    "report.lint": ("look for mistakes in the template without rendering it", "只检查模板，不生成报告"),
    "report.dry_run": ("say what would be written, write nothing", "只说明会写什么，不写文件"),
    "report.unread_status": ("status not readable", "状态无法识别"),
    "report.own": ("this campaign's templates/", "本活动 templates/"),
    "report.shipped": ("shipped", "随附"),
    "report.lint_fine": ("{path}: no mistakes.", "{path}：没有错误。"),
    "report.no_name": ("Which report? Known: {known}", "要写哪份报告？现有：{known}"),
    "report.needs_unit": ("A report about one unit needs --unit.", "单位报告要用 --unit 指明单位。"),
    "report.no_unit": ("There is no unit “{unit}”.", "没有“{unit}”这个单位。"),
    "report.no_suffix": ("{path}: a report is written as .md or .html.", "{path}：报告只能写成 .md 或 .html。"),
    "report.would_write": ("{path} would be written ({bytes} bytes).", "将写入 {path}（{bytes} 字节）。"),
    "report.read": ("{units} units, {entries} entries", "{units} 个单位、{entries} 条"),
    "report.wrote": ("{path} written", "已写入 {path}"),
    "report.column_name": ("Report", "报告"),
    "report.column_forms": ("As", "格式"),
    "report.column_where": ("Template", "模板"),
}
