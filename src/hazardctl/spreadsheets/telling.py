"""Say what an import does, for people and for programs: matches, counts, changes, every liberty and its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hazardctl import i18n, text
from hazardctl.cells.terms import Args, Terms
from hazardctl.findings import Finding, Severity, shown
from hazardctl.i18n import t
from hazardctl.spreadsheets.choosing import matches
from hazardctl.spreadsheets.headings import HOW, label
from hazardctl.spreadsheets.importing import Outcome
from hazardctl.spreadsheets.telling_figures import figure_lines, figures_told
from hazardctl.spreadsheets.values import Liberty, Refusal, Taken
from hazardctl.spreadsheets.words import FACTS

MOST_SPANS = 8


def as_text(outcome: Outcome, terms: Terms) -> str:
    """Tell one outcome to a clerk."""
    lines = [t("import.head", path=outcome.path, unit=outcome.unit or "—")]
    if outcome.chosen:
        lines += _table(outcome, terms)
        lines += _counts(outcome)
        lines += _changes(outcome, terms)
        lines += _section("import.liberties", _liberties(outcome, terms))
        lines += _section("import.warnings", [_place(place, one.message()) for one, place in outcome.plan.warnings])
        lines += _section("import.refused", [_refusal(one, terms) for one in outcome.plan.refused])
        if outcome.plan.refused and not outcome.written:
            lines.append(t("import.partly" if outcome.partly else "import.refused_remedy"))
    if outcome.figures:
        lines += figure_lines(outcome.figures, terms, written=outcome.written or outcome.partly)
    if outcome.fault is not None:
        lines.append(str(outcome.fault))
        lines += [finding.message() for finding in getattr(outcome.fault, "findings", ())]
        if remedy := outcome.fault.remedy():
            lines.append(remedy)
    return "\n".join(lines)


def _section(key: str, lines: list[str]) -> list[str]:
    return [t(key, count=len(lines)), *(f"  {line}" for line in lines)] if lines else []


def _table(outcome: Outcome, terms: Terms) -> Iterator[str]:
    chosen = outcome.chosen
    assert chosen is not None
    table = chosen.table
    if table.columns:
        yield t("import.table", sheet=table.sheet.name or t("import.only_sheet"),
                first=table.place(table.top, 0), rows=len(table.rows))  # fmt: skip
    if table.title:
        yield "  " + t("import.title", title=shown(table.title))
    for name in FACTS:
        if name in table.facts:
            yield "  " + t(f"import.fact_{name}", value=shown(table.facts[name]))
    if outcome.mapping:
        yield "  " + t("import.mapping_used", path=f"imports/{outcome.mapping}.yaml")
    for column, key in matches(chosen).values():
        place = table.place(table.body - 1, column.number)
        how = t(f"import.how_{HOW.get(column.strength, 'own')}")
        name = t("import.unit_column") if key.startswith("@") else label(key, terms)
        yield "  " + t("import.match", place=place, heading=shown(column.title), field=name, how=how)
    for aside in table.aside:
        yield "  " + t(
            "import.aside", row=aside.number + 1, what=t(f"import.aside_{aside.kind}"), words=shown(aside.words)
        )
    for note in chosen.notes:
        yield "  " + note


def _counts(outcome: Outcome) -> Iterator[str]:
    made = outcome.plan
    if outcome.chosen and outcome.chosen.table.nil:
        yield t("import.nil")
    yield t("import.counts", **counts(outcome))
    if (
        made.key
        and (made.changed or made.same)
        and any("id" in one.derived or not one.places.get("id") for one in outcome.taken)
    ):
        yield t("import.key", fields=i18n.join(made.key))
    if made.kept:
        yield t("import.kept", count=made.kept)


def counts(outcome: Outcome) -> dict[str, int]:
    """Count what would be, or was, done; a row that is refused counts as nothing else."""
    made = outcome.plan
    refused = {one.row for one in made.refused}
    return {
        "added": sum(one.row not in refused for one in made.added),
        "changed": sum(one.row not in refused for one in made.changed),
        "same": len(made.same),
        "refused": len(refused),
        "missing": len(made.missing),
    }


def _changes(outcome: Outcome, terms: Terms) -> list[str]:
    made, blank = outcome.plan, t("import.blank")
    lines = [
        f"{one.entry}  "
        + i18n.labelled(i18n.aside(label(key, terms), one.places.get(key, "")), f"{shown(old) or blank} → {shown(new)}")
        for one in made.changed
        for key, (old, new) in one.cells.items()
    ]
    missing = [f"{name}  {shown(words)}" for name, words in made.missing]
    return [*_section("import.changed", lines), *_section("import.missing", missing)]


def _liberties(outcome: Outcome, terms: Terms) -> list[str]:
    same: dict[tuple[str, ...], list[Liberty]] = {}
    for one in _all(outcome):
        of = dict(one.args).get("of", "")
        same.setdefault((one.key, one.before, one.after, one.code, of), []).append(one)
    lines = []
    for found in same.values():
        first = found[0]
        cells = spans([one.cell for one in found])
        change = " → ".join(shown(words) or t("import.blank") for words in (first.before, first.after))
        lines.append(f"{cells}  {i18n.labelled(label(first.key, terms), change)}  {why(first, terms)}")
    return lines


def spans(cells: Sequence[str]) -> str:
    """Name many cells shortly: neighbours in a column as a span, and of many spans the first."""
    spread: list[tuple[str, str]] = []
    for cell in cells:
        last = spread[-1][1] if spread else ""
        letters = cell.rstrip("0123456789")
        if last and last.rstrip("0123456789") == letters and int(cell[len(letters) :]) == int(last[len(letters) :]) + 1:
            spread[-1] = (spread[-1][0], cell)
        else:
            spread.append((cell, cell))
    named = i18n.join([first if first == last else f"{first}\u2013{last}" for first, last in spread[:MOST_SPANS]])
    return named if len(spread) <= MOST_SPANS else t("import.more_cells", cells=named, count=len(cells))


def _all(outcome: Outcome) -> Iterator[Liberty]:
    for one in outcome.taken:
        yield from one.liberties


def why(one: Liberty | Refusal, terms: Terms) -> str:
    """Give the reason of a liberty or a refusal in the language in force."""
    value = one.before if isinstance(one, Liberty) else one.value
    if not i18n.has(f"finding.{one.code}"):
        return t(f"import.why_{one.code}", **{**_blank(), **dict(one.args), "value": shown(value)})
    args: Args = one.args
    if "label" not in dict(args):
        args = (*args, ("label", label(one.key, terms)))
    return Finding(one.code, Severity.NOTE, "", field=one.key, value=value, args=args).message()


def _blank() -> dict[str, str]:
    return dict.fromkeys(("of", "first", "meant", "was", "rows", "entries", "unit"), "")


def _refusal(one: Refusal, terms: Terms) -> str:
    return _place(one.cell, why(one, terms))


def _place(place: str, words: str) -> str:
    if place.isdecimal():
        return f"{t('import.row', row=place)}  {words}"
    return f"{place}  {words}" if place else words


def as_json(outcome: Outcome, terms: Terms) -> dict[str, Any]:
    """Tell one outcome to a program."""
    made, chosen = outcome.plan, outcome.chosen
    table = chosen.table if chosen else None
    return {
        "file": outcome.path,
        "sha256": outcome.sha256,
        "unit": outcome.unit,
        "sheet": table.sheet.name if table else "",
        "title": table.title if table else "",
        "facts": dict(outcome.facts),
        "nil": bool(table and table.nil),
        "columns": _columns(outcome),
        "key": list(made.key),
        "counts": counts(outcome),
        "added": [{"row": one.row + 1, **_entry(one, written=outcome.written)} for one in made.added],
        "changed": [
            {
                "row": one.row + 1,
                "id": one.entry,
                "cells": {key: {"before": old, "after": new} for key, (old, new) in one.cells.items()},
            }
            for one in made.changed
        ],
        "left_alone": list(made.same),
        "missing": [name for name, _ in made.missing],
        "refused": [_spot(one, terms) | {"value": one.value} for one in made.refused],
        "liberties": [_spot(one, terms) | {"before": one.before, "after": one.after} for one in _all(outcome)],
        "set_aside": [
            {"row": one.number + 1, "kind": one.kind, "words": one.words} for one in (table.aside if table else ())
        ],
        "notes": list(chosen.notes) if chosen else [],
        "warnings": [{"cell": place, "code": one.code, "message": one.message()} for one, place in made.warnings],
        "fault": _fault(outcome),
        "written": outcome.written,
        **(figures_told(outcome.figures, terms) if outcome.figures else {}),
    }  # fmt: skip


def _entry(one: Taken, *, written: bool) -> dict[str, str]:
    """Give a new entry's cells; an id that nothing has been written under is no id yet."""
    return {key: value for key, value in one.cells.items() if key != "id" or written or key not in one.derived}


def _spot(one: Liberty | Refusal, terms: Terms) -> dict[str, Any]:
    return {"cell": one.cell, "row": one.row + 1, "field": one.key, "code": one.code, "why": why(one, terms)}


def _columns(outcome: Outcome) -> list[Mapping[str, Any]]:
    chosen = outcome.chosen
    if not chosen:
        return []
    taken = matches(chosen)
    return [
        {
            "cell": chosen.table.place(chosen.table.body - 1, column.number),
            "heading": column.title,
            "field": taken[column.number][1] if column.number in taken else "",
            "how": HOW.get(column.strength, "") if column.number in taken else "",
        }
        for column in chosen.settled.columns
    ]


def _fault(outcome: Outcome) -> str:
    return text.escape(str(outcome.fault)).replace("\\n", "\n") if outcome.fault else ""
