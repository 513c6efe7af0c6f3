"""Write merged rows into the version called ours: its encoding, order, quotes, comments and unknown columns stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hazardctl import amend, ledger, parsing
from hazardctl.cells.terms import Terms
from hazardctl.formats import csv, yaml, yaml_edit
from hazardctl.formats.encoding import decode
from hazardctl.merging.grids import Grid
from hazardctl.merging.lines import weave
from hazardctl.merging.threeway import Cells, Key


def result(ours: Grid, others: Sequence[Grid], rows: Mapping[Key, Cells], terms: Terms) -> bytes:
    """Give ours with these rows; `others` know the headings and the order of what ours has not."""
    mine = list(ours.version.rows)
    new = [key for other in others for key in other.version.rows if key in rows and key not in ours.version.rows]
    new = list(dict.fromkeys(new))
    changed = {
        number: cells
        for number, key in enumerate(mine)
        if key in rows and (cells := _differing(ours.version.rows[key], rows[key]))
    }
    gone = [number for number, key in enumerate(mine) if key not in rows]
    if not changed and not gone and not new:
        return ours.data
    headings = {
        **{name: title for other in reversed(others) for name, title in other.headings.items()},
        **ours.headings,
    }
    if ours.sheet is None:
        return _yaml(ours, changed, [rows[key] for key in new], gone, headings, terms)
    return _csv(ours, changed, {key: rows[key] for key in new}, gone, headings, others)


def _differing(before: Cells, after: Cells) -> dict[str, str]:
    names = dict.fromkeys((*after, *before))
    return {name: after.get(name, "") for name in names if after.get(name, "") != before.get(name, "")}


def _csv(  # noqa: PLR0917 -- the pieces of one result
    ours: Grid,
    changed: Mapping[int, Cells],
    new: Mapping[Key, Cells],
    gone: Sequence[int],
    headings: Mapping[str, str],
    others: Sequence[Grid],
) -> bytes:
    sheet = ours.sheet
    assert sheet is not None
    at = {name: column for column, name in enumerate(ours.names)}
    for cells in (*changed.values(), *new.values()):
        for name, value in cells.items():
            if value and name not in at:
                at[name] = len(at)
    titles = [headings.get(name, name) for name in list(at)[len(ours.names) :]]
    edits = {
        ours.rows[number]: {at[name]: value for name, value in cells.items() if name in at}
        for number, cells in changed.items()
    }
    if new and ours.ledger is not None:
        edits |= {row: dict.fromkeys(cells, "") for row, cells in amend.nil_cells(sheet.rows, ours.ledger).items()}
    added = [[cells.get(name, "") for name in at] for cells in new.values()]
    last = ours.rows[-1] if ours.rows else -1
    data = amend.dressed(csv.edit(sheet, edits, added, titles, after=last), sheet.dress, ours.data)
    order = _order(ours, list(new), gone, others, len(sheet.rows), last)
    return data if order == list(range(len(sheet.rows) + len(new))) else _arranged(data, ours.path, order)


def _order(  # noqa: PLR0917 -- where everything stands
    ours: Grid, new: list[Key], gone: Sequence[int], others: Sequence[Grid], count: int, last: int
) -> list[int]:
    """Give the order of the records: rows that are new on either side stand in one order, whichever side is ours."""
    dropped = {ours.rows[number] for number in gone}
    where = {key: last + 1 + number for number, key in enumerate(new)}
    mine = dict(zip(ours.version.rows, ours.rows, strict=True))
    known = others[-1].version.rows
    tail = list(mine)
    first = next((number for number, key in enumerate(tail) if key not in known), len(tail))
    own = [key for key in tail[first:] if key not in known]
    if len(own) == len(tail) - first and _contiguous([mine[key] for key in own]):
        restored = [key for key in new if key in known]
        placed = [*restored, *(weave(own, _beside(own, new, others)) if len(new) > len(restored) else own)]
        end = [mine[key] if key in mine else where[key] for key in placed]
        start = mine[own[0]] if own else last + 1
    else:
        end, start = list(where.values()), last + 1
    after = range(last + 1 + len(new), count + len(new))
    return [row for row in (*range(start), *end, *after) if row not in dropped]


def _beside(own: Sequence[Key], new: Sequence[Key], others: Sequence[Grid]) -> list[Key]:
    """Give what is new in other versions, beside what is new in ours, in their order."""
    known, wanted = others[-1].version.rows, {*own, *new}
    each = (key for other in others for key in other.version.rows if key in wanted and key not in known)
    return list(dict.fromkeys(each))


def _contiguous(rows: Sequence[int]) -> bool:
    return not rows or rows[-1] - rows[0] == len(rows) - 1


def _arranged(data: bytes, path: str, order: Sequence[int]) -> bytes:
    sheet = csv.read(data, path)
    records = [sheet.record(sheet.lines[row]) for row in order]
    head_start, head_end = sheet.span(sheet.header_line)
    last = sheet.span(sheet.lines[-1])[1] if sheet.rows else head_end
    whole = [record if record.endswith(("\n", "\r")) else record + sheet.dress.newline for record in records]
    text = "".join([sheet.text[:head_start], sheet.text[head_start:head_end], *whole, sheet.text[last:]])
    return amend.dressed(text, sheet.dress, data)


def _yaml(  # noqa: PLR0917 -- the pieces of one result
    ours: Grid,
    changed: Mapping[int, Cells],
    new: Sequence[Cells],
    gone: Sequence[int],
    headings: Mapping[str, str],
    terms: Terms,
) -> bytes:
    named = {
        number: {_title(name, headings): value for name, value in cells.items()} for number, cells in changed.items()
    }
    added = [{_title(name, headings): value for name, value in cells.items() if value} for cells in new]
    data = amend.apply(ours.data, ours.path, "", terms, named, added)
    return _without(data, ours, gone, terms) if gone else data


def _title(name: str, headings: Mapping[str, str]) -> str:
    """Name a column the way amend knows it: by its field, else by its heading."""
    return headings.get(name, name) if name.startswith("=") else name


def _without(data: bytes, ours: Grid, gone: Sequence[int], terms: Terms) -> bytes:
    """Take entries out of a YAML ledger."""
    text, dress = decode(data)
    tree = yaml.read(text, ours.path)
    entries, above, _ = parsing.yaml_entries(tree, ours.path)
    entries, _ = parsing.one_name_each(entries or [], terms.headings)
    titles = list(dict.fromkeys(title for entry in entries for title in entry))
    rows = [[entry.get(title, "") for title in titles] for entry in entries]
    kept, _, _ = ledger.sort_out(rows, ledger.match(titles, terms.headings))
    if len(gone) == len(entries) or text.startswith(("[", "{"), tree.marks[above].start):
        raise amend.OddLayoutError(path=ours.path)
    edits = []
    for number in (kept[row] for row in gone):
        start = _line_start(text, tree.marks[*above, number].start)
        follows = tree.marks.get((*above, number + 1))
        end = (
            _line_start(text, follows.start)
            if follows
            else _line_end(text, yaml_edit.end_of(text, tree, (*above, number)))
        )
        edits.append((start, end, ""))
    return amend.dressed(yaml.splice(text, edits), dress, data)


def _line_end(text: str, at: int) -> int:
    if at and text[at - 1] == "\n":
        return at
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
