"""Words of the help pages and of faults on the command line."""

MESSAGES: dict[str, tuple[str, str]] = {
    "manual.start": ("How to start:", "从这里开始："),
    "manual.examples": ("Examples:", "示例："),
    "manual.usage": ("Usage:", "用法："),
    "manual.commands": ("Commands:", "命令："),
    "manual.arguments": ("Arguments:", "参数："),
    "manual.options": ("Options:", "选项："),
    "manual.help": ("show this help", "显示本帮助"),
    "manual.everywhere": (
        "--campaign DIR, --lang zh|en, --today DATE, --color WHEN and -q can be added to every command.",
        "每条命令都可以加 --campaign 文件夹、--lang zh|en、--today 日期、--color 和 -q。",
    ),
    "manual.no_such_option": ("There is no option {name}.", "没有 {name} 这个选项。"),
    "manual.did_you_mean": (" Did you mean {guess}?", "是不是想写 {guess}？"),
    "manual.missing": (
        "{name} is missing; with -h the command is explained.",
        "缺少 {name}；加 -h 可以看到这条命令怎么写。",
    ),
    "manual.not_one_of": ("{name} takes one of: {allowed}.", "{name} 只能是下列之一：{allowed}。"),
    "manual.bad_value": ("{name} cannot take this value: {why}", "{name} 不能取这个值：{why}"),
    "manual.option_needs_value": ("{name} needs a value after it.", "{name} 后面要写一个值。"),
    "manual.no_such_command": (
        "There is no command “{name}”. `hazardctl --help` lists them all.",
        "没有“{name}”这条命令。用 hazardctl --help 查看全部命令。",
    ),
    "manual.too_many": ("There are more words than this command takes: {words}", "多写了内容：{words}"),
    "manual.usage_fault": ("The command line cannot be understood: {why}", "命令写法无法理解：{why}"),
}
