"""Words of `hazardctl check`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "check.about": (
        "Find everything that is wrong, in one run, with place and remedy.",
        "一次找出全部问题，写明位置和改法。",
    ),
    "check.examples": (
        (
            "hazardctl check\nhazardctl check cg-sfs\n"
            "hazardctl check units/cg-sfs/ledger.csv\nhazardctl check --fix --dry-run\n"
            "hazardctl check --table bulletin.xlsx"
        ),
        (
            "hazardctl check\nhazardctl check cg-sfs\n"
            "hazardctl check units/cg-sfs/ledger.csv\nhazardctl check --fix --dry-run\n"
            "hazardctl check --table 通报.xlsx"
        ),
    ),
    "check.targets": (
        "units (by id or name), files or folders; all of the campaign if left out",
        "单位编号或名称、文件或文件夹；不写就查整个活动",
    ),
    "check.format": ("how findings are given (text)", "输出形式（默认 text）"),
    "check.fail_on": ("from which severity on the exit code is 1 (error)", "从哪一级起退出码为 1（默认 error）"),
    "check.fix": (
        "first rewrite what is beyond doubt: spaces, full-width digits, spelling of dates, known synonyms",
        "先改写毫无疑义的：空格、全角数字、日期写法、同义词",
    ),
    "check.dry_run": (
        "with --fix: show what would be rewritten, write nothing",
        "与 --fix 同用：只显示会改什么，不写文件",
    ),
    "check.engine": (
        "where the checking is done: on this machine, or on a cluster at an address",
        "在哪里检查：本机，或某个地址上的集群",
    ),
    "check.table": (
        "hold a published table (CSV, workbook, web page, Word) against itself; needs no campaign",
        "核对一张已公布的表（CSV、工作簿、网页、Word）自身的勾稽关系，不需要活动文件夹",
    ),
    "check.table_alone": ("--table goes alone, without units and --fix.", "--table 要单独使用，不带单位和 --fix。"),
    "check.no_numbers": ("{path}: no table with numbers in it.", "{path}：没有带数字的表。"),
    "check.dry_run_alone": ("--dry-run goes with --fix.", "--dry-run 要与 --fix 同用。"),
    "check.no_target": (
        "“{target}” is neither a unit nor a ledger, figures.csv, or a file of this campaign.",
        "“{target}”既不是单位，也不是台账、figures.csv 或本活动的文件。",
    ),
    "check.no_target.guess": (
        "Did you mean {guess}? `hazardctl unit list` lists them all.",
        "是不是想写 {guess}？全部单位见 hazardctl unit list。",
    ),
    "check.no_target.remedy": ("hazardctl unit list", "hazardctl unit list"),
    "check.progress": ("Checking", "正在检查"),
    "check.error": ("error", "错误"),
    "check.warning": ("warning", "警告"),
    "check.note": ("note", "提示"),
    "check.remedy": ("→ {remedy}", "→ {remedy}"),
    "check.same": ("the same on lines {lines} (in all {count} more)", "另有 {count} 行相同：{lines}"),
    "check.clean": ("Nothing is wrong.", "没有发现问题。"),
    "check.counted": (
        "Errors: {error}. Warnings: {warning}. Notes: {note}.",
        "{error} 个错误，{warning} 个警告，{note} 个提示。",
    ),
    "check.column_unit": ("unit", "单位"),
    "check.column_name": ("name", "名称"),
    "check.column_error": ("errors", "错误"),
    "check.column_warning": ("warnings", "警告"),
    "check.column_note": ("notes", "提示"),
    "check.column_entries": ("entries", "条目"),
    "check.clean_units": ("Units without findings: {count}.", "其余 {count} 个单位没有问题。"),
    "check.read": ("units {units}, files {files}, entries {entries}", "{units} 个单位、{files} 个文件、{entries} 条"),
    "check.read_table": ("a published table, {rows} row(s)", "公布的统计表，{rows} 行"),
    "check.no_ledger": (
        "No ledger was there to be checked: none of {count} unit(s) has one yet. `hazardctl scaffold` makes them.",
        "没有可查的台账：{count} 个单位都还没有台账。用 hazardctl scaffold 生成。",
    ),
    "check.missing": ("units without a ledger: {count}", "{count} 个单位没有台账"),
    "check.would_change": (
        "cells that would be rewritten: {cells} (ledgers: {files})",
        "将改写 {files} 份台账的 {cells} 格",
    ),
    "check.changed": ("cells {cells}, ledgers {files}", "{files} 份台账的 {cells} 格"),
    "check.repaired": (
        "{path}:{line}:{column}: {entry} {code}: “{before}” → “{after}”",
        "{path}:{line}:{column}: {entry} {code}：“{before}” → “{after}”",
    ),
}
