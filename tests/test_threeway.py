"""Three versions of a table into one: the properties that hold for every table."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hazardctl.merging.threeway import Conflict, Key, Merged, Rules, Version, alike, merge

COLUMNS = ("a", "b", "c", "d")
WORDS = st.sampled_from(["", "1", "2", "3"])
ROW = st.fixed_dictionaries(dict.fromkeys(COLUMNS, WORDS))
ROWS = st.dictionaries(st.sampled_from([(name,) for name in "pqrstu"]), ROW, max_size=6)
TABLES = st.builds(Version, ROWS, st.just(frozenset(COLUMNS)))
PLAIN = Rules(groups=(frozenset("ab"), frozenset("bc")))


def content(version: Version | Merged) -> dict[Key, dict[str, str]]:
    return {key: {name: value for name, value in row.items() if value} for key, row in version.rows.items()}


def swapped(conflict: Conflict) -> tuple[object, ...]:
    gone = {"ours": "theirs", "theirs": "ours"}.get(conflict.gone, conflict.gone)
    return (conflict.key, conflict.column, conflict.base, conflict.theirs, conflict.ours, conflict.why, gone)


def plain(conflict: Conflict) -> tuple[object, ...]:
    return (conflict.key, conflict.column, conflict.base, conflict.ours, conflict.theirs, conflict.why, conflict.gone)


@given(TABLES, TABLES, TABLES)
def test_both_sides_come_to_the_same(base: Version, ours: Version, theirs: Version) -> None:
    one, other = merge(base, ours, theirs, PLAIN), merge(base, theirs, ours, PLAIN)
    assert content(one) == content(other)
    assert sorted(map(plain, one.conflicts)) == sorted(map(swapped, other.conflicts))


@given(TABLES, TABLES)
def test_what_one_side_did_is_taken_whole_where_the_other_did_nothing(base: Version, side: Version) -> None:
    for done in (merge(base, base, side, PLAIN), merge(base, side, base, PLAIN)):
        assert content(done) == content(side)
        assert not done.conflicts


@given(TABLES, TABLES)
def test_what_both_sides_did_alike_is_settled(base: Version, side: Version) -> None:
    done = merge(base, side, side, PLAIN)
    assert content(done) == content(side)
    assert not done.conflicts


@given(TABLES, TABLES, TABLES, TABLES)
def test_three_merges_come_to_the_same_in_any_order_where_nothing_is_in_question(
    base: Version, one: Version, two: Version, three: Version
) -> None:
    def both(first: Version, second: Version) -> Version | None:
        done = merge(base, first, second, PLAIN)
        return None if done.conflicts else Version(done.rows, frozenset(COLUMNS))

    left, right = both(one, two), both(two, three)
    if left is None or right is None:
        return
    left, right = both(left, three), both(one, right)
    if left is not None and right is not None:
        assert content(left) == content(right)


@given(TABLES, TABLES, TABLES)
def test_no_row_is_lost(base: Version, ours: Version, theirs: Version) -> None:
    done = merge(base, ours, theirs, PLAIN)
    for key in base.rows.keys() | ours.rows.keys() | theirs.rows.keys():
        if key in ours.rows and key in theirs.rows:
            assert key in done.rows
        elif key in done.rows:
            continue
        else:  # gone on one side or both, and the other left it as it was
            assert key in base.rows
            left = ours.rows.get(key, theirs.rows.get(key, base.rows[key]))
            assert content(Version({key: left})) == content(Version({key: base.rows[key]}))


@given(TABLES, TABLES, TABLES)
def test_every_cell_is_the_edit_of_one_side_or_in_question(base: Version, ours: Version, theirs: Version) -> None:
    done = merge(base, ours, theirs, PLAIN)
    asked = {(conflict.key, conflict.column): conflict for conflict in done.conflicts}
    for key, row in done.rows.items():
        for column in COLUMNS:
            before, one, two = (version.rows.get(key, {}).get(column, "") for version in (base, ours, theirs))
            got = row.get(column, "")
            if conflict := asked.get((key, column)):
                assert got == before
                assert conflict.gone or (conflict.ours, conflict.theirs) == (one, two)
            elif key in ours.rows and key in theirs.rows:
                assert got == (two if one == before else one)
                assert before in (one, two) or one == two


@given(TABLES, TABLES)
def test_without_an_ancestor_only_what_is_equal_is_settled(ours: Version, theirs: Version) -> None:
    done = merge(None, ours, theirs, PLAIN)
    assert content(done) == content(ours)
    asked = {(conflict.key, conflict.column): conflict.theirs for conflict in done.conflicts}
    for key, row in theirs.rows.items():
        for column, value in row.items():
            if value != ours.rows.get(key, {}).get(column, ""):
                assert asked[key, column] == value


def test_a_group_touched_on_both_sides_is_in_question_though_no_cell_is_touched_twice() -> None:
    base = Version({("p",): {"a": "1", "b": "1", "c": "1", "d": "1"}})
    ours = Version({("p",): {"a": "2", "b": "1", "c": "1", "d": "2"}})
    theirs = Version({("p",): {"a": "1", "b": "2", "c": "1", "d": "1"}})
    done = merge(base, ours, theirs, PLAIN)
    assert [(one.column, one.why) for one in done.conflicts] == [("a", "group"), ("b", "group")]
    assert done.rows["p",] == {"a": "1", "b": "1", "c": "1", "d": "2"}


def test_a_row_deleted_on_one_side_and_changed_on_the_other_stays_as_it_was() -> None:
    base = Version({("p",): {"a": "1"}, ("q",): {"a": "1"}})
    done = merge(base, Version({("q",): {"a": "1"}}), Version({("p",): {"a": "2"}, ("q",): {"a": "1"}}), PLAIN)
    assert done.rows["p",] == {"a": "1"}
    assert [(one.why, one.gone, one.theirs) for one in done.conflicts] == [("deleted", "ours", "2")]


def test_versions_that_say_the_same_are_alike_in_any_order() -> None:
    one = Version({("p",): {"a": "1"}, ("q",): {"a": "2"}})
    assert alike(one, Version({("q",): {"a": "2", "b": ""}, ("p",): {"a": "1"}}), PLAIN)
    assert not alike(one, Version({("q",): {"a": "2"}}), PLAIN)
