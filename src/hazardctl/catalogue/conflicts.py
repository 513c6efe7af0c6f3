"""Words of `hazardctl conflicts`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "conflicts.about": (
        "List the conflict copies that sync products have left, with what differs; merge them and put them aside.",
        "列出同步盘留下的冲突副本及其差异；可合并并归档，不删除任何文件。",
    ),
    "conflicts.examples": (
        "hazardctl conflicts\nhazardctl conflicts --merge    what is in question goes to ledger.conflicts.csv",
        "hazardctl conflicts\nhazardctl conflicts --merge    待定的内容写入 ledger.conflicts.csv",
    ),
    "conflicts.merge": (
        "merge each copy into its original and move it to merged/ beside it",
        "把副本并入原件，再移到旁边的 merged/ 文件夹",
    ),
    "conflicts.copy": ("{path}: a copy of {original} ({product})", "{path}：{original} 的副本（{product}）"),
    "conflicts.by": ("named by {product}", "{product} 的命名"),
    "conflicts.by_ids": ("told by the ids in it", "编号相同"),
    "conflicts.trouble": ("not compared: {reason}", "无法比较：{reason}"),
    "conflicts.book": (
        (
            "workbooks are not merged; rows that only {original} has: {ours}, that only the copy has: {theirs}. "
            "hazardctl import brings the copy's rows into the ledger"
        ),
        "工作簿不自动合并；只在 {original} 里的有 {ours} 行，只在副本里的有 {theirs} 行。可用 hazardctl import 把副本导入台账",
    ),
    "conflicts.same_book": (
        "every row is the same as in {original}: the copy may be put away",
        "各行与 {original} 完全相同，副本可以收起",
    ),
    "conflicts.waiting": (
        "waits until the cells of an earlier merge are settled",
        "等上次合并的待定内容定下来再并入",
    ),
    "conflicts.sum": (
        "rows that can be taken: {taken}; cells that need a person: {cells}; {base}",
        "可直接并入 {taken} 行；需要人来定 {cells} 处；{base}",
    ),
    "conflicts.based": ("compared by the journal", "以留痕为底本"),
    "conflicts.not_based": (
        "no common ancestor known: only equal cells are settled",
        "没有共同底本：只有相同的内容算定",
    ),
    "conflicts.moved": ("put aside: {path}", "已归档：{path}"),
    "conflicts.open": ("{path}: waits to be filled in", "{path}：等待填写"),
    "conflicts.read": ("copies {copies}, units {units}", "副本 {copies} 个，单位 {units} 个"),
    "conflicts.aside": ("copies put aside {count}", "归档副本 {count} 个"),
    "conflicts.frozen": (
        "{original} was published and is never changed; the copy says something else. Look whose it is, then put it away",
        "{original} 已经发布，不再改动；副本的内容与它不同。请查明来源，再把副本收起",
    ),
    "conflicts.no_original": ("{original} itself is not there", "{original} 本身不在"),
}
