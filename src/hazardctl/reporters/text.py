"""Findings for people: place, what is, the line with a caret under it, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from hazardctl import text
from hazardctl.check import Checked, UnitResult
from hazardctl.findings import Finding, Severity, summary
from hazardctl.i18n import join, t

Style = Callable[..., str]
WIDTH = 100  # cells of a shown line
BEFORE = 24  # characters shown before the place in a line that is too long
MANY = 20  # units from which on a summary by unit comes first
LISTED = 12  # lines named where one note holds for many
_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def write(checked: Checked, style: Style | None = None) -> str:
    """Write everything that was found, by unit first where there are many."""
    parts = [by_unit(checked)] if len(checked.results) > MANY and checked.findings else []
    if checked.findings:
        parts.append(listing(checked.findings, style))
    return "\n\n".join([*parts, counted(checked.findings)]) + "\n"


def listing(findings: Iterable[Finding], style: Style | None = None) -> str:
    """Write findings one below the other; a note or a warning that holds for many cells of a file is said once."""
    first: dict[tuple[str, ...], list[Finding]] = {}
    for number, finding in enumerate(findings):
        first.setdefault(_said_once(finding, number), []).append(finding)
    return "\n".join(_one(same, style or _plain) for same in first.values())


def _said_once(finding: Finding, number: int) -> tuple[str, ...]:
    """Give what findings have in common that need not be said again: errors stand alone, each is mended by itself."""
    if finding.severity == Severity.ERROR:
        return (str(number),)
    if finding.severity == Severity.NOTE:
        return (finding.path, finding.code, finding.field, finding.value)
    return (finding.path, finding.code, *finding.told())


def counted(findings: Iterable[Finding]) -> str:
    """Say how many there are of each kind."""
    counts = summary(findings)
    if not any(counts.values()):
        return t("check.clean")
    return t("check.counted", **{key: str(number) for key, number in counts.items()})


def _plain(words: str, *_styles: str) -> str:
    return words


def _one(same: Sequence[Finding], style: Style) -> str:
    finding = same[0]
    place = ":".join(str(part) for part in (text.escape(finding.path), finding.line, finding.column) if part)
    message, remedy = finding.told()
    word = style(t(f"check.{finding.severity.value}"), _COLORS[finding.severity], "bold")
    lines = [f"{style(place, 'bold')}: {word} {finding.code} {message}"]
    if finding.source and finding.column:
        lines += [f"    {line}" for line in excerpt(finding.source, finding.column)]
    if len(same) > 1:
        lines.append("    " + _others(same[1:]))
    if remedy:
        lines.append("    " + t("check.remedy", remedy=remedy))
    return "\n".join(lines)


def _others(findings: Sequence[Finding]) -> str:
    lines = [str(finding.line) for finding in findings]
    shown = join(lines[:LISTED]) + (" …" if len(lines) > LISTED else "")
    return t("check.same", count=str(len(lines)), lines=shown)


def excerpt(source: str, column: int) -> tuple[str, str]:
    """Give the part of a line around a column, and the line with the caret below it."""
    start = 0
    if text.width(text.escape(source)) > WIDTH and column > BEFORE:
        start = column - 1 - BEFORE
    lead = "…" if start else ""
    shown, room = lead, WIDTH - len(lead)
    for character in source[start:]:
        piece = text.escape(character)
        room -= text.width(piece)
        if room < 0:
            shown += "…"
            break
        shown += piece
    return shown, " " * text.width(lead) + text.caret(source[start:], column - start)


def by_unit(checked: Checked) -> str:
    """Write how many findings each unit has; units without any are counted in one line."""
    heads = [t(f"check.column_{name}") for name in ("unit", "name", "error", "warning", "note", "entries")]
    rows = [heads, *(_row(result) for result in checked.results if result.findings)]
    widths = [max(text.width(row[at]) for row in rows) for at in range(len(heads))]
    lines = [
        "  ".join(_cell(cell, width, at) for at, (cell, width) in enumerate(zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]
    clean = sum(not result.findings for result in checked.results)
    return "\n".join([*lines, *([t("check.clean_units", count=str(clean))] if clean else [])])


def _row(result: UnitResult) -> list[str]:
    counts = summary(result.findings)
    return [
        result.unit,
        text.escape(result.name),
        *(str(counts[severity]) for severity in Severity),
        str(result.entries),
    ]


def _cell(cell: str, width: int, column: int) -> str:
    return text.pad(cell, width) if column < 2 else " " * (width - text.width(cell)) + cell
