"""Start a campaign: its folder with campaign.yaml, units.csv and the schemas that editors use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from hazardctl import load, resources
from hazardctl.amend import in_language
from hazardctl.checklist import Checklist
from hazardctl.errors import FileFault
from hazardctl.files import store
from hazardctl.formats import csv, yaml
from hazardctl.i18n import t, t_in
from hazardctl.records import immutable
from hazardctl.units import look, unsafe_id
from hazardctl.workspace import CAMPAIGN_FILE

UNIT_HEADINGS = ("id", "name", "parent", "kind", "opened", "closed")
FOLDERS = ("units", "reports")


class AlreadyACampaignError(FileFault):
    """The folder holds a campaign already. Values: `folder`."""

    key = "init.already"


class BadUnitsError(FileFault):
    """The list of units cannot be used. Values: `path`, `why`."""

    key = "init.bad_units"


@immutable
class Plan:
    """What a new campaign is to be."""

    folder: Path
    checklist_path: Path
    checklist: Checklist
    locale: Literal["zh", "en"]
    name: str = ""
    starts: date | None = None
    ends: date | None = None
    units: Path | None = None


def start(plan: Plan, *, dry_run: bool = False) -> list[str]:
    """Make a campaign's folder; gives the files it made. Nothing that is there already is touched."""
    if (plan.folder / CAMPAIGN_FILE).exists():
        raise AlreadyACampaignError(folder=str(plan.folder))
    files = [(name, data) for name, data in _files(plan) if not (plan.folder / name).exists()]
    if not dry_run:
        for name in FOLDERS:
            store.make_folder(plan.folder / name)
        for name, data in files:  # campaign.yaml comes last: until then the folder is no campaign
            store.update(plan.folder / name, lambda before, new=data: new if before.data is None else None)  # type: ignore[misc]
    return [name for name, _ in files]


def _files(plan: Plan) -> Iterator[tuple[str, bytes]]:
    for path in sorted(resources.folder("schemas").glob("*.json")):
        yield f"schemas/{path.name}", path.read_bytes()
    if not plan.checklist_path.is_relative_to(resources.folder("checklists")):
        yield f"checklists/{plan.checklist.id}/{plan.checklist.version}.yaml", plan.checklist_path.read_bytes()
    yield "units.csv", csv.write(UNIT_HEADINGS, list(_units(plan.units)) if plan.units else [])
    yield CAMPAIGN_FILE, _campaign(plan).encode()


def _campaign(plan: Plan) -> str:
    checklist, language = plan.checklist, plan.locale
    starts, ends = plan.starts or checklist.starts, plan.ends or checklist.ends
    said = {
        "name": plan.name or in_language(checklist.title, language),
        "checklist": f"{checklist.id}@{checklist.version}",
        "checklist_sha256": hashlib.sha256(plan.checklist_path.read_bytes()).hexdigest(),
        **({"starts": starts.isoformat()} if starts else {}),
        **({"ends": ends.isoformat()} if ends else {}),
        "locale": language,
    }
    lines = ["# yaml-language-server: $schema=schemas/campaign.schema.json"]
    for key, value in said.items():
        lines += [f"# {line}" for line in t_in(language, f"init.comment_{key}").splitlines()]
        lines.append(f"{key}: {value if key in ('starts', 'ends', 'checklist_sha256') else yaml.scalar(value)}")
    lines += [f"# {line}" for line in t_in(language, "init.comment_more").splitlines()]
    return "\n".join(lines) + "\n"


def _units(path: Path) -> Iterator[list[str]]:
    sheet, findings = load.load_sheet(path, str(path))
    if findings:
        raise BadUnitsError(path=str(path), why=findings[0].message())
    keys = load.unit_keys(sheet.header)
    if "id" not in keys:
        raise BadUnitsError(path=str(path), why=t("init.no_id_column"))
    looks: set[str] = set()
    for row in sheet.rows:
        cells = {key: cell.strip() for key, cell in zip(keys, row, strict=True) if key}
        if unsafe_id(cells["id"]):
            raise BadUnitsError(path=str(path), why=t("init.unsafe_id", id=cells["id"]))
        if look(cells["id"]) in looks:
            raise BadUnitsError(path=str(path), why=t("init.same_id", id=cells["id"]))
        looks.add(look(cells["id"]))
        yield [cells.get(key, "") for key in UNIT_HEADINGS]
