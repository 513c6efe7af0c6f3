"""Words of `hazardctl rollup`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "rollup.about": ("Add units up into a statistics table.", "把各单位汇总成统计表。"),
    "rollup.examples": (
        (
            "hazardctl rollup                                the checklist's first table, the whole campaign\n"
            "hazardctl rollup --period 2022-08 --level 1     one period, down to the first level of the tree\n"
            "hazardctl rollup --unit dachuan -o annex3.html    what is below one unit, as a page to print\n"
            "hazardctl rollup --period 2022-08 --basis frozen    the table as it was published\n"
            "hazardctl rollup --period 2022-08 --from received/    with the partials that counties froze and sent"
        ),
        (
            "hazardctl rollup                                清单的第一张表，整个活动期\n"
            "hazardctl rollup --period 2022-08 --level 1     一个报告期，只显示第一级单位\n"
            "hazardctl rollup --unit dachuan -o 附件3.html    一个单位及其下级，存成可打印的网页\n"
            "hazardctl rollup --period 2022-08 --basis frozen    按当时公布的数重印\n"
            "hazardctl rollup --period 2022-08 --from received/    连同各县封存后报来的分量文件一起汇总"
        ),
    ),
    "rollup.table": ("the table's id; without it, the checklist's first", "统计表编号；不写时用清单的第一张表"),
    "rollup.period": (
        "2022-08-03, 2022-W36, 2022-08, 2022-Q3, 2022, or a period the campaign names; without it, the whole campaign",
        "2022-08-03、2022-W36、2022-08、2022-Q3、2022，或活动自定的报告期；不写时为整个活动期",
    ),
    "rollup.level": ("show units down to this level of the tree", "只显示到单位树的这一级"),
    "rollup.unit": ("only this unit and what is below it", "只汇总这个单位及其下级"),
    "rollup.format": ("form of the result", "输出格式"),
    "rollup.output": ("write to this file; its suffix gives the format", "写入文件，按扩展名决定格式"),
    "rollup.engine": (
        "where the counting is done: on this machine, or on a cluster at an address",
        "在哪里计算：本机，或某个地址上的集群",
    ),
    "rollup.no_such_table": (
        "There is no table “{table}”. Known: {known}.",
        "没有“{table}”这张统计表。现有：{known}。",
    ),
    "rollup.no_such_period": (
        "“{period}” is no period. Write 2022-08-03, 2022-W36, 2022-08, 2022-Q3, 2022, or one of: {known}.",
        "“{period}”不是报告期。可写 2022-08-03、2022-W36、2022-08、2022-Q3、2022，或活动自定的：{known}。",
    ),
    "rollup.outside": (
        "“{period}” lies outside the campaign, which runs from {starts} to {ends}.",
        "“{period}”不在活动期内，活动期为 {starts} 至 {ends}。",
    ),
    "rollup.no_such_unit": (
        "There is no unit “{unit}”. `hazardctl unit list` shows them all.",
        "没有编号为“{unit}”的单位。用 hazardctl unit list 查看全部单位。",
    ),
    "rollup.no_such_level": ("--level counts from 1, not {level}.", "--level 从 1 数起，不能是 {level}。"),
    "rollup.level_needs_units": (
        "Table “{table}” has no units in its rows, so --level means nothing there. --unit chooses what is added up.",
        "统计表“{table}”不按单位列行，--level 对它没有意义。用 --unit 选择汇总范围。",
    ),
    "rollup.no_suffix": (
        "-o {file}: the suffix names no known format. Known: {known}; or add --format.",
        "-o {file}：看不出格式。可用扩展名：{known}；或者加上 --format。",
    ),
    "rollup.no_output": (
        "--format {form} is a file: name it with -o.",
        "--format {form} 只能存成文件：请用 -o 写明文件名。",
    ),
    "rollup.incomplete": (
        "do not fail over units whose ledger is incomplete: they stay blank, and the notes name them",
        "个别单位台账不完整时也照常结束：这些单位留空，并在附注中列出",
    ),
    "rollup.basis": (
        "live: ledgers as they stand; submitted: as units sent them; frozen: as published; restated: with errata",
        "live：台账现状；submitted：各单位报送数；frozen：封存的公布数；restated：封存后更正数",
    ),
    "rollup.compare": ("add each figure's change against this period", "每个数后列出与此报告期相比的增减"),
    "rollup.from": (
        "partials.json of a unit that freezes its own tables, or a folder of such files; may be given several times",
        "下级单位自行封存后报来的 partials.json，或存放这些文件的文件夹，可以写几次",
    ),
    "rollup.trace": ("link each cell of a page to the entries behind it", "网页中每个数都链接到它的条目"),
    "rollup.basis_needs_period": (
        "--basis {basis} needs --period: returns and frozen tables belong to one.",
        "--basis {basis} 要与 --period 一起用：报送和封存都按报告期进行。",
    ),
    "rollup.frozen_whole": (
        "A frozen table is printed as it was published: without --unit, --level and --compare.",
        "封存的表按公布时的原样打印，不能再加 --unit、--level 或 --compare。",
    ),
    "rollup.units": ("units", "单位"),
    "rollup.read": ("{units} unit(s), {rows} row(s)", "{units}个单位、{rows}条"),
}
