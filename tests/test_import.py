"""Clerks' workbooks: every layout of the cases, hostile files, coming back, taking back, nothing lost on the way."""

# ruff: noqa: E501 -- tables are read across
from __future__ import annotations

import csv as plain_csv
import io
import json
import re
import shlex
import shutil
import zipfile
import zlib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ROOT, Result, call, script, within
from hazardctl import load, text, workspace
from hazardctl.errors import HazardError
from hazardctl.formats import kinds, listed, package, tables, workbooks
from hazardctl.formats.workbook import Workbook, a1, column_number, unpacked
from hazardctl.spreadsheets.importing import Asked, Desk

FOLDER = ROOT / "tests" / "cases" / "import"
CASES = sorted(path.parent for path in FOLDER.glob("*/cmd"))
TODAY = date(2022, 9, 6)
MAKE = script(FOLDER / "make.py")
HEADS, ROWS = MAKE.HEADS, MAKE.ROWS


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER / "plain" / "campaign", tmp_path, dirs_exist_ok=True)
    (tmp_path / "台账.xlsx").unlink()
    return tmp_path


def _book(folder: Path, rows: list[list[Any]], name: str = "a.xlsx", **more: Any) -> Path:
    path = folder / name
    path.write_bytes(MAKE.book({"台账": rows}, **more))
    return path


def _import(*words: str | Path) -> Result:
    with within():  # test_cases.py reads the same workbooks in children, as hostile ones are here
        return call("--lang", "zh", "--today", "2022-09-06", "import", *words)


def _told(*words: str | Path) -> dict[str, Any]:
    result = _import(*words, "--format", "json")
    told: dict[str, Any] = json.loads(result.out)["imports"][0]
    return {**told, "exit": result.code}


def _ledger(folder: Path, unit: str = "caojia") -> list[dict[str, str]]:
    text_of = (folder / "units" / unit / "ledger.csv").read_text(encoding="utf-8-sig")
    return list(plain_csv.DictReader(io.StringIO(text_of)))


def test_there_are_enough_layouts() -> None:
    assert len(CASES) >= 25


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
@pytest.mark.usefixtures("inside")
def test_a_workbook_gives_its_entries_and_its_liberties(
    case: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    shutil.copytree(case / "campaign", tmp_path, dirs_exist_ok=True)
    line = next(
        line for line in (case / "cmd").read_text(encoding="utf-8").splitlines() if line.startswith("hazardctl")
    )
    told = json.loads(call(*shlex.split(line)[1:], "--dry-run", "--format", "json").out)["imports"][0]
    found = {
        "entries": [{key: value for key, value in entry.items() if key != "row"} for entry in told["added"]],
        "liberties": [
            [one["cell"], one["field"], one["before"], one["after"], one["code"]] for one in told["liberties"]
        ],
        "refused": [[one["cell"], one["field"], one["value"], one["code"]] for one in told["refused"]],
        "set_aside": [[one["row"], one["kind"]] for one in told["set_aside"]],
        "facts": told["facts"],
        "stopped": bool(told["fault"]),
        **({"figures": told["figures"]} if "figures" in told else {}),
    }
    expected = case / "expected.json"
    if request.config.getoption("--update"):
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", MAKE.CASES)
def test_the_script_makes_the_workbooks_that_are_kept(name: str) -> None:
    file, data = MAKE.CASES[name][0]()
    kept = (FOLDER / name / "campaign" / file).read_bytes()
    kind = kinds.kind(kept)
    assert tables.parse(data, kinds.kind(data)) == tables.parse(kept, kind)


def test_a_workbook_that_comes_back_changes_nothing(campaign: Path) -> None:
    path = _book(campaign, [HEADS, *ROWS])
    assert _import(path, "--unit", "caojia").code == 0
    before = (campaign / "units/caojia/ledger.csv").read_bytes()
    told = _told(path, "--unit", "caojia")
    assert (told["exit"], len(told["left_alone"]), told["added"], told["changed"]) == (0, 3, [], [])
    assert (campaign / "units/caojia/ledger.csv").read_bytes() == before
    assert len(list((campaign / "units/caojia/imports").glob("*.json"))) == 1


def test_only_what_changed_is_changed_and_what_is_gone_stays(campaign: Path) -> None:
    _import(_book(campaign, [HEADS, *ROWS]), "--unit", "caojia")
    rows = [
        [*ROWS[1][:6], "2022-09-25", "整改中"],
        [9, "消防安全", "新问题", "清理", "办公室", "赵六", "2022-09-09", "未整改"],
    ]
    told = _told(_book(campaign, [HEADS, *rows], "b.xlsx"), "--unit", "caojia")
    assert told["changed"][0]["cells"] == {"deadline": {"before": "2022-09-20", "after": "2022-09-25"}}
    assert len(told["missing"]) == 2
    assert [row["责任人"] for row in _ledger(campaign)] == ["张三", "李四", "王五", "赵六"]
    assert [row["完成时限"] for row in _ledger(campaign)][1] == "2022-09-25"


def test_rows_find_their_entries_by_id(campaign: Path) -> None:
    _import(_book(campaign, [HEADS, *ROWS]), "--unit", "caojia")
    rows = [
        [entry["编号"], "全新的描述" if at == 1 else entry["隐患描述"]] for at, entry in enumerate(_ledger(campaign))
    ]
    told = _told(_book(campaign, [["编号", "隐患描述"], *rows], "b.xlsx"), "--unit", "caojia")
    assert [list(one["cells"]) for one in told["changed"]] == [["description"]]
    assert [entry["隐患描述"] for entry in _ledger(campaign)][1] == "全新的描述"


def test_a_blank_cell_takes_nothing_away(campaign: Path) -> None:
    _import(_book(campaign, [HEADS, *ROWS]), "--unit", "caojia")
    told = _told(_book(campaign, [HEADS, [*ROWS[1][:4], None, *ROWS[1][5:]]], "b.xlsx"), "--unit", "caojia")
    assert told["changed"] == []
    assert _ledger(campaign)[1]["责任部门"] == "后勤科"


def test_a_fixed_hazard_does_not_reopen(campaign: Path) -> None:
    _import(_book(campaign, [HEADS, *ROWS]), "--unit", "caojia")
    again = _book(campaign, [HEADS, [*ROWS[0][:7], "整改中"]], "b.xlsx")
    told = _told(again, "--unit", "caojia")
    assert told["exit"] == 1
    assert [one["code"] for one in told["refused"]] == ["backwards"]
    assert _ledger(campaign)[0]["整改状态"] == "已整改"
    assert _import(again, "--unit", "caojia", "--force").code == 0
    assert _ledger(campaign)[0]["整改状态"] == "整改中"


def test_equal_rows_that_cannot_be_told_apart_are_refused(campaign: Path) -> None:
    _import(_book(campaign, [HEADS, ROWS[0], ROWS[0]]), "--unit", "caojia")
    assert len(_ledger(campaign)) == 2
    told = _told(_book(campaign, [HEADS, ROWS[0]], "b.xlsx"), "--unit", "caojia")
    assert [one["code"] for one in told["refused"]] == ["key_unclear"]


def test_an_import_is_all_or_nothing_unless_a_part_is_asked_for(campaign: Path) -> None:
    path = _book(campaign, [HEADS, *ROWS[:2], [*ROWS[2][:7], "看情况"]])
    assert _import(path, "--unit", "caojia").code == 1
    assert not (campaign / "units/caojia/ledger.csv").exists()
    assert _import(path, "--unit", "caojia", "--partial").code == 1
    assert len(_ledger(campaign)) == 2


def test_what_is_refused_leaves_no_folder_and_a_part_counts_as_its_dry_run_said(campaign: Path) -> None:
    path = _book(campaign, [HEADS, *ROWS[:2], [*ROWS[2][:7], "看情况"]])
    assert _import(path, "--unit", "caojia").code == 1
    assert not (campaign / "units").exists()
    would = _told(path, "--unit", "caojia", "--partial", "--dry-run")
    done = _told(path, "--unit", "caojia", "--partial")
    assert would["counts"] == done["counts"] == {"added": 2, "changed": 0, "same": 0, "refused": 1, "missing": 0}
    assert (would["exit"], done["exit"], would["written"], done["written"]) == (1, 1, False, True)


def test_two_imports_at_once_do_not_both_add(campaign: Path) -> None:
    data = MAKE.book({"台账": [HEADS, *ROWS]})
    first = Desk(load.opened(workspace.Workspace(campaign)), Asked("caojia", by="t"), TODAY)
    second = Desk(load.opened(workspace.Workspace(campaign)), Asked("caojia", by="t"), TODAY)
    compare = second._change

    def meanwhile(*given: Any, **more: Any) -> Any:
        if not more["dry_run"] and not (campaign / "units/caojia/ledger.csv").exists():
            assert first.take(_read(data)).written
        return compare(*given, **more)

    second._change = meanwhile  # type: ignore[method-assign]
    outcome = second.take(_read(data))
    assert (outcome.written, type(outcome.fault).__name__) == (False, "ChangedByOthers")
    assert len(_ledger(campaign)) == 3


def test_an_import_into_a_yaml_ledger_keeps_its_comments(campaign: Path) -> None:
    ledger = campaign / "units/caojia/ledger.yaml"
    ledger.parent.mkdir(parents=True)
    ledger.write_text("# 站长留言\nentries: []\n", encoding="utf-8")
    before = ledger.read_bytes()
    assert _import(_book(campaign, [HEADS, *ROWS]), "--unit", "caojia").code == 0
    assert ledger.read_text(encoding="utf-8").startswith("# 站长留言")
    assert not ledger.with_suffix(".csv").exists()
    assert _import("--undo", "caojia").code == 0
    assert ledger.read_bytes() == before


def test_a_workbook_with_ids_can_be_imported_again_after_it_was_taken_back(campaign: Path) -> None:
    heads = ["编号", *HEADS[1:]]
    path = _book(campaign, [heads, ["H7K3-M9QX-2FP2", *ROWS[0][1:]]])
    for _ in range(2):
        assert _import(path, "--unit", "caojia").code == 0
        assert [entry["编号"] for entry in _ledger(campaign)] == ["H7K3-M9QX-2FP2"]
        assert _import("--undo", "caojia").code == 0
    assert _import(path, "--unit", "caojia").code == 0


def test_nil_may_stand_in_the_column_of_running_numbers(campaign: Path) -> None:
    assert _told(_book(campaign, [HEADS, ["无"]]), "--unit", "caojia")["nil"]
    told = _told(_book(campaign, [HEADS, ["无"], ROWS[0]], "b.xlsx"), "--unit", "caojia")
    assert ([one["kind"] for one in told["set_aside"]], len(told["added"])) == (["nil"], 1)


def test_units_of_rows_that_nobody_knows_are_named(campaign: Path) -> None:
    rows = [[row[0], name, *row[1:]] for row, name in zip(ROWS, ("曹家站", "没有这个站", "同上"), strict=True)]
    told = _told(_book(campaign, [["序号", "填报单位", *HEADS[1:]], *rows]), "--unit", "caojia")
    assert any("没有这个站" in note for note in told["notes"])


def test_headings_of_another_table_are_no_head_line(campaign: Path) -> None:
    rows = [["单位名称", "负责人", "电话", "人数"], ["曹家站", "吴刚", "123", 12], HEADS, *ROWS]
    assert _told(_book(campaign, rows), "--unit", "caojia")["facts"] == {}


def test_a_dry_run_writes_nothing(campaign: Path) -> None:
    assert _import(_book(campaign, [HEADS, *ROWS]), "--unit", "caojia", "--dry-run").code == 4
    assert not (campaign / "units").exists()


def test_an_import_can_be_taken_back_to_the_byte(campaign: Path) -> None:
    _import(_book(campaign, [HEADS, *ROWS[:1]]), "--unit", "caojia")
    before = (campaign / "units/caojia/ledger.csv").read_bytes()
    _import(_book(campaign, [HEADS, *ROWS], "b.xlsx"), "--unit", "caojia")
    assert (campaign / "units/caojia/ledger.csv").read_bytes() != before
    assert _import("--undo", "caojia").code == 0
    assert (campaign / "units/caojia/ledger.csv").read_bytes() == before
    assert _import("--undo", "caojia").code == 0
    assert not (campaign / "units/caojia/ledger.csv").exists()
    assert _import("--undo", "caojia").code == 3


def test_an_import_is_not_taken_back_over_later_work(campaign: Path) -> None:
    _import(_book(campaign, [HEADS, *ROWS]), "--unit", "caojia")
    ledger = campaign / "units/caojia/ledger.csv"
    ledger.write_bytes(ledger.read_bytes().replace("张三".encode(), "张三丰".encode()))
    after = ledger.read_bytes()
    assert _import("--undo", "caojia").code == 3
    assert ledger.read_bytes() == after


def test_a_return_is_sent_in_the_name_of_who_filled_in_the_workbook(campaign: Path) -> None:
    head = ["填报单位：曹家站", None, None, "填报人：周敏", None, None, "填报时间：2022年9月5日"]
    done = [*ROWS[0], "2022-08-20", "已清理"]
    _import(_book(campaign, [head, [*HEADS, "整改完成时间", "整改结果"], done]), "--unit", "caojia")
    sent = call("--lang", "zh", "--today", "2022-09-06", "submit", "caojia", "--period", "2022-08")
    assert sent.code == 0, sent
    assert "周敏" in sent.err
    assert "by: 周敏" in (campaign / "units/caojia/returns.yaml").read_text(encoding="utf-8")
    later = call("--lang", "zh", "--today", "2022-09-07", "submit", "caojia", "--period", "2022-09", "--by", "吴刚")
    assert "周敏" not in later.err
    other = call("--lang", "zh", "--today", "2022-09-08", "submit", "caojia", "--period", "2022-W35")
    assert other.code == 0, other
    assert "周敏" not in other.err


def test_a_return_of_a_workbook_that_names_another_unit_says_so(campaign: Path) -> None:
    done = [*ROWS[0], "2022-08-20", "已清理"]
    rows = [["填报单位：别的站", "填报人："], [*HEADS, "整改完成时间", "整改结果"], done]
    _import(_book(campaign, rows), "--unit", "caojia")
    sent = call("--lang", "zh", "--today", "2022-09-06", "submit", "caojia", "--period", "2022-08")
    assert (sent.code, "别的站" in sent.err) == (0, True)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Give a campaign that asks for figures."""
    shutil.copytree(FOLDER / "figures" / "campaign", tmp_path, dirs_exist_ok=True)
    (tmp_path / "报表.xlsx").unlink()
    return tmp_path


def _figures(folder: Path) -> list[list[str]]:
    path = folder / "units/caojia/figures.csv"
    return [row[:3] for row in plain_csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))][1:]


def test_figures_that_come_back_change_only_what_changed(office: Path) -> None:
    heads = ["指标名称", "2022年7月", "2022年8月"]
    first = _book(office, [heads, ["检查次数", 3, 4], ["培训人次", 10, None]])
    assert _import(first, "--unit", "caojia").code == 0
    assert _figures(office) == [
        ["2022-07", "检查次数", "3"],
        ["2022-07", "培训人次", "10"],
        ["2022-08", "检查次数", "4"],
    ]
    assert _import(first, "--unit", "caojia", "--dry-run").code == 0
    second = _book(office, [heads, ["检查次数", 3, 5], ["培训人次", None, 0]], "b.xlsx")
    told = _told(second, "--unit", "caojia")["figures"]
    assert [(one["period"], one["before"], one["value"]) for one in told["changed"]] == [("2022-08", "4", "5")]
    assert [(one["key"], one["value"]) for one in told["added"]] == [("trained", "0")]
    assert told["missing"] == ["2022-07/trained"]


def test_an_import_of_figures_is_all_or_nothing_and_can_be_taken_back(office: Path) -> None:
    path = _book(office, [["指标", "数量"], ["检查次数", 3], ["培训人次", "约30"]])
    assert _import(path, "--unit", "caojia").code == 1
    assert _import(path, "--unit", "caojia", "--period", "2022-08").code == 1
    assert not (office / "units").exists()
    assert _import(path, "--unit", "caojia", "--period", "2022-08", "--partial").code == 1
    assert _figures(office) == [["2022-08", "检查次数", "3"]]
    before = (office / "units/caojia/figures.csv").read_bytes()
    more = _book(office, [["指标", "数量"], ["检查次数", 8], ["培训人次", "30人次"]], "b.xlsx")
    assert _import(more, "--unit", "caojia", "--period", "2022-08").code == 0
    assert _import("--undo", "caojia").code == 0
    assert (office / "units/caojia/figures.csv").read_bytes() == before
    assert _import("--undo", "caojia").code == 0
    assert not (office / "units/caojia/figures.csv").exists()


def test_a_row_of_figures_is_this_units_or_it_is_said_that_nobody_knows(office: Path) -> None:
    rows = [["2022年8月"], ["单位", "检查次数", "培训人次"]]
    unknown = _told(_book(office, [*rows, ["没有这个站", 3, 4]]), "--unit", "caojia")
    assert any("没有这个站" in note for note in unknown["notes"])
    assert _told(_book(office, [*rows, ["南外站", 3, 4]], "b.xlsx"), "--unit", "caojia")["fault"]


def test_figures_for_days_to_come_or_counted_twice_are_refused(office: Path) -> None:
    path = _book(office, [["指标", "数量"], ["检查次数", 3], ["1.检查次数（次）", 3], ["培训人次", -1]])
    told = _told(path, "--unit", "caojia", "--period", "2022-10")
    assert {one["code"] for one in told["refused"]} == {"figure_twice", "G106", "G114"}
    assert not (office / "units").exists()


def test_a_settled_heading_is_remembered(campaign: Path) -> None:
    heads = [*HEADS[:7], "目前怎样"]
    path = _book(campaign, [heads, *ROWS])
    assert _import(path, "--unit", "caojia").code == 1
    assert _import(path, "--unit", "caojia", "--map", "目前怎样=整改状态").code == 0
    assert (campaign / "imports/caojia.yaml").is_file()
    again = _told(
        _book(campaign, [heads, *ROWS, [4, "1", "再一条", "清理", "办公室", "赵六", "2022-09-09", "未整改"]], "b.xlsx"),
        "--unit",
        "caojia",
    )
    assert (again["exit"], len(again["added"])) == (0, 1)


def test_a_folder_goes_to_the_units_its_workbooks_name(campaign: Path) -> None:
    inbox = campaign / "收件"
    inbox.mkdir()
    _book(inbox, [["填报单位：曹家站"], HEADS, *ROWS], "1.xlsx")
    _book(inbox, [HEADS, *ROWS[:1]], "南外站台账.xlsx")
    for name in ("~$1.xlsx", ".~lock.1.xlsx#", "Thumbs.db"):
        (inbox / name).write_bytes(b"x")
    result = _import(inbox)
    assert result.code == 0
    assert (len(_ledger(campaign)), len(_ledger(campaign, "nanwai"))) == (3, 1)
    _book(inbox, [HEADS, *ROWS], "谁的.xlsx")
    assert "看不出是哪个单位" in _import(inbox).out


def test_two_workbooks_of_one_unit_are_not_both_taken(campaign: Path) -> None:
    inbox = campaign / "收件"
    inbox.mkdir()
    for name in ("1.xlsx", "2.xlsx"):
        _book(inbox, [["填报单位：曹家站"], HEADS, *ROWS], name)
    assert _import(inbox).code == 1
    assert len(_ledger(campaign)) == 3


def test_a_workbook_with_another_units_ids_is_stopped(campaign: Path) -> None:
    _import(_book(campaign, [HEADS, *ROWS]), "--unit", "caojia")
    rows = [[entry["编号"], *row[1:]] for entry, row in zip(_ledger(campaign), ROWS, strict=True)]
    told = _told(_book(campaign, [["编号", *HEADS[1:]], *rows], "b.xlsx"), "--unit", "nanwai")
    assert told["fault"]
    assert not (campaign / "units/nanwai/ledger.csv").exists()


def _parts(data: bytes, change: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, change.get(part.filename, old.read(part)))
        for name in change.keys() - set(old.namelist()):
            new.writestr(name, change[name])
    return out.getvalue()


@cache
def _hostile() -> dict[str, bytes]:
    good: bytes = MAKE.book({"台账": [HEADS, *ROWS]})
    sheet = zipfile.ZipFile(io.BytesIO(good)).read("xl/worksheets/sheet1.xml")
    at = good.index(b"xl/worksheets/sheet1.xml") + 80
    return {
        "bomb": _parts(good, {"xl/media/x.bin": bytes(120 << 20)}),
        "small bomb": _parts(good, {"xl/media/x.bin": bytes(30 << 20)}),
        "dtd": _parts(
            good,
            {"xl/worksheets/sheet1.xml": sheet.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)},
        ),
        "crc": good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :],
        "far cell": _parts(
            good,
            {
                "xl/worksheets/sheet1.xml": sheet.replace(
                    b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                )
            },
        ),
        "truncated": good[: len(good) // 2],
        "cut in the directory": good[:-30],
        "not a zip": b"PK\x03\x04" + bytes(range(256)) * 20,
        "ole rubbish": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + bytes(600),
        "noise": zlib.compress(bytes(range(256)) * 50) * 3,
        "pdf": b"%PDF-1.4 ...",
        "nothing": b"",
        "zeros": bytes(4096),
        "broken utf-8 and no gbk": b"\xff\xff\xff,\x80\x80\n" * 20,
        "open quote": '序号,隐患描述,责任人\r\n1,"没有结束,张三\r\n2,乙,李四\r\n'.encode(),
        "deep json": b"[" * 100_000,
        "yaml aliases": b"entries:\n- &a {description: x}\n- *a\n",
    }


@pytest.mark.parametrize("name", _hostile())
def test_a_hostile_or_damaged_file_is_refused_in_a_sentence(name: str, campaign: Path) -> None:
    path = campaign / "x.xlsx"
    path.write_bytes(_hostile()[name])
    result = call("--lang", "zh", "--today", "2022-09-06", "import", path, "--unit", "caojia")
    assert result.code in (1, 3), result
    assert "x.xlsx" in result.out
    assert "自身的故障" not in result.err
    assert not (campaign / "units").exists()


def test_a_wrong_dimension_hides_no_row(campaign: Path) -> None:
    good: bytes = MAKE.book({"台账": [HEADS, *([n, *ROWS[2][1:2], f"问题{n}", *ROWS[2][3:]] for n in range(500))]})
    sheet = zipfile.ZipFile(io.BytesIO(good)).read("xl/worksheets/sheet1.xml")
    wrong = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:H2"', sheet)
    assert wrong != sheet
    (campaign / "x.xlsx").write_bytes(_parts(good, {"xl/worksheets/sheet1.xml": wrong}))
    assert len(_told(campaign / "x.xlsx", "--unit", "caojia")["added"]) == 500


def test_a_dead_child_takes_no_other_file_with_it(campaign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = _book(campaign, [HEADS, *ROWS]), campaign / "b.xlsx"
    bad.write_bytes(_hostile()["far cell"])
    monkeypatch.setattr(package, "scan", lambda *_: None)
    found = list(workbooks.read_all([(good, "a"), (bad, "b"), (good, "c")]))
    assert [isinstance(one, HazardError) for one in found] == [False, True, False]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<html><table>", "html"), (b"\xef\xbb\xbf  <TABLE>", "html"), (b"<?xml version='1.0'?><Workbook>", "xml"),
        ("a,b\r\n1,2".encode("utf-16"), "csv"), ("a,b\n1,2".encode("utf-16-le"), "csv"), ("编号,描述".encode("gb18030"), "csv"),
        (b'{"entries": []}', "json"), (b"entries:\n- a: b\n", "yaml"), (b"# note\n- a: b\n", "yaml"), (b"%PDF-1.7", "pdf"),
        (b"a: b,c\n1,2", "csv"), (b"{\\rtf1", "doc"), (b"\x89PNG\r\n\x1a\n\0\0", "image"), (b" \r\n", "empty"), (b"\0\1\2\3" * 9, "unknown"),
    ],
)  # fmt: skip
def test_the_kind_is_told_by_the_bytes(data: bytes, kind: str) -> None:
    assert kinds.kind(data) == kind


def test_cells_have_the_names_spreadsheets_give_them() -> None:
    assert [a1(0, at) for at in (0, 25, 26, 701, 702)] == ["A1", "Z1", "AA1", "ZZ1", "AAA1"]
    assert all(column_number(a1(0, at)[:-1]) == at for at in range(800))


def test_the_apostrophe_before_a_formula_is_taken_off_once() -> None:
    assert [listed.unguarded(cell) for cell in ("'=1+1", "''=1", "'tis", "'", "=1")] == [
        "=1+1",
        "'=1",
        "'tis",
        "'",
        "=1",
    ]


def _desk(folder: Path) -> Desk:
    return Desk(load.opened(workspace.Workspace(folder)), Asked("caojia", dry_run=True, by="t"), TODAY)


def _read(data: bytes) -> Workbook:
    sheets = tuple(unpacked(json.loads(json.dumps(sheet))) for sheet in tables.parse(data, kinds.kind(data)))
    return Workbook("a.xlsx", "xlsx", sheets)


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=30)
NAUGHTY = st.sampled_from(
    [
        "=1+1",
        "'",
        "合计",
        "无",
        "+86",
        "@x",
        "注：说明",
        "1e5",
        "00123",
        "填报人：张三",
        "🙂",
        "小计",
        "隐患描述",
        "2022-09-06",
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.one_of(WORDS, NAUGHTY), st.one_of(WORDS, NAUGHTY)), min_size=1, max_size=6))
def test_no_row_vanishes_unsaid(campaign: Path, said: list[tuple[str, str]]) -> None:
    rows = [
        [n, "1", words, "清理", "办公室", owner, "2022-09-30", "未整改"] for n, (words, owner) in enumerate(said, 1)
    ]
    outcome = _desk(campaign).take(_read(MAKE.book({"台账": [HEADS, *rows]})))
    assert outcome.fault is None, str(outcome.fault)
    assert outcome.chosen is not None
    seen = {one.row for one in outcome.taken} | {aside.number for aside in outcome.chosen.table.aside}
    assert seen == set(range(1, len(rows) + 1))
    refused = {one.row for one in outcome.plan.refused}
    for one in outcome.taken:
        if one.row not in refused:
            assert one.cells["description"] == text.trim(said[one.row - 1][0])
            assert one.cells["owner"] == text.trim(said[one.row - 1][1])


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(WORDS, NAUGHTY), min_size=1, max_size=5))
def test_a_ledger_that_went_through_a_workbook_is_the_same(campaign: Path, said: list[str]) -> None:
    heads = ["编号", *HEADS[1:]]
    rows = [
        [f"H7K3-M9QX-2FP{'23456789'[n]}", "1", words, "清理", "办公室", "张三", "2022-09-30", "未整改"]
        for n, words in enumerate(said)
    ]
    ledger = campaign / "units" / "caojia" / "ledger.csv"
    ledger.parent.mkdir(parents=True, exist_ok=True)
    out = io.StringIO()
    plain_csv.writer(out).writerows([heads, *rows])
    ledger.write_bytes(out.getvalue().encode("utf-8-sig"))

    def as_text(made: Any) -> None:
        for cells in made["台账"].iter_rows():
            for cell in cells:
                cell.data_type = "s"

    outcome = _desk(campaign).take(_read(MAKE.book({"台账": [heads, *rows]}, change=as_text)))
    ledger.unlink()
    assert outcome.fault is None, str(outcome.fault)
    assert outcome.plan.idle
    assert len(outcome.plan.same) == len(rows)


def test_a_bare_day_count_of_a_workbook_from_1904_is_marked_not_read_four_years_off(tmp_path: Path) -> None:
    import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    from hazardctl.formats import workbooks
    from hazardctl.formats.workbook import EPOCH

    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904  # type: ignore[attr-defined,unused-ignore]
    sheet = book.active
    assert sheet is not None
    sheet.append(["隐患描述", "整改期限"])
    sheet.append(["门坏", 43348])
    book.save(tmp_path / "mac.xlsx")
    found = workbooks.read(tmp_path / "mac.xlsx", "mac.xlsx")
    assert found.sheets[0].flags[1, 1] == EPOCH
