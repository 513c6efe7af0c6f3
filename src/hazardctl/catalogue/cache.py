"""Words of `hazardctl cache`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "cache.about": (
        "The cache: what earlier runs found in files that have not changed since.",
        "缓存：以往运行中，未改动文件的检查和汇总结果。",
    ),
    "cache.examples": ("hazardctl cache info\nhazardctl cache clear", "hazardctl cache info\nhazardctl cache clear"),
    "cache.info.about": ("Tell where the cache is and how large.", "显示缓存的位置和大小。"),
    "cache.clear.about": (
        "Delete the cache; the next run reads every file again.",
        "删除缓存；下次运行会重新读取全部文件。",
    ),
    "cache.is": ("{folder}: {campaigns} campaign(s), {size} kB", "{folder}：{campaigns}个活动，{size} kB"),
    "cache.cleared": ("Deleted: the caches of {campaigns} campaign(s).", "已删除{campaigns}个活动的缓存。"),
}
