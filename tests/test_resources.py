"""What is shipped beside the program: checklists, and what they say without YAML being read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hazardctl import load, resources
from hazardctl.checklist import Checklist
from hazardctl.formats import yaml

SHIPPED = sorted(resources.folder("checklists").glob("*/*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_a_shipped_checklist_says_the_same_with_and_without_yaml(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = path.read_bytes()
    assert resources.digested(path, data) == yaml.read(data.decode(), path.name).value
    quickly = load.read_as(Checklist, path, path.name)
    monkeypatch.setattr(resources, "digested", lambda *_: None)
    assert load.read_as(Checklist, path, path.name) == quickly


def test_another_text_is_read_itself() -> None:
    path = SHIPPED[0]
    assert resources.digested(path, path.read_bytes() + b"\n") is None


@pytest.mark.parametrize("content", ["", "no json", '{"sha256": "", "value": {}}', "[]", "{}"])
def test_what_was_worked_out_counts_only_whole_and_only_where_it_is_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    (tmp_path / "one").mkdir()
    path, data = tmp_path / "one" / "1.0.yaml", SHIPPED[0].read_bytes()
    kept = json.loads(SHIPPED[0].with_suffix(".json").read_bytes())
    path.with_suffix(".json").write_text(json.dumps(kept), encoding="utf-8")
    assert resources.digested(path, data) is None
    monkeypatch.setattr(resources, "folder", lambda _: tmp_path)
    assert resources.digested(path, data) == kept["value"]
    path.with_suffix(".json").write_text(content, encoding="utf-8")
    assert resources.digested(path, data) is None


def test_a_small_command_does_without_yaml(tmp_path: Path) -> None:
    code = "import sys, hazardctl.app as a; a.main(sys.argv[1:]); print('yaml' in sys.modules, file=sys.stderr)"
    run = [sys.executable, "-c", code]
    subprocess.run([*run, "init", "c", "--checklist", "safe-school@1.0"], cwd=tmp_path, check=True, capture_output=True)
    done = subprocess.run([*run, "rollup"], cwd=tmp_path / "c", capture_output=True, check=False)
    assert done.stderr.decode().splitlines()[-1] == "False"
