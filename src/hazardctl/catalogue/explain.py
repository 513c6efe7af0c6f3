"""What each code means: in English its title, as in its rule's docstring; in Chinese the title and the whole text."""

MESSAGES: dict[str, tuple[str, str]] = {
    "explain.J101": ("An entry is gone from the ledger", "条目从台账里消失。恢复或确认之前，该单位不汇总。"),
    "explain.J102": ("Many entries are gone from the ledger", "许多条目从台账里消失。多是截断或被别的文件覆盖。"),
    "explain.J103": ("The file breaks off in its last row", "文件在末行中断。只复制或同步了一部分。"),
    "explain.J104": ("The ledger is empty or gone", "台账是空的或不见了。空台账不等于“没有隐患”，可从留痕重写。"),
    "explain.J105": ("The ledger is an older version", "台账是旧版本。放回了旧文件，或没有同步完。"),
    "explain.J106": ("A journal ends in a piece of a line", "留痕末行不完整。下次变动时另存残行并接着写。"),
    "explain.J201": ("A line of a journal was changed", "留痕被改过。该行的校验值与内容不符。"),
    "explain.J202": ("A line of a journal is missing", "留痕缺行。编号不连续。"),
    "explain.J203": ("A line of a journal was moved, repeated or put in", "留痕的行被挪动、重复或插入。"),
    "explain.J204": ("A journal is shorter than it was", "留痕变短。上级或本单位的另一份留痕见过编号更大的行。"),
    "explain.J205": ("A journal was written anew", "留痕被重写。上级记下的那一行，校验值变了。"),
    "explain.J206": ("A journal is gone", "留痕不见了。上级或本单位的另一份留痕见过它。"),
    "explain.about": ("Explain what a finding means and how to mend it.", "解释问题代码的含义和改法。"),
    "explain.examples": ("hazardctl explain L110\nhazardctl explain", "hazardctl explain L110\nhazardctl explain"),
    "explain.code": (
        "a code such as L110; all codes are listed if left out",
        "问题代码，例如 L110；不写就列出全部代码",
    ),
    "explain.fails": ("This is found:", "会报此问题："),
    "explain.passes": ("This is right:", "这样是对的："),
    "explain.no_such_code": ("There is no code {given}. Near it: {guess}", "没有代码 {given}，相近的有：{guess}"),
    "explain.F100": ("A file cannot be opened", "文件打不开。文件不在，或者系统不允许读取。"),
    "explain.F101": (
        "The file is empty",
        "文件是空的。空文件不等于“没有隐患”：零报告要写一行“无”，YAML 写 nil: true。多半是同步到一半被截断。",
    ),
    "explain.F102": (
        "The file's encoding is not known",
        "文件编码不认识。能读 UTF-8、带标记的 UTF-16 和 GB18030（GBK）。",
    ),
    "explain.F103": (
        "The file holds NUL characters",
        "文件里有空字符。文本里不会有：要么不是文本文件，要么保存时磁盘已满。",
    ),
    "explain.F104": (
        "A quotation mark is not closed",
        "引号没有配对。后面的内容会被当成一格，所以从这一行起都没有读。",
    ),
    "explain.F105": ("The file is too large", "表格太大。一份台账最多 200,000 行、256 列。"),
    "explain.F106": (
        "A row has more cells than there are headings",
        "一行的格数多于表头。多半是文字里的逗号没有用引号括起来，后面各格都错了位。",
    ),
    "explain.F107": (
        "A row has fewer cells than there are headings",
        "一行的格数少于表头。文件在这里被截断，或者少了逗号。",
    ),
    "explain.F108": (
        "A merge was left unfinished",
        "合并没有做完。文件里有 <<<<<<< 和 >>>>>>> 标记：git 没能合并，两个版本都在里面。",
    ),
    "explain.F109": ("The unit's files could not be gone through", "单位的文件无法处理。"),
    "explain.F110": ("A unit has two ledgers", "一个单位有两份台账。读的是 CSV 那一份，哪一份是对的无从判断。"),
    "explain.F120": ("The YAML cannot be read", "YAML 读不下去。"),
    "explain.F121": ("The YAML uses anchors or aliases", "YAML 用了锚点或别名。一个值写在两处，改一处另一处也跟着变。"),
    "explain.F122": ("The YAML uses tags", "YAML 用了类型标签。"),
    "explain.F123": ("The file holds several YAML documents", "一个文件里有几个 YAML 文档。"),
    "explain.F124": ("A key is given twice", "同一个键写了两次。一般的 YAML 程序只留最后一个，也不提醒。"),
    "explain.F125": ("The YAML is nested too deeply", "YAML 套得太深。"),
    "explain.F126": ("A key is not a plain word", "键不是普通文字。"),
    "explain.F127": ("The file holds no list of entries", "文件里没有条目列表。"),
    "explain.F128": ("An entry's field holds more than a text", "条目的某个字段不是一段文字。"),
    "explain.C102": ("Something is missing", "缺少必须写的内容。"),
    "explain.C103": ("A key is not known", "不认识的键。"),
    "explain.C104": ("A value is not one of those that are allowed", "值不在可选范围内。"),
    "explain.C105": ("A day is not written as 2022-08-01", "日期没有写成 2022-08-01 的样子。"),
    "explain.C106": ("A value is of the wrong kind", "内容的形式不对。该写一段文字的地方写成了列表，或者相反。"),
    "explain.C110": (
        "The checklist is not the one the campaign was opened with",
        "排查清单与活动启用时的不一样。campaign.yaml 记有清单的 sha256。用过的版本不再改动，要改就另立新版本。",
    ),
    "explain.C111": (
        "The checklist is named without its version",
        "排查清单没有写版本。现在取最新版，明天可能就是另一版。",
    ),
    "explain.C112": (
        "The checklist is neither shipped nor in the folder `checklists`",
        "没有这份排查清单。随附的清单和 checklists 文件夹里都没有。",
    ),
    "explain.U101": ("units.csv has no column of ids", "units.csv 没有编号栏。"),
    "explain.U102": (
        "A unit's id cannot be a folder's name everywhere",
        (
            "单位编号不能在各种电脑上作文件夹名。单位的文件夹用编号命名，Windows 上也要能用："
            "字母、汉字、数字、- _ 和中间的点，不超过 64 个字，也不能是 Windows 的设备名。"
        ),
    ),
    "explain.U103": ("Two units have the same id", "两个单位编号相同。比较时不分大小写和全角半角，与磁盘的做法一致。"),
    "explain.U104": ("Two ids look the same", "两个编号看上去一样。字母 O 和数字 0，l、I 和 1，只有电脑分得清。"),
    "explain.U105": ("The unit above is not in the list", "上级单位不在名单里。该单位会排在最上层，不计入任何小计。"),
    "explain.U106": ("Units stand above each other in a circle", "上下级绕成了一圈。"),
    "explain.U107": ("Two units have the same name under the same parent", "同一上级下面有两个单位同名。"),
    "explain.U108": (
        "One name is spelled in two ways",
        "一个名称有两种写法。只差空格、全半角、大小写、繁简，或同一上级下只差简称、前面的市县名，多半是同一单位录了两次。",
    ),
    "explain.U109": ("A day in units.csv cannot be read", "units.csv 里的日期读不出来。"),
    "explain.U110": ("A unit is closed before it is opened", "停用早于启用。"),
    "explain.U111": (
        "A folder in units/ belongs to no unit",
        "units/ 里的文件夹不对应任何单位。里面的台账哪里都不会计入：要么 units.csv 漏了单位，要么文件夹名不对。",
    ),
    "explain.U112": ("A unit has no name", "单位没有名称。表格和报告里只能印编号。"),
    "explain.U113": ("Two columns of units.csv stand for the same thing", "units.csv 有两栏是同一内容。"),
    "explain.U114": (
        "A unit's folder leads elsewhere",
        "单位文件夹是指向别处的链接。不会跟过去读取：要计入的内容必须放在活动文件夹里。",
    ),
    "explain.U115": ("A name holds a character that nobody sees", "名称里有看不见的字符。"),
    "explain.U116": (
        "A unit has no ledger, and other tables lie in its folder",
        (
            "单位没有台账，文件夹里却有别的表格。只读 ledger.csv 和 ledger.yaml；"
            "hazardctl import 可以把自己的表格导进来。"
        ),
    ),
    "explain.X101": (
        "Two units have an entry with the same id",
        "两个单位有编号相同的条目。编号在整个活动里只有一个，所以其中一条是副本，会重复计数。",
    ),
    "explain.X102": (
        "A ledger is a copy of another unit's",
        "台账是别的单位台账的副本。一半以上条目的编号在另一个单位的台账里也有。",
    ),
    "explain.X103": ("Two units have the same ledger, word for word", "两个单位的台账一字不差。"),
    "explain.C201": ("A code is given twice", "代码用了两次。台账和统计表都靠代码区分类别、检查项和情形。"),
    "explain.C202": ("An item's code belongs to another category", "检查项的代码属于另一个类别。"),
    "explain.C203": ("A field is listed twice", "字段列了两次。"),
    "explain.C204": (
        "A field is neither a standard one nor fully described",
        "字段既不是标准字段，也没有写全说明。自定字段要写 label 和 type；标准字段只写 key 即可。",
    ),
    "explain.C205": ("A condition names a field that the checklist does not have", "条件里的字段清单里没有。"),
    "explain.C206": ("A condition names a value that the field cannot have", "条件里的值该字段不会有。"),
    "explain.C207": ("A choice has no values, or one twice", "选项没有列出可选值，或者列重了。"),
    "explain.C208": ("Two fields have the same heading", "两个字段的栏名相同。台账里出现这个栏名就无法判断是哪一个。"),
    "explain.C209": (
        "A status is none of the four",
        "不是四种整改状态之一。四种是 unable、not_started、in_progress、done，名称由各活动自定。",
    ),
    "explain.C210": ("Two statuses have the same word", "两种状态用了同一个说法。"),
    "explain.C211": (
        "Something is referred to that the checklist does not have",
        "引用的内容清单里没有。例如任务的类别、填报数的人员分组、检查项改号后的新代码。",
    ),
    "explain.C212": ("A figure is described twice", "填报数写了两次。"),
    "explain.C213": (
        "The checklist is not where its id and version say",
        "清单的编号、版本与所在位置不符。活动按“编号@版本”去找 checklists/编号/版本.yaml，文件里写的要一致。",
    ),
    "explain.C220": (
        "A table's column says nothing, or two things",
        "统计表的一栏什么都没说，或者说了两样。每栏只能是 value、count、sum、figure、ratio、add 之一，或者是栏组。",
    ),
    "explain.C221": ("A column names a figure that the checklist does not have", "统计表用到的填报数清单里没有。"),
    "explain.C222": (
        "A rate or a sum of columns names something that is neither a figure nor a column",
        "比率或合计用到的既不是填报数，也不是本表的栏。",
    ),
    "explain.C223": (
        "A condition names a field or a value that the checklist does not have",
        "条件里的字段或值清单里没有。",
    ),
    "explain.C224": ("A column adds up something that is not a number", "求和的不是数字字段。"),
    "explain.C225": (
        "A table's rows are made of something that the checklist does not have",
        "表格的行无从列起。行可以是 units、categories、items、statuses、tracks，或有固定选项的字段。",
    ),
    "explain.C226": ("A rate does not have two parts", "比率没有写全分子和分母。"),
    "explain.C227": ("Two columns of a table have the same key", "表里有两栏的 key 相同。"),
    "explain.C228": ("Columns are made of each other in a circle", "几栏互相引用，绕成了一圈。"),
    "explain.C230": (
        "A figure rule names something that is neither a figure nor a column",
        "填报数规则用到的既不是填报数，也不是某一栏。",
    ),
    "explain.C231": ("A form's column names a field that the checklist does not have", "表格栏用到的字段清单里没有。"),
    "explain.C232": (
        "A form is of something that the checklist does not have",
        "表格的对象清单里没有。表格可以是台账、人员台账，或某一张统计表。",
    ),
    "explain.C240": (
        "Two dates are in the wrong order",
        "日期先后颠倒。阶段还没开始就结束，报告期还没开始就要报送，或者迟报期限早于应报日期。",
    ),
    "explain.C241": (
        "A named period cannot be told from a calendar one",
        "自定报告期的名称会被读成日历上的报告期。2022-08 永远是指 2022 年 8 月，自定名称要以字母开头。",
    ),
    "explain.C242": (
        "A recurring report does not say when it is due",
        "定期报告没有写明哪一天报送。写 every: month 和 day，或者写固定日期 on: [06-30, 01-15]。",
    ),
    "explain.C243": (
        "Two of a kind have the same id",
        "同类内容的编号重复。报告期、定期报告、表格、任务等都靠编号区分。",
    ),
    "explain.L101": (
        "A required column is missing",
        "缺少必填的栏。清单要求每条都填这个字段，台账里却没有这一栏。表头可以写字段的 key、正式栏名或常用的别称。",
    ),
    "explain.L102": ("Two columns stand for the same field", "两栏是同一个字段。只读前一栏，后一栏写的会悄悄丢掉。"),
    "explain.L103": ("A heading is not known", "不认识的栏名。这一栏保留，不读取；与某个栏名相近的会提示。"),
    "explain.L104": (
        "A column holds another field's values",
        (
            "一栏里填的是另一个字段的内容。几乎每一格都能读成别的字段："
            "不是整列错位，就是表头写反了。这样的台账算出的数看着像对的。"
        ),
    ),
    "explain.L105": (
        "A total row stands in the ledger",
        "台账里有合计行。这一行不作为隐患计数，合计由 hazardctl rollup 生成。",
    ),
    "explain.L106": (
        "A row says that there is nothing, and others list hazards",
        "一行写“无”，别的行却列有隐患。写“无”的这一行不计；两者不会都对。",
    ),
    "explain.L107": (
        "A row repeats the headings or numbers the columns",
        "一行是重复的表头或栏号。多半是从打印表格逐页粘贴带来的，会被当成隐患计数。",
    ),
    "explain.L109": (
        "The first row is not the heading row",
        (
            "第一行不是表头。第一行没有或只有一格是本活动的栏名，"
            "多半是表格上面有标题行。hazardctl import 能在这样的文件里找到表格。"
        ),
    ),
    "explain.L110": (
        "A required cell is blank",
        "必填项没有填。清单要求每条都填；写横线、“无”或“不适用”也等于没有填。",
    ),
    "explain.L111": (
        "A cell that this entry needs is blank",
        "这一条需要填的没有填。清单要求某个字段为某值时填写，例如已整改的要写整改结果。",
    ),
    "explain.L112": (
        "A column that some entries need is missing",
        "缺少部分条目需要的栏。同 L111，整份台账没有这一栏，所以只说一次。",
    ),
    "explain.L113": (
        "An entry that is closed does not say how",
        (
            "办结的条目没有写明怎样办结。已整改的要有日期和结果，无法整改的要有原因，"
            "整改不彻底不销账。活动用到这些字段、清单又没有另作规定时适用。"
        ),
    ),
    "explain.L114": (
        "A hazard that cannot be fixed is left without care",
        "无法整改的隐患没有后续安排。除原因外，还要有临时管控措施、能解决的层级和复核时间，否则就没人管了。",
    ),
    "explain.L201": (
        "The status is not one of the campaign's",
        "整改状态不是本活动的说法。要用本活动的说法；意思相同的词能认，别的不猜。",
    ),
    "explain.L202": (
        "The category is not in the checklist",
        "类别不在清单里。可以写代码、序号或标题，以活动采用的清单版本为准。",
    ),
    "explain.L203": ("The item is not in the checklist", "检查项不在清单里。"),
    "explain.L204": ("The cell is not a day", "读不成日期。能读成两种的不读：6/9/2022 可能是六月，也可能是九月。"),
    "explain.L205": (
        "The deadline cannot be read",
        "读不成时限。日期、“某日前”、月底、3日内、立即、长期、某件事之前都可以；“尽快”不行。",
    ),
    "explain.L206": ("The cell is not a number", "读不成数字。读不出的绝不当作 0。"),
    "explain.L207": ("The value is not one of those the checklist allows", "内容不在清单可填的范围里。"),
    "explain.L208": (
        "The cell holds a character that nobody sees",
        "有看不见的字符。控制字符和改变文字方向的符号会让一格看上去是另一个样子。",
    ),
    "explain.L209": ("Characters of the cell are lost", "有字丢失。文件曾用不认识这些字的编码保存过，丢了的字无法猜。"),
    "explain.L210": (
        "A track stands in the status column",
        "状态栏里写的是整改类型。立行立改、限期整改、长期整改说的是怎么改，不是改到了哪一步。",
    ),
    "explain.L211": ("The cell refers to another cell", "写的是“同上”。台账一排序，“同上”就变成了别的意思。"),
    "explain.L301": ("The deadline lies before the day the hazard was found", "完成时限早于发现时间。"),
    "explain.L302": ("A hazard is fixed before it is found", "整改完成早于发现。"),
    "explain.L303": ("A fix is verified before it is made", "验收早于整改完成。"),
    "explain.L304": ("The next review lies before the day the hazard was found", "复核时间早于发现时间。"),
    "explain.L305": (
        "A day of completion stands beside an open status",
        "填了整改完成时间，状态却未整改到位。已经整改的改状态；是计划日期的填到完成时限。",
    ),
    "explain.L306": ("A hazard is verified that is not fixed", "还没有整改就已验收。"),
    "explain.L307": ("The item belongs to another category", "检查项属于另一个类别。"),
    "explain.L308": (
        "Something has been done on a day that has not come",
        "已经发生的事写在还没到的日子。已发生的最晚是今天；今天是哪一天可用 --today 指定。",
    ),
    "explain.L309": (
        "A day lies far outside the campaign",
        "日期离活动太远。早于活动开始一年以上，或晚于结束五年以上，多半是年份打错。",
    ),
    "explain.L310": ("Fixing by a date, without a date", "限期整改却没有日期。"),
    "explain.L311": ("An extension ends before the deadline it extends", "延期后的时限早于原定时限。"),
    "explain.L312": (
        "An extension lacks its new date or its reason",
        "延期缺少新的时限或原因。不论怎样延期，两样都要有。",
    ),
    "explain.L313": ("Somebody verified his own work", "自己验收自己的整改。单位说改好了，和别人看过了，是两件事。"),
    "explain.L314": (
        "A reason why it cannot be fixed stands beside a hazard that is fixed",
        "已整改的又写了无法整改的原因。",
    ),
    "explain.L401": ("Another word for the same", "意思相同的另一个说法。check --fix 会改成本活动的说法。"),
    "explain.L402": (
        "A status was understood with a consequence",
        (
            "状态按某种理解计入。待验收仍算未完成，已销号算已整改，退回算没有整改到位："
            "请看是不是这个意思。原来的词比状态说得更多，所以不改写。"
        ),
    ),
    "explain.L403": ("Another spelling of a date", "日期的另一种写法。"),
    "explain.L404": (
        "The year was guessed",
        "年份是推断的。日期没有写年份，活动期内只有一个年份说得通；以后别人就看不出来了。",
    ),
    "explain.L405": ("Spaces stand around the value", "内容前后有空格。"),
    "explain.L406": ("A number has a unit, a separator or full-width digits", "数字带单位、千分位或全角数字。"),
    "explain.L407": (
        "A deadline or day was understood with something left out or added",
        (
            "日期或时限读取时有增减。15 按 15 天算，2022年9月按月底算，"
            "48小时内按两天算，几点几分略去。原文与读法不完全一样，所以不改写。"
        ),
    ),
    "explain.L120": (
        "An entry has no id",
        "条目没有编号。合并、留痕和数字的来源都靠编号。hazardctl scaffold 单位 会给没有编号的行补上。",
    ),
    "explain.L121": (
        "The ledger has no ids",
        "台账没有编号栏。文件里印的表没有这一栏。hazardctl scaffold 单位 会加上，别的都不动。",
    ),
    "explain.L122": (
        "The id cannot be used",
        (
            "编号不能用。编号以字母、汉字或数字开头，后面可以用字母、汉字、数字和 - . _ ( ) 〔 〕 [ ] # /，"
            "不超过 64 个字：要在命令里输入，也要由电脑比较。"
        ),
    ),
    "explain.L123": (
        "The id was damaged by a spreadsheet",
        "编号被表格软件改坏。数字超过 15 位时，表格软件把后面的变成 0，或整个变成 3.5E+17。",
    ),
    "explain.L124": ("Two entries have the same id", "两条的编号相同。比较时不分大小写和全角半角。"),
    "explain.L125": ("Two ids look the same", "两个编号看上去一样。字母 O 和数字 0，l、I 和 1，只有电脑分得清。"),
    "explain.L501": (
        "Two entries describe the same hazard",
        "两条说的是同一个隐患。类别、情况和部位都相同，编号不同，也看不出是两天发现的。全角半角、空格和标点不论。",
    ),
    "explain.G101": ("A column is missing in figures.csv", "figures.csv 缺少一栏。"),
    "explain.G102": ("Two columns of figures.csv stand for the same thing", "figures.csv 有两栏是同一内容。"),
    "explain.G103": ("A figure is not in the checklist", "填报数不在清单里。"),
    "explain.G104": ("A period cannot be read", "报告期读不出来。"),
    "explain.G105": ("A figure is not a number of its kind", "填报数读不成数字。读不出的绝不当作 0。"),
    "explain.G106": ("A figure is below zero", "填报数小于零。"),
    "explain.G107": ("A figure's value is blank", "填报数没有填。没有报送不等于 0，没有就写 0。"),
    "explain.G108": ("A figure is reported twice for one period", "同一报告期的同一填报数填了两次。"),
    "explain.G109": ("Two periods of a flow overlap", "时期数的两个报告期有重叠。时期数要相加，重叠的日子会算两遍。"),
    "explain.G110": ("A required figure is not reported", "必报的填报数没有报。"),
    "explain.G111": ("Figures contradict each other", "填报数互相矛盾。它们之间的关系由清单规定。"),
    "explain.G112": ("Figures hardly agree with each other", "填报数可能矛盾。同 G111，但允许有例外。"),
    "explain.G113": ("A figure is missing that another has to be compared with", "缺一个数，无法核对。"),
    "explain.G114": ("A figure is reported for days that have not come", "填报的是还没有到的日子。"),
    "explain.G115": (
        "A figure was understood, and is not written as a plain number",
        "填报数能读懂，但不是单纯的数字。",
    ),
    "explain.C260": (
        "A row of the working-day calendar cannot be read",
        "工作日历有一行读不出来。calendar/ 里的文件有 date、kind 两栏，kind 写工作日或休息日。",
    ),
    "explain.T101": ("The template cannot be read", "模板读不下去。"),
    "explain.T102": ("Braces are full-width", "花括号是全角的。全角花括号会原样印出来，内容填不进去。"),
    "explain.T103": ("A name stands for nothing", "模板里的名称没有对应的内容。"),
    "explain.T104": (
        "A filter is not to be had",
        "模板里不能用这个过滤器。模板可能来自共享文件夹，只给报告用得着的，不给能触及别处的。",
    ),
    "explain.T105": (
        "A template reaches for other files, or switches escaping off",
        "模板引用了别的文件，或关掉了转义。",
    ),
    "explain.T106": ("A name has no value when the report is made", "出报告时有名称没有内容。"),
    "explain.T107": ("A template reaches for what is closed to templates", "模板访问了不允许访问的内容。"),
    "explain.T108": ("A template computes something that cannot be computed", "模板里的计算无法进行。"),
    "explain.M101": ("A conflict copy stands beside the file", "文件旁有冲突副本，不计入；用 conflicts --merge 并入。"),
    "explain.M102": ("Another file in the folder holds the same entries", "另有文件含相同的条目：是台账副本，不计入。"),
    "explain.M103": (
        "Cells of a merge are still in question",
        "合并有内容待定。该单位暂不计入：填好 choose 一列，再运行 resolve。",
    ),
    "explain.G116": ("A figure is far from the unit's own earlier ones.", "填报数与本单位以往相差很大。"),
}
