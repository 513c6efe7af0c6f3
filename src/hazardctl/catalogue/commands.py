"""One line for each command, as `hazardctl --help` lists them."""

MESSAGES: dict[str, tuple[str, str]] = {
    "commands.about": (
        "hazardctl — checklists, ledgers, checks, roll-ups and reports for safety-hazard campaigns, on plain files",
        "hazardctl —— 隐患排查整治：清单、台账、检查、汇总、报告，全部是普通文件",
    ),
    "commands.examples": (
        "hazardctl demo                 see the whole tool at work on an example\n"
        "hazardctl check                find everything that is wrong in the ledgers\n"
        "hazardctl rollup               add the units up into the statistics table",
        "hazardctl demo                 用示例活动走一遍全部功能\n"
        "hazardctl check                一次找出台账里的全部问题\n"
        "hazardctl rollup               把各单位汇总成统计表",
    ),
    "commands.more": (
        "`hazardctl COMMAND -h` explains a command, with examples.",
        "hazardctl 命令 -h 查看某条命令的说明和示例。",
    ),
    "commands.demo": (
        "write an example campaign, check it, roll it up and report on it",
        "生成示例活动，并检查、汇总、出报告",
    ),
    "commands.init": ("make a new campaign folder", "新建活动文件夹"),
    "commands.checklist": ("list, show, validate or compare checklists", "列出、查看、校验、比较排查清单"),
    "commands.unit": ("add, list or close units", "增加、列出、停用单位"),
    "commands.scaffold": ("make ledgers ready to be filled in", "生成可直接填写的台账"),
    "commands.add": ("add a hazard to a unit's ledger", "在单位台账里新增一条隐患"),
    "commands.set": ("change fields of entries", "修改条目的字段"),
    "commands.import": ("bring clerks' workbooks into the ledgers", "把各单位的表格导入台账"),
    "commands.list": (
        "list entries, by status, category, owner, deadline or words",
        "按状态、类别、责任人、时限、文字列出条目",
    ),
    "commands.show": ("show one entry in full", "查看一条隐患的全部内容"),
    "commands.check": ("find everything that is wrong, with place and remedy", "找出全部问题，写明位置和改法"),
    "commands.explain": ("explain a finding's code", "解释问题代码"),
    "commands.history": ("tell an entry's life, or show a ledger as it was", "查看条目的经过，或当时的台账"),
    "commands.restore": ("bring back a row, a field or a ledger", "恢复一条、一个字段或整份台账"),
    "commands.journal": ("verify the journal, print its heads, take note", "校验留痕、打印校验值、记入手工改动"),
    "commands.submit": ("send a unit's return for a period", "报送一个单位的报表"),
    "commands.reopen": ("let one unit send its return although the period is over", "指名重开，允许逾期报送"),
    "commands.accept": ("accept the returns of the units below one", "认可下级单位的报送"),
    "commands.verify": ("verify who signed the returns of a period", "核对报送的签名"),
    "commands.status": ("see who has reported and who has not", "查看各单位报送情况"),
    "commands.due": ("list what is overdue and due soon", "列出逾期和即将到期的隐患"),
    "commands.weekly": ("do the week's work in one go, for cron", "一次完成每周例行工作，供定时任务使用"),
    "commands.rollup": ("add units up into a statistics table", "把各单位汇总成统计表"),
    "commands.report": ("write a report from a template", "按模板写报告"),
    "commands.merge": ("merge two versions of a ledger row by row", "按条目合并两份台账"),
    "commands.conflicts": ("find and merge conflict copies of synced folders", "查找、合并同步盘的冲突副本"),
    "commands.resolve": ("apply what was chosen in a conflict file", "把冲突文件里选定的内容写进台账"),
    "commands.git": ("let git merge ledgers row by row", "让 git 按条目合并台账"),
    "commands.doctor": (
        "look at the surroundings, and say what the folder can promise",
        "检查环境，说明文件夹能保证什么",
    ),
    "commands.trace": ("show which entries and figures stand behind a cell", "查出一个数背后的条目和填报数"),
    "commands.freeze": ("keep a period's tables as they are published", "封存一个报告期的统计表"),
    "commands.restate": ("show and keep what has changed behind a frozen period", "列出并记录封存之后的更正"),
    "commands.coverage": ("show what the tables ask for and where it comes from", "对照各统计表的指标和来源"),
    "commands.cache": ("show or clear what earlier runs remembered", "查看或清除以前运行留下的缓存"),
}
