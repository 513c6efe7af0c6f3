"""Returns: sent once, corrected with a reason, late or refused or locked, reopened by name, accepted up the tree."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from campaigns import FOUND, campaign, ledger, numbers, rolled
from conftest import Run
from hazardctl import load
from hazardctl.check import check_unit
from hazardctl.errors import UsageError
from hazardctl.load import Opened
from hazardctl.returns import clock, decide, returned, submit
from hazardctl.returns.submit import Order
from hazardctl.workspace import Workspace

UNITS = "bay,海湾局,,,,\na,东港,bay,,,\nb,西港,bay,,,2024-05-10\n"
LIMITS = """\
periods:
  - id: spring
    label: 春查
    from: 2024-03-01
    to: 2024-05-31
    due: 2024-06-05
    late_until: 2024-06-10
    locks_on: 2024-06-20
"""
OPEN = "A,尚未办理"
DAY = date(2024, 5, 20)


def office(root: Path, more: str = LIMITS, **files: str) -> Opened:
    own = {
        "a/ledger.csv": ledger(OPEN, OPEN),
        **{name.replace("_", "/", 1) + ".csv": text for name, text in files.items()},
    }
    return campaign(root, FOUND % "", UNITS, own, more)


def send(opened: Opened, unit: str = "a", day: date = DAY, **order: object) -> submit.Done:
    return submit.submit(opened, unit, "spring", Order(by="张三", **order), today=day)  # type: ignore[arg-type]


def edit(opened: Opened, text: str, unit: str = "a") -> None:
    (opened.workspace.unit(unit) / "ledger.csv").write_text(text, encoding="utf-8")


def on_file(opened: Opened, unit: str = "a") -> list[dict[str, object]]:
    path = returned.file_of(opened.workspace, unit)
    return list(yaml.safe_load(path.read_text(encoding="utf-8"))) if path.exists() else []


def test_a_return_records_what_the_ledger_held(tmp_path: Path) -> None:
    opened = office(tmp_path)
    done = send(opened)
    (said,) = on_file(opened)
    held, _ = load.load_ledger(opened.workspace, "a", opened.terms)
    assert held
    assert said["sha256"] == held.sha256
    wanted = {"period": "spring", "number": 1, "state": "entries", "rows": 2, "by": "张三", "at": "2024-05-20"}
    assert wanted.items() <= said.items()
    assert said["counts"] == {"not_started": 2}
    assert (said["arrived"], said["checklist"]) == ("on_time", "harbours@1")
    assert not done.repeated
    assert not [one for one in check_unit(opened, "a", DAY).findings if one.code.startswith("P")]


def test_two_submissions_from_one_unit_count_once(tmp_path: Path) -> None:
    opened = office(tmp_path)
    send(opened)
    before = returned.file_of(opened.workspace, "a").read_bytes()
    assert send(opened, day=DAY + timedelta(days=1)).repeated
    assert returned.file_of(opened.workspace, "a").read_bytes() == before
    assert numbers(rolled(opened, period="spring"), "a") == ["2"]


def test_a_correction_needs_a_reason_and_what_it_replaces_stays(tmp_path: Path) -> None:
    opened = office(tmp_path)
    send(opened)
    edit(opened, ledger(OPEN, OPEN, OPEN))
    with pytest.raises(submit.RefusedError):
        send(opened)
    first = on_file(opened)[0]
    assert send(opened, reason="补报一条").sent.number == 2
    assert on_file(opened)[0] == first
    assert (on_file(opened)[1]["supersedes"], on_file(opened)[1]["rows"]) == ("1", 3)


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        ("2024-02-29", "early"), ("2024-06-05", "on_time"), ("2024-06-06", "late"), ("2024-06-10", "late"),
        ("2024-06-11", "refused"), ("2024-06-19", "refused"), ("2024-06-20", "locked"),
    ],
)  # fmt: skip
def test_late_refused_and_locked_are_three_things(tmp_path: Path, day: str, standing: str) -> None:
    opened = office(tmp_path)
    today = date.fromisoformat(day)
    assert clock.of(opened, clock.read(opened, "spring")).standing(today) == standing
    codes = {"early": 1, "refused": 1, "locked": 3}
    if standing in codes:
        with pytest.raises((submit.RefusedError, submit.PeriodLockedError)) as caught:
            send(opened, day=today)
        assert caught.value.exit_code == codes[standing]
        assert isinstance(caught.value, submit.PeriodLockedError) is (standing == "locked")
        assert not on_file(opened)
    else:
        assert send(opened, day=today).standing == standing


def test_reopening_is_by_name_recorded_and_ends(tmp_path: Path) -> None:
    opened = office(tmp_path)
    late = date(2024, 6, 25)
    assert decide.reopen(opened, "a", "spring", date(2024, 6, 26), reason="台风", by="李四", today=late)
    assert not decide.reopen(opened, "a", "spring", date(2024, 6, 26), reason="台风", by="李四", today=late)
    assert send(opened, day=late).standing == "reopened"
    edit(opened, ledger("A,办理中", OPEN))
    with pytest.raises(submit.PeriodLockedError):
        send(opened, day=date(2024, 6, 27), reason="更正")
    with pytest.raises(UsageError):
        decide.reopen(opened, "a", "spring", date(2024, 6, 1), reason="台风", by="李四", today=late)
    (told,) = yaml.safe_load((tmp_path / "periods/spring/exceptions.yaml").read_text(encoding="utf-8"))
    assert (told["unit"], told["until"], told["by"]) == ("a", "2024-06-26", "李四")


def test_an_accepted_return_is_frozen_for_the_child_until_it_is_reopened(tmp_path: Path) -> None:
    opened = office(tmp_path)
    send(opened)
    done = decide.accept(opened, "bay", "spring", by="王五", today=DAY)
    assert (done.new, done.missing) == (("a",), ("b",))
    assert decide.accept(opened, "bay", "spring", by="王五", today=DAY).before == ("a",)
    edit(opened, ledger(OPEN, "A,办理中"))
    with pytest.raises(submit.PeriodLockedError):
        send(opened, reason="更正")
    decide.reopen(opened, "a", "spring", DAY, reason="填错", by="王五", today=DAY)
    assert send(opened, reason="更正").sent.number == 2
    assert decide.accept(opened, "bay", "spring", by="王五", today=DAY).new == ("a",)
    edit(opened, ledger(OPEN, OPEN))
    with pytest.raises(submit.PeriodLockedError):
        send(opened, reason="再更正")


def test_an_empty_ledger_is_no_answer_and_a_nil_return_is_one(tmp_path: Path) -> None:
    opened = office(tmp_path, b_ledger=ledger())
    with pytest.raises(submit.RefusedError):
        send(opened, "b")
    states = rolled(opened, period="spring").states
    assert (states.get("missing"), states.get("nil")) == (1, None)
    assert send(opened, "b", nil=True).sent.state == "nil"
    for period in ("spring", "2024-04"):
        assert rolled(opened, period=period).states.get("nil") == 1
    assert rolled(opened, period="2024-06").states.get("nil") is None
    assert rolled(opened).states.get("nil") is None, "the campaign goes on after spring"


def test_a_nil_return_does_not_stand_against_the_ledger(tmp_path: Path) -> None:
    opened = office(tmp_path)
    with pytest.raises(submit.RefusedError):
        send(opened, nil=True)


def test_errors_stand_against_a_return_unless_somebody_says_why(tmp_path: Path) -> None:
    opened = office(tmp_path, a_ledger=ledger("Z,尚未办理"))
    with pytest.raises(submit.RefusedError) as caught:
        send(opened)
    assert caught.value.findings
    done = send(opened, override="上级同意先报，类别待定")
    assert on_file(opened)[0]["override"] == "上级同意先报，类别待定"
    assert not done.hollow
    assert send(opened, override="上级同意先报，类别待定").repeated


def test_an_answer_is_kept_with_its_value_and_lapses_when_that_changes(tmp_path: Path) -> None:
    headings = "编号,问题类别,办理情况,查出日期"
    more = LIMITS + "policies: {warnings: answer}\n"
    old = ledger("A,尚未办理,2014-04-01", "A,办理中,2014-04-02", headings=headings)
    opened = office(tmp_path, more, a_ledger=old)
    with pytest.raises(submit.RefusedError) as caught:
        send(opened)
    assert [one.code for one in caught.value.findings] == ["L309", "L309"]
    first, second = (f"L309:{one.entry}" for one in caught.value.findings)
    assert send(opened, answers=(f"{first}=已核实", f"{second}=沿用十年前的登记")).hollow == ("已核实",)
    assert found_in(opened) == {"P110"}
    assert send(opened).repeated, "the answers still hold"
    edit(opened, old.replace("2014-04-01", "2014-04-03"))
    assert found_in(opened) == {"P107", "P110", "P112"}
    with pytest.raises(submit.RefusedError) as caught:
        send(opened, reason="更正日期")
    assert [one.entry for one in caught.value.findings] == [first.partition(":")[2]]
    send(opened, reason="更正日期", answers=(f"{first}=沿用十年前的登记",))
    assert "P111" in found_in(opened), "the reason of the second was copied"


def found_in(opened: Opened) -> set[str]:
    return {one.code for one in check_unit(opened, "a", DAY).findings if one.code.startswith("P")}


def test_an_answer_to_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        send(office(tmp_path), answers=("L999:H1=原因",))


def test_what_is_asked_of_nobody_is_not_taken(tmp_path: Path) -> None:
    opened = office(tmp_path, LIMITS.replace("2024-03-01", "2024-05-11"))
    with pytest.raises(submit.RefusedError):
        send(opened, "b", nil=True)
    with pytest.raises(submit.RefusedError):
        send(opened, "bay", nil=True)


def test_comments_and_layout_of_a_list_stay(tmp_path: Path) -> None:
    opened = office(tmp_path)
    send(opened)
    path = returned.file_of(opened.workspace, "a")
    kept = "# 由文书保管\r\n" + path.read_text(encoding="utf-8").replace("\n", "\r\n").rstrip()
    path.write_bytes(kept.encode())
    edit(opened, ledger("A,办理中", OPEN))
    send(opened, reason="更正")
    after = path.read_bytes().decode()
    assert after.startswith(kept + "\r\n- ")
    assert after.count("\n") == after.count("\r\n")


def test_a_list_that_cannot_be_read_is_not_added_to(tmp_path: Path) -> None:
    opened = office(tmp_path)
    path = returned.file_of(opened.workspace, "a")
    path.write_text("period: spring\n", encoding="utf-8")
    with pytest.raises(submit.RefusedError):
        send(opened)
    assert path.read_text(encoding="utf-8") == "period: spring\n"


def test_the_commands_speak_and_exit_as_promised(tmp_path: Path, run: Run) -> None:
    office(tmp_path)
    assert run("--today", "2024-06-07", "submit", "东港", "--period", "spring", "--by", "张三").code == 0
    late = run("--today", "2024-06-08", "--lang", "zh", "submit", "a", "--period", "spring")
    assert (late.code, "迟报" in late.err) == (0, True)
    assert run("--today", "2024-06-15", "submit", "b", "--period", "spring", "--nil").code == 1
    assert run("--today", "2024-06-25", "submit", "b", "--period", "spring", "--nil").code == 3
    again = ("--today", "2024-06-25", "reopen", "b", "--period", "spring", "--until", "2024-06-30", "--reason", "台风")
    assert run(*again).code == 0
    assert run("--today", "2024-06-25", "submit", "b", "--period", "spring", "--nil").code == 0
    assert run("--today", "2024-06-25", "accept", "bay", "--period", "spring").code == 0
    assert run("--today", "2024-06-25", "submit", "a", "--period", "nothing").code == 2


def test_the_checks_see_a_folder_of_every_kind_of_return(tmp_path: Path) -> None:
    opened = office(tmp_path)
    send(opened)
    edit(opened, ledger("A,办理中", OPEN))
    assert "P107" in {one.code for one in check_unit(load.opened(Workspace(tmp_path)), "a", DAY).findings}
    assert "P107" not in {one.code for one in check_unit(opened, "a", date(2024, 6, 6)).findings}


def test_two_spellings_of_a_units_name_do_not_become_two_units(tmp_path: Path, run: Run) -> None:
    office(tmp_path)
    for spelling in ("a", "东港", " 东港 ", "Ａ"):
        sent = run("--today", "2024-05-20", "submit", spelling, "--period", "spring", "--by", "张三")
        assert sent.code == 0, sent.err
    assert sorted(path.name for path in (tmp_path / "units").iterdir()) == ["a"]
    assert (tmp_path / "units/a/returns.yaml").read_text(encoding="utf-8").count("period: spring") == 1
