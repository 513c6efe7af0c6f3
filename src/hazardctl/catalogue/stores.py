"""Words of stores: where a campaign's files lie."""

MESSAGES: dict[str, tuple[str, str]] = {
    "stores.unreachable": ("{url} cannot be read: {reason}", "无法读取 {url}：{reason}"),
    "stores.not_installed": (
        "Reading {url} stands on {module}, which is not installed here.",
        "读取 {url} 要用到 {module}，本机没有安装。",
    ),
    "stores.not_installed.remedy": ("pip install 'hazardctl[remote]'", "pip install 'hazardctl[remote]'"),
}
