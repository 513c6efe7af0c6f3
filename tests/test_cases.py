"""Cases are files: tests/cases/README.md says how they are made."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from conftest import ROOT, call
from hazardctl.entry import ID_LOOK
from hazardctl.formats.encoding import decode

CASES = ROOT / "tests" / "cases"
AREAS = ("check", "merge", "rollup", "report", "errors", "import")
ALL = sorted(path.parent for area in AREAS for path in (CASES / area).glob("*/cmd"))
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?")
ENTRY_ID = re.compile(rf"\b{ID_LOOK.pattern}\b")


@pytest.mark.parametrize("case", ALL, ids=lambda case: "/".join(case.parts[-2:]))
def test_a_case_prints_what_it_should(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if (case / "campaign").is_dir():
        shutil.copytree(case / "campaign", tmp_path, dirs_exist_ok=True)
    told = _scrub(_play(case / "cmd"), tmp_path, _known_ids(case))
    expected = case / "expected.txt"
    if request.config.getoption("--update"):
        expected.write_text(told, encoding="utf-8", newline="\n")
    assert told == expected.read_text(encoding="utf-8")


def _play(script: Path) -> str:
    lines = script.read_text(encoding="utf-8").splitlines()
    return "\n".join(f"$ {line}\n{_one(shlex.split(line))}" for line in lines if line.strip() and line[0] != "#")


def _one(words: list[str]) -> str:
    env = {}
    while "=" in words[0]:
        name, _, env[name] = words.pop(0).partition("=")
    match words:
        case ["hazardctl", *arguments]:
            result = call(*arguments, env=env)
            errors = "".join(f"! {line}\n" for line in result.err.splitlines())
            return f"{_lines(result.out)}{errors}[exit {result.code}]\n"
        case ["cat", name]:
            return _lines(_visible(Path(name).read_bytes()))
        case ["ls", *folders]:
            top = Path(folders[0] if folders else ".")
            return "".join(f"{path.as_posix()}\n" for path in sorted(top.rglob("*")) if path.is_file())
    message = f"a case runs hazardctl, cat and ls, not {words[0]}"
    raise AssertionError(message)


def _lines(text: str) -> str:
    text = text.replace("\r", "␍")
    return text if text.endswith("\n") or not text else text + "⏎\n"


def _visible(data: bytes) -> str:
    text, dress = decode(data)
    note = {"utf-8": "", "utf-8-sig": "<BOM>", "gb18030": "<GB18030>", "utf-16": "<UTF-16>"}[dress.codec]
    return note + text.removeprefix("\ufeff").replace("\t", "→")


def _known_ids(case: Path) -> set[str]:
    known = set(ENTRY_ID.findall((case / "cmd").read_text(encoding="utf-8")))
    for path in (case / "campaign").rglob("*"):
        if path.is_file():
            known |= set(ENTRY_ID.findall(path.read_bytes().decode("latin-1")))
    return known


def _scrub(text: str, folder: Path, known: set[str]) -> str:
    for spelling in {str(folder), folder.as_posix(), str(folder.resolve())}:
        text = text.replace(spelling, "<DIR>")
    made: dict[str, str] = {}
    text = ENTRY_ID.sub(
        lambda found: found[0] if found[0] in known else made.setdefault(found[0], f"<ID{len(made) + 1}>"), text
    )
    return MOMENT.sub("<TIME>", text)


def test_every_case_folder_has_its_files() -> None:
    for area in CASES.iterdir():
        if area.is_dir() and area.name != "into":  # run by test_into.py: what is filled in is a workbook
            assert area.name in AREAS, f"{area.name} is not an area of the cases"
            for case in filter(Path.is_dir, area.iterdir()):  # a script that makes workbooks may stand beside them
                if case.name == "__pycache__":
                    continue  # the script's
                assert (case / "cmd").is_file(), f"{case} has no cmd"
                assert (case / "expected.txt").is_file(), f"{case} has no expected.txt"


def test_a_moment_and_a_new_id_are_the_only_things_that_are_hidden(tmp_path: Path) -> None:
    told = f"{tmp_path}/a 2022-09-06T08:00:01+08:00 H7K3-M9QX-2FPD H222-2222-3333 2022-09-06"
    assert _scrub(told, tmp_path, {"H222-2222-3333"}) == "<DIR>/a <TIME> <ID1> H222-2222-3333 2022-09-06"
