"""Files of a unit ready to be filled in: ledger, figures, register; and a ledger in the other format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import cast

from hazardctl import figures, parsing
from hazardctl.amend import UneditableError, in_language, official
from hazardctl.campaign import periods
from hazardctl.cells.terms import Terms
from hazardctl.checklist import Checklist, Figure, Period, form_leaves
from hazardctl.errors import FileFault
from hazardctl.fields import Field, heading
from hazardctl.formats import csv, yaml
from hazardctl.formats.encoding import decode
from hazardctl.forms.offered import offered
from hazardctl.load import Opened
from hazardctl.returns import periods as calendar
from hazardctl.returns.periods import Kind

REGISTER = ("case", "group", "measures", "owner", "review_on")
SCHEMA = "../../schemas/ledger.schema.json"
_LONGEST_KEY = 900  # YAML reads keys of up to 1024 characters
_NIL = "无"
_EXAMPLE_ID = "H7K3-M9QX-2FPD"


class NotConvertibleError(FileFault):
    """The other format cannot hold what the ledger says. Values: `path`, `what`."""

    key = "scaffold.not_convertible"


def fresh_ledger(opened: Opened, form: str) -> bytes:
    """Write an empty ledger of this campaign, as `csv` or as `yaml`."""
    return _yaml_ledger(opened) if form == "yaml" else csv.write(headings(opened.terms), [])


def headings(terms: Terms) -> list[str]:
    """Give the official headings of a ledger in the campaign's language, the id first."""
    return [official(field.key, terms) for field in terms.fields]


def fresh_figures(opened: Opened, period: str) -> bytes:
    """Write the figures a unit reports for a period, each without a value: not reported yet."""
    language = opened.campaign.locale
    heads = [figures.COLUMNS[key][1 if language == "zh" else 0] for key in ("period", "key", "value")]
    return csv.write(heads, [[period, figure_name(figure, opened), ""] for figure in opened.checklist.figures])


def figure_name(figure: Figure, opened: Opened) -> str:
    """Name a figure in the campaign's language; by its key where its label would not lead back to it."""
    label = in_language(figure.label, opened.campaign.locale)
    found = figures.words(opened.checklist).get(heading(label))
    return label if found and found.key == figure.key else figure.key


def fresh_register(opened: Opened) -> bytes:
    """Write an empty person register, as small as it is kept (source: 达川司发〔2022〕38号 附件2)."""
    labels = _register_labels(opened.checklist, opened.campaign.locale)
    return csv.write([labels.get(key, key) for key in REGISTER], [])


def _register_labels(checklist: Checklist, language: str) -> Mapping[str, str]:
    forms = [form for form in checklist.forms if form.of == "register"]
    return {column.field: in_language(column.label, language) for form in forms for column in form_leaves(form.columns)}


def current_period(opened: Opened, today: date) -> str:
    """Name the period whose figures are being collected: a named one of the campaign, else one of the calendar."""
    named = [period for period in periods(opened.campaign, opened.checklist) if period.to or period.due]
    if named:
        return _nearest(named, opened.checklist, today).id
    schedules = opened.campaign.schedules or opened.checklist.schedules
    every = next((schedule.every for schedule in schedules if schedule.every), "month")
    kind = cast("Kind", "half" if every == "half-year" else every)
    return calendar.of(today, kind).key


def _nearest(named: Sequence[Period], checklist: Checklist, today: date) -> Period:
    """Choose the period that runs today, that of a statistics table first; else the next one; else the last."""
    tables = {table.id for table in checklist.tables}

    def rank(period: Period) -> tuple[int, bool, timedelta]:
        end = period.to or period.due or today
        begin = period.from_ or end
        if begin <= today <= end:
            return (0, period.id not in tables, end - today)
        return (
            (1, period.id not in tables, begin - today) if begin > today else (2, period.id not in tables, today - end)
        )

    return min(named, key=rank)


def _yaml_ledger(opened: Opened) -> bytes:
    from hazardctl.i18n import t_in

    terms, language = opened.terms, opened.campaign.locale
    lines = [f"# yaml-language-server: $schema={SCHEMA}", f"# {in_language(opened.campaign.name, language)}"]
    lines += [f"# {line}" for line in t_in(language, "scaffold.yaml_head").splitlines()]
    lines += [f"#   {official(field.key, terms)}: {' | '.join(words)}" for field, words in allowed(terms)]
    lines += ["#", f"# {t_in(language, 'scaffold.yaml_example')}"]
    pairs = [f"{yaml.scalar(official(key, terms))}: {yaml.scalar(value)}" for key, value in _example(terms)]
    lines += [f"#   {'-' if number == 0 else ' '} {pair}" for number, pair in enumerate(pairs)]
    return ("\n".join([*lines, "entries:"]) + "\n").encode()


def allowed(terms: Terms) -> Iterator[tuple[Field, list[str]]]:
    """Give the fields whose words are given, with the words; the items stand in the checklist."""
    for field in terms.fields:
        words = offered(terms).get(field.key, ())
        if words and field.type != "item":
            yield field, [word.shown for word in words]


def _example(terms: Terms) -> Iterator[tuple[str, str]]:
    from hazardctl.i18n import t_in

    language, checklist = terms.campaign.locale, terms.checklist
    known = {"id": _EXAMPLE_ID}
    if checklist.categories:
        known["category"] = terms.write_category(checklist.categories[0].code)
    if checklist.statuses:
        known["status"] = in_language(
            checklist.statuses.get("not_started", next(iter(checklist.statuses.values()))), language
        )
    year = terms.years[0] if terms.years else 2022
    for field in terms.fields:
        if field.key in known:
            yield field.key, known[field.key]
        elif field.required and field.type in ("day", "deadline"):
            yield field.key, f"{year}-09-06"
        elif field.required and field.type in ("text", "names"):
            yield field.key, t_in(language, "scaffold.yaml_fill")


def convert(data: bytes, name: str, unit: str, terms: Terms, form: str) -> bytes:
    """Write a ledger in the other format: the same rows, unknown columns and set-aside rows among them.

    Errors: UneditableError, and NotConvertibleError where the other format has no place for something.
    """
    if form == "yaml":
        return _to_yaml(data, name)
    return _to_csv(data, name, unit, terms)


def _to_yaml(data: bytes, name: str) -> bytes:
    sheet = csv.read(data, name)
    if sheet.findings or not sheet.header:
        raise UneditableError(sheet.findings, path=name)
    used = [at for at, title in enumerate(sheet.header) if title or any(row[at] for row in sheet.rows)]
    titles = [sheet.header[at] for at in used]
    odd = next((title for title in titles if not title or len(title) > _LONGEST_KEY or titles.count(title) > 1), None)
    if odd is not None:
        raise NotConvertibleError(path=name, what=odd[:40])
    rows = [dict(zip(titles, (row[at] for at in used), strict=True)) for row in sheet.rows]
    entries = [
        row if number == 0 else {title: cell for title, cell in row.items() if cell} for number, row in enumerate(rows)
    ]
    text = f"# yaml-language-server: $schema={SCHEMA}\n" + (
        "entries:\n" if not entries else yaml.dump({"entries": entries})
    )
    return text.encode()


def _to_csv(data: bytes, name: str, unit: str, terms: Terms) -> bytes:
    found, findings = parsing.parse_yaml(data, name, unit, terms)
    if found is None or findings:
        raise UneditableError(findings, path=name)
    tree = yaml.read(decode(data)[0], name)
    other = set(tree.value) - {"entries", "nil"} if isinstance(tree.value, dict) else set()
    if other:
        raise NotConvertibleError(path=name, what=min(other)[:40])
    entries, _, _ = parsing.yaml_entries(tree, name)
    named, _ = parsing.one_name_each(entries or [], terms.headings)
    titles = list(found.headings) or headings(terms)
    rows = [[entry.get(title, "") for title in titles] for entry in named if any(entry.values())]
    if found.nil and not rows:
        rows = [["", _NIL, *[""] * (len(titles) - 2)]]
    return csv.write(titles, rows)
