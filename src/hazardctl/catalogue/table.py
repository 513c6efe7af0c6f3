"""Words of statistics tables."""

MESSAGES: dict[str, tuple[str, str]] = {
    "table.own": ("{name} (own)", "{name}（本级）"),
    "table.rest": ("{name} (no item named)", "{name}（未写检查项）"),
    "table.yes": ("Yes", "是"),
    "table.no": ("No", "否"),
    "table.unplaced": ("Not placed", "未归类"),
    "table.period": ("Period", "报告期"),
    "table.whole": ("whole campaign", "整个活动期"),
    "table.basis": ("Basis", "口径"),
    "table.live": ("ledgers as they stand", "台账现状"),
    "table.submitted": ("returns as they were sent", "各单位报送数"),
    "table.frozen": ("as frozen", "封存数"),
    "table.restated": ("as frozen, errata applied", "封存后更正数"),
    "table.change": ("{label}, change", "{label}增减"),
    "table.compared": ("Change against", "对比期"),
    "table.restated_mark": ("{text} ※", "{text} ※"),
    "table.erratum": (
        "※ {row}, {column}: {before} was published, {after} is right (erratum {number}).",
        "※ {row}“{column}”：原公布{before}，更正为{after}（第{number}号更正）。",
    ),
    "table.erratum_again": (
        "※ {row}, {column}: corrected to {before} before, {after} is right (erratum {number}).",
        "※ {row}“{column}”：此前更正为{before}，再更正为{after}（第{number}号更正）。",
    ),
    "table.behind": ("{row}, {column}: {value}", "{row}·{column}：{value}"),
    "table.part_top": ("numerator", "分子"),
    "table.part_over": ("denominator", "分母"),
    "table.as_of": ("As of", "统计日期"),
    "table.indicator": ("Indicator", "指标名称"),
    "table.unit": ("Unit", "计量单位"),
    "table.code": ("Code", "代码"),
    "table.amount": ("Amount", "数量"),
    "table.marked_missing": ("{name} (no return)", "{name}（未报）"),
    "table.marked_nil": ("{name} (nil)", "{name}（零报告）"),
    "table.marked_not_required": ("{name} (not asked)", "{name}（不需报）"),
    "table.marked_unreadable": ("{name} (cannot be read)", "{name}（无法读取）"),
    "table.states": (
        "Expected {expected}: {entries} with entries, {nil} nil, {missing} missing; not asked: {not_required}.",
        "应报单位{expected}个：有条目{entries}个，零报告{nil}个，未报{missing}个；不需报{not_required}个。",
    ),
    "table.missing": ("No return: {names}. Their cells are left blank.", "未报单位：{names}，表中留空。"),
    "table.fed": (
        "No ledger: {names}; only their figures are counted.",
        "未报台账，只计入填报数：{names}。",
    ),
    "table.partly": (
        "{columns}: reported by {given} of {asked} units asked; not by {names}.",
        "{columns}：应报{asked}个单位中{given}个已填报，未填报的有{names}。",
    ),
    "table.partly_many": (
        "{columns}: reported by {given} of {asked} units asked; not by {count} units.",
        "{columns}：应报{asked}个单位中{given}个已填报，{count}个未填报。",
    ),
    "table.received": (
        "{unit}: the figures of {units} unit(s) are from {file}, frozen on {day}, manifest {hash}.",
        "{unit}：{units}个单位的数取自{file}（{day}封存，封存清单摘要 {hash}）。",
    ),
    "table.received_restated": (
        "{unit}: the figures of {units} unit(s) are from {file}, frozen on {day} and restated, erratum {number} ({hash}).",
        "{unit}：{units}个单位的数取自{file}（{day}封存，经第{number}号更正，摘要 {hash}）。",
    ),
    "table.accepted": (
        "Counted as their superior accepted them, although their files have changed since: {names}.",
        "报送被认可后台账或填报数又有改动、仍按认可的报送数计入的单位：{names}。",
    ),
    "table.doubled": (
        "{first} and {second} both have {count} hazard(s) ({entries}): they are counted twice.",
        "{first}与{second}的台账里都有{count}条隐患（{entries}），重复计数。",
    ),
    "table.twins": (
        "{first} and {second} tell of {count} hazard(s) in the same words ({entries}); if they are one, they are counted "
        "twice.",
        "{first}与{second}有{count}条隐患描述和位置相同（{entries}），如是同一处则重复计数。",
    ),
    "table.twins_said": (
        "{first} and {second} tell of {count} hazard(s) in the same words ({entries}). {second}: {reason}",
        "{first}与{second}有{count}条隐患描述和位置相同（{entries}）。{second}说明：{reason}",
    ),
    "table.twins_further": (
        "The same of {count} further pairs of units: `hazardctl check` lists them.",
        "另有{count}对单位的台账有同样情况，运行 hazardctl check 查看。",
    ),
    "table.ahead": (
        "The period begins on {start}: the table cannot tell anything of it yet.",
        "该报告期{start}才开始，表中的数还不能说明该期情况。",
    ),
    "table.unreadable": (
        "The ledger cannot be read whole: {names}. Their cells are left blank.",
        "台账无法完整读取：{names}，表中留空。",
    ),
    "table.unread_fed": (
        "The ledger cannot be read whole: {names}; only their figures are counted, and all else is left blank.",
        "台账无法完整读取：{names}，只计入填报数，其余各格留空。",
    ),
    "table.strangers": (
        "Not in units.csv, so not counted: {names}.",
        "units.csv 里没有、因此未计入的文件夹：{names}。",
    ),
    "table.uncounted": (
        "{unit}: “{field}” cannot be read in {rows} row(s); they are missing from the columns that depend on it.",
        "{unit}：有{rows}条的“{field}”无法识别，未计入与它有关的各栏。",
    ),
    "table.lacking": (
        "{unit}: the ledger has no column for “{field}”; its {rows} row(s) are not counted where that matters, "
        "and those cells are blank.",
        "{unit}：台账没有“{field}”栏，{rows}条未计入与它有关的各栏，相应各格留空。",
    ),
    "table.closed": (
        "{unit} is not asked for a return, but its ledger has {rows} row(s); they are not counted.",
        "{unit}在报告期内不需报，但台账里有{rows}条，未计入。",
    ),
    "table.figure_unread": (
        "{unit}: “{figure}” is not counted: “{value}” cannot be read as its number ({place}).",
        "{unit}：“{figure}”未计入：填报的“{value}”无法识别（{place}）。",
    ),
    "table.figure_below_zero": (
        "{unit}: “{figure}” is not counted: {value} is below zero ({place}).",
        "{unit}：“{figure}”未计入：填报的 {value} 是负数（{place}）。",
    ),
    "table.figure_undated": (
        "{unit}: “{figure}” is not counted: “{value}” is no reporting period ({place}).",
        "{unit}：“{figure}”未计入：“{value}”不是报告期（{place}）。",
    ),
    "table.figure_twice": (
        "{unit}: “{figure}” is not counted: it has two values for the same days, {value} ({place}).",
        "{unit}：“{figure}”未计入：同一时间报了两个不同的数 {value}（{place}）。",
    ),
    "table.figure_crossing": (
        "{unit}: “{figure}” is not counted: its periods overlap, {value} ({place}).",
        "{unit}：“{figure}”未计入：报告期 {value} 有重叠（{place}）。",
    ),
    "table.broken": (
        "{unit}: {rule} does not hold: {sums} ({place}). The figures are counted as they were reported.",
        "{unit}：“{rule}”不成立：{sums}（{place}），仍按填报数计入。",
    ),
    "table.astride": (
        "“{figure}” for {periods}, which lies only partly in this period, is not counted here: {names}.",
        "“{figure}”按 {periods} 填报的数只有一部分在本期内，未计入本表：{names}。",
    ),
    "table.astride_many": (
        "“{figure}” for {periods}, which lies only partly in this period, is not counted here: {count} units.",
        "“{figure}”按 {periods} 填报的数只有一部分在本期内，未计入本表：{count}个单位。",
    ),
    "table.half": (
        "{unit} reports only part of {figures}; it is left out of their rate.",
        "{unit}没有同时填报{figures}，未计入相应比率。",
    ),
    "table.flawed": (
        "{unit}: {errors} error(s) in its files; `hazardctl check` lists them.",
        "{unit}：文件有{errors}处错误，运行 hazardctl check 查看。",
    ),
    "table.problem_condition": (
        "there is no condition “{value}”; known: {allowed}",
        "没有“{value}”这个条件；可用：{allowed}",
    ),
    "table.problem_condition_value": (
        "“{name}” cannot be “{value}”; known: {allowed}",
        "“{name}”不能取“{value}”；可用：{allowed}",
    ),
    "table.problem_key_twice": ("two columns have the key “{value}”", "两栏的 key 都是“{value}”"),
    "table.problem_column_kind": (
        "a column is exactly one of {allowed}; this one is: {value}",
        "一栏只能是 {allowed} 之一，这一栏写了：{value}",
    ),
    "table.problem_value": ("value is one of {allowed}, not “{value}”", "value 只能是 {allowed} 之一，不能是“{value}”"),
    "table.problem_where_without_sum": (
        "where belongs to a sum; a count has its conditions in count",
        "where 只用于 sum；计数的条件写在 count 里",
    ),
    "table.problem_percent_without_ratio": ("percent belongs to a ratio", "percent 只用于 ratio"),
    "table.problem_decimals": ("{value} decimals; {allowed} are possible", "小数位数 {value} 不行，只能是 {allowed}"),
    "table.problem_figure_without_units": (
        "{value} is reported by units, so it can only stand in a table whose rows are units",
        "{value} 由单位填报，只能用在按单位列行的表里",
    ),
    "table.problem_ratio_of_two": (
        "a ratio has a numerator and a denominator, not: {value}",
        "ratio 要写分子和分母两项，现在是：{value}",
    ),
    "table.problem_circle": ("“{value}” is made of itself", "“{value}”由自身算出，成了循环"),
    "table.problem_not_a_sum": ("“{value}” is no number that can be added up", "“{value}”不是可以相加的数"),
    "table.problem_sum": ("“{value}” is no number field; known: {allowed}", "“{value}”不是数字字段；可用：{allowed}"),
    "table.problem_unknown_figure": (
        "there is no figure or column “{value}”; known: {allowed}",
        "没有“{value}”这个填报数或栏；可用：{allowed}",
    ),
    "table.problem_sum_of_overdue": ("a sum cannot be limited to overdue entries", "sum 不能限定为逾期条目"),
    "table.problem_rows": ("rows are one of {allowed}, not “{value}”", "rows 只能是 {allowed} 之一，不能是“{value}”"),
}
