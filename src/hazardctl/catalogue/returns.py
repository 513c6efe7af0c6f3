"""Words of the checks on returns: what is found, what to do about it, what it means."""

MESSAGES: dict[str, tuple[str, str]] = {
    "finding.P101": (
        "This file has to be a list of returns.",
        "这个文件应当是一条条报送记录的列表。",
    ),
    "finding.P102": (
        "The return for “{period}” leaves out {lacking}.",
        "报告期“{period}”的报送记录缺 {lacking}。",
    ),
    "finding.P103": (
        "“{value}” is no reporting period.",
        "“{value}”不是报告期。",
    ),
    "finding.P104": (
        "“{value}” cannot stand under {field}.",
        "{field} 不能写“{value}”。",
    ),
    "finding.P105": (
        "There are two returns number {number} for “{period}”.",
        "报告期“{period}”有两份第{number}次报送。",
    ),
    "finding.P106": (
        "Return {number} for “{period}” replaces {value} without a reason.",
        "报告期“{period}”第{number}次报送更正了第{value}次，没有写理由。",
    ),
    "finding.P107": (
        "The ledger has changed since return {number} for “{period}” was sent.",
        "报告期“{period}”第{number}次报送之后，台账又有改动。",
    ),
    "finding.P108": (
        "The return says {value} row(s); the ledger it was made from has {rows}.",
        "报送记录写 {value} 条，所依据的台账有 {rows} 条。",
    ),
    "finding.P109": (
        "“{period}” was reported nil; the ledger has {count} hazard(s) found in it.",
        "报告期“{period}”报的是零报告，台账里却有{count}条在此期间发现的隐患。",
    ),
    "finding.P110": (
        "“{value}” gives no reason.",
        "“{value}”没有说明原因。",
    ),
    "finding.P111": (
        "The reason for {first} is the same as for {second}: “{value}”.",
        "{first} 与 {second} 的理由相同：“{value}”。",
    ),
    "finding.P112": (
        "The reason given for {entry} was about “{value}”, which is now “{now}”.",
        "{entry} 的理由针对“{value}”，现在是“{now}”。",
    ),
    "remedy.P101": (
        "Put the file back as it was; `hazardctl submit` only adds to its end.",
        "请恢复原来的文件；hazardctl submit 只在末尾追加。",
    ),
    "remedy.P102": (
        "hazardctl submit {unit} --period {period}",
        "hazardctl submit {unit} --period {period}",
    ),
    "remedy.P103": (
        "Write 2022-08, 2022-W36, 2022-Q3, or a period that campaign.yaml names.",
        "可写 2022-08、2022-W36、2022-Q3，或 campaign.yaml 里自定的报告期。",
    ),
    "remedy.P104": (
        "state: entries or nil; rows, number: whole numbers; at: 2022-08-30.",
        "state 写 entries 或 nil；rows、number 写整数；at 写成 2022-08-30。",
    ),
    "remedy.P105": (
        "Keep both, number the later one on, and say under `reason` why it counts.",
        "两份都保留，后一份改为下一个序号，并在 reason 里写明为何以它为准。",
    ),
    "remedy.P106": (
        "Add `reason:` to the return.",
        "请给这次报送补写 reason。",
    ),
    "remedy.P107": (
        "hazardctl submit {unit} --period {period} --reason …",
        "hazardctl submit {unit} --period {period} --reason …",
    ),
    "remedy.P108": (
        "Write rows: {rows}.",
        "改为 rows: {rows}。",
    ),
    "remedy.P109": (
        "hazardctl submit {unit} --period {period} --reason …",
        "hazardctl submit {unit} --period {period} --reason …",
    ),
    "remedy.P110": (
        "Say why the value is right.",
        "请写明这样填的原因。",
    ),
    "remedy.P111": (
        "Give each entry its own reason.",
        "请逐条写明各自的理由。",
    ),
    "explain.P101": (
        "A file of returns is not a list",
        "报送记录不是列表。returns.yaml、accepted.yaml、exceptions.yaml 都是列表，由 submit、accept、reopen 追加。",
    ),
    "explain.P102": (
        "A return leaves something out",
        "报送记录缺项。要有报告期、状态、条数、报送人和日期。",
    ),
    "explain.P103": (
        "A return is for a period that does not exist",
        "报送记录的报告期不存在。",
    ),
    "explain.P104": (
        "A return says something that cannot be read",
        "报送记录里有读不懂的内容。状态写 entries 或 nil，条数和序号写整数，日期写成 2022-08-30。",
    ),
    "explain.P105": (
        "Two returns for one period have the same number",
        "同一报告期有两份序号相同的报送记录。两份文件拼在了一起；以最后一份为准。",
    ),
    "explain.P106": (
        "A return replaces another without saying why",
        "更正报送没有写理由。",
    ),
    "explain.P107": (
        "The ledger has changed since the return was sent",
        "报送之后台账又有改动。报送截止前会提示：之后的改动不在已报送的内容里。",
    ),
    "explain.P108": (
        "A return counts other rows than the ledger it was made from",
        "报送记录的条数与台账不符。台账就是报送时的那份文件，说明报送记录里的条数被改过。",
    ),
    "explain.P109": (
        "A nil return stands against hazards found in its period",
        "零报告与台账矛盾：该报告期内台账有隐患。",
    ),
    "explain.P110": (
        "A reason only says that it was looked at",
        "理由只说“已核实”，没有说明为什么。请写明查到了什么。",
    ),
    "explain.P111": (
        "One reason answers for several entries",
        "几条隐患用了同一句理由。照抄的理由说明不了问题，应当一条一写。",
    ),
    "explain.P112": (
        "The value that a reason excused has changed",
        "理由所针对的内容已经改动，该理由随之失效；若仍有同样的警告，需要重新说明。",
    ),
}
