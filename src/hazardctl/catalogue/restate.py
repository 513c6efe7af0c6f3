"""Words of `hazardctl restate`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "restate.about": ("Show and keep what has changed behind a frozen period.", "列出并记录封存之后的变化（更正）。"),
    "restate.examples": (
        (
            "hazardctl restate --period 2022-08 --dry-run                      only show it\n"
            "hazardctl restate --period 2022-08 --reason typo --approver Li    keep it as an erratum\n"
            "hazardctl restate --period 2022-08 --from 001.partials.json --dry-run   what a county has restated\n"
            "hazardctl rollup --period 2022-08 --basis restated                the table with its errata"
        ),
        (
            "hazardctl restate --period 2022-08 --dry-run                      只看不记\n"
            "hazardctl restate --period 2022-08 --reason 漏报 --approver 李娜    记为更正\n"
            "hazardctl restate --period 2022-08 --from 001.partials.json --dry-run   下级更正以后\n"
            "hazardctl rollup --period 2022-08 --basis restated                打印更正后的表"
        ),
    ),
    "restate.period": ("the frozen period", "已封存的报告期"),
    "restate.reason": ("why it is corrected", "更正原因"),
    "restate.approver": ("who approved it", "批准人"),
    "restate.dry_run": ("only show the differences", "只显示差别，不记录"),
    "restate.from": (
        "partials that a unit has restated, in place of those the table was frozen with",
        "下级更正后重新报来的分量文件，代替封存时所用的",
    ),
    "restate.stands": (
        "Their figures came as files and stand as they came; what they restate is taken in with --from: {units}",
        "以下单位的数来自报来的文件，仍按封存时计；有更正的，用 --from 指明新文件：{units}",
    ),
    "restate.format": ("form of the result", "输出格式"),
    "restate.no_reason": (
        "Something has changed, and an erratum says why and who approved it.",
        "封存之后有变化，更正须写明原因和批准人。",
    ),
    "restate.no_reason.remedy": (
        "--reason WHY --approver NAME; or look first: --dry-run",
        "加 --reason 原因 --approver 批准人；先看一看用 --dry-run",
    ),
    "restate.unread": (
        "{units} cannot be counted now, so nobody knows what has changed behind {period}. Nothing was kept.",
        "{units}目前无法统计，看不出{period}有哪些变化，没有记录更正。",
    ),
    "restate.unread.remedy": (
        "hazardctl check says what is wrong; afterwards restate again.",
        "先用 hazardctl check 找出问题并改正，再作更正。",
    ),
    "restate.title": ("What has changed behind {period}", "{period}封存之后的变化"),
    "restate.same": ("Nothing has changed behind {period}.", "{period}封存之后没有变化。"),
    "restate.kept": ("Erratum {number}: {cells} cell(s), {path}", "第{number}号更正：{cells}处，{path}"),
    "restate.table": ("Table", "统计表"),
    "restate.row": ("Row", "行"),
    "restate.column": ("Column", "栏"),
    "restate.before": ("Published", "原公布"),
    "restate.after": ("Now", "更正为"),
    "restate.lines": ("Entries", "有关条目"),
    "restate.came": ("+{id} ({place})", "+{id}（{place}）"),
    "restate.went": ("-{id} ({place})", "-{id}（{place}）"),
    "restate.changed": ("{id} ({place})", "{id}（{place}）"),
    "restate.nameless": ("without id: {said}", "无编号：{said}"),
    "restate.undated": (
        "{count} entr(y/ies) counted as fixed when the period was frozen are not fixed now, and the day of their fix was "
        "not kept: whether the fix was withdrawn or never there cannot be told, and they stay as published. {entries}",
        "{count}条封存时按已整改计、现在不是已整改，当时没有留下办结日期，看不出是事后退回还是当时就没有整改，仍按原公布数计：{entries}",
    ),
    "restate.uncountable": (
        "Cannot be counted now, so their cells come out blank: {units}.",
        "目前无法统计、因而留空的单位：{units}。",
    ),
}
