"""A table as it is asked for: live, as it was sent, as it was frozen, or with errata; compared, or with its rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from hazardctl import rollup
from hazardctl.cells.terms import label_of
from hazardctl.document import Document
from hazardctl.errors import UsageError
from hazardctl.formats.encoding import decode
from hazardctl.i18n import t, t_in
from hazardctl.load import Opened
from hazardctl.records import immutable
from hazardctl.statistics import printed
from hazardctl.statistics.plan import Column
from hazardctl.statistics.table import Table

if TYPE_CHECKING:  # what is live, by far the most, needs nothing of what was sent or frozen
    from hazardctl.again import Look
    from hazardctl.publishing.evidence import Record
    from hazardctl.publishing.frozen import Manifest

KEPT = ("frozen", "restated")
Advance = Callable[[int], None]


@immutable
class Wanted:
    """Which table is wanted."""

    table: str | None = None
    period: str | None = None
    level: int | None = None
    unit: str | None = None
    basis: str = "live"
    compare: str | None = None
    trails: bool = False  # each cell leads to its rows
    engine: str = "local"
    files: tuple[str, ...] = ()  # partials of other campaigns: FILE, UNIT=FILE or a folder
    looked: Look | None = None  # what is known of the units' folders already


@immutable
class Published:
    """A table, and how it is drawn; `kept` are the files it was published as, by form."""

    table: Table
    document: Document
    manifest: Manifest | None = None
    opened: Opened | None = None

    def kept(self, form: str) -> bytes | None:
        """Give the bytes a frozen table was published as; none for forms that are drawn anew."""
        if self.manifest is None or self.opened is None or self.table.basis != "frozen" or form not in ("csv", "json"):
            return None
        from hazardctl.publishing import frozen

        return frozen.content(self.opened.workspace, self.manifest, f"{self.table.id}.{form}")

    def kept_text(self, form: str) -> str | None:
        """Give the same as a terminal gets it: without mark, with plain line ends."""
        data = self.kept(form)
        return None if data is None else decode(data)[0].replace("\r\n", "\n")


def publish(
    opened: Opened, wanted: Wanted, *, language: str, files: str, today: date, advance: Advance | None = None
) -> Published:
    """Give the table that is wanted as a document; raises UsageError."""
    if wanted.files and wanted.compare is not None:
        raise UsageError(sentence=t("partials.not_compared"))
    if wanted.basis in KEPT:
        return _frozen(opened, wanted, language or "")
    table, record = _table(opened, wanted, wanted.period, today, advance)
    document = printed.document(table, language or files, files, today.isoformat())
    if wanted.compare is not None:
        from hazardctl.statistics import changes

        other, _ = _table(opened, wanted, wanted.compare, today, None)
        document = changes.compared(document, table, other, document.language, files)
    elif record is not None and wanted.trails:
        from hazardctl.publishing import trails

        document = trails.laid(document, record)
    return Published(table, document)


def _table(
    opened: Opened, wanted: Wanted, period: str | None, today: date, advance: Advance | None
) -> tuple[Table, Record | None]:
    if wanted.files:
        return _joined(opened, wanted, today, advance)
    asked = rollup.prepare(opened, wanted.table, period, wanted.level, wanted.unit)
    if wanted.basis == "live" and not wanted.trails:
        table = rollup.rolled(opened, asked, today=today, engine=wanted.engine, advance=advance, looked=wanted.looked)
        return _judged(opened, asked, table, today), None
    from hazardctl.publishing import evidence
    from hazardctl.returns import submitted

    found = evidence.record(opened, asked, submitted.sources(opened, asked, wanted.basis), today, basis=wanted.basis)
    return _judged(opened, asked, found.table, today), found


def _joined(opened: Opened, wanted: Wanted, today: date, advance: Advance | None) -> tuple[Table, Record | None]:
    from hazardctl.publishing import federation

    joined = federation.join(opened, federation.letters(wanted.files))
    asked = rollup.prepare(joined.opened, wanted.table, wanted.period, wanted.level, wanted.unit)
    if wanted.basis == "live" and not wanted.trails:
        table = federation.counted(joined, asked, today=today, engine=wanted.engine, advance=advance)
        return _judged(joined.opened, asked, table, today), None
    found = federation.record(joined, asked, today, basis=wanted.basis)
    return _judged(joined.opened, asked, found.table, today), found


def _judged(opened: Opened, asked: rollup.Asked, table: Table, today: date) -> Table:
    if asked.period is None:  # nothing came before
        return table
    from hazardctl.publishing import history

    return history.judged(opened, asked, table, today)


def _frozen(opened: Opened, wanted: Wanted, language: str) -> Published:
    """Give a frozen table as it was published: the same bytes whatever has changed since."""
    from hazardctl.publishing import trace, trails

    if wanted.unit or wanted.level is not None or wanted.compare is not None:
        raise UsageError(sentence=t("rollup.frozen_whole"))
    if wanted.files:
        raise UsageError(sentence=t("partials.not_frozen"))
    said = trace.manifest(opened, wanted.period, wanted.basis)
    found = trace.record(opened, wanted.table, wanted.period, today=date.min, basis=wanted.basis)
    document = printed.document(found.table, language or said.locale, said.locale, said.frozen_on)
    if wanted.basis == "restated":
        document = marked(opened, said, found, document)
    if wanted.trails:
        document = trails.laid(document, found)
    return Published(found.table, document, said, opened)


def marked(opened: Opened, said: Manifest, record: Record, document: Document) -> Document:
    """Mark the cells that errata have changed, and list what was published in their place."""
    from hazardctl.publishing import frozen
    from hazardctl.statistics import changes

    table = record.table
    cells = [
        (erratum.number, cell)
        for erratum in frozen.errata(opened.workspace, said)
        for cell in erratum.cells
        if cell.get("table") == table.id
    ]
    columns = {column.key: column for column in table.columns}
    names = {row.unit: label_of(row.name, document.language) for row in table.rows}
    remarks, seen = list[str](), set[tuple[Any, Any]]()
    for number, cell in cells:
        column, place = columns.get(str(cell["column"])), (cell["row"], cell["column"])
        sign = "%" if column is not None and column.percent is not None else ""
        before, after = (f"{cell[key]}{sign}" if cell[key] else "—" for key in ("before", "after"))
        remarks.append(t_in(
            document.language, "table.erratum_again" if place in seen else "table.erratum", number=number,
            row=names.get(cell["row"], cell["name"]), column=_label(columns, str(cell["column"]), document.language),
            before=before, after=after,
        ))  # fmt: skip
        seen.add(place)
    return changes.marked(document, table, {(cell["row"], cell["column"]) for _, cell in cells}, remarks)


def _label(columns: dict[str, Column], key: str, language: str) -> str:
    return "/".join(label_of(step, language) for step in columns[key].path) if key in columns else key
