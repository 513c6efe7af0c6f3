"""Words of `hazardctl submit`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "submit.about": ("Send a unit's return for a period.", "报送一个单位某报告期的报表。"),
    "submit.examples": (
        (
            "hazardctl submit chengguan --period 2022-08                  what its ledger holds now\n"
            "hazardctl submit chengguan --period 2022-08 --nil            nothing was found\n"
            "hazardctl submit chengguan --period 2022-08 --reason typo    corrects; the earlier one stays on record\n"
            "hazardctl submit chengguan --period 2022-08 --answer L302:H7K3-M9QX-2FPD=ordered\n"
            "hazardctl submit chengguan --period 2022-08 --sign ~/.ssh/id_ed25519    signs it"
        ),
        (
            "hazardctl submit chengguan --period 2022-08                  报送台账现有内容\n"
            "hazardctl submit chengguan --period 2022-08 --nil            零报告\n"
            "hazardctl submit chengguan --period 2022-08 --reason 补报一条   更正，原报送保留备查\n"
            "hazardctl submit chengguan --period 2022-08 --answer L302:H7K3-M9QX-2FPD=门禁主机等待采购\n"
            "hazardctl submit chengguan --period 2022-08 --sign ~/.ssh/id_ed25519    签名报送"
        ),
    ),
    "submit.unit": ("the unit's id or name", "单位编号或名称"),
    "submit.period": (
        "2022-08, 2022-W36, 2022-Q3 …, or a period the campaign names",
        "2022-08、2022-W36、2022-Q3……，或活动自定的报告期",
    ),
    "submit.nil": ("nothing was found in the period", "零报告：本期未发现隐患"),
    "submit.by": (
        "who sends it; without it, who filled in the workbook imported since the last return, else the login",
        "报送人；不写时用上次报送以后导入的表格的填报人，没有则用登录名",
    ),
    "submit.head_line": (
        "Sent in the name of {by}, who filled in the imported workbook ({on}; {record}); --by names somebody else.",
        "报送人按导入表格的填报人写为{by}（填报时间 {on}；{record}）；另有其人的请加 --by。",
    ),
    "submit.head_line_unit": (
        "The imported workbook names “{said}” as its unit, this is {unit}.",
        "导入的表格写的填报单位是“{said}”，这里是{unit}。",
    ),
    "submit.reason": ("why an earlier return is replaced", "更正的理由"),
    "submit.override": ("why it is sent although the checks find errors", "检查有错误仍要报送的理由"),
    "submit.answer": ("a reason for a warning; may be given several times", "对一条警告的说明，可多次使用"),
    "submit.sign": (
        "sign it with this ssh key: a private key, or the public half of one the agent holds",
        "用此 ssh 密钥签名：私钥文件，或由 ssh-agent 保管的密钥的公钥文件",
    ),
    "submit.signed": ("signed: {path}", "已签名：{path}"),
    "submit.refused": ("The return is not taken. {sentence}", "未接收报送。{sentence}"),
    "submit.refused_late": ("The return is not taken. {sentence}", "未接收报送。{sentence}"),
    "submit.refused_late.remedy": (
        "hazardctl reopen {id} --period {period} --until DATE --reason …",
        "hazardctl reopen {id} --period {period} --until 日期 --reason 理由",
    ),
    "submit.locked": ("The return is locked. {sentence}", "报送已锁定。{sentence}"),
    "submit.locked.remedy": (
        "Only a reopening by name helps: hazardctl reopen {id} --period {period} --until DATE --reason …",
        "只能由上级指名重开：hazardctl reopen {id} --period {period} --until 日期 --reason 理由",
    ),
    "submit.odd_list": (
        "{path} is laid out in a way that nothing can be added to its end.",
        "{path} 的写法特殊，无法在末尾追加。",
    ),
    "submit.odd_list.remedy": (
        "Write it as a list with one “- ” for each return, as `hazardctl submit` does.",
        "请改成每份报送以“- ”开头的列表，与 hazardctl submit 写的一样。",
    ),
    "submit.unreadable": ("{path} cannot be read, so nothing can be added to it.", "{path} 读不出来，无法追加。"),
    "submit.needs_reason": (
        "Return {number} for {period} is there already and says something else: a correction needs --reason.",
        "{period} 已有第{number}次报送，内容不同；更正要用 --reason 写明理由。",
    ),
    "submit.not_required": (
        "{unit} does not exist on any day of {period}, so nothing is asked of it.",
        "{unit}在 {period} 期间不存在，无需报送。",
    ),
    "submit.no_ledger_of_its_own": (
        "{unit} keeps no ledger; the units below it send their own returns.",
        "{unit}没有台账，由其下级单位分别报送。",
    ),
    "submit.empty": (
        "The ledger of {unit} holds no entry. If nothing was found, add --nil.",
        "{unit}的台账没有条目。如确未发现隐患，请加 --nil。",
    ),
    "submit.only_later": (
        "Every entry of {unit}'s ledger was found after {period}. If nothing was found in it, add --nil.",
        "{unit}台账的条目都是 {period} 之后发现的。本期如确未发现隐患，请加 --nil。",
    ),
    "submit.not_nil": (
        "The ledger holds {count} hazard(s) found in {period}, so it is not nil.",
        "台账里有{count}条 {period} 期间发现的隐患，不能零报告。",
    ),
    "submit.early": (
        "{period} begins on {starts}; {unit} has nothing to send yet.",
        "{period} 从 {starts} 开始，{unit}还不到报送的时候。",
    ),
    "submit.accepted": (
        "Return {number} of {unit} for {period} has been accepted by its superior.",
        "{unit} {period} 的第{number}次报送已由上级认可。",
    ),
    "submit.locked_since": (
        "{period} has been locked since {since}; {unit} cannot send any more.",
        "{period} 已于 {since} 锁定，{unit}不能再报送。",
    ),
    "submit.too_late": (
        "{period} was due on {due} and late returns were taken until {until}; {unit} is too late.",
        "{period} 应于 {due} 报送，迟报截至 {until}，{unit}已超过期限。",
    ),
    "submit.errors": (
        "The checks find {count} error(s). Mend them, or say with --override why it goes as it is.",
        "检查有{count}处错误。请改正，或用 --override 写明为何仍要报送。",
    ),
    "submit.unanswered": (
        "{count} warning(s) have no answer: --answer CODE:ENTRY=REASON.",
        "有{count}条警告没有说明：--answer 代码:编号=理由。",
    ),
    "submit.no_such_warning": (
        "There is no warning {given} to answer. Known: {known}.",
        "没有 {given} 这条警告可说明。现有：{known}。",
    ),
    "submit.no_answer": (
        "“{given}” is no answer. Write CODE:ENTRY=REASON, such as L302:H7K3-M9QX-2FPD=….",
        "“{given}”不是说明。写法：代码:编号=理由，例如 L302:H7K3-M9QX-2FPD=……",
    ),
    "submit.done_entries": (
        "{unit}: {period} sent, {rows} row(s), return {number}",
        "{unit}：{period} 已报送，{rows}条，第{number}次",
    ),
    "submit.done_nil": ("{unit}: {period} sent, nil, return {number}", "{unit}：{period} 已零报告，第{number}次"),
    "submit.repeated": (
        "{unit}: {period} had been sent with the same content; it counts once and nothing was changed",
        "{unit}：{period} 已报送过相同内容，只算一次，未作改动",
    ),
    "submit.late": ("It is late: {period} was due on {due}.", "属于迟报：{period} 应于 {due} 前报送。"),
    "submit.reopened": (
        "It is taken as an exception: {period} was due on {due}.",
        "按重开例外接收：{period} 应于 {due} 前报送。",
    ),
    "submit.provisional": (
        "The due day is provisional: the year's holidays are not published.",
        "截止日期为暂定：该年放假安排尚未公布。",
    ),
    "submit.warnings": (
        "{count} warning(s) go unanswered: hazardctl check {unit}",
        "有{count}条警告未作说明：hazardctl check {unit}",
    ),
    "submit.later": (
        "{count} entr(y/ies) of the ledger were found after {period}: they are not in the return.",
        "台账里有{count}条是 {period} 之后发现的，不计入本次报送。",
    ),
    "submit.twice": (
        "{other} has a hazard of this ledger as well ({path}:{line}): it is counted twice until one of the two is gone.",
        "{other}的台账也有本台账的隐患（{path}:{line}），去掉其一之前会重复计数。",
    ),
    "submit.twin": (
        "{other} tells of a hazard of this ledger in the same words ({path}:{line}): if it is one, it is counted twice.",
        "{other}的台账里有描述和位置相同的隐患（{path}:{line}），确是同一处的会重复计数。",
    ),
    "submit.hollow": (
        "“{words}” gives no reason: say why the value is right.",
        "“{words}”没有说明原因，请写明为什么。",
    ),
}
