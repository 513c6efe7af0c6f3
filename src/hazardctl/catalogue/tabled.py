"""Words of the rules that hold in the rows of tables: what is found, what to do about it, what it means."""

MESSAGES: dict[str, tuple[str, str]] = {
    "finding.G120": (
        "Table {table}, {row}: “{rule}” does not hold ({sums}).",
        "统计表 {table}，{row}：“{rule}”不成立（{sums}）。",
    ),
    "finding.G121": (
        "Table {table}, {row}: “{rule}” does not hold ({sums}); say why.",
        "统计表 {table}，{row}：“{rule}”不成立（{sums}），请说明原因。",
    ),
    "finding.G122": (
        "Table {table}, {row}: “{missing}” is missing, so “{rule}” cannot be checked.",
        "统计表 {table}，{row}：缺“{missing}”，无法核对“{rule}”。",
    ),
    "finding.G123": (
        "Table {table}, {row}: “{rule}” is {value}; in {earlier} earlier periods it was usually about {usual}.",
        "统计表 {table}，{row}：“{rule}”为{value}，此前{earlier}期通常在{usual}左右。",
    ),
    "finding.L315": ("“{label}” is {value}: it cannot be below zero.", "“{label}”为{value}，不能是负数。"),
    "remedy.L315": ("Take the sign off, or leave the cell blank.", "去掉负号，或留空。"),
    "explain.L315": (
        "A number is below zero",
        "数字是负数。资金、数量、比例都不会是负数。汇总时按原数计入。",
    ),
    "finding.X104": (
        "{other_path} has the same hazard on line {other_line} ({other_entry}); it would be counted twice.",
        "{other_path} 第 {other_line} 行（{other_entry}）是同一处隐患，会重复计数。",
    ),
    "remedy.X104": (
        "If it is one, keep it where it is to be fixed and take it out of the other; if not, say where each is.",
        "确是同一处的，由负责整改的单位保留，另一单位的删去；不是同一处的，在位置里写清楚。",
    ),
    "explain.X104": (
        "A hazard stands in two units' ledgers",
        "两个单位的台账里有同一处隐患。描述和位置相同，又没有写明是不同日期发现的，会重复计数。"
        "位置不同的同类隐患、许多单位都写的套话不算。",
    ),
    "remedy.G120": ("Look at the numbers on both sides. {why}", "核对两边的数。{why}"),
    "remedy.G121": (
        'If it is right: hazardctl submit {unit} --period … --answer "G121:{entry}=REASON". {why}',
        '属实的，报送时说明：hazardctl submit {unit} --period … --answer "G121:{entry}=原因"。{why}',
    ),
    "remedy.G122": ("Report the missing figure.", "补报缺的数。"),
    "remedy.G123": (
        "hazardctl trace {table} {unit} {field} lists what stands behind it; if it is right, leave it.",
        "hazardctl trace {table} {unit} {field} 可列出依据，属实的不用改。",
    ),
    "explain.G120": (
        "A row of a table contradicts a rule",
        "统计表中有一行不符合勾稽关系。关系由清单的 figure_rules 规定，对单位、类别、小计、合计各行都成立；"
        "下级各行已能解释的，不再对小计、合计重复提示。",
    ),
    "explain.G121": (
        "A row of a table has to be explained",
        "统计表中有一行需要说明。同 G120，但允许有例外；单位在报送时对本单位一行作出说明。",
    ),
    "explain.G122": (
        "A number is missing that a row has to be compared with",
        "统计表中缺一个数，无法核对。",
    ),
    "explain.G123": (
        "A row of a table is far from what it was in earlier periods",
        "统计表中有一行与本单位以往相差很大。与此前至少六期已封存的同一张表比较，方法同 G116。",
    ),
    "table.last": ("{label}, period before", "上期{label}"),
    "table.against_error": (
        "{row}: “{rule}” does not hold: {sums}. {why}",
        "{row}：“{rule}”不成立（{sums}）。{why}",
    ),
    "table.against_warning": (
        "{row}: “{rule}” does not hold: {sums}; to be explained. {why}",
        "{row}：“{rule}”不成立（{sums}），需要说明。{why}",
    ),
    "table.against_missing": (
        "{row}: “{missing}” is missing, so “{rule}” cannot be checked.",
        "{row}：缺“{missing}”，无法核对“{rule}”。",
    ),
    "table.against_far": (
        "{row}: “{rule}” is {value}; in {earlier} earlier periods it was usually about {usual}.",
        "{row}：“{rule}”为{value}，此前{earlier}期通常在{usual}左右。",
    ),
    "table.explained": ("The unit says: {reason}", "该单位说明：{reason}"),
}
