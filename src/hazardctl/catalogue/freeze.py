"""Words of `hazardctl freeze`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "freeze.about": ("Keep a period's tables as they are published.", "封存一个报告期的统计表。"),
    "freeze.examples": (
        (
            "hazardctl freeze --period 2022-08                    all tables of the checklist\n"
            "hazardctl freeze --period 2022-08 --table annex3     one of them\n"
            "hazardctl rollup --period 2022-08 --basis frozen     print it again, years later"
        ),
        (
            "hazardctl freeze --period 2022-08                    封存清单的全部统计表\n"
            "hazardctl freeze --period 2022-08 --table annex3     只封存一张\n"
            "hazardctl rollup --period 2022-08 --basis frozen     多年后原样重印"
        ),
    ),
    "freeze.period": ("the period to freeze", "要封存的报告期"),
    "freeze.table": ("freeze this table only; may be given several times", "只封存这张统计表，可以写几次"),
    "freeze.by": ("who freezes it", "封存人"),
    "freeze.basis": (
        "count ledgers as they stand (live) or as units sent them (submitted)",
        "按台账现状（live）或各单位报送数（submitted）",
    ),
    "freeze.allow": ("freeze although something is missing, for this reason", "缺报或有错也封存，并写明理由"),
    "freeze.already": (
        "{period} was frozen on {day}. A period is frozen once; a later change is an erratum.",
        "{period}已于{day}封存。一个报告期只封存一次，以后的改动用更正说明。",
    ),
    "freeze.already.remedy": (
        "hazardctl restate --period {period} --dry-run",
        "hazardctl restate --period {period} --dry-run",
    ),
    "freeze.incomplete": (
        "{period} is not frozen: something keeps its tables from being whole.\n{troubles}",
        "{period}没有封存，统计表还不完整：\n{troubles}",
    ),
    "freeze.incomplete.remedy": (
        "Mend it, or freeze it all the same: --allow-incomplete REASON",
        "先改正；确需封存时写明理由：--allow-incomplete 理由",
    ),
    "freeze.not_frozen": ("{period} has not been frozen. Frozen: {known}.", "{period}没有封存。已封存：{known}。"),
    "freeze.changed": (
        "{path} is no longer the file that was frozen. What was published can be found in a copy of the folder only.",
        "{path}已不是封存时的文件。只能从文件夹的备份中找回公布时的内容。",
    ),
    "freeze.unsafe_name": (
        "“{name}” cannot name a folder on every system, so nothing can be frozen under it.",
        "“{name}”不能在各种系统上作文件夹名，无法以它封存。",
    ),
    "freeze.early": (
        "{period} is not over: it ends on {end}. What happens until then can only be an erratum.",
        "{period}还没有结束（到{end}为止），此后的变化只能作更正。",
    ),
    "freeze.twice": (
        "{count} hazard(s) stand in the ledgers of both {first} and {second} and are counted twice: hazardctl check",
        "有{count}条隐患同时在{first}和{second}的台账里，重复计数：hazardctl check",
    ),
    "freeze.not_begun": (
        "{period} has not begun: it starts on {start}, and there is nothing to freeze yet.",
        "{period}还没有开始（从{start}起），没有可以封存的内容。",
    ),
    "freeze.done": (
        "Frozen: {period}, {tables}. Manifest {digest}",
        "已封存：{period}，{tables}。封存清单摘要 {digest}",
    ),
    "freeze.send": ("What can be sent up without any ledger: {file}", "不带台账即可上报的文件：{file}"),
    "freeze.read": ("{tables} table(s), {files} file(s) of units", "{tables}张表，{files}个单位文件"),
}
