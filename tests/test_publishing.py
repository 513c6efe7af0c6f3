"""Bases, comparison, trace and freeze on the command line, with the example campaign."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import ROOT, Run
from hazardctl import load, rollup
from hazardctl.publishing import evidence, frozen, published
from hazardctl.publishing.published import Wanted
from hazardctl.returns import submitted
from hazardctl.workspace import Workspace
from test_freeze import adds_up

TODAY = "2022-09-20"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    folder = tmp_path / "dachuan"
    shutil.copytree(ROOT / "examples" / "dachuan-2022", folder)
    return folder


def hazardctl(run: Run, folder: Path, *words: str) -> tuple[int, str, str]:
    done = run("--campaign", folder, "--today", TODAY, "--lang", "zh", *words)
    return done.code, done.out, done.err


def test_what_stands_behind_every_cell_of_the_example_adds_up_to_it(example: Path) -> None:
    from datetime import date

    opened = load.opened(Workspace(example))
    for period in (None, "2022-08", "2022-W35"):
        asked = rollup.prepare(opened, None, period)
        found = evidence.record(opened, asked, submitted.sources(opened, asked, "live"), date(2022, 9, 20))
        assert found.table.rows == rollup.roll_up(opened, None, period, today=date(2022, 9, 20)).rows
        adds_up(found)


def test_a_trace_names_file_and_line_and_its_sum_is_the_cell(example: Path, run: Run) -> None:
    code, out, _ = hazardctl(run, example, "trace", "annex3", "baihe", "已整改", "--format", "json")
    told = json.loads(out)
    assert code == 0
    assert told["value"] == told["sum"] == sum(row["adds"] for row in told["rows"]) == 21
    lines = (example / "units" / "baihe" / "ledger.csv").read_text(encoding="utf-8-sig").splitlines()
    assert all(lines[row["line"] - 1].startswith(row["id"]) for row in told["rows"])


def test_a_rate_is_traced_to_numerator_and_denominator(example: Path, run: Run) -> None:
    _, out, _ = hazardctl(run, example, "trace", "annex3", "合计", "定位监管率", "--format", "json")
    told = json.loads(out, parse_float=Decimal)
    assert round(Decimal(told["sum"]) * 100 / Decimal(told["over"]["sum"]), 1) == told["value"]


@pytest.mark.parametrize(("row", "column"), [("nobody", "done"), ("baihe", "nothing")])
def test_a_trace_of_what_is_not_there_says_what_is(example: Path, run: Run, row: str, column: str) -> None:
    code, _, err = hazardctl(run, example, "trace", "annex3", row, column)
    assert code == 2
    assert "baihe" in err or "not_started" in err


def test_a_period_is_frozen_once_and_refused_while_something_is_wrong(example: Path, run: Run) -> None:
    assert hazardctl(run, example, "freeze", "--period", "2022-08")[0] == 1
    assert not (example / "periods").exists()
    assert hazardctl(run, example, "freeze", "--period", "2022-08", "--allow-incomplete", "先公布")[0] == 0
    manifest = json.loads((example / "periods" / "2022-08" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["incomplete"] == "先公布"
    assert manifest["checklist"] == "community-correction@2022.1"
    code, _, err = hazardctl(run, example, "freeze", "--period", "2022年8月", "--allow-incomplete", "再来")
    assert code == 3
    assert "更正" in err


def test_a_frozen_table_prints_the_same_bytes_after_everything_has_changed(example: Path, run: Run) -> None:
    hazardctl(run, example, "freeze", "--period", "2022-08", "--allow-incomplete", "先公布")
    words = ("rollup", "--period", "2022-08", "--basis", "frozen", "--format")
    before = [hazardctl(run, example, *words, form) for form in ("csv", "json", "html", "md", "table")]
    assert "封存数" in before[2][1]
    shutil.rmtree(example / "units" / "baihe")
    campaign = (example / "campaign.yaml").read_text(encoding="utf-8")
    campaign = campaign.replace("community-correction@2022.1", "safe-school").replace("locale: zh", "locale: en")
    lines = [line for line in campaign.splitlines() if not line.startswith("checklist_sha256")]
    (example / "campaign.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    after = [hazardctl(run, example, *words, form) for form in ("csv", "json", "html", "md", "table")]
    assert [one[:2] for one in after] == [one[:2] for one in before]


def test_a_frozen_file_that_was_touched_is_refused(example: Path, run: Run) -> None:
    hazardctl(run, example, "freeze", "--period", "2022-08", "--allow-incomplete", "先公布")
    path = example / "periods" / "2022-08" / "annex3.record.json"
    path.write_bytes(path.read_bytes().replace(b'"done": 2', b'"done": 9', 1))
    assert hazardctl(run, example, "rollup", "--period", "2022-08", "--basis", "frozen")[0] == 3


def test_no_name_of_staff_is_frozen(example: Path, run: Run) -> None:
    hazardctl(run, example, "freeze", "--period", "2022-08", "--allow-incomplete", "先公布")
    kept = b"".join(
        path.read_bytes() for path in (example / "periods").rglob("*") if path.is_file() and path.name != "units.csv"
    ).decode("utf-8", "replace")
    ledger = (example / "units" / "baihe" / "ledger.csv").read_text(encoding="utf-8-sig").splitlines()
    at = ledger[0].split(",").index("责任人")
    names = {name for line in ledger[1:] for name in line.split(",")[at].split("、") if len(name) in (2, 3)}
    assert names
    assert not [name for name in names if name in kept]


def test_progress_after_a_period_is_no_correction_and_a_late_entry_is(example: Path, run: Run) -> None:
    hazardctl(run, example, "freeze", "--period", "2022-08", "--allow-incomplete", "先公布")
    assert hazardctl(run, example, "restate", "--period", "2022-08", "--dry-run")[0] == 0
    path = example / "units" / "baihe" / "ledger.csv"
    data = path.read_text(encoding="utf-8-sig")
    first = data.splitlines()[1]
    late = first.replace("HE5C-JME4-VZ9K", "H222-3333-4444")
    path.write_text("\ufeff" + data.rstrip("\r\n") + "\r\n" + late + "\r\n", encoding="utf-8", newline="")
    assert hazardctl(run, example, "restate", "--period", "2022-08", "--dry-run")[0] == 4
    assert hazardctl(run, example, "restate", "--period", "2022-08")[0] == 2
    words = ("restate", "--period", "2022-08", "--reason", "漏报", "--approver", "李娜")
    code, out, _ = hazardctl(run, example, *words, "--format", "json")
    told = json.loads(out)
    assert code == 0
    assert {(cell["row"], cell["column"]) for cell in told["cells"]} >= {("baihe", "unable"), ("", "unable")}
    assert all(cell["after"] == cell["before"] + 1 for cell in told["cells"])
    assert all(entry["entry"] == "H222-3333-4444" for cell in told["cells"] for entry in cell["entries"])
    erratum = (example / "periods" / "2022-08" / "errata" / "001.yaml").read_text(encoding="utf-8")
    assert "李娜" in erratum
    _, out, _ = hazardctl(run, example, "rollup", "--period", "2022-08", "--basis", "restated")
    assert "※" in out
    assert hazardctl(run, example, *words)[0] == 0
    assert not (example / "periods" / "2022-08" / "errata" / "002.yaml").exists()


def test_a_fix_in_the_period_that_is_withdrawn_is_a_correction(example: Path, run: Run) -> None:
    hazardctl(run, example, "freeze", "--period", "2022-08", "--allow-incomplete", "先公布")
    kept = (example / "periods" / "2022-08" / "annex3.rows.csv").read_text(encoding="utf-8-sig")
    assert "done_on" in kept.splitlines()[0].split(",")
    assert hazardctl(run, example, "set", "baihe", "H9MR", "status=整改中", "done_on=", "result=")[0] == 0
    words = ("restate", "--period", "2022-08", "--dry-run", "--format", "json")
    code, out, _ = hazardctl(run, example, *words)
    cells = {(cell["row"], cell["column"]): cell["after"] - cell["before"] for cell in json.loads(out)["cells"]}
    assert code == 4
    assert (cells["baihe", "in_progress"], cells["baihe", "done"]) == (1, -1)
    assert (cells["", "in_progress"], cells["", "done"]) == (1, -1)


def test_a_period_frozen_without_the_days_of_fixes_is_printed_and_restated_as_it_was(example: Path, run: Run) -> None:
    hazardctl(run, example, "freeze", "--period", "2022-08", "--allow-incomplete", "先公布")
    folder = example / "periods" / "2022-08"
    path, manifest = folder / "annex3.record.json", folder / "manifest.json"
    record, said = json.loads(path.read_bytes()), json.loads(manifest.read_bytes())
    for line in (line for unit in record["units"] for line in unit.get("lines", ())):
        line.get("values", {}).pop("done_on", None)
    path.write_bytes(frozen.written(record))
    said["files"][path.name] = frozen.digest(path.read_bytes())
    manifest.write_bytes(frozen.written(said))
    words = ("rollup", "--period", "2022-08", "--basis", "frozen", "--format", "csv")
    again = example.parent / "again.csv"
    hazardctl(run, example, *words, "-o", str(again))
    assert again.read_bytes() == (folder / "annex3.csv").read_bytes()
    hazardctl(run, example, "set", "baihe", "H9MR", "status=整改中", "done_on=", "result=")
    code, _, err = hazardctl(run, example, "restate", "--period", "2022-08", "--dry-run")
    assert (code, "看不出是事后退回" in err, "H9MR" in err) == (0, True, True)


def test_the_history_of_a_figure_names_it_as_forms_do_and_when_by_the_clock_on_the_wall(
    example: Path, run: Run
) -> None:
    told = hazardctl(run, example, "history", "baihe")[1]
    assert "2022-W35 定位监管人数" in told
    assert "located" not in told
    _, _, err = hazardctl(run, example, "history", "baihe", "--at", "2022-09-01")
    assert "截至 2022-09-01 23:59:59" in err


def test_a_comparison_shows_the_change(example: Path, run: Run) -> None:
    words = ("rollup", "--period", "2022-09", "--compare", "2022-08", "--allow-incomplete", "--format", "json")
    _, out, _ = hazardctl(run, example, *words)
    told = json.loads(out)
    assert told["compare"] == "2022-08"
    total = told["rows"][-1]
    _, out, _ = hazardctl(run, example, "rollup", "--period", "2022-08", "--format", "json")
    before = json.loads(out)["rows"][-1]
    assert total["changes"]["done"] == total["values"]["done"] - before["values"]["done"]


def test_a_page_links_its_cells_to_rows_that_are_on_it(example: Path, run: Run) -> None:
    import re

    hazardctl(run, example, "rollup", "--trace", "-o", str(example / "x.html"))
    page = (example / "x.html").read_text(encoding="utf-8")
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links
    assert links == set(re.findall(r'<section class="trail" id="([^"]+)"', page))
    assert "<script" not in page


def test_returns_are_counted_as_they_were_sent(example: Path) -> None:
    import hashlib
    from datetime import date

    path = example / "units" / "baihe" / "ledger.csv"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    returns = example / "units" / "baihe" / "returns.yaml"
    text = "- period: 2022-08\n  number: 1\n  state: entries\n  rows: 32\n  sha256: {}\n  by: 某\n  at: 2022-09-01\n"
    returns.write_text(text.format(digest), encoding="utf-8")

    def table() -> object:
        opened = load.opened(Workspace(example))
        wanted = Wanted(period="2022-08", basis="submitted")
        return published.publish(opened, wanted, language="zh", files="zh", today=date(2022, 9, 20)).table

    sent = {row.unit: row for row in table().rows}  # type: ignore[attr-defined]
    assert sent["baihe"].values["done"]
    assert sent["wenfeng"].state == "missing"
    path.write_bytes(path.read_bytes() + b"x")
    lost = table()
    assert [finding.code for finding in lost.findings] == ["P190"]  # type: ignore[attr-defined]
    assert {row.unit: row for row in lost.rows}["baihe"].values["done"] is None  # type: ignore[attr-defined]
