"""Words of `hazardctl coverage`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "coverage.about": ("Show what the tables ask for and where it comes from.", "对照各统计表的指标和来源。"),
    "coverage.examples": (
        "hazardctl coverage                    every indicator of every table\nhazardctl coverage --format json",
        "hazardctl coverage                    全部统计表的全部指标\nhazardctl coverage --format json",
    ),
    "coverage.format": ("form of the result", "输出格式"),
    "coverage.title": ("What the tables ask for: {title}", "指标对照：{title}"),
    "coverage.table": ("Table", "统计表"),
    "coverage.key": ("Key", "键"),
    "coverage.label": ("Indicator", "指标"),
    "coverage.source": ("Comes from", "来源"),
    "coverage.same": ("Same as", "与此相同"),
    "coverage.source_derived": ("ledgers", "台账"),
    "coverage.source_figure": ("figures: {figures}", "填报数：{figures}"),
    "coverage.source_both": ("ledgers and figures: {figures}", "台账和填报数：{figures}"),
    "coverage.other_name": ("{same} (under another name)", "{same}（名称不同）"),
    "coverage.idle_figure": (
        "Units report “{label}” ({name}), and no table or rule uses it.",
        "要求填报“{label}”（{name}），但没有统计表或规则用到。",
    ),
    "coverage.idle_field": (
        "Ledgers have “{label}” ({name}), and no table or form uses it.",
        "台账有“{label}”（{name}）一栏，但没有统计表或表格用到。",
    ),
    "coverage.read": ("{tables} table(s), {indicators} indicator(s)", "{tables}张表，{indicators}项指标"),
}
