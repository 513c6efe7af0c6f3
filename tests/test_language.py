"""A run in Chinese says nothing in English, not even in the words of the system or of another program."""

from __future__ import annotations

import errno
import io
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Run
from hazardctl import i18n
from hazardctl.console import Console
from sources import modules, path_of

ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("rollup --level x", "--level 后面要写整数，不能是“x”"),
        ("list --due-within -1", "--due-within 后面要写不小于 0 的整数，不能是“-1”"),
        ("check --fix=1", "--fix 后面不写内容"),
        ("check --format", "--format 后面要写一个值"),
        ("submit", "缺少 单位；"),
        ("set caojia", "缺少 编号、字段=内容；"),
        ("unit ad", "用 hazardctl unit --help 查看全部命令。是不是想写 add？"),
        ("list --statu x", "没有 --statu 这个选项。是不是想写 --status"),
        ("explain A B C", "多写了内容：B C"),
    ],
)
def test_what_cannot_be_understood_is_said_in_chinese(words: str, said: str, run: Run) -> None:
    done = run("--lang", "zh", *words.split())
    assert done.code == 2
    assert said in done.err
    assert not ENGLISH.search(re.sub(r"hazardctl \w+ --help|[A-Z ]+$", "", done.err)), done.err


def test_what_stands_for_a_value_has_its_word_in_both_languages(run: Run) -> None:
    chinese, english = run("--lang", "zh", "import", "-h").out, run("--lang", "en", "import", "-h").out
    assert "--map 栏名=字段 " in chinese
    assert "文件..." in chinese
    assert "--map HEADING=FIELD " in english
    assert "FILE..." in english


@pytest.fixture
def campaign(tmp_path: Path, run: Run) -> Path:
    (tmp_path / "units.csv").write_text("id,name\ncaojia,曹家司法所\n", encoding="utf-8")
    assert run("init", "c", "--checklist", "community-correction", "--units", "units.csv").code == 0
    return tmp_path / "c"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", '风险隐患类别,责任人\n1,"没有收尾\n', "第 2 行：有引号没有配对，一直到文件末尾。"),
        ("a.yaml", "entries:\n  - a: b: c\n", "（这里不应有冒号；文字里有冒号的，请给文字加引号）。"),
        ("b.yaml", "entries:\n  - id： x\n    a: b\n", "这里不应有冒号"),
        ("c.yaml", "entries:\n  - id: x\n    id: y\n", "第 3 行：“id”写了两次。"),
        ("d.yaml", "entries: [a, b\n", "读 [ ] 里的列表时，"),
    ],
)
def test_what_a_parser_says_of_an_imported_file_is_said_in_chinese(
    name: str, content: str, said: str, campaign: Path, run: Run
) -> None:
    (campaign / name).write_text(content, encoding="utf-8")
    done = run("--lang", "zh", "--campaign", campaign, "import", campaign / name, "--unit", "caojia")
    assert done.code == 3
    assert said in done.out
    assert not ENGLISH.search(done.out.replace(str(campaign), "")), done.out


def test_what_the_system_says_is_said_in_chinese(run: Run) -> None:
    done = run("--lang", "zh", "init", "d", "--checklist", "community-correction", "--units", "missing.csv")
    assert done.code == 3
    assert "文件打不开：文件或文件夹不存在。" in done.err


def test_words_of_others_are_given_whole_or_not_at_all() -> None:
    i18n.use("zh")
    assert i18n.others("Permission denied") == "没有权限"
    assert (
        i18n.others("while parsing a flow mapping did not find expected ',' or '}'")
        == "读 { } 里的内容时，缺少逗号或“}”"
    )
    assert i18n.others("Permission denied by the weather") == "Permission denied by the weather"
    assert i18n.others("") == ""
    i18n.use("en")
    assert i18n.others("Permission denied") == "Permission denied"


JOINED_ALIKE = {
    "hazardctl.records": "a value as Python shows it",
    "hazardctl.texts": "a value as Python shows it",
    "hazardctl.formats.yaml_edit": "YAML has commas",
    "hazardctl.manual": "the names of one option",
    "hazardctl.signing": "what a finding is about, in every language the same",
    "hazardctl.returns.signed": "what a finding is about, in every language the same",
    "hazardctl.statistics.reported": "places that are kept beside figures, in every language the same",
}


def test_lists_are_joined_as_their_language_does() -> None:
    joining = {module for module in modules() if '", ".join(' in path_of(module).read_text(encoding="utf-8")}
    assert joining <= JOINED_ALIKE.keys()


def test_a_report_without_a_name_lists_all_there_are(campaign: Path, run: Run) -> None:
    done = run("--lang", "zh", "--campaign", campaign, "report")
    assert done.code == 2
    assert "现有：unit、weekly、annex1、annex2、annex3" in done.err


def test_a_unit_without_a_name_is_added_and_that_is_said(campaign: Path, run: Run) -> None:
    done = run("--lang", "zh", "--campaign", campaign, "unit", "add", "nanba")
    assert done.code == 0
    assert "没有写单位名称" in done.err
    named = run("--lang", "zh", "--campaign", campaign, "unit", "add", "beita", "北塔所")
    assert "没有写单位名称" not in named.err


def test_a_folder_without_partials_is_not_said_to_be_missing(campaign: Path, run: Run) -> None:
    done = run("--lang", "zh", "--campaign", campaign, "rollup", "--from", campaign / "units")
    assert done.code == 3
    assert "里没有 *.json 文件。" in done.err
    assert "不存在" not in done.err


@pytest.mark.parametrize("words", ["annex3", "附件3报送", "附件3", "Annex 3 return", "annex 3"])
def test_a_named_period_is_known_by_its_label_and_called_by_it(words: str, campaign: Path, run: Run) -> None:
    told = ("--today", "2022-09-07", "--campaign", campaign, "status", "--period", words)
    assert "附件3报送（annex3）：应于 2022-09-29 前报送" in run("--lang", "zh", *told).out
    assert "Annex 3 return (annex3): due 2022-09-29" in run("--lang", "en", *told).out


def test_a_label_that_begins_several_periods_names_none(campaign: Path, run: Run) -> None:
    done = run("--lang", "zh", "--campaign", campaign, "status", "--period", "附件")
    assert done.code == 2
    assert "附件1报送（annex1）" in done.err


class Terminal(io.TextIOWrapper):
    """A terminal that speaks an encoding of its own."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("kind", "spoken"), [(Terminal, "gb18030"), (io.TextIOWrapper, "utf-8")])
def test_a_terminal_gets_its_own_encoding_and_a_pipe_the_same_bytes_as_ever(
    kind: type[io.TextIOWrapper], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = kind(io.BytesIO(), encoding="gb18030")
    monkeypatch.setattr("sys.stdout", stream)
    Console().data("# 周报\n")
    stream.flush()
    assert stream.buffer.getvalue() == "# 周报\n".encode(spoken)  # type: ignore[attr-defined]


def _refusing(error: OSError) -> Callable[..., Any]:
    def refuse(*_: object, **__: object) -> None:
        raise error

    return refuse


def test_what_the_disk_refuses_unforeseen_is_no_fault_of_ours(
    campaign: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "hazardctl.load.load_units", _refusing(PermissionError(errno.EACCES, "Permission denied", "甲"))
    )
    done = run("--lang", "zh", "--campaign", campaign, "unit", "list")
    assert done.code == 3
    assert "错误：甲：权限不足（EACCES）" in done.err
    monkeypatch.setattr("hazardctl.load.load_units", _refusing(OSError("nothing of a file")))
    assert run("--lang", "zh", "--campaign", campaign, "unit", "list").code == 70


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("words", [["unit", "list"], ["unit", "list", "--format", "json"], ["-h"], ["check", "-h"]])
def test_a_result_that_cannot_be_written_is_no_success_and_no_fault_of_ours(words: list[str], campaign: Path) -> None:
    program = [sys.executable, "-m", "hazardctl", "--lang", "zh", *words]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(program, stdout=full, stderr=subprocess.PIPE, check=False, cwd=campaign)
    assert done.returncode == 3
    assert done.stderr.decode() == "错误：结果写不出去：磁盘已满。\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell that closes streams")
def test_closed_streams_are_no_hindrance(campaign: Path) -> None:
    program = f"'{sys.executable}' -m hazardctl --lang zh unit list"
    for closing in (">&-", "2>&-", "<&-", "<&- >&- 2>&-"):
        done = subprocess.run(["/bin/sh", "-c", f"{program} {closing}"], capture_output=True, check=False, cwd=campaign)
        assert done.returncode == 0, done.stderr.decode()
        assert b"Traceback" not in done.stderr
