"""Compare the entries of a table with those of a ledger: added, changed, as they were, refused, missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from hazardctl import entry, text
from hazardctl.cells.terms import Terms
from hazardctl.findings import Finding
from hazardctl.ledger import Ledger
from hazardctl.records import immutable
from hazardctl.spreadsheets.values import Refusal, Taken

DEFAULT_KEY = ("category", "description", "location")


@immutable
class Change:
    """One entry that is in the ledger and said otherwise by the table: field → what it was, what it will be."""

    row: int  # in the sheet
    at: int  # in the ledger
    entry: str
    cells: Mapping[str, tuple[str, str]]
    places: Mapping[str, str] = field(default_factory=dict)


@immutable
class Plan:
    """What an import would do to one ledger."""

    added: tuple[Taken, ...] = ()
    changed: tuple[Change, ...] = ()
    same: tuple[str, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()  # id and description of entries the table does not have
    refused: tuple[Refusal, ...] = ()
    kept: int = 0  # cells that are blank in the table and filled in the ledger: they stay
    key: tuple[str, ...] = ()  # the fields that tell entries apart where no id does
    sha256: str = ""  # of the ledger that was compared
    warnings: tuple[tuple[Finding, str], ...] = ()  # what the check says of the result, with the cell

    @property
    def idle(self) -> bool:
        """Tell whether nothing would change."""
        return not (self.added or self.changed)


@immutable
class Saved:
    """A file an import has written: its name in the campaign, its bytes before (None: it was not there) and now."""

    path: str
    old: bytes | None
    new: bytes


def compare(
    taken: Sequence[Taken], before: Ledger | None, terms: Terms, key: Sequence[str], *, force: bool = False
) -> Plan:
    """Match rows to entries by id, else by the key, and say what follows."""
    used = tuple(key) or tuple(name for name in DEFAULT_KEY if any(name in one.cells for one in taken))
    partners, refused = _partners(taken, before, terms, used)
    for one in taken:
        refused += one.refusals
    added, changed, same, kept = [], [], [], 0
    for one in taken:
        at = partners.get(one.row)
        if before is None or at is None:
            added.append(one)
            continue
        cells, blanks, backwards = _differing(one, before, at, terms)
        kept += blanks
        if backwards and not force:
            refused.append(backwards)
        name = before.cell(at, "id")
        if cells:
            changed.append(Change(one.row, at, name, cells, one.places))
        else:
            same.append(name)
    met = set(partners.values())
    missing = [
        (before.cell(at, "id"), before.cell(at, "description")) for at in range(len(before.rows)) if at not in met
    ] if before else []  # fmt: skip
    fresh = _named(added, before)
    return Plan(
        tuple(fresh), tuple(changed), tuple(same), tuple(missing), tuple(refused), kept, used,
        before.sha256 if before else "",
    )  # fmt: skip


def _partners(
    taken: Sequence[Taken], before: Ledger | None, terms: Terms, key: Sequence[str]
) -> tuple[dict[int, int], list[Refusal]]:
    partners: dict[int, int] = {}
    refused: list[Refusal] = []
    ids: dict[str, int] = {}
    if before:
        ids = {text.fold(text.trim(raw)): at for at, raw in enumerate(before.column("id") or ()) if raw.strip()}
    seen: dict[str, Taken] = {}
    for one in taken:
        name = text.fold(text.trim(one.cells.get("id", "")))
        if name in seen:
            args = (("first", seen[name].places["id"]),)
            refused.append(Refusal(one.places["id"], one.row, "id", one.cells["id"], "id_twice", args))
        elif name:
            seen[name] = one
            if name in ids:
                partners[one.row] = ids[name]
    refused += _by_key([one for one in taken if not one.cells.get("id", "").strip()], before, terms, key, partners)
    return partners, refused


def _by_key(
    taken: Sequence[Taken], before: Ledger | None, terms: Terms, key: Sequence[str], partners: dict[int, int]
) -> list[Refusal]:
    """Pair rows and entries that say the same under the key, in order; unequal numbers of the same are refused."""
    if before is None or not key:
        return []
    met = set(partners.values())
    waiting: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(before.rows)):
        said = _said({name: before.cell(at, name) for name in key}, terms, key)
        if at not in met and any(said):
            waiting[said].append(at)
    groups: dict[tuple[str, ...], list[Taken]] = defaultdict(list)
    for one in taken:
        if any(said := _said(one.cells, terms, key)):
            groups[said].append(one)
    refused = []
    for said, rows in groups.items():
        found = waiting.get(said, [])
        if found and len(found) != len(rows):
            count = (("rows", str(len(rows))), ("entries", str(len(found))))
            refused += [
                Refusal(one.places.get(key[0], ""), one.row, "", " ".join(said)[:60], "key_unclear", count)
                for one in rows
            ]
        partners |= {one.row: at for one, at in zip(rows, found, strict=False)}
    return refused


def _said(cells: Mapping[str, str], terms: Terms, key: Sequence[str]) -> tuple[str, ...]:
    return tuple(_meaning(terms, name, cells.get(name, "")) for name in key)


def _meaning(terms: Terms, key: str, raw: str) -> str:
    known = terms.by_key.get(key)
    if known and known.type != "text" and raw:
        value = terms.read(key, raw).value
        if value is not None:
            return str(value)
    return text.fold("".join(text.clean(raw).split()))


def _differing(
    one: Taken, before: Ledger, at: int, terms: Terms
) -> tuple[dict[str, tuple[str, str]], int, Refusal | None]:
    cells: dict[str, tuple[str, str]] = {}
    blanks, backwards = 0, None
    for key in one.places:
        if not one.cells.get(key, "") and before.cell(at, key).strip():
            blanks += 1
    for key, new in one.cells.items():
        old = before.cell(at, key)
        if key == "id" or not new or (key in one.derived and old.strip()) or _equal(terms, key, old, new):
            continue
        cells[key] = (old, new)
        if key == "status" and _value(terms, old) == "done" != _value(terms, new):
            args = (("was", old),)
            backwards = Refusal(one.places.get(key, ""), one.row, key, new, "backwards", args)
    return cells, blanks, backwards


def _value(terms: Terms, raw: str) -> object:
    return terms.read("status", raw).value if raw else None


def _equal(terms: Terms, key: str, old: str, new: str) -> bool:
    if old == new:
        return True
    known = terms.by_key.get(key)
    if known is None or known.type in ("text", "names"):
        return text.trim(old) == text.trim(new)
    was, will = terms.read(key, old), terms.read(key, new)
    return was.value is not None and was.value == will.value


def _named(added: Sequence[Taken], before: Ledger | None) -> list[Taken]:
    """Give each new entry its id now, so that what the check says of it finds its way back to its row."""
    taken = {raw.strip().upper() for raw in (before.column("id") or () if before else ())}
    for one in added:
        if not one.cells.get("id", "").strip():
            one.cells["id"] = entry.new_id(taken)
            one.derived.add("id")
        taken.add(one.cells["id"].upper())
    return list(added)


def without(plan: Plan, rows: set[int]) -> Plan:
    """Leave rows out of a plan."""
    return replace(
        plan,
        added=tuple(one for one in plan.added if one.row not in rows),
        changed=tuple(one for one in plan.changed if one.row not in rows),
    )
