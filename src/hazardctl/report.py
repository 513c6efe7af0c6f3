"""Write a report (报告): gather its facts, draw its tables, fill its template."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from hazardctl import templating
from hazardctl.errors import UsageError
from hazardctl.findings import Finding
from hazardctl.i18n import join, t
from hazardctl.load import Opened
from hazardctl.reports import REPORTS
from hazardctl.reports.asked import Asked, Report
from hazardctl.templating import Form

if TYPE_CHECKING:
    from hazardctl.checklist import Form as FormDefinition
    from hazardctl.reports.forms import Filled
    from hazardctl.statistics.table import Table


def module_of(name: str) -> ModuleType:
    """Give the module that gathers a report's facts; a template of the bureau's own has the facts of `weekly`."""
    return importlib.import_module(f"hazardctl.reports.{name if name in REPORTS else 'weekly'}")


def render(
    opened: Opened, name: str, form: Form, asked: Asked, ready: Report | None = None
) -> tuple[str, Report]:  # fmt: skip
    """Write a report as Markdown or HTML; gives its text and what it was made from, `ready` for another form."""
    template = templating.load(name, form, opened.workspace.root)
    module = module_of(name)
    if module.NEEDS_UNIT and not asked.unit:
        raise UsageError(sentence=t("report.needs_unit"))
    _know(opened, asked.unit)
    report: Report = ready or module.build(opened, asked)
    drawn = {key: draw(table, form) for key, table in report.tables.items()}
    return templating.render(template, {"drawn": {"table": ""} | drawn, **report.facts}), report


def fill(opened: Opened, form: FormDefinition, asked: Asked, language: str) -> Filled:
    """Fill one of the campaign's forms for one unit, for a unit and those below it, or for the whole campaign."""
    from hazardctl.reports import forms, register

    _know(opened, asked.unit)
    if form.of not in ("ledger", "register"):
        return forms.table(opened, form, asked, language)
    if asked.period:
        raise UsageError(sentence=t("report.no_period", form=form.id))
    return (register.fill if form.of == "register" else forms.ledger)(opened, form, asked, language)


def _know(opened: Opened, unit: str) -> None:
    if unit and unit not in opened.units.units:
        raise UsageError(sentence=t("report.no_unit", unit=unit))


def draw(table: Table, form: Form) -> str:
    """Draw a statistics table, with what has to be said of it, for a template to place."""
    from hazardctl import i18n
    from hazardctl.statistics import printed
    from hazardctl.writers import html, md

    language = i18n.language()
    grid = replace(printed.grid(table, language), notes=printed.remarks(table, language))
    return html.table(grid) if form == "html" else md.table(grid)


def lint(name: str, root: Path | None) -> tuple[list[Finding], tuple[Path, ...]]:
    """Look for mistakes in every template of a report, without rendering it."""
    forms = templating.available(root).get(name, {})
    if not forms:
        raise templating.NoTemplateError(name=name, form="md/html", known=join(sorted(templating.available(root))))
    found: list[Finding] = []
    for form in forms:
        found += templating.lint(templating.load(name, form, root), module_of(name).KNOWN)
    return found, tuple(forms.values())
