"""Words of the checks on published tables: what is found, what to do about it, what it means."""

MESSAGES: dict[str, tuple[str, str]] = {
    "finding.B101": (
        "{row}, “{column}”: {value} is printed; the rows add up to {comes_to}.",
        "{row}“{column}”印的是{value}，各行相加是{comes_to}。",
    ),
    "finding.B102": ("{row}, “{column}”: {value} is over 100 %.", "{row}“{column}”为{value}，超过100%。"),
    "finding.B103": (
        "{row}, “{column}”: {value} lies outside the rates of its parts, which go from {low} to {high}.",
        "{row}“{column}”为{value}，不在所含各行的范围（{low}至{high}）之内。",
    ),
    "finding.B104": (
        "{row}, “{column}”: {value} is printed; “{top}” of “{over}” is {comes_to} %.",
        "{row}“{column}”印的是{value}，按“{top}”除以“{over}”是{comes_to}%。",
    ),
    "finding.B105": (
        "{row}, “{column}”: {value} is printed; {parts} is {comes_to}.",
        "{row}“{column}”印的是{value}，{parts}是{comes_to}。",
    ),
    "finding.B106": (
        "{row}, “{column}”: no number of the {number} under “{over}” is {value}.",
        "{row}“{column}”为{value}，“{over}”是{number}，凑不出这个比率。",
    ),
    "finding.B107": (
        "{row}, “{column}”: “{value}” cannot be read as a number, so it is not checked.",
        "{row}“{column}”的“{value}”不能读作数，没有核对。",
    ),
    "remedy.B101": ("Add the rows up again; one of them or the total is wrong.", "重新相加，各行或合计有一处不对。"),
    "remedy.B102": (
        "Look at both counts, and at which units each of them is of.",
        "核对分子、分母，以及各自包括哪些单位。",
    ),
    "remedy.B103": (
        "Work the total's rate out of its sums, not as a mean of rates.",
        "总的比率要用合计数相除，不能取各行比率的平均。",
    ),
    "remedy.B104": ("Write {comes_to}, or look at both counts.", "改为{comes_to}，或核对两个数。"),
    "remedy.B105": ("Look at the row's numbers.", "核对这一行各数。"),
    "remedy.B106": ("Look at the count the rate was worked out of.", "核对计算比率所用的数。"),
    "remedy.B107": ("Write it as a plain number.", "改写为单纯的数字。"),
    "explain.B101": (
        "The rows do not add up to the printed total",
        "各行相加不等于印出的合计。小计是它上面（到上一个小计为止）或下面（到下一个小计为止）各行之和。",
    ),
    "explain.B102": ("A rate is over 100 %", "比率超过100%。"),
    "explain.B103": (
        "The rate of a total lies outside the rates of its parts",
        "合计的比率不在所含各行比率的范围之内。总体不可能比最好的一行好，也不可能比最差的一行差。有一行超过100%（B102）的，先改那一行，合计暂不判断。",
    ),
    "explain.B104": (
        "A rate cannot come from the counts beside it",
        "比率与同一行的两个数对不上。哪两栏相除，按多数行的情况判断；按印出的小数位数四舍五入比较。",
    ),
    "explain.B105": (
        "The parts of a row do not add up to its whole",
        "一行中各分项之和不等于总数。哪些栏是分项，按多数行的情况判断。",
    ),
    "explain.B106": (
        "No count gives this rate",
        "比率凑不出来。表中只有分母和比率，没有哪个整数除以分母能得到这个比率。",
    ),
    "explain.B107": ("A number of the table cannot be read", "表中有数读不出来。它不参加任何核对。"),
}
