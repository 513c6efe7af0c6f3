"""The help texts: examples first, columns aligned by terminal cells, in the language in force."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from hazardctl import i18n, text
from hazardctl.console import wrap
from hazardctl.i18n import t

_INDENT = "  "
CONTEXT = {"help_option_names": ["-h", "--help"]}
# What stands for a value in usage lines; each has its word in the catalogue.
_PLACEHOLDERS: Final = (
    "BASE", "CATEGORY", "CHECKLIST", "CODE", "COLUMN", "DATE", "DAYS", "DIR", "ENTRY", "F", "FIELD", "FILE", "HEADING",
    "ID", "KEY", "KIND", "N", "NAME", "OURS", "P", "PATH", "REASON", "ROW", "STATUS", "TABLE", "THEIRS", "TIME", "UNIT",
    "V", "VALUE", "WHY", "WORDS",
)  # fmt: skip


class Command(TyperCommand):
    """A command whose help begins with examples."""

    def format_help(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]  # noqa: D102
        formatter.write(command_help(ctx, self))


class Group(TyperGroup):
    """A group of commands, such as `unit`."""

    def format_help(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]  # noqa: D102
        formatter.write(group_help(ctx, self))


def group() -> typer.Typer:
    """Make a group for `commands/<name>.py` to hang its commands on."""
    return typer.Typer(
        cls=Group, add_completion=False, rich_markup_mode=None, context_settings=CONTEXT, no_args_is_help=True
    )


def member(app: typer.Typer, area: str, name: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Hang a command on a group; its one line of help is `<area>.<name>.about`."""
    return app.command(name, cls=Command, help=t(f"{area}.{name}.about"), context_settings=CONTEXT)


def heading_help(group: Any, ctx: Any, names: Sequence[str]) -> str:
    """Give the help of the whole tool; commands are listed from the catalogue, without importing them."""
    rows = [(name, t(f"commands.{name}")) for name in names]
    parts = [
        t("commands.about"),
        _section("manual.start", _examples(t("commands.examples"))),
        _section("manual.commands", _columns(rows)),
        _section("manual.options", _columns(_options(group, ctx))),
        t("commands.more"),
    ]
    return "\n\n".join(parts) + "\n"


def group_help(ctx: Any, group: Any) -> str:
    """Give the help of a group of commands."""
    name = ctx.command_path.removeprefix("hazardctl ").replace(" ", "_")
    rows = [(command, group.get_command(ctx, command).help or "") for command in group.list_commands(ctx)]
    return (
        "\n\n".join([t(f"{name}.about"), *_example_section(name), _section("manual.commands", _columns(rows))]) + "\n"
    )


def command_help(ctx: Any, command: Any) -> str:
    """Give the help of one command."""
    words = ctx.command_path.split()[1:]
    name = ".".join(words)
    parts = [command.help or "", *_example_section(name)]
    parts.append(_section("manual.usage", [_INDENT + _usage(ctx, command)]))
    arguments = [(_piece(param), param.help or "") for param in command.params if param.param_type_name == "argument"]
    if arguments:
        parts.append(_section("manual.arguments", _columns(arguments)))
    parts.append(_section("manual.options", _columns(_options(command, ctx))))
    parts.append(t("manual.everywhere"))
    return "\n\n".join(parts) + "\n"


def _usage(ctx: Any, command: Any) -> str:
    pieces = [_piece(param) for param in command.get_params(ctx) if param.param_type_name == "argument"]
    return " ".join([ctx.command_path, *(["[…]"] if _options(command, ctx) else []), *pieces])


def _piece(param: Any) -> str:
    """Write an argument for a usage line; a command's own brackets and dots stand as it wrote them."""
    name = placeholders(str(param.metavar or param.name.upper()))
    if "[" in name or "..." in name:
        return name
    name = name if param.nargs == 1 else f"{name}..."
    return name if param.required else f"[{name}]"


def placeholders(metavar: str) -> str:
    """Write what stands for a value in the language in force: `[UNIT=]FILE` is `[单位=]文件`."""
    return re.sub(
        r"[A-Z]+", lambda found: t(f"manual.word_{found[0]}") if found[0] in _PLACEHOLDERS else found[0], metavar
    )


def _options(command: Any, ctx: Any) -> list[tuple[str, str]]:
    rows = []
    for param in command.get_params(ctx):
        if param.param_type_name != "option" or getattr(param, "hidden", False):
            continue
        names = ", ".join(sorted(param.opts, key=len) + sorted(param.secondary_opts, key=len))
        metavar = "" if param.is_flag else f" {placeholders(param.make_metavar(ctx=ctx))}"
        help_text = t("manual.help") if param.name == "help" else param.help or ""
        rows.append((names + metavar, help_text))
    return rows


def _example_section(name: str) -> list[str]:
    area, _, rest = name.partition(".")
    key = f"{area}.{rest + '.' if rest else ''}examples"
    return [_section("manual.examples", _examples(t(key)))] if i18n.has(key) else []


def _examples(lines: str) -> list[str]:
    return [_INDENT + line for line in lines.splitlines()]


def _section(key: str, lines: Sequence[str]) -> str:
    return "\n".join([t(key), *lines])


def _columns(rows: Sequence[tuple[str, str]]) -> list[str]:
    whole = min(shutil.get_terminal_size().columns, 100)
    left = min(max((text.width(name) for name, _ in rows), default=0), 34) + 2
    lines: list[str] = []
    for name, words in rows:
        first, *rest = wrap(words, max(whole - left - 2, 24))
        if text.width(name) + 2 > left:
            lines += [_INDENT + name, _INDENT + " " * left + first]
        else:
            lines.append(_INDENT + text.pad(name, left) + first)
        lines += [_INDENT + " " * left + line for line in rest]
    return lines


def usage_sentence(error: Any) -> str:  # noqa: PLR0911 -- one return a kind of fault
    """Say a fault of the command line in the language in force."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        return t("manual.no_such_option", name=error.option_name) + _guessed(error.possibilities or ())
    if kind == "MissingParameter":
        return t("manual.missing", name=_hint(error))
    if kind == "BadParameter":
        return _bad_value(error)
    if kind == "BadOptionUsage":
        needless = "not take a value" in error.message
        return t("manual.takes_no_value" if needless else "manual.option_needs_value", name=error.option_name)
    if "No such command" in error.message:
        word = error.message.split("'")[1] if "'" in error.message else ""
        known = error.ctx.command.list_commands(error.ctx) if error.ctx else ()
        where = error.ctx.command_path if error.ctx else "hazardctl"
        return t("manual.no_such_command", name=word, where=where) + _guessed(text.nearest(word, known, 3))
    if "unexpected extra argument" in error.message:
        return t("manual.too_many", words=error.message.partition(" (")[2].rpartition(")")[0])
    return t("manual.usage_fault", why=error.message)


def _guessed(guesses: Sequence[str]) -> str:
    return t("manual.did_you_mean", guess=i18n.join(guesses)) if guesses else ""


def _bad_value(error: Any) -> str:
    """Say which values an option takes; numbers are the only ones that are looked at before a command runs."""
    hint, taken = _hint(error), getattr(error.param, "type", None)
    if allowed := getattr(taken, "choices", None):
        return t("manual.not_one_of", name=hint, allowed=i18n.join(list(map(str, allowed))))
    value = error.message.partition(" is not ")[0].strip("'\"")
    if not str(getattr(taken, "name", "")).startswith("int") or value == error.message:
        return t("manual.bad_value", name=hint, why=error.message)
    least = getattr(taken, "min", None)
    return t("manual.whole_number" if least is None else "manual.whole_from", name=hint, value=value, least=least)


def _hint(error: Any) -> str:
    param = getattr(error, "param", None)
    if param is None:
        return ""
    if param.param_type_name == "option":
        return str(max(param.opts, key=len))
    return i18n.join(
        placeholders(str(param.metavar or param.name)).translate({ord(mark): None for mark in "[]."}).split()
    )
