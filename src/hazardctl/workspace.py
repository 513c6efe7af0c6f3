"""The campaign folder (活动文件夹): where each file of a campaign lives."""

from __future__ import annotations

import os
from collections.abc import Container
from functools import lru_cache
from pathlib import Path

from hazardctl.errors import HazardError
from hazardctl.records import immutable

CAMPAIGN_FILE = "campaign.yaml"
LEDGERS = ("ledger.csv", "ledger.yaml")


class NoCampaignError(HazardError):
    """There is no campaign folder where we look for one."""

    key = "error.no_campaign"


@immutable
class Home:
    """A unit's folder at one look: its name as findings say it, and what lies in it."""

    unit: str
    name: str
    path: str
    files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    shut: str = ""  # why it cannot be looked into

    @property
    def ledgers(self) -> tuple[str, ...]:
        """Name the ledgers a unit has: none, one, or (which is a finding) both a CSV and a YAML one."""
        return tuple(name for name in LEDGERS if name in self.files)


@immutable
class Workspace:
    """The paths of one campaign folder; everything we say about a file names it relative to `root`."""

    root: Path

    @property
    def place(self) -> str:
        """Say where the campaign is kept: its folder, or a URL."""
        return str(self.root)

    @property
    def campaign(self) -> Path:
        """Give the path of campaign.yaml."""
        return self.root / CAMPAIGN_FILE

    @property
    def units(self) -> Path:
        """Give the path of units.csv."""
        return self.root / "units.csv"

    def expect(self, units: Container[str]) -> None:
        """Learn which units there are, before anybody asks what lies in other folders; here it is there already."""

    def unit(self, unit: str) -> Path:
        """Give a unit's folder."""
        return _unit(self.root, unit)

    def home(self, unit: str) -> Home:
        """Look at a unit's folder once; one that is not there is empty."""
        path = f"{self.root}/units/{unit}"
        files: list[str] = []
        folders: list[str] = []
        try:
            with os.scandir(path) as found:
                for entry in found:
                    (folders if entry.is_dir() else files).append(entry.name)
        except (FileNotFoundError, NotADirectoryError):
            pass
        except OSError as error:
            return Home(unit, f"units/{unit}", path, shut=error.strerror or str(error))
        return Home(unit, f"units/{unit}", path, frozenset(files), frozenset(folders))

    def ledgers(self, unit: str) -> tuple[Path, ...]:
        """Give the ledgers a unit has: none, one, or (which is a finding) both a CSV and a YAML one."""
        folder = self.unit(unit)
        return tuple(folder / name for name in LEDGERS if os.path.isfile(f"{folder}/{name}"))  # noqa: PTH113 -- quick

    def name(self, path: Path) -> str:
        """Name a file the way findings and messages do: relative to the campaign's folder, with forward slashes."""
        whole, root = path.as_posix(), f"{self.root.as_posix()}/"
        if whole.startswith(root):
            return whole[len(root) :]
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()


def folders_in(folder: Path, sure: Container[str] = ()) -> list[str]:
    """Name the folders in a folder, in order; none where there is no such folder.

    Those that are `sure` are left out, if they lie there themselves and not a link to somewhere.
    """
    try:
        with os.scandir(folder) as found:
            odd = [entry for entry in found if entry.name not in sure or entry.is_symlink()]
            return sorted(entry.name for entry in odd if entry.is_dir())
    except (FileNotFoundError, NotADirectoryError):
        return []


@lru_cache(64)
def _unit(root: Path, unit: str) -> Path:
    return root / "units" / unit


def find(start: Path, asked: Path | None = None) -> Workspace:
    """Find the campaign: the folder asked for, else the nearest folder upwards that holds campaign.yaml."""
    if asked is not None:
        folder = asked.parent if asked.name == CAMPAIGN_FILE else asked
        if not (folder / CAMPAIGN_FILE).is_file():
            raise NoCampaignError(folder=str(folder))
        return Workspace(folder.resolve())
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / CAMPAIGN_FILE).is_file():
            return Workspace(folder)
    raise NoCampaignError(folder=str(here))
