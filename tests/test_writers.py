"""Every writer draws the same document; none lets data become anything but text."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl import text as words
from hazardctl.document import Cell, Document, Grid, GridColumn, GridRow, headings
from hazardctl.writers import BINARY, SUFFIXES, WRITERS, html, md, named, text
from hazardctl.writers import csv as csv_writer
from hazardctl.writers import json as json_writer


@dataclass(frozen=True)
class Screen:
    width: int = 80
    unicode: bool = True


def number(value: str) -> Cell:
    return Cell(f"{value}%", value, number=True)


def document(*names: str, label: str = "总数") -> Document:
    columns = (
        GridColumn("unit", ("地区",)),
        GridColumn("found", ("排查风险隐患", label), "right"),
        GridColumn("done", ("排查风险隐患", "其中", "已整改"), "right"),
        GridColumn("open", ("排查风险隐患", "其中", "未整改"), "right"),
        GridColumn("rate", ("整改率",), "right"),
    )
    rows = [GridRow((Cell(name, name), *[number("5")] * 4)) for name in names]
    total = GridRow((Cell("合计", "合计"), *[number("-5")] * 4), "total", 0)
    grid = Grid("t", columns, (*rows, total), notes=("一条说明",))
    return Document(
        "统计表", facts={"报告期": "2022-08"}, grids=(grid,), data={"rows": [{"n": Decimal("1.50"), "s": "a"}]}
    )


class Tables(HTMLParser):
    """Read a page's table back: its heading cells with their spans, and its rows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_every_writer_is_listed_and_draws_the_document() -> None:
    folder = Path(named("md").__file__).parent  # type: ignore[attr-defined]
    assert {path.stem for path in folder.glob("*.py")} - {"__init__"} == set(WRITERS)
    assert set(SUFFIXES.values()) <= set(WRITERS)
    for name in WRITERS:
        drawn = named(name).file(document("甲", "乙"))
        assert drawn == named(name).file(document("甲", "乙"))
        assert name in BINARY or drawn.endswith(b"\n")


def test_headings_are_merged_over_their_columns() -> None:
    rows = [[(cell.text, cell.across, cell.down) for cell in row] for row in headings(document("甲").grids[0])]
    assert rows == [
        [("地区", 1, 3), ("排查风险隐患", 3, 1), ("整改率", 1, 3)],
        [("总数", 1, 2), ("其中", 2, 1)],
        [("已整改", 1, 1), ("未整改", 1, 1)],
    ]


def test_equal_headings_apart_are_not_merged() -> None:
    columns = tuple(GridColumn(path[-1], path) for path in (("甲", "数"), ("乙",), ("甲", "数")))
    rows = [[(cell.text, cell.across) for cell in row] for row in headings(Grid("t", columns, ()))]
    assert rows == [[("甲", 1), ("乙", 1), ("甲", 1)], [("数", 1), ("数", 1)]]


paths = st.lists(st.lists(st.sampled_from("甲乙丙"), min_size=1, max_size=4).map(tuple), min_size=1, max_size=9)


@given(paths)
def test_merged_headings_cover_each_place_once(found: list[tuple[str, ...]]) -> None:
    rows = headings(Grid("t", tuple(GridColumn(str(at), path) for at, path in enumerate(found)), ()))
    covered: set[tuple[int, int]] = set()
    for down, row in enumerate(rows):
        at = 0
        for cell in row:
            while (down, at) in covered:
                at += 1
            places = {(down + y, at + x) for y in range(cell.down) for x in range(cell.across)}
            assert not places & covered
            covered |= places
    assert len(covered) == len(rows) * len(found)


@given(paths, st.integers(10, 200), st.booleans())
def test_a_drawn_table_is_straight_at_any_width(found: list[tuple[str, ...]], width: int, unicode: bool) -> None:
    columns = tuple(GridColumn(str(at), path, "right") for at, path in enumerate(found))
    grid = Grid("t", columns, (GridRow(tuple(Cell("x" * at, "") for at in range(len(found)))),))
    assert len({words.width(line) for line in text.table(grid, Screen(width, unicode))}) == 1


def test_on_a_narrow_terminal_headings_are_broken_and_no_figure_is_cut() -> None:
    wide = text.draw(document("甲", label="重点社区矫正对象数"), Screen(200))
    narrow = text.draw(document("甲", label="重点社区矫正对象数"), Screen(46))
    assert max(map(words.width, narrow.splitlines())) <= 46 < max(map(words.width, wide.splitlines()))
    assert wide.count("5%") == narrow.count("5%") == 8


@given(paths.filter(lambda found: len(found) > 1), st.integers(30, 120))
def test_a_table_in_parts_holds_every_figure_once_and_fits_the_terminal(
    found: list[tuple[str, ...]], width: int
) -> None:
    columns = tuple(GridColumn(str(at), path, "right") for at, path in enumerate(found))
    grid = Grid("t", columns, (GridRow(tuple(Cell("x" * 8 + str(at)) for at in range(len(found)))),))
    parts = text.parts(grid, Screen(width))
    assert [column for part in parts for column in part.columns[1:]] == list(columns[1:])
    assert all(part.columns[0] == columns[0] for part in parts)
    drawn = [line for part in parts for line in text.table(part, Screen(width))]
    assert max(map(words.width, drawn)) <= width


def test_a_table_that_fits_stays_whole() -> None:
    grid = document("甲").grids[0]
    assert text.parts(grid, Screen(200)) == [grid]
    assert text.parts(grid, text.Paper()) == [grid]


def test_no_heading_ends_in_a_single_character() -> None:
    columns = tuple(GridColumn(str(at), (label,)) for at, label in enumerate(("地区", "走访人次", "应收未收数")))
    grid = Grid("t", columns, (GridRow((Cell("甲"), Cell("100000"), Cell("10000000"))),))
    drawn = [line.replace(" ", "") for line in text.table(grid, Screen(28))]
    assert "││走访│应收未││地区│人次│收数│" in "".join(drawn)


def test_a_terminal_without_unicode_gets_boxes_it_can_show() -> None:
    drawn = text.draw(document("甲"), Screen(unicode=False))
    assert "+-" in drawn
    assert "│" not in drawn
    drawn.encode("gbk")


def test_nothing_in_the_data_acts_on_a_terminal() -> None:
    drawn = text.draw(document("\x1b[2J甲\u202e", "[red]乙[/x]"), Screen())
    assert "\x1b" not in drawn
    assert "\u202e" not in drawn
    assert "[red]乙[/x]" in drawn


@pytest.mark.parametrize("begin", list("=+-@\t\r＝＋－＠"))
def test_text_that_a_spreadsheet_takes_for_a_formula_gets_a_quote_and_numbers_never(begin: str) -> None:
    drawn = csv_writer.draw(document(f"{begin}cmd|' /C calc'!A0", label=f"{begin}1"))
    rows = list(csv.reader(io.StringIO(drawn, newline="")))
    assert rows[1][0] == f"'{begin}cmd|' /C calc'!A0"
    assert rows[2] == ["合计", "-5", "-5", "-5", "-5"]
    assert not any(cell.startswith(begin) for row in rows[:2] for cell in row)


def test_csv_has_one_heading_row_of_joined_labels() -> None:
    assert (
        csv_writer.draw(document()).splitlines()[0]
        == "地区,排查风险隐患/总数,排查风险隐患/其中/已整改,排查风险隐患/其中/未整改,整改率"
    )
    data = csv_writer.file(document("甲"))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 3


def test_json_keeps_every_digit() -> None:
    data: dict[str, Any] = {
        "rows": [{"a": Decimal("12345678901234567890.10"), "b": None, "c": 10**20, "d": '一\n"二', "e": [], "f": {}}]
    }
    drawn = json_writer.draw(Document("表", data=data))
    assert '"a": 12345678901234567890.10' in drawn
    assert json.loads(drawn, parse_float=Decimal) == data


def test_a_page_needs_nothing_and_runs_nothing() -> None:
    evil = "<script>alert(1)</script>\"'&amp;"
    page = html.draw(document(evil))
    read = Tables(page)
    assert {tag for tag, _ in read.tags}.isdisjoint({"script", "link", "img", "iframe", "base"})
    assert evil in read.texts
    policy = [attrs["content"] for tag, attrs in read.tags if attrs.get("http-equiv") == "Content-Security-Policy"]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]
    assert "http" not in page.replace("http-equiv", "")
    spans = [(attrs.get("colspan"), attrs.get("rowspan")) for tag, attrs in read.tags if tag == "th"][:7]
    assert spans == [(None, "3"), ("3", None), (None, "3"), (None, "2"), ("2", None), (None, None), (None, None)]


def test_markup_in_data_stays_text_in_markdown() -> None:
    drawn = md.draw(document("a|b*c*_d_[e](f)<b>\n# g"))
    line = next(line for line in drawn.splitlines() if line.startswith("| a"))
    assert line.startswith(r"| a\|b\*c\*\_d\_\[e\](f)\<b\> \# g |")
    assert len([line for line in drawn.splitlines() if line.startswith("|")]) == 4
