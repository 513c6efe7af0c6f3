"""Conflict copies and conflict files: found, merged, filled in, put aside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Run
from hazardctl.files import processes, surroundings
from hazardctl.merging import questions
from hazardctl.merging.questions import Question
from office import SOUND, campaign, checked, ledger

OTHER = SOUND.replace("H7K3-M9QX-2FPD", "H9PX-2222-3333")
COPY = "units/a/ledger.sync-conflict-20260105-101530-ABCDEFG.csv"


def test_a_copy_is_told_and_never_counted(tmp_path: Path, run: Run) -> None:
    copy = ledger(SOUND, OTHER)
    campaign(
        tmp_path, {"units/a/ledger.csv": ledger(SOUND), COPY: copy, "units/b/ledger.csv": ledger("H2" + SOUND[2:])}
    )
    assert [f.code for f in checked(tmp_path).findings if f.code[0] == "M"] == ["M101"]
    table = run("rollup", "--format", "csv")
    assert table.out.splitlines()[-1].endswith(",2")
    assert COPY.rpartition("/")[2] in run("conflicts").out


@pytest.mark.parametrize("name", ["ledger (1).csv", "ledger 2.csv", "八月.csv", "ledger-DESKTOP-7G3K.csv"])
def test_any_file_with_the_same_ids_is_a_copy_and_no_other_is(name: str, tmp_path: Path) -> None:
    campaign(tmp_path, {"units/a/ledger.csv": ledger(SOUND), f"units/a/{name}": ledger(SOUND)})
    assert {f.code for f in checked(tmp_path).findings if f.code[0] == "M"} & {"M101", "M102"}
    (tmp_path / "units" / "a" / name).write_text(ledger(OTHER), encoding="utf-8")
    assert not [f.code for f in checked(tmp_path).findings if f.code[0] == "M"]


def test_without_a_journal_only_what_is_equal_is_merged(tmp_path: Path, run: Run) -> None:
    campaign(tmp_path, {"units/a/ledger.csv": ledger(SOUND), COPY: ledger(SOUND.replace("张三", "李四"), OTHER)})
    done = run("conflicts", "--merge")
    assert done.code == 1
    assert (tmp_path / "units" / "a" / "ledger.csv").read_text(encoding="utf-8") == ledger(SOUND)
    assert (tmp_path / "units" / "a" / "merged" / Path(COPY).name).is_file()
    assert not (tmp_path / COPY).exists()
    asked = questions.read((tmp_path / "units" / "a" / "ledger.conflicts.csv").read_bytes(), "")
    assert ("owner", "李四") in {(one.field, one.theirs) for one in asked}
    assert run("resolve", "a", "--choose", "theirs").code == 0
    told = (tmp_path / "units" / "a" / "ledger.csv").read_text(encoding="utf-8")
    assert told == ledger(SOUND.replace("张三", "李四"), OTHER)
    assert run("conflicts").code == 0


def test_with_a_journal_a_copy_is_merged_by_what_both_began_with(tmp_path: Path, run: Run) -> None:
    campaign(tmp_path, {"units/a/ledger.csv": ledger(SOUND, OTHER)})
    assert run("set", "a", "H9PX", "notes=甲").code == 0
    began = (tmp_path / "units" / "a" / "ledger.csv").read_text(encoding="utf-8")
    assert run("set", "a", "H7K3", "measures=加装监控").code == 0
    (tmp_path / COPY).write_text(began.replace("张三", "李四", 1), encoding="utf-8", newline="")
    done = run("conflicts", "--merge")
    assert done.code == 0, done.out + done.err
    told = (tmp_path / "units" / "a" / "ledger.csv").read_text(encoding="utf-8")
    assert "加装监控" in told
    assert "李四" in told
    assert "甲" in told
    assert (tmp_path / "units" / "a" / "merged" / Path(COPY).name).is_file()
    assert run("history", "a").code == 0


def test_what_a_clerk_fills_in_is_applied_and_the_rest_waits(tmp_path: Path, run: Run) -> None:
    asked = [
        Question("H7K3-M9QX-2FPD", "owner", "责任人", "张三", "李四", "王五", "对方"),
        Question("H7K3-M9QX-2FPD", "measures", "整改措施", "更换门禁", "甲", "乙", "先换锁再培训"),
        Question("H9PX-2222-3333", "owner", "责任人", "张三", "李四", "王五"),
    ]
    files: dict[str, str | bytes] = {"units/a/ledger.csv": ledger(SOUND, OTHER)}
    campaign(tmp_path, {**files, "units/a/ledger.conflicts.csv": questions.write(asked)})
    done = run("resolve", "a")
    assert done.code == 1
    row = (tmp_path / "units" / "a" / "ledger.csv").read_text(encoding="utf-8").splitlines()[1]
    assert row == SOUND.replace("张三", "王五").replace("更换门禁", "先换锁再培训")
    left = questions.read((tmp_path / "units" / "a" / "ledger.conflicts.csv").read_bytes(), "")
    assert [one.id for one in left] == ["H9PX-2222-3333"]


def test_a_misspelt_choice_is_asked_back(tmp_path: Path, run: Run) -> None:
    asked = [Question("H7K3-M9QX-2FPD", "owner", "责任人", "张三", "李四", "王五", "theris")]
    campaign(tmp_path, {"units/a/ledger.csv": ledger(SOUND), "units/a/ledger.conflicts.csv": questions.write(asked)})
    done = run("resolve", "a")
    assert done.code == 1
    assert "theirs" in done.err
    assert (tmp_path / "units" / "a" / "ledger.csv").read_text(encoding="utf-8") == ledger(SOUND)


def test_a_choice_that_brings_errors_is_refused(tmp_path: Path, run: Run) -> None:
    asked = [Question("H7K3-M9QX-2FPD", "deadline", "完成时限", "2022-09-06", "某天", "2022-09-01", "ours")]
    campaign(tmp_path, {"units/a/ledger.csv": ledger(SOUND), "units/a/ledger.conflicts.csv": questions.write(asked)})
    assert run("resolve", "a").code == 1
    assert (tmp_path / "units" / "a" / "ledger.csv").read_text(encoding="utf-8") == ledger(SOUND)
    assert (tmp_path / "units" / "a" / "ledger.conflicts.csv").is_file()


def test_a_deleted_entry_that_was_changed_stays_whoever_is_chosen() -> None:
    one = Question("H2", "owner", "", "张三", "", "李四", "ours", "deleted:ours")
    assert questions.chosen(one, "") == "张三"
    assert questions.chosen(Question("H2", "owner", "", "张三", "", "李四", "theirs", "deleted:ours"), "") == "李四"


def test_figures_in_question_are_resolved_too(tmp_path: Path, run: Run) -> None:
    asked = [Question("2022-08 走访人次", "value", "数值", "3", "4", "5", "theirs")]
    files: dict[str, str | bytes] = {
        "units/a/ledger.csv": ledger(SOUND),
        "units/a/figures.csv": "报告期,指标,数值\n2022-08,走访人次,3\n",
        "units/a/figures.conflicts.csv": questions.write(asked),
    }
    campaign(tmp_path, files)
    assert run("resolve", "a").code == 0
    assert (tmp_path / "units" / "a" / "figures.csv").read_text(encoding="utf-8").endswith("2022-08,走访人次,5\n")


def test_no_cell_of_a_conflict_file_becomes_a_formula() -> None:
    one = Question("H2", "notes", "备注", "=1+1", "'x", "-5", "", "two_values", 2)
    data = questions.write([one])
    assert b"'=1+1" in data
    assert questions.read(data, "") == [one]


def test_merge_prints_the_result_or_writes_it_with_its_conflict_file(run: Run) -> None:
    for name, owner in (("base", "张三"), ("ours", "李四"), ("theirs", "王五")):
        Path(f"{name}.csv").write_text(ledger(SOUND.replace("张三", owner), OTHER), encoding="utf-8")
    done = run("merge", "base.csv", "ours.csv", "theirs.csv", "-o", "out.csv")
    assert done.code == 1
    assert Path("out.csv").read_text(encoding="utf-8") == ledger(SOUND, OTHER)
    assert Path("out.conflicts.csv").is_file()
    assert run("merge", "base.csv", "ours.csv", "theirs.csv", "-o", "out.csv").code == 3
    clean = run("merge", "base.csv", "base.csv", "theirs.csv")
    assert (clean.code, clean.out) == (0, Path("theirs.csv").read_text(encoding="utf-8"))
    Path("theirs.csv").write_text("<<<<<<< HEAD\n" + ledger(SOUND), encoding="utf-8")
    assert run("merge", "base.csv", "ours.csv", "theirs.csv").code == 3
    assert run("merge", "base.csv", "ours.csv", "missing.csv").code == 3


def test_the_doctor_tells_what_clears_itself_from_what_a_person_has_to_look_at(tmp_path: Path, run: Run) -> None:
    campaign(tmp_path, {"units/a/ledger.csv": ledger(SOUND)})
    unit = tmp_path / "units" / "a"
    assert "left" not in run("doctor").out
    gone = processes.Holder(processes.machine(), processes.boot(), 2**22 + 7, "1", "0" * 16)
    (unit / f".~ledger.csv.{gone}.tmp").write_bytes(b"half")
    (unit / "ledger.csv.pending-pc-20260105T101530").write_bytes(b"new")
    (unit / "journal").mkdir()
    (unit / "journal" / "x.jsonl.torn-pc-20260105T101530").write_bytes(b"{")
    told = run("doctor", "--format", "json")
    assert told.code == 1
    said = {
        one["said"].rpartition("/")[2]: one["state"] for one in json.loads(told.out)["checks"] if "left" in one["about"]
    }
    assert said == {
        f".~ledger.csv.{gone}.tmp": "note",
        "ledger.csv.pending-pc-20260105T101530": "bad",
        "x.jsonl.torn-pc-20260105T101530": "note",
    }
    assert run("set", "a", "H7K3", "notes=甲").code == 0
    assert "clears them away" not in run("doctor").out


def test_the_doctor_says_what_the_folder_can_promise(tmp_path: Path, run: Run) -> None:
    campaign(tmp_path, {})
    assert "survives a power cut" in run("doctor").out
    (tmp_path / ".stfolder").mkdir()
    told = run("doctor", "--format", "json")
    assert '"folder": "sync"' in told.out
    (tmp_path / ".git").mkdir()
    assert run("doctor").code == 1


def test_shared_drives_are_known_by_what_is_mounted(tmp_path: Path) -> None:
    mounts = f"disk / ext4 rw 0 0\n//srv/x {tmp_path} cifs rw 0 0\nsrv:/y {tmp_path}/deep/er nfs4 rw 0 0\n"
    assert surroundings.kind_of(tmp_path / "deep", mounts) == "share"
    assert surroundings.kind_of(tmp_path.parent, mounts) == "local"
    assert surroundings.kind_of(tmp_path, f"dav {tmp_path} fuse.davfs2 rw 0 0") == "webdav"
    (tmp_path / "我的坚果云" / "x").mkdir(parents=True)
    assert surroundings.kind_of(tmp_path, "") == "local"
    (tmp_path / "坚果云").mkdir()
    assert surroundings.kind_of(tmp_path / "坚果云", "") == "sync"


@pytest.mark.parametrize("name", ["ledger.csv", "ledger.yaml"])
@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_an_entry_without_an_id_that_only_a_copy_has_can_be_settled(
    name: str, side: str, tmp_path: Path, run: Run
) -> None:
    other, copy = SOUND.replace("H7K3-M9QX-2FPD", ""), f"ledger.sync-conflict-20260105-101530-ABCDEFG{name[6:]}"
    mine, yours = ledger(SOUND), ledger(SOUND, other)
    if name.endswith(".yaml"):
        mine, yours = (_as_yaml(text) for text in (mine, yours))
    campaign(tmp_path, {f"units/a/{name}": mine, f"units/a/{copy}": yours})
    assert run("conflicts", "--merge").code == 1
    assert run("resolve", "a", "--choose", side).code == 0
    told = (tmp_path / "units" / "a" / name).read_text(encoding="utf-8")
    assert told.count("张三") == (2 if side == "theirs" else 1)
    assert not list((tmp_path / "units" / "a").glob("*.conflicts.csv"))


def test_an_entry_that_came_back_meanwhile_stays_as_it_is(tmp_path: Path, run: Run) -> None:
    copy = ledger(SOUND, OTHER)
    campaign(tmp_path, {"units/a/ledger.csv": ledger(SOUND), COPY: copy})
    assert run("conflicts", "--merge").code == 1
    (tmp_path / "units/a/ledger.csv").write_text(copy, encoding="utf-8")
    assert run("resolve", "a", "--choose", "ours").code == 0
    assert (tmp_path / "units/a/ledger.csv").read_text(encoding="utf-8") == copy


def _as_yaml(text: str) -> str:
    names, *rows = (line.split(",") for line in text.splitlines())
    lines = [
        f'{"- " if not at else "  "}{names[at]}: "{cell}"'
        for row in rows
        for at, cell in enumerate(row)
        if cell or not at
    ]
    return "entries:\n" + "\n".join(f"  {line}" for line in lines) + "\n"


def test_a_copy_of_a_conflict_file_asks_its_questions_too(tmp_path: Path, run: Run) -> None:
    one = Question("H7K3-M9QX-2FPD", "owner", "责任人", "张三", "李四", "王五")
    other = Question("H7K3-M9QX-2FPD", "measures", "整改措施", "更换门禁", "甲", "乙", "theirs")
    name = "units/a/ledger.conflicts.sync-conflict-20260105-101530-ABCDEFG.csv"
    files: dict[str, str | bytes] = {"units/a/ledger.csv": ledger(SOUND), name: questions.write([one, other])}
    campaign(tmp_path, {**files, "units/a/ledger.conflicts.csv": questions.write([one])})
    assert run("conflicts").code == 1
    assert run("conflicts", "--merge").code == 1
    assert not (tmp_path / name).exists()
    asked = questions.read((tmp_path / "units/a/ledger.conflicts.csv").read_bytes(), "")
    assert [(each.field, each.choose) for each in asked] == [("owner", ""), ("measures", "theirs")]
    assert run("resolve", "a", "--choose", "ours").code == 0
    assert run("conflicts").code == 0


def test_what_was_not_chosen_can_still_be_read_when_only_some_cells_are_settled(tmp_path: Path, run: Run) -> None:
    one = Question("H7K3-M9QX-2FPD", "owner", "责任人", "张三", "李四", "王五", "ours")
    other = Question("H7K3-M9QX-2FPD", "measures", "整改措施", "更换门禁", "甲", "乙")
    asked = questions.write([one, other])
    campaign(tmp_path, {"units/a/ledger.csv": ledger(SOUND), "units/a/ledger.conflicts.csv": asked})
    assert run("resolve", "a").code == 1
    assert "王五" in (tmp_path / "units/a/merged/ledger.conflicts.csv").read_text(encoding="utf-8")
    assert run("resolve", "a", "--choose", "theirs").code == 0
    assert sorted(path.name for path in (tmp_path / "units/a/merged").glob("*.csv")) == [
        "ledger.conflicts-2.csv",
        "ledger.conflicts.csv",
    ]


def test_an_earlier_question_about_the_same_cell_keeps_its_candidates() -> None:
    one = Question("H2", "owner", "责任人", "张三", "李四", "王五")
    place = questions.add(Path("ledger.conflicts.csv"), [one])
    questions.add(place, [Question("H2", "owner", "责任人", "张三", "赵六", "钱七")])
    assert {each.ours for each in questions.read(place.read_bytes(), "")} == {"李四", "赵六"}
    questions.add(place, [Question("H2", "owner", "责任人", "张三", "赵六", "钱七")])
    assert len(questions.read(place.read_bytes(), "")) == 2


def test_an_entry_of_a_colleagues_whose_journal_came_first_can_be_taken(tmp_path: Path, run: Run) -> None:
    campaign(tmp_path, {"units/a/ledger.csv": ledger(SOUND, OTHER)})
    assert run("list", "a").code == 0
    (tmp_path / "units/a/ledger.csv").write_text(ledger(SOUND), encoding="utf-8")
    asked = [Question("H9PX-2222-3333", name, "", "", "", value, "theirs", "no_base:ours") for name, value in
             (("category", "1"), ("description", "x"), ("measures", "x"), ("department", "x"), ("owner", "x"),
              ("deadline", "2022-09-06"), ("status", "整改中"))]  # fmt: skip
    (tmp_path / "units/a/ledger.conflicts.csv").write_bytes(questions.write(asked))
    assert run("resolve", "a").code == 0
    assert "H9PX" in (tmp_path / "units/a/ledger.csv").read_text(encoding="utf-8")


def test_copies_among_frozen_periods_are_told_and_never_merged_into_what_was_published(
    tmp_path: Path, run: Run
) -> None:
    periods = {
        "periods/accepted.yaml": "",
        "periods/2022-08/annex3.csv": "a,b\n1,2\n",
        "periods/2022-08/annex3.sync-conflict-20260105-101530-ABCDEFG.csv": "a,b\n1,3\n",
        "periods/2022-08/manifest.json": "{}",
        "periods/2022-08/manifest (张三's conflicted copy 2026-01-05).json": "{}",
        "periods/2022-08/report(城东).docx": "x",
    }
    campaign(tmp_path, {"units/a/ledger.csv": ledger(SOUND), **periods})
    told = run("--campaign", tmp_path, "check")
    assert told.out.count("M101") == 2
    assert run("--campaign", tmp_path, "conflicts").code == 1
    merged = run("--campaign", tmp_path, "conflicts", "--merge")
    assert merged.code == 1
    folder = tmp_path / "periods/2022-08"
    assert (folder / "merged" / "manifest (张三's conflicted copy 2026-01-05).json").is_file()
    assert (folder / "annex3.csv").read_text(encoding="utf-8") == "a,b\n1,2\n"
    assert (folder / "annex3.sync-conflict-20260105-101530-ABCDEFG.csv").is_file()
    assert run("--campaign", tmp_path, "check").out.count("M101") == 1


def test_a_copy_of_what_was_accepted_for_a_period_is_merged(tmp_path: Path, run: Run) -> None:
    first = "- {unit: a, period: 2022-07, by: 张三, at: 2022-08-01}\n"
    second = first + "- {unit: a, period: 2022-08, by: 李四, at: 2022-09-01}\n"
    copy = "periods/accepted (conflicted copy 2026-01-05 101530).yaml"
    campaign(tmp_path, {"units/a/ledger.csv": ledger(SOUND), "periods/accepted.yaml": first, copy: second})
    assert run("--campaign", tmp_path, "conflicts", "--merge").code == 0
    assert "2022-08" in (tmp_path / "periods/accepted.yaml").read_text(encoding="utf-8")
    assert not (tmp_path / copy).exists()
