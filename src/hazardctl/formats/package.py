"""Look through a zipped document before anybody parses it: sizes, checksums, no document type, no far cell."""

from __future__ import annotations

import io
import re
import zipfile

from hazardctl.errors import FileFault
from hazardctl.formats.csv import LARGEST_COLUMNS, LARGEST_ROWS

MOST_BYTES = 100 << 20
LEAST_RATIO = 0.01
_SMALL = 1 << 20  # below this a good ratio proves nothing
_MOST_PARTS = 10_000
_CHUNK = 1 << 20
_DTD = re.compile(rb"<!(?:[Dd][Oo][Cc]|[Ee][Nn][Tt])")
_NEARLY_FAR = re.compile(rb'r="(?:[A-Z]{3,}|I[W-Z]|[J-Z][A-Z]|[A-Z]{1,2}(?=\d{6}))')  # found faster, and seldom
_FAR = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="((?:[A-Z]{3,}|I[W-Z]|[J-Z][A-Z])\d+|[A-Z]+(?:20000[1-9]|2000[1-9]\d|200[1-9]\d\d|20[1-9]\d{3}'
    rb'|2[1-9]\d{4}|[3-9]\d{5}|\d{7,}))"[^>]*(?<!/)>\s*<(?:\w+:)?(?:v|f|is)\b'
)


class DamagedError(FileFault):
    """A workbook cannot be unpacked: cut off, or changed on the way. Values: `path`, `part`."""

    key = "import.damaged"


class TooLargeError(FileFault):
    """A workbook is larger than any ledger. Values: `path`, `megabytes`, `rows`, `columns`."""

    key = "import.too_large"


class DocumentTypeError(FileFault):
    """A workbook's XML declares a document type, which no office program writes. Values: `path`, `part`."""

    key = "import.document_type"


class FarCellError(FileFault):
    """A filled cell lies beyond the rows and columns a ledger can have. Values: `path`, `cell`."""

    key = "import.far_cell"


class LockedWorkbookError(FileFault):
    """A workbook is protected by a password. Values: `path`."""

    key = "import.password"


def scan(data: bytes, path: str) -> None:
    """Unpack every part once, keeping none; raises what stands in the way of parsing it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            declared = sum(part.file_size for part in parts)
            _admit(parts, declared, len(data), path)
            total = 0
            for part in parts:
                total += _part(archive, part, path, total)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError) as error:
        raise DamagedError(path=path, part=str(error)[:80]) from None
    except Exception as error:
        if type(error).__name__ != "error":  # zlib's own, which has no other name
            raise
        raise DamagedError(path=path, part=str(error)[:80]) from None


def _admit(parts: list[zipfile.ZipInfo], declared: int, packed: int, path: str) -> None:
    if declared > MOST_BYTES or len(parts) > _MOST_PARTS or _dense(declared, packed):
        raise _too_large(path)
    if any(part.flag_bits & 1 for part in parts):
        raise LockedWorkbookError(path=path)


def _part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, path: str, so_far: int) -> int:
    size = 0
    tail = b""
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    is_sheet = is_xml and "worksheets/" in part.filename
    with archive.open(name=part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if so_far + size > MOST_BYTES:
                raise _too_large(path)
            if is_xml:
                _look(tail + chunk, part.filename, path, is_sheet=is_sheet)
                tail = chunk[-400:]
    return size


def _look(text: bytes, name: str, path: str, *, is_sheet: bool) -> None:
    if _DTD.search(text) or (b"\0" in text and _DTD.search(text.replace(b"\0", b""))):
        raise DocumentTypeError(path=path, part=name)
    if is_sheet and _NEARLY_FAR.search(text) and (found := _FAR.search(text)):
        raise FarCellError(path=path, cell=found[1].decode("ascii"), rows=LARGEST_ROWS, columns=LARGEST_COLUMNS)


def _dense(inflated: int, packed: int) -> bool:
    return inflated > _SMALL and packed / inflated < LEAST_RATIO


def _too_large(path: str) -> TooLargeError:
    return TooLargeError(path=path, megabytes=MOST_BYTES >> 20, rows=LARGEST_ROWS, columns=LARGEST_COLUMNS)
