"""Words of the workbook a unit fills in."""

MESSAGES: dict[str, tuple[str, str]] = {
    "fillin.sheet": ("Ledger", "台账"),
    "fillin.lists": ("Lists", "选项"),
    "fillin.guide": ("How to fill in", "填写说明"),
    "fillin.guide_title": ("{title}: how to fill in", "{title}填写说明"),
    "fillin.step_rows": (
        "One row of the sheet “{sheet}” is one hazard. Keep the headings, merge no cells, leave no row out.",
        "在“{sheet}”工作表逐行填写，一行一条隐患；不改栏名，不合并单元格。",
    ),
    "fillin.step_required": ("Columns marked * have to be filled in.", "栏名带 * 的必须填写。"),
    "fillin.step_ids": (
        "The hidden column A holds the entries' ids: leave it alone. New rows get their ids when they are imported.",
        "A 列已隐藏，存放条目编号，不要改动；新增的行不用编号，导入时自动生成。",
    ),
    "fillin.step_days": (
        "A day is written 2022-09-06. A deadline may also be words, such as “at once” or “within 3 days”.",
        "日期写成 2022-09-06；完成时限没有具体日期的，可写“立即”“3日内”“长期坚持”等。",
    ),
    "fillin.step_late": (
        "A deadline turns red once it has passed and the hazard is not fixed.",
        "已过完成时限而尚未整改的，时限显示为红色。",
    ),
    "fillin.step_nil": (
        "If nothing was found, write “{word}” in the first row.",
        "没有发现隐患的，在第一行写“{word}”。",
    ),
    "fillin.step_import": (
        "Hand the filled-in workbook back; it is taken in with: hazardctl import FILE --unit {unit}",
        "填好后交回本表，由管理人员导入：hazardctl import 文件 --unit {unit}",
    ),
    "fillin.not_listed": ("Choose one from the list.", "请从下拉列表中选择。"),
    "fillin.not_listed_code": (
        "This is not in the list. Its code alone will do; anything else cannot be taken in.",
        "列表里没有这一项。只写代码也可以，写别的导入时认不出来。",
    ),
    "fillin.no_day": (
        "This is no day. Write it as 2022-09-06.",
        "不是日期，请写成 2022-09-06 的样子。",
    ),
    "fillin.nil": ("none", "无"),
    "fillin.yes": ("yes", "必填"),
    "fillin.when": ("when {conditions}", "{conditions}时必填"),
    "fillin.how_choice": ("choose from the list", "从下拉列表选择"),
    "fillin.how_day": ("a day, such as 2022-09-06", "日期，如 2022-09-06"),
    "fillin.how_deadline": ("a day, or words", "日期，或“立即”“3日内”“长期坚持”等"),
    "fillin.how_number": ("a number", "数字"),
    "fillin.how_names": ("names, several separated by commas", "姓名，多人用“、”隔开"),
    "fillin.how_text": ("text", "文字"),
}
