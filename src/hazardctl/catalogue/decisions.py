"""Words of the checks on decisions about returns: what is found, what to do about it, what it means."""

MESSAGES: dict[str, tuple[str, str]] = {
    "finding.P121": ("The decision leaves out {lacking}.", "这条记录缺 {lacking}。"),
    "finding.P122": ("There is no unit “{value}”.", "没有“{value}”这个单位。"),
    "finding.P123": ("“{value}” is no reporting period.", "“{value}”不是报告期。"),
    "finding.P124": ("“{value}” cannot stand under {field}.", "{field} 不能写“{value}”。"),
    "finding.P125": (
        "{unit} could send its return for {period} until {value}; none has come.",
        "{unit}的{period}报表准予补报到{value}，至今没有报来。",
    ),
    "finding.P126": (
        "{value} is not below {superior}, so its return is not {superior}'s to accept.",
        "{value}不是{superior}的下级，不应由{superior}接收。",
    ),
    "finding.P127": (
        "Return {value} of {unit} for {period} is not the one that was accepted: the hashes differ.",
        "{unit} {period} 的第{value}次报送与认可时的不是同一份（摘要不同）。",
    ),
    "finding.P128": (
        "The files of {unit} have changed since its return for {period} was accepted; what was accepted is frozen.",
        "{unit}的台账或填报数在 {period} 报送被认可后又有改动，封存时按认可的报送数。",
    ),
    "remedy.P127": (
        "Put returns.yaml back as it was; a correction is sent after: hazardctl reopen {unit} --period {period} "
        "--until DATE --reason …",
        "请恢复原来的 returns.yaml；要更正的先重开再报：hazardctl reopen {unit} --period {period} --until 日期 --reason …",
    ),
    "remedy.P128": (
        "If it belongs to {period}: hazardctl reopen {unit} --period {period} --until DATE --reason …; if not, leave it.",
        "属于 {period} 的改动，先重开再报：hazardctl reopen {unit} --period {period} --until 日期 --reason …；不属于的不用管。",
    ),
    "explain.P127": (
        "A return is not the one that was accepted",
        "报送记录与上级认可的不是同一份。accepted.yaml 记着认可时台账的摘要，returns.yaml 里同一次报送的摘要不同，说明其中之一被人手改过。汇总按认可的计。",
    ),
    "explain.P128": (
        "A unit's files have changed since its return was accepted",
        "报送被认可后台账或填报数又有改动。封存按认可的报送数；封存以前，对单位最近一次被认可的报送提示。",
    ),
    "remedy.P121": ("Add {lacking}.", "补写 {lacking}。"),
    "remedy.P122": ("hazardctl unit list shows the ids there are.", "可用的单位编号见 hazardctl unit list。"),
    "remedy.P123": (
        "Write 2022-08, 2022-W36, 2022-Q3, or a period that campaign.yaml names.",
        "可写 2022-08、2022-W36、2022-Q3，或 campaign.yaml 里自定的报告期。",
    ),
    "remedy.P124": (
        "Days: 2022-09-05; return: a whole number.",
        "日期写成 2022-09-05，return 写整数。",
    ),
    "remedy.P125": (
        "hazardctl reopen {unit} --period {period} --until DATE --reason …",
        "hazardctl reopen {unit} --period {period} --until 日期 --reason …",
    ),
    "explain.P121": (
        "A decision leaves something out",
        "记录缺项。补报许可要写单位、期限、理由和批准人；接收记录要写单位、报告期、第几次报送和接收人。",
    ),
    "explain.P122": ("A decision is about a unit that is not in the list", "记录里的单位不在单位表中。"),
    "explain.P123": ("A decision is about a period that does not exist", "记录里的报告期不存在。"),
    "explain.P124": (
        "A decision says something that cannot be read",
        "记录里有读不懂的内容。日期写成 2022-09-05，报送序号写整数；读不懂的许可不起作用。",
    ),
    "explain.P125": ("An exception has lapsed, and no return came", "补报许可已过期，报表没有报来。"),
    "explain.P126": (
        "A unit accepts the return of one that is not below it",
        "接收了不是下级的单位的报表。",
    ),
    "explain.P190": (
        "What a unit sent can no longer be told",
        "已无法得知单位当时报送的内容。报送后台账有改动，留痕中又没有当时的台账；按报送数汇总时该单位留空。",
    ),
    "finding.P191": (
        "{name} could not be counted in the campaign that sent this file ({was} there).",
        "报来该文件的活动中，{name}的台账当时无法计入（{was}）。",
    ),
    "remedy.P191": (
        "Ask for it to be mended there, and for the file to be sent again.",
        "请对方改正后重新报来。",
    ),
    "explain.P191": (
        "A unit could not be counted when the partials that came with it were frozen",
        "报来的数封存时，下面有一个单位的台账无法完整读取，没有计入；汇总表里该单位留空。",
    ),
}
