"""Look at what surrounds a campaign: its folder, git, fonts, extras, calendars; and say what the folder can promise."""

from __future__ import annotations

import locale
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from hazardctl import campaign
from hazardctl.errors import HazardError
from hazardctl.files import store, surroundings
from hazardctl.i18n import join, t
from hazardctl.journals import journal
from hazardctl.load import Opened
from hazardctl.merging import gitsetup
from hazardctl.records import immutable
from hazardctl.returns import workdays

State = Literal["good", "note", "bad"]
FONTS = ("仿宋", "FangSong", "楷体", "KaiTi", "黑体", "SimHei", "小标宋")  # GB/T 9704-2012 needs these
EXTRAS = ("git", "ssh-keygen")  # programs that merging and signing use where they are
PACKAGES = {"dask": "distributed", "spark": "pyspark"}  # extras of ours, and what they bring
_SCRATCH = ".hazardctl-doctor"


@immutable
class Check:
    """One thing that was looked at, and what was found."""

    about: str
    state: State
    said: str


def examine(opened: Opened) -> list[Check]:
    """Look at everything; each look stands for itself."""
    looks: tuple[Callable[[Opened], Iterator[Check]], ...] = (
        _folder, _rights, _locks, _leftovers, _case, _git, _encoding, _fonts, _extras, _calendar,
    )  # fmt: skip
    return [check for look in looks for check in look(opened)]


def promise(root: Path) -> str:
    """Say what a folder can promise."""
    return t(f"doctor.promise_{surroundings.kind_of(root)}")


def _folder(opened: Opened) -> Iterator[Check]:
    root = opened.workspace.root
    yield Check("folder", "good", t(f"doctor.kind_{surroundings.kind_of(root)}", folder=str(root)))


def _rights(opened: Opened) -> Iterator[Check]:
    root = opened.workspace.root
    folders = [root, *(path for unit in opened.units.units if (path := opened.workspace.unit(unit)).is_dir())]
    closed = [
        opened.workspace.name(path) or "." for path in folders if not os.access(path, os.R_OK | os.W_OK | os.X_OK)
    ]
    if closed:
        yield Check("rights", "bad", t("doctor.no_rights", folders=join(closed[:10]), count=len(closed)))
    else:
        yield Check("rights", "good", t("doctor.rights", count=len(folders)))


def _locks(opened: Opened) -> Iterator[Check]:
    """Take a lock in a folder of our own, and let somebody else try to take it too."""
    scratch = opened.workspace.root / f"{_SCRATCH}-{os.getpid()}"
    try:
        store.make_folder(scratch)
        try:
            held = _holds(scratch / "try")
        finally:
            os.rmdir(scratch)  # noqa: PTH106 -- what we made ourselves
    except (HazardError, OSError) as error:
        yield Check("locks", "bad", t("doctor.locks_failed", reason=str(error)))
        return
    yield (
        Check("locks", "good", t("doctor.locks_hold")) if held else Check("locks", "bad", t("doctor.locks_do_not_hold"))
    )


def _holds(path: Path) -> bool:
    refused: list[bool] = []

    def intrude() -> None:
        try:
            with store.lock(path, wait=0.05):
                refused.append(False)
        except HazardError:
            refused.append(True)

    with store.lock(path):
        other = threading.Thread(target=intrude)
        other.start()
        other.join()
    return refused == [True]


def _leftovers(opened: Opened) -> Iterator[Check]:
    """Tell what crashed or hindered runs left: what the next change clears away, and what a person has to look at."""
    units = [opened.workspace.unit(unit) for unit in opened.units.units]
    folders = [opened.workspace.root, *(place for unit in units for place in (unit, journal.folder(unit)))]
    seen = [folder for folder in folders if os.access(folder, os.R_OK | os.X_OK) and folder.is_dir()]
    left = [one for folder in seen for one in store.leftovers(folder)]
    for kind in ("clears", "pending", "torn", "lock"):
        found = [one.path for one in left if ("clears" if one.clears_itself else one.kind) == kind]
        if found:
            names = join([opened.workspace.name(path) for path in found[:10]])
            said = t(f"doctor.leftovers_{kind}", count=len(found), names=names)
            yield Check("leftovers", "bad" if kind == "pending" else "note", said)


def _case(opened: Opened) -> Iterator[Check]:
    if surroundings.ignores_case(opened.workspace.root):
        yield Check("case", "note", t("doctor.ignores_case"))
    else:
        yield Check("case", "good", t("doctor.minds_case"))


def _git(opened: Opened) -> Iterator[Check]:
    root = opened.workspace.root
    top = surroundings.repository(root)
    if top is None:
        yield Check("git", "note", t("doctor.no_repository"))
        return
    if place := surroundings.sync_root(top):
        yield Check("git", "bad", t("doctor.git_in_sync", repository=str(top), folder=str(place)))
    try:
        missing = [step.place for step in gitsetup.steps(root, hook=False) if not step.idle]
    except HazardError as error:
        yield Check("git", "bad", str(error))
        return
    if missing:
        yield Check("git", "bad", t("doctor.no_driver", missing=join(missing)))
    else:
        yield Check("git", "good", t("doctor.driver"))


def _encoding(_: Opened) -> Iterator[Check]:
    names = {(sys.getfilesystemencoding() or "").lower(), locale.getpreferredencoding(do_setlocale=False).lower()}
    odd = sorted(name for name in names if name.replace("-", "") not in ("utf8", "gb18030", "gbk", "cp936", "cp65001"))
    if odd:
        yield Check("encoding", "note", t("doctor.encoding_odd", names=join(odd)))
    else:
        yield Check("encoding", "good", t("doctor.encoding", names=join(sorted(names))))


def _fonts(_: Opened) -> Iterator[Check]:
    program = shutil.which("fc-list")
    if program is None:
        yield Check("fonts", "note", t("doctor.fonts_unknown"))
        return
    done = subprocess.run([program, ":lang=zh", "family"], capture_output=True, check=False, timeout=20)  # noqa: S603
    families = done.stdout.decode("utf-8", "replace")
    there = [name for name in FONTS if name.casefold() in families.casefold()]
    if there:
        yield Check("fonts", "good", t("doctor.fonts", names=join(there)))
    else:
        yield Check("fonts", "note", t("doctor.no_fonts" if not families.strip() else "doctor.other_fonts"))


def _extras(_: Opened) -> Iterator[Check]:
    for name in EXTRAS:
        there = shutil.which(name) is not None
        yield Check("extras", "good" if there else "note", t("doctor.extra" if there else "doctor.no_extra", name=name))
    for name, package in PACKAGES.items():
        there = find_spec(package) is not None
        said = t("doctor.extra" if there else "doctor.no_package", name=name)
        yield Check("extras", "good" if there else "note", said)


def _calendar(opened: Opened) -> Iterator[Check]:
    calendar, _ = workdays.load(opened.workspace)
    for year in campaign.years(opened.campaign, opened.checklist):
        try:
            calendar.is_workday(date(year, 1, 2))
        except workdays.UnpublishedYearError:
            yield Check("calendar", "note", t("doctor.no_calendar", year=year))
        else:
            yield Check("calendar", "good", t("doctor.calendar", year=year))
