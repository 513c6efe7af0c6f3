"""A correction of entries without ids names those that changed, and no others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from hazardctl.publishing import pairing
from office import campaign

HEADINGS = "风险隐患类别,风险隐患基本情况,发现时间,整改措施,责任部门,责任人,完成时限,整改状态,办结日期"
FOUND = """\
  - id: by-status
    title: {zh: 分状态, en: By status}
    total_label: {zh: 合计, en: Total}
    columns:
      - {label: {zh: 单位, en: Unit}, value: unit}
      - {key: first, label: 一类, count: {category: "1"}}
      - {key: open, label: 未完成, count: {status: [not_started, in_progress]}}
      - {key: done, label: 已整改, count: {status: done}}
"""
OPEN, LATER = "整改中,", "已整改,2022-09-20"
DAY = ("--today", "2022-09-05")
AFTERWARDS = ("--today", "2022-10-09")


def row(said: str, status: str = OPEN, category: str = "1", found: str = "2022-08-03") -> str:
    return f"{category},{said},{found},加锁,办公室,张三,2022-09-30,{status}"


class Office:
    """A unit whose ledger has no ids, with a table that was frozen."""

    def __init__(self, folder: Path, run: Run, *rows: str) -> None:
        checklist = (Path(__file__).parent / "office/1.yaml").read_text(encoding="utf-8")
        campaign(folder, {"checklists/trial/1.yaml": checklist + FOUND, "units.csv": "id,name\na,东区所\n"})
        self.folder, self.run = folder, run
        self.write(*rows)
        words = ("freeze", "--period", "2022-08", "--table", "by-status", "--allow-incomplete", "先公布")
        assert run(*DAY, *words).code == 0

    def write(self, *rows: str, headings: str = HEADINGS) -> None:
        path = self.folder / "units/a/ledger.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join((headings, *rows)) + "\n", encoding="utf-8")

    def restated(self) -> dict[str, Any]:
        """Give the cells of the unit that are restated, by column: before, after, and how many lines make it."""
        done = self.run(*AFTERWARDS, "restate", "--period", "2022-08", "--dry-run", "--format", "json")
        cells = [cell for cell in json.loads(done.out)["cells"] if cell["row"] == "a"]
        return {
            cell["column"]: (cell["before"], cell["after"], [entry["how"] for entry in cell["entries"]])
            for cell in cells
        }


def test_an_entry_that_goes_is_the_only_one_that_is_named(tmp_path: Path, run: Run) -> None:
    office = Office(tmp_path, run, row("一"), row("二", found="2022-08-04"), row("三", found="2022-08-05"))
    office.write(row("二", found="2022-08-04"), row("三", found="2022-08-05"))
    assert office.restated() == {"first": (3, 2, ["went"]), "open": (3, 2, ["went"])}


def test_what_happened_to_an_entry_after_the_period_is_no_correction_though_it_has_no_id(
    tmp_path: Path, run: Run
) -> None:
    office = Office(tmp_path, run, row("一"), row("二", found="2022-08-04"))
    office.write(row("二", LATER, found="2022-08-04"), row("一", LATER))
    assert office.restated() == {}


def test_an_entry_that_is_given_an_id_is_the_one_it_was(tmp_path: Path, run: Run) -> None:
    office = Office(tmp_path, run, row("一"), row("二", found="2022-08-04"))
    ids = [f"H7K3-M9QX-2FP{at},{one}" for at, one in enumerate((row("二", LATER, found="2022-08-04"), row("一")))]
    office.write(*ids, headings=f"编号,{HEADINGS}")
    assert office.restated() == {}
    office.write(ids[0], ids[1].replace(",1,", ",2,", 1), headings=f"编号,{HEADINGS}")
    assert office.restated() == {"first": (2, 1, ["went"])}


def test_a_run_in_english_speaks_english_of_rows_and_of_entries_without_id(tmp_path: Path, run: Run) -> None:
    office = Office(tmp_path, run, row("一"), row("二"))
    office.write(row("一"))
    words = ("--lang", "en", "restate", "--period", "2022-08")
    done = run(*AFTERWARDS, *words, "--dry-run")
    assert "合计" not in done.out
    assert "Total" in done.out
    assert "without id" in " ".join(done.out.split())
    assert run(*AFTERWARDS, *words, "--reason", "删去误报", "--approver", "李娜").code == 0
    printed = run(*AFTERWARDS, "--lang", "en", "rollup", "--period", "2022-08", "--basis", "restated").out
    assert "※ Total" in printed
    kept = (tmp_path / "periods/2022-08/errata/001.yaml").read_text(encoding="utf-8")
    assert "name: 合计" in kept, "what is kept speaks the campaign's language"


def test_a_cell_that_is_corrected_twice_was_published_once(tmp_path: Path, run: Run) -> None:
    office = Office(tmp_path, run, row("一"), row("二", found="2022-08-04"), row("三", found="2022-08-05"))
    words = ("--lang", "zh", "restate", "--period", "2022-08", "--reason", "误报", "--approver", "李娜")
    office.write(row("一"), row("二", found="2022-08-04"))
    assert run(*AFTERWARDS, *words).code == 0
    office.write(row("一"))
    assert run(*AFTERWARDS, *words).code == 0
    printed = run(*AFTERWARDS, "--lang", "zh", "rollup", "--period", "2022-08", "--basis", "restated").out
    assert "※ 东区所“一类”：原公布3，更正为2（第1号更正）。" in printed
    assert "※ 东区所“一类”：此前更正为2，再更正为1（第2号更正）。" in printed


def test_a_figure_that_changed_is_named_as_forms_do(tmp_path: Path, run: Run) -> None:
    figures = "period,key,value\n2022-08,supervised,{}\n"
    campaign(tmp_path, {"units/a/figures.csv": figures.format(5), "units.csv": "id,name\na,东区所\n"})
    freeze = ("freeze", "--period", "2022-08", "--table", "means", "--allow-incomplete", "先公布")
    assert run(*DAY, *freeze).code == 0
    (tmp_path / "units/a/figures.csv").write_text(figures.format(6), encoding="utf-8")
    words = ("restate", "--period", "2022-08", "--dry-run")
    assert "2022-08 在册人数" in run(*AFTERWARDS, "--lang", "zh", *words).out
    assert "2022-08 People under supervision" in " ".join(run(*AFTERWARDS, "--lang", "en", *words).out.split())


CELLS = st.fixed_dictionaries({"found_on": st.sampled_from("123"), "status": st.sampled_from("ab")})


@given(old=st.lists(CELLS, max_size=6), new=st.lists(CELLS, max_size=6))
def test_nothing_is_paired_twice_and_all_that_can_be_is(old: list[dict[str, str]], new: list[dict[str, str]]) -> None:
    pairs = pairing.paired(old, new)
    assert len(set(pairs.values())) == len(pairs)
    for day in "123":
        left = [one for at, one in enumerate(old) if one["found_on"] == day and at not in pairs.values()]
        unpaired = [one for at, one in enumerate(new) if one["found_on"] == day and at not in pairs]
        assert not (left and unpaired)
    same = sum(old[there] == new[here] for here, there in pairs.items())
    whole = [tuple(sorted(one.items())) for one in old], [tuple(sorted(one.items())) for one in new]
    assert same == sum(min(whole[0].count(one), whole[1].count(one)) for one in set(whole[0]))


@pytest.mark.parametrize("key", sorted(pairing.PROGRESS))
def test_what_goes_on_changing_does_not_part_a_pair(key: str) -> None:
    assert pairing.paired([{"found_on": "1", key: "a"}], [{"found_on": "1", key: "b"}]) == {0: 0}
