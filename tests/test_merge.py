"""Ledgers of two people into one, however their files look."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ledgers
from hazardctl.merge import Result, merge, union
from hazardctl.merging import grids
from hazardctl.merging.guarded import GROUPS
from ledgers import Rows, as_csv, as_yaml, content, edited, edits, said, terms
from office import HEADINGS

TODAY = date(2022, 10, 1)
SEEDS = st.integers(0, 2**32).map(random.Random)


def merged(base: bytes | None, ours: bytes, theirs: bytes, path: str = "ledger.csv", **given: object) -> Result:
    return merge(base, ours, theirs, path, terms=terms(), **given)  # type: ignore[arg-type]


def story(chance: random.Random) -> tuple[Rows, ledgers.Edits, ledgers.Edits]:
    base = ledgers.new_rows(chance, chance.randrange(1, 9))
    return base, edits(chance, base), edits(chance, base)


def double(base: Rows, ours: ledgers.Edits, theirs: ledgers.Edits) -> set[tuple[str, str]]:
    """Give the cells that are for a person, worked out the plain way."""
    asked = set()
    for entry, row in base.items():
        mine, yours = (
            {
                column
                for (of, column), value in made.cells.items()
                if of == entry and value.strip("　") != row[column].strip("　")
            }
            for made in (ours, theirs)
        )
        if entry in ours.deleted and entry in theirs.deleted:
            continue
        if entry in ours.deleted or entry in theirs.deleted:
            asked |= {(entry, column) for column in (yours if entry in ours.deleted else mine)}
            continue
        differ = {c for c in mine | yours if ours.cells.get((entry, c), row[c]) != theirs.cells.get((entry, c), row[c])}
        asked |= {(entry, column) for column in mine & yours & differ}
        for group in GROUPS:
            if mine & group and yours & group:
                asked |= {(entry, column) for column in group & differ}
    return asked


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_a_merge_is_what_a_careful_clerk_would_write(chance: random.Random) -> None:
    base, mine, yours = story(chance)
    ours, theirs = edited(base, mine), edited(base, yours)
    result = merged(as_csv(base, chance), as_csv(ours, chance), as_csv(theirs, chance))
    asked = double(base, mine, yours)
    assert {(one.id, one.field.replace("本所自加", "=x")) for one in result.questions} == asked
    got = content(result.data)
    expected = {}
    for entry in {**base, **ours, **theirs}:
        if entry not in base:
            expected[entry] = {**ours, **theirs}[entry]
        elif entry in ours and entry in theirs:
            expected[entry] = {
                column: old
                if (entry, column) in asked
                else mine.cells.get((entry, column), yours.cells.get((entry, column), old))
                for column, old in base[entry].items()
            }
        elif any(of == entry for of, _ in asked):
            expected[entry] = base[entry]
    assert {k: {c: v.strip("　") for c, v in row.items()} for k, row in got.items()} == {
        k: {c: v.strip("　") for c, v in row.items()} for k, row in said(expected).items()
    }


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_both_sides_come_to_the_same_ledger(chance: random.Random) -> None:
    base, mine, yours = story(chance)
    first, second, third = (as_csv(rows) for rows in (base, edited(base, mine), edited(base, yours)))
    one, other = merged(first, second, third), merged(first, third, second)
    assert content(one.data) == content(other.data)
    assert {(q.id, q.field, q.ours, q.theirs) for q in one.questions} == {
        (q.id, q.field, q.theirs, q.ours) for q in other.questions
    }
    if not (mine.deleted | yours.deleted):
        assert one.data == other.data


@given(SEEDS)
@settings(max_examples=30, deadline=None)
def test_a_ledger_in_yaml_merges_like_one_in_csv(chance: random.Random) -> None:
    base, mine, yours = story(chance)
    mine.deleted.clear()
    yours.deleted.clear()
    ours, theirs = edited(base, mine), edited(base, yours)
    table = merged(as_csv(base), as_csv(ours), as_csv(theirs))
    tree = merged(as_yaml(base), as_yaml(ours), as_yaml(theirs), "ledger.yaml")
    assert content(tree.data, "ledger.yaml") == content(table.data)
    mixed = merged(as_yaml(base), as_csv(ours), as_yaml(theirs), paths=("b.yaml", "o.csv", "t.yaml"))
    assert content(mixed.data) == content(table.data)


@given(SEEDS)
@settings(max_examples=30, deadline=None)
def test_one_side_alone_needs_no_merge(chance: random.Random) -> None:
    base, mine, _ = story(chance)
    before, after = as_csv(base, chance), as_csv(edited(base, mine), chance)
    assert merged(before, after, before).data == after
    assert content(merged(before, before, after).data) == content(after)
    assert merged(before, after, after).data == after
    assert not merged(before, before, after).questions


HEAD = f"{HEADINGS},整改完成时间,整改结果,验收人,验收时间,延期至,备注"
ROW = "H7K3-M9QX-2FPD,1,东门门禁损坏,更换门禁,办公室,张三,2022-09-06,整改中,,,,,,"
OTHER = "H9PX-2222-3333,1,西门门禁损坏,更换门禁,办公室,张三,2022-09-06,未整改,,,,,,"


def table(*rows: str, head: str = HEAD) -> bytes:
    return "\r\n".join((head, *rows, "")).encode()


def change(row: str, **cells: str) -> str:
    at = {
        "owner": 5,
        "deadline": 6,
        "status": 7,
        "done_on": 8,
        "result": 9,
        "verified_by": 10,
        "extended_to": 12,
        "notes": 13,
    }
    words = row.split(",")
    for name, value in cells.items():
        words[at[name]] = value
    return ",".join(words)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"status": "未整改"}, "backwards"),
        ({"deadline": "2022-10-06"}, "later"),
        ({"extended_to": "2022-10-06"}, "later"),
        ({"deadline": "长期坚持"}, "later"),
        ({"verified_by": "李四"}, "verified"),
    ],
)
def test_what_is_never_automatic_is_asked_though_only_one_side_did_it(cells: dict[str, str], why: str) -> None:
    theirs = table(change(ROW, **cells), OTHER)
    result = merged(table(ROW, OTHER), table(ROW, change(OTHER, notes="看过")), theirs)
    assert [(one.field, one.why) for one in result.questions] == [(next(iter(cells)), why)]
    assert content(result.data)["H7K3-M9QX-2FPD"] == content(table(ROW))["H7K3-M9QX-2FPD"]
    assert content(result.data)["H9PX-2222-3333"]["notes"] == "看过"


@pytest.mark.parametrize(
    "cells", [{"status": "已整改", "done_on": "2022-09-01", "result": "好"}, {"deadline": "2022-09-01"}]
)
def test_progress_and_an_earlier_date_are_taken(cells: dict[str, str]) -> None:
    result = merged(table(ROW, OTHER), table(ROW, change(OTHER, notes="看过")), table(change(ROW, **cells), OTHER))
    assert result.clean
    assert content(result.data)["H7K3-M9QX-2FPD"].items() >= cells.items()


def test_closing_an_entry_two_ways_keeps_it_as_it_was() -> None:
    ours = table(change(ROW, status="已整改", done_on="2022-09-01", result="已换"))
    theirs = table(change(ROW, status="已整改", done_on="2022-09-02", result="已换"))
    result = merged(table(ROW), ours, theirs, today=TODAY)
    assert content(result.data) == content(table(ROW))
    assert {one.field for one in result.questions} == {"status", "done_on", "result"}


def test_an_id_that_two_entries_were_given_is_asked_cell_by_cell() -> None:
    result = merged(table(OTHER), table(OTHER, ROW), table(OTHER, change(ROW, owner="李四")))
    assert [(one.field, one.base, one.ours, one.theirs, one.why) for one in result.questions] == [
        ("owner", "", "张三", "李四", "same_id")
    ]
    assert "owner" not in content(result.data)["H7K3-M9QX-2FPD"]


def test_a_respelled_date_is_no_change() -> None:
    """Excel rewrites every date of the column on saving."""
    theirs = table(change(ROW, deadline="2022/9/6"), change(OTHER, deadline="2022/9/6"))
    result = merged(table(ROW, OTHER), table(change(ROW, deadline="2022-09-01"), OTHER), theirs)
    assert result.clean
    assert content(result.data)["H7K3-M9QX-2FPD"]["deadline"] == "2022-09-01"
    assert content(result.data)["H9PX-2222-3333"]["deadline"] == "2022/9/6"


def test_a_new_column_is_not_taken_unasked() -> None:
    theirs = table(ROW + ",新", OTHER + ",", head=HEAD + ",现场编号")
    result = merged(table(ROW, OTHER), table(ROW, change(OTHER, notes="看过")), theirs)
    assert [(one.id, one.field, one.theirs, one.why) for one in result.questions] == [
        ("H7K3-M9QX-2FPD", "现场编号", "新", "column")
    ]


def test_the_result_looks_like_ours() -> None:
    ours = "\ufeff" + HEAD + ',"本所,自加"\n' + ROW + ',"有"\n' + OTHER + ",\n合计,2\n"
    theirs = HEAD.replace("备注", '"本所,自加",备注') + "\r\n" + change(OTHER, owner="李四") + ",\r\n"
    theirs += ROW.removesuffix(",") + ",有,\r\n"
    base = ours.replace("更换门禁", "换门禁").encode()
    result = merge(
        base, ours.encode(), theirs.replace("更换门禁", "换门禁").encode("gb18030"), "ledger.csv", terms=terms()
    )
    assert result.data.decode() == ours.replace(OTHER, change(OTHER, owner="李四"))
    assert result.clean


def test_an_entry_added_to_a_nil_return_replaces_the_word_that_there_is_none() -> None:
    nil = table(",无" + "," * 12)
    result = merged(table(), nil, table(ROW))
    assert content(result.data).keys() == {"H7K3-M9QX-2FPD"}
    assert merged(table(), table(), nil).data == nil


def test_a_row_deleted_on_one_side_is_named() -> None:
    result = merged(table(ROW, OTHER), table(change(ROW, notes="看过"), OTHER), table(ROW))
    assert result.gone == ("H9PX-2222-3333",)
    assert content(result.data).keys() == {"H7K3-M9QX-2FPD"}


def test_entries_leave_a_yaml_ledger_with_their_lines() -> None:
    text = "# 台账\nentries:\n- 编号: A1\n  备注: 一\n- 编号: A2\n  备注: 二\n# 最后\n- 编号: A3\n  备注: 三\n"
    theirs = "entries:\n- 编号: A1\n  备注: 一\n- 编号: A3\n  备注: 三\n"
    ours = text.replace("备注: 一", "备注: 壹")
    result = merged(text.encode(), ours.encode(), theirs.encode(), "ledger.yaml")
    assert result.data.decode() == "# 台账\nentries:\n- 编号: A1\n  备注: 壹\n- 编号: A3\n  备注: 三\n"
    assert result.gone == ("A2",)
    last = merged(text.encode(), ours.encode(), text[: text.index("- 编号: A3")].encode(), "ledger.yaml")
    assert last.data.decode() == ours[: ours.index("- 编号: A3")]


def test_figures_are_merged_by_period_and_figure() -> None:
    base = "报告期,指标,数值\n2022-08,走访人次,3\n2022-08,在册人数,8\n".encode()
    ours = "报告期,指标,数值\n2022-08,走访人次,4\n2022-08,在册人数,8\n2022-09,走访人次,1\n".encode()
    theirs = "指标,报告期,数值\r\n在册人数,2022-08,9\r\n走访人次,2022-08,5\r\n".encode("gb18030")
    result = merged(base, ours, theirs, "figures.csv")
    assert result.data.decode() == "报告期,指标,数值\n2022-08,走访人次,3\n2022-08,在册人数,9\n2022-09,走访人次,1\n"
    assert [(one.id, one.field, one.ours, one.theirs) for one in result.questions] == [
        ("2022-08 走访人次", "value", "4", "5")
    ]


def test_a_unit_never_goes_unasked() -> None:
    base = b"id,name,parent\na,A,\nb,B,\n"
    result = merged(base, b"id,name,parent\na,A2,\nb,B,\n", b"id,name,parent\na,A,\n", "units.csv")
    assert result.data == b"id,name,parent\na,A2,\nb,B,\n"
    assert [one.id for one in result.questions] == ["b"]


def test_journals_hold_every_line_of_both() -> None:
    base, one, two = b'{"at":"1"}\n', b'{"at":"3","x":1}\n', b'{"at":"2","x":2}\n'
    assert union(base, base + one, base + two) == base + two + one == union(base, base + two, base + one)
    assert merge(base, base + one, base + two, "a.jsonl").data == base + two + one
    assert union(base + one, base, base + two) == one + base + two  # a line both have lost, or one, comes back


@pytest.mark.parametrize("side", range(3))
def test_a_file_with_marks_of_another_merge_is_refused(side: int) -> None:
    files = [table(ROW), table(ROW), table(ROW)]
    files[side] = b"<<<<<<< HEAD\n" + files[side]
    with pytest.raises(grids.UnmergeableError) as refused:
        merged(files[0], files[1], files[2])
    assert [finding.code for finding in refused.value.findings] == ["F108"]


@pytest.mark.parametrize("data", [b"", b"\xff\xff", b"\0", b'a,b\n"1,2\n'])
def test_what_cannot_be_read_for_certain_is_not_merged(data: bytes) -> None:
    with pytest.raises(grids.UnmergeableError):
        merged(table(ROW), table(ROW), data)


def test_an_ancestor_that_had_no_such_file_yet_is_empty() -> None:
    result = merged(b"", table(ROW), table(ROW, OTHER))
    assert result.clean
    assert content(result.data) == content(table(ROW, OTHER))


def test_without_terms_the_standard_fields_are_known() -> None:
    result = merge(table(ROW), table(change(ROW, owner="李四")), table(change(ROW, notes="看过")), "x.csv")
    assert result.clean
    assert content(result.data)["H7K3-M9QX-2FPD"].items() >= {"owner": "李四", "notes": "看过"}.items()


def test_an_entry_deleted_here_and_changed_there_keeps_what_it_said_whichever_side_is_ours() -> None:
    chance = random.Random(1)
    base = ledgers.new_rows(chance, 2)
    entry = next(iter(base))
    base[entry]["notes"] = ""
    changed = {**base, entry: base[entry] | {"notes": "甲"}}
    files = [as_yaml(rows) for rows in (base, changed, {name: row for name, row in base.items() if name != entry})]
    for ours, theirs in ((1, 2), (2, 1)):
        done = merged(files[0], files[ours], files[theirs], "ledger.yaml")
        assert {(one.id, one.field, one.ours or one.theirs) for one in done.questions} == {(entry, "notes", "甲")}
        assert content(done.data, "ledger.yaml") == said(base)


def test_the_base_of_histories_that_cross_never_hides_a_change() -> None:
    chance = random.Random(1)
    base = ledgers.new_rows(chance, 1)
    (entry,) = base

    def with_owner(name: str) -> bytes:
        return as_csv({entry: base[entry] | {"owner": name}})

    between = merged(as_csv(base), with_owner("甲"), with_owner("乙"), nested=True)
    assert content(merged(as_csv(base), with_owner("甲"), as_csv({}), nested=True).data) == content(between.data)
    done = merged(between.data, with_owner("甲"), as_csv(base))
    assert {(one.field, one.ours, one.theirs) for one in done.questions} == {("owner", "甲", "张三")}


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_from_several_bases_a_cell_is_taken_only_where_all_say_the_same(chance: random.Random) -> None:
    first, one, two = story(chance)
    bases = [edited(first, one), edited(first, two)]
    start = bases[chance.randrange(2)]
    mine, yours = (edited(start, edits(chance, start)) for _ in range(2))
    done = merged(as_csv(first), as_csv(mine), as_csv(yours), bases=[as_csv(base) for base in bases])
    found = content(done.data)
    asked = {
        (question.id, "=x" if question.field == ledgers.HEADINGS["=x"] else question.field)
        for question in done.questions
    }
    for entry in mine.keys() & yours.keys():
        for column in ledgers.HEADINGS:
            ours, theirs = mine[entry][column], yours[entry][column]
            known = {base[entry][column] if entry in base else None for base in bases}
            if ours != theirs and len(known) > 1:
                assert (entry, column) in asked or ours.strip("　") == theirs.strip("　")
            elif (entry, column) not in asked:
                wanted = theirs if {ours} == known else ours
                assert found[entry].get(column, "").strip("　") == wanted.strip("　")
    for entry in mine.keys() ^ yours.keys():
        if len({entry in base for base in bases}) > 1:
            assert entry in found
            assert entry in {of for of, _ in asked}


def test_bases_of_a_list_or_the_campaign_that_lead_apart_are_as_good_as_none() -> None:
    ours, theirs = b"name: a\nyear: 2026\n", b"name: b\nyear: 2026\n"
    done = merge(theirs, ours, theirs, "campaign.yaml", bases=[theirs, ours])
    assert [(one.field, one.why) for one in done.questions] == [("name", "no_base")]
    assert done.data == ours
    lines = [b'{"turn": 1}\n', b'{"turn": 2}\n']
    assert sorted(merge(b"", b"", b"", "x.jsonl", bases=lines).data.splitlines(True)) == lines


@pytest.mark.parametrize("name", ["ledger.csv", "ledger.yaml"])
def test_a_base_that_git_made_hides_no_cell_that_was_emptied_since(name: str) -> None:
    """Nobody says here that histories crossed: all there is is the base that a nested merge made."""
    rows = {entry: ledgers.new_row(random.Random(1), entry) for entry in ("H2", "H3")}
    look = as_csv if name.endswith(".csv") else as_yaml

    def owned(owner: str, notes: str = "") -> bytes:
        return look({"H2": rows["H2"] | {"owner": owner}, "H3": rows["H3"] | {"notes": notes}})

    made = merge(owned("张三"), owned("李四"), owned("王五"), name, terms=ledgers.terms(), nested=True).data
    for ours, theirs in ((owned("", "甲"), owned("赵六")), (owned("赵六"), owned("", "甲"))):
        done = merge(made, ours, theirs, name, terms=ledgers.terms(), today=date(2022, 10, 1))
        assert [(one.field, one.base, {one.ours, one.theirs}) for one in done.questions] == [
            ("owner", "", {"", "赵六"})
        ]
        assert ledgers.content(done.data, name)["H2"].get("owner", "") == ""
        assert ledgers.content(done.data, name)["H3"]["notes"] == "甲"
    agreed = merge(made, owned("赵六", "甲"), owned("赵六"), name, terms=ledgers.terms())
    assert agreed.clean
    assert ledgers.content(agreed.data, name)["H2"]["owner"] == "赵六"
