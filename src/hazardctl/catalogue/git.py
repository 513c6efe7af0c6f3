"""Words of `hazardctl git`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "git.about": ("Let git merge ledgers row by row in this clone.", "让本克隆里的 git 按条目合并台账。"),
    "git.examples": (
        "hazardctl git setup\nhazardctl git setup --hook --dry-run",
        "hazardctl git setup\nhazardctl git setup --hook --dry-run",
    ),
    "git.setup.about": (
        (
            "Install the merge and diff drivers, attributes and ignore "
            "rules. Clones do not carry the drivers: run it in each."
        ),
        "安装合并与比较驱动、属性和忽略规则。驱动不随克隆走：每个克隆里都要运行一次。",
    ),
    "git.setup.examples": (
        (
            "hazardctl git setup\n"
            "hazardctl git setup --hook       also check staged ledgers before every commit\n"
            "hazardctl git setup --dry-run    only say what would change"
        ),
        (
            "hazardctl git setup\n"
            "hazardctl git setup --hook       提交前还检查暂存的台账\n"
            "hazardctl git setup --dry-run    只说明会改动什么"
        ),
    ),
    "git.hook": (
        "check staged ledgers, figures, units.csv and campaign.yaml before every commit",
        "每次提交前检查暂存的台账、填报数、units.csv 和 campaign.yaml",
    ),
    "git.dry_run": ("only say what would change", "只说明会改动什么"),
    "git.did": ("set: {place}", "已设置：{place}"),
    "git.would": ("would set: {place}", "将设置：{place}"),
    "git.as_it_is": ("already set {count}", "早已设置好的 {count} 处"),
    "git.no_repository": (
        "{folder} is in no git repository, or git is not installed",
        "{folder} 不在 git 仓库里，或者没有安装 git",
    ),
    "git.other_hook": ("{path} holds another hook", "{path} 里已有别的钩子"),
    "git.other_hook.remedy": ("Add this line to it: {line}", "在其中加上这一行：{line}"),
    "git.driver_usage": (
        "git starts this as: merge %O %A %B %L %P, or show FILE, or hook",
        "由 git 调用：merge %O %A %B %L %P，或 show 文件，或 hook",
    ),
    "git.not_committed": (
        "Not committed: the staged files have errors. `git commit --no-verify` commits all the same.",
        "没有提交：暂存的文件有错误。确需提交用 git commit --no-verify。",
    ),
}
