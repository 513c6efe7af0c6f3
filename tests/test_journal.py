"""The journal: every change is in it, whoever made it; played back it gives the ledger; it cannot change unseen."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Run
from hazardctl import lifecycle, load, rollup
from hazardctl.errors import ChangedByOthers, DiskFull
from hazardctl.files import store
from hazardctl.journals import chain, history, journal, losses, noticing, recording, replay, restore
from hazardctl.journals.chain import Head
from hazardctl.journals.journal import Change
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.merge import union
from hazardctl.merging import questions
from hazardctl.merging.questions import Question
from hazardctl.statistics.table import Table
from hazardctl.workspace import Workspace
from office import SOUND, campaign
from office import ledger as csv_of

TODAY = date(2022, 8, 20)
CELLS = {
    "category": "1",
    "description": "东门门禁损坏",
    "measures": "更换门禁",
    "department": "办公室",
    "owner": "张三",
    "deadline": "2022-09-06",
}
IDS = [f"H{number:03}-2222-3333" for number in range(200, 240)]


def lines_of(count: int) -> list[str]:
    return [SOUND.replace("H7K3-M9QX-2FPD", entry) for entry in IDS[:count]]


def open_(folder: Path, ledger: str | bytes | None = None) -> Opened:
    campaign(folder, {} if ledger is None else {"units/a/ledger.csv": ledger})
    return load.opened(Workspace(folder))


def path_of(opened: Opened) -> Path:
    return opened.workspace.unit("a") / "ledger.csv"


def ledger(opened: Opened) -> Ledger | None:
    return load.load_ledger(opened.workspace, "a", opened.terms)[0]


def note(opened: Opened) -> bool:
    return recording.take_note(opened, "a", by="clerk", command="check")


def state(opened: Opened) -> replay.State:
    return history.state(opened, "a")


def codes(opened: Opened) -> list[str]:
    found = load.load_ledger(opened.workspace, "a", opened.terms)
    return [finding.code for finding in losses.look(opened.workspace, "a", *found).findings]


def kinds(opened: Opened) -> list[str]:
    return [line.kind for line in journal.read(opened.workspace.unit("a"))]


def agrees(opened: Opened) -> bool:
    return state(opened).entries == replay.rows(ledger(opened))


def rolled(opened: Opened) -> Table:
    return rollup.roll_up(opened, today=TODAY)


def test_what_commands_change_is_in_the_journal_with_who_and_what(tmp_path: Path) -> None:
    opened = open_(tmp_path)
    made = lifecycle.add_entry(opened, "a", CELLS, by="王五", today=TODAY).added[0]
    lifecycle.set_fields(opened, "a", [made], {"owner": "李四"}, by="赵六", today=TODAY)
    first, second = journal.read(opened.workspace.unit("a"))
    assert (first.kind, first.by, first.change.entry, first.change.row) == ("add", "王五", made, "new")
    assert first.change.changes["owner"] == ("", "张三")
    assert (second.kind, second.by, second.change.changes) == ("set", "赵六", {"owner": ("张三", "李四")})
    assert second.was == first.ledger
    assert second.ledger == store.read(path_of(opened)).sha256
    assert agrees(opened)


def test_two_copies_of_a_campaign_never_write_to_the_same_journal(tmp_path: Path) -> None:
    assert journal.writer(tmp_path / "one") != journal.writer(tmp_path / "two")
    assert journal.writer(tmp_path / "one") == journal.writer(tmp_path / "one")


def test_the_first_look_records_the_whole_ledger_and_hands_changes_are_recorded_when_seen(tmp_path: Path) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(3)))
    assert note(opened)
    assert not note(opened)
    assert kinds(opened) == ["seen"] * 3
    path_of(opened).write_text(csv_of(*lines_of(4)).replace("张三", "李四", 1), encoding="gb18030")
    assert note(opened)
    assert agrees(opened)
    assert kinds(opened)[3:] == ["seen"] * 2


def test_a_ledger_sorted_by_hand_has_lost_nothing(tmp_path: Path) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(5)))
    note(opened)
    path_of(opened).write_text(csv_of(*reversed(lines_of(5))), encoding="utf-8")
    assert not codes(opened)
    assert note(opened)
    assert agrees(opened)


def test_a_deleted_row_stops_the_unit_until_it_is_restored(tmp_path: Path) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(5)))
    note(opened)
    path_of(opened).write_text(csv_of(*lines_of(5)[:2], *lines_of(5)[3:]), encoding="utf-8")
    assert codes(opened) == ["J101"]
    assert rolled(opened).exit_code == 3
    note(opened)
    assert codes(opened) == ["J101"], "seeing it is not accepting it"
    done = restore.restore(opened, "a", by="clerk", today=TODAY)
    assert done.entries == (IDS[2],)
    assert not codes(opened)
    assert agrees(opened)
    assert len(replay.rows(ledger(opened))) == 5


def test_a_deleted_row_may_be_accepted_and_its_id_is_never_used_again(tmp_path: Path) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(3)))
    note(opened)
    path_of(opened).write_text(csv_of(*lines_of(2)), encoding="utf-8")
    assert recording.accept(opened, "a", [], by="clerk") == [IDS[2]]
    assert not codes(opened)
    assert rolled(opened).exit_code != 3
    with pytest.raises(lifecycle.TakenIdError):
        lifecycle.add_entry(opened, "a", CELLS | {"id": IDS[2].lower()}, by="clerk", today=TODAY)
    assert restore.restore(opened, "a", [IDS[2]], by="clerk", today=TODAY).entries == (IDS[2],)
    assert len(replay.rows(ledger(opened))) == 3


@pytest.mark.parametrize("damage", [b"", None])
def test_an_empty_or_missing_ledger_is_written_anew_from_the_journal(tmp_path: Path, damage: bytes | None) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(12)))
    note(opened)
    before = replay.rows(ledger(opened))
    path_of(opened).unlink()
    if damage is not None:
        path_of(opened).write_bytes(damage)
    assert codes(opened) == ["J104"]
    assert rolled(opened).exit_code == 3
    assert not note(opened)
    restore.restore(opened, "a", by="clerk", today=TODAY)
    assert replay.rows(ledger(opened)) == before
    assert not codes(opened)


def test_what_is_written_anew_is_of_the_kind_it_was(tmp_path: Path) -> None:
    opened = load.opened(Workspace(campaign(tmp_path, {"units/a/ledger.yaml": "entries:\n"})))
    lifecycle.add_entry(opened, "a", CELLS, by="clerk", today=TODAY)
    path = opened.workspace.unit("a") / "ledger.yaml"
    whole, before = path.read_bytes(), replay.rows(ledger(opened))
    path.write_bytes(whole[: whole.index(b": ", 40) + 1] + b" 'half")
    assert restore.restore(opened, "a", by="clerk", today=TODAY).aside == "units/a/replaced/ledger.yaml"
    assert replay.rows(ledger(opened)) == before
    assert opened.workspace.ledgers("a") == (path,), "the rest may arrive yet, and would be a second ledger"


def test_rows_that_arrive_after_they_were_missed_are_no_older_version(tmp_path: Path) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(4)))
    note(opened)
    whole = path_of(opened).read_bytes()
    path_of(opened).write_bytes(whole[: whole.index(IDS[2].encode())])
    assert note(opened)
    assert codes(opened) == ["J101", "J101"]
    path_of(opened).write_bytes(whole)
    assert not codes(opened)
    assert note(opened)
    assert not replay.play(journal.read(opened.workspace.unit("a"))).missing
    assert rolled(opened).exit_code == 0


def test_every_cut_of_a_ledger_is_found(tmp_path: Path) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(4)))
    note(opened)
    whole = path_of(opened).read_bytes()
    for length in range(len(whole) - 1):
        path_of(opened).write_bytes(whole[:length])
        found = load.load_ledger(opened.workspace, "a", opened.terms)[1]
        assert codes(opened) or found, whole[:length][-40:].decode(errors="replace")
        assert rolled(opened).exit_code == 3, whole[:length][-40:].decode(errors="replace")


def test_an_older_version_put_back_is_found_and_brought_forward(tmp_path: Path) -> None:
    opened = open_(tmp_path)
    made = lifecycle.add_entry(opened, "a", CELLS, by="clerk", today=TODAY).added[0]
    old = path_of(opened).read_bytes()
    lifecycle.set_fields(opened, "a", [made], {"owner": "李四"}, by="clerk", today=TODAY)
    path_of(opened).write_bytes(old)
    assert codes(opened) == ["J105"]
    assert not note(opened)
    assert rolled(opened).exit_code == 3
    restore.restore(opened, "a", by="clerk", today=TODAY)
    assert replay.rows(ledger(opened))[made]["owner"] == "李四"
    assert not codes(opened)


def test_nobody_goes_on_from_an_older_version_or_half_a_file_unawares(tmp_path: Path) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(4)))
    path = path_of(opened)
    older = path.read_bytes()

    def set_(word: str) -> None:
        lifecycle.set_fields(opened, "a", [IDS[0]], {"notes": word}, by="clerk", today=TODAY)

    set_("甲")
    set_("乙")
    newest = path.read_bytes()
    for damaged in (older, newest[: newest.rindex(b"2022-09") + 3]):
        path.write_bytes(damaged)
        before = len(journal.read(opened.workspace.unit("a")))
        with pytest.raises(recording.OlderLedgerError):
            set_("丙")
        assert path.read_bytes() == damaged
        assert len(journal.read(opened.workspace.unit("a"))) == before
    path.write_bytes(older)
    recording.accept(opened, "a", [], by="clerk")
    set_("丁")
    assert codes(opened) == []


def test_a_version_one_change_old_is_not_gone_on_from_either(tmp_path: Path, run: Run) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(3)))
    note(opened)
    older = path_of(opened).read_bytes()
    lifecycle.set_fields(opened, "a", [IDS[0]], {"owner": "李四"}, by="clerk", today=TODAY)
    path_of(opened).write_bytes(older)  # a sync program put it back
    told = run("--campaign", tmp_path, "--today", TODAY.isoformat(), "set", "a", IDS[1], "owner=王五")
    assert told.code == 3
    assert "hazardctl restore a" in told.err
    assert path_of(opened).read_bytes() == older
    assert codes(opened) == ["J105"]
    assert run("--campaign", tmp_path, "restore", "a").code == 0
    assert not codes(opened)
    found = ledger(opened)
    assert found is not None
    assert found.cell(0, "owner") == "李四"


KILLED = """\
import os, sys
from datetime import date
from pathlib import Path
from hazardctl import lifecycle, load
from hazardctl.files import store
from hazardctl.workspace import Workspace
real = store.write
def write(path, data, *, expected):
    if path.name == "ledger.csv":
        os._exit(9)
    return real(path, data, expected=expected)
store.write = write
opened = load.opened(Workspace(Path(sys.argv[1])))
lifecycle.set_fields(opened, "a", [sys.argv[2]], {"owner": "李四"}, by="clerk", today=date(2022, 8, 20))
"""


@pytest.mark.parametrize("reads", [False, True])
def test_a_change_that_was_cut_off_is_taken_back_by_the_next_command(tmp_path: Path, *, reads: bool) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(3)))
    note(opened)
    done = subprocess.run((sys.executable, "-c", KILLED, str(tmp_path), IDS[0]), check=False)
    assert done.returncode == 9
    assert codes(opened) == ["J105"]
    if reads:
        noticing.notice(opened, ["a"])
    else:
        lifecycle.set_fields(opened, "a", [IDS[1]], {"owner": "王五"}, by="clerk", today=TODAY)
    assert not codes(opened)
    assert agrees(opened)
    assert kinds(opened)[3:] == ["set", "void"] + ([] if reads else ["set"])


def test_a_change_refused_because_somebody_else_was_quicker_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(3)))
    note(opened)
    path = path_of(opened)
    real = store.write

    def write(target: Path, data: bytes, *, expected: store.Snapshot | None) -> store.Snapshot:
        path.write_bytes(csv_of(*lines_of(3)).replace("张三", "李四").encode())
        return real(target, data, expected=expected)

    monkeypatch.setattr(store, "write", write)
    with pytest.raises(ChangedByOthers):
        lifecycle.add_entry(opened, "a", CELLS | {"status": "整改中"}, by="clerk", today=TODAY)
    assert codes(opened) == []
    note(opened)
    assert list(state(opened).entries) == IDS[:3]
    assert {cells["owner"] for cells in state(opened).entries.values()} == {"李四"}


def test_a_change_that_was_announced_and_never_written_waits_for_a_person(tmp_path: Path) -> None:
    opened = open_(tmp_path)
    lifecycle.add_entry(opened, "a", CELLS, by="clerk", today=TODAY)
    before = path_of(opened).read_bytes()
    lifecycle.add_entry(opened, "a", CELLS | {"description": "灯坏"}, by="clerk", today=TODAY)
    path_of(opened).write_bytes(before)  # as if the program had been ended in between
    assert codes(opened) == ["J105", "J101"]
    recording.accept(opened, "a", [], by="clerk")
    assert not codes(opened)


def test_a_change_that_could_not_be_written_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(2)))

    def full(*_: object, **__: object) -> None:
        raise DiskFull(path="ledger.csv", cause="ENOSPC")

    with monkeypatch.context() as patch:
        patch.setattr(store, "write", full)
        with pytest.raises(DiskFull):
            lifecycle.add_entry(opened, "a", CELLS | {"id": "A1"}, by="clerk", today=TODAY)
        with pytest.raises(DiskFull):
            lifecycle.set_fields(opened, "a", [IDS[0]], {"owner": "李四"}, by="clerk", today=TODAY)
    assert agrees(opened)
    assert not codes(opened)
    lifecycle.add_entry(opened, "a", CELLS | {"id": "A1"}, by="clerk", today=TODAY)
    assert agrees(opened)


def test_anothers_change_whose_ledger_did_not_arrive_is_found(tmp_path: Path) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(2)))
    note(opened)
    folder = opened.workspace.unit("a")
    common = path_of(opened).read_bytes()
    lifecycle.add_entry(opened, "a", CELLS | {"id": "MINE"}, by="me", today=TODAY)
    mine = {path.name: path.read_bytes() for path in journal.files(folder)}
    base = journal.read(folder)[:2]
    path_of(opened).write_bytes(common)
    for path in journal.files(folder):
        path.write_bytes(b"\n".join(path.read_bytes().splitlines()[:2]) + b"\n")
        path.rename(path.with_name("other.jsonl"))
    assert len(base) == 2
    lifecycle.set_fields(opened, "a", [IDS[0]], {"owner": "李四"}, by="other", today=TODAY)
    assert not codes(opened)
    for name, data in mine.items():  # the sync brings the other journal; the ledger it tells of lost the race
        (journal.folder(folder) / f"z{name}").write_bytes(data)
    assert "J101" in codes(opened)
    restore.restore(opened, "a", by="clerk", today=TODAY)
    assert {"MINE", *IDS[:2]} <= replay.rows(ledger(opened)).keys()
    assert not codes(opened)


def test_figures_changed_by_hand_are_recorded(tmp_path: Path) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(1)))
    figures = opened.workspace.unit("a") / "figures.csv"
    figures.write_text("period,key,value\n2022-08,located,3\n2022-08,visits,\n", encoding="utf-8")
    note(opened)
    assert state(opened).figures == {"2022-08/located": "3"}
    figures.write_text("period,key,value\n2022-08,located,4\n", encoding="utf-8")
    note(opened)
    assert state(opened).figures == {"2022-08/located": "4"}
    assert journal.read(opened.workspace.unit("a"))[-1].change.changes == {"value": ("3", "4")}


def test_a_field_is_brought_back_as_it_was_at_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = open_(tmp_path)
    times = iter(f"2022-08-0{day}T08:00:00.000Z" for day in range(1, 9))
    monkeypatch.setattr(journal, "now", lambda: next(times))
    made = lifecycle.add_entry(opened, "a", CELLS, by="clerk", today=TODAY).added[0]
    lifecycle.set_fields(opened, "a", [made], {"owner": "李四", "measures": "加锁"}, by="clerk", today=TODAY)
    then = history.moment("2022-08-01")
    assert history.state(opened, "a", then).entries[made]["owner"] == "张三"
    restore.restore(opened, "a", [made], ["owner"], then, by="clerk", today=TODAY)
    cells = replay.rows(ledger(opened))[made]
    assert (cells["owner"], cells["measures"]) == ("张三", "加锁")
    restore.restore(opened, "a", at=then, by="clerk", today=TODAY)
    assert replay.rows(ledger(opened))[made]["measures"] == "更换门禁"
    assert agrees(opened)


def test_entries_without_ids_are_followed_too(tmp_path: Path) -> None:
    heads = "整改措施,责任人\n"
    opened = open_(tmp_path, heads + "更换门禁,张三\n培训,李四\n")
    note(opened)
    path_of(opened).write_text(heads + "更换门禁,张三\n", encoding="utf-8")
    assert codes(opened) == ["J101"]
    path_of(opened).write_text("编号,整改措施,责任人\nH2,更换门禁,张三\nH3,培训,李四\n", encoding="utf-8")
    assert not codes(opened)
    note(opened)
    assert agrees(opened)
    assert [line.change.row for line in journal.read(opened.workspace.unit("a"))] == ["new", "new", "named", "named"]


def chained(count: int) -> bytes:
    head, data = Head(), b""
    for number in range(count):
        line, head = chain.sealed({"turn": number + 1, "id": f"H{number}", "changes": {"owner": ["", "张三"]}}, head)
        data += line
    return data


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_edit_deletion_move_cut_or_rewriting_is_found_given_the_head(data: st.DataObject) -> None:
    count = data.draw(st.integers(2, 12))
    whole = chained(count)
    head = chain.verify(whole)[1]
    assert head.seq == count
    rows = whole.splitlines(keepends=True)
    at = data.draw(st.integers(0, count - 1))
    what = data.draw(st.sampled_from(["byte", "delete", "swap", "repeat", "cut", "rewrite", "piece"]))
    if what == "byte":
        place = data.draw(st.integers(0, len(whole) - 2))
        old = whole[place : place + 1]
        new = data.draw(st.sampled_from([b"0", b"a", b"7", b'"']).filter(lambda byte: byte != old))
        changed = whole[:place] + new + whole[place + 1 :]
    elif what == "delete":
        changed = b"".join(rows[:at] + rows[at + 1 :])
    elif what == "swap":
        other = (at + 1) % count
        rows[at], rows[other] = rows[other], rows[at]
        changed = b"".join(rows)
    elif what == "repeat":
        changed = b"".join(rows[: at + 1] + rows[at:])
    elif what == "cut":
        changed = b"".join(rows[:at])
    elif what == "piece":
        changed = whole[: data.draw(st.integers(0, len(whole) - 2))]
    else:
        changed = chained(count).replace("张三".encode(), "李四".encode())
        end, again = Head(), b""
        for row in changed.splitlines():
            body = {key: value for key, value in json.loads(row).items() if key not in ("prev", "seq", "hash")}
            line, end = chain.sealed(body, end)
            again += line
        assert not chain.verify(again)[0]
        changed = again
    assert chain.verify(changed, {head.seq: head.hash})[0], what


def branch(whole: bytes, at: int, words: str, count: int) -> bytes:
    """Go on from a line of a journal, as another copy of its folder does."""
    rows = whole.splitlines(keepends=True)[:at]
    head = Head(at, json.loads(rows[-1])["hash"]) if rows else Head()
    for number in range(count):
        line, head = chain.sealed({"turn": head.seq + 1, "at": f"2022-{number:02}", "id": words}, head)
        rows.append(line)
    return b"".join(rows)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 4), st.integers(1, 4), st.integers(1, 4))
def test_two_branches_of_one_writer_are_both_kept_and_told(shared: int, one: int, two: int) -> None:
    began = branch(b"", 0, "甲", shared)
    ours, theirs = branch(began, shared, "乙", one), branch(began, shared, "丙", two)
    both = union(began, ours, theirs)
    assert both == union(began, theirs, ours)
    assert sorted(both.splitlines()) == sorted({*ours.splitlines(), *theirs.splitlines()})
    broken, head = chain.verify(both)
    assert {one.reason for one in broken} == {"forked"}
    assert head.seq == shared + max(one, two)
    assert len(broken) == 1
    for side, count in ((ours, one), (theirs, two)):
        known = {shared + count: chain.verify(side)[1].hash}
        assert {one.reason for one in chain.verify(both, known)[0]} == {"forked"}
    rows = both.splitlines(keepends=True)
    heads = {chain.verify(side)[1].seq: chain.verify(side)[1].hash for side in (ours, theirs)}
    for at in range(len(rows)) if one != two else ():
        without = chain.verify(b"".join(rows[:at] + rows[at + 1 :]), heads)[0]
        assert {one.reason for one in without} - {"forked"}, at


def test_a_folder_put_back_from_a_backup_goes_on_beside_the_newer_one(tmp_path: Path) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(3)))
    lifecycle.set_fields(opened, "a", [IDS[0]], {"notes": "甲"}, by="clerk", today=TODAY)
    (path,) = journal.files(opened.workspace.unit("a"))
    backup, ledger_then = path.read_bytes(), path_of(opened).read_bytes()
    lifecycle.set_fields(opened, "a", [IDS[0]], {"notes": "乙"}, by="clerk", today=TODAY)
    newer = path.read_bytes()
    path.write_bytes(backup)
    path_of(opened).write_bytes(ledger_then)
    lifecycle.set_fields(opened, "a", [IDS[1]], {"notes": "丙"}, by="clerk", today=TODAY)
    path.write_bytes(union(backup, path.read_bytes(), newer))
    broken, count = journal.verify(opened.workspace.unit("a"))
    assert [one.reason for found in broken.values() for one in found] == ["forked"]
    assert count == chain.verify(newer)[1].seq
    lifecycle.set_fields(opened, "a", [IDS[2]], {"notes": "丁"}, by="clerk", today=TODAY, force=True)
    broken, _ = journal.verify(opened.workspace.unit("a"))
    assert [one.reason for found in broken.values() for one in found] == ["forked"]
    notes = {
        line.change.changes["notes"][1]
        for line in journal.read(opened.workspace.unit("a"))
        if "notes" in line.change.changes
    }
    assert {"甲", "乙", "丙", "丁"} <= notes


def test_line_ends_and_layout_changed_on_the_way_are_no_change() -> None:
    whole = chained(3)
    head = chain.verify(whole)[1]
    assert chain.verify(whole.replace(b"\n", b"\r\n"), {3: head.hash}) == ([], head)
    spaced = b"".join(json.dumps(json.loads(row), ensure_ascii=True).encode() + b"\n" for row in whole.splitlines())
    assert chain.verify(spaced, {3: head.hash}) == ([], head)
    assert chain.verify(whole[:-1], {3: head.hash}) == ([], head)


def test_a_torn_last_line_is_said_and_set_aside_by_the_next_change(tmp_path: Path) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(1)))
    note(opened)
    (path,) = journal.files(opened.workspace.unit("a"))
    path.write_bytes(path.read_bytes() + b'{"prev":"12')
    assert codes(opened) == ["J106"]
    lifecycle.set_fields(opened, "a", [IDS[0]], {"owner": "李四"}, by="clerk", today=TODAY)
    assert codes(opened) == ["J109"]
    assert not journal.verify(opened.workspace.unit("a"))[0]
    assert len(list(path.parent.glob("*.torn-*"))) == 1


EDIT = st.one_of(
    st.tuples(st.just("add"), st.integers(0, 9)),
    st.tuples(st.just("set"), st.integers(0, 9), st.sampled_from(["李四", "王五", ""])),
    st.tuples(st.just("hand"), st.integers(0, 9), st.sampled_from(["甲", "乙", ""])),
    st.tuples(st.just("delete"), st.integers(0, 9)),
    st.tuples(st.just("sort"), st.just(0)),
    st.tuples(st.just("note"), st.just(0)),
    st.tuples(st.just("restore"), st.just(0)),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EDIT, max_size=12))
def test_any_sequence_played_back_gives_the_ledger_and_nothing_is_forgotten(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, int] | tuple[str, int, str]]
) -> None:
    opened = open_(tmp_path_factory.mktemp("c"), csv_of(*lines_of(2)))
    note(opened)
    ever = set(IDS[:2])
    for what, number, *more in edits:
        rows = path_of(opened).read_text(encoding="utf-8-sig").splitlines()
        ids = [row.split(",")[0] for row in rows[1:]]
        if what == "add":
            ever |= set(lifecycle.add_entry(opened, "a", CELLS, by="c", today=TODAY, force=True).added)
        elif what == "set" and ids:
            entry = ids[number % len(ids)]
            lifecycle.set_fields(opened, "a", [entry], {"owner": more[0]}, by="c", today=TODAY, force=True)
        elif what in ("hand", "delete", "sort") and ids:
            at = 1 + number % len(ids)
            if what == "hand":
                rows[at] = rows[at].replace("办公室", str(more[0]))
            changed = rows[:at] + rows[at + 1 :] if what == "delete" else rows
            changed = [changed[0], *sorted(changed[1:])] if what == "sort" else changed
            path_of(opened).write_text("\n".join(changed) + "\n", encoding="utf-8")
        elif what == "note":
            note(opened)
        elif what == "restore":
            restore.restore(opened, "a", by="c", today=TODAY)
        now = state(opened)
        assert ever <= {*now.entries, *now.lost, *now.gone, *replay.rows(ledger(opened))}
        missing = ever - replay.rows(ledger(opened)).keys()
        assert bool(missing) <= bool(codes(opened)), (what, missing)
    restore.restore(opened, "a", by="c", today=TODAY)
    note(opened)
    if not codes(opened):
        assert agrees(opened)
    assert ever <= replay.rows(ledger(opened)).keys()
    assert not journal.verify(opened.workspace.unit("a"))[0]


def test_differences_played_on_the_state_before_give_the_state_after() -> None:
    before = {"H2": {"id": "H2", "owner": "甲"}, "~1": {"owner": "乙"}, "H4": {"id": "H4"}}
    after = {"H4": {"id": "H4", "owner": "丁"}, "H3": {"id": "H3", "owner": "乙"}, "h2": {"id": "h2", "owner": "甲"}}
    state = replay.State(entries={name: dict(cells) for name, cells in before.items()})
    for change in replay.differences(before, after):
        replay.apply(state, change)
    assert state.entries == after
    assert not state.lost


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    campaign(tmp_path, {"units/a/ledger.csv": csv_of(*lines_of(3))})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_check_takes_note_and_the_next_roll_up_misses_what_was_deleted(folder: Path, run: Run) -> None:
    run("check")
    (folder / "units/a/ledger.csv").write_text(csv_of(*lines_of(2)), encoding="utf-8")
    told = run("rollup")
    assert told.code == 3
    assert IDS[2] in told.err
    assert f"hazardctl restore a {IDS[2]}" in told.err
    allowed = run("rollup", "--allow-incomplete")
    assert allowed.code != 3
    assert "东区所" in allowed.out
    trial = run("restore", "a", "--dry-run")
    assert (trial.code, IDS[2] in trial.out) == (4, True)
    assert run("restore", "a").code == 0
    assert run("rollup").code != 3
    assert run("restore", "a").code == 0


@pytest.mark.usefixtures("folder")
def test_history_tells_an_entrys_life_in_plain_words(run: Run) -> None:
    run("check")
    run("set", "a", IDS[0], "owner=李四", "--by", "王五", "--force")
    told = run("history", "a", IDS[0])
    assert told.code == 0
    assert "王五  changed " + IDS[0] in told.out
    assert "张三 → 李四" in told.out
    assert "李四" in run("--lang", "zh", "history", "a", IDS[0]).out
    plain = json.loads(run("history", "a", "--format", "json").out)
    assert plain[-1]["changes"] == {"owner": ["张三", "李四"]}
    assert json.loads(run("history", "a", "--at", "2999-01-01", "--format", "json").out)[0]["owner"] == "李四"
    assert run("history", "a", "--at", "2000-01-01", "--format", "json").out == "[]\n"
    assert run("history", "a", "--at", "soon").code == 2
    assert run("history", "a", "ZZZ").code == 2


def test_a_rewritten_journal_is_found_with_the_head_the_parent_kept(folder: Path, run: Run) -> None:
    assert run("journal", "note").code == 0
    heads = run("journal", "head").out
    Path("heads.txt").write_text(heads, encoding="utf-8")
    assert run("journal", "verify", "--head", "heads.txt").code == 0
    (path,) = journal.files(folder / "units" / "a")
    rows = path.read_bytes().splitlines(keepends=True)
    for code, changed in (
        ("J201", [rows[0].replace("张三".encode(), "李四".encode()), *rows[1:]]),
        ("J202", [rows[0], rows[2]]),
        ("J203", [rows[1], rows[0], rows[2]]),
        ("J204", rows[:2]),
        ("J206", []),
    ):
        path.write_bytes(b"".join(changed))
        if code == "J206":
            path.unlink()
        told = run("journal", "verify", "--head", "heads.txt")
        assert (told.code, code in told.out) == (1, True), told.out
    path.unlink(missing_ok=True)
    run("set", "a", IDS[0], "owner=李四", "--force")
    told = run("journal", "verify", "--head", "heads.txt")
    assert "J205" in told.out
    assert run("journal", "verify").code == 0
    Path("bad.txt").write_text("x\n", encoding="utf-8")
    assert run("journal", "verify", "--head", "bad.txt").code == 2
    assert run("journal", "verify", "--head", "none.txt").code == 2


def test_a_loss_is_accepted_by_name(folder: Path, run: Run) -> None:
    run("check")
    (folder / "units/a/ledger.csv").write_text(csv_of(lines_of(3)[0]), encoding="utf-8")
    assert run("restore", "a", IDS[1], "--accept-loss", "--dry-run").code == 4
    assert run("restore", "a", IDS[1], "--accept-loss").code == 0
    told = run("check")
    assert IDS[2] in told.out
    assert IDS[1] not in told.out
    assert run("restore", "a", "--accept-loss", "--at", "2022-01-01").code == 2
    assert run("restore", "a", "--field", "owner").code == 2


def test_reading_commands_leave_a_folder_alone_that_they_may_not_write_to(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(store, "lock", refuse)
    assert run("check").code in (0, 1)
    assert run("rollup").code in (0, 1)
    assert not (folder / "units/a/journal").exists()


def test_a_hand_that_edits_the_journal_crashes_nothing(tmp_path: Path) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(1)))
    note(opened)
    (path,) = journal.files(opened.workspace.unit("a"))
    whole = path.read_bytes()
    for damage in (
        b"[]\n",
        b'{"seq":"x","changes":3,"others":[1],"id":{}}\n',
        b"\xff\xfe\n",
        b'{"changes":{"a":[1]}}\n',
    ):
        path.write_bytes(whole + damage)
        codes(opened)
        assert journal.verify(opened.workspace.unit("a"))[0]
        lifecycle.set_fields(opened, "a", [IDS[0]], {"owner": "李四"}, by="c", today=TODAY)
        lifecycle.set_fields(opened, "a", [IDS[0]], {"owner": "张三"}, by="c", today=TODAY)
    assert Change() == Change()


def test_repairs_are_in_the_journal_and_list_takes_note(folder: Path, run: Run) -> None:
    path = folder / "units/a/ledger.csv"
    path.write_text(csv_of(lines_of(1)[0].replace("2022-09-06", "2022.9.6")), encoding="utf-8")
    assert run("list").code == 0
    opened = load.opened(Workspace(folder))
    assert kinds(opened) == ["seen"]
    run("check", "--fix")
    assert agrees(opened)
    last = journal.read(opened.workspace.unit("a"))[-1]
    assert (last.kind, last.command, last.change.changes) == (
        "set",
        "check --fix",
        {"deadline": ("2022.9.6", "2022-09-06")},
    )


def saved_by_excel(data: bytes) -> bytes:
    """Give a ledger as a spreadsheet saves it: days spelled its own way, the last rows first, GBK."""
    head, *rows = data.decode("utf-8-sig").splitlines()
    return "\r\n".join([head, *(row.replace("2022-0", "2022/") for row in reversed(rows)), ""]).encode("gb18030")


def test_an_older_version_that_a_spreadsheet_saved_is_asked_and_not_taken_for_a_change(tmp_path: Path) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(3)))
    note(opened)
    older = path_of(opened).read_bytes()
    lifecycle.set_fields(opened, "a", [IDS[0]], {"owner": "李四"}, by="clerk", today=TODAY)
    path_of(opened).write_bytes(saved_by_excel(older))
    assert codes(opened) == ["J105"]
    assert not note(opened)
    with pytest.raises(recording.OlderLedgerError):
        lifecycle.set_fields(opened, "a", [IDS[1]], {"owner": "王五"}, by="clerk", today=TODAY)
    assert rolled(opened).exit_code == 3
    restore.restore(opened, "a", by="clerk", today=TODAY)
    assert not codes(opened)
    assert replay.rows(ledger(opened))[IDS[0]]["owner"] == "李四"


def test_an_older_version_that_is_to_stay_is_accepted(tmp_path: Path) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(3)))
    note(opened)
    older = path_of(opened).read_bytes()
    lifecycle.set_fields(opened, "a", [IDS[0]], {"owner": "李四"}, by="clerk", today=TODAY)
    path_of(opened).write_bytes(saved_by_excel(older))
    recording.accept(opened, "a", [], by="clerk")
    assert not codes(opened)
    assert state(opened).entries[IDS[0]]["owner"] == "张三"


def test_what_one_hand_undoes_of_another_is_a_change_like_any_other(tmp_path: Path) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(3)))
    note(opened)
    whole = path_of(opened).read_text(encoding="utf-8")
    path_of(opened).write_text(whole.replace("张三", "李四", 1), encoding="utf-8")
    note(opened)
    path_of(opened).write_bytes(saved_by_excel(whole.encode()))
    assert not codes(opened)
    assert note(opened)


def test_an_entry_that_a_hand_takes_out_again_is_missed_and_the_others_go_on(tmp_path: Path) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(3)))
    note(opened)
    before = path_of(opened).read_bytes()
    lifecycle.add_entry(opened, "a", CELLS, by="clerk", today=TODAY)
    path_of(opened).write_bytes(saved_by_excel(before))
    assert codes(opened) == ["J101"]
    assert note(opened)
    lifecycle.set_fields(opened, "a", [IDS[0]], {"owner": "李四"}, by="clerk", today=TODAY)
    assert codes(opened) == ["J101"]


def test_cells_that_wait_for_a_person_are_no_older_version(tmp_path: Path) -> None:
    opened = open_(tmp_path, csv_of(*lines_of(3)))
    note(opened)
    older = path_of(opened).read_bytes()
    lifecycle.set_fields(opened, "a", [IDS[0]], {"owner": "李四"}, by="clerk", today=TODAY)
    path_of(opened).write_bytes(saved_by_excel(older))
    questions.record(path_of(opened), [Question(IDS[0], "owner", "责任人", "张三", "李四", "王五")])
    assert not codes(opened)
