"""Make what is made from the program itself: command pages, README screens, schemas.

`make docs` writes them; a test compares them with what is in the repository.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import typer

from hazardctl.app import load_command
from hazardctl.campaign import Campaign
from hazardctl.checklist import Checklist
from hazardctl.commands import COMMANDS
from hazardctl.formats import yaml
from hazardctl.schema import json_schema

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh.md")
PLACES = {"en": Path("docs/commands"), "zh": Path("docs/zh/commands")}
TITLES = {"en": "Commands", "zh": "命令"}
Help = tuple[tuple[str, ...], str]  # the words of a command, and what `-h` says
MADE = {
    "en": "<!-- Made from `hazardctl {words} -h` by `make docs`. -->",
    "zh": "<!-- 由 `hazardctl {words} -h` 生成（make docs），不要手改。 -->",
}
SCREEN = re.compile(
    r"(?P<begin><!-- screen: (?P<command>.+?)(?: \| (?P<lines>\d+) lines)? -->\n).*?(?P<end><!-- /screen -->)",
    re.DOTALL,
)


def pages() -> dict[Path, str]:
    """Give every made file with its content, by path from the top of the repository."""
    made = {Path("schemas") / name: content for name, content in schemas()}
    made |= dict(digests())
    for language in PLACES:
        made |= dict(command_pages(language))
    for name in READMES:
        made[Path(name)] = with_screens((ROOT / name).read_text(encoding="utf-8"))
    return made


def schemas() -> Iterator[tuple[str, str]]:
    """Give the JSON Schemas that editors use while a campaign or a checklist is being written."""
    for name, cls in (("campaign", Campaign), ("checklist", Checklist)):
        yield f"{name}.schema.json", json.dumps(json_schema(cls), ensure_ascii=False, indent=2) + "\n"


def digests() -> Iterator[tuple[Path, str]]:
    """Give what each shipped checklist says, for commands to have without reading YAML."""
    for path in sorted((ROOT / "checklists").glob("*/*.yaml")):
        data = path.read_bytes()
        said = {"sha256": sha256(data).hexdigest(), "value": yaml.read(data.decode("utf-8"), path.name).value}
        yield path.relative_to(ROOT).with_suffix(".json"), json.dumps(said, ensure_ascii=False) + "\n"


def command_pages(language: str) -> Iterator[tuple[Path, str]]:
    """Give one page for each command, and the list of them."""
    place = PLACES[language]
    rows = []
    for name in COMMANDS:
        helps: list[Help] = [((name,), say(language, name, "-h"))]
        helps += [((name, member), say(language, name, member, "-h")) for member in members(name)]
        rows.append(f"- [`hazardctl {name}`]({name}.md) — {helps[0][1].splitlines()[0]}")
        yield place / f"{name}.md", _page(language, helps)
    yield place / "README.md", f"# {TITLES[language]}\n\n" + "\n".join(rows) + "\n"


def _page(language: str, helps: list[Help]) -> str:
    parts = []
    for words, shown in helps:
        command = " ".join(words)
        heading = "#" * len(words)
        parts.append(
            f"{heading} hazardctl {command}\n\n{MADE[language].format(words=command)}\n\n```text\n{shown}```\n"
        )
    return "\n".join(parts)


def members(name: str) -> tuple[str, ...]:
    """Name the commands of a group."""
    command = load_command(name)
    return tuple(command.list_commands(typer.Context(command))) if hasattr(command, "list_commands") else ()


@cache
def say(language: str, *words: str) -> str:
    """Give what a command prints, in a process of its own: a process speaks one language."""
    return run(("hazardctl", "--lang", language, *words), ROOT)


def run(words: tuple[str, ...], folder: Path) -> str:
    """Run a command of this installation and give what the terminal shows."""
    program = shutil.which(words[0], path=sysconfig.get_path("scripts"))
    if program is None:
        sys.exit("hazardctl is not installed beside this Python: make docs")
    env = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "HOME", "USERPROFILE") if name in os.environ}
    env |= {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1", "TZ": "UTC", "LANG": "C.UTF-8"}
    done = subprocess.run(  # noqa: S603 -- our own program
        [program, *words[1:]], cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return done.stdout.decode("utf-8").replace("\r\n", "\n")


def with_screens(text: str) -> str:
    """Give a page with every screen shown as the commands print it, on a fresh copy of the example campaign."""
    if not SCREEN.search(text):
        return text
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "campaign"
        shutil.copytree(example(), folder)

        def show(found: re.Match[str]) -> str:
            shown = run(tuple(shlex.split(found["command"])), folder).replace(str(folder), ".").splitlines()
            limit = int(found["lines"] or len(shown))
            kept = [*shown[:limit], *(["…"] if len(shown) > limit else [])]
            screen = "\n".join([f"$ {found['command']}", *kept])
            return f"{found['begin']}```console\n{screen}\n```\n{found['end']}"

        return SCREEN.sub(show, text)


def example() -> Path:
    """Find the example campaign."""
    return next(path.parent for path in sorted((ROOT / "examples").glob("*/campaign.yaml")))


def stale(made: dict[Path, str]) -> list[Path]:
    """Name the files that differ from what the program says, and made pages whose command is gone."""
    differing = [path for path, content in made.items() if _on_disk(path) != content]
    left = [
        path.relative_to(ROOT)
        for place in PLACES.values()
        for path in sorted((ROOT / place).glob("*.md"))
        if path.relative_to(ROOT) not in made
    ]
    return differing + left


def _on_disk(path: Path) -> str:
    file = ROOT / path
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def write(made: dict[Path, str]) -> None:
    """Bring the repository up to date."""
    for path in stale(made):
        file = ROOT / path
        if path in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(made[path], encoding="utf-8", newline="\n")
        else:
            file.unlink()
        print(path.as_posix())


if __name__ == "__main__":
    write(pages())
