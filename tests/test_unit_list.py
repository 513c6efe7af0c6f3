"""The list of units is read by column and checked as a whole; what is said of it is what is said row by row."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import office
import row_by_row
from hazardctl import load, rollup, rules, text, units
from hazardctl.cells import unit_names
from hazardctl.fields import folded_headings, heading
from hazardctl.formats import columns, csv
from hazardctl.load import Opened
from hazardctl.units import Unit, UnitTree
from hazardctl.workspace import Workspace, folders_in
from office import TODAY

HEADS = (
    "id name parent kind opened closed",
    "单位编号 单位名称 上级单位 类型 启用日期 停用日期",
    "name id 上级 opened closed 备注",
    "id name parent kind opened closed 成立日期",
    "id parent",
    "id name id",
    "id",
    "name parent",
)
IDS = (
    *("a", "A", "b", "ａ", "o0", "oo", "l1", "1l", "CON", "com1", "nul.txt", "x.y", "x..y", "../z", "-q", "é"),
    *("e\u0301", "甲", "甲 ", "z" * 65, "ß", "ss", "İ", "", "d", "e", "f", "g", "h"),
)
NAMES = (
    *(
        "城关镇司法所",
        "城关镇 司法所",
        "城關鎮司法所",
        "城关镇政府",
        "城关镇人民政府",
        "达州市城关镇司法所",
        "县城关镇司法所",
    ),
    *("四川省达州市达川区城关镇司法所", "四川省达州市达川区荷花县城关镇司法所", "街道办", "春熙街道办事处", "春熙街道"),
    *(
        "第一中学",
        "一中",
        "第1中学",
        "Alpha",
        "ALPHA",
        "al pha",
        "A_B",
        "AB",
        "ﬁn",
        "fin",
        "甲：",
        "甲",
        "无",
        "（甲）",
        "(甲)",
    ),
    *("县城关镇司法所", "（甲）", "(甲)"),
    *("城关\u202e镇", "甲\u200b", "城?1", "锟斤拷", "かﾞ", "か\u3099", "\u3099か", "x\u3000", ""),
)
Told = tuple[str, int, int, str, str, dict[str, str]]
DAYS = ("", "", "2021-05-01", "2022-05-01", "去年", "2021年5月1日", "2022-02-30", "/", "9月6日", " 2021-05-01 ")


def messy(chance: random.Random) -> bytes:
    """Make a list of units as nobody would want it."""
    head = chance.choice(HEADS[: chance.choice((4, 4, len(HEADS)))]).split()
    keys = load.unit_keys(head)
    mixed = chance.random() < 0.5
    ids = chance.sample(IDS, chance.randint(1, len(IDS))) if mixed else [f"u{number:02}" for number in range(30)]
    names = chance.sample(NAMES, chance.randint(1, len(NAMES)))
    pools = {"id": ids, "name": names, "parent": ("", *ids, "zz"), "kind": ("", "所", "所 ")}
    pools |= {"opened": DAYS, "closed": DAYS, "": ("", "备")}
    lines = [[chance.choice(pools[key]) for key in keys] for _ in range(chance.choice((0, 1, 4, 12, 30)))]
    for line, unit in zip(lines, ids, strict=False) if "id" in keys else ():
        line[keys.index("id")] = unit
    lines.insert(0, head)
    delimiter, newline = chance.choice(",,,;\t"), chance.choice(("\r\n", "\r\n", "\n", "\r"))
    if chance.random() < 0.25:
        _spoil(lines, chance, delimiter)
    quotes = chance.random() < 0.2
    records = [delimiter.join(csv.cell(cell, delimiter) for cell in line) + newline for line in lines]
    if quotes:
        records = [delimiter.join(f'"{cell}"' for cell in line) + newline for line in lines]
    whole = "".join(records)
    if chance.random() < 0.2:
        whole = whole.removesuffix(newline)
    return whole.encode(chance.choice(("utf-8-sig", "utf-8", "gb18030", "utf-16")))


def _spoil(lines: list[list[str]], chance: random.Random, delimiter: str) -> None:
    at = chance.randrange(len(lines))
    line = lines[at]
    match chance.randrange(8):
        case 0:
            lines[at] = line[:-1]
        case 1:
            lines[at] = [*line, chance.choice(("", "多"))]
        case 2:
            lines[at] = [""] * len(line)
        case 3:
            lines.insert(at, [])
        case 4:
            lines.insert(at, ["<<<<<<< ours"])
        case 5:
            line[-1:] = ["两行\n两行"]
        case 6:
            line[-1:] = ["a\0b"]
        case _:
            line[-1:] = [f"a\x85b\u2028{delimiter}"]


def opened_as(tree: UnitTree, workspace: Workspace) -> Opened:
    """Give what the rules for the list of units look at of a campaign."""
    nothing: Any = None
    return Opened(workspace, nothing, nothing, workspace.campaign, tree, nothing)


def placed(sheet: csv.Sheet, code: str, row: int, key: str, values: dict[str, str]) -> Told:
    """Say what was found in a row as a finding says it."""
    keys = load.unit_keys(sheet.header)
    place = sheet.place(row, keys.index(key) if key in keys else 0)
    return code, *place, key, row_by_row.rows(sheet)[row]["id"], values


@given(st.integers(0, 1 << 32))
@settings(max_examples=300, deadline=None)
def test_what_is_read_by_column_is_what_is_read_row_by_row(tmp_path_factory: Any, seed: int) -> None:
    compare(messy(random.Random(seed)), tmp_path_factory.getbasetemp())


@pytest.mark.parametrize(
    "lines",
    [
        ["\t\t"],
        ["", " "],
        ["id,parent", "A,", "a,", "A,ａ"],
        ["id,name", "a,达州市达川区百节镇司法所", "b,百节镇司法所"],
        ["id,name", "a,百节镇司法所", "b,达州市达川区百节镇司法所"],
        ["id,name", "a,甲州市乙川区丙县百节镇司法所", "b,丁州市戊川区丙县百节镇司法所", "c,丙县百节镇司法所"],
        ["id,name,parent", "a,达州市百节镇司法所,", "b,百节镇司法所,a", "c,百节镇司法所,"],
    ],
)
def test_what_is_said_of_few_rows_is_said_row_by_row(lines: list[str], tmp_path: Path) -> None:
    compare("\n".join([*lines, ""]).encode(), tmp_path)


def test_a_name_with_the_city_and_one_without_are_told_whichever_comes_first(tmp_path: Path) -> None:
    for names in (
        ("达州市达川区百节镇司法所", "百节镇司法所"),
        ("第一中学", "一中"),
        ("百节镇政府", "达州市百节鎮人民政府"),
    ):
        for first, second in (names, names[::-1]):
            workspace = Workspace(tmp_path)
            workspace.units.write_text(f"id,name\na,{first}\nb,{second}\n", encoding="utf-8")
            tree = units.tree(tuple(load.load_units(workspace)[0]))
            assert [one.code for one in rules.units.check(opened_as(tree, workspace))] == ["U108"]


def compare(data: bytes, folder: Path) -> None:
    """Hold what is said of a list of units against what is said row by row."""
    workspace = Workspace(folder)
    workspace.units.write_bytes(data)
    sheet = csv.read(data, "units.csv")
    listed, found = load.load_units(workspace)
    ours = [*found, *rules.units.check(opened_as(units.tree(tuple(listed)), workspace))]
    assert ours[: len(sheet.findings)] == sheet.findings
    ours = ours[len(sheet.findings) :]
    if "id" not in load.unit_keys(sheet.header):
        assert not listed
        assert [one.code for one in ours] == ["U101"] * bool(sheet.header)
        return
    assert tuple(listed) == row_by_row.units(sheet)
    theirs = [one for one in row_by_row.found(sheet) if not sheet.findings or one[0] == "U109"]
    said: list[Told] = [
        (one.code, one.line, one.column, one.field, one.unit, {"value": one.value, **dict(one.args)})
        for one in ours if one.code != "U113"
    ]  # fmt: skip
    assert sorted(said, key=str) == sorted((placed(sheet, *one) for one in theirs), key=str)
    assert all(one.source == sheet.line(one.line) for one in ours if one.code != "U109")


@given(st.integers(0, 1 << 32))
@settings(max_examples=300, deadline=None)
def test_a_tree_is_what_each_units_way_up_says(seed: int) -> None:
    chance = random.Random(seed)
    ids = [f"u{number}" for number in range(chance.randint(1, 12))]
    listed = tuple(Unit(chance.choice([*ids, ""]), "", chance.choice(["", "zz", *ids])) for _ in range(len(ids) * 2))
    tree, below = units.tree(listed), row_by_row.children(listed)
    assert tree.units == {unit.id: unit for unit in listed if unit.id}
    assert {name: list(one) for name, one in tree.children.items()} == below
    assert list(tree.children) == list(below)
    assert [(unit.id, level) for unit, level in tree.walk()] == list(row_by_row.walked(below))
    for unit in tree.units:
        under = [name for name, _ in row_by_row.walked(below, unit)]
        assert list(tree.under(unit)) == [unit, *under]
        assert [(one.id, level) for one, level in tree.walk(unit, 3)] == list(row_by_row.walked(below, unit, 3))
        assert all(unit in tree.above(name) for name in under)


@given(st.integers(0, 1 << 32))
@settings(max_examples=300, deadline=None)
def test_columns_are_the_cells_of_the_sheet_and_know_their_places(seed: int) -> None:
    data = messy(random.Random(seed))
    sheet, found = csv.read(data, "a.csv"), columns.read(data, "a.csv")
    ours = found.sheet
    assert (ours.header, ours.findings, list(ours.lines)) == (sheet.header, sheet.findings, list(sheet.lines))
    assert [list(row) for row in zip(*found.cells, strict=True)] == (sheet.rows if sheet.header else [])
    for row, column in [(row, column) for row in range(-1, len(sheet.rows)) for column in range(len(sheet.header))]:
        assert ours.place(row, column) == sheet.place(row, column)
        assert ours.line(ours.place(row, column)[0]) == sheet.line(sheet.place(row, column)[0])


@pytest.mark.parametrize("length", [1, csv.LARGEST_CELL - 9, csv.LARGEST_CELL + 1])
@pytest.mark.parametrize("before", [0, 1, 12_000])
def test_a_cell_that_is_too_large_is_too_large_by_column_too(length: int, before: int) -> None:
    line = f"a,{'b' * 97}\n"
    data = ("id,name\n" + line * before + f"c,{'x' * length}\nd,e\n").encode()
    found, sheet = columns.read(data, "a.csv"), csv.read(data, "a.csv")
    assert [one.code for one in sheet.findings] == ["F104"] * (length > csv.LARGEST_CELL)
    assert found.sheet.findings == sheet.findings
    assert [list(row) for row in zip(*found.cells, strict=True)] == sheet.rows
    assert length > 1 or not found.sheet.rows  # by column, however many lines there are


@given(st.lists(st.lists(st.sampled_from([*NAMES, *IDS, "\n", " ", "市", "县", "小", "Σ"]), max_size=4).map("".join)))
@settings(deadline=None)
@example(["\n"])
@example(["\n\u0301甲", "甲 "])
def test_many_names_and_ids_are_what_each_is_alone(names: list[str]) -> None:
    bones = unit_names.all_bones(names)
    assert bones == list(map(unit_names.bones, names))
    assert text.each(unit_names.without_place, bones) == list(map(unit_names.without_place, bones))
    assert folded_headings(names) == list(map(heading, names))
    assert text.each(text.fold, names) == list(map(text.fold, names))
    assert text.each(units.look, names) == list(map(units.look, names))
    assert units.unsafe_ids(names) == {name for name in names if units.unsafe_id(name)}


def test_a_row_without_an_id_is_told_of_and_stands_nowhere(tmp_path: Path) -> None:
    files = {"units.csv": "id,name,parent\na,东区所,\n,西区所,a\n,南区所,\nb,北区所,a\n"}
    found = office.checked(office.campaign(tmp_path, files))
    assert [(one.code, one.line) for one in found.findings] == [("U102", 3), ("U102", 4)]
    assert [one.unit for one in found.results] == ["a", "b"]
    opened = load.opened(Workspace(tmp_path))
    table = rollup.roll_up(opened, today=TODAY)
    assert [row.unit for row in table.rows] == ["a", "b", ""]
    assert table.remarks.flawed == (("units.csv", 2),)


def test_units_that_stand_in_one_long_line_or_one_large_circle_are_gone_through_once(tmp_path: Path) -> None:
    many_units = 20_000
    line = "".join(f"u{number},{number}号所,u{number - 1}\n" for number in range(many_units))
    workspace = Workspace(office.campaign(tmp_path, {"units.csv": f"id,name,parent\n{line}"}))
    tree = load.opened(workspace).units
    assert [level for _, level in tree.walk()] == list(range(1, many_units + 1))
    assert len(tree.above(f"u{many_units - 1}")) == many_units - 1
    workspace.units.write_text(f"id,name,parent\n{line}".replace("u-1", f"u{many_units - 1}"), encoding="utf-8")
    opened = load.opened(workspace)
    assert {level for _, level in opened.units.walk()} == {1}
    found = list(rules.units.check(opened))
    assert {one.code for one in found} == {"U106"}
    assert len(found) == many_units
    assert "u7 → u6 → u5" in found[7].message()


def test_only_folders_that_are_not_sure_are_named(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
    (tmp_path / "d").write_text("", encoding="utf-8")
    assert folders_in(tmp_path) == ["a", "b", "c"]
    assert folders_in(tmp_path, {"a", "d"}) == ["b", "c"]
    assert folders_in(tmp_path / "none", {"a"}) == []
    (tmp_path / "e").symlink_to(tmp_path / "a", target_is_directory=True)
    assert folders_in(tmp_path, {"a", "b", "e"}) == ["c", "e"]
