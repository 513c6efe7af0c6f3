"""What stands in the way of reading and writing files."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "store.locked": (
        "{path}: {user} on {host} is writing it (process {pid}, since {since})",
        "{path}：{user} 正在 {host} 上写入（进程 {pid}，自 {since} 起）",
    ),
    "store.locked.remedy": (
        "run it again shortly; if that program is no longer running, add --break-lock",
        "稍后再执行一次；如该程序已不在运行，加上 --break-lock",
    ),
    "store.lock_lost": (
        "{path}: somebody took over our lock; nothing was written",
        "{path}：锁已被他人接管，未写入任何内容",
    ),
    "store.lock_lost.remedy": ("run the command again", "重新执行本命令"),
    "store.read_only_campaign": (
        "The campaign at {place} can only be read from here; nothing was written",
        "{place} 上的活动在这里只能读取，未写入任何内容",
    ),
    "store.read_only_campaign.remedy": (
        "change a copy in a folder, and put that in its place",
        "请在文件夹里的副本上修改，再上传替换",
    ),
    "store.changed_by_others": (
        "{path}: changed since it was read; nothing was written",
        "{path}：读取之后已被他人改动，未写入任何内容",
    ),
    "store.changed_by_others.remedy": (
        "run the command again: it starts from the file as it is now",
        "重新执行本命令，将以文件的现有内容为准",
    ),
    "store.in_use": (
        "{path}: another program keeps it open; the file is as it was, the new version is in {pending}",
        "{path}：被其他程序占用；原文件未动，新内容在 {pending}",
    ),
    "store.in_use.remedy": (
        "close it in Excel or WPS and run the command again, then delete {pending}",
        "在 Excel 或 WPS 中关闭该文件后重新执行本命令，然后删除 {pending}",
    ),
    "store.not_confirmed": (
        "{path}: written, but the disk did not confirm it ({cause}); a power cut could still undo it",
        "{path}：已写入，但磁盘未确认（{cause}）；此时断电仍可能丢失",
    ),
    "store.not_confirmed.remedy": (
        "check the disk or the share, then run the command again",
        "检查磁盘或共享目录后重新执行本命令",
    ),
    "store.keeps_changing": (
        "{path}: it changed each time it was read",
        "{path}：每次读取时内容都在变化",
    ),
    "store.keeps_changing.remedy": (
        "wait until the program that writes it is done",
        "等正在写入该文件的程序结束后再试",
    ),
    "store.not_a_file": ("{path}: is a folder or a device, not a file", "{path}：是文件夹或设备，不是文件"),
    "store.outside_campaign": (
        "{path}: leads out of the campaign's folder {root}",
        "{path}：指向活动文件夹 {root} 之外",
    ),
    "store.outside_campaign.remedy": (
        "replace the link by the file itself",
        "用文件本身替换该链接",
    ),
    "store.disk_full": (
        "{path}: no room left ({cause}); the file is as it was",
        "{path}：空间不足（{cause}），原文件未动",
    ),
    "store.disk_full.remedy": ("make room on the disk and run the command again", "清理磁盘空间后重新执行本命令"),
    "store.not_allowed": ("{path}: the rights do not allow it ({cause})", "{path}：权限不足（{cause}）"),
    "store.not_allowed.remedy": (
        "ask whoever looks after the folder for the right to read and write in it, or clear the read-only mark",
        "请文件夹管理员开通读写权限，或取消只读属性",
    ),
    "store.missing": ("{path}: is not there", "{path}：不存在"),
    "store.system_refused": (
        "{path}: the system reports {cause}; the file is as it was",
        "{path}：系统报告 {cause}，原文件未动",
    ),
    "store.system_refused.remedy": ("check the disk or the share", "检查磁盘或共享目录"),
}
