"""Words of the console itself."""

MESSAGES: dict[str, tuple[str, str]] = {
    "console.nothing": ("nothing", "无"),
    "console.ended": (
        "Read: {read}. Changed: {changed}. Skipped: {skipped}.",
        "读取：{read}。改动：{changed}。跳过：{skipped}。",
    ),
    "console.unwritten": ("The output cannot be written: {reason}.", "结果写不出去：{reason}。"),
    "console.error": ("Error: {sentence}", "错误：{sentence}"),
    "console.interrupted": ("Stopped. Nothing half-done was left behind.", "已停止，没有留下做了一半的内容。"),
    "console.our_fault": (
        "This is a fault of hazardctl, not of your files, and none of your files was left half-written. "
        "A report without any of your data is in {path}",
        "这是 hazardctl 自身的故障，不是您文件的问题，文件也没有写到一半。故障报告（不含任何业务数据）在：{path}",
    ),
}
