"""The commands of a clerk's day: a campaign started, ledgers made, hazards added, changed, listed and shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Run
from hazardctl import asking, load
from hazardctl.load import Opened
from hazardctl.workspace import Workspace

TODAY = ("--today", "2022-08-20")
GIVEN = (
    "category=2.7",
    "description=门禁损坏",
    "measures=更换门锁",
    "department=办公室",
    "owner=张三",
    "deadline=9月6日",
)


@pytest.fixture
def campaign(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "单位.csv").write_bytes(
        "编号,单位名称,上级单位\r\nju,区局,\r\ncaojia,曹家司法所,ju\r\nlijia,李家司法所,ju\r\n".encode("gbk")
    )
    made = run("init", "c", "--checklist", "community-correction", "--units", "单位.csv")
    assert made.code == 0, made.err
    monkeypatch.chdir(tmp_path / "c")
    return tmp_path / "c"


def ledger(campaign: Path, unit: str = "caojia") -> str:
    return (campaign / "units" / unit / "ledger.csv").read_bytes().decode("utf-8-sig")


def add(run: Run, *words: str) -> str:
    done = run(*TODAY, "add", "caojia", *(words or GIVEN))
    assert done.code == 0, done.err
    return done.out.strip()


def test_a_new_campaign_checks_clean_and_is_never_started_twice(campaign: Path, run: Run) -> None:
    text = (campaign / "campaign.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=schemas/campaign.schema.json\n")
    assert (campaign / "schemas" / "campaign.schema.json").is_file()
    assert (campaign / "units.csv").read_text(encoding="utf-8-sig").splitlines()[2] == "caojia,曹家司法所,ju,,,"
    opened = load.opened(Workspace(campaign))
    assert not opened.findings
    before = {path: path.read_bytes() for path in campaign.rglob("*") if path.is_file()}
    again = run("init", ".", "--checklist", "community-correction")
    assert again.code == 3
    assert {path: path.read_bytes() for path in campaign.rglob("*") if path.is_file()} == before


def test_init_takes_name_dates_language_and_a_checklist_of_the_bureaus_own(tmp_path: Path, run: Run) -> None:
    own = tmp_path / "ours.yaml"
    shipped = load.find_checklist("community-correction", None).read_text(encoding="utf-8")
    own.write_text(shipped.replace("id: community-correction", "id: ours", 1), encoding="utf-8")
    done = run(
        "init",
        "c",
        "--checklist",
        own,
        "--name",
        "A: #1",
        "--starts",
        "2023.1.1",
        "--ends",
        "2023-12-31",
        "--locale",
        "en",
    )
    assert done.code == 0, done.err
    opened = load.opened(Workspace(tmp_path / "c"))
    assert (opened.campaign.name, opened.checklist.id, str(opened.campaign.starts)) == ("A: #1", "ours", "2023-01-01")
    assert opened.findings == ()
    assert run("--campaign", "c", "scaffold").code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--checklist", "nothing"), 3),
        (("--checklist", "community-correction", "--starts", "soon"), 2),
        (("--checklist", "community-correction", "--starts", "2023-02-01", "--ends", "2023-01-01"), 2),
        (("--checklist", "community-correction", "--locale", "fr"), 2),
        (("--checklist", "community-correction", "--units", "missing.csv"), 3),
        (("--checklist", "community-correction", "--units", "names.csv"), 3),
        (("--checklist", "community-correction", "--units", "unsafe.csv"), 3),
        (("--checklist", "community-correction", "--units", "twice.csv"), 3),
    ],
)
def test_init_refuses_before_it_makes_anything(words: tuple[str, ...], code: int, tmp_path: Path, run: Run) -> None:
    Path("names.csv").write_text("name\n甲\n", encoding="utf-8")
    Path("unsafe.csv").write_text("id,name\n../x,甲\n", encoding="utf-8")
    Path("twice.csv").write_text("id,name\nA1,甲\naI,乙\n", encoding="utf-8")
    assert run("init", "c", *words).code == code
    assert not (tmp_path / "c").exists()


def test_a_trial_run_names_the_files_and_makes_none(tmp_path: Path, run: Run) -> None:
    done = run("init", "c", "--checklist", "community-correction", "--dry-run")
    assert done.code == 4
    assert "c/campaign.yaml" in done.out
    assert not (tmp_path / "c").exists()


def test_units_are_added_listed_and_closed(campaign: Path, run: Run) -> None:
    assert run("unit", "add", "wangjia", "王家司法所", "--parent", "ju", "--opened", "2022年8月1日").code == 0
    assert run("unit", "close", "lijia", "--on", "2022-09-01").code == 0
    text = (campaign / "units.csv").read_bytes().decode("utf-8-sig")
    assert text.endswith("lijia,李家司法所,ju,,,2022-09-01\r\nwangjia,王家司法所,ju,,2022-08-01,\r\n")
    listed = run("unit", "list", "--format", "json")
    assert [(unit["id"], unit["level"], unit["closed"]) for unit in json.loads(listed.out)] == [
        ("ju", 1, ""), ("caojia", 2, ""), ("lijia", 2, "2022-09-01"), ("wangjia", 2, ""),
    ]  # fmt: skip
    assert "  曹家司法所" in run("unit", "list").out
    assert run("unit", "list", "--format", "csv").out.startswith("id,name,parent,kind,opened,closed\n")


@pytest.mark.parametrize(
    "words",
    [
        ("add", "caojia"), ("add", "CAOJIA"), ("add", "ca0jia"), ("add", "../x"), ("add", "CON"), ("add", ""),
        ("add", "x" * 65), ("add", "new", "新", "--parent", "nobody"), ("close", "nobody"),
        ("close", "lijia", "--on", "soon"),
    ],
)  # fmt: skip
def test_a_unit_that_cannot_be_is_refused(words: tuple[str, ...], campaign: Path, run: Run) -> None:
    before = (campaign / "units.csv").read_bytes()
    assert run("unit", *words).code == 2
    assert (campaign / "units.csv").read_bytes() == before


def test_add_prints_the_id_and_writes_the_entry(campaign: Path, run: Run) -> None:
    made = add(run)
    assert ledger(campaign).splitlines()[1] == f"{made},2.7,门禁损坏,更换门锁,办公室,张三,2022-09-06,未整改,,,,,"


def test_fields_are_named_by_key_label_or_usual_heading(campaign: Path, run: Run) -> None:
    add(run, "隐患类别=(二)", "存在问题=灯坏", "整改措施=换灯", "责任单位=后勤", "负责人=李四", "期限=2022/9/1")
    assert "2,灯坏,换灯,后勤,李四,2022-09-01,未整改" in ledger(campaign)


def test_what_would_be_wrong_is_said_at_once_and_nothing_is_written(campaign: Path, run: Run) -> None:
    done = run(*TODAY, "add", "caojia", "category=99", "deadline=尽快", "description=x", "measures=x", "department=x")
    assert done.code == 1
    assert all(code in done.err for code in ("L202", "L205", "L110"))
    assert "hazardctl set" not in done.err
    assert not (campaign / "units" / "caojia" / "ledger.csv").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "caojia"), 2),
        (("add", "nobody", "category=1"), 2),
        (("add", "caojia", "category"), 2),
        (("add", "caojia", "colour=red"), 2),
        (("add", "caojia", "category=1", "类别=2"), 2),
        (("set", "caojia", "H2"), 2),
        (("set", "caojia", "owner=x"), 2),
        (("set", "caojia", "H2", "--overdue", "owner=x"), 2),
        (("set", "caojia", "ZZZ", "owner=x"), 2),
        (("set", "caojia", "--status", "飞了", "owner=x"), 2),
        (("show", "caojia", "ZZZ"), 2),
        (("list", "nobody"), 2),
        (("list", "--format", "pdf"), 2),
        (("show", "caojia", "H", "--format", "xml"), 2),
        (("scaffold", "--format", "pdf"), 2),
    ],
)
def test_a_command_that_cannot_be_meant_ends_with_2(
    words: tuple[str, ...], code: int, campaign: Path, run: Run
) -> None:
    add(run)
    before = ledger(campaign)
    assert run(*TODAY, *words).code == code
    assert ledger(campaign) == before


@pytest.mark.parametrize(
    "given",
    [
        '{"类别":"1.1","存在问题":"甲\\n乙","措施":"x","责任部门":"x","责任人":["张三","李四"],"期限":"2022-09-06","notes":null}\n\n'.replace(
            ',"notes":null', ""
        ),
        (
            '[{"category":1.1,"description":"甲\\n乙","measures":"x","department":"x","owner":"张三、李四",'
            '"deadline":"2022-09-06"}]'
        ),
        '类别,存在问题,措施,责任部门,责任人,期限\r\n1.1,"甲\n乙",x,x,张三、李四,2022-09-06\r\n',
    ],
)
def test_entries_come_from_standard_input_as_json_or_csv(given: str, campaign: Path, run: Run) -> None:
    done = run(*TODAY, "add", "caojia", "-", input=given)
    assert done.code == 0, done.err
    assert '1.1,"甲\n乙",x,x,张三、李四,2022-09-06' in ledger(campaign)


def test_csv_from_standard_input_may_be_gbk(campaign: Path, run: Run) -> None:
    given = "类别,存在问题,措施,责任部门,责任人,期限\n1.1,灯坏,换,后勤,张三,立即\n".encode("gbk")
    assert run(*TODAY, "add", "caojia", "-", input=given).code == 0
    assert "1.1,灯坏,换,后勤,张三,立即" in ledger(campaign)


@pytest.mark.parametrize(
    "given", ["", "{", "[1]", '{"category": {"a": 1}}', '{"category": true}', 'a,b\n"x', b"\xff\xff\xff", "[" * 100_000]
)
def test_what_is_no_entry_on_standard_input_is_said(given: str | bytes, campaign: Path, run: Run) -> None:
    done = run(*TODAY, "add", "caojia", "-", input=given)
    assert done.code == 2, done.err
    assert not (campaign / "units" / "caojia").exists()


def test_set_writes_canonical_values_and_says_what_changed(campaign: Path, run: Run) -> None:
    made = add(run)
    done = run(
        *TODAY,
        "--lang",
        "zh",
        "set",
        "caojia",
        made[:6].lower(),
        "整改情况=整改完成",
        "完成日期=8月20日",
        "result=已换",
    )
    assert done.code == 0, done.err
    assert f"{made}  整改状态：未整改 → 已整改" in done.out
    assert (
        ledger(campaign).splitlines()[1]
        == f"{made},2.7,门禁损坏,更换门锁,办公室,张三,2022-09-06,已整改,,,,2022-08-20,已换"
    )


def test_set_reaches_columns_of_the_clerks_own(campaign: Path, run: Run) -> None:
    made = add(run)
    path = campaign / "units" / "caojia" / "ledger.csv"
    head, row, _ = ledger(campaign).split("\r\n")
    path.write_text(f"{head},领导批示\r\n{row},速办\r\n", encoding="utf-8-sig", newline="")
    done = run(*TODAY, "set", "caojia", made, "领导批示=已阅")
    assert "领导批示: 速办 → 已阅" in done.out
    assert ledger(campaign) == f"{head},领导批示\r\n{row},已阅\r\n"


def test_a_trial_of_set_ends_with_4_and_changes_nothing(campaign: Path, run: Run) -> None:
    add(run)
    before = ledger(campaign)
    assert run(*TODAY, "set", "caojia", "--owner", "张", "owner=李四", "--dry-run").code == 4
    assert run(*TODAY, "set", "caojia", "--owner", "张", "owner=张三", "--dry-run").code == 0
    assert ledger(campaign) == before


@pytest.mark.usefixtures("campaign")
def test_list_gives_entries_by_key_with_their_place(run: Run) -> None:
    made = add(run)
    listed = json.loads(run(*TODAY, "list", "--format", "json").out)
    assert [(one["id"], one["unit"], one["path"], one["line"], one["status"], one["result"]) for one in listed] == [
        (made, "caojia", "units/caojia/ledger.csv", 2, "未整改", "")
    ]
    assert json.loads(run(*TODAY, "list", "lijia", "--format", "json").out) == []
    assert (
        run(*TODAY, "list", "ju", "--format", "csv")
        .out.splitlines()[1]
        .startswith(f"caojia,units/caojia/ledger.csv,2,{made},")
    )


@pytest.mark.usefixtures("campaign")
def test_nothing_is_cut_where_nothing_is_a_terminal(run: Run) -> None:
    add(run, *GIVEN[:1], f"description={'很长' * 300}", *GIVEN[2:])
    assert "很长" * 300 in run(*TODAY, "list").out


@pytest.mark.usefixtures("campaign")
def test_one_long_cell_does_not_fill_the_other_rows_with_blanks_in_a_pipe(run: Run) -> None:
    add(run, *GIVEN[:1], f"description={'长' * 60_000}", *GIVEN[2:])
    add(run)
    for command in (("list",), ("due", "--within", "30")):
        long, short = sorted(run(*TODAY, *command).out.splitlines(), key=len, reverse=True)[0:3:2]
        assert "长" * 60_000 in long
        assert len(short) < 200


def test_one_word_on_a_line_of_its_own_is_a_nil_return(campaign: Path, run: Run) -> None:
    assert run(*TODAY, "scaffold", "caojia").code == 0
    path = campaign / "units" / "caojia" / "ledger.csv"
    head = ledger(campaign).splitlines()[0]
    for said in ("无", "无。", "　无隐患 "):
        path.write_text(f"{head}\r\n{said}\r\n", encoding="utf-8", newline="")
        done = run(*TODAY, "check", "caojia")
        assert (done.code, "F107" in done.out) == (0, False), done.out
    made = add(run)
    assert made in ledger(campaign)
    assert "无隐患" not in ledger(campaign)
    path.write_text(f"{head}\r\n更换门禁\r\n", encoding="utf-8", newline="")
    assert "F107" in run(*TODAY, "check", "caojia").out


def test_cells_are_cut_to_the_terminal_by_their_width() -> None:
    from importlib import import_module

    from hazardctl import text

    fitted = import_module("hazardctl.commands.list").fitted
    rows = fitted([["a", "隐患描述", "b"], ["x" * 14, "很长" * 40, "多\n行"]], 50)
    assert all(sum(map(text.width, row)) + 4 <= 50 for row in rows)
    assert rows[1][1].endswith("…")
    assert rows[1][0] == "x" * 14
    assert rows[1][2] == "多 行"
    assert fitted([["id", "b"], ["H" * 40, "很长" * 9]], 20, [0])[1] == ["H" * 40, "很长…"]


@pytest.mark.usefixtures("campaign")
def test_markdown_is_not_written_by_cells(run: Run) -> None:
    add(run, *GIVEN[:1], "description=a|b *c*\n[x](y)", *GIVEN[2:])
    row = run(*TODAY, "list", "--format", "md").out.splitlines()[2]
    assert "a\\|b \\*c\\*<br>\\[x\\](y)" in row


def test_list_works_on_files_with_errors_and_names_those_it_cannot_read(campaign: Path, run: Run) -> None:
    add(run)
    path = campaign / "units" / "caojia" / "ledger.csv"
    path.write_text(ledger(campaign).replace("未整改", "不知道") + "短,行\r\n", encoding="utf-8-sig", newline="")
    broken = campaign / "units" / "lijia" / "ledger.yaml"
    broken.parent.mkdir()
    broken.write_text("a: [", encoding="utf-8")
    done = run(*TODAY, "list")
    assert done.code == 0
    assert "不知道" in done.out
    assert "units/lijia/ledger.yaml" in done.err


@pytest.mark.usefixtures("campaign")
def test_show_tells_what_the_deadline_means(run: Run) -> None:
    made = add(run, *GIVEN[:-1], "deadline=3日内")
    shown = run("--today", "2022-08-25", "--lang", "zh", "show", "caojia", made[:5])
    assert "最迟 2022-08-23，已超期 2 天" in shown.out
    assert "units/caojia/ledger.csv:2" in shown.out
    record = json.loads(run("show", "caojia", made, "--format", "json").out)
    assert (record["id"], record["deadline"], record["line"]) == (made, "3日内", 2)


def test_a_yaml_ledger_takes_part_in_everything(campaign: Path, run: Run) -> None:
    assert run(*TODAY, "scaffold", "caojia", "--format", "yaml").code == 0
    made = add(run)
    text = (campaign / "units" / "caojia" / "ledger.yaml").read_text(encoding="utf-8")
    assert text.endswith(
        f"  - 编号: {made}\n    风险隐患类别: '2.7'\n    风险隐患基本情况: 门禁损坏\n    整改措施: 更换门锁\n"
        "    责任部门: 办公室\n    责任人: 张三\n    完成时限: '2022-09-06'\n    整改状态: 未整改\n"
    )
    assert run(*TODAY, "set", "caojia", made, "owner=李四").code == 0
    assert "责任人: 李四" in (campaign / "units" / "caojia" / "ledger.yaml").read_text(encoding="utf-8")
    assert made in run(*TODAY, "list", "--owner", "李").out


def test_scaffold_says_what_it_made_and_leaves_the_rest(campaign: Path, run: Run) -> None:
    first = run(*TODAY, "scaffold")
    assert "units/caojia/ledger.csv" in first.out
    assert "units/ju/" not in first.out
    second = run(*TODAY, "scaffold")
    assert (second.code, second.out) == (0, "")
    assert run(*TODAY, "scaffold", "ju", "--dry-run").code == 4
    assert not (campaign / "units" / "ju").exists()


def test_a_deadline_that_has_passed_is_added_and_no_day_of_finding_is_made_up(campaign: Path, run: Run) -> None:
    done = run("--today", "2022-12-01", "--lang", "zh", "add", "caojia", *GIVEN)
    assert done.code == 0, done.err
    assert "发现时间 未填" not in done.err
    assert ",2022-09-06,未整改,,,,,\r\n" in ledger(campaign)


def test_today_stands_for_the_day_of_finding_where_one_is_needed_and_that_is_said(campaign: Path, run: Run) -> None:
    done = run(*TODAY, "--lang", "zh", "add", "caojia", *GIVEN[:-1], "deadline=3日内")
    assert "发现时间 未填，按今天 2022-08-20 记。" in done.err
    assert "3日内,未整改,,,2022-08-20" in ledger(campaign)


@pytest.mark.usefixtures("campaign")
def test_what_is_written_otherwise_than_it_was_typed_is_listed(run: Run) -> None:
    done = run(*TODAY, "--lang", "zh", "add", "caojia", *GIVEN)
    assert "完成时限：“9月6日”记作 2022-09-06" in done.err.splitlines()
    assert "隐患描述" not in done.err
    changed = run(*TODAY, "--lang", "zh", "set", "caojia", done.out.strip(), "deadline=9月20日", "owner=李四")
    assert [line for line in changed.err.splitlines() if "记作" in line] == ["完成时限：“9月20日”记作 2022-09-20"]


class Clerk:
    """A console whose answers are written down beforehand."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.asked, self.said = list(answers), [], []  # type: ignore[var-annotated]

    def ask(self, question: str, default: str = "", known: object = ()) -> str:
        self.asked.append(f"{question} {known}")
        return self.answers.pop(0) or default

    def complain(self, message: str) -> None:
        self.said.append(message)


@pytest.fixture
def opened(campaign: Path) -> Opened:
    return load.opened(Workspace(campaign))


def test_asking_lists_what_is_allowed_and_takes_numbers_and_defaults(opened: Opened) -> None:
    from datetime import date

    clerk = Clerk("9", "2", "门坏", "", "换锁", "办公室", "张三", "尽快", "9月6日", "4", "", "", "", "8月20日", "已换")
    answers = asking.ask_entry(clerk, opened.terms, date(2022, 8, 20), {})
    assert answers == {
        "category": "2", "description": "门坏", "measures": "换锁", "department": "办公室", "owner": "张三",
        "deadline": "9月6日", "status": "Fixed", "found_on": "2022-08-20", "done_on": "8月20日", "result": "已换",
    }  # fmt: skip
    assert "  1  社区矫正安全稳定责任落实情况" in clerk.said or any("1  " in line for line in clerk.said)
    assert not clerk.answers


def test_asking_leaves_out_what_is_given_and_what_the_state_does_not_call_for(opened: Opened) -> None:
    from datetime import date

    clerk = Clerk("", "", "", "")
    given = dict(word.split("=", 1) for word in GIVEN)
    answers = asking.ask_entry(clerk, opened.terms, date(2022, 8, 20), given)
    assert answers["status"] == "未整改"
    assert not [question for question in clerk.asked if "Done on" in question or "Result" in question]


def test_asking_says_how_a_date_was_read(opened: Opened) -> None:
    clerk = Clerk("9月20日")
    assert asking.ask(clerk, opened.terms, opened.terms.by_key["deadline"], "", required=True) == "9月20日"
    assert any("2022-09-20" in said for said in clerk.said)


def test_what_was_refused_is_asked_again_and_the_rest_kept(
    campaign: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hazardctl.console import Console

    clerk = Clerk("2", "门坏", "", "换锁", "办公室", "张三", "8月1日", "", "", "", "", "8月30日", "")
    monkeypatch.setattr(Console, "interactive", True)
    monkeypatch.setattr(Console, "ask", lambda _self, *words: clerk.ask(*words))
    done = run(*TODAY, "--lang", "zh", "add", "caojia")
    assert done.code == 0, done.err
    assert "L301" in done.err
    assert "其余已填的都保留" in done.err
    assert "门坏" in ledger(campaign)
    assert "2022-08-30" in ledger(campaign)


@pytest.mark.parametrize(
    ("words", "guess"),
    [
        (("chekc",), "check"),
        (("unit", "lst"), "list"),
        (("add", "caojai", "category=1"), "caojia"),
        (("check", "曹家司法"), "caojia"),
        (("init", "d", "--checklist", "comunity-correction"), "community-correction"),
        (("explain", "L999"), "L"),
    ],
)
@pytest.mark.usefixtures("campaign")
def test_a_word_that_is_nearly_right_is_answered_with_the_right_one(
    words: tuple[str, ...], guess: str, run: Run
) -> None:
    done = run("--lang", "zh", *words)
    assert done.code in (2, 3)
    assert done.err.startswith("错误：")
    assert not done.err.startswith("错误： ")
    assert guess in done.err.partition("是不是想写")[2] or guess in done.err.partition("相近的有")[2]


def test_a_unit_is_checked_by_its_name(campaign: Path, run: Run) -> None:
    add(run)
    (campaign / "units" / "lijia").mkdir()
    (campaign / "units" / "lijia" / "ledger.csv").write_text("x\n", encoding="utf-8")
    assert run(*TODAY, "check", "曹家司法所").code == 0
    assert "units/lijia/" in run(*TODAY, "check", "李家司法所").out


def test_fields_are_called_by_their_labels_whether_the_checklist_uses_them_or_not(campaign: Path, run: Run) -> None:
    made = add(run)
    path = campaign / "units" / "caojia" / "ledger.csv"
    head, row, _ = ledger(campaign).split("\r\n")
    path.write_text(f"{head},序号,备注2\r\n{row},7,\r\n", encoding="utf-8-sig", newline="")
    shown = run("--lang", "zh", "show", "caojia", made).out
    assert "序号" in shown
    assert "number" not in shown
    run("--lang", "zh", *TODAY, "set", "caojia", made, "owner=李四")
    told = run("--lang", "zh", "history", "caojia", made).out
    assert "number:" not in told
    assert "如果是指“备注”" in run("--lang", "zh", *TODAY, "check", "caojia").out
    answer = run("--lang", "zh", "add", "caojia", "colour=red").err
    assert "责任人（owner）" in answer


@pytest.mark.usefixtures("campaign")
def test_days_left_are_called_days_and_the_last_one_today(run: Run) -> None:
    add(run, *GIVEN)
    for today, words in (("09-06", "今天到期"), ("09-05", "还有1天"), ("09-08", "逾期2天")):
        assert words in run("--today", f"2022-{today}", "--lang", "zh", "due").out


@pytest.mark.usefixtures("campaign")
def test_a_category_that_is_not_there_is_answered_with_titles(run: Run) -> None:
    add(run)
    assert "2 社区矫正监督管理工作安全稳定情况" in run("--lang", "zh", "list", "--category", "9").err


def test_without_a_code_all_are_listed_in_order(run: Run) -> None:
    done = run("--lang", "zh", "explain")
    codes = [line.split()[0] for line in done.out.splitlines()]
    assert done.code == 0
    assert codes == sorted(codes)
    assert len(done.out.splitlines()[0].split()) > 2


@pytest.mark.usefixtures("campaign")
def test_a_campaign_without_any_ledger_is_not_simply_called_clean(run: Run) -> None:
    before = run("--lang", "zh", *TODAY, "check")
    assert "2 个单位都还没有台账。用 hazardctl scaffold 生成" in before.err
    add(run)
    after = run("--lang", "zh", *TODAY, "check")
    assert "都还没有台账" not in after.err
    assert "1 个单位没有台账" in after.err


def test_init_with_units_goes_on_with_the_ledgers(tmp_path: Path, run: Run) -> None:
    (tmp_path / "u.csv").write_text("id,name\na,甲\n", encoding="utf-8")
    told = run("init", "c", "--checklist", "community-correction", "--units", "u.csv").err
    assert "hazardctl scaffold" in told
    assert "unit add" not in told
    assert "unit add" in run("init", "d", "--checklist", "community-correction").err


def test_on_a_narrow_terminal_headings_are_broken_before_a_cell_is_cut() -> None:
    from importlib import import_module

    fitted = import_module("hazardctl.commands.list").fitted
    rows = [["风险隐患类别", "整改状态"], ["2", "  未整改"]]
    assert fitted(rows, 40) == rows
    assert fitted(rows, 20) == [["风险隐患\n类别", "整改状态"], ["2", "  未整改"]]
    assert fitted(rows, 12)[1] == ["2", "  未…"]
