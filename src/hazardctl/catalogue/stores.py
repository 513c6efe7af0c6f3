"""Words of stores: where a campaign's files lie."""

MESSAGES: dict[str, tuple[str, str]] = {
    "stores.unreachable": ("{url} cannot be read: {reason}", "无法读取 {url}：{reason}"),
    "stores.not_listed": (
        "{url} holds a campaign.yaml, but the server does not list what else is there.",
        "{url} 有 campaign.yaml，但服务器不列出该文件夹里还有哪些文件。",
    ),
    "stores.not_listed.remedy": (
        "Have the server list its folders, or copy the campaign into a folder.",
        "请让服务器开放目录列表，或先把活动文件夹复制到本机。",
    ),
    "stores.not_installed": (
        "Reading {url} stands on {module}, which is not installed here.",
        "读取 {url} 要用到 {module}，本机没有安装。",
    ),
    "stores.not_installed.remedy": ("pip install 'hazardctl[remote]'", "pip install 'hazardctl[remote]'"),
}
