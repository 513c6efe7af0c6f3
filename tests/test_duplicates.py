"""One hazard that is listed twice in a ledger is told, whatever stands between and however it is written."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl import load, parsing, wording
from hazardctl.joined import Batch, join
from hazardctl.load import Opened
from hazardctl.reading import Reading
from hazardctl.rules import duplicates
from hazardctl.workspace import Workspace
from office import TODAY, campaign

HEADINGS = "编号,风险隐患类别,风险隐患基本情况,隐患部位,发现时间"
CELLS = (
    ("1", "2", "（一）", "九", ""),
    ("三楼安全出口上锁", "三楼安全出口上锁。", "三楼 安全出口上锁", "门坏", "！！", "", "无"),
    ("", "东门", "东门。", "西门", "无"),
    ("2022-08-03", "2022-8-3", "2022年8月17日", "", "八月"),
)
ROWS = st.lists(st.tuples(*map(st.sampled_from, CELLS)), max_size=9)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Open a campaign without hazards of its own."""
    return load.opened(Workspace(campaign(tmp_path_factory.mktemp("campaign"), {})))


def reading(opened: Opened, rows: Sequence[Sequence[str]], headings: str = HEADINGS, unit: str = "u1") -> Reading:
    """Read a ledger of such rows."""
    lines = [f"H{at}," + ",".join(row) for at, row in enumerate(rows, 1)]
    data = "\n".join((headings, *lines, "")).encode()
    ledger, _ = parsing.parse(data, f"units/{unit}/ledger.csv", unit, opened.terms)
    assert ledger is not None
    return Reading(ledger, opened.terms, TODAY)


def value(one: Reading, key: str, row: int) -> Any:
    return one.terms.read(key, one.raw(key)[row]).value if one.has(key) else None


def plain(one: Reading, key: str, row: int) -> str:
    words = value(one, key, row) or ""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", words).casefold())


def truth(one: Reading) -> Iterator[tuple[int, int]]:
    """Pair each row with the first before it that says the same and could be of the same day."""
    said = [
        (plain(one, "description", row), value(one, "category", row), plain(one, "location", row))
        for row in range(len(one))
    ]
    days = [value(one, "found_on", row) for row in range(len(one))]
    for row, first in product(range(len(one)), repeat=2):
        if first < row and said[row][0] and said[first] == said[row] and not _differ(days[first], days[row]):
            yield row, first


def _differ(one: object, other: object) -> bool:
    return bool(one and other and one != other)


def told(one: Reading) -> list[tuple[str, str]]:
    return [(found.entry, dict(found.args)["other"]) for found in duplicates.check(one)]


def expected(one: Reading) -> list[tuple[str, str]]:
    firsts: dict[int, int] = {}
    for row, first in truth(one):
        firsts.setdefault(row, first)
    ids = one.raw("id")
    return [(ids[row], ids[first]) for row, first in firsts.items()]


@given(rows=ROWS)
def test_an_entry_is_told_of_the_first_that_says_the_same_and_could_be_of_its_day(
    opened: Opened, rows: Sequence[Sequence[str]]
) -> None:
    one = reading(opened, rows)
    assert told(one) == expected(one)


@given(ledgers=st.lists(ROWS, min_size=2, max_size=4))
def test_what_is_told_of_one_ledger_does_not_depend_on_those_read_beside_it(
    opened: Opened, ledgers: Sequence[Sequence[Sequence[str]]]
) -> None:
    alone = [reading(opened, [("1", "门坏", "", ""), *rows], unit=f"u{at}") for at, rows in enumerate(ledgers)]
    (joined,) = join([Batch.of(one.ledger) for one in alone], opened.terms, TODAY)
    parts = zip(joined.ledgers, joined.parts, strict=True)
    together = [Reading(ledger, opened.terms, TODAY, part) for ledger, part in parts]
    assert [told(one) for one in together] == [expected(one) for one in alone]


@given(ledgers=st.lists(ROWS, min_size=2, max_size=5))
def test_nothing_is_told_otherwise_when_more_has_been_said_than_is_kept(
    opened: Opened, ledgers: Sequence[Sequence[Sequence[str]]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wording, "MANY", 1)
        some = [reading(opened, rows) for rows in ledgers]
        places = [wording.same(one, "description") for one in some]
        for one, found in zip(some, places, strict=True):
            texts = [plain(one, "description", row) for row in range(len(one))]
            assert wording.numbers(one, "description") == wording.numbered("description", texts)
            assert len({*zip(found, texts, strict=True)}) == len({*found}) == len({*texts})
            assert told(one) == expected(one)


def test_the_third_of_three_is_told_though_the_first_was_found_on_another_day(opened: Opened) -> None:
    one = reading(opened, [("1", "门坏", "", day) for day in ("2022-08-03", "2022-08-17", "2022-08-17")])
    assert told(one) == [("H3", "H2")]


@pytest.mark.parametrize("headings", ["编号,风险隐患基本情况", "编号,整改措施,风险隐患基本情况"])
def test_ledgers_without_categories_places_and_days_are_compared_by_what_they_have(
    opened: Opened, headings: str
) -> None:
    row = ["门坏"] * headings.count(",")
    assert told(reading(opened, [row, row], headings)) == [("H2", "H1")]


def test_many_entries_that_say_the_same_are_told_each_of_the_first(opened: Opened) -> None:
    days = [f"2022-08-{day:02}" for day in range(1, 29)] + [""] * 2
    one = reading(opened, [("1", "门坏", "", days[at % 30]) for at in range(6000)])
    assert len(told(one)) == 6000 - 28


def test_a_script_may_check_one_campaign_in_several_threads(opened: Opened) -> None:
    texts = [[f"门坏了没有人修理{(at * 7 + thread) % 997}" for at in range(997)] for thread in range(4)]
    parts = [text[at : at + 10] for text in texts for at in range(0, 997, 10)]
    opened.terms.kept.clear()
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            some = list(pool.map(lambda part: reading(opened, [("1", said, "", "") for said in part]), parts))
            found = list(pool.map(lambda one: wording.numbers(one, "description"), some))
    finally:
        sys.setswitchinterval(usual)
    assert found == [wording.numbered("description", part) for part in parts]


def simply(raw: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", raw).casefold())


MARKS = st.sampled_from(
    "，（）=<>`^~%_ \u3000。①℃㎡㈠№ﬁǰẞΣß\u0338\u0301\u0327\u3099がかﾞ한\u1112\u1161\u11ab１Ａ９9aé门"
)


@given(raws=st.lists(st.text(MARKS | st.characters(exclude_categories=["Cs"]), max_size=8)))
def test_texts_lose_what_makes_no_difference_together_as_each_by_itself(raws: list[str]) -> None:
    assert wording._bare(raws) == list(map(simply, raws)) if raws else not wording._bare([""])[0]


def test_a_cell_of_a_yaml_ledger_that_holds_nul_is_told_as_others_are(opened: Opened) -> None:
    data = 'entries:\n- 编号: H1\n  隐患描述: "门坏\\0了"\n- 编号: H2\n  隐患描述: 门坏了\n'.encode()
    ledger, _ = parsing.parse(data, "units/u1/ledger.yaml", "u1", opened.terms)
    assert ledger is not None
    one = Reading(ledger, opened.terms, TODAY)
    assert wording.same(one, "description")[0] == 0
    assert not told(one)


def test_what_is_taken_out_of_texts_at_once_makes_no_difference() -> None:
    usual = [char for char in map(chr, range(sys.maxunicode + 1)) if wording._USUAL.fullmatch(char)]
    assert len(usual) > 50
    assert not any(map(simply, usual))
