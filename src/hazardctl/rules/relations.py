"""Relations: fields of one entry that contradict each other.

L301: The deadline lies before the day the hazard was found.

    Fails::

        编号,发现时间,完成时限
        H2,2022-08-20,2022-08-10

    Passes::

        编号,发现时间,完成时限
        H2,2022-08-10,2022-08-20

L302: A hazard is fixed before it is found.

    Fails::

        编号,发现时间,整改完成时间,整改状态
        H2,2022-08-20,2022-08-10,已整改

    Passes::

        编号,发现时间,整改完成时间,整改状态
        H2,2022-08-10,2022-08-20,已整改

L303: A fix is verified before it is made.

    Fails::

        编号,整改完成时间,验收时间,整改状态
        H2,2022-08-20,2022-08-10,已整改

    Passes::

        编号,整改完成时间,验收时间,整改状态
        H2,2022-08-20,2022-08-21,已整改

L304: The next review lies before the day the hazard was found.

    Fails::

        编号,发现时间,复核时间
        H2,2022-08-20,2022-08-10

    Passes::

        编号,发现时间,复核时间
        H2,2022-08-20,2022-09-10

L305: A day of completion stands beside an open status.

    Either the hazard is fixed, or the day is a plan and belongs in the deadline.

    Fails::

        编号,整改完成时间,整改状态
        H2,2022-08-20,整改中

    Passes::

        编号,整改完成时间,整改状态
        H2,2022-08-20,已整改

L306: A hazard is verified that is not fixed.

    Fails::

        编号,验收人,整改状态
        H2,王五,整改中

    Passes::

        编号,验收人,整改状态
        H2,,整改中

L307: The item belongs to another category.

    Fails::

        编号,风险隐患类别,检查项
        H2,1,2.1

    Passes::

        编号,风险隐患类别,检查项
        H2,2,2.1

L308: Something has been done on a day that has not come.

    What has happened has happened today at the latest; `--today` says which day is today.

    Fails::

        编号,发现时间
        H2,2022-12-24

    Passes::

        编号,发现时间
        H2,2022-08-24

L309: A day lies far outside the campaign.

    More than a year before the campaign begins, or more than five after it ends: as a rule the year is mistyped.

    Fails::

        编号,发现时间
        H2,2012-08-24

    Passes::

        编号,发现时间
        H2,2022-08-24

L310: Fixing by a date, without a date.

    The track says by a date (限期整改), and the deadline is none that can pass.

    Fails::

        编号,整改类型,完成时限
        H2,限期整改,长期坚持

    Passes::

        编号,整改类型,完成时限
        H2,限期整改,2022-09-06

L311: An extension ends before the deadline it extends.

    Fails::

        编号,完成时限,延期至,延期原因
        H2,2022-09-06,2022-09-01,设备未到

    Passes::

        编号,完成时限,延期至,延期原因
        H2,2022-09-06,2022-09-20,设备未到

L312: An extension lacks its new date or its reason.

    An extension by any path has both.

    Fails::

        编号,完成时限,延期至,延期原因
        H2,2022-09-06,2022-09-20,

    Passes::

        编号,完成时限,延期至,延期原因
        H2,2022-09-06,2022-09-20,设备未到

L313: Somebody verified his own work.

    That a unit calls a hazard fixed and that somebody else has seen it are two facts.

    Fails::

        编号,责任人,验收人,整改状态
        H2,张三,张三,已整改

    Passes::

        编号,责任人,验收人,整改状态
        H2,张三,王五,已整改

L314: A reason why it cannot be fixed stands beside a hazard that is fixed.

    Fails::

        编号,整改状态,无法整改原因
        H2,已整改,产权不在本单位

    Passes::

        编号,整改状态,无法整改原因
        H2,无法整改,产权不在本单位
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial

from hazardctl.cells.deadlines import Deadline, due
from hazardctl.cells.terms import Cell, category_of
from hazardctl.findings import Finding, Severity
from hazardctl.reading import Reading, Told

CODES: Mapping[str, Severity] = {
    "L301": Severity.ERROR,
    "L302": Severity.ERROR,
    "L303": Severity.ERROR,
    "L304": Severity.ERROR,
    "L305": Severity.ERROR,
    "L306": Severity.ERROR,
    "L307": Severity.ERROR,
    "L308": Severity.ERROR,
    "L309": Severity.WARNING,
    "L310": Severity.WARNING,
    "L311": Severity.ERROR,
    "L312": Severity.ERROR,
    "L313": Severity.WARNING,
    "L314": Severity.WARNING,
}
OPEN = ("not_started", "in_progress", "unable")
Args = dict[str, str]
Judge = Callable[..., Args | None]


def _in_order(earlier: Cell, later: Cell) -> Args | None:
    first = _day(earlier)
    second = _day(later, first)
    if first is None or second is None or second >= first:
        return None
    return {"earlier": first.isoformat(), "later": second.isoformat()}


def _day(cell: Cell, found_on: date | None = None) -> date | None:
    return due(cell.value, found_on) if isinstance(cell.value, Deadline) else cell.value


def _open_but_done(day: Cell, status: Cell) -> Args | None:
    return {} if day.value and status.value in OPEN else None


def _verified_not_done(verified: Cell, status: Cell) -> Args | None:
    return {} if verified.value and status.value in OPEN else None


def _own_work(verified_by: Cell, owner: Cell) -> Args | None:
    return {} if verified_by.value and set(verified_by.value) & set(owner.value or ()) else None


def _no_date(deadline: Cell, track: Cell) -> Args | None:
    timeless = isinstance(deadline.value, Deadline) and deadline.value.kind in ("standing", "event")
    return {} if timeless and track.value == "by_date" else None


def _fixed_but_unable(reason: Cell, status: Cell) -> Args | None:
    return {} if reason.value and status.value == "done" else None


def _one_missing(given: Cell, other: Cell) -> Args | None:
    return {} if given.blank and other.value else None


# Code, the fields that are looked at together, the field whose cell is shown, and when it is wrong.
_PAIRS: tuple[tuple[str, tuple[str, str], str, Judge], ...] = (
    ("L301", ("found_on", "deadline"), "deadline", _in_order),
    ("L302", ("found_on", "done_on"), "done_on", _in_order),
    ("L303", ("done_on", "verified_on"), "verified_on", _in_order),
    ("L304", ("found_on", "review_on"), "review_on", _in_order),
    ("L305", ("done_on", "status"), "done_on", _open_but_done),
    ("L306", ("verified_on", "status"), "verified_on", _verified_not_done),
    ("L306", ("verified_by", "status"), "verified_by", _verified_not_done),
    ("L310", ("deadline", "track"), "deadline", _no_date),
    ("L311", ("deadline", "extended_to"), "extended_to", _in_order),
    ("L312", ("extension_reason", "extended_to"), "extension_reason", _one_missing),
    ("L312", ("extended_to", "extension_reason"), "extended_to", _one_missing),
    ("L313", ("verified_by", "owner"), "verified_by", _own_work),
    ("L314", ("reason", "status"), "reason", _fixed_but_unable),
)


def together(code: str, shown: str) -> tuple[str, ...]:
    """Name the fields a finding looks at together, by its code and the field it is shown at; none for other codes."""
    return next((keys for known, keys, field, _ in _PAIRS if (known, field) == (code, shown)), ())


def check(reading: Reading) -> Iterator[Finding]:
    """Find fields of one entry that contradict each other."""
    for code, keys, shown, judge in _PAIRS:
        if reading.has(*keys):
            for row, args in reading.rows_where(keys, judge):
                yield reading.finding(code, CODES[code], row, shown, **args)
    yield from _of_category(reading)
    yield from _on_calendar(reading)


def _of_category(reading: Reading) -> Iterator[Finding]:
    if not reading.has("category", "item"):
        return
    terms = reading.terms

    def judge(category: Cell, item: Cell) -> Args | None:
        if category.value is None or item.value is None:
            return None
        narrower = category.value != category_of(category.value, terms) and category.value != item.value
        own = category_of(item.value, terms)
        return {"own": own} if narrower or category_of(category.value, terms) != own else None

    for row, args in reading.rows_where(("category", "item"), judge, "L307"):
        yield reading.finding("L307", CODES["L307"], row, "item", **args)


def _on_calendar(reading: Reading) -> Iterator[Finding]:
    for field in reading.terms.fields:
        if field.type not in ("day", "deadline") or not reading.has(field.key):
            continue
        past = field.key in ("found_on", "done_on", "verified_on")
        known = reading.terms.judged((field.key,), _day, single=True)
        near = reading.terms.judged((field.key,), partial(_far, reading.terms.years), "L309", single=True)
        raws = set(reading.raw(field.key))
        all_near = near.fine.issuperset(raws)
        if all_near and not past:
            continue
        last = max(filter(None, map(known.__getitem__, raws)), default=date.min)
        if not (all_near or all(near[raw] is None for raw in raws)) or (past and last > reading.today):
            yield from reading.each(
                field.key,
                {raw: told for raw in raws if known[raw] and (told := _calendar(known[raw], reading, past=past))},
            )


def _far(years: tuple[int, ...], cell: Cell) -> bool | None:
    day = _day(cell)
    return None if day is None or not years or _near(day, years) else True


def _near(day: date, years: tuple[int, ...]) -> bool:
    return (years[0] == 1 or date(years[0], 1, 1) - timedelta(365) <= day) and day.year <= years[-1] + 5


def _calendar(day: date, reading: Reading, *, past: bool) -> Told | None:
    if past and day > reading.today:
        return "L308", CODES["L308"], {"day": day.isoformat(), "today": reading.today.isoformat()}
    years = reading.terms.years
    if years and not _near(day, years):
        return "L309", CODES["L309"], {"day": day.isoformat(), "first": str(years[0]), "last": str(years[-1])}
    return None
