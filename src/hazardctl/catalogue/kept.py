"""What is found in journals, further findings."""

MESSAGES: dict[str, tuple[str, str]] = {
    "finding.J107": ("{count} reported figures are gone: {names}.", "{count} 个已填报的数不见了：{names}。"),
    "remedy.J107": (
        "hazardctl restore {unit} brings them back. If they were meant to go: hazardctl restore {unit} --accept-loss",
        "恢复：hazardctl restore {unit}。确属有意删除：hazardctl restore {unit} --accept-loss",
    ),
    "explain.J107": (
        "Figures that were reported are gone",
        "已填报的数不见了。留痕里有数值，figures.csv 里没有这一行。报错的数应保留该行、清空数值。",
    ),
    "finding.J108": (
        "The figures are as they were at {at}; changed since then: {names}.",
        "填报数是 {at} 时的旧版本，此后改过：{names}。",
    ),
    "remedy.J108": (
        (
            "Sync again; else hazardctl restore {unit} brings the changes back. If they are to stay as they are: "
            "hazardctl restore {unit} --accept-loss"
        ),
        "先重新同步；仍不行则 hazardctl restore {unit} 找回变动。确要保留现状：hazardctl restore {unit} --accept-loss",
    ),
    "explain.J108": (
        "The figures are an older version",
        "填报数是旧版本。figures.csv 的内容与从前某时相同，而留痕里此后还有变动。",
    ),
    "finding.J109": (
        "is a piece of a line of the journal; the program that wrote it was cut off before it had saved anything",
        "是留痕中不完整的一行，写入它的程序中途断了，当时没有报告为已保存",
    ),
    "remedy.J109": ("hazardctl conflicts --merge", "hazardctl conflicts --merge"),
    "explain.J109": (
        "A piece of a line was kept",
        "另存了一段不完整的留痕。写入中断时留下，没有报告为已保存；conflicts --merge 把它归入 merged。",
    ),
    "finding.M104": (
        "is a new version of {original} that could not be put in its place; what it holds is counted nowhere",
        "是 {original} 没有放到位的新版本，其中内容没有计入",
    ),
    "remedy.M104": ("hazardctl conflicts --merge", "hazardctl conflicts --merge"),
    "explain.M104": (
        "A new version could not be put in its place",
        "新版本没有放到位。写入时文件被别的程序占用；用 conflicts --merge 并入。",
    ),
    "finding.J207": (
        "From line {seq} on the journal has two branches: its writer wrote in two places.",
        "留痕自第 {seq} 条起分成两支：同一记录人在两处写过。",
    ),
    "remedy.J207": (
        "Nothing: both are kept. Let only one of the two folders go on.",
        "不必处理，两支都在。今后只在其中一个文件夹里登记。",
    ),
    "explain.J207": (
        "One writer wrote in two places",
        "同一记录人在两处写过。备份恢复或整盘复制后，两边各自续写；两支都完整保留。",
    ),
}
