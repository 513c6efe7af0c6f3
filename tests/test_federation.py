"""Partials that counties froze add up as their ledgers would; whatever would not is refused."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns import HARBOURS, indent
from conftest import Run
from hazardctl.load import Opened, opened
from hazardctl.publishing import evidence, federation, freeze, frozen, partials, published, restate, trace
from hazardctl.publishing.federation import CountedTwiceError, DifferentError, NoPlaceError
from hazardctl.publishing.partials import DamagedPartialsError, LaterPartialsError
from hazardctl.publishing.published import Wanted
from hazardctl.statistics.table import Table
from hazardctl.workspace import Workspace
from hazardctl.writers import named
from test_statistics_split import HEADINGS, TABLES, _entry

TODAY = date(2024, 6, 3)
PERIOD = "2024-05"
PARENTS = {"p": "", "x": "p", "y": "p", "a": "x", "b": "x", "c": "y", "d": "y", "m": "y", "n": "m", "e": ""}
NAMES = dict(zip(PARENTS, "省东南甲乙丙丁戊己庚", strict=True))
INNER = ("p", "x", "y", "m")


def below(unit: str) -> list[str]:
    """Give a unit and what is below it, in the order of the file."""
    found = [unit]
    for each, above in PARENTS.items():
        if above in found:
            found.append(each)
    return found


def files(seed: int, units: Sequence[str] = tuple(PARENTS)) -> dict[str, str]:
    """Make up what units report: some nothing, some nil, some of it unreadable."""
    made = {}
    for unit in PARENTS:
        chance = random.Random(f"{seed}{unit}")
        rows = [f"H{unit}{at:02},{_entry(chance)}" for at in range(chance.randrange(1, 9))]
        kind = chance.randrange(6)
        if kind:
            made[f"{unit}/ledger.csv"] = "\n".join([HEADINGS, *([",无,,,,,,,"] if kind == 1 else rows)]) + "\n"
        reported = [
            f"2024-05,{key},{chance.choice(['3', '12', '0', '张三说约5'])}" for key in ("boats", "trips", "checked")
        ]
        made[f"{unit}/figures.csv"] = "\n".join(["period,key,value", *reported[: chance.randrange(4)]]) + "\n"
    return {name: text for name, text in made.items() if name.partition("/")[0] in units}


def campaign(
    root: Path, units: Sequence[str], held: Mapping[str, str], *, version: str = "1", more: str = "",
    names: Mapping[str, str] = NAMES,
) -> Opened:  # fmt: skip
    """Make the campaign of some of the units; the highest of them stands at the top."""
    rows = [f"{unit},{names[unit]},{PARENTS[unit] if PARENTS[unit] in units else ''},,," for unit in units]
    texts = {
        "campaign.yaml": f"name: 渔港检查\nchecklist: harbours@{version}\n{more}",
        f"checklists/harbours/{version}.yaml": HARBOURS.replace('"1"', f'"{version}"') + indent(TABLES),
        "units.csv": "\n".join(["id,name,parent,kind,opened,closed", *rows]) + "\n",
        **{f"units/{name}": text for name, text in held.items()},
    }
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return opened(Workspace(root))


def sent(root: Path, top: str, given: Opened, letters: Sequence[str] = ()) -> str:
    """Freeze a campaign; gives what it sends up."""
    freeze.freeze(given, PERIOD, today=TODAY, incomplete="试", letters=federation.letters(letters))
    goal = root / f"{top}.json"
    goal.write_bytes((frozen.folder(given.workspace, PERIOD) / partials.NAME).read_bytes())
    return str(goal)


def county(root: Path, top: str, seed: int) -> str:
    return sent(root, top, campaign(root / f"county-{top}", below(top), files(seed, below(top))))


def data(given: Opened, table: str, letters: Sequence[str] = (), **asked: object) -> list[bytes]:
    """Print a table as programs get it."""
    wanted = Wanted(table, PERIOD, files=tuple(letters), **asked)  # type: ignore[arg-type]
    made = published.publish(given, wanted, language="zh", files="zh", today=TODAY)
    return [named(name).file(made.document) for name in ("csv", "json")]


def rolled(given: Opened, letters: Sequence[str] = (), table: str = "units", **asked: object) -> Table:
    wanted = Wanted(table, PERIOD, files=tuple(letters), **asked)  # type: ignore[arg-type]
    return published.publish(given, wanted, language="zh", files="zh", today=TODAY).table


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    seed=st.integers(0, 9999),
    cut=st.sampled_from([("x",), ("y",), ("x", "y"), ("m",), ("m", "x"), ("p",)]),
    known=st.booleans(),
    level=st.sampled_from([None, 1, 2]),
)
def test_partials_add_up_as_the_ledgers_would(
    tmp_path_factory: pytest.TempPathFactory, seed: int, cut: tuple[str, ...], known: bool, level: int | None
) -> None:
    root = tmp_path_factory.mktemp("cut")
    whole = campaign(root / "whole", tuple(PARENTS), files(seed))
    gone = {unit for top in cut for unit in below(top)}
    mine = [unit for unit in PARENTS if known or unit not in gone or unit in cut]
    own = campaign(root / "own", mine, files(seed, [unit for unit in PARENTS if unit not in gone]))
    letters = [county(root, top, seed) for top in cut]
    for table in ("units", "items"):
        depth = level if table == "units" else None
        expected = data(whole, table, level=depth)
        assert data(own, table, letters, level=depth) == expected
        assert data(own, table, letters[::-1], level=depth) == expected
        shown, true = rolled(own, letters, table), rolled(whole, table=table)
        assert (shown.units, shown.entries, shown.states, shown.exit_code) == (
            true.units, true.entries, true.states, true.exit_code,
        )  # fmt: skip
        assert [one.unit for one in shown.remarks.received] == [unit for unit in PARENTS if unit in cut]


def test_what_a_province_received_goes_up_with_its_own(tmp_path: Path) -> None:
    whole = campaign(tmp_path / "whole", tuple(PARENTS), files(5))
    rest = [unit for unit in below("y") if unit != "n"]
    city = campaign(tmp_path / "y", rest, files(5, [unit for unit in rest if unit != "m"]))
    letter = sent(tmp_path, "y", city, [county(tmp_path, "m", 5)])
    own = [unit for unit in PARENTS if unit not in below("y")[1:]]
    nation = campaign(tmp_path / "own", own, files(5, [unit for unit in own if unit != "y"]))
    assert data(nation, "units", [letter]) == data(whole, "units")
    assert data(nation, "items", [letter]) == data(whole, "items")


def test_what_is_traced_adds_up_and_ends_in_the_hash_of_a_manifest(tmp_path: Path) -> None:
    letters = [county(tmp_path, top, 11) for top in ("x", "m")]
    own = campaign(
        tmp_path / "own", [unit for unit in PARENTS if unit not in "abn"],
        files(11, [unit for unit in PARENTS if unit not in "xabmn"]),
    )  # fmt: skip
    seen = 0
    for table in ("units", "items"):
        record = trace.record(own, table, PERIOD, today=TODAY, files=letters)
        for row in record.table.rows:
            for column in record.table.columns:
                if column.value:
                    continue
                found = trace.trace(own, table, row.unit or "total", column.key, PERIOD, today=TODAY, files=letters)
                shown = trace.document(found, own, "zh")
                told = shown.data
                ends = zip(told.get("received", ()), shown.remarks, strict=True)
                assert all(end["manifest"] in line and end["command"] in line for end, line in ends)
                if not column.over:
                    assert (found.behind.value or 0) == found.behind.sums[0]
                for end in told.get("received", ()):
                    manifest = tmp_path / f"county-{end['unit']}" / "periods" / PERIOD / frozen.MANIFEST
                    assert end["manifest"] == frozen.digest(manifest.read_bytes())
                    there = opened(Workspace(tmp_path / f"county-{end['unit']}"))
                    name, key, leaf = end["command"].split()[2:5]
                    goes_on = trace.trace(there, name, key, leaf, PERIOD, today=TODAY, basis="frozen")
                    assert goes_on.behind.sums[0] == end["sum"], end
                    seen += 1
    assert seen > 50


def test_a_frozen_table_with_partials_prints_again_and_is_restated_without_the_counties(tmp_path: Path) -> None:
    letter = county(tmp_path, "x", 3)
    mine = [unit for unit in PARENTS if unit not in "ab"]
    own = campaign(tmp_path / "own", mine, files(3, [unit for unit in mine if unit != "x"]))
    live = data(own, "units", [letter])
    said = freeze.freeze(own, PERIOD, today=TODAY, incomplete="试", letters=federation.letters([letter]))
    assert said.files["received/x.json"] == frozen.digest(Path(letter).read_bytes())
    Path(letter).unlink()
    again = published.publish(own, Wanted("units", PERIOD, basis="frozen"), language="", files="zh", today=TODAY)
    assert again.kept("csv") == live[0]
    assert not restate.restate(own, PERIOD, today=TODAY, dry_run=True).cells
    record = frozen.record(own.workspace, said, "units")
    assert [one.unit for one in record.table.remarks.received] == ["x"]
    for row in record.table.rows:
        found = evidence.behind(record, row.unit, next(each for each in record.table.columns if each.key == "found"))
        assert (found.value or 0) == found.sums[0]


def test_the_notes_name_the_file_and_a_county_without_one_is_missing(tmp_path: Path) -> None:
    letter = county(tmp_path, "x", 3)
    own = campaign(tmp_path / "own", ["p", "x", "y", "e"], {})
    table = rolled(own, [letter])
    assert set(table.remarks.missing) >= {NAMES["y"], NAMES["e"]}
    assert NAMES["x"] not in table.remarks.missing
    made = published.publish(own, Wanted("units", PERIOD, files=(letter,)), language="zh", files="zh", today=TODAY)
    manifest = frozen.digest((tmp_path / "county-x" / "periods" / PERIOD / frozen.MANIFEST).read_bytes())
    assert any("x.json" in line and manifest[:12] in line and NAMES["x"] in line for line in made.document.remarks)


def test_a_file_holds_no_word_that_somebody_wrote_and_no_name_of_a_person(tmp_path: Path) -> None:
    for seed in range(6):
        held = files(seed, below("y"))
        held["c/ledger.csv"] = f"{HEADINGS},责任人\nH1,A,A.1,办结,尽快找王五,约5,,,,李四\n"
        letter = sent(tmp_path, f"y{seed}", campaign(tmp_path / str(seed), below("y"), held))
        text = Path(letter).read_text(encoding="utf-8")
        for word in ("张三", "王五", "李四", "H1", "试"):
            assert word not in text


def test_a_unit_that_has_its_own_ledger_or_two_files_would_be_counted_twice(tmp_path: Path) -> None:
    letter = county(tmp_path, "x", 3)
    for unit in ("x", "a"):
        own = campaign(
            tmp_path / f"own-{unit}", ["p", "x", "a", "b"], {f"{unit}/ledger.csv": f"{HEADINGS}\nH1,A,,办结,,,,,\n"}
        )
        with pytest.raises(CountedTwiceError, match=f"units/{unit}/ledger.csv"):
            rolled(own, [letter])
    empty = campaign(tmp_path / "empty", ["p", "x", "a", "b"], {"a/ledger.csv": HEADINGS + "\n"})
    assert rolled(empty, [letter]).remarks.received  # headings alone report nothing
    copy = tmp_path / "copy.json"
    copy.write_bytes(Path(letter).read_bytes())
    with pytest.raises(CountedTwiceError, match=r"x\.json.*copy\.json"):
        rolled(empty, [letter, str(copy)])
    apart = campaign(tmp_path / "apart", ["p", "x", "y", "m"], {})
    with pytest.raises(CountedTwiceError):  # one file under two names
        rolled(apart, [letter, f"y={copy}"])
    with pytest.raises(CountedTwiceError):  # a county and one of its townships
        rolled(apart, [county(tmp_path, "y", 3), county(tmp_path, "m", 3)])


def test_a_file_that_was_counted_for_something_else_is_refused_and_both_are_named(tmp_path: Path) -> None:
    letter = county(tmp_path, "x", 3)
    own = campaign(tmp_path / "own", ["p", "x"], {})
    later = campaign(tmp_path / "later", ["p", "x"], {}, version="2")
    with pytest.raises(DifferentError, match=r"harbours@1.*harbours@2"):
        rolled(later, [letter])
    with pytest.raises(DifferentError, match=r"2024-05.*2024-04"):
        published.publish(own, Wanted("units", "2024-04", files=(letter,)), language="", files="zh", today=TODAY)
    with pytest.raises(DifferentError, match="2024-05"):
        published.publish(own, Wanted("units", files=(letter,)), language="", files="zh", today=TODAY)
    with pytest.raises(DifferentError, match=r"2024-05-31.*2024-05-20"):
        published.publish(
            own, Wanted("units", PERIOD, files=(letter,)), language="", files="zh", today=date(2024, 5, 20)
        )
    checklist = tmp_path / "own" / "checklists" / "harbours" / "1.yaml"
    checklist.write_bytes(checklist.read_bytes().replace(b"\n", b"\r\n"))
    assert rolled(opened(Workspace(tmp_path / "own")), [letter]).remarks.received
    checklist.write_text(
        checklist.read_text(encoding="utf-8").replace("{status: done}", "{status: unable}"), encoding="utf-8"
    )
    with pytest.raises(DifferentError, match="checklist file"):
        rolled(opened(Workspace(tmp_path / "own")), [letter])
    one = campaign(tmp_path / "one", below("x"), files(3, below("x")))
    freeze.freeze(one, PERIOD, ["items"], today=TODAY, incomplete="试")
    part = frozen.folder(one.workspace, PERIOD) / partials.NAME
    with pytest.raises(DifferentError, match=r"items.*units"):
        rolled(campaign(tmp_path / "two", ["p", "x"], {}), [str(part)])


def test_a_file_of_a_unit_that_is_not_here_is_refused_unless_it_is_said_whose_it_is(tmp_path: Path) -> None:
    letter = county(tmp_path, "x", 3)
    own = campaign(tmp_path / "own", ["p", "y"], {})
    with pytest.raises(NoPlaceError, match=r"x\.json.*x"):
        rolled(own, [letter])
    with pytest.raises(NoPlaceError):
        rolled(own, [f"z={letter}"])
    table = rolled(own, [f"y={letter}"])
    rows = {row.unit: row.values["found"] for row in table.rows}
    assert rows["y"] == rows["x"]
    assert table.remarks.received[0].unit == "y"


def test_townships_of_two_counties_may_bear_one_id(tmp_path: Path) -> None:
    letter, other = county(tmp_path, "x", 3), tmp_path / "y.json"
    same = campaign(tmp_path / "same", ["a", "b"], files(4, ["a", "b"]))
    other.write_bytes(Path(sent(tmp_path, "same", same)).read_bytes())
    own = campaign(tmp_path / "own", ["p", "x", "y"], {})
    letters = [letter, f"y={other}"]
    table = rolled(own, letters)
    assert {row.unit.removesuffix("/own") for row in table.rows} >= {"x:a", "x:b", "y:a", "y:b"}
    amounts = {row.unit: row.values["found"] or 0 for row in table.rows}
    assert amounts[""] == amounts["x"] + amounts["y"]
    found = trace.trace(own, "units", "y:a", "found", PERIOD, today=TODAY, files=letters)
    ends = trace.document(found, own, "zh").data.get("received", [])
    assert [end["command"] for end in ends] == ["hazardctl trace units a found --period 2024-05 --basis frozen"] * len(
        ends
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Give a county's file."""
    return Path(county(tmp_path_factory.mktemp("whole"), "x", 3)).read_bytes()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(draw=st.data())
def test_a_file_that_was_touched_is_refused(whole: bytes, draw: st.DataObject) -> None:
    told = json.loads(whole)
    at = draw.draw(st.integers(0, len(whole) - 1))
    data = whole[:at] + draw.draw(st.binary(min_size=1, max_size=3)) + whole[at + 1 :]
    try:
        same = json.loads(data) == told
    except (ValueError, RecursionError):
        same = False
    if not same:
        with pytest.raises((DamagedPartialsError, LaterPartialsError)):
            partials.read(data, "x.json")


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"format": "hazardctl-partials", "version": 1}', b"null"]
)
def test_a_file_that_holds_something_else_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedPartialsError):
        partials.read(data, "x.json")


def test_line_ends_and_a_byte_order_mark_do_no_harm_and_a_later_form_is_named(tmp_path: Path) -> None:
    whole = Path(county(tmp_path, "x", 3)).read_bytes()
    found = partials.read(whole, "x.json")
    assert partials.read(b"\xef\xbb\xbf" + whole.replace(b"\n", b"\r\n"), "x.json") == found
    with pytest.raises(LaterPartialsError):
        partials.read(json.dumps(json.loads(whole) | {"version": 2}).encode(), "x.json")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("tables", 0, "units", 0, "amounts"), [["", 999, "", 1]]),
        (("tables", 0, "units", 0, "amounts"), [["", 0, "", "NaN"]]),
        (("tables", 0, "units", 0, "amounts"), [["", 0, "", "1E+999999"]]),
        (("tables", 0, "units", 0, "amounts"), [["", 0, "", 1.5]]),
        (("tables", 0, "units", 0, "amounts"), [["", 0, "", True]]),
        (("tables", 0, "units", 0, "state"), "half"),
        (("tables", 0, "units", 0, "unit"), "z"),
        (("tables", 0, "units", 0, "remarks"), [[[], 1]]),
        (("places", 1, "id"), "../x"),
        (("places", 1, "parent"), "b"),
        (("places", 1, "name"), 5),
    ],
)
def test_a_seal_is_no_proof_of_sense(tmp_path: Path, path: tuple[str | int, ...], value: object) -> None:
    told = json.loads(Path(county(tmp_path, "x", 3)).read_bytes())
    del told["sha256"]
    place = told
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    forged = tmp_path / "forged.json"
    forged.write_text(json.dumps(told | {"sha256": partials._seal(told)}), encoding="utf-8")
    own = campaign(tmp_path / "own", ["p", "x"], {})
    with pytest.raises(DamagedPartialsError):
        rolled(own, [str(forged)])


def test_a_ledger_that_could_not_be_read_there_stays_blank_here_and_is_told(tmp_path: Path) -> None:
    held = {"a/ledger.csv": '编号,问题类别\n"H1,A\n', "b/ledger.csv": f"{HEADINGS}\nH1,A,,办结,,,,,\n"}
    letter = sent(tmp_path, "x", campaign(tmp_path / "county", below("x"), held))
    table = rolled(campaign(tmp_path / "own", ["p", "x"], {}), [letter])
    assert [(one.code, one.unit, one.path) for one in table.findings] == [("P191", "a", "x.json")]
    assert table.exit_code == 3
    assert NAMES["a"] in table.remarks.unreadable
    assert next(row for row in table.rows if row.unit == "a").values["found"] is None
    assert NAMES["a"] in table.findings[0].message()


def test_a_folder_of_files_is_taken_whole(tmp_path: Path) -> None:
    received = tmp_path / "received"
    received.mkdir()
    for top in ("x", "m"):
        (received / f"{top}.json").write_bytes(Path(county(tmp_path, top, 3)).read_bytes())
    own = campaign(tmp_path / "own", ["p", "x", "y", "m"], {})
    assert [one.unit for one in rolled(own, [str(received)]).remarks.received] == ["x", "m"]


def test_a_clerk_freezes_sends_and_adds_up_by_commands(tmp_path: Path, start: Run) -> None:
    campaign(tmp_path / "county", below("x"), files(3, below("x")))
    mine = [unit for unit in PARENTS if unit not in "ab"]
    campaign(tmp_path / "own", mine, files(3, [unit for unit in mine if unit != "x"]))
    campaign(tmp_path / "whole", tuple(PARENTS), files(3))
    done = start(
        "--campaign",
        tmp_path / "county",
        "freeze",
        "--period",
        PERIOD,
        "--allow-incomplete",
        "试",
        env={"PYTHONHASHSEED": "1"},
    )
    assert (done.code, f"periods/{PERIOD}/partials.json" in done.err) == (0, True), done.err
    letter = tmp_path / "county" / "periods" / PERIOD / "partials.json"
    asked = ("rollup", "--period", PERIOD, "--format", "csv")
    there = start("--campaign", tmp_path / "own", *asked, "--from", letter, env={"PYTHONHASHSEED": "2"})
    assert there.out == start("--campaign", tmp_path / "whole", *asked).out
    assert there.out
    page = tmp_path / "page.html"
    start("--campaign", tmp_path / "own", "rollup", "--period", PERIOD, "--trace", "--from", letter, "-o", page)
    assert "partials.json" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--from", "{}"), 3, "whole campaign"),
        (("--period", PERIOD, "--basis", "frozen", "--from", "{}"), 2, "live or submitted"),
        (("--period", PERIOD, "--compare", "2024-04", "--from", "{}"), 2, "--compare"),
        (("--period", PERIOD, "--from", "nothing.json"), 3, "nothing.json"),
        (("--period", PERIOD, "--from", "empty"), 3, "empty"),
        (("--period", PERIOD, "--from", "z={}"), 2, "--from UNIT="),
    ],
)
def test_what_cannot_be_meant_is_said(tmp_path: Path, run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    letter = county(tmp_path, "x", 3)
    campaign(tmp_path / "own", ["p", "x"], {})
    (tmp_path / "empty").mkdir()
    done = run("--campaign", tmp_path / "own", "rollup", *(word.format(letter) for word in words))
    assert done.code == code, done.err
    assert said in done.err


def test_one_part_of_a_county_is_shown_and_what_units_sent_goes_beside_it(tmp_path: Path) -> None:
    letter = county(tmp_path, "x", 3)
    whole = campaign(tmp_path / "whole", tuple(PARENTS), files(3))
    own = campaign(tmp_path / "own", ["p", "x", "y"], {})
    for unit in ("x", "a"):
        assert data(own, "units", [letter], unit=unit) == data(whole, "units", unit=unit)
    sent_up = {row.unit: row.values for row in rolled(own, [letter], basis="submitted").rows}
    live = {row.unit: row.values for row in rolled(whole).rows}
    assert sent_up["x"] == live["x"]


def test_a_correction_here_leaves_what_counties_sent_as_it_was(tmp_path: Path) -> None:
    letter = county(tmp_path, "x", 3)
    held = {"c/ledger.csv": f"{HEADINGS}\nH1,A,,办结,,,,,\n"}
    own = campaign(tmp_path / "own", ["p", "x", "y", "c"], held)
    said = freeze.freeze(own, PERIOD, ["units"], today=TODAY, incomplete="试", letters=federation.letters([letter]))
    path = tmp_path / "own" / "units" / "c" / "ledger.csv"
    path.write_text(path.read_text(encoding="utf-8") + "H2,B,,办结,,,,,\n", encoding="utf-8")
    found = restate.restate(opened(Workspace(tmp_path / "own")), PERIOD, today=TODAY, reason="漏报", approver="李娜")
    assert {cell.row for cell in found.cells} == {"c", "y", "p", ""}
    before, after = frozen.record(own.workspace, said, "units"), found.records[0]
    assert after.table.remarks.received == before.table.remarks.received
    kept = tmp_path / "own" / "periods" / PERIOD / "received" / "x.json"
    kept.write_bytes(kept.read_bytes() + b" ")
    with pytest.raises(frozen.ChangedFrozenError):
        restate.restate(own, PERIOD, today=TODAY, dry_run=True)


def test_what_a_county_restated_takes_the_place_of_what_it_had_frozen(tmp_path: Path) -> None:
    held = {"a/ledger.csv": f"{HEADINGS}\nH1,A,,办结,,,,,\n", "b/ledger.csv": f"{HEADINGS}\nH2,A,,办结,,,,,\n"}
    first = sent(tmp_path, "x", campaign(tmp_path / "county", below("x"), held))
    held["a/ledger.csv"] += "H3,B,,办结,,,,,\n"
    there = campaign(tmp_path / "county", below("x"), held)
    restate.restate(there, PERIOD, today=TODAY, reason="漏报", approver="李娜")
    second = tmp_path / "county" / "periods" / PERIOD / "errata" / "001.partials.json"
    assert "漏报" not in second.read_text(encoding="utf-8")
    own = campaign(tmp_path / "own", ["p", "x"], {})
    found = [rolled(own, [str(letter)]).rows[0].values["found"] for letter in (first, second)]
    assert found == [2, 3]
    erratum = frozen.digest(second.with_name("001.yaml").read_bytes())
    traced = trace.trace(own, "units", "a", "found", PERIOD, today=TODAY, files=[str(second)])
    shown = trace.document(traced, own, "en")
    assert erratum in shown.remarks[0]
    assert shown.remarks[0].endswith("hazardctl trace units a found --period 2024-05 --basis restated")
    assert trace.trace(there, "units", "a", "found", PERIOD, today=TODAY, basis="restated").behind.value == 2
    notes = published.publish(
        own, Wanted("units", PERIOD, files=(str(second),)), language="en", files="zh", today=TODAY
    )
    assert any("erratum 1" in line and erratum[:12] in line for line in notes.document.remarks)


def test_a_table_frozen_with_partials_is_restated_with_those_that_a_county_restated(tmp_path: Path, run: Run) -> None:
    held = {"a/ledger.csv": f"{HEADINGS}\nH1,A,,办结,,,,,\n", "b/ledger.csv": f"{HEADINGS}\nH2,A,,办结,,,,,\n"}
    first = sent(tmp_path, "x", campaign(tmp_path / "county", below("x"), held))
    own = campaign(tmp_path / "own", ["p", "x"], {})
    said = freeze.freeze(own, PERIOD, ["units"], today=TODAY, incomplete="试", letters=federation.letters([first]))
    held["a/ledger.csv"] += "H3,B,,办结,,,,,\n"
    there = campaign(tmp_path / "county", below("x"), held)
    restate.restate(there, PERIOD, today=TODAY, reason="漏报", approver="李娜")
    second = tmp_path / "county" / "periods" / PERIOD / "errata" / "001.partials.json"
    words = ("--campaign", tmp_path / "own", "--today", "2024-06-05", "--lang", "zh", "restate", "--period", PERIOD)
    alone = run(*words, "--dry-run")
    assert (alone.code, "--from" in alone.err, "东" in alone.err) == (0, True, True), "what is possible is said"
    assert run(*words, "--from", first, "--dry-run").code == 0, "the same file again is no change"
    assert run(*words, "--from", second, "--dry-run").code == 4
    kept = run(*words, "--from", second, "--reason", "东县更正", "--approver", "王五")
    assert kept.code == 0, kept.err
    record = frozen.restated(own.workspace, said, "units")
    assert {row.unit: row.values["found"] for row in record.table.rows} == {"p": 3, "x": 3, "a": 2, "b": 1, "": 3}
    erratum = (tmp_path / "own/periods" / PERIOD / "errata/001.yaml").read_text(encoding="utf-8")
    assert "x: '001.partials.json'" in erratum
    assert run(*words, "--dry-run").code == 0, "the next restatement starts from there"
    exchanged = tmp_path / "own/periods" / PERIOD / "errata/001.received/x.json"
    exchanged.write_bytes(exchanged.read_bytes() + b" ")
    with pytest.raises(frozen.ChangedFrozenError):
        restate.restate(own, PERIOD, today=TODAY, dry_run=True)


def test_a_table_of_the_name_of_one_of_our_files_is_not_frozen(tmp_path: Path) -> None:
    given = campaign(tmp_path, below("x"), {})
    path = tmp_path / "checklists" / "harbours" / "1.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: items", "id: partials"), encoding="utf-8")
    with pytest.raises(frozen.UnsafeNameError, match="partials"):
        freeze.freeze(opened(given.workspace), PERIOD, today=TODAY, incomplete="试")
