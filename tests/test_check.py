"""Check, as a clerk meets it: what is found, where, in one run; and what is left when all of it is mended."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Run
from hazardctl.check import Checked
from hazardctl.findings import Severity
from hazardctl.formats import yaml
from office import CHECKLIST, HEADINGS, SOUND, UNITS, campaign, checked, ledger

FIELDS = (
    "编号,风险隐患类别,检查项,风险隐患基本情况,整改措施,责任部门,责任人,发现时间,完成时限,整改类型,整改资金,"
    "整改状态,整改完成时间,整改结果,无法整改原因"
)
# Typed from the values clerks use: id, then what is found in that row by field.
TYPED: tuple[tuple[str, dict[str, str], str], ...] = (
    ("H2", {}, "H2,1,1.1,东门门禁损坏,更换门禁,办公室,张三,2022-08-12,2022-09-06,限期整改,12.5,整改中,,,"),
    (
        "H3",
        {"完成时限": "L403", "整改状态": "L401"},
        "H3,（一）,,值班记录不全,补齐,办公室,张三,2022-08-12,2022.9.6,,,正在整改,,,",
    ),
    (
        "H4",
        {"完成时限": "L404", "发现时间": "L403"},
        "H4,责任落实,,未组织培训,组织培训,办公室,李四,2022年8月12日,9月6日前,,,整改中,,,",
    ),
    ("H5", {"整改状态": "L210"}, "H5,2,,窗户破损,更换,后勤科,李四,2022-08-12,立即,立行立改,,立行立改,,,"),
    ("H6", {"整改状态": "L402"}, "H6,2,,灭火器过期,更换,后勤科,李四、王五,2022-08-12,3日内,,,待验收,,,"),
    (
        "H7",
        {"整改完成时间": "L113", "整改结果": "L113"},
        "H7,2,,线路老化,更换,后勤科,李四,2022-08-12,2022-09-06,,,已整改,,/,",
    ),
    ("H8", {"无法整改原因": "L113"}, "H8,2,,围墙过低,加高,后勤科,李四,2022-08-12,2022年9月下旬,,,无法整改,,,"),
    ("H9", {"整改资金": "L206"}, "H9,2,,监控盲区,加装,后勤科,李四,2022-08-12,长期坚持,,约2000万,整改中,,,"),
    ("HA", {"整改资金": "L406"}, "HA,2,,屋顶漏水,维修,后勤科,李四,2022-08-12,2022-09-06,,１２万元,整改中,,,"),
    (
        "HB",
        {"风险隐患类别": "L202", "检查项": "L203"},
        "HB,七,9.9,台阶破损,维修,后勤科,李四,2022-08-12,2022-09-06,,,整改中,,,",
    ),
    ("HC", {"发现时间": "L204", "完成时限": "L205"}, "HC,2,,护栏松动,维修,后勤科,李四,6/9/2022,尽快,,,整改中,,,"),
    ("HD", {"风险隐患基本情况": "L209"}, "HD,2,,检查单?584家,维修,后勤科,李四,2022-08-12,2022-09-06,,,整改中,,,"),
    ("HE", {"整改措施": "L211"}, "HE,2,,水管渗漏,同上,后勤科,李四,2022-08-12,2022-09-06,,,整改中,,,"),
    ("HF", {"整改措施": "L110", "责任人": "L110"}, "HF,2,,井盖缺失,—,后勤科,,2022-08-12,2022-09-06,,,整改中,,,"),
    ("HG", {"完成时限": "L301"}, "HG,2,,标识不清,更换,后勤科,李四,2022-09-12,2022-09-06,,,整改中,,,"),
    (
        "HH",
        {"整改完成时间": "L302"},
        "HH,2,,通道堵塞,清理,后勤科,李四,2022-09-01,2022-09-06,,,已整改,2022-08-20,已清理,",
    ),
    ("HJ", {"整改完成时间": "L305"}, "HJ,2,,门锁损坏,更换,后勤科,李四,2022-08-12,2022-09-06,,,整改中,2022-08-20,,"),
    ("HK", {"检查项": "L307"}, "HK,2,1.1,照明不足,加装,后勤科,李四,2022-08-12,2022-09-06,,,整改中,,,"),
    ("HM", {"完成时限": "L310"}, "HM,2,,制度缺失,制定,后勤科,李四,2022-08-12,长期坚持,限期整改,,整改中,,,"),
    ("HN", {"发现时间": "L308"}, "HN,2,,台账不全,补齐,后勤科,李四,2022-11-12,2022-12-06,,,整改中,,,"),
)
MENDED = {
    "H3": {"完成时限": "2022-09-06", "整改状态": "整改中"},
    "H4": {"完成时限": "2022-09-06", "发现时间": "2022-08-12"},
    "H5": {"整改状态": "整改中"},
    "H6": {"整改状态": "整改中"},
    "H7": {"整改完成时间": "2022-09-01", "整改结果": "已更换"},
    "H8": {"无法整改原因": "产权不在本单位"},
    "H9": {"整改资金": "2000"},
    "HA": {"整改资金": "12"},
    "HB": {"风险隐患类别": "2", "检查项": "2.1"},
    "HC": {"发现时间": "2022-09-06", "完成时限": "2022年9月底前"},
    "HD": {"风险隐患基本情况": "检查单位584家"},
    "HE": {"整改措施": "维修"},
    "HF": {"整改措施": "更换", "责任人": "李四"},
    "HG": {"完成时限": "2022-09-20"},
    "HH": {"整改完成时间": "2022-09-03"},
    "HJ": {"整改状态": "已整改", "整改结果": "已更换"},
    "HK": {"检查项": "2.1"},
    "HM": {"完成时限": "2022-12-31"},
    "HN": {"发现时间": "2022-09-12"},
}
FIGURES = "period,key,value\n2022-08,checked,7\n2022-08,supervised,7\n"


def as_csv(rows: list[dict[str, str]]) -> str:
    return ledger(*(",".join(row.values()) for row in rows), headings=FIELDS)


def as_yaml(rows: list[dict[str, str]]) -> str:
    return yaml.dump({"entries": [{title: cell for title, cell in row.items() if cell} for row in rows]})


def typed() -> list[dict[str, str]]:
    return [dict(zip(FIELDS.split(","), row.split(","), strict=True)) for _, _, row in TYPED]


def seen(found: Checked) -> set[tuple[str, str, str]]:
    from hazardctl.fields import BY_KEY, labels

    return {(f.entry, labels(BY_KEY[f.field])[0], f.code) for f in found.findings}


WAYS = [("ledger.csv", as_csv, "utf-8-sig"), ("ledger.csv", as_csv, "gb18030"), ("ledger.csv", as_csv, "utf-16"),
        ("ledger.yaml", as_yaml, "utf-8"), ("ledger.yaml", as_yaml, "gb18030")]  # fmt: skip


@pytest.mark.parametrize(("name", "write", "encoding"), WAYS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_ledger_typed_by_hand_gives_the_same_findings_in_every_form(
    tmp_path: Path, name: str, write: object, encoding: str, newline: str
) -> None:
    text = write(typed()).replace("\n", newline)  # type: ignore[operator]
    found = checked(campaign(tmp_path, {f"units/a/{name}": text.encode(encoding), "units/a/figures.csv": FIGURES}))
    assert seen(found) == {(entry, field, code) for entry, codes, _ in TYPED for field, code in codes.items()}
    assert found.entries == len(TYPED)


@pytest.mark.parametrize(("name", "write", "encoding"), WAYS)
def test_when_everything_is_mended_nothing_is_found(tmp_path: Path, name: str, write: object, encoding: str) -> None:
    rows = [row | MENDED.get(row["编号"], {}) for row in typed()]
    text = write(rows)  # type: ignore[operator]
    found = checked(campaign(tmp_path, {f"units/a/{name}": text.encode(encoding), "units/a/figures.csv": FIGURES}))
    assert not found.findings, [(f.entry, f.code, f.message()) for f in found.findings]


def test_a_finding_in_csv_and_yaml_has_line_and_column(tmp_path: Path) -> None:
    row = {"编号": "H2", "整改措施": "更换", "整改状态": "办结了"}
    csv_text = "编号,整改措施,整改状态\nH2,更换,办结了\n"
    for name, text, place in (("ledger.csv", csv_text, (2, 7)), ("ledger.yaml", as_yaml([row]), (4, 11))):
        folder = campaign(tmp_path / name, {f"units/a/{name}": text})
        one = next(f for f in checked(folder).findings if f.code == "L201")
        assert (one.line, one.column, one.value, one.entry, one.unit) == (*place, "办结了", "H2", "a")
        assert one.source[one.column - 1 :].startswith("办结了")


def test_a_cell_behind_a_line_break_in_quotes_has_its_own_line(tmp_path: Path) -> None:
    folder = campaign(tmp_path, {"units/a/ledger.csv": '编号,整改措施,整改状态\nH2,"更换\n门禁",办结了\n'})
    one = next(f for f in checked(folder).findings if f.code == "L201")
    assert (one.line, one.column, one.source) == (3, 5, '门禁",办结了')


def test_findings_are_sorted_and_the_same_in_every_run(tmp_path: Path) -> None:
    folder = campaign(tmp_path, {"units/a/ledger.csv": as_csv(typed()), "units/b/ledger.csv": as_csv(typed())})
    first = checked(folder).findings
    assert first == checked(folder).findings
    assert [(f.path, f.line, f.column) for f in first] == sorted((f.path, f.line, f.column) for f in first)


def test_units_csv_that_is_missing_is_a_finding(tmp_path: Path) -> None:
    folder = campaign(tmp_path, {})
    (folder / "units.csv").unlink()
    assert [(f.code, f.path) for f in checked(folder).findings] == [("F100", "units.csv")]


def test_a_ledger_that_is_too_large_is_refused_as_a_whole(tmp_path: Path) -> None:
    wide = ",".join(f"栏{number}" for number in range(300))
    folder = campaign(tmp_path, {"units/a/ledger.csv": f"{wide}\n{wide}\n"})
    assert "F105" in {f.code for f in checked(folder).findings}


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_folder_that_leads_out_of_the_campaign_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "ledger.csv").write_text(ledger(SOUND), encoding="utf-8")
    folder = campaign(tmp_path / "campaign", {})
    (folder / "units").mkdir()
    (folder / "units" / "a").symlink_to(outside)
    found = checked(folder)
    assert [f.code for f in found.findings] == ["U114"]
    assert found.entries == 0


def test_a_unit_whose_id_leads_elsewhere_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "ledger.csv").write_text(ledger(SOUND), encoding="utf-8")
    found = checked(campaign(tmp_path / "one" / "two", {"units.csv": "id,name\n../../..,外\n"}))
    assert [f.code for f in found.findings] == ["U102"]
    assert found.entries == 0


def test_a_checklist_says_where_it_belongs(tmp_path: Path) -> None:
    text = CHECKLIST.read_text(encoding="utf-8").replace('version: "1"', 'version: "2"')
    found = checked(campaign(tmp_path, {"checklists/trial/1.yaml": text}))
    assert [(f.code, f.line) for f in found.findings] == [("C213", 3)]


def test_every_mistake_in_a_checklist_is_said_at_once_with_its_place(tmp_path: Path) -> None:
    text = CHECKLIST.read_text(encoding="utf-8")
    for before, after in (
        ('code: "1.2"', 'code: "1.1"'), ("{key: notes}", "{key: notess}"), ("{track: long_term}", "{trck: long}"),
        ("starts: 2022-08-01", "starts: 2023-08-01"), ("count: {}", "figure: vists"), ("op: <=", "op: =<"),
        ("kind: flow}", "kinds: flow}"), ("  done:", "  fixed:"),
    ):  # fmt: skip
        assert before in text
        text = text.replace(before, after, 1)
    found = checked(campaign(tmp_path, {"checklists/trial/1.yaml": text})).findings
    codes = {f.code for f in found}
    assert {"C201", "C204", "C205", "C209", "C221", "C240", "C104", "C103"} <= codes
    lines = text.splitlines()
    assert all(f.line and f.source == lines[f.line - 1] for f in found)


def test_a_broken_campaign_file_does_not_hide_what_is_wrong_elsewhere(tmp_path: Path) -> None:
    files = {
        "campaign.yaml": "name: 排查\nchecklist: trial@1\nbegin: 2022\n",
        "checklists/trial/1.yaml": CHECKLIST.read_text(encoding="utf-8").replace("{key: notes}", "{key: notess}"),
        "units.csv": "id,name,opened\na,东区所,去年\n",
    }
    assert {f.code for f in checked(campaign(tmp_path, files)).findings} == {"C103", "C204", "U109"}


def test_a_finding_about_another_unit_carries_no_names(tmp_path: Path) -> None:
    rows = [SOUND, SOUND.replace("H7K3-M9QX-2FPD", "H9").replace("张三", "赵六"), SOUND.replace("H7K3-M9QX-2FPD", "HZ")]
    other = [
        SOUND.replace("张三", "钱七"),
        *(SOUND.replace("H7K3-M9QX-2FPD", f"Q{n}").replace("东门", f"{n}") for n in "234"),
    ]
    folder = campaign(tmp_path, {"units/a/ledger.csv": ledger(*rows), "units/b/ledger.csv": ledger(*other)})
    across = [f for f in checked(folder).findings if f.code.startswith("X")]
    assert [(f.code, f.unit, f.line, f.column) for f in across] == [("X101", "b", 2, 1)]
    assert not any(name in f"{f.message()}{f.remedy()}{f.value}" for f in across for name in ("张三", "赵六", "钱七"))


def test_a_nil_return_is_an_answer_and_a_missing_one_is_none(tmp_path: Path) -> None:
    folder = campaign(tmp_path, {"units/a/ledger.csv": ledger(",无,,,,,,"), "units/a/figures.csv": FIGURES})
    found = checked(folder)
    assert not found.findings
    assert [(result.unit, result.state) for result in found.results] == [("a", "nil"), ("b", "missing")]
    folder = campaign(tmp_path, {"units/b/ledger.yaml": "nil: true\nentries: []\n", "units/b/figures.csv": FIGURES})
    assert [result.state for result in checked(folder).results] == ["nil", "nil"]


def test_files_beside_a_ledger_are_left_alone(tmp_path: Path) -> None:
    names = (
        "~$ledger.csv",
        ".~lock.ledger.csv#",
        ".~ledger.csv",
        "Thumbs.db",
        ".DS_Store",
        "._ledger.csv",
        "说明.txt",
        "old.csv",
    )
    files = {f"units/a/{name}": "x" for name in names}
    found = checked(campaign(tmp_path, {**files, "units/a/ledger.csv": ledger(SOUND), "units/a/figures.csv": FIGURES}))
    assert not found.findings
    assert found.entries == 1


def test_values_do_no_harm_to_a_terminal(tmp_path: Path) -> None:
    row = SOUND.replace("整改中", "\x1b[31m" + "长" * 200)
    folder = campaign(tmp_path, {"units/a/ledger.csv": ledger(row)})
    for finding in checked(folder).findings:
        assert "\x1b" not in finding.message()
        assert len(finding.message()) < 300


def test_a_column_in_the_wrong_place_fails_loudly_and_once(tmp_path: Path) -> None:
    rows = [f"H{n},1,隐患{n},措施,办公室,张三,整改中,2022-09-0{n}" for n in "23456"]
    found = checked(campaign(tmp_path, {"units/a/ledger.csv": ledger(*rows), "units/a/figures.csv": FIGURES})).findings
    assert [(f.code, f.line, f.field) for f in found] == [("L104", 1, "deadline"), ("L104", 1, "status")]


def test_the_exit_code_follows_fail_on(tmp_path: Path, run: Run) -> None:
    campaign(
        tmp_path, {"units/a/ledger.csv": ledger(SOUND.replace("整改中", "待验收")), "units/a/figures.csv": FIGURES}
    )
    arguments = ("check", "--today", "2022-10-01")
    assert run(*arguments).code == 0
    assert run(*arguments, "--fail-on", "warning").code == 1
    campaign(tmp_path, {"units/a/ledger.csv": ledger(SOUND.replace("整改中", "不知道"))})
    assert run(*arguments).code == 1
    assert run(*arguments, "--fail-on", "never").code == 0
    assert run(*arguments, "--fail-on", "always").code == 2


def test_paths_and_unit_ids_restrict_what_is_checked(tmp_path: Path, run: Run) -> None:
    bad = SOUND.replace("整改中", "不知道")
    campaign(tmp_path, {
        "units/a/ledger.csv": ledger(bad), "units/a/figures.csv": "period,key,value\n八月,checked,1\n",
        "units/b/ledger.csv": ledger(bad.replace("H7K3", "H7K4")), "loose.csv": ledger(bad),
        "units.csv": UNITS + "x y,外,\n",
    })  # fmt: skip

    def codes(*targets: str) -> list[str]:
        out = run("check", *targets, "--format", "csv", "--today", "2022-10-01").out
        return sorted({f"{line.split(',')[2]}:{line.split(',')[0]}" for line in out.splitlines()[1:]})

    assert codes("b") == ["units/b/figures.csv:G110", "units/b/ledger.csv:L201"]
    assert codes("units/a/ledger.csv") == ["units/a/ledger.csv:L201"]
    assert codes("units/a/figures.csv", "units.csv") == ["units.csv:U102", "units/a/figures.csv:G104"]
    assert codes("loose.csv") == ["loose.csv:L201"]
    assert codes("units/a") == ["units/a/figures.csv:G104", "units/a/ledger.csv:L201"]
    assert len(codes(".")) == len(codes()) == 5
    assert run("check", "nowhere").code == 3


def test_fix_rewrites_what_is_beyond_doubt_and_nothing_else(tmp_path: Path, run: Run) -> None:
    safe = SOUND.replace("2022-09-06", "2022.9.6").replace("更换门禁", "更换门禁\u3000")
    doubtful = (
        SOUND.replace("H7K3", "H7K4").replace("东", "西").replace("2022-09-06", "9月6日").replace("整改中", "待验收")
    )
    before = ledger(safe, doubtful).replace("\n", "\r\n").encode("gb18030")
    folder = campaign(tmp_path, {"units/a/ledger.csv": before, "units/a/figures.csv": FIGURES})
    path = folder / "units" / "a" / "ledger.csv"
    shown = run("check", "--fix", "--dry-run", "--today", "2022-10-01")
    assert shown.code == 4
    assert path.read_bytes() == before
    assert "-H7K3-M9QX-2FPD,1,东门门禁损坏,更换门禁\u3000,办公室,张三,2022.9.6,整改中" in shown.out
    fixed = run("check", "--fix", "--today", "2022-10-01")
    assert fixed.code == 0
    assert "L403" in fixed.err
    assert "L405" in fixed.err
    assert path.read_bytes() == before.replace(b"2022.9.6", b"2022-09-06").replace("\u3000".encode("gb18030"), b"")
    assert run("check", "--fix", "--dry-run", "--today", "2022-10-01").code == 0


def test_fix_leaves_the_findings_that_need_a_person(tmp_path: Path) -> None:
    from hazardctl import load, repair
    from hazardctl.scope import EVERYTHING
    from hazardctl.workspace import Workspace
    from office import TODAY

    folder = campaign(tmp_path, {"units/a/ledger.csv": as_csv(typed()), "units/a/figures.csv": FIGURES})
    before = checked(folder).findings
    opened = load.opened(Workspace(folder))
    for planned in repair.plan(opened, EVERYTHING, TODAY):
        repair.write(opened, planned, TODAY)
    after = checked(folder).findings
    assert {f.code for f in before} - {f.code for f in after} == {"L401", "L403", "L406"}
    assert [f.code for f in after if f.severity == Severity.ERROR] == [
        f.code for f in before if f.severity == Severity.ERROR
    ]


def test_explain_prints_the_page_and_lists_all_codes(run: Run) -> None:
    page = run("explain", "l110")
    assert page.code == 0
    assert page.out.startswith("L110  error  A required cell is blank\n")
    assert "编号,整改措施" in page.out
    assert "必填项没有填" in run("explain", "L110", "--lang", "zh").out
    assert "L501" in run("explain").out
    assert run("explain", "L999").code == 2


def test_headings_are_those_of_the_form() -> None:
    assert len(HEADINGS.split(",")) == 8


def test_a_folder_that_cannot_be_looked_into_is_told_and_its_unit_is_not_counted(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = campaign(tmp_path, {"units/a/ledger.csv": ledger(SOUND)})
    look = os.scandir

    def refused(path: str) -> object:
        if str(path).endswith("/units/a"):
            raise PermissionError(13, "Permission denied")
        return look(path)

    monkeypatch.setattr("hazardctl.workspace.os.scandir", refused)
    told = run("--campaign", root, "check")
    assert told.code == 1
    assert "F100" in told.out
    assert run("--campaign", root, "rollup").code == 3


@pytest.mark.parametrize(("given", "ends"), [("", True), ("['--version']", False)])
def test_a_process_that_ends_looks_for_no_more_cycles_and_one_that_goes_on_does(given: str, ends: bool) -> None:
    code = f"import gc, sys, hazardctl.app as app; sys.argv[1:] = ['--version']; app.main({given})"
    code += "; print(gc.get_freeze_count())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert (int(done.stdout.splitlines()[-1]) > 0) == ends
