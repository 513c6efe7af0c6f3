"""The quick merge of a ledger gives what the whole program gives, or nothing."""

from __future__ import annotations

import io
import os
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from unittest import mock

import pytest

import clones
import ledgers
from hazardctl import load, merge
from hazardctl.cells.deadlines import parse_deadline
from hazardctl.formats import csv
from hazardctl.formats.encoding import Codec, Dress
from hazardctl.load import Opened
from hazardctl.merging import asked_book, driving, gitdriver, kept, questions, quick, told, words
from hazardctl.merging.questions import Question
from hazardctl.workspace import Workspace
from ledgers import HEADINGS, Row, Rows
from office import TODAY

SAID = ("更换门禁", "加装监控", "补登记", "张三", "李四", "=1+1", "a'b", "０１２", "两处 三人", "说“好”")
ODD = ('说"好"', "两行\n两行", "a,b", "合计", "无", "")
DEADLINES = (
    *("立即", "长期坚持", "3日内", "1月内", "2022年9月底前", "2022-09-30", "9月6日前", "十九大召开前", "立行立改"),
    *("5个工作日内", "22.9.6"),
)  # fmt: skip
COLUMNS = HEADINGS | {
    "found_on": "发现时间",
    "verified_by": "验收人", "verified_on": "验收时间", "extended_to": "延期至", "extension_reason": "延期原因",
}  # fmt: skip
CODECS: tuple[Codec, ...] = ("utf-8", "utf-8-sig", "gb18030")


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    one = load.opened(Workspace(clones.origin(tmp_path / "one")))
    words.leave(one.workspace, one.terms, ledgers.as_csv({}), "ledger.csv")
    return one


def edited(chance: random.Random, base: Rows) -> Rows:
    rows = {key: dict(row) for key, row in base.items()}
    for key in chance.sample([*rows], chance.randrange(1, 4)):
        row = rows[key]
        for _ in range(chance.randrange(1, 3)):
            field = chance.choice(("measures", "owner", "department", "notes", "=x", "description"))
            row[field] = chance.choice(ODD if chance.random() < 0.03 else SAID)
        if chance.random() < 0.3:
            row["status"] = chance.choice(["未整改", "整改中", "已整改"])
            row |= {"done_on": "2022-09-01", "result": "已换"} if row["status"] == "已整改" else {}
        if chance.random() < 0.2:
            row["deadline"] = chance.choice(
                ["2022-09-06", "2022-08-28", "2022.9.6", "2022/12/1", "2022-12-01", *DEADLINES]
            )
        if chance.random() < 0.1:
            row["found_on"] = chance.choice(["2022-08-20", "2022/8/20", "8月20日", ""])
        if chance.random() < 0.1:
            row |= {"verified_by": chance.choice(["王五", "赵六", "王五、赵六"]), "verified_on": "2022-09-20"}
        if chance.random() < 0.1:
            row |= {"extended_to": chance.choice(["2022-12-20", "2022-08-20"]), "extension_reason": "设备未到"}
        if chance.random() < 0.1:
            row["category"] = chance.choice("12")
    if chance.random() < 0.3:
        del rows[chance.choice([*rows])]
    return rows | {key: plain(chance, row) for key, row in ledgers.new_rows(chance, chance.randrange(3)).items()}


def plain(chance: random.Random, row: dict[str, str]) -> dict[str, str]:
    return {
        key: chance.choice(SAID) if value in ledgers.WORDS or "\n" in value else value for key, value in row.items()
    }


def written(chance: random.Random, rows: Rows, *, moved: bool = False, own: Sequence[str] = ()) -> bytes:
    entries = list(rows.values())
    if chance.random() < 0.1:
        entries.sort(key=lambda row: row["measures"])
    dress = Dress("utf-8-sig" if chance.random() < 0.9 else chance.choice(CODECS), "\n")
    columns = [*COLUMNS, *own]
    if moved and chance.random() < 0.7:
        chance.shuffle(columns)
    return written_as(entries, dress, columns)


def written_as(entries: Iterable[Row], dress: Dress, columns: Sequence[str] = tuple(COLUMNS)) -> bytes:
    titles = [COLUMNS.get(name, name) for name in columns]
    return csv.write(titles, [[row.get(name, "") for name in columns] for row in entries], dress)


def histories(
    chance: random.Random, count: int, *, moved: bool = False, twice: bool = False, own: Sequence[str] = ()
) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Give versions of ledgers: with columns moved, with ids that are new on both sides, with columns of a clerk's."""
    for _ in range(count):
        base = {key: plain(chance, row) for key, row in ledgers.new_rows(chance, chance.randrange(4, 14)).items()}
        sides = [base, edited(chance, base), edited(chance, base)]
        if twice:
            _both_have(chance, sides[1:])
        for row in (row for rows in sides for row in rows.values()):
            row |= {name: chance.choice(SAID[:2]) for name in own if chance.random() < 0.1}
        versions = [written(chance, rows, moved=moved, own=own) for rows in sides]
        yield versions[0], versions[1], versions[2]


def _both_have(chance: random.Random, sides: Sequence[Rows]) -> None:
    """Let both sides add one entry: word for word, or with something else said in it."""
    for key, new in ledgers.new_rows(chance, chance.randrange(1, 3)).items():
        for rows in sides:
            rows[key] = (
                plain(chance, new) if chance.random() < 0.2 else dict(new) | {"measures": SAID[0], "=x": SAID[1]}
            )
            if chance.random() < 0.2:
                rows[key] |= {"deadline": chance.choice(["2022/9/6", "2022-10-01", "立即"])}
            if chance.random() < 0.1:
                rows[key] |= {"status": "已整改", "done_on": "2022-09-01", "result": "已换"}
            if chance.random() < 0.3:
                rows[key] |= {"description": "门禁失灵", "notes": chance.choice(["", "见照片"])}


def asked(done: quick.Done) -> list[Question]:
    return [told.question(*each) for each in done.asked]


def compared(opened: Opened, cases: Iterable[tuple[bytes, bytes, bytes]]) -> Counter[str]:
    """Merge both ways what can be merged quickly; counts the merges, and why cells were asked."""
    root, told_ = str(opened.workspace.root), Counter[str]()
    for base, ours, theirs in cases:
        found = quick.merged(base, ours, theirs, root)
        if found is None:
            continue
        whole = merge.merge(base, ours, theirs, "ledger.csv", terms=opened.terms, today=TODAY)
        assert not whole.unsound
        assert asked(found) == list(whole.questions)
        assert [*found.gone] == [*whole.gone]
        assert found.data == whole.data
        told_.update(["done", *(one.why for one in whole.questions)])
    return told_


def test_the_quick_merge_gives_the_same_bytes_and_questions_or_nothing(opened: Opened) -> None:
    found = compared(opened, histories(random.Random(5), 600))
    assert found["done"] > 200
    assert {"two_values", "group", "later", "verified", "backwards", "deleted:ours", "deleted:theirs"} <= found.keys()


@pytest.mark.parametrize("moved", [False, True], ids=["in place", "moved"])
@pytest.mark.parametrize("twice", [False, True], ids=["", "new twice"])
def test_moved_columns_and_entries_new_on_both_sides_are_merged_as_the_whole_program_does(
    moved: bool, twice: bool, opened: Opened
) -> None:
    found = compared(opened, histories(random.Random(8), 300, moved=moved, twice=twice))
    assert found["done"] > 20
    assert ("same_id" in found) is twice


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_rows_that_are_new_stand_in_one_order_whichever_side_merges(codec: Codec, opened: Opened) -> None:
    chance, root = random.Random(6), str(opened.workspace.root)
    rows = ledgers.new_rows(chance, 9)
    base, *new = rows
    for _ in range(40):
        one, other = (chance.sample(new, chance.randrange(5)) for _ in range(2))
        other = sorted(other, key=[*one, *other].index)  # what both have stands in one order
        sides = [written_as([rows[key] for key in (base, *keys)], Dress(codec, "\n")) for keys in ((), one, other)]
        found = []
        for ours, theirs in (sides[1:], sides[:0:-1]):
            whole = merge.merge(sides[0], ours, theirs, "ledger.csv", terms=opened.terms, today=TODAY)
            quickly = quick.merged(sides[0], ours, theirs, root)
            assert quickly is None or quickly.data == whole.data
            found.append([*ledgers.content(whole.data)])
        assert found[0] == found[1]
        assert [key for key in found[0] if key in one] == one
        assert {*found[0]} == {base, *one, *other}


@pytest.mark.parametrize(
    "said", [*DEADLINES, "9月底", "8月1日—8月10日", "2022年8月1日—10日", "2022年12月1日—1月5日", "年底前"]
)
def test_a_deadline_read_without_the_campaigns_years_means_the_same_with_them(said: str) -> None:
    alone = parse_deadline(said)
    for years in ((2021,), (2022,), (2022, 2023)):
        known = parse_deadline(said, years=years)
        assert known == alone or alone.problem or alone.liberties


@pytest.mark.parametrize("own", [("甲栏", "乙栏"), ("甲栏", "甲栏")], ids=["two", "called alike"])
def test_columns_of_the_clerks_own_are_not_mixed_up(own: tuple[str, str], opened: Opened) -> None:
    words.leave(opened.workspace, opened.terms, csv.write([*own], []), "ledger.csv")
    chance = random.Random(4)
    found = compared(opened, histories(chance, 200, own=own))
    assert (found["done"] > 40) is (own[0] != own[1])
    assert compared(opened, histories(chance, 200, moved=True, own=own))["done"] < found["done"] + 1


def test_what_was_kept_of_a_campaign_gives_its_terms(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Path(quick.words_file(str(opened.workspace.root))).with_name(kept.NAME)
    words.leave(opened.workspace, kept.terms(opened.workspace), ledgers.as_csv({}), "ledger.csv")
    with monkeypatch.context() as without_yaml:
        without_yaml.setattr(load, "read_as", None)
        found = kept.terms(opened.workspace)
    assert (found.campaign, found.checklist) == (opened.campaign, opened.checklist)
    whole = place.read_bytes()
    for damaged in (b"", b"[]", b"\xff", whole[:-50], whole.replace(b'"checklist"', b'"other"')):
        place.write_bytes(damaged)
        assert kept.terms(opened.workspace).checklist == opened.checklist
    place.write_bytes(whole[:-50])
    words.leave(opened.workspace, kept.terms(opened.workspace), ledgers.as_csv({}), "ledger.csv")
    assert place.read_bytes() == whole


@pytest.mark.parametrize("seed", range(3))
def test_a_row_that_needs_no_check_has_nothing_wrong_with_it(
    seed: int, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = list(histories(random.Random(seed), 120, moved=bool(seed), twice=seed == 1))
    found = [merge.merge(*each, "ledger.csv", terms=opened.terms, today=TODAY) for each in cases]
    monkeypatch.setattr(merge._Job, "_mixes", lambda *_: True)
    assert [merge.merge(*each, "ledger.csv", terms=opened.terms, today=TODAY) for each in cases] == found


def test_words_of_another_campaign_or_program_are_not_used(opened: Opened) -> None:
    root = str(opened.workspace.root)
    base, ours, theirs = next(each for each in histories(random.Random(7), 99) if quick.merged(*each, root) is not None)
    with mock.patch.object(quick, "program", return_value="another"):
        assert quick.merged(base, ours, theirs, root) is None
    own = opened.workspace.root / "checklists" / "trial" / "1.yaml"
    text = own.read_text(encoding="utf-8")
    own.write_text(text + "\n", encoding="utf-8")
    assert quick.merged(base, ours, theirs, root) is None
    own.write_text(text, encoding="utf-8")
    assert quick.merged(base, ours, theirs, root) is not None
    place = Path(quick.words_file(root))
    for damaged in (b"", b"[]", b"{", b'{"own": 1}', place.read_bytes()[:-200]):
        place.write_bytes(damaged)
        assert quick.merged(base, ours, theirs, root) is None


def clean(base: bytes, ours: bytes, theirs: bytes, root: Path) -> bool:
    done = quick.merged(base, ours, theirs, str(root))
    return done is not None and not done.asked and not done.gone


def test_git_gets_the_quick_merge_in_its_own_file(opened: Opened, tmp_path: Path) -> None:
    root = opened.workspace.root
    base, ours, theirs = next(each for each in histories(random.Random(9), 99) if clean(*each, root))
    files = [tmp_path / name for name in ("O", "A", "B")]
    for path, data in zip(files, (base, ours, theirs), strict=True):
        path.write_bytes(data)
    given = ["merge", *map(str, files), "7", "units/a/ledger.csv"]
    before = Path.cwd()
    os.chdir(root)
    try:
        with mock.patch("hazardctl.merging.driving.answer", return_value=99) as whole:
            assert gitdriver.main(given) == 0
            assert gitdriver.main([*given[:-1], "units/a/figures.csv"]) == 99
            files[2].unlink()
            assert gitdriver.main(given) == 99
        assert whole.call_count == 2
    finally:
        os.chdir(before)
    done = quick.merged(base, ours, theirs, str(root))
    assert done is not None
    assert files[1].read_bytes() == done.data


def test_what_is_asked_quickly_is_what_the_whole_program_asks(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = opened.workspace.root
    monkeypatch.chdir(root)
    unit, given = Path("units/a"), [str(tmp_path / name) for name in ("O", "A", "B")]
    found = []
    asking = (
        each
        for each in histories(random.Random(3), 500)
        if (done := quick.merged(*each, str(root))) is not None and done.asked
    )
    for versions, language in zip(asking, ("zh", "en") * 5, strict=False):
        monkeypatch.setenv("HAZARDCTL_LANG", language)
        for work in (gitdriver.main, driving.answer):
            for place, data in zip(given, versions, strict=True):
                Path(place).write_bytes(data)
            assert work(["merge", *given, "7", "units/a/ledger.csv"]) == 1
            left = [unit / "ledger.conflicts.csv", unit / "ledger.conflicts.xlsx"]
            asked_of = questions.read(left[0].read_bytes(), "")
            found.append((Path(given[1]).read_bytes(), capsys.readouterr().err, asked_of, asked_book.read(left[1])))
            for path in left:
                path.unlink()
    assert len(found) == 20
    assert found[::2] == found[1::2]


def test_a_merge_that_cannot_be_finished_is_no_conflict(opened: Opened, tmp_path: Path) -> None:
    root = str(opened.workspace.root)
    each = next(each for each in histories(random.Random(9), 99) if clean(*each, Path(root)))
    done = quick.merged(*each, root)
    assert done is not None
    assert told.finish(done, str(tmp_path), str(tmp_path / "ledger.csv")) == 129


def test_the_driver_ends_with_its_code_and_with_failure_where_nothing_can_be_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError

    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)
    gitdriver.end(1)
    monkeypatch.setattr(sys, "stdout", Full())
    gitdriver.end(0)
    gitdriver.end(1)
    assert ended == [1, 129, 1]


def test_a_worktree_has_words_of_its_own(tmp_path: Path) -> None:
    one = clones.origin(tmp_path / "one")
    clones.git(one, "worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    side = load.opened(Workspace(tmp_path / "side"))
    words.leave(side.workspace, side.terms, ledgers.as_csv({}), "ledger.csv")
    assert (one / ".git/worktrees/side" / quick.PLACE).is_file()
    assert quick.words_of(str(side.workspace.root)) is not None
    (tmp_path / "side" / ".git").write_text("gitdir: nowhere\n", encoding="utf-8")
    assert quick.words_file(str(side.workspace.root)) == ""
