"""Words of `hazardctl status` and of the reminders it writes."""

MESSAGES: dict[str, tuple[str, str]] = {
    "status.about": ("See who has reported for a period and who has not.", "查看各单位某报告期的报送情况。"),
    "status.examples": (
        (
            "hazardctl status                                  the period the bureau is working on\n"
            "hazardctl status --period 2022-08 --level 2       down to the second level of the tree\n"
            "hazardctl status --period 2022-08 --remind late     a text, a mail draft and a date for each unit that is missing"
        ),
        (
            "hazardctl status                                  当前报告期\n"
            "hazardctl status --period 2022-08 --level 2       只显示到第二级单位\n"
            "hazardctl status --period 2022-08 --remind 催报    给每个未报单位生成催报文本、邮件草稿和日历提醒"
        ),
    ),
    "status.period": ("the period; without it, the one that is running", "报告期；不写时为当前报告期"),
    "status.level": ("show units down to this level of the tree", "只显示到单位树的这一级"),
    "status.format": ("form of the result", "输出格式"),
    "status.remind": ("write reminders to this folder", "把催报文本写入这个文件夹"),
    "status.title": ("{period}: due {due}", "{period}：应于 {due} 前报送"),
    "status.late_until": ("late until {day}", "迟报截至 {day}"),
    "status.locks_on": ("locked from {day}", "{day} 起锁定"),
    "status.provisional": ("provisional: holidays not published", "暂定：放假安排未公布"),
    "status.head_name": ("unit", "单位"),
    "status.head_state": ("return", "报送"),
    "status.head_expected": ("expected", "应报"),
    "status.head_received": ("received", "已报"),
    "status.head_on_time": ("on time", "按时"),
    "status.head_late": ("late", "迟报"),
    "status.head_nil": ("nil", "零报告"),
    "status.head_missing": ("missing", "未报"),
    "status.head_accepted": ("accepted", "已认可"),
    "status.head_received_rate": ("received %", "上报率%"),
    "status.head_on_time_rate": ("on time %", "按时率%"),
    "status.total": ("Total", "合计"),
    "status.state_not_required": ("not required", "无需报送"),
    "status.state_missing": ("missing", "未报"),
    "status.state_nil": ("nil", "零报告"),
    "status.state_entries": ("{rows} row(s)", "{rows}条"),
    "status.is_late": ("{state}, late", "{state}（迟报）"),
    "status.chase": ("missing: {units}", "未报单位：{units}"),
    "status.unasked": ("sent although nothing was asked: {units}", "无需报送而报送：{units}"),
    "status.wrote": ("{count} file(s) in {folder}", "“{folder}”里{count}个文件"),
    "status.stale": (
        "{folder} also holds {count} older reminder(s) of units that are not missing now; do not send them: {names}",
        "{folder} 里还有{count}个以前的催报文件，这些单位现在不是未报，请勿发送：{names}",
    ),
    "status.letter_subject": ("{campaign}: return for {called} from {unit}", "{campaign}：请{unit}报送“{called}”报表"),
    "status.letter_coming": (
        "{unit}: the return for {called} is due on {due} and has not come in yet.",
        "{unit}：“{called}”报表应于 {due} 前报送，目前尚未收到。",
    ),
    "status.letter_late": (
        "{unit}: the return for {called} was due on {due}, {days} day(s) ago, and has not come in.",
        "{unit}：“{called}”报表应于 {due} 前报送，已逾期{days}天，仍未收到。",
    ),
    "status.letter_until": ("Late returns are taken until {until}.", "迟报最晚于 {until} 接收。"),
    "status.letter_reopened": ("By exception it is taken until {until}.", "已准予例外，{until} 前仍可报送。"),
    "status.letter_locks": ("The period is locked on {locks}.", "{locks} 起锁定，不再接收。"),
    "status.letter_how": (
        "Send it with: hazardctl submit {id} --period {period}. If nothing was found, add --nil: "
        "a nil return is an answer, none at all counts against the unit.",
        "报送命令：hazardctl submit {id} --period {period}。本期没有隐患的，请加 --nil 零报告；不报按未报计。",
    ),
    "status.signature_good": ("{state}, signed", "{state}，签名有效"),
    "status.signature_bad": ("{state}, signature does not stand", "{state}，签名不成立"),
    "status.signature_unknown": ("{state}, signature not verified", "{state}，签名未核对"),
}
