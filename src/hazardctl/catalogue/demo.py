"""Words of `hazardctl demo`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "demo.about": (
        "Write an example campaign, check it, roll it up and report on it: the whole tool in one go.",
        "生成一个示例活动，检查、汇总、出报告，一次看完全部功能。",
    ),
    "demo.examples": (
        (
            "hazardctl demo                  into ./hazardctl-demo\n"
            "hazardctl demo try-it           into another folder\n"
            "hazardctl --lang zh demo        told in Chinese"
        ),
        (
            "hazardctl demo                  写到 ./hazardctl-demo\n"
            "hazardctl demo 试用             写到别的文件夹\n"
            "hazardctl --lang en demo        用英文讲解"
        ),
    ),
    "demo.folder": ("the folder to write the example to (hazardctl-demo)", "示例写到哪个文件夹（默认 hazardctl-demo）"),
    "demo.not_a_demo": (
        "{folder} holds something else than the example campaign; nothing was written there.",
        "{folder} 里已有别的内容，不是示例活动，没有写入任何文件。",
    ),
    "demo.not_a_demo.remedy": (
        "Name a new folder: hazardctl demo another-folder",
        "换一个新文件夹：hazardctl demo 另一个文件夹",
    ),
    "demo.step_write": ("An example campaign", "写出示例活动"),
    "demo.wrote": (
        (
            "{files} files were written to {folder}: {units} units, {leaves} of which keep a ledger.\n"
            "Units, people, hazards and figures are invented. The commands above begin a campaign of your own."
        ),
        (
            "已写入 {folder}：{files} 个文件，{units} 个单位，其中 {leaves} 个填报台账。\n"
            "单位、人员、隐患和数字都是编的。自己的活动用上面两条命令开始。"
        ),
    ),
    "demo.already": (
        "{folder} holds the example already: {units} units, {leaves} of which keep a ledger. Nothing was written over.",
        "{folder} 里已有示例（{units} 个单位，其中 {leaves} 个填报台账），没有覆盖任何文件。",
    ),
    "demo.kept": ("Changed since, and left as they are: {files}", "您改过的文件原样保留：{files}"),
    "demo.go_there": ("The commands below are typed in that folder:", "下面的命令都在这个文件夹里运行："),
    "demo.step_check": ("Check: what is wrong in the ledgers", "检查：台账里有哪些问题"),
    "demo.checked": ("{entries} entries in {files} files. {found}", "共 {files} 个文件、{entries} 条隐患。{found}"),
    "demo.first": (
        "The first {count} errors, as the command shows them all:",
        "先看前 {count} 个错误，其余用上面的命令查看：",
    ),
    "demo.after_check": (
        "Clerks mend what only they can know. What is beyond doubt is rewritten for them:",
        "只有填报人才知道的由填报人改；毫无疑义的可以自动改写，先看会改什么：",
    ),
    "demo.explain": ("What a code means:", "某个代码是什么意思："),
    "demo.step_rollup": ("Roll up: the statistics table", "汇总：生成统计表"),
    "demo.after_rollup": (
        "Missing and nil returns are told apart, and what could not be read is not counted in silence. Other views:",
        "未报和零报告分开显示，读不懂的不会不声不响漏掉。换个看法：",
    ),
    "demo.step_report": ("Report: the week for the superior", "报告：给上级的周报"),
    "demo.reported": (
        (
            "{late} hazards are overdue, {soon} fall due within a week; returns missing: {missing} of {expected} units.\n"
            "Open it in a browser: {page}"
        ),
        "逾期 {late} 条，七天内到期 {soon} 条；应报 {expected} 个单位，未报 {missing} 个。\n用浏览器打开：{page}",
    ),
    "demo.after_report": ("Whom to chase today:", "今天要催的："),
    "demo.step_next": ("Now you", "动手试试"),
    "demo.mend": (
        "{path} has no owner on line {line}. Name one, and check that unit again:",
        "{path} 第 {line} 行没有责任人。补上，再查这个单位：",
    ),
    "demo.own": ("Your own campaign:", "建自己的活动："),
    "demo.read": ("{units} units that keep a ledger, {entries} entries", "{units} 个填报台账的单位、{entries} 条"),
    "demo.changed": ("{files} files in {folder}", "{folder} 里 {files} 个文件"),
    "demo.skipped": ("{count} unit(s) without a return", "{count} 个单位未报"),
    "demo.type_init": (
        "hazardctl init our-campaign --checklist community-correction --units units.csv",
        "hazardctl init 我们的活动 --checklist community-correction --units units.csv",
    ),
    "demo.type_init_help": ("hazardctl init --help", "hazardctl init --help"),
    "demo.type_explain": ("hazardctl explain {code}", "hazardctl explain {code}"),
    "demo.type_annex": ("rollup --unit hy -o reports/annex3.html", "rollup --unit hy -o reports/附件3.html"),
    "demo.type_report": ("report weekly -o {file}", "report weekly -o {file}"),
    "demo.type_mend": ("set {unit} {entry} owner=WangLei", "set {unit} {entry} owner=王磊"),
}
