"""The conflict file as a workbook: filled in there, or in the file, or a little in each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from conftest import Run
from hazardctl import i18n
from hazardctl.merging import asked_book, questions
from hazardctl.merging.questions import Question
from office import SOUND, campaign, checked, ledger

OTHER = SOUND.replace("H7K3-M9QX-2FPD", "H9PX-2222-3333")


def asked(folder: Path, run: Run) -> Path:
    """Merge two versions that differ in two cells; gives the unit's folder."""
    campaign(folder, {"units/a/ledger.csv": ledger(SOUND.replace("张三", "李四"), OTHER.replace("更换门禁", "=1+1"))})
    (folder / "base.csv").write_text(ledger(SOUND, OTHER), encoding="utf-8")
    theirs = ledger(SOUND.replace("张三", "王五"), OTHER.replace("更换门禁", "加装监控"))
    (folder / "theirs.csv").write_text(theirs, encoding="utf-8")
    unit = folder / "units" / "a"
    given = ("base.csv", unit / "ledger.csv", "theirs.csv", "-o", unit / "ledger.csv")
    assert run("--campaign", folder, "merge", *given).code == 1
    return unit


def fill(path: Path, answers: Mapping[str, str]) -> None:
    """Fill in the yellow cells as Excel does, by the entry's id."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    heads = [cell.value for cell in sheet[2]]
    choose, key = heads.index(i18n.t("resolve.column_choose")), heads.index(i18n.t("resolve.column_id"))
    for row in sheet.iter_rows(min_row=3):
        if (answer := answers.get(str(row[key].value))) is not None:
            row[choose].value = answer
    book.save(path)


def rows(unit: Path) -> list[str]:
    return unit.joinpath("ledger.csv").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sides_and_values_chosen_in_the_workbook_are_applied(tmp_path: Path, run: Run, language: str) -> None:
    unit = asked(tmp_path, lambda *words: run("--lang", language, *words))
    book = unit / "ledger.conflicts.xlsx"
    i18n.use(language)
    fill(book, {"H7K3-M9QX-2FPD": i18n.t("resolve.side_theirs"), "H9PX-2222-3333": "培训"})
    done = run("--lang", "en" if language == "zh" else "zh", "--campaign", tmp_path, "resolve", "a")
    assert done.code == 0, done.err
    assert rows(unit) == [SOUND.replace("张三", "王五"), OTHER.replace("更换门禁", "培训")]
    assert {path.name for path in (unit / "merged").iterdir()} == {"ledger.conflicts.csv", book.name}
    assert not book.exists()


def test_the_workbook_offers_the_sides_and_holds_no_formula(tmp_path: Path, run: Run) -> None:
    unit = asked(tmp_path, run)
    book = openpyxl.load_workbook(unit / "ledger.conflicts.xlsx")
    sheet = book.active
    assert sheet is not None
    (choices,) = sheet.data_validations.dataValidation
    assert (choices.type, choices.formula1, str(choices.sqref)) == ("list", '"ours,theirs,base"', "G3:G4")
    said = {cell.value: cell.data_type for row in sheet.iter_rows(min_row=3) for cell in row if cell.value}
    assert said["=1+1"] == "s"
    assert sheet.column_dimensions["B"].hidden


def test_what_is_chosen_half_here_and_half_there_is_put_together(tmp_path: Path, run: Run) -> None:
    unit = asked(tmp_path, run)
    fill(unit / "ledger.conflicts.xlsx", {"H7K3-M9QX-2FPD": "ours"})
    assert run("resolve", "a").code == 1
    assert [one.id for one in questions.read((unit / "ledger.conflicts.csv").read_bytes(), "")] == ["H9PX-2222-3333"]
    assert [one.id for one in asked_book.read(unit / "ledger.conflicts.xlsx")] == ["H9PX-2222-3333"]
    fill(unit / "ledger.conflicts.xlsx", {"H9PX-2222-3333": "theirs"})
    path = unit / "ledger.conflicts.csv"
    path.write_bytes(path.read_bytes().replace(b",,two_values", b",ours,two_values"))
    told = run("resolve", "a")
    assert (told.code, "workbook" in told.err) == (1, True)
    fill(unit / "ledger.conflicts.xlsx", {"H9PX-2222-3333": "本方"})
    assert run("resolve", "a").code == 0
    assert rows(unit) == [SOUND.replace("张三", "李四"), OTHER.replace("更换门禁", "=1+1")]


def test_the_workbook_alone_is_enough(tmp_path: Path, run: Run) -> None:
    unit = asked(tmp_path, run)
    (unit / "ledger.conflicts.csv").unlink()
    found = [one for one in checked(tmp_path).findings if one.code == "M103"]
    assert [one.path for one in found] == ["units/a/ledger.conflicts.xlsx"]
    fill(unit / "ledger.conflicts.xlsx", dict.fromkeys(("H7K3-M9QX-2FPD", "H9PX-2222-3333"), "theirs"))
    assert run("resolve", "a").code == 0
    assert rows(unit) == [SOUND.replace("张三", "王五"), OTHER.replace("更换门禁", "加装监控")]
    assert not [one for one in checked(tmp_path).findings if one.code == "M103"]


def test_a_workbook_that_cannot_be_read_is_said(tmp_path: Path, run: Run) -> None:
    unit = asked(tmp_path, run)
    (unit / "ledger.conflicts.xlsx").write_bytes(b"PK\x03\x04 half")
    assert run("resolve", "a", "--choose", "ours").code == 3
    assert (unit / "ledger.conflicts.csv").is_file()


def test_what_was_chosen_stays_when_more_is_asked(tmp_path: Path) -> None:
    one = Question("H2", "owner", "责任人", "甲", "乙", "丙", "", "two_values")
    place = questions.record(tmp_path / "ledger.csv", [one])
    assert place is not None
    book = asked_book.leave(place)
    assert book is not None
    fill(book, {"H2": "theirs"})
    questions.record(tmp_path / "ledger.csv", [Question("H3", "owner", "责任人", "甲", "乙", "丙", "", "two_values")])
    asked_book.leave(place)
    assert asked_book.chosen(book) == {("H2", "owner"): "theirs"}
    assert [each.id for each in asked_book.read(book)] == ["H2", "H3"]
