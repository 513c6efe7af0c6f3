"""`hazardctl journal`: take note of hands' changes, print the heads, verify."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from hazardctl import lifecycle, load, manual
from hazardctl.errors import UsageError
from hazardctl.files import processes
from hazardctl.findings import Finding, Severity
from hazardctl.formats.encoding import UndecodableError, decode
from hazardctl.i18n import t
from hazardctl.journals import journal, losses, recording
from hazardctl.journals.chain import Break, Head
from hazardctl.load import Opened
from hazardctl.session import Session
from hazardctl.units import unsafe_id

app = manual.group()
Units = Annotated[list[str] | None, typer.Argument(metavar="[UNIT]...", help=t("journal.units"))]
CODES: Mapping[str, str] = {
    "edited": "J201",
    "missing": "J202",
    "moved": "J203",
    "cut": "J204",
    "rewritten": "J205",
    "gone": "J206",
    "torn": "J106",
    "forked": "J207",
}


@manual.member(app, "journal", "note")
def note(ctx: typer.Context, units: Units = None) -> int:
    """Record what hands have changed."""
    session: Session = ctx.obj
    opened = session.open()
    chosen = _chosen(opened, units)
    noted: list[str] = []
    waiting: list[str] = []
    for unit in chosen:
        ledger, found = load.load_ledger(opened.workspace, unit, opened.terms)
        if not losses.look(opened.workspace, unit, ledger, found).news:
            continue
        done = recording.take_note(opened, unit, by=processes.user_name(), command="journal note")
        (noted if done else waiting).append(unit)
    for unit in noted:
        session.console.out(t("journal.noted", unit=unit))
    for unit in waiting:
        session.console.complain(t("journal.waiting", unit=unit))
    changed = t("journal.changed_units", count=len(noted)) if noted else ""
    session.console.ended(read=t("journal.read_units", units=len(chosen), lines=0), changed=changed)
    return 3 if waiting else 0


@manual.member(app, "journal", "head")
def head(ctx: typer.Context, units: Units = None) -> int:
    """Print the heads."""
    session: Session = ctx.obj
    opened = session.open()
    for unit in _chosen(opened, units):
        for writer, at in journal.head(opened.workspace.unit(unit)).items():
            session.console.data(f"{unit} {writer} {at.seq} {at.hash}\n")
    return 0


@manual.member(app, "journal", "verify")
def verify(
    ctx: typer.Context,
    units: Units = None,
    heads: Annotated[Path | None, typer.Option("--head", metavar="FILE", help=t("journal.head_file"))] = None,
) -> int:
    """Verify the journals."""
    from hazardctl.reporters import text as reporter

    session: Session = ctx.obj
    opened = session.open()
    known = _heads(heads) if heads else {}
    chosen = _chosen(opened, units) if units else [*dict.fromkeys([*_chosen(opened, None), *known])]
    found: list[Finding] = []
    total = 0
    for unit in chosen:
        if unsafe_id(unit):
            continue
        broken, count = journal.verify(opened.workspace.unit(unit), known.get(unit))
        found += _findings(opened, unit, broken)
        total += count
    if found:
        session.console.out(reporter.listing(found))
    else:
        session.console.out(t("journal.sound" if heads else "journal.sound_without_head"))
    session.console.ended(read=t("journal.read_units", units=len(chosen), lines=total))
    return int(any(finding.severity == Severity.ERROR for finding in found))


def _chosen(opened: Opened, words: Sequence[str] | None) -> list[str]:
    if words:
        tops = [lifecycle.unit_of(opened, word) for word in words]
        return list(dict.fromkeys(unit for top in tops for unit in opened.units.under(top)))
    return [unit.id for unit, _ in opened.units.walk() if not unsafe_id(unit.id)]


def _heads(path: Path) -> dict[str, dict[str, Head]]:
    """Read what `journal head` printed."""
    try:
        words, _ = decode(path.read_bytes())
    except (OSError, UndecodableError):
        raise UsageError(sentence=t("journal.no_head_file", path=path)) from None
    heads: dict[str, dict[str, Head]] = {}
    for number, line in enumerate(words.splitlines(), 1):
        parts = line.split()
        if not parts:
            continue
        if len(parts) < 4 or not parts[-2].isdecimal() or len(parts[-1]) != 64:
            raise UsageError(sentence=t("journal.bad_head", path=path, line=number))
        unit = " ".join(parts[:-3])
        heads.setdefault(unit, {})[parts[-3]] = Head(int(parts[-2]), parts[-1].lower())
    return heads


def _findings(opened: Opened, unit: str, broken: Mapping[str, Sequence[Break]]) -> list[Finding]:
    folder = journal.folder(opened.workspace.unit(unit))
    found = []
    for writer, breaks in sorted(broken.items()):
        path = opened.workspace.name(folder / f"{writer}{journal.SUFFIX}")
        for one in breaks:
            code = CODES[one.reason]
            severity = Severity.WARNING if one.reason in ("torn", "forked") else Severity.ERROR
            found.append(Finding(code, severity, path, one.line, unit=unit, args=(("seq", str(one.seq)),)))
    return found
