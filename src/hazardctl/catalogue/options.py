"""Words of the options every command takes."""

MESSAGES: dict[str, tuple[str, str]] = {
    "options.campaign": (
        "the campaign's folder, or its URL (s3://…); without it, the nearest folder upwards that holds campaign.yaml",
        "活动文件夹，或其网址（s3://…）；不写时从当前文件夹向上找到含 campaign.yaml 的文件夹",
    ),
    "options.lang": (
        "language of messages (else HAZARDCTL_LANG, else the system's)",
        "提示语言（不写时看 HAZARDCTL_LANG，再看系统语言）",
    ),
    "options.today": ("take this day as today, for example 2022-09-06", "把这一天当作今天，例如 2022-09-06"),
    "options.color": (
        "colours: auto, always or never (NO_COLOR is respected)",
        "颜色：auto、always 或 never（遵从 NO_COLOR）",
    ),
    "options.quiet": ("print the result and errors only", "只输出结果和错误"),
    "options.version": ("print the version", "显示版本号"),
    "options.no_date": (
        "--today needs a day such as 2022-09-06; “{value}” is none.",
        "--today 后面要写日期，例如 2022-09-06；“{value}”不是日期。",
    ),
    "options.one_of": (
        "{option} takes one of {allowed}, not “{value}”.",
        "{option} 只能是 {allowed} 之一，不能是“{value}”。",
    ),
}
