"""The list of units read and checked row by row: what is done for all rows at once has to say the very same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hazardctl import load, text
from hazardctl.cells.dates import parse_day
from hazardctl.cells.unit_names import bones, without_place
from hazardctl.fields import heading
from hazardctl.formats import csv
from hazardctl.units import Unit, look, unsafe_id

Row = Mapping[str, str]
Said = tuple[str, int, str, dict[str, str]]  # code, row, field, and what the message is made of


def rows(sheet: csv.Sheet) -> list[Row]:
    """Give the cells of each row by their fields."""
    keys = load.unit_keys(sheet.header)
    return [{key: cell.strip() for key, cell in zip(keys, row, strict=True) if key} for row in sheet.rows]


def units(sheet: csv.Sheet) -> tuple[Unit, ...]:
    """Give the units of a list."""
    return tuple(
        Unit(
            row["id"], row.get("name", "") or row["id"], row.get("parent", ""), row.get("kind", ""),
            parse_day(row.get("opened", "")).date, parse_day(row.get("closed", "")).date, line,
        )
        for row, line in zip(rows(sheet), sheet.lines, strict=True)
    )  # fmt: skip


def children(listed: tuple[Unit, ...]) -> dict[str, list[str]]:
    """Give the units below each; the way up from each is gone to its end."""
    known = {unit.id: unit for unit in listed if unit.id}
    below: dict[str, list[str]] = {}
    for unit in known.values():
        way = [unit.id]
        while way[-1] in known and way[-1] not in way[:-1]:
            way.append(known[way[-1]].parent)
        stands = unit.parent in known and way[-1] not in known
        below.setdefault(unit.parent if stands else "", []).append(unit.id)
    return below


def walked(below: Mapping[str, list[str]], top: str = "", level: int = 1) -> Iterator[tuple[str, int]]:
    """Give every unit below another with its level."""
    for name in below.get(top, ()):
        yield name, level
        yield from walked(below, name, level + 1)


def found(sheet: csv.Sheet) -> Iterator[Said]:
    """Find what is wrong in a list that can be read."""
    listed = rows(sheet)
    yield from _days_unread(listed)
    yield from _ids(listed, sheet)
    yield from _names(listed, sheet)
    yield from _parents(listed)
    last = {row["id"]: row for row in listed}
    for at, row in enumerate(listed):
        first, end = (parse_day(last[row["id"]].get(key, "")).date for key in ("opened", "closed"))
        if first and end and end < first:
            yield "U110", at, "closed", {"value": row["closed"], "opened": first.isoformat()}


def _days_unread(listed: list[Row]) -> Iterator[Said]:
    for at, row in enumerate(listed):
        for key in ("opened", "closed"):
            if parse_day(row.get(key, "")).problem:
                yield "U109", at, key, {"value": row[key]}


def _ids(listed: list[Row], sheet: csv.Sheet) -> Iterator[Said]:
    folded: dict[str, int] = {}
    looks: dict[str, int] = {}
    for at, row in enumerate(listed):
        unit = row["id"]
        if reason := unsafe_id(unit):
            yield "U102", at, "id", {"value": unit, "reason": reason}
            continue
        for code, known, key in (("U103", folded, text.fold(unit)), ("U104", looks, look(unit))):
            if key in known:
                first = known[key]
                other, line = listed[first]["id"], str(sheet.lines[first])
                yield code, at, "id", {"value": unit, "other": other, "first": line}
                break
        folded.setdefault(text.fold(unit), at)
        looks.setdefault(look(unit), at)


def _names(listed: list[Row], sheet: csv.Sheet) -> Iterator[Said]:
    for at, row in enumerate(listed):
        name, parent = row.get("name", ""), row.get("parent", "")
        if not name:
            yield "U112", at, "name", {"value": ""}
            continue
        flaw = text.unsafe(name, single_line=True)
        if flaw and flaw.code != "broken":
            yield "U115", at, "name", {"value": name, "shown": flaw.shown}
        whole = bones(name)
        earlier = [(first, other["name"], other.get("parent", "")) for first, other in enumerate(listed[:at])
                   if other.get("name")]  # fmt: skip
        under = [(first, other) for first, other, over in earlier if over == parent]
        for first, other in under:
            if other == name:
                yield "U107", at, "name", {
                    "value": name, "other": listed[first]["id"], "first": str(sheet.lines[first])
                }  # fmt: skip
                break
        else:
            ways = (
                [(first, other) for first, other, _ in earlier if heading(other) == heading(name)],
                [(first, other) for first, other in under if bones(other) == whole],
                [(first, other) for first, other in under if bones(other) == without_place(whole)],
                [(first, other) for first, other in under if without_place(bones(other)) == whole != bones(other)],
            )
            first, other = next((way[0] for way in ways if way), (at, name))
            if other != name:
                yield "U108", at, "name", {"value": name, "other": other, "first": str(sheet.lines[first])}


def _parents(listed: list[Row]) -> Iterator[Said]:
    above = {row["id"]: row.get("parent", "") for row in listed}
    for at, row in enumerate(listed):
        unit, parent = row["id"], row.get("parent", "")
        if parent and parent not in above:
            guess = [name for name in above if text.fold(name) == text.fold(parent)]
            yield "U105", at, "parent", {"value": parent, "guess": "".join(guess[-1:])}
            continue
        way = [unit]
        while (name := above.get(way[-1], "")) and name not in way:
            way.append(name)
        if name == unit and unit:
            yield "U106", at, "parent", {"value": parent, "circle": " → ".join([*way, unit])}
