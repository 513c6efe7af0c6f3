"""Words of `hazardctl report`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "report.about": (
        "Write a report from a template, or one of the campaign's forms, filled in.",
        "按模板写报告，或填好本活动的附件表格。",
    ),
    "report.examples": (
        "hazardctl report weekly                      print the weekly report as Markdown\n"
        "hazardctl report weekly -o reports/week.html\n"
        "hazardctl report unit --unit north -o north.html\n"
        "hazardctl report annex1 --unit north -o annex1.xlsx\n"
        "hazardctl report annex3 --into theirs.xlsx   our figures in somebody else's workbook\n"
        "hazardctl report --list\n"
        "hazardctl report weekly --lint",
        "hazardctl report weekly                      在屏幕上输出周报（Markdown）\n"
        "hazardctl report weekly -o reports/周报.html\n"
        "hazardctl report unit --unit north -o 城北所.html\n"
        "hazardctl report annex1 --unit north -o 附件1.xlsx\n"
        "hazardctl report annex3 --into 上级表.xlsx      把数字填进上级的表格\n"
        "hazardctl report --list\n"
        "hazardctl report weekly --lint",
    ),
    "report.name": ("the report's name; --list shows them", "报告名称；用 --list 查看"),
    "report.output": (
        "file to write; its suffix chooses the kind: md, html, and for forms xlsx, csv, json, txt",
        "写入的文件，按后缀决定格式：md、html；附件表格还可用 xlsx、csv、json、txt",
    ),
    "report.unit": ("the unit; for a form, it and those below it", "单位；附件表格包括其下级"),
    "report.period": ("reporting period, for example 2022-09 or 2022-W36", "报告期，例如 2022-09 或 2022-W36"),
    "report.format": (
        "md or html; for forms also text, csv, json",
        "没有 -o 时指定 md 或 html；附件表格还可用 text、csv、json",
    ),
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
    "report.no_suffix": ("{path}: this is written as one of {known}.", "{path}：只能写成 {known} 之一。"),
    "report.would_write": ("{path} would be written ({bytes} bytes).", "将写入 {path}（{bytes} 字节）。"),
    "report.read": ("{units} unit(s), {entries} entries", "{units} 个单位、{entries} 条"),
    "report.wrote": ("{path}", "{path}"),
    "report.form": ("checklist", "排查清单"),
    "report.no_report": ("There is no report “{name}”. Known: {known}", "没有“{name}”这份报告。现有：{known}"),
    "report.no_period": (
        "“{form}” shows the ledger as it stands; --period is for statistics tables.",
        "“{form}”反映台账现状；--period 只用于统计表。",
    ),
    "report.day": ("{year}-{month:02}-{day:02}", "{year}年{month}月{day}日"),
    "report.unit_column": ("Unit", "单位"),
    "report.nil": ("None", "无"),
    "report.form_missing": ("No ledger: {names}.", "未报台账的单位：{names}。"),
    "report.form_nil": ("Nothing found: {names}.", "零报告单位：{names}。"),
    "report.form_unreadable": ("The ledger cannot be read: {names}.", "台账无法读取的单位：{names}。"),
    "report.register_group": ("Persons by group", "各类人数"),
    "report.register_total": ("Total", "合计"),
    "report.register_stays": ("This register stays in the unit.", "此台账留存本单位，不得外传。"),
    "report.register_counts": (
        "Persons: counts from 1 to below {below} are printed as <{below}; * is a figure that would give one of them away.",
        "重点人员不足{below}人的只写“<{below}”；写“*”的，是写明后能推算出前者的数。",
    ),
    "report.into": (
        "put the table's figures into this workbook; a copy is written unless -o names the workbook itself",
        "把统计表的数字填进这份工作簿；另存一份，除非 -o 写的就是原文件",
    ),
    "report.mapping": ("with --into: mappings/NAME.yaml of the campaign", "与 --into 同用：活动的 mappings/NAME.yaml"),
    "report.copy": ("-filled", "-已填"),
    "report.column_name": ("Report", "报告"),
    "report.column_forms": ("As", "格式"),
    "report.column_where": ("Template", "模板"),
}
