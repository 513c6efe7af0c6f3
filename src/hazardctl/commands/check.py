"""`hazardctl check`: everything that is wrong, with place and remedy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hazardctl import engines
from hazardctl.engines import ENGINES
from hazardctl.errors import UsageError
from hazardctl.findings import Severity
from hazardctl.i18n import t
from hazardctl.session import Session

if TYPE_CHECKING:
    from hazardctl.check import Checked, UnitResult
    from hazardctl.load import Opened
    from hazardctl.repair import Repaired
    from hazardctl.scope import Scope

WOULD_CHANGE = 4
_FAILING = {"error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING), "never": ()}


def run(  # noqa: PLR0917 -- typer gives options by name
    ctx: typer.Context,
    targets: Annotated[list[str] | None, typer.Argument(metavar="[PATH|UNIT]...", help=t("check.targets"))] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="text|json|csv|github|sarif|junit", help=t("check.format"))
    ] = "text",
    fail_on: Annotated[
        str, typer.Option("--fail-on", metavar="error|warning|never", help=t("check.fail_on"))
    ] = "error",
    fix: Annotated[bool, typer.Option("--fix", help=t("check.fix"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("check.dry_run"))] = False,
    table: Annotated[Path | None, typer.Option("--table", metavar="FILE", help=t("check.table"))] = None,
    engine: Annotated[
        str, typer.Option("--engine", metavar=f"{'|'.join(ENGINES)}[=ADDRESS]", help=t("check.engine"))
    ] = "local",
) -> int:
    """Check the campaign, or what is named."""
    from hazardctl.reporters import REPORTERS

    session: Session = ctx.obj
    _one_of("--format", form, REPORTERS)
    _one_of("--fail-on", fail_on, tuple(_FAILING))
    engines.named(engine)
    if dry_run and not fix:
        raise UsageError(sentence=t("check.dry_run_alone"))
    if table is not None:
        return _published(session, table, form, fail_on, alone=not (targets or fix))
    with session.helped("" if targets or fix else engine) as warm:
        warm("hazardctl.check")
        return _checked(session, targets or (), engine, (form, fail_on), fix=fix, dry_run=dry_run)


def _checked(
    session: Session, targets: Sequence[str], engine: str, told: tuple[str, str], *, fix: bool, dry_run: bool
) -> int:
    """Check what is asked for, or fix it first."""
    from hazardctl import check
    from hazardctl.load import BrokenFileError, NoChecklistError
    from hazardctl.scope import scope

    try:
        opened = session.open()
    except (BrokenFileError, NoChecklistError) as error:
        return _told(session, check.unopened(session.workspace(), error), *told)
    chosen = scope(opened, targets)
    if fix and dry_run:
        return _would_fix(session, opened, chosen)
    changed = _fixed(session, opened, chosen) if fix else ""
    total = len(opened.units.units) if chosen.units is None else len(chosen.units)
    waits: list[Callable[[], object]] = []
    with session.console.progress(t("check.progress"), total) as advance:
        checked = check.check(
            opened, session.today, chosen, advance, engine, read=lambda results: waits.append(_noted(opened, results))
        )
    for wait in waits:
        wait()
    return _told(session, checked, *told, changed, inner=frozenset(filter(None, opened.units.children)))


def _noted(opened: Opened, results: Sequence[UnitResult]) -> Callable[[], object]:
    """Begin to take note of what hands have changed; gives what waits until that is done."""
    from hazardctl.engines.noting import noted
    from hazardctl.journals import noticing

    news = [result.unit for result in results if result.news]
    few = noticing.all_at_once(opened, news)  # of more `weekly` takes note
    return noted(opened, news, "check", noticing.AT_ONCE if few else noticing.GLANCE)


def _published(session: Session, table: Path, form: str, fail_on: str, *, alone: bool) -> int:
    """Hold a published table against itself; no campaign is needed."""
    from hazardctl.publishing import bulletin

    if not alone:
        raise UsageError(sentence=t("check.table_alone"))
    checked = bulletin.check(table)
    return _told(session, checked, form, fail_on, read=t("check.read_table", rows=checked.entries))


def _one_of(option: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise UsageError(sentence=t("options.one_of", option=option, value=value, allowed="|".join(allowed)))


def _told(  # noqa: PLR0917 -- what is told, in which form, and what comes of it
    session: Session, checked: Checked, form: str, fail_on: str, changed: str = "",
    inner: frozenset[str] = frozenset(), read: str = "",
) -> int:  # fmt: skip
    """Tell what was found; of the units `inner` to the tree no ledger is expected, those below them keep theirs."""
    from hazardctl.reporters import reporter
    from hazardctl.reporters import text as for_people

    if form == "text":
        session.console.out(for_people.write(checked, session.console.style))
    else:
        session.console.data(reporter(form)(checked))
    missing = sum(result.state == "missing" and result.unit not in inner for result in checked.results)
    if missing and all(result.state == "missing" for result in checked.results):
        session.console.complain(t("check.no_ledger", count=missing))
    session.console.ended(
        read=read or t("check.read", units=len(checked.results), files=len(checked.files), entries=checked.entries),
        changed=changed,
        skipped=t("check.missing", count=missing) if missing else "",
    )
    return int(any(finding.severity in _FAILING[fail_on] for finding in checked.findings))


def _would_fix(session: Session, opened: Opened, chosen: Scope) -> int:
    from hazardctl import repair

    plans = list(repair.plan(opened, chosen, session.today))
    for planned in plans:
        session.console.out(planned.diff())
        _list(session, planned)
    cells = sum(len(planned.repairs) for planned in plans)
    session.console.ended(read=t("check.would_change", cells=cells, files=len(plans)))
    return WOULD_CHANGE if plans else 0


def _fixed(session: Session, opened: Opened, chosen: Scope) -> str:
    from hazardctl import repair

    done = [repair.write(opened, planned, session.today) for planned in repair.plan(opened, chosen, session.today)]
    for repaired in done:
        _list(session, repaired)
    cells = sum(len(repaired.repairs) for repaired in done)
    return t("check.changed", cells=cells, files=len(done)) if cells else ""


def _list(session: Session, repaired: Repaired) -> None:
    from hazardctl.findings import shown

    for one in repaired.repairs:
        found = one.finding
        session.console.say(
            t(
                "check.repaired",
                path=found.path,
                line=found.line,
                column=found.column,
                code=found.code,
                before=shown(found.value),
                after=shown(one.after),
                entry=found.entry,
            )
        )
