"""Words of `hazardctl import`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "import.about": (
        "Bring clerks' workbooks into the ledgers: xlsx, xls, ods, CSV, HTML, Word tables, YAML, JSON.",
        "把各单位的表格导入台账：xlsx、xls、ods、CSV、网页表格、Word 表格、YAML、JSON。",
    ),
    "import.examples": (
        (
            "hazardctl import ledger.xlsx --unit caojia --dry-run\n"
            "hazardctl import ledger.xls --unit caojia --map 整改科室=department\n"
            "hazardctl import inbox/                    each workbook to the unit it names\n"
            "hazardctl import --undo caojia             as it was before the last import"
        ),
        (
            "hazardctl import 台账.xlsx --unit caojia --dry-run\n"
            "hazardctl import 台账.xls --unit caojia --map 整改科室=责任部门\n"
            "hazardctl import 收件/                     按表内填报单位分别导入\n"
            "hazardctl import --undo caojia             撤销最近一次导入"
        ),
    ),
    "import.files": ("workbooks, or folders of workbooks", "表格文件，或放表格的文件夹"),
    "import.unit": (
        "the unit whose ledger is filled; without it each workbook's head line or file name tells",
        "导入到哪个单位的台账；不写则看表头的填报单位或文件名",
    ),
    "import.sheet": ("the sheet to read, by name or number", "读哪一张工作表（名称或第几张）"),
    "import.map": (
        "say which field a heading stands for; `-` leaves the column out",
        "指定某一栏对应的字段；写 - 表示不取这一栏",
    ),
    "import.mapping": (
        "read and keep the headings that were settled in imports/NAME.yaml (by default the unit's)",
        "栏名对应关系存取于 imports/名称.yaml（默认用单位编号）",
    ),
    "import.key_option": (
        "the fields that tell entries apart where there is no id (category,description,location)",
        "没有编号时用哪些字段认出同一条（默认 category,description,location）",
    ),
    "import.period": (
        "the period of a table of figures, where its head line does not say it",
        "填报数表格的报告期（表头没有写明时）",
    ),
    "import.partial": ("write what can be read even if other rows are refused", "有的行不能导入时，其余的行照常导入"),
    "import.undo": ("take back the last import into a unit's ledger", "撤销最近一次导入，恢复该单位台账"),
    "import.format": ("for people (text) or for programs (json)", "给人看（text）或给程序用（json）"),
    "import.no_files": ("No workbook is named, or the folder holds none.", "没有指定表格文件，或者文件夹里没有表格。"),
    "import.one_unit": (
        "--unit goes with one workbook; several are told apart by what they say themselves.",
        "--unit 只用于一份表格；多份表格按各自写明的单位导入。",
    ),
    "import.progress": ("importing", "正在导入"),
    "import.record": ("Kept on record: {path}", "导入记录：{path}"),
    "import.mapping_kept": (
        "The headings are kept for the next time: {path}",
        "栏名对应关系已存下，下次自动使用：{path}",
    ),
    "import.read": ("workbooks {count}", "表格 {count} 份"),
    "import.wrote": ("ledgers {count}", "台账 {count} 份"),
    "import.would": ("ledgers that would change {count}", "将会改动的台账 {count} 份"),
    "import.stopped": ("workbooks not imported {count}", "未导入的表格 {count} 份"),
    "import.undone": ("{path} is as it was before {record}.", "{path} 已恢复到 {record} 之前的样子。"),
    "import.nothing_to_undo": ("No import into the ledger of {unit} is on record.", "{unit} 的台账没有导入记录。"),
    "import.changed_since": (
        "{path} is no longer what the import {record} made of it, so it is left alone.",
        "{path} 在导入（{record}）之后又有改动，没有撤销。",
    ),
    "import.changed_since.remedy": (
        "Change the entries with `hazardctl set`, or restore the copy beside the record by hand.",
        "请用 hazardctl set 逐条修改，或手工取回记录旁边的原件。",
    ),
    # what stands in the way
    "import.damaged": ("{path} is damaged and cannot be unpacked ({part}).", "{path} 已损坏，打不开（{part}）。"),
    "import.damaged.remedy": (
        "Fetch the file again, or save it once more from Excel or WPS.",
        "重新取一份，或在 Excel、WPS 里另存一次。",
    ),
    "import.too_large": (
        "{path} is larger than any ledger: more than {megabytes} MB unpacked, {rows} rows or {columns} columns.",
        "{path} 太大：解开后超过 {megabytes} MB，或超过 {rows} 行、{columns} 列。",
    ),
    "import.too_large.remedy": ("Copy the table alone into a new workbook.", "只把表格部分复制到新文件里。"),
    "import.document_type": (
        "{path} holds XML with a document type ({part}), which no office program writes. It was not opened.",
        "{path} 里有 XML 文档类型声明（{part}），办公软件不会这样写，没有打开。",
    ),
    "import.far_cell": (
        "{path}: the cell {cell} is filled in, beyond {rows} rows and {columns} columns.",
        "{path}：单元格 {cell} 有内容，超出了 {rows} 行 {columns} 列的范围。",
    ),
    "import.far_cell.remedy": (
        "Delete what stands there; it is not part of the table.",
        "删去那里的内容，它不属于表格。",
    ),
    "import.password": ("{path} is protected by a password.", "{path} 设了密码。"),
    "import.password.remedy": ("Save it without a password.", "去掉密码后另存。"),
    "import.unread_kind": ("{path} is {kind}; no table is read from it.", "{path} 是{kind}，不能从中读取表格。"),
    "import.unread_kind.remedy": (
        "Save it as xlsx or CSV from Excel or WPS.",
        "请在 Excel 或 WPS 里另存为 xlsx 或 CSV。",
    ),
    "import.kind_xlsb": ("a binary workbook (xlsb)", "二进制工作簿（xlsb）"),
    "import.kind_doc": ("an old Word or RTF document", "旧版 Word 或 RTF 文档"),
    "import.kind_wps": ("a WPS document", "WPS 文字文档"),
    "import.kind_pdf": ("a PDF", "PDF 文件"),
    "import.kind_image": ("an image", "图片"),
    "import.kind_archive": ("an archive", "压缩包"),
    "import.kind_xml": ("an XML file (XML Spreadsheet 2003 among them)", "XML 文件（包括 XML 表格 2003）"),
    "import.kind_mhtml": ("a web archive (MHTML)", "网页存档（MHTML）"),
    "import.kind_empty": ("empty", "空文件"),
    "import.kind_unknown": ("of no known kind", "无法识别的文件"),
    "import.kind_locked": ("protected by a password", "加密文件"),
    "import.bad_text": ("{path} cannot be read for certain: {why}.", "{path} 读不准：{why}。"),
    "import.text_encoding": ("its characters are in none of the known encodings", "文字编码无法识别"),
    "import.text_nul": ("it holds NUL characters", "里面有空字符"),
    "import.text_unfinished_merge": ("it holds an unfinished merge", "里面有未完成的合并标记"),
    "import.text_csv": ("line {line}: {problem}", "第 {line} 行：{problem}"),
    "import.text_json": ("line {line} is no JSON", "第 {line} 行不是 JSON"),
    "import.text_yaml": ("line {line}: {problem}", "第 {line} 行：{problem}"),
    "import.text_no_entries": ("it holds no list of entries", "里面没有条目列表"),
    "import.text_nested": ("a field holds more than a text", "有的字段不是一段文字"),
    "import.no_table": (
        "{path}: no table with this campaign's headings was found. Looked at: {looked}",
        "{path}：没有找到带本活动栏名的表格。看过：{looked}",
    ),
    "import.no_table.remedy": (
        "See that the heading row is there, or name the sheet with --sheet. Headings: hazardctl checklist show",
        "请确认有表头行，或用 --sheet 指明工作表。栏名见 hazardctl checklist show",
    ),
    "import.no_sheet": ("{path} has no sheet “{sheet}”. It has: {known}", "{path} 没有工作表“{sheet}”，现有：{known}"),
    "import.many_tables": (
        "{path}: several sheets hold a ledger (rows): {found}",
        "{path}：有好几张工作表都是台账（行数）：{found}",
    ),
    "import.many_tables.remedy": (
        "Import them one by one: --sheet '{first}'. Hide or delete those that do not count.",
        "请逐张导入：--sheet '{first}'；不算数的请隐藏或删去。",
    ),
    "import.second_table": (
        "{path}, {sheet}: another table with headings of its own begins at row {row}.",
        "{path} {sheet}：第 {row} 行起是另一张带表头的表。",
    ),
    "import.second_table.remedy": ("Put each table on a sheet of its own.", "请把每张表放到单独的工作表里。"),
    "import.empty_table": (
        "{path}, {sheet}: the table has headings and no rows. That is not a report of “nothing found”.",
        "{path} {sheet}：只有表头，没有内容。空表不等于“无隐患”。",
    ),
    "import.empty_table.remedy": (
        "If nothing was found, write “无” in the first row.",
        "确实没有隐患的，在第一行写“无”。",
    ),
    "import.open_headings": (
        "{path}, {sheet}: it is not clear which column is which. Nothing was written.\n{list}",
        "{path} {sheet}：有的栏对不上，没有写入任何内容。\n{list}",
    ),
    "import.open_headings.remedy": (
        "Say it once with --map HEADING=FIELD; it is kept for the next workbook of this unit.",
        "用 --map 栏名=字段 说明一次，这个单位下次导入自动沿用。",
    ),
    "import.rivals": (
        "“{label}” could be any of: {columns}. Say which: {map}, and leave the other out: {ignore}",
        "“{label}”有几栏都像：{columns}。请指明：{map}，另一栏不取：{ignore}",
    ),
    "import.rivals_parts": (
        "“{label}” is spread over several columns: {columns}. Write it in one column of the workbook",
        "“{label}”分写在几栏里：{columns}。请在表中合成一栏",
    ),
    "import.lacking": (
        "“{label}” has no column. If there is one: --map HEADING={field}",
        "没有“{label}”栏。如果有：--map 栏名={field}",
    ),
    "import.lacking_guess": (
        "“{label}” has no column ({field}). Perhaps: {options}",
        "没有“{label}”栏（{field}）。可能是：{options}",
    ),
    "import.spare": ("Columns not taken so far: {columns}", "还没有对上的栏：{columns}"),
    "import.no_spare": ("All other columns are taken.", "其余各栏都已对上。"),
    "import.other_unit": (
        "{path} says that it comes from “{said}”, which is unit {meant}, not {unit}.",
        "{path} 写的填报单位是“{said}”，是 {meant}，不是 {unit}。",
    ),
    "import.other_unit.remedy": (
        "Import it with --unit {meant}, or add --force.",
        "请用 --unit {meant} 导入；确实要导入到这里，请加 --force。",
    ),
    "import.which_unit": (
        "{path}: neither the head line ({said}) nor the file's name tells the unit.",
        "{path}：表头（{said}）和文件名都看不出是哪个单位。",
    ),
    "import.which_unit.remedy": ("Import it alone with --unit UNIT.", "请单独导入，并写明 --unit 单位。"),
    "import.unit_twice": (
        "{path} is of unit {unit} like {first}, which was imported first.",
        "{path} 和先导入的 {first} 都是 {unit} 的。",
    ),
    "import.unit_twice.remedy": (
        "Import the right one alone with --unit {unit}.",
        "请选定一份，用 --unit {unit} 单独导入。",
    ),
    "import.ids_elsewhere": (
        "{path} holds entries of another unit: {ids} is in the ledger of {unit}.",
        "{path} 里有别的单位的条目：{ids} 在 {unit} 的台账里。",
    ),
    "import.bad_mapping": ("{path} cannot be used: {why}", "{path} 不能用：{why}"),
    "import.mapping_shape": ("below `headings:` belong lines HEADING: FIELD", "headings: 下面应逐行写“栏名: 字段”"),
    "import.mapping_name": ("“{name}” cannot be the name of a file.", "“{name}”不能作文件名。"),
    "import.mapping_head": (
        "Headings of this office's workbooks and the fields they stand for; - leaves a column out.",
        "这个单位表格的栏名与字段的对应关系；写 - 的栏不取。",
    ),
    "import.map_shape": ("“{word}” is not HEADING=FIELD.", "“{word}”不是“栏名=字段”的写法。"),
    # what was found
    "import.head": ("{path} → {unit}", "{path} → {unit}"),
    "import.only_sheet": ("the table", "表格"),
    "import.table": (
        "Sheet {sheet}, headings from {first}, {rows} entries",
        "工作表 {sheet}，表头从 {first} 起，条目 {rows} 条",
    ),
    "import.title": ("Title: {title}", "标题：{title}"),
    "import.fact_unit": ("Reporting unit: {value}", "填报单位：{value}"),
    "import.fact_by": ("Reported by: {value}", "填报人：{value}"),
    "import.fact_on": ("Reported on: {value}", "填报时间：{value}"),
    "import.fact_found_on": ("Inspected on: {value}", "检查时间：{value}"),
    "import.fact_found_by": ("Inspected by: {value}", "检查人：{value}"),
    "import.fact_phone": ("Telephone: {value}", "电话：{value}"),
    "import.fact_measure": ("Amounts are in: {value}", "金额单位：{value}"),
    "import.fact_other": ("Also in the head line: {value}", "表头另有：{value}"),
    "import.mapping_used": ("Headings as settled in {path}", "栏名按 {path}"),
    "import.match": ("{place} “{heading}” → {field} ({how})", "{place}“{heading}” → {field}（{how}）"),
    "import.unit_column": ("unit of the row", "所属单位"),
    "import.how_mapped": ("as you said", "按指定"),
    "import.how_own": ("the campaign's heading", "本活动的栏名"),
    "import.how_common": ("a usual heading", "通用的栏名"),
    "import.how_close": ("taken for a slip of the pen", "按笔误处理"),
    "import.aside": ("row {row} is no entry: {what} “{words}”", "第 {row} 行不是条目：{what}“{words}”"),
    "import.aside_total": ("a total", "合计"),
    "import.aside_note": ("a note", "说明"),
    "import.aside_numbering": ("numbers of the columns", "栏号"),
    "import.aside_headings": ("the headings again", "重复的表头"),
    "import.aside_section": ("a heading across the table", "横贯全表的小标题"),
    "import.aside_stray": ("words beside the table", "表外的文字"),
    "import.aside_example": ("an example", "示例"),
    "import.aside_nil": ("nothing found", "无隐患"),
    "import.note_sheets": ("Sheets not read: {sheets}", "没有读的工作表：{sheets}"),
    "import.note_hidden_rows": (
        "Hidden rows were read too: {rows} ({count})",
        "隐藏的行也已读取：第 {rows} 行（共 {count} 行）",
    ),
    "import.note_untold": (
        "Of so old an xls neither hidden rows nor percentages, leading zeros and months can be told: compare the cells.",
        "这个旧版 xls 看不出隐藏的行列，也看不出百分比、前导零、只到月份的日期，请逐格核对。",
    ),
    "import.note_hidden_columns": ("Hidden columns were read too: {columns}", "隐藏的列也已读取：{columns}"),
    "import.note_running": ("“{heading}” holds running numbers, not ids.", "“{heading}”填的是序号，不作编号。"),
    "import.note_prose": (
        "“{heading}” tells what was done, so it is not read as a status.",
        "“{heading}”写的是整改经过，不作整改状态。",
    ),
    "import.note_statuses": (
        "“{heading}” holds statuses and is read as such.",
        "“{heading}”填的是整改状态，按整改状态读取。",
    ),
    "import.note_left": (
        "{place} “{heading}” is not taken over ({count} cells).",
        "{place}“{heading}”没有取用（{count} 格有内容）。",
    ),
    "import.note_left_many": (
        "{count} columns are not taken over: {headings}",
        "有 {count} 栏没有取用：{headings}",
    ),
    "import.note_left_guess": (
        "{place} “{heading}” is not taken over ({count} cells). If it should be: {map}",
        "{place}“{heading}”没有取用（{count} 格有内容）。需要取用的：{map}",
    ),
    "import.note_headless": ("Columns without a heading are not taken over: {cells}", "没有栏名的列没有取用：{cells}"),
    "import.nil": (
        "The workbook says that nothing was found. To file it: hazardctl submit UNIT --period P --nil",
        "表里写明没有隐患。报送请用：hazardctl submit 单位 --period 报告期 --nil",
    ),
    "import.counts": (
        "Added {added}, changed {changed}, left alone {same}, refused {refused}, in the ledger only {missing}",
        "新增 {added}，修改 {changed}，不变 {same}，不能导入 {refused}，仅台账里有 {missing}",
    ),
    "import.key": ("Rows without an id were matched by: {fields}", "没有编号的行按这些字段对应：{fields}"),
    "import.kept": (
        "Blank in the workbook, filled in the ledger and left so: {count} cells",
        "表里空着、台账里已填的 {count} 格保持不变",
    ),
    "import.blank": ("(blank)", "（空）"),
    "import.row": ("row {row}", "第 {row} 行"),
    "import.changed": ("Changed cells ({count}):", "修改的内容（{count} 处）："),
    "import.missing": (
        "In the ledger and not in the workbook, left alone ({count}):",
        "台账里有、表里没有，保持不变（{count} 条）：",
    ),
    "import.liberties": ("Liberties taken ({count}):", "读取时作的处理（{count} 种）："),
    "import.more_cells": (
        "{cells} … {count} cells in all (each of them in the import record)",
        "{cells} 等共 {count} 格（逐格见导入记录）",
    ),
    "import.warnings": ("To be looked at ({count}):", "请核对（{count} 处）："),
    "import.refused": ("Cannot be imported ({count}):", "不能导入（{count} 处）："),
    "import.refused_remedy": (
        "Nothing was written. Mend the workbook and import it again; --partial imports the other rows.",
        "没有写入任何内容。请改好表格再导入；先导入其余各行请加 --partial。",
    ),
    "import.partly": ("The other rows would be imported (--partial).", "其余各行会照常导入（--partial）。"),
    "import.note_unit_said": (
        "The workbook names “{said}” as its unit, which units.csv does not know; the entries go to {unit}.",
        "表里写的单位“{said}”不在 units.csv 里，条目记入 {unit}。",
    ),
    "import.note_strangers": (
        "“{heading}” names what units.csv does not know ({count}): {names}. Such rows go to this unit: see that they belong.",
        "“{heading}”里有 {count} 个名称不在 units.csv 里：{names}。这些行记入本单位，请核对是否该归这里。",
    ),
    "import.note_unit_column": (
        "“{heading}” only tells whether a row is of another unit; its words are not taken over.",
        "“{heading}”只用来核对是否别的单位，内容不取用。",
    ),
    # figures
    "import.which_value": (
        "{path}, {sheet}: it is not clear which column holds the figures: {columns}",
        "{path} {sheet}：看不出填报数在哪一栏：{columns}",
    ),
    "import.which_value.remedy": (
        "Say it: --map '{first}=value'; leave a column out: --map HEADING=-",
        "请指明：--map '{first}=value'；不取的栏写 --map 栏名=-",
    ),
    "import.which_period": (
        "{path}, {sheet}: nothing tells for certain of which period the figures are ({found}).",
        "{path} {sheet}：看不准是哪个报告期的填报数（{found}）。",
    ),
    "import.which_period.remedy": (
        "Name it: --period 2022-08. The day on which the table was filled in is no period.",
        "请写明：--period 2022-08。填报时间不是报告期。",
    ),
    "import.unread_figures": (
        "{path} cannot be read for certain, so no figure is written into it.",
        "{path} 读不准，没有写入填报数。",
    ),
    "import.unread_figures.remedy": (
        "See what is wrong with it: hazardctl check {path}",
        "请先看问题：hazardctl check {path}",
    ),
    "import.figures": (
        "Sheet {sheet}: a table of figures, {count} of this campaign",
        "工作表 {sheet}：填报数表格，本活动的指标 {count} 项",
    ),
    "import.figures_column": ("{cell} “{heading}” → figures of {period}", "{cell}“{heading}” → {period} 的填报数"),
    "import.figures_period": ("The period {period} is taken from “{said}”.", "报告期 {period} 取自“{said}”。"),
    "import.figures_left": ("Columns not taken over: {columns}", "没有取用的栏：{columns}"),
    "import.figures_total": (
        "{cell}: the total says {said}, the figures above it add up to {total}.",
        "{cell}：合计写的是 {said}，上面各项加起来是 {total}。",
    ),
    "import.figures_strange": (
        "Lines that are no figure of this campaign were not taken over: {names}",
        "不是本活动指标的行没有取用：{names}",
    ),
    "import.figures_open": (
        "Named without a number, so not reported ({count}): {names}",
        "有指标没有数，按未填报处理（{count} 项）：{names}",
    ),
    "import.figures_counts": (
        "Figures added {added}, changed {changed}, left alone {same}, refused {refused}, in figures.csv only {missing}",
        "填报数新增 {added}，修改 {changed}，不变 {same}，不能导入 {refused}，仅 figures.csv 里有 {missing}",
    ),
    "import.figures_missing": (
        "{name} = {value} is in figures.csv and not in the workbook; it stays.",
        "{name} = {value} 只在 figures.csv 里有，表里没有，保持不变。",
    ),
    # why
}
