"""The one way in: from a path to what it holds and what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from hazardctl import figures, i18n, parsing, resources, shape, text, units, verbs
from hazardctl import ledger as ledgers
from hazardctl.campaign import Campaign
from hazardctl.cells.dates import parse_day
from hazardctl.cells.terms import Terms
from hazardctl.checklist import Checklist
from hazardctl.errors import HazardError
from hazardctl.fields import heading
from hazardctl.figures import Figures
from hazardctl.findings import Finding, Severity
from hazardctl.formats import columns, csv, yaml
from hazardctl.formats.columns import Columns
from hazardctl.formats.encoding import UndecodableError, decode
from hazardctl.ledger import Ledger
from hazardctl.records import immutable, many
from hazardctl.units import Unit, UnitTree
from hazardctl.workspace import Home, Workspace

T = TypeVar("T")
Findings = list[Finding]
TRIES = 3  # of files that change while they are read


class ChangedError(HazardError):
    """A campaign's own files are not those another process has read. Values: `folder`."""

    key = "error.changed"


class BrokenFileError(HazardError):
    """A file every command needs has errors: they are listed with it."""

    key = "error.broken_file"

    def __init__(self, findings: Findings, **values: Any) -> None:
        super().__init__(**values)
        self.findings = findings


class NoChecklistError(HazardError):
    """A campaign names a checklist that is neither beside it nor shipped."""

    key = "error.no_checklist"


@immutable
class Opened:
    """An opened campaign folder."""

    workspace: Workspace
    campaign: Campaign
    checklist: Checklist
    checklist_path: Path
    units: UnitTree
    terms: Terms
    findings: tuple[Finding, ...] = ()  # of campaign.yaml, the checklist and units.csv
    sha256: str = ""  # of these three as they were read

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process as the folder it was opened from."""
        return at_hand, (self.workspace, self.sha256)


def opened(workspace: Workspace) -> Opened:
    """Open a campaign folder; raises BrokenFileError where campaign.yaml or the checklist cannot be used.

    What somebody changes meanwhile is read again, so that the hash is that of what was read.
    """
    for _ in range(TRIES):
        before = _digest(workspace.campaign), _digest(workspace.units)
        found, checklist = _opened(workspace)
        after = _digest(workspace.campaign), _digest(workspace.units)
        if before == after and checklist == _digest(found.checklist_path):
            return replace(found, sha256=sha256("".join((*after, checklist)).encode()).hexdigest())
    return replace(found, sha256=os.urandom(16).hex())  # like nothing else


def _digest(path: Path) -> str:
    """Give the hash of a file, blank where there is none."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _opened(workspace: Workspace) -> tuple[Opened, str]:
    """Open a campaign; also gives the hash that its checklist had before it was read."""
    campaign, found = read_as(Campaign, workspace.campaign, workspace.name(workspace.campaign))
    path = find_checklist(campaign.checklist, workspace.root)
    before = _digest(path)
    checklist, more = load_checklist(path, workspace.name(path))
    found += more
    found += _pin(campaign, path, workspace)
    listed, more = load_units(workspace)
    found += more
    tree = units.tree(tuple(listed))
    workspace.expect(tree.units)
    return Opened(workspace, campaign, checklist, path, tree, Terms(campaign, checklist), tuple(found)), before


_last: dict[Workspace, Opened] = {}  # of one campaign


def at_hand(workspace: Workspace, wanted: str = "") -> Opened:
    """Open a campaign for a process that works on it more than once; raises ChangedError where it is not as wanted."""
    found = _last.get(workspace)
    if found is None or wanted not in ("", found.sha256):
        _last.clear()
        found = _last[workspace] = opened(workspace)
    if wanted not in ("", found.sha256):
        raise ChangedError(folder=str(workspace.root))
    return found


def read_as(cls: type[T], path: Path, name: str) -> tuple[T, Findings]:
    """Read a YAML file into a dataclass; raises BrokenFileError with every difference from its schema."""
    return read_yaml(cls, path, name)[0], []


def read_yaml(cls: type[T], path: Path, name: str) -> tuple[T, yaml.Plain]:
    """Do so, and give what the file says beside it."""
    try:
        data = path.read_bytes()
        if (known := resources.digested(path, data)) is not None:
            return shape.build(cls, known), known
        text, _ = decode(data)
    except OSError as error:
        raise BrokenFileError(
            [Finding("F100", Severity.ERROR, name, args=(("reason", _reason(error)),))], path=name
        ) from None
    except UndecodableError:
        raise BrokenFileError([Finding("F102", Severity.ERROR, name)], path=name) from None
    tree = yaml.read(text, name)
    if not tree.findings:
        try:
            return shape.build(cls, tree.value), tree.value
        except (TypeError, ValueError, KeyError):
            pass
    from hazardctl import schema

    found = tree.findings or schema.validate(tree, cls, name) or [Finding("C106", Severity.ERROR, name, 1, 1)]
    raise BrokenFileError(found, path=name)


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


def checklist_files(root: Path | None) -> Mapping[str, Path]:
    """Give every checklist by `id@version`: the bureau's own beside the shipped ones; the bureau's own win."""
    files: dict[str, Path] = {}
    for folder in (resources.folder("checklists"), *([root / "checklists"] if root else [])):
        for path in sorted(folder.glob("*/*.yaml")):
            files[f"{path.parent.name}@{path.stem}"] = path
    return files


def find_checklist(name: str, root: Path | None) -> Path:
    """Find a checklist by `id@version`, or by `id` alone: its newest version."""
    files = checklist_files(root)
    if name in files:
        return files[name]
    versions = [key for key in files if key.partition("@")[0] == name]
    if not versions or "@" in name:
        near = text.nearest(name, [*dict.fromkeys(key.partition("@")[0] for key in files), *files])
        raise NoChecklistError(name=name, known=i18n.join(files), guess="".join(near))
    return files[max(versions, key=_version)]


def _version(name: str) -> tuple[tuple[int, str], ...]:
    parts = name.partition("@")[2].replace("-", ".").split(".")
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def load_checklist(path: Path, name: str) -> tuple[Checklist, Findings]:
    """Load a checklist."""
    return read_as(Checklist, path, name)


def _pin(campaign: Campaign, path: Path, workspace: Workspace) -> Findings:
    if not campaign.checklist_sha256 or _digest(path) == campaign.checklist_sha256:
        return []
    return [Finding("C110", Severity.ERROR, workspace.name(workspace.campaign), value=campaign.checklist)]


UNIT_COLUMNS = {
    "id": ("id", "单位编号", "编号", "代码", "unit id", "unit_id"),
    "name": ("name", "单位名称", "名称", "单位", "unit name"),
    "parent": ("parent", "上级单位", "上级", "上级编号", "parent unit"),
    "kind": ("kind", "单位类型", "类型", "类别"),
    "opened": ("opened", "启用日期", "成立日期", "opened on"),
    "closed": ("closed", "停用日期", "撤销日期", "closed on"),
}
_UNIT_HEADINGS = {heading(name): key for key, names in UNIT_COLUMNS.items() for name in names}


def unit_keys(header: Sequence[str]) -> list[str]:
    """Name the field of each column of a list of units; empty where the heading is not known."""
    return [_UNIT_HEADINGS.get(heading(title), "") for title in header]


def load_units(workspace: Workspace) -> tuple[list[Unit], Findings]:
    """Load units.csv; the rules look at the tree, this at its cells."""
    name = workspace.name(workspace.units)
    given, found = load_columns(workspace.units, name)
    sheet = given.sheet
    keys = unit_keys(sheet.header)
    if sheet.header and "id" not in keys:
        found.append(Finding("U101", Severity.ERROR, name, sheet.header_line, 1))
        return [], found
    cells = columns.stripped(given, keys)
    blank = [""] * len(sheet.lines)
    ids = cells.get("id", blank)
    names = cells.get("name", ids)
    if not all(names):
        names = [said or unit for said, unit in zip(names, ids, strict=True)]
    days = {key: {day: parse_day(day) for day in set(cells.get(key, ())) if day} for key in ("opened", "closed")}
    unread = {key: {said for said, day in read.items() if day.problem} for key, read in days.items()}
    if not found and not all(ids):  # a tree has no place for them: nobody would miss them
        found += (_nameless(sheet, row, keys.index("id")) for row, unit in enumerate(ids) if not unit)
    found += _unread_days(sheet, keys, cells, unread)
    opened, closed = (
        list(map({said: day.date for said, day in read.items()}.get, cells.get(key, blank)))
        for key, read in days.items()
    )
    above, kinds = columns.once(cells.get("parent", blank)), columns.once(cells.get("kind", blank))
    return many(Unit, ids, names, above, kinds, opened, closed, sheet.lines), found


def _nameless(sheet: csv.Sheet, row: int, column: int) -> Finding:
    line, at = sheet.place(row, column)
    why = (("reason", "blank"),)
    return Finding("U102", Severity.ERROR, sheet.path, line, at, field="id", args=why, source=sheet.line(line))


def _unread_days(
    sheet: csv.Sheet, keys: Sequence[str], cells: Mapping[str, list[str]], unread: Mapping[str, set[str]]
) -> Iterator[Finding]:
    columns = {key: cells[key] for key, days in unread.items() if days}
    for number, unit in enumerate(cells["id"]) if columns else ():
        for key, column in columns.items():
            if (day := column[number]) in unread[key]:
                line, at = sheet.place(number, keys.index(key))
                yield Finding("U109", Severity.ERROR, sheet.path, line, at, unit=unit, field=key, value=day)


def load_figures(workspace: Workspace, unit: str, home: Home | None = None) -> tuple[Figures | None, Findings]:
    """Load a unit's figures.csv; None where there is none, or none that can be read at all."""
    home = home or workspace.home(unit)
    if "figures.csv" not in home.files:
        return None, []
    path = workspace.unit(unit) / "figures.csv"
    sheet, found = load_sheet(path, workspace.name(path))
    found = [replace(finding, unit=unit) for finding in found]
    return _figures(sheet, unit), found


def figures_of(data: bytes | None, unit: str, name: str) -> Figures | None:
    """Read figures from the bytes of a file; None where it holds none."""
    return _figures(csv.read(data, name), unit) if data else None


def _figures(sheet: csv.Sheet, unit: str) -> Figures | None:
    if not sheet.header:
        return None
    keys = ledgers.match(sheet.header, figures.HEADINGS)
    place = partial(parsing.csv_place, sheet, None)
    return Figures(unit, sheet.path, sheet.header, keys, sheet.rows, place, ledgers.first_of_each(keys))


def load_sheet(path: Path, name: str) -> tuple[csv.Sheet, Findings]:
    """Read a CSV file of a campaign; a file that is not there or not readable is a finding."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return csv.Sheet(name), [Finding("F100", Severity.ERROR, name, args=(("reason", _reason(error)),))]
    sheet = csv.read(data, name)
    return sheet, list(sheet.findings)


def load_columns(path: Path, name: str) -> tuple[Columns, Findings]:
    """Read a CSV file of a campaign by column; a file that is not there or not readable is a finding."""
    data, found = _bytes(path, name, "")
    given = Columns(csv.Sheet(name)) if data is None else columns.read(data, name)
    return given, [*found, *given.sheet.findings]


def load_ledger(
    workspace: Workspace, unit: str, terms: Terms, home: Home | None = None
) -> tuple[Ledger | None, Findings]:
    """Load a unit's ledger; None where there is none, or none that can be read for certain."""
    home = home or workspace.home(unit)
    data, found = ledger_data(home)
    return (None, found) if data is None else parse_ledger(home, data, found, terms)


def ledger_data(home: Home) -> tuple[bytes | None, Findings]:
    """Read a unit's ledger file as it is; None where there is none, or none that can be read."""
    if home.shut:
        return None, [Finding("F100", Severity.ERROR, home.name, unit=home.unit, args=(("reason", home.shut),))]
    names, unit = home.ledgers, home.unit
    if not names:
        return None, []
    data, found = _bytes(f"{home.path}/{names[0]}", f"{home.name}/{names[0]}", unit)
    if len(names) > 1:
        second = f"{home.name}/{names[1]}"
        found.insert(0, Finding("F110", Severity.ERROR, second, unit=unit, args=(("other", names[0]),)))
    return data, found


def parse_ledger(home: Home, data: bytes, found: Findings, terms: Terms) -> tuple[Ledger | None, Findings]:
    """Parse what `ledger_data` read of a unit; what it found comes first."""
    ledger, more = parsing.parse(data, f"{home.name}/{home.ledgers[0]}", home.unit, terms)
    return ledger, found + _of_unit(more, home.unit)


def read_ledger(path: Path | str, name: str, unit: str, terms: Terms) -> tuple[Ledger | None, Findings]:
    """Read one ledger file, CSV or YAML by its suffix."""
    data, found = _bytes(path, name, unit)
    if data is None:
        return None, found
    ledger, found = parsing.parse(data, name, unit, terms)
    return ledger, _of_unit(found, unit)


def _bytes(path: Path | str, name: str, unit: str) -> tuple[bytes | None, Findings]:
    try:
        with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 -- there are thousands
            return stream.readall(), []
    except OSError as error:
        return None, [Finding("F100", Severity.ERROR, name, unit=unit, args=(("reason", _reason(error)),))]


def _of_unit(found: Findings, unit: str) -> Findings:
    return [finding if finding.unit else replace(finding, unit=unit) for finding in found]


def verb(folder: str | Path) -> Opened:
    """Open a campaign's folder: `hazardctl.load("campaign-2022")`."""
    from hazardctl import workspace

    if isinstance(folder, str) and "://" in folder:
        from hazardctl import mirror

        return opened(mirror.at(folder))
    return opened(workspace.find(Path(folder)))


verbs.named_after(__name__)
