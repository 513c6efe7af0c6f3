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
