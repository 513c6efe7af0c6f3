"""What stands in two ledgers is found however many there are, and however few numbers are held at once."""

from __future__ import annotations

import random
import re
import sys
import tempfile
import unicodedata
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazardctl import load, parsing, text, twice, wording
from hazardctl.entry import ALPHABET, ID_LOOK
from hazardctl.findings import Finding
from hazardctl.load import Opened
from hazardctl.reading import Reading
from hazardctl.rules import across, duplicates, twins
from hazardctl.rules.across import CODES, Shown, numbers_of
from hazardctl.rules.duplicates import on_two_days
from hazardctl.twice import Runs
from hazardctl.workspace import Workspace
from office import TODAY, campaign, checked

ENDS = [0, 1, 2**63 - 1, 2**63, 2**64 - 1]
RUNS = st.lists(st.sets(st.integers(0, 40).map(lambda one: one * (2**64 // 41)) | st.sampled_from(ENDS), max_size=12))
WHERE = {"here": 1 << 20, "in a file": 0, "in a file that has no room": 0}


def held(where: str, at_once: int, block: int) -> pytest.MonkeyPatch:
    """Hold few numbers, and find no room on the disk if that is wanted."""
    patch = pytest.MonkeyPatch()
    for name, value in {"AT_ONCE": at_once, "FEW": at_once, "BLOCK": block, "HELD": WHERE[where], "EVERY": 3}.items():
        patch.setattr(twice, name, value)
    if "no room" in where:
        patch.setattr(tempfile, "TemporaryFile", lambda **_: (_ for _ in ()).throw(OSError(28, "no space")))
    return patch


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize(("at_once", "block"), [(1, 1), (3, 5), (1000, 7)])
@settings(max_examples=40)
@given(given_runs=RUNS, most=st.none() | st.integers(2, 4))
def test_what_is_in_two_runs_is_found_whatever_is_held_at_once(
    where: str, at_once: int, block: int, given_runs: list[set[int]], most: int | None
) -> None:
    often = Counter(one for run in given_runs for one in run)
    with ExitStack() as stack:
        stack.callback(held(where, at_once, block).undo)
        runs = stack.enter_context(Runs())
        for run in given_runs:
            runs.add(array("Q", run))
        found = runs.repeated(most)
        assert found == {one for one, times in often.items() if 1 < times <= (most or times)}
        assert dict(runs.holders(found)) == {
            number: {one: at for at, one in enumerate(run) if one in found}
            for number, run in enumerate(given_runs)
            if run & found
        }


def test_a_file_that_fills_the_disk_half_way_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twice, "HELD", 0)
    monkeypatch.setattr(twice, "BLOCK", 10)
    chance = random.Random(3)
    given_runs = [array("Q", sorted({chance.getrandbits(64) for _ in range(9)} | {*ENDS})) for _ in range(30)]
    with Runs() as runs:
        for number, run in enumerate(given_runs):
            if number == 15:  # from here on only part of what is given is taken
                file = runs._file
                assert file is not None
                monkeypatch.setattr(runs, "_file", Full(file))
            runs.add(run)
        assert runs.repeated() == {*ENDS}
        everything = {one for run in given_runs for one in run}
        assert [[*held] for _, held in runs.holders(everything)] == [run.tolist() for run in given_runs]


def test_no_file_is_left_when_somebody_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twice, "HELD", 0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    shown = Shown([across.Marks("a", "", across.packed([1]))])
    assert dict(shown.ids.holders({1})) == {0: {1: 0}}
    file = shown.ids._file
    assert file is not None
    with pytest.raises(KeyboardInterrupt), shown:
        raise KeyboardInterrupt
    assert file.closed
    assert not list(tmp_path.iterdir())


class Full:
    """A file on a disk that is full but for a few bytes."""

    def __init__(self, file: object) -> None:
        self._file = file

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)

    def write(self, data: bytes) -> object:
        """Take the first few bytes."""
        return getattr(self._file, "write")(data[:11])  # noqa: B009 -- of a type that is not known here


SPELLED = st.sampled_from(
    ["", " ", "\u3000", "H2", "h2", "Ｈ２", "H2 ", "\u00a8H2", "ﬁ", "fi", "ſ", "s", "K", "k", "2-1", "2_1"]
)
OURS = st.text(ALPHABET, min_size=11, max_size=11).map(lambda one: f"H{one[:3]}-{one[3:7]}-{one[7:]}")
NEARLY = st.builds(
    lambda one, at, put: one[:at] + put + one[at + 1 :],
    OURS,
    st.integers(0, 13),
    st.sampled_from("-_ +\n0OIl１h\u212a"),
)
IDS = SPELLED | OURS | OURS.map(str.lower) | NEARLY


@given(st.lists(IDS, max_size=8))
def test_ids_have_one_number_if_and_only_if_they_are_one_id_whatever_stands_beside_them(ids: list[str]) -> None:
    found = list(numbers_of(ids))
    assert found == [numbers_of([one])[0] for one in ids]
    folded = [text.fold(one.strip()).strip() for one in ids]
    assert [one == 0 for one in found] == [one == "" for one in folded]
    assert len({*zip(found, folded, strict=True)}) == len({*found}) == len({*folded})


def test_ids_of_our_own_make_have_numbers_without_a_hash() -> None:
    made = "H7K3-M9QX-2FPD"
    assert ID_LOOK.fullmatch(made)
    assert list(numbers_of([made, "H222-2222-2222"])) == [
        int("".join("0123456789abcdefghijklmnopqrst"[ALPHABET.index(one)] for one in entry if one != "-"), 32)
        for entry in (made, "H222-2222-2222")
    ]
    assert numbers_of(["2022-001"])[0] >= 2**63, "no id of our own make has such a number"


def test_numbers_are_the_same_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(numbers_of(["隐患1"])) == [17590456665675806604]
    packed = across.packed([1, 2])
    monkeypatch.setattr("sys.byteorder", "big" if sys.byteorder == "little" else "little")
    assert across.unpacked(across.packed([1, 2])) == array("Q", [1, 2])
    assert across.packed([1, 2]) != packed, "another machine has to turn them round"


@given(st.text("路街村公司大厦商场广小区酒店宾馆12３号 a一", max_size=14))
def test_words_that_name_a_place_are_found_wherever_they_stand(said: str) -> None:
    simple = re.compile(r"[路街巷村镇乡]\w{0,4}\d+号|(?:公司|大厦|商场|广场|小区|酒店|宾馆)")
    assert bool(wording._NAMES_A_PLACE.search(said)) == bool(simple.search(said))


SAID = st.text("三楼口锁无。， ／/ＡaAﬁfi_-１1\u3000\u202e", max_size=6)


@given(st.lists(SAID, min_size=1, max_size=8))
def test_texts_have_one_number_if_and_only_if_they_say_the_same_whatever_was_read_before(
    opened: Opened, said: list[str]
) -> None:
    opened.terms.kept.clear()
    for some in (said[:1], said[::-1], said):
        one = readings(opened, [[("H2", raw.replace(",", ""), "", "", raw) for raw in some]])[0]
        for key in ("description", "owner"):
            told = [plain(one, key, raw) for raw in one.raw(key)]
            found = wording.numbers(one, key)
            assert [number == 0 for number in found] == [word == "" for word in told]
            assert len({*zip(found, told, strict=True)}) == len({*found}) == len({*told})


@given(st.lists(st.integers(0, 4), max_size=12))
def test_rows_that_say_what_another_says_are_found_but_for_those_that_say_nothing(told: list[int]) -> None:
    assert duplicates._repeated(told) == [row for row, one in enumerate(told) if one and told.count(one) > 1]


HEADINGS = "编号,风险隐患基本情况,隐患部位,发现时间,责任人"
CELLS = (
    ("", "H2", "h2", "Ｈ2", "H3", "H4", "H5", "H7K3-M9QX-2FPD", "h7k3-m9qx-2fpd", "HZZZ-ZZZZ-ZZZZ"),
    (
        "三楼安全出口上锁", "三楼安全出口上锁。", "三楼安全\u202e出口上锁", "消防通道堵塞", "门坏", "", "无",
        "灭火器过期未及时更换且无检查记录", "人民路12号宏达公司仓库无喷淋", "人民路１２号宏达公司仓库无喷淋",
    ),
    ("", "", "宏达商场", "宏达　商场", "/"),
    ("", "2022-08-03", "2022-8-3", "2022-08-17", "2023-04-15", "八月"),  # the third last is 255 days after the first
    ("", "张三", "所长"),
)  # fmt: skip
ROW = st.tuples(*map(st.sampled_from, CELLS))


def readings(opened: Opened, ledgers: Sequence[Sequence[Sequence[str]]]) -> list[Reading]:
    """Read ledgers of such rows."""
    read = []
    for number, rows in enumerate(ledgers):
        data = "\n".join((HEADINGS, *map(",".join, rows))).encode() + b"\n"
        ledger, _ = parsing.parse(data, f"units/u{number}/ledger.csv", f"u{number}", opened.terms)
        assert ledger is not None
        read.append(Reading(ledger, opened.terms, TODAY))
    return read


def truth(all_of: Sequence[Reading]) -> Iterator[Finding]:
    """Find what units share by comparing every cell of each with those of all before it."""
    ids = [[text.fold(raw.strip()) for raw in one.raw("id")] for one in all_of]
    for number, one in enumerate(all_of):
        shared: dict[int, set[str]] = {}
        for entry in {*ids[number]} - {""}:
            first = next(other for other, named in enumerate(ids) if entry in named)
            if first != number:
                shared.setdefault(first, set()).add(entry)
        twin = next((before for before in all_of[:number] if before.ledger.data == one.ledger.data), None)
        if twin and one.ledger.rows and not shared:
            yield _copy("X103", one, twin, 0)
        for first, named in sorted(shared.items()):
            counts = [sum(map(bool, ids[at])) for at in (number, first)]
            if len(named) * 2 >= min(counts) and (len(named) > 1 or counts[0] == 1):
                yield _copy("X102", one, all_of[first], len(named))
                continue
            for row, entry in enumerate(ids[number]):
                if entry in named:
                    last = max(at for at, other in enumerate(ids[first]) if other == entry)
                    yield _same_id(one, row, all_of[first], last)


def _copy(code: str, one: Reading, other: Reading, count: int) -> Finding:
    there, rows = other.ledger, sum(bool(raw.strip()) for raw in one.raw("id"))
    args = (("count", str(count)), ("other", there.unit), ("other_path", there.path), ("rows", str(rows)))
    return Finding(code, CODES[code], one.ledger.path, 1, 1, one.ledger.unit, args=args)


def _same_id(one: Reading, row: int, other: Reading, at: int) -> Finding:
    line, column, source = one.ledger.where(row, "id")
    raw, there = one.raw("id")[row], other.ledger
    args = (("other", there.unit), ("other_line", other.line(at, "id")), ("other_path", there.path))
    return Finding(
        "X101", CODES["X101"], one.ledger.path, line, column, one.ledger.unit, raw.strip(), "id", raw, args, source
    )


def apart(reading: Reading) -> list[str]:
    """Give what tells each hazard apart, in words; blank where it could be anybody's."""
    return [
        _apart(*(plain(reading, key, raw) for key, raw in zip(("description", "location", "owner"), row, strict=True)))
        for row in zip(*map(reading.raw, ("description", "location", "owner")), strict=True)
    ]


def plain(reading: Reading, key: str, raw: str) -> str:
    """Give a cell without what makes no difference, blank where it only fills the place."""
    blank = reading.terms.read(key, raw).value is None
    return "" if blank else re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", raw).casefold())


def _apart(said: str, place: str, owner: str) -> str:
    if place:
        return f"{said} at {place}" if len(said) >= 4 else ""
    if len(said) >= 12 and wording._NAMES_A_PLACE.search(said):
        return said
    return f"{said} by {owner}" if len(said) >= 12 and owner and not wording._POST.search(owner) else ""


def true_twins(all_of: Sequence[Reading]) -> Iterator[Finding]:
    """Find hazards of two units by comparing every hazard that few have with the first unit's that has it."""
    keys = [apart(one) for one in all_of]
    holders = {key: [at for at, told in enumerate(keys) if key in told] for told in keys for key in told if key}
    rare = {key: some for key, some in holders.items() if len(some) <= twins.COMMON}
    for here, there in sorted({(some[0], other) for some in rare.values() for other in some[1:]}):
        first, second = all_of[here], all_of[there]
        for row, key in enumerate(keys[there] if first.ledger.data != second.ledger.data else ()):
            rows = [at for at, one in enumerate(keys[here]) if one == key in rare and rare[key][0] == here]
            if twins._id(second, row) in {twins._id(first, at) for at in rows} - {""}:
                continue
            days = [at for at in rows if not on_two_days(twins._found(first, at), twins._found(second, row))]
            for at in days[:1]:
                yield second.finding(
                    "X104", twins.CODES["X104"], row, "description", other=first.ledger.unit,
                    other_path=first.ledger.path, other_line=first.line(at, "description"),
                    other_entry=twins._id(first, at),
                )  # fmt: skip


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Open a campaign."""
    return load.opened(Workspace(campaign(tmp_path_factory.mktemp("campaign"), {})))


def once(given: Callable[[str], Reading]) -> Callable[[str], Reading]:
    """Give a ledger only once."""
    asked: set[str] = set()

    def asking(unit: str) -> Reading:
        assert unit not in asked, f"{unit} is read again"
        asked.add(unit)
        return given(unit)

    return asking


@given(
    ledgers=st.lists(st.lists(ROW, min_size=1, max_size=6), min_size=2, max_size=6), copies=st.sets(st.integers(1, 5))
)
def test_the_same_is_found_as_by_comparing_everything_and_each_ledger_is_read_once(
    opened: Opened, ledgers: list[list[tuple[str, ...]]], copies: set[int]
) -> None:
    ledgers = [ledgers[0] if number in copies else rows for number, rows in enumerate(ledgers)]
    all_of = readings(opened, ledgers)
    by_unit = {one.ledger.unit: one for one in readings(opened, ledgers)}
    with Shown(twins.marks(one) for one in all_of) as shown:
        asking = once(by_unit.__getitem__)
        assert list(across.check(shown, lambda unit: asking(unit).ledger)) == list(truth(all_of))
        assert list(twins.check(shown, once(by_unit.__getitem__))) == list(true_twins(all_of))


@pytest.mark.parametrize("here", [["2022-08-03"], ["2022-08-17", "2022-08-03"], ["2022-08-03", ""]])
@pytest.mark.parametrize("there", [["2022-08-03"], ["2022-08-03", "2022-08-17"], ["2022-08-17", "2022-08-03"]])
def test_a_hazard_of_several_days_is_held_against_each_day_of_the_other_unit(
    opened: Opened, here: list[str], there: list[str]
) -> None:
    ledgers = [
        [(f"H{unit}{number}", "三楼安全出口上锁", "宏达商场", day, "") for number, day in enumerate(days, 2)]
        for unit, days in ((2, here), (3, there))
    ]
    all_of = readings(opened, ledgers)
    with Shown(map(twins.marks, all_of)) as shown:
        found = list(twins.check(shown, {one.ledger.unit: one for one in all_of}.__getitem__))
    assert found == list(true_twins(all_of))
    assert bool(found) == bool("" in here or {*here} & {*there})


@pytest.mark.parametrize("seed", range(3))
def test_a_check_finds_the_same_in_files_that_are_read_together(
    tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(twice, "HELD", seed * 100)
    monkeypatch.setattr(twice, "FEW", seed * 100)
    monkeypatch.setattr(twice, "AT_ONCE", 30)
    chance = random.Random(seed)
    ledgers = [[tuple(map(chance.choice, CELLS)) for _ in range(chance.randint(1, 9))] for _ in range(45)]
    ledgers[30] = ledgers[7]
    ledgers[31] = ledgers[32] = [(f"H{number}K3-M9QX-2FPD", *row[1:]) for number, row in enumerate(ledgers[8], 2)]
    files = {
        f"units/u{number}/ledger.csv": "\n".join((HEADINGS, *map(",".join, rows))) + "\n"
        for number, rows in enumerate(ledgers)
    }
    units = "id,name,parent\n" + "".join(f"u{number},{number}所,\n" for number in range(45))
    found = [one for one in checked(campaign(tmp_path, files | {"units.csv": units})).findings if one.code[0] == "X"]
    all_of = readings(opened, ledgers)
    assert len(found) > 100
    assert Counter(found) == Counter([*truth(all_of), *true_twins(all_of)])


def test_a_ledger_that_went_while_we_looked_is_passed_over(opened: Opened) -> None:
    same = ("", "三楼安全出口上锁", "宏达商场", "", "")
    others = [("H3", "门", "", "", ""), ("H8", "窗", "", "", ""), ("H9", "墙", "", "", "")]
    ledgers = [[("H2", *same[1:]), *others[:2]], [("H4", *same[1:]), others[0], others[2]]]
    with Shown(map(twins.marks, readings(opened, ledgers))) as shown:
        assert not list(twins.check(shown, lambda _: None))
        assert not [one for one in across.check(shown, lambda _: None) if one.code == "X101"]
