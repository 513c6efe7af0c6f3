"""Bytes to text as people's files need it: BOM, else strict UTF-8, else GB18030; and back in the same way."""

from __future__ import annotations

import codecs
import re
from typing import Literal

from hazardctl.records import immutable

_MERGE_MARK = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
Codec = Literal["utf-8", "utf-8-sig", "gb18030", "utf-16"]


@immutable
class Dress:
    """How a file's text is dressed: its encoding and its line ends; an edit keeps both."""

    codec: Codec = "utf-8-sig"
    newline: str = "\r\n"


class UndecodableError(ValueError):
    """The bytes are text in none of the encodings we read."""


def decode(data: bytes) -> tuple[str, Dress]:
    """Decode a file and tell how it was dressed."""
    codec: Codec
    if data.startswith(codecs.BOM_UTF8):
        codec = "utf-8-sig"
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = "utf-16"
    else:
        codec = "utf-8"
    try:  # the codec that knows of the BOM is not written in C
        text = data[3:].decode() if codec == "utf-8-sig" else data.decode(codec)
    except UnicodeDecodeError:
        if codec != "utf-8":
            raise UndecodableError from None
        codec = "gb18030"
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            raise UndecodableError from None
    return text, Dress(codec, newline_of(text))


def newline_of(text: str) -> str:
    """Tell a text's line ends by its first line; a text of one line gets the house's CRLF."""
    first = text.find("\n")
    if first < 0:
        return "\r" if "\r" in text else "\r\n"
    return "\r\n" if first and text[first - 1] == "\r" else "\n"


def encode(text: str, dress: Dress) -> bytes:
    """Encode a text the way its file was dressed."""
    return text.encode(dress.codec)


def merge_mark(text: str) -> int:
    """Give the line on which an unfinished merge begins (`<<<<<<< ours`), 0 where there is none."""
    found = _MERGE_MARK.search(text) if "<<<<<<<" in text or ">>>>>>>" in text else None
    return text.count("\n", 0, found.start()) + 1 if found else 0
