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
