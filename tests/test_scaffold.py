"""Files ready to be filled in: right at once, never at the cost of a row, and the same in CSV and YAML."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Run
from hazardctl import check, load, scaffold
from hazardctl.campaign import Campaign
from hazardctl.cells.terms import Terms
from hazardctl.formats import csv
from hazardctl.forms import blanks
from hazardctl.ledger import Ledger
from hazardctl.load import Opened
from hazardctl.workspace import Workspace
from test_amend import NAUGHTY, TERMS, parse

TODAY = date(2022, 8, 20)
CHECKLISTS = sorted(load.checklist_files(None))


def start(folder: Path, run: Run, checklist: str = "community-correction", *more: str) -> Opened:
    (folder / "list.csv").write_text("id,name\ncaojia,曹家司法所\n", encoding="utf-8")
    made = run("init", "c", "--checklist", checklist, "--units", "list.csv", *more)
    assert made.code == 0, made.err
    return load.opened(Workspace(folder / "c"))


@pytest.fixture
def opened(tmp_path: Path, run: Run) -> Opened:
    return start(tmp_path, run)


def make(opened: Opened, form: str = "", today: date = TODAY) -> dict[str, scaffold.What]:
    return {step.path: step.what for step in scaffold.scaffold(opened, "caojia", form=form, by="clerk", today=today)}


@pytest.mark.parametrize("checklist", CHECKLISTS)
@pytest.mark.parametrize("form", ["csv", "yaml"])
@pytest.mark.parametrize("locale", ["zh", "en"])
def test_what_is_made_checks_clean_for_every_checklist(
    checklist: str, form: str, locale: str, tmp_path: Path, run: Run
) -> None:
    opened = start(tmp_path, run, checklist, "--locale", locale)
    make(opened, form)
    assert not check.check_unit(opened, "caojia", TODAY).findings
    assert not opened.findings
    found, _ = load.load_ledger(opened.workspace, "caojia", opened.terms)
    assert found
    assert found.rows == []
    if form == "csv":
        assert found.keys == tuple(field.key for field in opened.terms.fields)
        assert found.keys[0] == "id"


def test_a_csv_ledger_is_dressed_for_spreadsheets_and_speaks_the_campaigns_language(opened: Opened) -> None:
    make(opened)
    data = (opened.workspace.unit("caojia") / "ledger.csv").read_bytes()
    assert data.startswith("\ufeff编号,风险隐患类别,风险隐患基本情况,".encode())
    assert data.endswith(b"\r\n")


def test_the_example_in_a_yaml_ledger_is_an_entry_once_it_is_uncommented(opened: Opened) -> None:
    make(opened, "yaml")
    path = opened.workspace.unit("caojia") / "ledger.yaml"
    text = path.read_text(encoding="utf-8")
    assert "已整改" in text
    example = [line.removeprefix("# ") for line in text.splitlines() if line.startswith(("#   - ", "#     "))]
    path.write_text("\n".join(["entries:", *example]) + "\n", encoding="utf-8")
    assert not check.check_unit(opened, "caojia", TODAY).findings


def test_running_it_again_changes_nothing(opened: Opened) -> None:
    make(opened)
    folder = opened.workspace.unit("caojia")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert set(make(opened).values()) == {"kept"}
    assert set(make(opened, "yaml").values()) == {"kept"}
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_what_a_ledger_lacks_is_added_and_every_cell_stays(opened: Opened) -> None:
    path = opened.workspace.unit("caojia") / "ledger.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes('类别,存在问题,责任人,备注二\r\n2.7,门坏,张三,"a\nb"\r\n1.1,灯坏,,x\r\n'.encode("gb18030"))
    assert make(opened)["units/caojia/ledger.csv"] == "ids"
    found, _ = load.load_ledger(opened.workspace, "caojia", opened.terms)
    assert found
    assert [row[:4] for row in found.rows] == [["2.7", "门坏", "张三", "a\nb"], ["1.1", "灯坏", "", "x"]]
    assert all(found.column("id") or ())
    assert {"measures", "department", "deadline", "status"} <= set(found.index)
    assert path.read_bytes().decode("gb18030").startswith("类别,存在问题,责任人,备注二,整改措施,")


def test_a_ledger_that_cannot_be_read_is_left_alone(opened: Opened) -> None:
    path = opened.workspace.unit("caojia") / "ledger.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes('编号,类别\r\nA,"2.7\r\n'.encode())
    assert make(opened)["units/caojia/ledger.csv"] == "unreadable"
    assert path.read_bytes() == '编号,类别\r\nA,"2.7\r\n'.encode()


def test_figures_of_a_new_period_join_those_of_the_old(opened: Opened) -> None:
    path = opened.workspace.unit("caojia") / "figures.csv"
    path.parent.mkdir(parents=True)
    path.write_text("报告期,指标,数值,谁\n2022-08,走访人次,12,甲\nannex3,visits,15,甲\n", encoding="utf-8")
    assert make(opened)["units/caojia/figures.csv"] == "rows"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[:3] == ["报告期,指标,数值,谁", "2022-08,走访人次,12,甲", "annex3,visits,15,甲"]
    assert "annex3,走访人次,," not in lines
    assert len(lines) == 3 + len(opened.checklist.figures) - 1


@pytest.mark.parametrize(
    ("today", "period"),
    [
        (date(2022, 7, 1), "annex3"),
        (date(2022, 8, 5), "annex3"),
        (date(2022, 9, 29), "annex3"),
        (date(2023, 1, 1), "annex3"),
    ],
)
def test_figures_belong_to_the_period_of_the_table(opened: Opened, today: date, period: str) -> None:
    assert blanks.current_period(opened, today) == period


def test_without_named_periods_the_calendar_counts(tmp_path: Path, run: Run) -> None:
    opened = start(tmp_path, run, "safe-school")
    assert blanks.current_period(opened, date(2022, 8, 20)) in {
        "2022-08",
        *(period.id for period in opened.checklist.periods),
    }


TITLES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "编号",
                "类别",
                "存在问题",
                "责任人",
                "状态",
                "备注",
                "整改\n期限",
                "领导 批示",
                "a: b",
                "# x",
                "'q'",
                '"',
                "😀",
            ]
        ),
        st.text(
            alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), min_size=1, max_size=8
        ),
    ),
    min_size=2,
    max_size=6,
    unique=True,
)


def content(found: Ledger) -> tuple[object, ...]:
    rows = [
        sorted((title, cell) for title, cell in zip(found.headings, row, strict=True) if cell) for row in found.rows
    ]
    return rows, found.nil, [word for _, word in found.set_aside]


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(TITLES, st.data())
def test_csv_to_yaml_and_back_loses_nothing(titles: list[str], data: st.DataObject) -> None:
    width = len(titles)
    rows = data.draw(st.lists(st.lists(NAUGHTY, min_size=width, max_size=width), min_size=1, max_size=4))
    first = csv.write(titles, rows)
    sheet = csv.read(first, "ledger.csv")
    if tuple(titles) != sheet.header or not sheet.rows:
        return
    before = parse(first)
    second = blanks.convert(first, "ledger.csv", "u1", TERMS, "yaml")
    there = parse(second, "ledger.yaml")
    assert content(there) == content(before)
    third = blanks.convert(second, "ledger.yaml", "u1", TERMS, "csv")
    back = csv.read(third, "ledger.csv")
    if len({key for key in before.keys if key}) == sum(map(bool, before.keys)):
        assert back.header == sheet.header
        assert back.rows == sheet.rows
    assert content(parse(third)) == content(before)


@pytest.mark.parametrize(
    "text",
    [
        "nil: true\n",
        "nil: true\nentries: []\n",
        "entries:\n",
        "[]\n",
        "- 责任人: [甲, 乙]\n  备注: |\n    一\n    二\n",
    ],
)
def test_yaml_to_csv_says_the_same(text: str) -> None:
    before = parse(text.encode(), "ledger.yaml")
    after = parse(blanks.convert(text.encode(), "ledger.yaml", "u1", TERMS, "csv"))
    assert content(after) == content(before)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("编号,备注,备注\r\nA,甲,乙\r\n", "ledger.csv"),
        ("编号,\r\nA,甲\r\n", "ledger.csv"),
        ("说明: 甲\nentries: []\n", "ledger.yaml"),
    ],
)
def test_what_the_other_format_cannot_hold_is_refused(data: str, name: str) -> None:
    with pytest.raises(blanks.NotConvertibleError):
        blanks.convert(data.encode(), name, "u1", TERMS, "yaml" if name.endswith("csv") else "csv")


def test_headings_are_read_back_as_their_fields_in_both_languages() -> None:
    for name in CHECKLISTS:
        checklist, _ = load.load_checklist(load.find_checklist(name, None), name)
        for locale in ("zh", "en"):
            terms = Terms(Campaign(name="x", checklist=name, locale=locale), checklist)
            heads = blanks.headings(terms)
            assert len(set(heads)) == len(heads)
