"""Who has reported: no rate passes 100 % whatever happens, reminders, what is due, and the week's work run twice."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from decimal import Decimal
from email import message_from_bytes, policy
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns import FOUND, campaign, ledger, numbers, rolled
from conftest import Run
from hazardctl import weekly
from hazardctl.errors import HazardError, Locked
from hazardctl.files import store
from hazardctl.load import Opened, opened
from hazardctl.returns import reminders, status, submit
from hazardctl.returns.submit import Order
from hazardctl.workspace import Workspace

UNITS = "bay,海湾局,,,,\na,东港,bay,,,\nb,西港,bay,,,2024-05-10\nc,南港,bay,,2024-05-11,\nold,旧港,bay,,,2024-04-30\n"
MAY = "schedules: [{id: m, label: 月报, every: month, day: 30, late_days: 5}]\n"
OPEN = "A,尚未办理"
DAY = date(2024, 5, 20)


def office(root: Path, more: str = MAY) -> Opened:
    return campaign(root, FOUND % "", UNITS, {f"{unit}/ledger.csv": of_unit(unit) for unit in "abc"}, more)


def of_unit(unit: str, row: str = OPEN) -> str:
    """Give a ledger with ids of the unit's own."""
    return ledger(row).replace("2222", f"222{unit.upper()}")


def send(found: Opened, unit: str, day: date = DAY, **order: object) -> None:
    submit.submit(found, unit, "2024-05", Order(by="张三", **order), today=day)  # type: ignore[arg-type]


def test_a_unit_closed_in_mid_period_drives_no_rate_above_100(tmp_path: Path) -> None:
    """Two ports merge on 11 May: three are asked, and what the closed one sends is one of three."""
    found = office(tmp_path)
    for unit in "abc":
        send(found, unit)
    told = status.status(found, "2024-05", DAY)
    assert (told.total.expected, told.total.received, told.total.rate("received")) == (3, 3, Decimal("100.0"))
    assert [row.standing.state for row in told.rows if row.standing] == [
        "entries",
        "entries",
        "entries",
        "not_required",
    ]
    assert status.status(found, "2024-06", DAY).total.expected == 2


def test_every_unit_is_in_one_of_four_states(tmp_path: Path) -> None:
    found = office(tmp_path)
    (tmp_path / "units/b/ledger.csv").write_text(ledger(), encoding="utf-8")
    send(found, "a")
    send(found, "b", date(2024, 6, 1), nil=True)
    told = status.status(found, "2024-05", date(2024, 6, 2))
    states = {row.unit: row.standing and row.standing.state for row in told.rows}
    assert states == {"bay": None, "a": "entries", "b": "nil", "c": "missing", "old": "not_required"}
    total = told.total
    assert (total.expected, total.received, total.on_time, total.late, total.nil, total.missing) == (3, 2, 1, 1, 1, 1)
    assert [one.unit.id for one in told.chase] == ["c"]
    assert told.overdue
    assert not status.status(found, "2024-05", DAY).overdue


def test_a_correction_after_the_due_day_does_not_make_a_return_late(tmp_path: Path) -> None:
    found = office(tmp_path)
    send(found, "a")
    (tmp_path / "units/a/ledger.csv").write_text(of_unit("a", "A,办理中"), encoding="utf-8")
    send(found, "a", date(2024, 6, 2), reason="更正")
    (own,) = (row.standing for row in status.status(found, "2024-05", date(2024, 6, 3)).rows if row.unit == "a")
    assert own
    assert (own.late, own.corrections, own.at) == (False, 1, DAY)


days = st.dates(date(2024, 3, 25), date(2024, 6, 10))
maybe = st.none() | days
orders_of_one = st.lists(st.tuples(days, st.integers(0, 2)), max_size=4)
histories = st.lists(st.tuples(maybe, maybe, orders_of_one), min_size=1, max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories, st.sampled_from(["2024-04", "2024-05", "2024-W18", "2024"]), days)
def test_no_history_gives_a_rate_above_100(
    lives: list[tuple[date | None, date | None, list[tuple[date, int]]]], period: str, today: date
) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        lines = "".join(f"u{n},港{n},,,{born or ''},{died or ''}\n" for n, (born, died, _) in enumerate(lives))
        found = campaign(root, FOUND % "", lines, {f"u{n}/ledger.csv": ledger(OPEN) for n in range(len(lives))}, MAY)
        for n, (_, _, orders) in enumerate(lives):
            for day, row in sorted(orders):
                path = root / f"units/u{n}/ledger.csv"
                path.write_text(ledger(("A,尚未办理", "A,办理中", "A,办结")[row]), encoding="utf-8")
                try:
                    submit.submit(found, f"u{n}", period, Order(by="张三", reason="更正", override="照旧报"), today=day)
                except HazardError:
                    continue
        told = status.status(found, period, today)
        for counts in (told.total, *(row.counts for row in told.rows)):
            assert counts.received + counts.missing == counts.expected
            assert counts.on_time + counts.late == counts.received >= counts.nil
            for part in ("received", "on_time", "late", "nil", "missing", "accepted"):
                rate = counts.rate(part)
                assert rate is None or 0 <= rate <= 100


def test_reminders_name_the_unit_and_are_the_same_every_time(tmp_path: Path) -> None:
    found = office(tmp_path)
    send(found, "a")
    told = status.status(found, "2024-05", date(2024, 6, 1))
    files = dict(reminders.files(found, told))
    assert sorted(files) == ["b.eml", "b.ics", "b.txt", "c.eml", "c.ics", "c.txt"]
    assert files == dict(reminders.files(found, told))
    assert "hazardctl submit c --period 2024-05" in files["c.txt"].decode()
    mail = message_from_bytes(files["c.eml"], policy=policy.default)
    assert "南港" in mail["Subject"]
    assert mail["To"] is None
    assert "2024-06-04" in mail.get_content()
    dates = files["c.ics"].decode().split("\r\n")
    assert "DTSTART;VALUE=DATE:20240601" in dates
    assert max(len(line.encode()) for line in dates) <= 75


def test_the_commands_of_a_bureau(tmp_path: Path, run: Run) -> None:
    found = office(tmp_path)
    send(found, "a")
    at = ("--today", "2024-06-01")
    assert run(*at, "status", "--period", "2024-05", "--remind", "催报").code == 1
    assert len(list((tmp_path / "催报").iterdir())) == 6
    assert json.loads(run(*at, "status", "--period", "2024-05", "--format", "json").out)["total"]["received"] == 1
    table = list(csv.DictReader(io.StringIO(run(*at, "status", "--period", "2024-05", "--format", "csv").out)))
    assert [line["unit"] for line in table] == ["bay", "a", "b", "c", "old", ""]
    assert run(*at, "status", "--period", "2024-05", "--format", "md", "--level", "1").out.count("\n") == 4
    assert run("--today", "2024-05-20", "status").code == 0
    assert run("status", "--format", "html").code == 2


def test_what_is_due_is_listed_by_unit_and_owner_also_where_files_have_errors(tmp_path: Path, run: Run) -> None:
    headings = "编号,问题类别,办理情况,限期"
    files = {
        "a/ledger.csv": ledger("A,尚未办理,2024-05-01", "Z,什么,2024-05-25", "A,办结,2024-01-01", headings=headings),
        "b/ledger.csv": "",
    }
    campaign(tmp_path, FOUND % "", UNITS, files)
    listed = run("--today", "2024-05-20", "due", "--format", "json")
    assert listed.code == 1
    assert [(one["day"], one["days"]) for one in json.loads(listed.out)] == [("2024-05-01", -19), ("2024-05-25", 5)]
    assert "units/b/ledger.csv" in listed.err
    assert run("--today", "2024-04-20", "due").code == 0
    assert run("--today", "2024-05-20", "due", "a", "--within", "0", "--format", "csv").out.count("\n") == 2


def test_what_is_due_is_written_to_a_file_of_any_kind(tmp_path: Path, run: Run) -> None:
    from openpyxl import load_workbook

    headings = "编号,问题类别,办理情况,限期"
    campaign(tmp_path, FOUND % "", UNITS, {"a/ledger.csv": ledger("A,尚未办理,2024-05-01", headings=headings)})
    at = ("--today", "2024-05-20", "--lang", "zh", "due")
    assert run(*at, "-o", "催办.xlsx").code == 1, "something is overdue"
    rows = [[cell.value for cell in row] for row in load_workbook("催办.xlsx").active.iter_rows()]  # type: ignore[union-attr]
    assert any("逾期19天" in row for row in rows)
    for name, form in (("due.csv", "csv"), ("due.json", "json")):
        assert run(*at, "-o", name).code == 1
        written = (tmp_path / name).read_text(encoding="utf-8-sig")
        assert written.replace("\r\n", "\n") == run(*at, "--format", form).out
    assert "逾期19天" in (run(*at, "-o", "due.html"), (tmp_path / "due.html").read_text(encoding="utf-8"))[1]
    assert run(*at, "-o", "due.exe").code == 2


def bytes_of(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_week_run_twice_counts_and_sends_nothing_twice(tmp_path: Path, run: Run) -> None:
    send(office(tmp_path), "a")
    at = ("--today", "2024-06-01", "weekly", "--period", "2024-05")
    first = run(*at)
    before = bytes_of(tmp_path)
    wanted = {"findings.csv", "status.csv", "t.csv", "weekly.md", "weekly.html"}
    assert {path.name for path in (tmp_path / "reports/2024-05").iterdir()} == wanted
    second = run(*at, env={"LANG": "zh_CN.UTF-8"})
    assert bytes_of(tmp_path) == before
    assert (first.code, second.code) == (1, 1)
    assert run("--lang", "zh", *at).out != first.out


def test_the_week_is_fine_where_everything_is(tmp_path: Path) -> None:
    found = office(tmp_path)
    for unit in "abc":
        send(found, unit)
    done = weekly.weekly(found, DAY, "2024-05")
    assert [step.name for step in done.steps] == ["check", "status", "tables", "reports"]
    assert done.code == 0


def test_a_second_run_at_the_same_time_is_kept_out(tmp_path: Path) -> None:
    found = office(tmp_path)
    store.make_folder(tmp_path / "reports")
    before = bytes_of(tmp_path)
    with store.lock(tmp_path / "reports" / "weekly"):
        import threading

        caught: list[BaseException] = []

        def second() -> None:
            try:
                weekly.weekly(found, DAY, "2024-05")
            except Locked as error:
                caught.append(error)

        other = threading.Thread(target=second)
        other.start()
        other.join()
    assert [type(error) for error in caught] == [Locked]
    assert bytes_of(tmp_path) == before


def test_closed_this_period_counts_entries_found_in_any_earlier_one(tmp_path: Path) -> None:
    headings = "编号,问题类别,办理情况,查出日期,办结日期"
    rows = ("A,办结,2024-03-05,2024-05-12", "A,办结,2024-05-02,2024-05-13", "A,办结,2024-03-05,2024-04-13")
    table = FOUND % ", {label: 已办结, key: fixed, count: {done: in_period}}"
    files = {"a/ledger.csv": ledger(*rows, headings=headings)}
    found = campaign(tmp_path, table, "a,东港,,,,\n", files)
    fixed = numbers(rolled(found, period="2024-05"), "a")[-1]
    assert fixed == "2"


def test_overdue_entries_are_still_open_in_every_total(tmp_path: Path) -> None:
    headings = "编号,问题类别,办理情况,限期"
    files = {"a/ledger.csv": ledger("A,尚未办理,2024-05-01", "A,办理中,2024-07-30", headings=headings)}
    found = campaign(tmp_path, FOUND % "", "a,东港,,,,\n", files)
    assert numbers(rolled(found), "a") == ["2"]
    assert numbers(rolled(found, today=date(2024, 5, 20) + timedelta(days=400)), "a") == ["2"]


def test_the_folder_is_opened_again_after_everything(tmp_path: Path) -> None:
    found = office(tmp_path)
    send(found, "a")
    weekly.weekly(found, DAY, "2024-05")
    assert not opened(Workspace(tmp_path)).findings
