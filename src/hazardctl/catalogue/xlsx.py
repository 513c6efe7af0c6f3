"""Words of spreadsheets that are written."""

MESSAGES: dict[str, tuple[str, str]] = {
    "xlsx.page": ("&CPage &P of &N", "&C第 &P 页  共 &N 页"),
    "xlsx.said": ("{name}: {value}", "{name}：{value}"),
    "xlsx.gap": (";  ", "；"),
    "xlsx.cell_too_long": (
        "Sheet “{sheet}”, cell {cell}: the text has {length} characters; a cell of a spreadsheet holds 32,767.",
        "工作表“{sheet}”的 {cell}：文字有 {length} 个字符，电子表格的一个单元格最多容纳 32,767 个。",
    ),
}
