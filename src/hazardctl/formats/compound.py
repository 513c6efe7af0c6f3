"""Take one stream out of a compound file, the container of xls workbooks.

source: [MS-CFB] 2.2 (header), 2.3 (chains of sectors), 2.4 (streams below 4,096 bytes), 2.6 (directory).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence

_MARKS = 0xFFFFFFFA  # from here on a sector's number is a mark
_ENTRY = 128


def stream(data: bytes, name: str) -> bytes:
    """Give the stream of a name; raises ValueError, struct.error or IndexError where damaged."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError(size)

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    following = _table(data, sector, size)
    folder = _joined(struct.unpack_from("<I", data, 48)[0], following, sector)
    entries = [folder[at : at + _ENTRY] for at in range(0, len(folder) - _ENTRY + 1, _ENTRY)]
    entry = next((entry for entry in entries if _name(entry) == name), None)
    if entry is None:
        raise ValueError(name)
    start, length = struct.unpack_from("<II", entry, 116)
    if length >= struct.unpack_from("<I", data, 56)[0]:
        return _joined(start, following, sector)[:length]
    small = _joined(struct.unpack_from("<I", entries[0], 116)[0], following, sector)
    table = _joined(struct.unpack_from("<I", data, 60)[0], following, sector)
    chain = struct.unpack(f"<{len(table) // 4}I", table)
    return _joined(start, chain, lambda number: small[number * 64 : number * 64 + 64])[:length]


def _table(data: bytes, sector: Callable[[int], bytes], size: int) -> list[int]:
    """Give for each sector the one that follows it."""
    parts = list(struct.unpack_from("<109I", data, 76))
    number = struct.unpack_from("<I", data, 68)[0]
    for _ in range(len(data) // size):
        if number >= _MARKS:
            break
        *more, number = struct.unpack(f"<{size // 4}I", sector(number))
        parts += more
    following: list[int] = []
    for part in parts:
        if part < _MARKS:
            following += struct.unpack(f"<{size // 4}I", sector(part))
    return following


def _joined(number: int, following: Sequence[int], sector: Callable[[int], bytes]) -> bytes:
    parts: list[bytes] = []
    while number < _MARKS:
        if len(parts) > len(following):
            raise ValueError(number)
        parts.append(sector(number))
        number = following[number]
    return b"".join(parts)


def _name(entry: bytes) -> str:
    length: int = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
