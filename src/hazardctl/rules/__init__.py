"""The rules, one file a family; the tuples fix which run, and in which order their codes are listed.

A family is a module with `CODES`, which maps each code to its severity, and a docstring that is the manual page of
them all: for each code what it says, why, and examples that fail and pass, which a test runs. `check` gives findings.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from hazardctl.findings import Severity
from hazardctl.rules import (
    across,
    agreement,
    bulletin,
    calendar,
    campaign,
    checklist,
    decisions,
    duplicates,
    figures,
    files,
    folders,
    ids,
    journal,
    liberties,
    merging,
    negatives,
    outliers,
    relations,
    required,
    returns,
    structure,
    tabled,
    tables,
    templates,
    twins,
    units,
    unreadable,
)

LEDGER_RULES = (structure, required, unreadable, negatives, relations, liberties, ids, duplicates)
FIGURE_RULES = (figures, agreement, outliers)
CHECKLIST_RULES = (checklist, tables, calendar)
CAMPAIGN_RULES = (campaign, units, folders, across, twins, merging)
FAMILIES: tuple[ModuleType, ...] = (
    files,
    *CAMPAIGN_RULES,
    *CHECKLIST_RULES,
    *LEDGER_RULES,
    *FIGURE_RULES,
    tabled,
    returns,
    decisions,
    journal,
    templates,
    bulletin,
)
SEVERITIES: Mapping[str, Severity] = {code: severity for family in FAMILIES for code, severity in family.CODES.items()}
