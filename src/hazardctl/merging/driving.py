"""What git asks of us: merge one file of a campaign, show one as its fields, check what is about to be committed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from hazardctl import merge, workspace
from hazardctl.cells.terms import Terms
from hazardctl.console import Console
from hazardctl.errors import HazardError
from hazardctl.files import store
from hazardctl.i18n import t
from hazardctl.merging import crossing, grids, kept, quick, told, words
from hazardctl.merging.told import CLEAN, CONFLICT, FAILED
from hazardctl.workspace import LEDGERS, Workspace


def answer(given: Sequence[str], bases: Sequence[str] | None = None) -> int:
    """Do what git asks; gives the exit code git understands: 0 clean, 1 conflict, 129 failure.

    `bases` are those of histories that crossed, None where git was not asked for them yet.
    """
    console = told.begun()
    try:
        match given:
            case ["merge", base, ours, theirs, size, path]:
                if bases is None:
                    bases = crossing.bases(quick.words_file(quick.root_of(str(Path(path).resolve().parent))))
                if _is_part(size, path, crossed=bool(bases)):
                    return make_base(Path(base), Path(ours), Path(theirs), Path(path))
                return drive(Path(base), Path(ours), Path(theirs), Path(path), console, bases)
            case ["show", path]:
                console.data(shown(Path(path)))
                return CLEAN
            case ["hook"]:
                return hook(console)
    except Exception as error:  # noqa: BLE001 -- git would take an unknown exit code for a conflict
        return told.failed(error, console)
    console.complain(t("git.driver_usage"))
    return FAILED


def _is_part(size: str, path: str, *, crossed: bool) -> bool:
    """Tell whether git makes a base out of several: then the marks are longer than they are at this path."""
    if not size.isdecimal() or (int(size) == crossing.MARKS and not crossed):
        return False
    return int(size) > crossing.marks(path)


def drive(  # noqa: PLR0917 -- what git gives, and what it does not say
    base: Path, ours: Path, theirs: Path, path: Path, console: Console, commits: Sequence[str] = ()
) -> int:
    """Merge one file; the result goes where git wants it, what is in question beside the file in the working tree.

    `commits` are the bases where histories crossed.
    """
    found = _campaign(path.resolve().parent) if path.name in LEDGERS else None  # what is said elsewhere needs no terms
    data = [store.read(one).data or b"" for one in (base, ours, theirs)]
    bases = [crossing.version(commit, path.as_posix()) for commit in commits]
    terms, today = found[1] if found else None, _today()
    result = merge.merge(data[0], data[1], data[2], path.name, terms=terms, today=today, bases=bases)
    if found:
        words.leave(*found, data[1], path.name)
    told.leave(path, result.questions, result.gone, console)
    if result.data != data[1]:
        told.give(ours, result.data)
    for finding in result.unsound:
        console.complain(f"hazardctl: {path.as_posix()}: {finding.code} {finding.message()}")
    return CLEAN if result.clean else CONFLICT


def make_base(base: Path, ours: Path, theirs: Path, path: Path) -> int:
    """Make one base out of two for a merge that comes after: nobody is asked anything about it."""
    found = _campaign(path.resolve().parent) if path.name in LEDGERS else None  # what is said elsewhere needs no terms
    data = [store.read(one).data or b"" for one in (base, ours, theirs)]
    result = merge.merge(data[0], data[1], data[2], path.name, terms=found[1] if found else None, nested=True)
    if result.data != data[1]:
        told.give(ours, result.data)
    return CLEAN


def _today() -> date:
    return date.today()  # noqa: DTZ011 -- the clerk's own calendar day


def _campaign(start: Path) -> tuple[Workspace, Terms] | None:
    """Give the terms of the campaign a file belongs to; None where its own files are being merged."""
    try:
        place = workspace.find(start)
        return place, kept.terms(place)
    except HazardError:
        return None


def shown(path: Path) -> str:
    """Give a file as text to be compared: a line for each cell that says something, under its row."""
    from hazardctl.merging import records

    data = path.read_bytes()
    if path.name.endswith((*records.LISTS, records.KEYED)):  # git shows temporary files, with something before the name
        return data.decode("utf-8", "replace")
    found = _campaign(path.resolve().parent) or _campaign(Path.cwd())
    terms = found[1] if found else grids.plain_terms()
    try:
        grid = grids.read(data, path.name, grids.kind_of(path.name, data), terms)
    except HazardError:
        return data.decode("utf-8", "replace")
    lines: list[str] = []
    for key, cells in grid.version.rows.items():
        lines.append(f"[{grid.labels[key]}]")
        for name, value in sorted(cells.items()):
            if value and name not in grids.IDENTITY[grid.kind]:
                title = grid.headings[name] if name.startswith("=") else name
                lines.append(f"{title}: {value}".replace("\n", "\n    "))
    return "".join(line + "\n" for line in lines)


def hook(console: Console) -> int:
    """Check what is about to be committed, as it is staged; 1 where it has errors."""
    from hazardctl.findings import Severity
    from hazardctl.merging import staged
    from hazardctl.reporters import text as reporter

    grave = [found for found in staged.findings(Path.cwd(), _today()) if found.severity is Severity.ERROR]
    if grave:
        console.complain(reporter.listing(grave))
        console.complain(t("git.not_committed"))
    return 1 if grave else 0
