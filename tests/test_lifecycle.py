"""Every change of every entry: checked, locked, never a new error unasked, never an id used twice."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from conftest import Run
from hazardctl import lifecycle, load, selection
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.selection import Filter
from hazardctl.workspace import Workspace

TODAY = date(2022, 8, 20)
CELLS = {
    "category": "2.7",
    "description": "门禁损坏",
    "measures": "更换门锁",
    "department": "办公室",
    "owner": "张三",
    "deadline": "2022.9.6",
}
WORK = """
import sys
from datetime import date
from pathlib import Path
from hazardctl import lifecycle, load
from hazardctl.workspace import Workspace
opened = load.opened(Workspace(Path(sys.argv[1])))
cells = {"category": "1.1", "measures": "x", "department": "x", "owner": "x", "deadline": "2022-09-06"}
for number in range(int(sys.argv[3])):
    words = f"{sys.argv[2]}-{number}"
    lifecycle.add_entry(opened, "caojia", {**cells, "description": words}, by=sys.argv[2], today=date(2022, 8, 20))
"""


@pytest.fixture
def opened(tmp_path: Path, run: Run) -> Opened:
    (tmp_path / "list.csv").write_text("id,name\ncaojia,曹家司法所\nlijia,李家司法所\n", encoding="utf-8")
    made = run("init", "c", "--checklist", "community-correction", "--units", "list.csv")
    assert made.code == 0, made.err
    return load.opened(Workspace(tmp_path / "c"))


def ledger(opened: Opened, unit: str = "caojia") -> Ledger:
    found, findings = load.load_ledger(opened.workspace, unit, opened.terms)
    assert found
    assert not findings
    return found


def add(opened: Opened, **cells: str) -> str:
    return lifecycle.add_entry(opened, "caojia", CELLS | cells, by="clerk", today=TODAY).added[0]


def put(opened: Opened, which: list[str] | Filter, **values: str) -> lifecycle.Changed:
    return lifecycle.set_fields(opened, "caojia", which, values, by="clerk", today=TODAY)


def test_an_entry_is_written_in_the_campaigns_spelling_with_what_goes_without_saying(opened: Opened) -> None:
    made = add(opened, deadline="2022年9月6日", owner=" 张三　")
    found = ledger(opened)
    assert found.cell(0, "id") == made
    assert found.cell(0, "deadline") == "2022-09-06"
    assert found.cell(0, "owner") == "张三"
    assert found.cell(0, "status") == "未整改"
    assert not found.cell(0, "found_on")


def test_the_category_follows_from_the_item(opened: Opened) -> None:
    cells = {key: value for key, value in CELLS.items() if key != "category"}
    lifecycle.add_entry(opened, "caojia", cells | {"item": "2.7"}, by="clerk", today=TODAY)
    assert ledger(opened).cell(0, "category") == "2"


def test_a_change_that_brings_an_error_is_refused_and_writes_nothing(opened: Opened) -> None:
    made = add(opened)
    before = (opened.workspace.unit("caojia") / "ledger.csv").read_bytes()
    with pytest.raises(lifecycle.BringsErrorsError) as refused:
        put(opened, [made], status="已整改")
    assert {finding.code for finding in refused.value.brought} == {"L111"}
    assert (opened.workspace.unit("caojia") / "ledger.csv").read_bytes() == before


def test_force_writes_it_all_the_same(opened: Opened) -> None:
    made = add(opened)
    done = lifecycle.set_fields(opened, "caojia", [made], {"status": "已整改"}, by="clerk", today=TODAY, force=True)
    assert {finding.code for finding in done.findings} == {"L111"}
    assert ledger(opened).cell(0, "status") == "已整改"


def test_errors_that_were_there_already_do_not_stand_in_the_way(opened: Opened) -> None:
    path = opened.workspace.unit("caojia") / "ledger.csv"
    first = add(opened)
    second = add(opened, description="灯坏")
    path.write_bytes(path.read_bytes().replace("未整改".encode(), "不知道".encode(), 1))
    put(opened, [second], owner="李四")
    assert ledger(opened).column("owner") == ["张三", "李四"]
    put(opened, [first], status="处理中")
    assert ledger(opened).cell(0, "status") == "整改中"


def test_a_bulk_edit_runs_the_same_checks_as_a_single_one(opened: Opened) -> None:
    ids = [add(opened, description=f"第{number}处") for number in range(3)]
    for which in (ids[:1], ids, Filter(status=("未整改",)), Filter(text=("第2处",))):
        with pytest.raises(lifecycle.BringsErrorsError):
            put(opened, which, status="done")
        with pytest.raises(lifecycle.BringsErrorsError):
            put(opened, which, deadline="尽快")
        with pytest.raises(lifecycle.BringsErrorsError):
            put(opened, which, owner="")
    done = put(opened, Filter(status=("not_started",)), status="done", done_on="8月20日", result="已换")
    assert len(done.edits) == 9
    assert ledger(opened).column("status") == ["已整改"] * 3
    assert ledger(opened).column("done_on") == ["2022-08-20"] * 3


def test_ids_are_found_by_their_first_letters_in_any_case(opened: Opened) -> None:
    ids = [add(opened, description=words) for words in ("甲", "乙")]
    put(opened, [ids[1].lower().replace("-", "")[:8]], owner="李四")
    assert ledger(opened).column("owner") == ["张三", "李四"]
    with pytest.raises(selection.SeveralEntriesError):
        put(opened, ["h"], owner="李四")
    with pytest.raises(selection.NoSuchEntryError):
        put(opened, ["Z"], owner="李四")


def test_an_id_never_changes_and_is_never_used_twice(opened: Opened) -> None:
    made = add(opened)
    with pytest.raises(lifecycle.FixedIdError):
        lifecycle.change(opened, "caojia", {0: {"id": "H999-9999-9999"}}, by="clerk", today=TODAY)
    with pytest.raises(lifecycle.TakenIdError):
        lifecycle.change(opened, "caojia", {}, [CELLS | {"id": made.lower()}], by="clerk", today=TODAY)
    twice = [CELLS | {"id": "A1"}, CELLS | {"id": "a1"}]
    with pytest.raises(lifecycle.TakenIdError):
        lifecycle.change(opened, "caojia", {}, twice, by="clerk", today=TODAY, force=True)


def test_running_numbers_go_on(opened: Opened) -> None:
    path = opened.workspace.unit("caojia") / "ledger.csv"
    made = add(opened)
    text = path.read_text(encoding="utf-8-sig").replace("编号,", "编号,序号,").replace(f"{made},", f"{made},7,")
    path.write_text(text, encoding="utf-8-sig", newline="")
    add(opened, description="灯坏")
    assert ledger(opened).column("number") == ["7", "8"]


def test_nothing_to_change_writes_nothing(opened: Opened) -> None:
    made = add(opened)
    path = opened.workspace.unit("caojia") / "ledger.csv"
    before = path.stat().st_mtime_ns
    assert put(opened, [made], owner="张三").idle
    assert path.stat().st_mtime_ns == before


def test_a_trial_run_says_what_would_change_and_writes_nothing(opened: Opened) -> None:
    done = lifecycle.add_entry(opened, "caojia", CELLS, by="clerk", today=TODAY, dry_run=True)
    assert done.added
    assert not done.idle
    assert not opened.workspace.ledgers("caojia")


def test_an_empty_file_is_no_ledger_without_hazards(opened: Opened) -> None:
    path = opened.workspace.unit("caojia") / "ledger.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")
    with pytest.raises(load_error()):
        add(opened)
    assert path.read_bytes() == b""


def load_error() -> type[Exception]:
    from hazardctl.amend import UneditableError

    return UneditableError


def test_units_are_found_by_id_and_by_name(opened: Opened) -> None:
    assert lifecycle.unit_of(opened, "CAOJIA") == "caojia"
    assert lifecycle.unit_of(opened, " 曹家司法所 ") == "caojia"
    with pytest.raises(lifecycle.UnknownUnitError):
        lifecycle.unit_of(opened, "../lijia")


def test_clerks_who_add_at_once_never_collide_or_lose(opened: Opened) -> None:
    each = 8
    clerks = [
        subprocess.Popen([sys.executable, "-c", WORK, str(opened.workspace.root), name, str(each)])
        for name in ("甲", "乙", "丙")
    ]
    assert [clerk.wait() for clerk in clerks] == [0, 0, 0]
    found = ledger(opened)
    ids = found.column("id") or []
    assert len(set(ids)) == len(ids) == 3 * each
    assert set(found.column("description") or ()) == {f"{name}-{number}" for name in "甲乙丙" for number in range(each)}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(status=("done",)), [2]),
        (Filter(status=("已整改", "整改中")), [1, 2]),
        (Filter(category=("二",)), [0, 3]),
        (Filter(category=("2.7",)), [0]),
        (Filter(category=("1",)), [1, 2]),
        (Filter(owner=("李",)), [1]),
        (Filter(department=("后勤",)), [3]),
        (Filter(text=("门", "锁")), [0]),
        (Filter(overdue=True), [0, 1]),
        (Filter(within=10), [3]),
        (Filter(overdue=True, within=10), [0, 1, 3]),
        (Filter(status=("未整改",), overdue=True), [0]),
        (Filter(), [0, 1, 2, 3]),
    ],
)
def test_a_filter_chooses_in_the_order_of_the_file(opened: Opened, wanted: Filter, found: list[int]) -> None:
    from hazardctl.reading import Reading

    path = opened.workspace.unit("caojia") / "ledger.csv"
    path.parent.mkdir(parents=True)
    path.write_text(
        "编号,类别,检查项,存在问题,整改措施,责任部门,责任人,完成时限,整改状态,发现时间\n"
        "A,2.7,,门坏,换锁,办公室,张三,2022.8.19,未整改,\n"
        "B,一,,灯坏,换灯,办公室,李四,3日内,整改中,2022-08-10\n"
        "C,1,1.1,窗坏,换窗,办公室,王五,2022-08-01,已整改,\n"
        "D,,2.3,墙坏,补墙,后勤科,赵六,8月30日,未启动,\n"
        "",
        encoding="utf-8",
    )
    reading = Reading(ledger(opened), opened.terms, TODAY)
    assert selection.rows(reading, wanted) == found


def test_a_filter_with_a_word_nobody_knows_says_what_there_is(opened: Opened) -> None:
    add(opened)
    with pytest.raises(selection.UnknownWordError) as refused:
        put(opened, Filter(status=("飞了",)), owner="李四")
    assert "not_started" in refused.value.remedy()
