"""Say what an import does to a unit's figures, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hazardctl import i18n
from hazardctl.cells.terms import Terms
from hazardctl.findings import Finding, Severity, shown
from hazardctl.i18n import t
from hazardctl.spreadsheets.indicators import Said
from hazardctl.spreadsheets.reporting import FigurePlan
from hazardctl.spreadsheets.values import Liberty, Refusal
from hazardctl.spreadsheets.words import FACTS


def figure_lines(made: FigurePlan, terms: Terms, *, written: bool) -> Iterator[str]:
    """Tell a clerk."""
    taken = made.taken
    spread = taken.spread
    yield t("import.figures", sheet=spread.sheet.name or t("import.only_sheet"), count=len(spread.rows))
    if taken.title:
        yield "  " + t("import.title", title=shown(taken.title))
    for name in FACTS:
        if name in taken.facts:
            yield "  " + t(f"import.fact_{name}", value=shown(taken.facts[name]))
    for cell, heading, period in taken.columns:
        yield "  " + t("import.figures_column", cell=cell, heading=shown(heading), period=period)
    yield from (f"  {note}" for note in taken.notes)
    if taken.open:
        yield "  " + t("import.figures_open", names=i18n.join(taken.open), count=len(taken.open))
    yield t("import.figures_counts", **figure_counts(made))
    for one in made.added:
        yield f"  + {one.cell}  {i18n.labelled(_named(one), one.value)}"
    for one, was in made.changed:
        change = f"{shown(was) or t('import.blank')} → {one.value}"
        yield f"  ~ {one.cell}  {i18n.labelled(_named(one), change)}"
    for name, value in made.missing:
        yield "  " + t("import.figures_missing", name=name, value=shown(value))
    yield from _section("import.liberties", [_liberty(one, terms) for one in taken.liberties])
    yield from _section("import.warnings", [f"{place}  {one.message()}" for one, place in made.warnings])
    yield from _section("import.refused", [f"{one.cell}  {_why(one, terms)}" for one in made.refused])
    if made.refused and not written:
        yield t("import.refused_remedy")


def figure_counts(made: FigurePlan) -> dict[str, int]:
    """Count what would be, or was, done; a figure that is refused counts as nothing else."""
    refused = {one.cell for one in made.refused}
    return {
        "added": sum(one.cell not in refused for one in made.added),
        "changed": sum(one.cell not in refused for one, _ in made.changed),
        "same": len(made.same),
        "refused": len(refused),
        "missing": len(made.missing),
    }


def _section(key: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield t(key, count=len(lines))
        yield from (f"  {line}" for line in lines)


def _named(one: Said) -> str:
    return f"{one.period.key} {i18n.pick(one.figure.label)}"


def _label(key: str, terms: Terms) -> str:
    return next((i18n.pick(figure.label) for figure in terms.checklist.figures if figure.key == key), key)


def _liberty(one: Liberty, terms: Terms) -> str:
    change = i18n.labelled(_label(one.key, terms), f"{shown(one.before)} → {one.after}")
    return f"{one.cell}  {change}  {_why(one, terms)}"


def _why(one: Liberty | Refusal, terms: Terms) -> str:
    value = one.before if isinstance(one, Liberty) else one.value
    if not i18n.has(f"finding.{one.code}"):
        return t(f"import.why_{one.code}", **{"first": "", "unit": "", **dict(one.args), "value": shown(value)})
    args = (*one.args, ("label", _label(one.key, terms)))
    return Finding(one.code, Severity.NOTE, "", field=one.key, value=value, args=args).message()


def figures_told(made: FigurePlan, terms: Terms) -> dict[str, Any]:
    """Tell a program: the same keys as for entries, each of them about figures."""
    taken = made.taken
    return {
        "sheet": taken.spread.sheet.name,
        "title": taken.title,
        "columns": [{"cell": cell, "heading": heading, "period": period} for cell, heading, period in taken.columns],
        "counts": figure_counts(made),
        "figures": {
            "added": [_one(one) for one in made.added],
            "changed": [{**_one(one), "before": was} for one, was in made.changed],
            "left_alone": [one.id for one in made.same],
            "missing": [name for name, _ in made.missing],
            "not_reported": list(taken.open),
        },
        "refused": [{**_spot(one, terms), "value": one.value} for one in made.refused],
        "liberties": [{**_spot(one, terms), "before": one.before, "after": one.after} for one in taken.liberties],
        "notes": list(taken.notes),
        "warnings": [{"cell": place, "code": one.code, "message": one.message()} for one, place in made.warnings],
    }


def _one(one: Said) -> dict[str, str]:
    return {"cell": one.cell, "period": one.period.key, "key": one.figure.key, "value": one.value}


def _spot(one: Liberty | Refusal, terms: Terms) -> dict[str, Any]:
    return {"cell": one.cell, "row": one.row + 1, "field": one.key, "code": one.code, "why": _why(one, terms)}
