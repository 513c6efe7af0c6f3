"""CSV files read quickly give what the csv module gives: no row fills another, none is lost, each knows its lines."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hazardctl.formats import alike, columns, csv
from hazardctl.formats.turned import Turned

ALPHABET = (
    "a",
    "甲",
    ",",
    ",",
    ",",
    "\n",
    "\n",
    "\r\n",
    "\r",
    ";",
    "\t",
    " ",
    '"',
    "\0",
    "<",
    "\x0b",
    "\x85",
    "\u2028",
)
TEXTS = st.lists(st.sampled_from(ALPHABET), max_size=40).map("".join)
HEADS = st.sampled_from(["a,b,c\n", "a,b,c\r\n", "a;b\n", "a\n", "a,b,c,d,e\r\n", " \n", ",\n", ""])
CODECS = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"])
SHORT = "a,b,c\nx\ny\n"  # with the mark between them two short lines have as many cells as one


def _said(sheet: csv.Sheet) -> tuple[Any, ...]:
    spans = (list(sheet.lines), list(sheet.ends), sheet.header_line, sheet.header_end)
    return sheet.header, list(map(list, sheet.rows)), spans, sheet.findings, sheet.delimiter, sheet.dress


def _slowly(data: bytes) -> csv.Sheet:
    with mock.patch.object(csv, "_split", return_value=[]), mock.patch.object(csv, "_whole", return_value=[]):
        return csv.read(data, "ledger.csv")


@given(head=HEADS, body=TEXTS, codec=CODECS)
@example(head="", body=SHORT, codec="utf-8")
@example(head="a,b,c\r\n", body="x\r\ny", codec="utf-8-sig")
def test_a_file_is_read_as_the_csv_module_reads_it(head: str, body: str, codec: str) -> None:
    data = (head + body).encode(codec)
    assert _said(csv.read(data, "ledger.csv")) == _said(_slowly(data))


@given(head=HEADS, body=TEXTS, codec=CODECS)
@example(head="", body=SHORT, codec="utf-8")
def test_a_file_read_by_column_has_the_cells_of_its_rows(head: str, body: str, codec: str) -> None:
    data = (head + body).encode(codec)
    slow, given_ = _slowly(data), columns.read(data, "ledger.csv")
    by_column = [list(column) for column in zip(*slow.rows, strict=True)] or [[] for _ in slow.header]
    assert [list(column) for column in given_.cells] == by_column
    assert (given_.sheet.header, list(given_.sheet.lines)) == (slow.header, list(slow.lines))
    assert given_.sheet.findings == slow.findings


@given(head=HEADS, bodies=st.lists(TEXTS, min_size=2, max_size=4), codec=CODECS)
@example(head="a,b,c\n", bodies=["x\ny\n", "1,2,3\n"], codec="utf-8")
def test_files_read_together_have_the_rows_each_has_alone(head: str, bodies: list[str], codec: str) -> None:
    files = [(head + body).encode(codec) for body in bodies]
    heads = {alike.head_of(data) for data in files}
    found = alike.read(files, heads.pop()) if len(heads) == 1 and all(heads) else None
    if found and all(found.columns[0]):  # else they are read one by one
        alone = [_slowly(data) for data in files]
        assert [list(rows) for rows in found.each] == [sheet.rows for sheet in alone]
        assert {found.header} == {sheet.header for sheet in alone}
        assert not any(sheet.findings for sheet in alone)


@pytest.mark.parametrize("width", range(3, 12))
def test_short_lines_that_fill_a_row_together_stay_two_rows(width: int) -> None:
    for first in range(1, width - 1):
        text = "\n".join([",".join("h" * width), ",".join("a" * first), ",".join("b" * (width - 1 - first)), ""])
        sheet = csv.read(text.encode(), "ledger.csv")
        assert [row[0] for row in sheet.rows] == ["a", "b"]
        assert [(found.code, found.line) for found in sheet.findings] == [("F107", 2), ("F107", 3)]


@pytest.mark.parametrize(
    ("text", "delimiter", "header"),
    [
        (
            '"风险隐患\n基本情况";整改措施;责任人\n"门禁,损坏";更换;张三\n',
            ";",
            ("风险隐患\n基本情况", "整改措施", "责任人"),
        ),
        ('"整改措施,责任人,时限";编号;状态\n1;2;3\n', ";", ("整改措施,责任人,时限", "编号", "状态")),
        ('"编号;措施",状态\n1,2\n', ",", ("编号;措施", "状态")),
        ('管径3";措施;责任人,时限\n1;2;3\n', ";", ('管径3"', "措施", "责任人,时限")),
        ('\n\n"编\r\n号"\t措施\n1\t2\n', "\t", ("编\r\n号", "措施")),
        ('"编号"\n1\n', ",", ("编号",)),
    ],
)
def test_what_stands_in_quotes_does_not_tell_what_stands_between_cells(
    text: str, delimiter: str, header: tuple[str, ...]
) -> None:
    sheet = csv.read(text.encode(), "ledger.csv")
    assert (sheet.delimiter, sheet.header) == (delimiter, header)


@given(
    rows=st.lists(st.tuples(st.text("ab", max_size=2), st.text("cd", max_size=2)), max_size=6),
    cut=st.slices(6),
    again=st.slices(6),
)
def test_columns_turned_into_rows_are_cut_as_a_list_is(rows: list[tuple[str, str]], cut: slice, again: slice) -> None:
    whole = [[*row] for row in rows]
    turned = Turned([[row[0] for row in rows], [row[1] for row in rows]])
    assert list(turned) == whole
    assert list(turned[cut]) == whole[cut]
    assert [turned[cut][at] for at in range(len(whole[cut]))] == whole[cut]
    assert list(turned[cut][again]) == whole[cut][again]
    assert len(turned[cut]) == len(whole[cut])
