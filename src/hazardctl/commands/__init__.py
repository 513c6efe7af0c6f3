"""The commands, one file each, in the order of a clerk's work; a module is imported when its command is called.

A module has either `run`, the command, or `app`, a group of commands. Its words are in `catalogue/<name>.py`:
`<name>.about`, `<name>.examples`, and one key for each option.
"""

from __future__ import annotations

import keyword

COMMANDS: tuple[str, ...] = (
    "demo",
    "init",
    "checklist",
    "unit",
    "scaffold",
    "add",
    "set",
    "import",
    "list",
    "show",
    "check",
    "explain",
    "history",
    "restore",
    "journal",
    "submit",
    "reopen",
    "accept",
    "verify",
    "status",
    "due",
    "weekly",
    "rollup",
    "trace",
    "freeze",
    "restate",
    "coverage",
    "report",
    "merge",
    "conflicts",
    "resolve",
    "git",
    "doctor",
    "cache",
)


def module_of(name: str) -> str:
    """Name the module of a command: a word that Python keeps for itself gets an underscore, as `import_`."""
    word = name.replace("-", "_")
    return f"hazardctl.commands.{word}{'_' if keyword.iskeyword(word) else ''}"
