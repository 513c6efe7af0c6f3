"""The quick merge of a ledger gives what the whole program gives, or nothing."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

import clones
import ledgers
from hazardctl import load, merge
from hazardctl.formats import csv
from hazardctl.formats.encoding import Codec, Dress
from hazardctl.load import Opened
from hazardctl.merging import gitdriver, quick, words
from hazardctl.workspace import Workspace
from ledgers import HEADINGS, Rows
from office import TODAY

SAID = ("更换门禁", "加装监控", "补登记", "张三", "李四", "=1+1", "a'b", "０１２", "两处 三人", "说“好”")
ODD = ('说"好"', "两行\n两行", "a,b", "合计", "无", "")
CODECS: tuple[Codec, ...] = ("utf-8", "utf-8-sig", "gb18030")


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    one = load.opened(Workspace(clones.origin(tmp_path / "one")))
    words.leave(one.workspace, one.terms, ledgers.as_csv({}), "ledger.csv")
    return one


def edited(chance: random.Random, base: Rows) -> Rows:
    rows = {key: dict(row) for key, row in base.items()}
    for key in chance.sample([*rows], chance.randrange(1, 4)):
        row = rows[key]
        for _ in range(chance.randrange(1, 3)):
            field = chance.choice(("measures", "owner", "department", "notes", "=x", "description"))
            row[field] = chance.choice(ODD if chance.random() < 0.03 else SAID)
        if chance.random() < 0.3:
            row["status"] = chance.choice(["未整改", "整改中", "已整改"])
            row |= {"done_on": "2022-09-01", "result": "已换"} if row["status"] == "已整改" else {}
        if chance.random() < 0.05:
            row["deadline"] = chance.choice(["2022-09-06", "2022.9.6", "2022-12-01"])
    if chance.random() < 0.05:
        del rows[chance.choice([*rows])]
    return rows | {key: plain(chance, row) for key, row in ledgers.new_rows(chance, chance.randrange(3)).items()}


def plain(chance: random.Random, row: dict[str, str]) -> dict[str, str]:
    return {
        key: chance.choice(SAID) if value in ledgers.WORDS or "\n" in value else value for key, value in row.items()
    }


def written(chance: random.Random, rows: Rows) -> bytes:
    entries = list(rows.values())
    if chance.random() < 0.1:
        entries.sort(key=lambda row: row["measures"])
    dress = Dress("utf-8-sig" if chance.random() < 0.9 else chance.choice(CODECS), chance.choice(["\n", "\r\n"]))
    return csv.write([*HEADINGS.values()], [[row[name] for name in HEADINGS] for row in entries], dress)


def histories(chance: random.Random, count: int) -> Iterator[tuple[bytes, bytes, bytes]]:
    for _ in range(count):
        base = {key: plain(chance, row) for key, row in ledgers.new_rows(chance, chance.randrange(4, 14)).items()}
        versions = [written(chance, rows) for rows in (base, edited(chance, base), edited(chance, base))]
        yield versions[0], versions[1], versions[2]


def test_the_quick_merge_gives_the_same_bytes_or_nothing(opened: Opened) -> None:
    root, done = str(opened.workspace.root), 0
    for base, ours, theirs in histories(random.Random(5), 400):
        found = quick.merged(base, ours, theirs, root)
        if found is None:
            continue
        done += 1
        whole = merge.merge(base, ours, theirs, "ledger.csv", terms=opened.terms, today=TODAY)
        assert whole.clean
        assert not whole.gone
        assert found.decode("utf-8-sig") == whole.data.decode("utf-8-sig")
        assert found == whole.data
    assert done > 40


def test_words_of_another_campaign_or_program_are_not_used(opened: Opened) -> None:
    root = str(opened.workspace.root)
    base, ours, theirs = next(each for each in histories(random.Random(7), 99) if quick.merged(*each, root) is not None)
    with mock.patch.object(quick, "program", return_value="another"):
        assert quick.merged(base, ours, theirs, root) is None
    own = opened.workspace.root / "checklists" / "trial" / "1.yaml"
    text = own.read_text(encoding="utf-8")
    own.write_text(text + "\n", encoding="utf-8")
    assert quick.merged(base, ours, theirs, root) is None
    own.write_text(text, encoding="utf-8")
    assert quick.merged(base, ours, theirs, root) is not None
    place = Path(quick.words_file(root))
    for damaged in (b"", b"[]", b"{", b'{"own": 1}', place.read_bytes()[:-200]):
        place.write_bytes(damaged)
        assert quick.merged(base, ours, theirs, root) is None


def test_git_gets_the_quick_merge_in_its_own_file(opened: Opened, tmp_path: Path) -> None:
    root = opened.workspace.root
    base, ours, theirs = next(
        each for each in histories(random.Random(9), 99) if quick.merged(*each, str(root)) is not None
    )
    files = [tmp_path / name for name in ("O", "A", "B")]
    for path, data in zip(files, (base, ours, theirs), strict=True):
        path.write_bytes(data)
    given = ["merge", *map(str, files), "7", "units/a/ledger.csv"]
    before = Path.cwd()
    os.chdir(root)
    try:
        with mock.patch("hazardctl.merging.driving.answer", return_value=99) as whole:
            assert gitdriver.main(given) == 0
            assert gitdriver.main([*given[:-1], "units/a/figures.csv"]) == 99
            files[2].unlink()
            assert gitdriver.main(given) == 99
        assert whole.call_count == 2
    finally:
        os.chdir(before)
    assert files[1].read_bytes() == quick.merged(base, ours, theirs, str(root))
