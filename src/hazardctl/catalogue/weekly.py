"""Words of `hazardctl weekly`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "weekly.about": (
        "Do the week's work in one go: check, reporting status, tables, reports.",
        "一次完成每周例行工作：检查、报送情况、汇总、报告。",
    ),
    "weekly.examples": (
        (
            "hazardctl --campaign /srv/campaign weekly      for cron; running it twice changes nothing\n"
            "hazardctl weekly --period 2022-08              another period than the one that is running"
        ),
        (
            "hazardctl --campaign /srv/campaign weekly      供定时任务使用，重复运行不会重复写入\n"
            "hazardctl weekly --period 2022-08              指定报告期"
        ),
    ),
    "weekly.period": ("the period; without it, the one that is running", "报告期；不写时为当前报告期"),
    "weekly.step_check": ("check", "检查"),
    "weekly.step_status": ("returns", "报送"),
    "weekly.step_tables": ("tables", "汇总"),
    "weekly.step_reports": ("reports", "报告"),
    "weekly.step_freeze": ("freeze", "封存"),
    "weekly.line": ("{step}: {said}", "{step}：{said}"),
    "weekly.checked": (
        "errors {error}, warnings {warning}, notes {note}",
        "错误{error}处，警告{warning}处，提示{note}处",
    ),
    "weekly.reported": (
        "expected {expected}, received {received} ({rate}), missing {missing}; due {due}",
        "应报{expected}，已报{received}（{rate}），未报{missing}；截止 {due}",
    ),
    "weekly.rolled": ("{tables}", "{tables}"),
    "weekly.rolled_against": (
        "{tables}; {count} row(s) contradict a rule:\n  {against}",
        "{tables}；有{count}行不符合勾稽关系：\n  {against}",
    ),
    "weekly.written": ("{files}", "{files}"),
    "weekly.froze": ("{periods}", "{periods}"),
    "weekly.refused": ("{said}", "{said}"),
    "weekly.never_locks": (
        "campaign.yaml asks for it, but {period} has no lock day, so nothing will ever be frozen: set lock_days.",
        "campaign.yaml 要求封存，但 {period} 没有锁定日期，永远不会封存。请设置 lock_days。",
    ),
    "weekly.read": ("{today}, period {period}, {units} unit(s)", "{today}，报告期 {period}，{units}个单位"),
    "weekly.unchanged": ("files that say the same already", "内容相同的文件"),
}
