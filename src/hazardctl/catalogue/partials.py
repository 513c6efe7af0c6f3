"""Words of partials that campaigns send each other."""

MESSAGES: dict[str, tuple[str, str]] = {
    "partials.damaged": (
        "{path} holds no partials, or not those it was sealed with.",
        "{path}不是分量文件，或者内容与封签不符。",
    ),
    "partials.damaged.remedy": (
        "Ask for it again: it is periods/PERIOD/partials.json of the frozen period.",
        "请对方重新报来：它是封存文件夹里的 periods/报告期/partials.json。",
    ),
    "partials.none": ("{path} holds no *.json file.", "{path} 里没有 *.json 文件。"),
    "partials.none.remedy": (
        "What units send is periods/PERIOD/partials.json of the frozen period.",
        "下级报来的是封存文件夹里的 periods/报告期/partials.json。",
    ),
    "partials.later": (
        "{path} was written by a later version ({program}): hazardctl has to be updated to read it.",
        "{path}是较新的版本（{program}）写的，请先更新 hazardctl。",
    ),
    "partials.no_place": (
        "{path} is of {units}, which is no unit of units.csv that it could be counted for.",
        "{path}是{units}的，units.csv 里没有与之对应的一个单位。",
    ),
    "partials.no_place.remedy": (
        "Say which unit sent it: --from UNIT={path}, with an id of units.csv",
        "请写明由哪个单位报来：--from 单位编号={path}，编号以 units.csv 为准",
    ),
    "partials.twice": (
        "{unit} would be counted twice: {first}, and {second}.",
        "{unit}会重复计数：{first}，{second}。",
    ),
    "partials.twice.remedy": ("Leave one of the two out.", "两者只能留一个。"),
    "partials.different": (
        "{path} cannot be added up with this table: its {what} is {theirs}, here it is {ours}.",
        "{path}不能与本表相加：对方的{what}是{theirs}，本表是{ours}。",
    ),
    "partials.what_checklist": ("checklist", "排查清单"),
    "partials.what_bytes": ("checklist file (hash)", "排查清单文件（摘要）"),
    "partials.what_period": ("period", "报告期"),
    "partials.what_table": ("list of tables", "统计表"),
    "partials.what_plan": ("way of counting (hash of the plan)", "计数办法（方案摘要）"),
    "partials.what_as_of": ("day by which deadlines have passed", "逾期计算日"),
    "partials.whole": ("the whole campaign (no --period)", "整个活动期（没有写 --period）"),
    "partials.not_compared": (
        "--from is of one period: it cannot be used with --compare.",
        "--from 只属于一个报告期，不能与 --compare 一起用。",
    ),
    "partials.not_frozen": (
        "A frozen table holds its partials already: --from goes with --basis live or submitted.",
        "封存的表已含下级的数，--from 只能与 --basis live 或 submitted 一起用。",
    ),
}
