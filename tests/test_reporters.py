"""Findings in every form: for people, for programs, for spreadsheets and for build servers."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from conftest import Run
from hazardctl import i18n, text
from hazardctl.check import Checked, UnitResult
from hazardctl.findings import Finding, Severity
from hazardctl.reporters import REPORTERS, reporter
from hazardctl.reporters import text as for_people
from office import SOUND, campaign, ledger
from sources import modules


def a_finding(**values: Any) -> Finding:
    plain: dict[str, Any] = {
        "code": "L201",
        "severity": Severity.ERROR,
        "path": "units/a/ledger.csv",
        "line": 3,
        "column": 4,
        "unit": "a",
        "entry": "H2",
        "field": "status",
        "args": (("allowed", "已整改"), ("reason", "unknown")),
    }
    return Finding(**plain | values)


def checked(*findings: Finding) -> Checked:
    return Checked(findings, (UnitResult("a", "东区所", findings, 3, "entries", ("units/a/ledger.csv",)),))


def test_a_reporter_nobody_listed_is_named() -> None:
    assert {name.rpartition(".")[2] for name in modules() if name.startswith("hazardctl.reporters.")} == set(REPORTERS)


@pytest.mark.parametrize("name", REPORTERS)
def test_every_form_gives_place_and_code_and_nothing_for_nothing(name: str) -> None:
    said = reporter(name)(checked(a_finding(value="办结了")))
    assert "L201" in said
    assert "ledger.csv" in said
    assert "L201" not in reporter(name)(checked())


def test_json_has_the_promised_shape() -> None:
    whole = json.loads(reporter("json")(checked(a_finding(value="办结了"))))
    assert list(whole) == ["schema_version", "findings", "summary"]
    keys = ["code", "severity", "path", "line", "column", "unit", "entry", "field", "value", "message", "remedy"]
    assert list(whole["findings"][0]) == keys
    assert whole["summary"] == {"error": 1, "warning": 0, "note": 0, "units": 1, "entries": 3}


def test_a_spreadsheet_runs_no_cell_as_a_formula() -> None:
    said = reporter("csv")(checked(a_finding(value="=1+1"), a_finding(value="＝1"), a_finding(value="-1,\n2")))
    assert said.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(said.removeprefix("\ufeff"), newline="")))
    assert [row["value"] for row in rows] == ["'=1+1", "'＝1", "'-1,\n2"]


def test_a_value_cannot_leave_its_line_in_github_commands() -> None:
    said = reporter("github")(checked(a_finding(value="a\n::error::b%", path="units/a,b:c.csv")))
    assert len(said.splitlines()) == 1
    assert said.startswith("::error file=units/a%2Cb%3Ac.csv,line=3,col=4,title=L201::")


def test_sarif_names_the_rule_of_every_result() -> None:
    log = json.loads(
        reporter("sarif")(checked(a_finding(value="办结了"), a_finding(code="F101", line=0, column=0, path="单位.csv")))
    )
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert log["version"] == "2.1.0"
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["L201", "F101"]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert places[0]["region"] == {"startLine": 3, "startColumn": 4}
    assert places[1] == {"artifactLocation": {"uri": "%E5%8D%95%E4%BD%8D.csv"}}


def test_junit_is_xml_whatever_stands_in_a_cell() -> None:
    said = reporter("junit")(
        checked(a_finding(value='<&"\x1b\ufffe]]>'), a_finding(code="L403", severity=Severity.NOTE))
    )
    suites = ET.fromstring(said)
    assert suites.attrib["failures"] == "1"
    assert [case.attrib["name"] for case in suites.iter("testcase")] == ["L201 3:4", "L403 3:4"]
    assert reporter("junit")(checked()).count("<testcase") == 1


def test_the_caret_stands_under_the_cell_in_terminal_cells() -> None:
    source = "H2,门禁损坏,办结了"
    lines = for_people.listing([a_finding(value="办结了", source=source, column=9)]).splitlines()
    assert lines[1:3] == [f"    {source}", " " * (4 + text.width("H2,门禁损坏,")) + "^"]


def test_a_long_line_is_cut_around_the_place() -> None:
    source = "说" * 200 + "此" + "明" * 200
    shown, caret = for_people.excerpt(source, 201)
    assert text.width(shown) <= for_people.WIDTH + 1
    assert text.width(shown.partition("此")[0]) == len(caret) - 1


def test_a_note_that_holds_for_many_cells_is_said_once_and_an_error_each_time() -> None:
    note = {"code": "L403", "severity": Severity.NOTE, "value": "2022.9.6", "args": (("meant", "2022-09-06"),)}
    said = for_people.listing([a_finding(line=line, **note) for line in range(2, 40)])
    assert said.count("L403") == 1
    assert "3, 4, 5" in said
    assert "37" in said
    assert for_people.listing([a_finding(line=line, value="办结了") for line in range(2, 5)]).count("L201") == 3


def test_many_units_are_summed_up_first(tmp_path: Path, run: Run) -> None:
    units = "id,name\n" + "".join(f"u{n},第{n}司法所\n" for n in range(100))
    files = {
        f"units/u{n}/ledger.csv": ledger(
            SOUND.replace("H7K3", f"H7K3{n}").replace("2022-09-06", f"2022-09-{n % 30 + 1:02}")
        )
        for n in range(100)
    }
    files |= {
        f"units/u{n}/figures.csv": "period,key,value\n2022-08,checked,7\n2022-08,supervised,9\n" for n in range(100)
    }
    files["units/u7/ledger.csv"] = files["units/u7/ledger.csv"].replace("整改中", "不知道")
    campaign(tmp_path, {"units.csv": units, **files})
    said = run("check", "--lang", "zh", "--today", "2022-12-01").out.splitlines()
    assert said[0].split() == ["单位", "名称", "错误", "警告", "提示", "条目"]
    assert said[1].split() == ["u7", "第7司法所", "1", "0", "0", "1"]
    assert said[2] == "其余 99 个单位没有问题。"


def test_findings_are_said_in_the_language_in_force() -> None:
    one = a_finding(value="办结了")
    english = one.message()
    i18n.use("zh")
    assert one.message() != english
    assert "不认识这个说法" in one.message()


def test_a_warning_that_is_the_same_on_many_lines_is_said_once_and_an_error_each_time() -> None:
    def found(severity: Severity, line: int, value: str) -> Finding:
        return Finding("G107" if severity == Severity.WARNING else "L110", severity, "f.csv", line, 1, value=value)

    warned = for_people.listing([found(Severity.WARNING, line, "") for line in (2, 3, 4)])
    assert warned.count("G107") == 1
    assert "the same on lines 3, 4 (in all 2 more)" in warned
    assert for_people.listing([found(Severity.ERROR, line, "") for line in (2, 3, 4)]).count("L110") == 3
