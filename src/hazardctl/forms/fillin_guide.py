"""The sheet of a fill-in workbook that says how it is filled in, in the campaign's language."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.amend import in_language, official
from hazardctl.fields import Field
from hazardctl.formats import book_layout as layout
from hazardctl.formats.book import FANG_SONG, SONG, Cell, Line, Sheet, Style
from hazardctl.i18n import join_in, t_in
from hazardctl.load import Opened

STEPS = ("rows", "required", "ids", "days", "late", "nil", "import")
_WIDTH = 84.0  # characters; an upright page holds no more without being made smaller
_HOW = {
    **dict.fromkeys(("category", "item", "status", "track", "choice", "yes_no"), "choice"),
    **dict.fromkeys(("number", "integer", "money", "percent"), "number"),
    "day": "day", "deadline": "deadline", "names": "names",
}  # fmt: skip
_TITLE = Style(SONG, 16, bold=True, align="center")
_LINE = Style(FANG_SONG, 11)


def sheet(opened: Opened, unit: str, title: str) -> Sheet:
    """Write the guide: steps in order, then every column of the ledger."""
    language = opened.campaign.locale
    values = {
        "sheet": t_in(language, "fillin.sheet"),
        "word": t_in(language, "fillin.nil"),
        "unit": unit,
        "title": title,
    }
    lines = [Line([Cell(t_in(language, "fillin.guide_title", **values), _TITLE)], 34, fixed=True)]
    steps = [t_in(language, "document.further", number=number, note=t_in(language, f"fillin.step_{step}", **values))
             for number, step in enumerate(STEPS, 1)]  # fmt: skip
    words = [*steps, "", *_columns(opened, language), "", *_items(opened, language)]
    lines += [Line([Cell(said, _LINE)], layout.height([(said, _WIDTH)], 11, 18), fixed=True) for said in words]
    return Sheet(t_in(language, "fillin.guide"), lines, (_WIDTH,), landscape=False, footer=t_in(language, "xlsx.page"))


def _columns(opened: Opened, language: str) -> Iterator[str]:
    """Say of each column whether it has to be filled in, and how; a line each, so that nobody takes it for a table."""
    for field in opened.terms.fields:
        if field.key == "id":
            continue
        how = t_in(language, f"fillin.how_{_HOW.get(field.type, 'text')}")
        unit = (f"（{field.unit}）" if language == "zh" else f" ({field.unit})") if field.unit else ""
        help_ = in_language(field.help, language) if field.help else ""
        said = [_required(opened, field, language), f"{how}{unit}", help_]
        label = official(field.key, opened.terms)
        yield t_in(language, "xlsx.said", name=label, value=t_in(language, "xlsx.gap").join(filter(None, said)))


def _items(opened: Opened, language: str) -> Iterator[str]:
    for category in opened.checklist.categories:
        written, title = opened.terms.write_category(category.code), in_language(category.title, language)
        yield title if written == title else f"{written}  {title}"
        for item in category.items if "item" in opened.terms.by_key else ():
            yield f"    {item.code}  {in_language(item.check, language)}"


def _required(opened: Opened, field: Field, language: str) -> str:
    if field.required:
        return t_in(language, "fillin.yes")
    conditions = []
    for key, values in field.required_when:
        labels = [in_language(opened.checklist.statuses.get(value, value), language) for value in values]
        conditions.append(f"{official(key, opened.terms)} = {'/'.join(labels)}")
    return t_in(language, "fillin.when", conditions=join_in(language, conditions)) if conditions else ""
