"""Tell what kind of file holds a table by its bytes: names lie, `.xls` most of all."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

Kind = Literal[
    "xlsx", "xls", "ods", "docx", "html", "csv", "yaml", "json",
    "locked", "xlsb", "doc", "wps", "pdf", "image", "archive", "xml", "mhtml", "empty", "unknown",
]  # fmt: skip
READ: tuple[Kind, ...] = ("xlsx", "xls", "ods", "docx", "html", "csv", "yaml", "json")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_HTML = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|table|meta|style|div)\b", re.IGNORECASE)
_YAML = re.compile(r"(?:\s*(?:#.*)?\n)*(?:---\s*\n)?(?:entries:|nil:|-\s+\S[^:\n]*:(?:\s|$))")


def kind(data: bytes) -> Kind:  # noqa: PLR0911 -- one line a kind
    """Tell the kind of a file."""
    if not data.strip(b"\0 \t\r\n"):
        return "empty"
    if data.startswith(b"PK"):
        return _zipped(data)
    if data.startswith(_OLE):
        names = ((name.encode("utf-16-le"), found) for name, found in _STREAMS)
        return next((found for name, found in names if name in data), "unknown")
    if data.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02")) and len(data) > 8:
        return "xls"
    if data.lstrip().startswith(b"%PDF"):
        return "pdf"
    if data.startswith(_IMAGES) and b"\0" in data[:64]:
        return "image"
    return _text(data)


def _zipped(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                said = archive.read("mimetype")
                return "ods" if b"opendocument.spreadsheet" in said else "unknown"
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        if b"xl/" in data[: 1 << 16]:
            return "xlsx"  # damaged: reading it says so
        return "docx" if b"word/" in data[: 1 << 16] else "archive"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.lower().startswith("xl/") for name in names):
        return "xlsx"
    return "docx" if any(name.startswith("word/") for name in names) else "archive"


def _text(data: bytes) -> Kind:
    head = readable(data[: 1 << 14])
    if head is None:
        return "unknown"
    start = head.lstrip("\ufeff \t\r\n")
    if start.startswith("{\\rtf"):
        return "doc"
    if start[:1] in ("{", "["):
        return "json"
    if start.lower().startswith("mime-version:"):
        return "mhtml"
    if start.startswith("<"):
        return "html" if _HTML.search(start) else "xml"
    return "yaml" if _YAML.match(head.lstrip("\ufeff").replace("\r\n", "\n")) else "csv"


def readable(data: bytes) -> str | None:
    """Give the beginning of a text in whatever encoding; None where it is none."""
    if codec := unmarked_utf16(data):
        return data[: len(data) & ~1].decode(codec, "ignore")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[: len(data) & ~1].decode("utf-16", "ignore")
    if b"\0" in data:
        return None
    for codec in ("utf-8-sig", "gb18030"):
        for cut in range(4):  # the beginning may end inside a character
            try:
                return data[: len(data) - cut].decode(codec)
            except UnicodeDecodeError:
                continue
    return None


def unmarked_utf16(data: bytes) -> str:
    """Tell UTF-16 that lacks its mark by the zeros of its ASCII characters: line ends, commas, digits."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or len(data) < 4:
        return ""
    for codec, mark in (("utf-16-le", (b"\n\0", b"\t\0", b",\0")), ("utf-16-be", (b"\0\n", b"\0\t", b"\0,"))):
        zeros = data[1::2].count(0) if codec == "utf-16-le" else data[::2].count(0)
        others = data[::2].count(0) if codec == "utf-16-le" else data[1::2].count(0)
        if zeros and not others and any(sign in data for sign in mark):
            return codec
    return ""
