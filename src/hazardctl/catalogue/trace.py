"""Words of `hazardctl trace`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "trace.about": ("Show which entries and figures stand behind a cell.", "查出一个数是由哪些条目和填报数得来的。"),
    "trace.examples": (
        (
            "hazardctl trace annex3 baihe done                        what was counted for one unit\n"
            "hazardctl trace annex3 total location_rate               a rate: numerator and denominator\n"
            "hazardctl trace annex3 total done --period 2022-08 --basis frozen\n"
            "hazardctl trace annex3 total done --period 2022-08 --from baihe.json"
        ),
        (
            "hazardctl trace annex3 baihe done                        一个单位的一个数\n"
            "hazardctl trace annex3 total location_rate               比率：分子和分母\n"
            "hazardctl trace annex3 合计 已整改 --period 2022-08 --basis frozen\n"
            "hazardctl trace annex3 合计 已整改 --period 2022-08 --from baihe.json"
        ),
    ),
    "trace.table_id": ("the table's id", "统计表编号"),
    "trace.row": (
        "unit id, name or code of the row; total for the last line",
        "行：单位编号、名称或代码；合计行写 total",
    ),
    "trace.column": ("key or heading of the column", "列：列的键或栏目名"),
    "trace.period": ("the period, as for rollup", "报告期，写法同 rollup"),
    "trace.basis": ("live, submitted, frozen or restated", "live、submitted、frozen 或 restated"),
    "trace.format": ("form of the result", "输出格式"),
    "trace.no_such_row": (
        "Table “{table}” has no row “{row}”. Rows: {known}.",
        "统计表“{table}”没有“{row}”这一行。现有：{known}。",
    ),
    "trace.no_such_column": (
        "Table “{table}” has no figures in a column “{column}”, or in several. Columns: {known}.",
        "统计表“{table}”没有“{column}”这一栏，或有几栏同名。现有：{known}。",
    ),
    "trace.table": ("Table", "统计表"),
    "trace.part": ("Part", "部分"),
    "trace.unit": ("Unit", "单位"),
    "trace.what": ("What", "来源"),
    "trace.entry": ("entry", "条目"),
    "trace.figure": ("figure", "填报数"),
    "trace.received": ("partials", "下级汇总数"),
    "trace.chain": (
        "{unit}: {adds} from {file}, frozen on {day}. Here the chain ends, in its manifest, SHA-256 {hash} "
        "(seal of the file: {seal}). {unit} goes on with: {command}",
        "{unit}：{adds}取自{file}（{day}封存）。到此为止，可查到的是它的封存清单摘要 SHA-256 {hash}（文件封签 {seal}）。"
        "再往下由{unit}运行：{command}",
    ),
    "trace.chain_restated": (
        "{unit}: {adds} from {file}, frozen on {day} and restated. Here the chain ends, in its erratum {number}, "
        "SHA-256 {hash} (seal of the file: {seal}). {unit} goes on with: {command}",
        "{unit}：{adds}取自{file}（{day}封存，后经更正）。到此为止，可查到的是它的第{number}号更正，SHA-256 {hash}"
        "（文件封签 {seal}）。再往下由{unit}运行：{command}",
    ),
    "trace.onward": (
        "hazardctl trace {table} {row} {column} --period {period} --basis {basis}",
        "hazardctl trace {table} {row} {column} --period {period} --basis {basis}",
    ),
    "trace.id": ("Id", "编号"),
    "trace.file": ("File", "文件"),
    "trace.line": ("Line", "行"),
    "trace.adds": ("Adds", "计入"),
    "trace.sum": ("Sum", "合计"),
    "trace.read": ("{units} unit(s), {rows} line(s) behind the cell", "{units}个单位，{rows}行计入"),
}
