"""The face: from the command line to a command, and from every kind of fault to an exit code."""

from __future__ import annotations

import errno
import importlib
import sys
from collections.abc import Sequence
from typing import Any, cast

import typer
from typer.core import TyperGroup

from hazardctl import i18n, memory
from hazardctl.commands import COMMANDS, module_of
from hazardctl.console import Console, UnwrittenError, When
from hazardctl.errors import HazardError, UsageError, fault_of
from hazardctl.i18n import t
from hazardctl.manual import CONTEXT, Command, heading_help, usage_sentence

OUR_FAULT, INTERRUPTED = 70, 130
_VALUED = ("--campaign", "--lang", "--today", "--color")
_FLAGS = ("-q", "--quiet")


class Root(TyperGroup):
    """The whole tool: knows its commands by name and imports the one that is called."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # noqa: ARG002, D102
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]  # noqa: ARG002, D102
        return load_command(cmd_name) if cmd_name in COMMANDS else None

    def format_help(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]  # noqa: D102
        formatter.write(heading_help(self, ctx, COMMANDS))


def load_command(name: str) -> Any:
    """Import one command and build it."""
    module = importlib.import_module(module_of(name))
    if hasattr(module, "app"):
        group = cast("Any", typer.main.get_group(module.app))
        group.name = name
        return group
    return typer.main.get_command_from_info(
        typer.models.CommandInfo(
            name=name, cls=Command, callback=module.run, help=t(f"{name}.about"), context_settings=CONTEXT
        ),
        pretty_exceptions_short=False,
        rich_markup_mode=None,
    )


def build() -> Any:
    """Build the root command in the language in force."""
    app = typer.Typer(
        cls=Root,
        name="hazardctl",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=CONTEXT,
        invoke_without_command=True,
        no_args_is_help=True,
    )
    from hazardctl.options import root

    app.callback()(root)
    return typer.main.get_command(app)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; gives the exit code."""
    if argv is None:  # this process lives for one run
        memory.look_seldom()
    arguments = _global_options_first(list(sys.argv[1:] if argv is None else argv))
    console = _begun(arguments)
    code = _run(arguments, console)
    _tell_what_is_left(console)
    if argv is None:
        memory.look_no_more()
    return code


def _begun(arguments: list[str]) -> Console:
    _fill_in_streams()
    i18n.use(i18n.choose(_value_of("--lang", arguments), i18n.default_environment()))
    color = _value_of("--color", arguments)
    return Console(
        color=cast("When", color) if color in ("always", "never") else "auto",
        quiet=any(flag in arguments for flag in _FLAGS),
    )


def _run(arguments: list[str], console: Console) -> int:
    try:
        code = build().main(args=arguments, prog_name="hazardctl", standalone_mode=False, obj=console)
    except HazardError as error:
        if isinstance(error, UnwrittenError):
            _forget_stdout()
        return _in_the_way(error, console)
    except (KeyboardInterrupt, EOFError, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
        return 0
    except typer.TyperException as error:
        return _misunderstood(error, console)
    except Exception as error:  # noqa: BLE001 -- the one place where a bug becomes a sentence and a report
        return _unforeseen(error, console)
    if code == INTERRUPTED:  # as which ^C also comes out of Typer
        console.complain(("\n" if console.interactive else "") + t("console.interrupted"))
    return code if isinstance(code, int) else 0


def _tell_what_is_left(console: Console) -> None:
    """Tell of versions and pieces that earlier runs left beside the files this one has locked."""
    if "hazardctl.files.store" not in sys.modules:  # nothing was written
        return
    from hazardctl.files import store

    left = store.kept()
    for kind in ("pending", "torn"):
        names = sorted(str(path) for path, each in left.items() if each == kind)
        if names:
            console.complain(t(f"left.{kind}", count=len(names), names=i18n.join(names[:10])))


def _unforeseen(error: Exception, console: Console) -> int:
    """Tell what the disk refuses, which no command may have foreseen, from a bug."""
    if isinstance(error, OSError) and isinstance(error.filename, str | bytes):
        return _in_the_way(fault_of(error, error.filename), console)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):  # a help text's stream
        _forget_stdout()
        return _in_the_way(UnwrittenError(reason=error.strerror), console)
    from hazardctl.crash import report

    console.complain(t("console.our_fault", path=str(report(error))))
    return OUR_FAULT


def _misunderstood(error: Any, console: Console) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":  # a group of commands, asked for by its name alone
        console.out(str(error.message))
        return 0
    return _in_the_way(UsageError(sentence=usage_sentence(error)), console)


def _in_the_way(error: HazardError, console: Console) -> int:
    console.complain(f"{console.style(t('console.error', sentence=''), 'red', 'bold')}{error}")
    if getattr(error, "findings", None):
        from hazardctl.reporters import text as reporter

        console.complain(reporter.listing(error.findings))  # type: ignore[attr-defined]
    if remedy := error.remedy():
        console.complain(remedy)
    return error.exit_code


def _global_options_first(arguments: list[str]) -> list[str]:
    """Let `--lang`, `--today` and their like stand anywhere: nobody remembers which options belong in front."""
    front: list[str] = []
    rest: list[str] = []
    queue = iter(arguments)
    for argument in queue:
        name, equals, _ = argument.partition("=")
        if argument == "--":
            return [*front, *rest, argument, *queue]
        if name in _VALUED and equals:
            front.append(argument)
        elif argument in _VALUED:
            front += [argument, *([value] if (value := next(queue, None)) is not None else [])]
        elif argument in _FLAGS:
            front.append(argument)
        else:
            rest.append(argument)
    return front + rest


def _value_of(option: str, arguments: Sequence[str]) -> str | None:
    for at, argument in enumerate(arguments):
        if argument == option and at + 1 < len(arguments):
            return arguments[at + 1]
        if argument.startswith(f"{option}="):
            return argument.partition("=")[2]
    return None


def _fill_in_streams() -> None:
    """Put the null device in place of a stream that was closed before we began, as `>&-` does."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            import os

            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 -- as long as we run


def _forget_stdout() -> None:
    """Keep Python from complaining once more at exit that nobody reads on."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
