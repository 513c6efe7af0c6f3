"""Words of `hazardctl doctor`; the promises are those of docs/files.md."""

MESSAGES: dict[str, tuple[str, str]] = {
    "doctor.about": (
        "Look at what surrounds this campaign, and say what its folder can promise.",
        "检查本活动文件夹的环境，说明它能保证什么。",
    ),
    "doctor.examples": (
        "hazardctl doctor\nhazardctl doctor --format json",
        "hazardctl doctor\nhazardctl doctor --format json",
    ),
    "doctor.format": ("form of the result", "输出格式"),
    "doctor.good": ("good", "正常"),
    "doctor.note": ("note", "留意"),
    "doctor.bad": ("BAD ", "问题"),
    "doctor.about_folder": ("folder", "文件夹"),
    "doctor.about_rights": ("rights", "权限"),
    "doctor.about_locks": ("locks", "锁"),
    "doctor.about_leftovers": ("leftovers", "残留文件"),
    "doctor.about_case": ("upper and lower case", "大小写"),
    "doctor.about_git": ("git", "git"),
    "doctor.about_encoding": ("encoding", "编码"),
    "doctor.about_fonts": ("fonts", "字体"),
    "doctor.about_extras": ("programs", "可选程序"),
    "doctor.about_calendar": ("calendar", "日历"),
    "doctor.kind_local": ("{folder} is on a local disk", "{folder} 在本机磁盘上"),
    "doctor.kind_share": ("{folder} is on a shared drive (SMB or NFS)", "{folder} 在共享盘上（SMB 或 NFS）"),
    "doctor.kind_sync": ("{folder} is in a synced folder", "{folder} 在同步盘里"),
    "doctor.kind_webdav": ("{folder} is on WebDAV", "{folder} 在 WebDAV 上"),
    "doctor.promise_local": (
        (
            "This folder can promise: after a crash at any moment each "
            "file is the whole old or the whole new version; exit "
            "0 means saved, and it survives a power cut; two clerks on this disk never lose an update silently."
        ),
        (
            "这个文件夹能保证：任何时刻中断，每个文件都是完整的旧版或新"
            "版；退出码 0 表示已经存好，断电也不丢；本机上两人同时写，"
            "不会有谁的修改悄悄丢失。"
        ),
    ),
    "doctor.promise_share": (
        (
            "This folder can promise: each file is the whole old or the "
            "whole new version, and locks are kept as well as the "
            "share keeps them. A power cut of the server is beyond us."
        ),
        "这个文件夹能保证：每个文件都是完整的旧版或新版；加锁尽力而为，取决于共享盘本身。服务器断电不在保证之内。",
    ),
    "doctor.promise_sync": (
        (
            "This folder can promise: no lock exists between machines. One writer per file; conflict copies are found, "
            "reported and merged (hazardctl conflicts), never counted as a second unit and never deleted."
        ),
        (
            "这个文件夹能保证：不同电脑之间没有锁。一个文件只由一人写；冲突副本会"
            "被发现、报告、合并（hazardctl conflicts），不会当成"
            "另一个单位，也不会被删除。"
        ),
    ),
    "doctor.promise_webdav": (
        (
            "This folder can promise: no lock exists on WebDAV. One "
            "writer per file; changes by others are detected and "
            "merged or refused, never overwritten."
        ),
        "这个文件夹能保证：WebDAV 上没有锁。一个文件只由一人写；别人改过的会被发现，合并或拒绝，不会覆盖。",
    ),
    "doctor.rights": ("{count} folder(s) can be read and written", "{count} 个文件夹可读可写"),
    "doctor.no_rights": (
        "{count} folder(s) cannot be read and written: {folders}",
        "{count} 个文件夹不能读写：{folders}",
    ),
    "doctor.locks_hold": ("a second writer was kept out", "第二个写入者被挡住了"),
    "doctor.locks_do_not_hold": (
        "a second writer was let in: only one person at a time may write here",
        "没有挡住第二个写入者：这里只能一个人写",
    ),
    "doctor.locks_failed": ("a lock could not be tried: {reason}", "无法试锁：{reason}"),
    "doctor.leftovers_clears": (
        "{count} left by runs that broke off; the next command that comes by clears them away: {names}",
        "中断的运行留下 {count} 个，下一条经过的命令自动清理：{names}",
    ),
    "doctor.leftovers_pending": (
        "{count} version(s) could not be put in place while another program kept the file open; hazardctl conflicts --merge: {names}",
        "有 {count} 个新版本因文件被别的程序占用而没有放到位，可用 hazardctl conflicts --merge 并入：{names}",
    ),
    "doctor.leftovers_torn": (
        "{count} piece(s) of a journal line that a run that broke off left; nothing was saved with them: {names}",
        "中断的运行留下 {count} 段不完整的留痕，当时没有报告为已保存：{names}",
    ),
    "doctor.leftovers_lock": (
        "{count} lock(s) of another computer; somebody may be writing there: {names}",
        "有 {count} 个别的电脑的锁，可能有人正在写：{names}",
    ),
    "doctor.ignores_case": (
        "this drive takes A.csv and a.csv for one file: unit ids may not differ in case alone",
        "这个磁盘不分大小写：单位编号不能只差大小写",
    ),
    "doctor.minds_case": ("this drive tells A.csv from a.csv", "这个磁盘区分大小写"),
    "doctor.no_repository": ("this folder is in no git repository", "这个文件夹不在 git 仓库里"),
    "doctor.git_in_sync": (
        (
            "the repository {repository} lies in the synced folder "
            "{folder}: syncing .git damages it. Move the repository "
            "out, or leave .git out of the sync"
        ),
        "git 仓库 {repository} 在同步盘 {folder} 里：同步 .git 会损坏仓库。请把仓库移出，或让同步跳过 .git",
    ),
    "doctor.no_driver": (
        "this clone lacks {missing}. Run: hazardctl git setup",
        "本克隆缺少 {missing}。请运行：hazardctl git setup",
    ),
    "doctor.driver": ("this clone merges ledgers row by row", "本克隆按条目合并台账"),
    "doctor.encoding": ("{names}", "{names}"),
    "doctor.encoding_odd": (
        "{names} cannot show Chinese: set LANG to a UTF-8 locale",
        "{names} 显示不了中文：请把 LANG 设为 UTF-8",
    ),
    "doctor.fonts": ("there are {names}", "有 {names}"),
    "doctor.fonts_unknown": ("cannot be listed here (no fc-list)", "这里无法列出（没有 fc-list）"),
    "doctor.no_fonts": (
        "there are no Chinese fonts: printed forms would show boxes",
        "没有中文字体：打印的表会显示成方框",
    ),
    "doctor.other_fonts": (
        "there are Chinese fonts, but none that official documents ask for (“仿宋、楷体、黑体、小标宋”)",
        "有中文字体，但没有公文要求的仿宋、楷体、黑体、小标宋",
    ),
    "doctor.extra": ("{name} is there", "{name} 已安装"),
    "doctor.no_extra": (
        "{name} is not there: what needs it (git: merging; ssh-keygen: signing) cannot be done here",
        "没有 {name}：需要它的功能（git 用于合并，ssh-keygen 用于签名）在这台电脑上不能用",
    ),
    "doctor.no_package": (
        "{name} is not installed: pip install hazardctl[{name}], where it is wanted",
        "没有安装 {name}；需要时运行 pip install hazardctl[{name}]",
    ),
    "doctor.calendar": ("working days of {year} are known", "{year} 年的工作日已知"),
    "doctor.no_calendar": (
        "working days of {year} are not published; calendar/{year}.csv can give them",
        "{year} 年的工作日还没有公布；可以写在 calendar/{year}.csv 里",
    ),
}
