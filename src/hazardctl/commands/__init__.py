"""The commands, one file each, in the order of a clerk's work; a module is imported when its command is called.

A module has either `run`, the command, or `app`, a group of commands. Its words are in `catalogue/<name>.py`:
`<name>.about`, `<name>.examples`, and one key for each option.
"""

from __future__ import annotations

COMMANDS: tuple[str, ...] = (
    "demo",
    "init",
    "checklist",
    "unit",
    "scaffold",
    "add",
    "set",
    "list",
    "show",
    "check",
    "explain",
    "rollup",
    "report",
)


def module_of(name: str) -> str:
    """Name the module of a command: `list` and `set` are words of Python, `import` cannot even be imported."""
    return f"hazardctl.commands.{name.replace('-', '_')}"
