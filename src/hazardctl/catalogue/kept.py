"""What is found in journals, further findings."""

MESSAGES: dict[str, tuple[str, str]] = {
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
