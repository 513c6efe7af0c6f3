"""Words of filling somebody else's workbook: `report --into`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "into.not_xlsx": (
        "{path} cannot be filled in place: only .xlsx workbooks can. Save it as .xlsx first.",
        "{path} 不能直接填写：只支持 .xlsx 工作簿，请先另存为 .xlsx。",
    ),
    "into.no_mapping": (
        "There is no mapping mappings/{name}.yaml in the campaign.",
        "活动文件夹里没有 mappings/{name}.yaml 这份对应关系。",
    ),
    "into.no_table": (
        "Which statistics table goes in? Name one: {known}",
        "要填哪张统计表？请写明：{known}",
    ),
    "into.filled": ("{sheet}: {count} cells filled", "{sheet}：填入 {count} 格"),
    "into.not_filled": ("Not filled ({count}):", "没有填入（{count} 处）："),
    "into.no_sheet": ("there is no sheet “{what}”", "没有“{what}”这张工作表"),
    "into.no_heading": ("no heading “{what}”", "没有“{what}”这个栏名"),
    "into.two_headings": ("“{what}” stands over several columns", "“{what}”栏名不止一列"),
    "into.no_figure_of_ours": ("our table has no column “{what}”", "我方统计表没有“{what}”这一栏"),
    "into.nothing": (
        "no heading and no name in it is one of our table's; a mapping can say what is meant",
        "没有与我方统计表相同的栏名和单位名，可以用对应关系写明",
    ),
    "into.no_column": ("the table has no column “{what}”", "统计表没有“{what}”这一栏"),
    "into.no_unit": ("“{what}” is no unit of the table", "“{what}”不在统计表的单位中"),
    "into.no_row": ("no row for “{what}”", "没有“{what}”的行"),
    "into.twice": ("“{what}” stands there more than once; none is filled", "“{what}”不止一处，都没有填"),
    "into.other_total": (
        "“{what}” adds up other units than ours; name it in a mapping if our total is meant",
        "“{what}”所合计的与本活动的单位不一致；确要填本活动合计的，请在对应关系中写明",
    ),
    "into.locked": ("the sheet is protected and the cell locked", "工作表受保护，这一格不允许填写"),
    "into.rule": ("the workbook does not allow the value there ({what})", "不符合该格的数据有效性（{what}）"),
    "into.replaced": ("Replaced ({count}):", "原有内容被替换（{count} 处）："),
    "into.formula": ("a formula stands there, left as it is", "原有公式，保持不变"),
    "into.merged": ("part of a merged cell", "属于合并单元格，不是左上角那一格"),
    "into.text": ("“{what}” stands there, left as it is", "原有文字“{what}”，保持不变"),
    "into.no_figure": ("nothing was reported", "没有填报数"),
    "into.withheld": (
        "a count of persons too small to pass on, or one it could be worked out from",
        "重点人员人数过少，或者能推算出这样的人数，不外传",
    ),
    "into.no_cell": ("“{what}” is no cell", "“{what}”不是单元格"),
}
