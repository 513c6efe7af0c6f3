"""Read any file people keep a table in: the kind from its bytes, a look through the package, the rest in a child."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hazardctl import limited
from hazardctl.errors import FileFault, HazardError, said_of
from hazardctl.findings import Finding, Severity
from hazardctl.formats import kinds, package
from hazardctl.formats.csv import LARGEST_COLUMNS, LARGEST_ROWS
from hazardctl.formats.package import DamagedError, LockedWorkbookError, TooLargeError
from hazardctl.formats.workbook import Workbook, unpacked

TASK = "hazardctl.formats.tables:parse_all"
BATCH = 20  # files that share a child: its start costs more than a small workbook
_BATCH_BYTES = 4 << 20
_SECONDS, _MEGABYTES = 20, 512
Fault = HazardError


class UnreadKindError(FileFault):
    """A file of a kind no table is read from. Values: `path`, `kind`."""

    key = "import.unread_kind"

    def __init__(self, path: str, kind: str) -> None:
        from hazardctl.i18n import t

        super().__init__(path=path, kind=t(f"import.kind_{kind}"))


class BadTextError(FileFault):
    """A text file that cannot be read for certain. Values: `path`, `why`."""

    key = "import.bad_text"

    def __init__(self, path: str, code: str, **values: str) -> None:
        from hazardctl.i18n import others, t

        said = {"line": "", **values, "problem": others(values.get("problem", ""))}
        if code == "yaml":  # the child that read it speaks no language of its own
            found = Finding(values.get("finding", ""), Severity.ERROR, path, args=tuple(values.items()))
            said["problem"] = found.message().rstrip("。.")
        super().__init__(path=path, why=t(f"import.text_{code}", **said))


def read(path: Path, name: str) -> Workbook:
    """Read one file; `name` is what it is called in messages. Raises the HazardError that says why it cannot be."""
    found = next(iter(read_all([(path, name)])))
    if isinstance(found, HazardError):
        raise found
    return found


def read_all(files: Sequence[tuple[Path, str]]) -> Iterator[Workbook | Fault]:
    """Read many files, in their order; two children at a time, each with several files."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        for found in pool.map(_read_batch, _batches(files)):
            yield from found


def _batches(files: Sequence[tuple[Path, str]]) -> Iterator[list[tuple[Path, str]]]:
    batch: list[tuple[Path, str]] = []
    size = 0
    for path, name in files:
        try:
            weight = path.stat().st_size
        except OSError:
            weight = 0
        if batch and (len(batch) >= BATCH or size + weight > _BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append((path, name))
        size += weight
    if batch:
        yield batch


def _read_batch(files: Sequence[tuple[Path, str]]) -> list[Workbook | Fault]:
    """Read some files in one child; if it dies, each in a child of its own, so that only the culprit fails."""
    results: dict[int, Workbook | Fault] = {}
    waiting: dict[int, dict[str, str]] = {}

    def admit() -> list[dict[str, str]] | None:
        for number, (path, name) in enumerate(files):
            try:
                waiting[number] = _admitted(path, name)
            except HazardError as error:
                results[number] = error
        return list(waiting.values()) or None

    try:
        answers = limited.run_on(TASK, admit, about=files[0][1], seconds=_SECONDS, megabytes=_MEGABYTES) or ()
    except HazardError as error:
        if len(files) == 1:
            return [error]
        return [found for file in files for found in _read_batch([file])]
    for (number, asked), answer in zip(waiting.items(), answers, strict=True):
        results[number] = _workbook(answer, files[number][1], asked)
    return [results[number] for number in range(len(files))]


def _admitted(path: Path, name: str) -> dict[str, str]:
    """Read a file's bytes and say what they are; raises where no child needs to try."""
    with said_of(name):
        if path.stat().st_size > package.MOST_BYTES:
            raise TooLargeError(
                path=name, megabytes=package.MOST_BYTES >> 20, rows=LARGEST_ROWS, columns=LARGEST_COLUMNS
            )
        data = path.read_bytes()
    kind = kinds.kind(data)
    if kind == "locked":
        raise LockedWorkbookError(path=name)
    if kind not in kinds.READ:
        raise UnreadKindError(path=name, kind=kind)
    if kind in ("xlsx", "ods", "docx"):
        package.scan(data, name)
    return {"kind": kind, "data": base64.b64encode(data).decode("ascii"), "sha256": hashlib.sha256(data).hexdigest()}


def _workbook(answer: Mapping[str, Any], name: str, asked: Mapping[str, str]) -> Workbook | Fault:
    if "fault" in answer:
        return _fault(answer["fault"], answer["values"], name)
    sheets = tuple(unpacked(sheet) for sheet in answer["sheets"])
    if any(len(sheet.rows) > LARGEST_ROWS or sheet.width > LARGEST_COLUMNS for sheet in sheets):
        return _fault("too_large", {}, name)
    return Workbook(name, asked["kind"], sheets, asked["sha256"])


def _fault(code: str, values: Mapping[str, str], name: str) -> Fault:
    if code == "password":
        return LockedWorkbookError(path=name)
    if code == "too_large":
        return TooLargeError(path=name, megabytes=package.MOST_BYTES >> 20, rows=LARGEST_ROWS, columns=LARGEST_COLUMNS)
    if code == "damaged":
        return DamagedError(path=name, part=values.get("part", ""))
    return BadTextError(path=name, code=code, **values)
