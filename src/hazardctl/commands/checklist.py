"""`hazardctl checklist`: the shipped checklists and the bureau's own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from hazardctl import i18n, load, manual
from hazardctl.checklist import Checklist
from hazardctl.errors import UsageError
from hazardctl.i18n import t
from hazardctl.session import Session
from hazardctl.texts import Text
from hazardctl.workspace import NoCampaignError

app = manual.group()
Name = Annotated[str, typer.Argument(metavar="CHECKLIST", help=t("checklist.name"))]


def _root(session: Session) -> Path | None:
    try:
        return session.workspace().root
    except NoCampaignError:
        if session.asked is not None:
            raise
        return None


def _path(session: Session, name: str) -> Path:
    path = Path(name)
    return path if path.suffix in (".yaml", ".yml") and path.is_file() else load.find_checklist(name, _root(session))


def _load(session: Session, name: str) -> Checklist:
    path = _path(session, name)
    return load.load_checklist(path, path.name)[0]


@manual.member(app, "checklist", "list")
def list_checklists(
    ctx: typer.Context,
    form: Annotated[str, typer.Option("--format", metavar="table|json", help=t("checklist.format"))] = "table",
) -> int:
    """List checklists."""
    from hazardctl.writers import text as writer

    session: Session = ctx.obj
    root = _root(session)
    files = load.checklist_files(root)
    rows = [
        (name, *_about(load.load_checklist(path, path.name)[0]), _where(path, root)) for name, path in files.items()
    ]
    if form == "json":
        keys = ("checklist", "title", "size", "from")
        session.console.data(
            json.dumps([dict(zip(keys, row, strict=True)) for row in rows], ensure_ascii=False, indent=2) + "\n"
        )
        return 0
    heads = tuple(t(f"checklist.column_{name}") for name in ("id", "title", "size", "where"))
    session.console.out(writer.columns(heads, rows, session.console))
    session.console.ended(read=t("checklist.read_files", count=len(rows)))
    return 0


def _about(checklist: Checklist) -> tuple[str, str]:
    items = sum(len(category.items) for category in checklist.categories)
    return i18n.pick(checklist.title), f"{len(checklist.categories)}/{items}"


def _where(path: Path, root: Path | None) -> str:
    return t("checklist.own") if root and path.is_relative_to(root) else t("checklist.shipped")


@manual.member(app, "checklist", "show")
def show(
    ctx: typer.Context,
    name: Name,
    form: Annotated[str, typer.Option("--format", metavar="text|json", help=t("checklist.format"))] = "text",
) -> int:
    """Show a checklist."""
    session: Session = ctx.obj
    path = _path(session, name)
    checklist = load.load_checklist(path, path.name)[0]
    if form == "json":
        from hazardctl.formats import encoding, yaml

        text, _ = encoding.decode(path.read_bytes())
        session.console.data(json.dumps(yaml.read(text, path.name).value, ensure_ascii=False, indent=2) + "\n")
        return 0
    from hazardctl import overview
    from hazardctl.console import wrap

    console = session.console
    for depth, words in overview.lines(checklist):
        if depth == 0:
            console.out("\n" + words, "bold")
            continue
        first, *rest = wrap(words, max(min(console.width, 100) - 2 * depth - 5, 30))
        console.out("  " * depth + first)
        for line in rest:
            console.out("  " * depth + " " * 5 + line)
    console.ended(read=path.name)
    return 0


@manual.member(app, "checklist", "validate")
def validate(ctx: typer.Context, name: Name) -> int:
    """Find every mistake in a checklist."""
    from hazardctl.reporters import text as reporter
    from hazardctl.rules import checklist as rules

    session: Session = ctx.obj
    path = _path(session, name)
    found = rules.check_file(path, name if Path(name).is_file() else path.name)
    if not found:
        session.console.out(t("checklist.fine", path=name))
        return 0
    session.console.out(reporter.listing(found))
    return 1


@manual.member(app, "checklist", "diff")
def diff(
    ctx: typer.Context,
    old: Name,
    new: Name,
    form: Annotated[str, typer.Option("--format", metavar="text|json", help=t("checklist.format"))] = "text",
) -> int:
    """Compare two versions of a checklist."""
    from hazardctl.compare import compare

    if form not in ("text", "json"):
        raise UsageError(sentence=t("options.one_of", option="--format", value=form, allowed="text|json"))
    session: Session = ctx.obj
    changes = compare(_load(session, old), _load(session, new))
    if form == "json":
        plain = [
            {"fate": c.fate, "before": c.before, "after": list(c.after), "was": _plain(c.was), "now": _plain(c.now)}
            for c in changes
        ]
        session.console.data(json.dumps(plain, ensure_ascii=False, indent=2) + "\n")
        return 0
    told = [change for change in changes if change.fate != "kept"]
    for change in told:
        arrow = " → ".join(
            filter(None, (change.before, " + ".join(change.after) if change.after != (change.before,) else ""))
        )
        session.console.out(f"{t(f'checklist.{change.fate}')}  {arrow}")
        for sign, words in (("-", change.was), ("+", change.now)):
            if words and (change.was != change.now or sign == "+"):
                session.console.out(f"    {sign} {i18n.pick(words)}")
    session.console.out(
        t("checklist.same")
        if not told
        else i18n.labelled(t("checklist.kept"), str(sum(change.fate == "kept" for change in changes)))
    )
    return 0


def _plain(words: Text) -> str | dict[str, str]:
    return dict(words) if isinstance(words, Mapping) else words
