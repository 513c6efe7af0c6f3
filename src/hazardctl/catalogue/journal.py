"""Words of `hazardctl journal`, and of the journal itself."""

MESSAGES: dict[str, tuple[str, str]] = {
    "journal.about": (
        "The journal: every change of every entry, in files that only grow.",
        "留痕：每条隐患的每次变动，都记在只增不改的文件里。",
    ),
    "journal.examples": (
        "hazardctl journal note\nhazardctl journal head > heads.txt\nhazardctl journal verify --head heads.txt",
        "hazardctl journal note\nhazardctl journal head > heads.txt\nhazardctl journal verify --head heads.txt",
    ),
    "journal.note.about": (
        "Record in the journal what hands have changed since.",
        "把手工改动记入留痕。",
    ),
    "journal.head.about": (
        "Print the head of each journal: kept elsewhere, it shows later whether anything before it was altered.",
        "打印各留痕文件的末行编号和校验值；另存别处，日后可查出此前的任何改动。",
    ),
    "journal.verify.about": (
        "Find edits, deletions, moved lines, cuts and rewriting in the journals.",
        "查出留痕里被改、被删、被挪、被截断、被重写的地方。",
    ),
    "journal.units": ("the units, by id or name; all where none is named", "单位编号或名称；不写即全部"),
    "journal.head_file": ("heads recorded earlier by `journal head`", "先前用 journal head 记下的文件"),
    "journal.noted": ("{unit}: recorded", "{unit}：已记入"),
    "journal.waiting": (
        "{unit}: its ledger is an older version, breaks off or cannot be read; `hazardctl check {unit}` says more",
        "{unit}：台账是旧版本、不完整或读不出来，请运行 hazardctl check {unit}",
    ),
    "journal.read_units": ("{units} units, {lines} journal lines", "{units} 个单位，{lines} 条留痕"),
    "journal.changed_units": ("{count} journals", "{count} 份留痕"),
    "journal.sound": ("Every line is where and what it was.", "每一条都完好，次序无误。"),
    "journal.sound_without_head": (
        (
            "Every line follows from the one before it. Whether the end was cut off, or all of it written anew, only "
            "--head can tell."
        ),
        "各条前后相接。末尾是否被截、是否整份重写，需用 --head 核对。",
    ),
    "journal.bad_head": (
        "{path}:{line}: is not a line of `journal head`: unit, writer, number, hash.",
        "{path}:{line}：不是 journal head 的一行（单位、记录人、编号、校验值）。",
    ),
    "journal.no_head_file": ("{path}: cannot be read", "{path}：读不出来"),
    "journal.unread_ledger": (
        "{path} cannot be read, so nobody can say what is lost in it.",
        "{path} 读不出来，无法判断丢了什么。",
    ),
    "journal.older_ledger": (
        "{path} is an older version than the journal knows, or breaks off; nothing was written.",
        "{path} 是比留痕更早的版本，或者内容不全；没有写入任何内容。",
    ),
    "journal.older_ledger.remedy": (
        "Sync again; else: hazardctl restore {unit}, or, if it is meant so: hazardctl restore {unit} --accept-loss",
        "请重新同步；或用 hazardctl restore {unit} 恢复；确实以此为准的：hazardctl restore {unit} --accept-loss",
    ),
    "journal.unread_ledger.remedy": (
        "hazardctl check, and mend what it names; or bring the ledger back: hazardctl restore UNIT",
        "先用 hazardctl check 改正所列问题；或用 hazardctl restore 单位 恢复台账",
    ),
}
