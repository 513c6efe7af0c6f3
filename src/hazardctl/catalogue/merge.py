"""Words of `hazardctl merge`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "merge.about": (
        (
            "Merge two versions of a ledger, of figures, units or a "
            "journal that come from one base, row by row and cell by "
            "cell."
        ),
        "把同一底本的两份台账（或填报数、单位表、留痕）按条目、按单元格合并。",
    ),
    "merge.examples": (
        (
            "hazardctl merge base.csv ledger.csv theirs.csv -o ledger.csv   what is in question: ledger.conflicts.csv\n"
            "hazardctl merge base.csv ours.csv theirs.csv > merged.csv"
        ),
        (
            "hazardctl merge 底本.csv ledger.csv 对方.csv -o ledger.csv   待定的内容写入 ledger.conflicts.csv\n"
            "hazardctl merge 底本.csv 本方.csv 对方.csv > 合并.csv"
        ),
    ),
    "merge.base": ("the version both sides began with", "双方共同的底本"),
    "merge.ours": ("our version; the result looks like it", "本方版本；结果沿用它的样式"),
    "merge.theirs": ("the other version", "对方版本"),
    "merge.output": (
        "write the result to this file; without it, print it",
        "结果写入这个文件；不写时打印出来",
    ),
    "merge.unmergeable": (
        "{path} cannot be read for certain, so it is not merged",
        "{path} 不能完整可靠地读出，没有合并",
    ),
    "merge.changed_record": (
        "{path} only grows, and on one side {count} record(s) it had were changed or taken out; it was not merged",
        "{path} 只增不减，而其中一方改动或删去了原有的 {count} 条记录，没有合并",
    ),
    "merge.no_identity": (
        "{path} has no column that tells one row from another (id, or period and key)",
        "{path} 没有可以区分各行的列（编号，或者报告期和指标）",
    ),
    "merge.open_questions": (
        "{path} holds cells of an earlier merge that nobody has settled",
        "{path} 里还有上次合并没有定下来的内容",
    ),
    "merge.open_questions.remedy": (
        "Fill in its column choose, then run: hazardctl resolve",
        "填好其中的 choose 一列，再运行：hazardctl resolve",
    ),
    "merge.read": ("3 versions", "3 个版本"),
    "merge.cells": (
        "{count} cell(s) need a person: {path}",
        "有 {count} 处需要人来定：{path}",
    ),
    "merge.gone": ("deleted on one side, so gone: {ids}", "一方已删除，结果中没有：{ids}"),
    "merge.question": (
        "{id}  {label}: {base} → {ours} | {theirs}  ({why})",
        "{id}  {label}：{base} → {ours} ｜ {theirs}（{why}）",
    ),
    "merge.blank": ("(blank)", "（空）"),
    "merge.why_two_values": ("two values", "两个不同的值"),
    "merge.why_group": ("fields that belong together", "应当一起改的字段"),
    "merge.why_deleted": ("deleted on one side, changed on the other", "一方删除、一方修改"),
    "merge.why_same_id": ("one new id for two entries", "两条新条目用了同一编号"),
    "merge.why_backwards": ("a status going backwards", "状态倒退"),
    "merge.why_later": ("a later due date", "时限推后"),
    "merge.why_verified": ("verification", "验收"),
    "merge.why_column": ("a column only one side has", "只有一方有的列"),
    "merge.why_row": ("a row only one side has", "只有一方有的行"),
    "merge.why_check": ("the result would have errors", "合并后会有错误"),
    "merge.why_no_base": ("no common ancestor", "没有共同底本"),
}
