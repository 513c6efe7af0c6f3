"""The examples are what their page says, and the demo tells its story on any machine, any number of times."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import make_dachuan
import pytest

from conftest import ROOT, Result, call, spawn
from hazardctl import demo, load
from hazardctl.check import check
from hazardctl.commands.demo import quoted
from hazardctl.entry import ID_LOOK
from hazardctl.load import Opened
from hazardctl.rollup import roll_up
from hazardctl.workspace import Workspace

pytestmark = pytest.mark.usefixtures("inside")  # children in limits fill in the reports of demos in processes of theirs
EXAMPLES = ROOT / "examples"
DACHUAN = EXAMPLES / "dachuan-2022"
DAYS = {"dachuan-2022": demo.TODAY, "safe-school-small": date(2023, 6, 2), "detention-en": date(2022, 9, 7)}
SIZES = {"dachuan-2022": (22, 318), "safe-school-small": (4, 11), "detention-en": (4, 15)}  # units, entries
# What is wrong in the example of 002, file by file.
FOUND = {
    "units/baihe/ledger.csv": "L110 L402",
    "units/changping/ledger.csv": "L103 L120 L501",
    "units/fengming/ledger.csv": "L105 L210 L404",
    "units/huangjue/figures.csv": "G107",
    "units/huangjue/ledger.csv": "L205",
    "units/jinqiao/ledger.csv": "L111 L401 L405",
    "units/liuxi/ledger.csv": "L201 L404",
    "units/nanxi/figures.csv": "G111",
    "units/nanxi/ledger.csv": "L403 L407",
    "units/qingshi/figures.csv": "G105",
    "units/qingshi/ledger.csv": "L302 L403 L403",
    "units/shuangdu/ledger.csv": "L103 L211 L402 L501",
    "units/songlin/ledger.yaml": "L305",
    "units/tongshi/ledger.csv": "L111 L401",
    "units/wangjiang/figures.csv": "G115",
    "units/wangjiang/ledger.csv": "L301",
    "units/wenfeng/ledger.csv": "L307",
}


def opened(name: str) -> Opened:
    return load.opened(Workspace(EXAMPLES / name))


def test_the_example_is_what_its_generator_makes() -> None:
    made = make_dachuan.files()
    there = {path.relative_to(DACHUAN).as_posix() for path in DACHUAN.rglob("*") if path.is_file()}
    assert there == set(made)
    differing = [name for name, data in made.items() if (DACHUAN / name).read_bytes() != data]
    assert not differing, "run `python examples/make_dachuan.py`"


def test_every_example_is_among_those_tested() -> None:
    assert {path.parent.name for path in EXAMPLES.glob("*/campaign.yaml")} == set(DAYS)


@pytest.mark.parametrize("name", DAYS)
def test_an_example_has_the_size_its_page_gives(name: str) -> None:
    campaign = opened(name)
    checked = check(campaign, DAYS[name])
    assert (len(campaign.units.units), checked.entries) == SIZES[name]
    assert not campaign.findings


@pytest.mark.parametrize("name", ["safe-school-small", "detention-en"])
def test_a_small_example_is_clean(name: str) -> None:
    assert not check(opened(name), DAYS[name]).findings


def test_the_example_of_002_has_just_the_findings_it_is_to_show() -> None:
    found: dict[str, list[str]] = {}
    for finding in check(opened("dachuan-2022"), demo.TODAY).findings:
        found.setdefault(finding.path, []).append(finding.code)
    assert {path: " ".join(sorted(codes)) for path, codes in found.items()} == FOUND


def test_ids_are_of_the_house_and_nobodys_twice() -> None:
    ids = [cells[0] for _, table in _tables() for cells in table[1:] if cells[0]]
    ids = [one for one in ids if one != "合计"]
    ids += re.findall(r"编号: (.+)", (DACHUAN / "units/songlin/ledger.yaml").read_text(encoding="utf-8"))
    assert not [one for one in ids if not ID_LOOK.fullmatch(one)]
    assert len(ids) == len(set(ids)) == 317  # one entry has none


def test_the_units_of_the_example_are_as_mixed_as_real_ones() -> None:
    campaign = opened("dachuan-2022")
    levels = {unit.id: level for unit, level in campaign.units.walk()}
    leaves = [unit for unit in levels if campaign.units.is_leaf(unit)]
    assert max(levels.values()) == 3
    assert len(leaves) == 17
    states = Counter(result.state for result in check(campaign, demo.TODAY).results if result.unit in leaves)
    assert states == {"entries": 15, "nil": 1, "missing": 1}
    assert [unit.id for unit in campaign.units.units.values() if unit.closed] == ["lishu"]
    dresses = Counter(_dress(path.read_bytes()) for path in DACHUAN.glob("units/*/ledger.*"))
    assert dresses == {("utf-8-sig", "\r\n"): 11, ("gbk", "\r\n"): 3, ("utf-8", "\n"): 2}


def test_the_cells_of_the_example_are_as_long_and_as_broken_as_real_ones() -> None:
    cells = [cell for _, table in _tables() for row in table for cell in row]
    assert sum("\n" in cell for cell in cells) >= 8
    assert max(map(len, cells)) > 200


def test_the_person_register_holds_as_many_cases_as_are_reported_and_no_names_of_them() -> None:
    for path in DACHUAN.glob("units/*/register.csv"):
        register = _table(path)
        figures = _table(path.with_name("figures.csv"))
        assert len(register) - 1 == int(figures[1][2])
        assert all(re.fullmatch(r"A\d{6}", row[0]) and row[1] in ("6", "9") for row in register[1:])


# A second count of annex 3, with nothing of hazardctl's own in it.

STATUS = {"已整改": "done", "整改中": "in_progress", "未整改": "not_started", "无法整改": "unable"}
STATUS |= {"已完成": "done", "已销号": "done", "正在整改": "in_progress", "待验收": "in_progress"}
FIGURE = {
    "6+9类重点社区矫正对象数": "key_persons", "应收未收数": "not_received", "脱管人数": "absconded",
    "在册社区矫正对象数": "supervised", "定位监管人数": "located", "走访人次": "visits", "惩处人次": "penalties",
    "教育人次": "education", "帮扶人次": "support",
}  # fmt: skip
STOCKS = ("key_persons", "not_received", "absconded", "supervised", "located")


def _dress(data: bytes) -> tuple[str, str]:
    codec = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        codec = "gbk"
    return codec, "\r\n" if b"\r\n" in data else "\n"


def _table(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    return list(csv.reader(io.StringIO(data.decode(_dress(data)[0]), newline="")))


def _tables() -> Iterator[tuple[str, list[list[str]]]]:
    for path in sorted(DACHUAN.glob("units/*/ledger.csv")):
        yield path.parent.name, _table(path)


def _recounted() -> dict[str, Counter[str]]:
    """Count each unit's entries by status, and settle its figures: stocks as last reported, flows added up."""
    units: dict[str, Counter[str]] = {}
    for unit, table in _tables():
        at = next(n for n, title in enumerate(table[0]) if title in ("整改状态", "整改进展"))
        units[unit] = Counter(STATUS[row[at]] for row in table[1:] if row[at] in STATUS)
    said = (DACHUAN / "units/songlin/ledger.yaml").read_text(encoding="utf-8")
    units["songlin"] = Counter(STATUS[word] for word in re.findall(r"整改状态: (.+)", said))
    for path in DACHUAN.glob("units/*/figures.csv"):
        counts, unread = units[path.parent.name], set()
        for _, name, value in sorted(_table(path)[1:], key=lambda row: _ends(row[0])):
            key = FIGURE.get(name, name)
            number = re.fullmatch(r"(\d+)(人次)?", value)
            if value and not number:
                unread.add(key)
            elif number:
                counts[key] = int(number[1]) + (0 if key in STOCKS else counts[key])
        for key in unread:
            del counts[key]
    return units


def _ends(period: str) -> str:
    named = {"annex2": "2022-08-09", "annex1": "2022-09-06", "2022-08": "2022-08-31"}
    return named.get(period) or (
        date.fromisocalendar(2022, int(period[-2:]), 7).isoformat() if "W" in period else period
    )


def test_the_table_holds_what_a_second_count_finds_at_every_level() -> None:
    campaign = opened("dachuan-2022")
    counted = _recounted()
    assert sum(sum(unit[status] for status in set(STATUS.values())) for unit in counted.values()) == 316
    for row in roll_up(campaign, today=demo.TODAY).rows:
        below = campaign.units.under(row.unit) if row.unit else tuple(counted)
        whole: Counter[str] = sum((counted[unit] for unit in below if unit in counted), Counter())
        for key, value in row.values.items():
            if key == "location_rate":
                assert value == _rate([counted[unit] for unit in below if unit in counted]), (row.unit, key)
            else:
                assert (value or 0) == whole[key], (row.unit, key)
        if row.unit == "zhuba":
            assert set(row.values.values()) == {None}


def _rate(units: list[Counter[str]]) -> Decimal | None:
    both = [unit for unit in units if "located" in unit and "supervised" in unit]
    people = sum(unit["supervised"] for unit in both)
    if not people:
        return None
    rate = Decimal(100 * sum(unit["located"] for unit in both)) / people
    return rate.quantize(Decimal("0.1"), ROUND_HALF_UP)


@pytest.mark.parametrize("name", ["safe-school-small", "detention-en"])
def test_a_small_example_rolls_up_whole(name: str) -> None:
    campaign = opened(name)
    for table in campaign.checklist.tables:
        rolled = roll_up(campaign, table.id, today=DAYS[name])
        assert rolled.exit_code == 0
        if "found" in rolled.rows[-1].values:
            assert rolled.rows[-1].values["found"] == SIZES[name][1]


# The demo


STEPS = {"en": ("An example campaign", "Check", "Roll up", "Report", "Now you"),
         "zh": ("写出示例活动", "检查", "汇总", "报告", "动手试试")}  # fmt: skip
ENDED = {"en": "Read: 17 units that keep a ledger, 318 entries.", "zh": "读取：17 个填报台账的单位、318 条。"}


def _contents(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _told(result: Result, language: str) -> None:
    assert result.code == 0, result.err
    headings = re.findall(r"^\d\. (.+)$", result.out, re.MULTILINE)
    assert len(headings) == len(STEPS[language])
    assert all(heading.startswith(step) for heading, step in zip(headings, STEPS[language], strict=True))
    assert result.err.splitlines()[-1].startswith(ENDED[language])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_demo_tells_the_whole_story_from_an_empty_folder(language: str) -> None:
    result = call("demo", "--lang", language)
    _told(result, language)
    assert "98." in result.out  # the rate of the table
    assert "L110" in result.out
    folder = Path("hazardctl-demo")
    for name in ("campaign.yaml", "units/jinqiao/ledger.csv", "units/songlin/ledger.yaml"):
        assert (folder / name).read_bytes() == (DACHUAN / name).read_bytes()
    assert sorted(path.name for path in (folder / "reports").iterdir()) == [
        "weekly-2022-09-07.html", "weekly-2022-09-07.md",
    ]  # fmt: skip
    assert (folder / "schemas/ledger.schema.json").is_file()


def test_the_demo_run_again_says_the_same_and_changes_nothing() -> None:
    first = call("demo", "--lang", "zh")
    before = _contents(Path("hazardctl-demo"))
    again = call("demo", "--lang", "zh")
    _told(again, "zh")
    assert again.out.partition("\n2. ")[2] == first.out.partition("\n2. ")[2]
    assert _contents(Path("hazardctl-demo")) == before


def test_the_demo_never_destroys_what_someone_typed() -> None:
    call("demo")
    ledger = Path("hazardctl-demo/units/jinqiao/ledger.csv")
    mine = (
        ledger.read_bytes()
        + "H222-2222-2222,99,2,2.8,值班表没有上墙,当天张贴,值班室,王磊,立即,未整改,,2022-09-05,,\r\n".encode()
    )
    ledger.write_bytes(mine)
    Path("hazardctl-demo/units/baihe/figures.csv").unlink()
    again = call("demo")
    assert ledger.read_bytes() == mine
    assert "units/jinqiao/ledger.csv" in again.out
    assert Path("hazardctl-demo/units/baihe/figures.csv").is_file()


def test_the_demo_does_not_put_a_second_ledger_beside_one_in_the_other_format() -> None:
    call("demo")
    kept = Path("hazardctl-demo/units/songlin/ledger.csv")
    Path("hazardctl-demo/units/songlin/ledger.yaml").unlink()
    kept.write_bytes("编号,风险隐患类别\r\n".encode())
    demo.copy(Path("hazardctl-demo"))
    assert [path.name for path in kept.parent.glob("ledger.*")] == ["ledger.csv"]


def test_a_demo_that_was_cut_short_is_completed() -> None:
    names = iter(demo.files())
    name, data = next(names)
    assert name == "campaign.yaml"
    Path("cut").mkdir()
    Path("cut", name).write_bytes(data)
    assert len(demo.copy(Path("cut")).made) == len(list(names))


def test_the_demo_leaves_a_folder_with_anything_else_alone() -> None:
    Path("ours").mkdir()
    Path("ours/台账.csv").write_text("编号\n", encoding="utf-8")
    Path("campaign").mkdir()
    Path("campaign/campaign.yaml").write_text("name: 甲\nchecklist: safe-school@1.0\n", encoding="utf-8")
    for taken in ("ours", "campaign", "ours/台账.csv"):
        before = _contents(Path())
        result = call("demo", taken, "--lang", "zh")
        assert result.code == 3
        assert "没有写入任何文件" in result.err
        assert _contents(Path()) == before


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_the_demo_does_not_follow_links_out_of_its_folder(tmp_path: Path) -> None:
    call("demo")
    (tmp_path / "elsewhere").mkdir()
    for path in sorted(Path("hazardctl-demo/reports").iterdir()):
        path.unlink()
    Path("hazardctl-demo/reports").rmdir()
    Path("hazardctl-demo/reports").symlink_to(tmp_path / "elsewhere")
    assert call("demo").code == 3
    assert not list((tmp_path / "elsewhere").iterdir())


def test_the_demo_runs_in_a_path_with_spaces_and_chinese() -> None:
    result = spawn(
        "--lang", "zh", "demo", "示例 文件夹/hazardctl demo", encoding="gbk", env={"PYTHONIOENCODING": "gbk"}
    )
    _told(result, "zh")
    assert quoted(Path("示例 文件夹/hazardctl demo")) in result.out
    assert Path("示例 文件夹/hazardctl demo/reports/weekly-2022-09-07.html").is_file()


def test_the_demo_takes_another_day_where_asked() -> None:
    result = call("demo", "--today", "2022-09-20", "--lang", "en")
    assert result.code == 0
    assert "--today 2022-09-20" in result.out
    assert Path("hazardctl-demo/reports/weekly-2022-09-20.md").is_file()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_commands_the_demo_names_can_be_typed(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    result = call("demo", "--lang", language)
    typed = re.findall(r"\$ hazardctl (.+)", result.out)
    assert len(typed) == 14
    monkeypatch.chdir("hazardctl-demo")
    for words in typed[2:]:
        told = call(*words.split())
        assert told.code in (0, 1, 4), (words, told.err)


@pytest.mark.parametrize(("language", "owner"), [("en", "WangLei"), ("zh", "王磊")])
def test_the_finding_the_demo_lets_its_reader_mend_is_gone(
    language: str, owner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = call("demo", "--lang", language)
    mend = re.search(rf"hazardctl (set .+ owner={owner} .+)", result.out)
    assert mend
    monkeypatch.chdir("hazardctl-demo")
    assert call(*mend[1].split()).code == 0
    assert "L110" not in call("check", "--today", "2022-09-07").out


@pytest.mark.parametrize(
    ("path", "typed"), [("demo", "demo"), ("演示", "演示"), ("my demo", "'my demo'"), ("a$b", "'a$b'")]
)
@pytest.mark.skipif(os.name == "nt", reason="another shell")
def test_a_path_is_shown_as_the_shell_takes_it(path: str, typed: str) -> None:
    assert quoted(Path(path)) == typed


def test_the_same_demo_gives_the_same_bytes_in_another_place(tmp_path: Path) -> None:
    run: Callable[[str], Result] = lambda folder: spawn(  # noqa: E731
        "--lang", "zh", "demo", folder, env={"TZ": "Asia/Shanghai", "PYTHONHASHSEED": str(len(folder)), "LC_ALL": "C"}
    )
    for folder in ("a", "bb/c"):
        assert run(folder).code == 0
    assert _contents(tmp_path / "a") == _contents(tmp_path / "bb/c")
