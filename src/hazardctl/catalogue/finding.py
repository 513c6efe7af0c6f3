"""What a finding says: one sentence a code. `label` is the field's official label, `value` what stands in the file."""

MESSAGES: dict[str, tuple[str, str]] = {
    "finding.J101": ("Entry {entry} is gone from the ledger: {said}", "条目 {entry} 从台账里消失了：{said}"),
    "finding.J102": (
        "{count} of {known} entries are gone from the ledger: {ids} …",
        "台账应有 {known} 条，少了 {count} 条：{ids} 等",
    ),
    "finding.J103": ("The file breaks off in entry {entry}.", "文件在条目 {entry} 处中断，后面的内容没有了。"),
    "finding.J104": (
        "The ledger is empty or gone; the journal knows {count} entries.",
        "台账是空的或不见了，留痕里有 {count} 条。",
    ),
    "finding.J105": (
        "The ledger is as it was at {at}; {count} changes since then are missing in it.",
        "台账是 {at} 时的旧版本，此后的 {count} 处变动不在其中。",
    ),
    "finding.J106": ("The journal ends in a piece of a line.", "留痕文件的末行不完整。"),
    "finding.J201": ("Line {seq} of the journal was changed.", "留痕第 {seq} 条被改过。"),
    "finding.J202": ("The journal lacks line {seq}.", "留痕缺少第 {seq} 条。"),
    "finding.J203": (
        "This line was moved, repeated or put in; line {seq} of the journal belongs here.",
        "此行被挪动、重复或插入，这里应是留痕第 {seq} 条。",
    ),
    "finding.J204": (
        "The journal is shorter than it was: line {seq} has been seen.",
        "留痕比以前短：第 {seq} 条曾经存在。",
    ),
    "finding.J205": (
        "The journal was written anew: line {seq} is not the one that was recorded.",
        "留痕被重写过：第 {seq} 条与记录不符。",
    ),
    "finding.J206": ("The journal is gone; its line {seq} has been seen.", "留痕文件不见了，曾有第 {seq} 条。"),
    "finding.F100": ("The file cannot be opened: {reason}.", "文件打不开：{reason}。"),
    "finding.F101": ("The file is empty.", "文件是空的。"),
    "finding.F102": ("The file is text in none of the encodings that are read.", "文件的编码不认识，读不出文字。"),
    "finding.F103": ("The file holds NUL characters, which text never does.", "文件里有空字符（NUL），不是正常文本。"),
    "finding.F104": (
        "A quotation mark is not closed; nothing from this line on was read.",
        "引号没有配对，从这一行起都没有读。",
    ),
    "finding.F105": (
        "The table has {rows} rows and {columns} columns, more than can be read.",
        "表格有 {rows} 行 {columns} 列，超出可读的范围。",
    ),
    "finding.F106": (
        "The row has {cells} cells under {columns} headings.",
        "这一行有 {cells} 格，表头只有 {columns} 栏。",
    ),
    "finding.F107": (
        "The row has only {cells} cells under {columns} headings.",
        "这一行只有 {cells} 格，表头有 {columns} 栏。",
    ),
    "finding.F108": ("An unfinished merge stands in the file.", "文件里留有没合并完的冲突标记。"),
    "finding.F109": ("Every process that read these files was ended.", "读取这些文件的进程都被系统终止。"),
    "finding.F110": (
        "The unit has two ledgers: {other} is read, this one is not.",
        "这个单位有两份台账：读的是 {other}，这一份没有读。",
    ),
    "finding.F120": ("The YAML cannot be read here ({problem}).", "从这里起 YAML 读不下去（{problem}）。"),
    "finding.F121": (
        "“{name}” is an anchor or alias; each value is written out.",
        "“{name}”是锚点或别名，每个值都要写全。",
    ),
    "finding.F122": ("“{name}” is a tag; values are plain text.", "“{name}”是类型标签，值都按普通文字写。"),
    "finding.F123": ("A second YAML document begins here.", "这里开始了第二个 YAML 文档。"),
    "finding.F124": ("“{name}” is given twice.", "“{name}”写了两次。"),
    "finding.F125": ("The YAML is nested too deeply.", "YAML 套得太深。"),
    "finding.F126": ("A key is not a plain word.", "这里的键不是普通文字。"),
    "finding.F127": ("The file holds no list of entries.", "文件里没有条目列表。"),
    "finding.F128": ("“{field}” holds more than a text.", "“{field}”里不是一段文字。"),
    "finding.C102": ("“{field}” is missing.", "缺少“{field}”。"),
    "finding.C103": ("“{field}” is not a known key.", "“{field}”不是认识的键。"),
    "finding.C104": ("“{value}” is not one of {allowed}.", "“{value}”不在可选范围内：{allowed}。"),
    "finding.C105": ("“{value}” is not a day such as 2022-08-01.", "“{value}”不是 2022-08-01 这样的日期。"),
    "finding.C106": ("“{field}” does not hold what belongs there.", "“{field}”的内容形式不对。"),
    "finding.C110": (
        "The checklist {value} is not the one this campaign was opened with.",
        "排查清单 {value} 与活动启用时的不一样。",
    ),
    "finding.C111": ("The checklist “{value}” is named without its version.", "排查清单“{value}”没有写版本。"),
    "finding.C112": ("There is no checklist “{value}”.", "没有“{value}”这份排查清单。"),
    "finding.C201": ("The code “{value}” is given twice.", "代码“{value}”用了两次。"),
    "finding.C202": (
        "The item “{value}” stands under category “{category}”.",
        "检查项“{value}”放在了类别“{category}”下面。",
    ),
    "finding.C203": ("The field “{value}” is listed twice.", "字段“{value}”列了两次。"),
    "finding.C204": (
        "“{value}” is no standard field, and its label or type is missing.",
        "“{value}”不是标准字段，又没有写全 label 和 type。",
    ),
    "finding.C205": (
        "The condition names “{value}”, which is no field of this checklist.",
        "条件里的“{value}”不是这份清单的字段。",
    ),
    "finding.C206": (
        "The condition asks for “{value}”, which the field never is.",
        "条件里的“{value}”不是该字段可填的值。",
    ),
    "finding.C207": (
        "The choice “{value}” has no values, or the same one twice.",
        "选项“{value}”没有列出可选值，或者列重了。",
    ),
    "finding.C208": ("“{value}” is also the heading of “{other}”.", "“{value}”同时也是“{other}”的栏名。"),
    "finding.C209": ("“{value}” is not one of the four statuses.", "“{value}”不是四种整改状态之一。"),
    "finding.C210": ("“{value}” is also a word for “{other}”.", "“{value}”同时也是“{other}”的说法。"),
    "finding.C211": ("“{value}” is not in the checklist.", "清单里没有“{value}”。"),
    "finding.C212": ("The figure “{value}” is described twice.", "填报数“{value}”写了两次。"),
    "finding.C213": (
        "The {field} is “{value}”, and the file's place says “{wanted}”.",
        "{field} 写的是“{value}”，文件所在位置却是“{wanted}”。",
    ),
    "finding.C220": (
        "The column must be exactly one of value, count, sum, figure, ratio, add, columns; it has: {said}.",
        "一栏只能是 value、count、sum、figure、ratio、add、columns 之一，这里写的是：{said}。",
    ),
    "finding.C221": ("“{value}” is no figure of this checklist.", "清单里没有填报数“{value}”。"),
    "finding.C222": (
        "“{value}” is neither a figure nor the key of a column in this table.",
        "“{value}”既不是填报数，也不是本表某一栏的 key。",
    ),
    "finding.C223": (
        "The condition names “{value}”, which this checklist does not have.",
        "条件里的“{value}”在清单里没有。",
    ),
    "finding.C224": (
        "“{value}” is no number or money field of this checklist, so it cannot be added up.",
        "“{value}”不是本清单的数字或金额字段，不能求和。",
    ),
    "finding.C225": ("Rows cannot be made of “{value}”.", "表格的行不能按“{value}”来列。"),
    "finding.C226": (
        "A rate has a numerator and a denominator; this one has: {value}.",
        "比率要写分子和分母两项，这里写的是：{value}。",
    ),
    "finding.C227": ("Two columns have the key “{value}”.", "有两栏的 key 都是“{value}”。"),
    "finding.C228": ("The column “{value}” is made of itself.", "“{value}”这一栏绕回了自己。"),
    "finding.C230": (
        "The rule names “{value}”, which is neither a figure nor a column.",
        "规则里的“{value}”既不是填报数，也不是某一栏。",
    ),
    "finding.C231": ("“{value}” is no field of this checklist.", "清单里没有字段“{value}”。"),
    "finding.C232": ("The form is of “{value}”, which is not in the checklist.", "表格的对象“{value}”在清单里没有。"),
    "finding.C240": (
        "“{second}” is {value}, before “{first}” {before}.",
        "“{second}”是 {value}，早于“{first}”的 {before}。",
    ),
    "finding.C241": ("“{value}” reads as a calendar period.", "“{value}”会被读成日历上的报告期。"),
    "finding.C242": ("“{value}” does not say on which day the report is due.", "“{value}”没有写明哪一天报送。"),
    "finding.C243": ("The id “{value}” stands twice in “{section}”.", "“{section}”里“{value}”这个编号用了两次。"),
    "finding.C260": (
        "“{value}” is neither a day nor a kind of day that is known.",
        "“{value}”不是日期，也不是认识的日子类型。",
    ),
    "finding.U101": ("units.csv has no column “id”.", "units.csv 里没有“id”这一栏。"),
    "finding.U102": (
        "“{value}” cannot name a folder on every system ({reason}).",
        "“{value}”不能在各种电脑上作文件夹名（{reason}）。",
    ),
    "finding.U103": (
        "“{value}” is the same id as “{other}” on line {first}.",
        "“{value}”与第 {first} 行的“{other}”是同一个编号。",
    ),
    "finding.U104": (
        "“{value}” looks like “{other}” on line {first}.",
        "“{value}”与第 {first} 行的“{other}”看上去一样。",
    ),
    "finding.U105": ("The unit above, “{value}”, is not in units.csv.", "上级单位“{value}”不在 units.csv 里。"),
    "finding.U106": ("Units stand above each other in a circle: {circle}.", "上下级绕成了一圈：{circle}。"),
    "finding.U107": (
        "“{value}” is already the name of {other} on line {first}, under the same parent.",
        "“{value}”与第 {first} 行的 {other} 同名，上级也相同。",
    ),
    "finding.U108": (
        "“{value}” and “{other}” on line {first} are two spellings of one name.",
        "“{value}”与第 {first} 行的“{other}”是同一个名称的两种写法。",
    ),
    "finding.U109": ("“{value}” is not a day.", "“{value}”不是日期。"),
    "finding.U110": (
        "The unit is closed on {value}, before it is opened on {opened}.",
        "停用日期 {value} 早于启用日期 {opened}。",
    ),
    "finding.U111": (
        "The folder “{value}” belongs to no unit of units.csv; nothing in it is counted.",
        "文件夹“{value}”不对应 units.csv 里的任何单位，里面的内容不会计入汇总。",
    ),
    "finding.U112": ("The unit has no name.", "这个单位没有写名称。"),
    "finding.U113": ("“{value}” stands for the same as “{first}”.", "“{value}”与“{first}”是同一栏。"),
    "finding.U114": (
        "The folder “{value}” is a link that leads out of the campaign.",
        "文件夹“{value}”是指向活动文件夹之外的链接。",
    ),
    "finding.U115": ("“{value}” holds the hidden character {shown}.", "“{value}”里有看不见的字符 {shown}。"),
    "finding.U116": ("The unit has no ledger, and “{value}” is not read.", "这个单位没有台账，“{value}”不会读取。"),
    "finding.X101": (
        "The id also stands in {other_path}, line {other_line}.",
        "这个编号在 {other_path} 第 {other_line} 行也有。",
    ),
    "finding.X102": (
        "The ledger is a copy of {other_path} (same ids: {count} of {rows}).",
        "这份台账是 {other_path} 的副本（编号相同的有 {count} 条，共 {rows} 条）。",
    ),
    "finding.X103": ("The ledger is the same as {other_path}, word for word.", "这份台账与 {other_path} 一字不差。"),
    "finding.L101": ("The column “{label}” is missing.", "缺少必填的“{label}”栏。"),
    "finding.L102": (
        "“{value}” stands for “{label}” like “{first}”, which is the one that is read.",
        "“{value}”和“{first}”都是“{label}”，只读了“{first}”。",
    ),
    "finding.L103": (
        "The heading “{value}” is not known; the column is kept and not read.",
        "不认识栏名“{value}”，这一栏保留但不读取。",
    ),
    "finding.L104": (
        "Under “{label}” stand values of “{other}”, such as “{example}”.",
        "“{label}”栏里填的是“{other}”的内容，例如“{example}”。",
    ),
    "finding.L105": (
        "The row “{value}” is a total and is not counted as a hazard.",
        "“{value}”行是合计，不作为隐患计数。",
    ),
    "finding.L106": ("The row says “{value}”, and other rows list hazards.", "这一行写“{value}”，别的行却列有隐患。"),
    "finding.L107": ("The row repeats the headings or numbers the columns.", "这一行是重复的表头或栏号，不是隐患。"),
    "finding.L109": (
        "The first row is not the heading row; that seems to be line {line}.",
        "第一行不是表头，表头似乎在第 {line} 行。",
    ),
    "finding.L110": ("“{label}” is blank.", "“{label}”没有填。"),
    "finding.L111": ("“{label}” is blank, and “{when}” is “{is_}”.", "“{when}”为“{is_}”，“{label}”却没有填。"),
    "finding.L112": (
        "There is no column “{label}”, and {count} entries need it: their “{when}” is “{is_}”.",
        "缺少“{label}”栏：有 {count} 条的“{when}”为“{is_}”，必须填写。",
    ),
    "finding.L113": ("The entry is “{is_}”, and “{label}” is blank.", "整改状态为“{is_}”，“{label}”却没有填。"),
    "finding.L114": ("The entry is “{is_}”, and “{label}” is blank.", "整改状态为“{is_}”，“{label}”却没有填。"),
    "finding.L120": ("The entry has no id.", "这一条没有编号。"),
    "finding.L121": (
        "The ledger has no column of ids; {count} entries are without one.",
        "台账没有“编号”栏，{count} 条隐患都没有编号。",
    ),
    "finding.L122": ("“{value}” cannot be used as an id.", "“{value}”不能作编号。"),
    "finding.L123": (
        "“{value}” was damaged by a spreadsheet: its last digits are lost.",
        "“{value}”被表格软件改坏了，末几位已经丢失。",
    ),
    "finding.L124": (
        "“{value}” is the same id as “{other}” on line {first}.",
        "“{value}”与第 {first} 行的“{other}”编号相同。",
    ),
    "finding.L125": (
        "“{value}” looks like the id “{other}” on line {first}.",
        "“{value}”与第 {first} 行的编号“{other}”看上去一样。",
    ),
    "finding.L201": (
        "“{value}” is not a status of this campaign ({reason}).",
        "“{value}”不是本活动的整改状态（{reason}）。",
    ),
    "finding.L202": ("“{value}” is not a category of the checklist.", "“{value}”不是清单里的类别。"),
    "finding.L203": ("“{value}” is not an item of the checklist.", "“{value}”不是清单里的检查项。"),
    "finding.L204": (
        "“{value}” under “{label}” cannot be read as a day: {reason}.",
        "“{label}”写的“{value}”读不成日期：{reason}。",
    ),
    "finding.L205": (
        "“{value}” under “{label}” cannot be read as a deadline: {reason}.",
        "“{label}”写的“{value}”读不成时限：{reason}。",
    ),
    "finding.L206": (
        "“{value}” under “{label}” cannot be read as a number: {reason}.",
        "“{label}”写的“{value}”读不成数字：{reason}。",
    ),
    "finding.L207": ("“{value}” is not one of the values of “{label}”.", "“{value}”不是“{label}”可填的内容。"),
    "finding.L208": (
        "“{label}” holds the hidden character {shown} ({reason}).",
        "“{label}”里有看不见的字符 {shown}（{reason}）。",
    ),
    "finding.L209": ("Characters of “{value}” are lost.", "“{value}”里有字丢失了。"),
    "finding.L210": ("“{value}” is a track, not a status.", "“{value}”说的是整改类型，不是整改状态。"),
    "finding.L211": ("“{value}” under “{label}” refers to another cell.", "“{label}”写的是“{value}”，没有写出内容。"),
    "finding.L301": (
        "The deadline {later} lies before the hazard was found on {earlier}.",
        "完成时限 {later} 早于发现时间 {earlier}。",
    ),
    "finding.L302": (
        "The fix {later} lies before the hazard was found on {earlier}.",
        "整改完成时间 {later} 早于发现时间 {earlier}。",
    ),
    "finding.L303": (
        "The fix is verified on {later}, before it was made on {earlier}.",
        "验收时间 {later} 早于整改完成时间 {earlier}。",
    ),
    "finding.L304": (
        "The review {later} lies before the hazard was found on {earlier}.",
        "复核时间 {later} 早于发现时间 {earlier}。",
    ),
    "finding.L305": (
        "“{label}” is {value}, and the status says that it is not fixed.",
        "“{label}”填了 {value}，整改状态却不是已整改。",
    ),
    "finding.L306": (
        "“{label}” is filled in, and the status says that it is not fixed.",
        "“{label}”已填，整改状态却不是已整改。",
    ),
    "finding.L307": ("The item “{value}” belongs to category {own}.", "检查项“{value}”属于类别 {own}。"),
    "finding.L308": ("“{label}” is {day}, after today ({today}).", "“{label}”是 {day}，晚于今天（{today}）。"),
    "finding.L309": (
        "“{label}” is {day}; the campaign runs {first}–{last}.",
        "“{label}”是 {day}，活动在 {first}—{last} 年。",
    ),
    "finding.L310": (
        "The hazard is to be fixed by a date, and the deadline “{value}” has none.",
        "整改类型是限期整改，完成时限“{value}”却没有日期。",
    ),
    "finding.L311": (
        "The extension ends on {later}, before the deadline {earlier}.",
        "延期至 {later}，早于原定时限 {earlier}。",
    ),
    "finding.L312": ("The extension lacks “{label}”.", "延期缺少“{label}”。"),
    "finding.L313": ("The fix was verified by the person who made it.", "验收人就是整改责任人本人。"),
    "finding.L314": ("The hazard is fixed, and “{label}” says why it cannot be.", "状态是已整改，却又填了“{label}”。"),
    "finding.L401": ("“{value}” is read as “{meant}”.", "“{value}”按“{meant}”读取。"),
    "finding.L402": ("“{value}” is counted as “{meant}”: {reason}.", "“{value}”计入“{meant}”：{reason}。"),
    "finding.L403": ("“{value}” is read as {meant}.", "“{value}”按 {meant} 读取。"),
    "finding.L404": ("“{value}” has no year; it is read as {meant}.", "“{value}”没有写年份，按 {meant} 读取。"),
    "finding.L405": ("Spaces stand around “{value}”.", "“{value}”前后有空格。"),
    "finding.L406": ("“{value}” is read as {meant}.", "“{value}”按 {meant} 读取。"),
    "finding.L407": ("“{value}” is read as {meant}: {reason}.", "“{value}”按 {meant} 读取：{reason}。"),
    "finding.L501": ("The entry says the same as {other} on line {first}.", "这条与第 {first} 行的 {other} 内容相同。"),
    "finding.G101": ("figures.csv has no column “{column}”.", "figures.csv 里没有“{column}”栏。"),
    "finding.G102": (
        "“{value}” stands for the same as “{first}”, which is the one that is read.",
        "“{value}”与“{first}”是同一栏，只读了“{first}”。",
    ),
    "finding.G103": ("“{value}” is no figure of this checklist.", "清单里没有填报数“{value}”。"),
    "finding.G104": ("“{value}” is no period.", "“{value}”不是报告期。"),
    "finding.G105": ("“{value}” cannot be read as a number: {reason}.", "“{value}”读不成数字：{reason}。"),
    "finding.G106": ("The figure {value} is below zero.", "填报数 {value} 小于零。"),
    "finding.G107": ("The value is blank; that is not 0.", "数值没有填，空白不等于 0。"),
    "finding.G108": (
        "“{figure}” for {value} stands on line {first} already.",
        "{value} 的“{figure}”第 {first} 行已经填过。",
    ),
    "finding.G109": (
        "“{figure}” for {value} shares days with {other} on line {first} and would be counted twice.",
        "{value} 的“{figure}”与第 {first} 行的 {other} 有重叠的日子，会重复计数。",
    ),
    "finding.G110": ("“{figure}” has to be reported and is not.", "必报的“{figure}”没有填报。"),
    "finding.G111": (
        "{period}: “{left}” {op} “{right}” does not hold ({sums}).",
        "{period}：“{left}” {op} “{right}”不成立（{sums}）。",
    ),
    "finding.G112": (
        "{period}: “{left}” {op} “{right}” does not hold ({sums}); is that so?",
        "{period}：“{left}” {op} “{right}”不成立（{sums}），请核对。",
    ),
    "finding.G113": (
        "{period}: “{missing}” is missing, so “{left}” {op} “{right}” cannot be checked.",
        "{period}：缺“{missing}”，无法核对“{left}” {op} “{right}”。",
    ),
    "finding.G114": (
        "The period {value} has not begun (today is {today}).",
        "报告期 {value} 还没有开始（今天是 {today}）。",
    ),
    "finding.G115": ("“{value}” is read as {meant}.", "“{value}”按 {meant} 读取。"),
    "finding.T101": ("The template cannot be read from here on: {reason}", "模板从这里起读不下去：{reason}"),
    "finding.T102": (
        "“{value}” is typed with full-width braces; templates use the half-width {{{{ and }}}}.",
        "“{value}”用了全角花括号，模板里要用半角的 {{{{ 和 }}}}。",
    ),
    "finding.T103": ("No fact is called “{value}”. Known: {known}", "没有叫“{value}”的内容。可用：{known}"),
    "finding.T104": ("The filter “{value}” is not to be had in templates.", "模板里不能用过滤器“{value}”。"),
    "finding.T105": ("Templates cannot use “{value}”.", "模板里不能用“{value}”。"),
    "finding.T106": ("A name in the template has no value: {reason}", "模板里有名称没有对应的内容：{reason}"),
    "finding.T107": ("The template reaches for something that is closed to templates.", "模板访问了不允许访问的内容。"),
    "finding.T108": (
        "The template computes something that cannot be computed: {reason}",
        "模板里的计算无法进行：{reason}",
    ),
    "finding.M101": (
        "is a conflict copy of {original} ({product}); it is counted nowhere",
        "是 {original} 的冲突副本（{product}），没有计入",
    ),
    "finding.M102": (
        "holds the same entries as {original}; it is counted nowhere",
        "与 {original} 有相同编号的条目，没有计入",
    ),
    "finding.M103": (
        "cells of {original} are in question; the unit is not counted",
        "{original} 有内容待定，该单位没有计入",
    ),
    "finding.P190": (
        "The ledger is no longer the one that was sent for {period}, and the journal does not know that one.",
        "台账已不是{period}报送时的样子，留痕中也找不到当时的内容。",
    ),
    "finding.G116": (
        "“{figure}” is {value}; over {earlier} earlier periods it was usually about {usual}.",
        "“{figure}”为{value}，此前{earlier}期通常在{usual}左右。",
    ),
}
