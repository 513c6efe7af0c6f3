"""Why an import takes a liberty, or refuses a cell or a row: `import.why_<code>`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "import.why_merged": ("filled from the merged cell {of}", "按合并单元格 {of} 填入"),
    "import.why_written": ("written the campaign's way", "按本活动的写法"),
    "import.why_heading_unit": (
        "the heading or the head line says that it is in {unit}",
        "栏名或表头写明单位为“{unit}”",
    ),
    "import.why_empty_day": ("a day that spreadsheets show for “empty”", "表格软件里“空”日期的样子"),
    "import.why_track_moved": ("it says how the hazard is fixed, not how far", "说的是整改类型，移到整改类型栏"),
    "import.why_status_from_date": (
        "no status is given, and the day of the fix is filled in",
        "没有写状态，但完成或验收日期已填",
    ),
    "import.why_status_no_date": (
        "the table has no status, and no day of a fix is filled in",
        "表里没有状态栏，完成日期也没有填",
    ),
    "import.why_lines": ("several people, each on a line", "一格里分行写了几个人"),
    "import.why_one_hazard": (
        "the row goes on with the hazard of row {of}, by its merged number; one hazard is one row",
        "这一行与第 {of} 行是同一条隐患（序号合并），请合成一行",
    ),
    "import.why_from_head": ("the head line says it for all rows", "表头写明的，各条相同"),
    "import.why_ticked": ("the column that is ticked", "打勾的那一栏"),
    "import.why_two_statuses": ("fixed, but not accepted: still open", "已整改但未通过验收，仍未销号"),
    "import.why_category_of_item": ("the category of the item", "按检查项所属类别"),
    "import.why_formula": (
        "a formula without a stored result; open the workbook, let it calculate, and save it",
        "公式没有保存计算结果，请打开表格重新计算并保存",
    ),
    "import.why_formula_failed": ("a formula that failed (#REF! or the like)", "公式出错（#REF! 之类）"),
    "import.why_epoch": (
        "the workbook counts its days from 1904; format the cell as a date and import again",
        "这个工作簿从 1904 年起算日期；请把这一格设为日期格式后重新导入",
    ),
    "import.why_long_number": (
        "“{value}” went through a number cell, which keeps 15 digits: the last ones may be lost; type it as text",
        "“{value}”按数字存放，超过 15 位的部分已不可靠，请改成文本重新填写",
    ),
    "import.why_other_unit": ("the row is of “{value}” (unit {meant})", "这一行是“{value}”（{meant}）的"),
    "import.why_statuses_differ": ("the two status columns “{value}” do not agree", "两栏状态“{value}”互相矛盾"),
    "import.why_figure_twice": (
        "the figure stands at {first} already, for the same period",
        "同一报告期的这项指标在 {first} 已经有了",
    ),
    "import.why_id_twice": ("the id “{value}” stands at {first} already", "编号“{value}”在 {first} 已经有了"),
    "import.why_key_unclear": (
        "“{value}”: {rows} rows and {entries} entries say the same; give the rows their ids",
        "“{value}”：表里 {rows} 行、台账 {entries} 条内容相同，对不上，请写明编号",
    ),
    "import.why_backwards": (
        "the ledger says “{was}”; a fixed hazard does not reopen (--force writes it)",
        "台账已是“{was}”，已整改的不再退回（确需改写请加 --force）",
    ),
}
