"""Words of `hazardctl reopen`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "reopen.about": ("Let one unit send its return although the period is over.", "指名重开：允许一个单位逾期报送。"),
    "reopen.examples": (
        "hazardctl reopen chengguan --period 2022-08 --until 2022-09-10 --reason flooded",
        "hazardctl reopen chengguan --period 2022-08 --until 2022-09-10 --reason 台账被水浸毁，重新登记",
    ),
    "reopen.until": ("the last day on which it is taken", "最后一天"),
    "reopen.reason": ("why", "理由"),
    "reopen.by": ("who decides it; without it, the name of the login", "决定人；不写时用登录名"),
    "reopen.no_reason": ("--reason is blank.", "--reason 没有写理由。"),
    "reopen.past": ("--until {until} lies before {today}.", "--until {until} 早于 {today}。"),
    "reopen.done": ("{unit} may send its return for {period} until {until}", "{unit}可在 {until} 前报送 {period}"),
    "reopen.repeated": ("This has been recorded before; nothing was changed", "此前已记录，未作改动"),
}
