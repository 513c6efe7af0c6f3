"""How one campaign's cells are read: a raw cell becomes a value, or a problem with a finding code, once a spelling."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from hazardctl import figures, text
from hazardctl.campaign import Campaign, named, years
from hazardctl.cells import numerals, quantities, statuses
from hazardctl.cells.dates import parse_day
from hazardctl.cells.deadlines import parse_deadline
from hazardctl.cells.deadlines import spelling as deadline_spelling
from hazardctl.cells.quantities import format_number, parse_number
from hazardctl.checklist import Category, Checklist, Item
from hazardctl.fields import BY_KEY, Field, campaign_fields, headings, labels
from hazardctl.i18n import pick
from hazardctl.records import immutable
from hazardctl.texts import Text

Args = tuple[tuple[str, str], ...]
LARGEST = 50_000  # spellings kept of one field
MANY = 20_000  # texts kept of one field: they are longer, and hardly repeat
# Liberties with a date that change how it is written and nothing else.
_ONLY_SPELLING = {"spelling", "fullwidth", "chinese_numerals", "serial", "day_first", "month_first"}


@immutable
class Cell:
    """A cell as read: its value (None where blank or unreadable), its proper spelling, and what is to be said of it.

    `problem` and `liberty` are finding codes: a problem leaves no value, a liberty says how the value was understood.
    `repair` tells that the proper spelling means the same beyond doubt, so `check --fix` may write it.
    """

    raw: str
    value: Any = None
    spelled: str = ""
    problem: str = ""
    liberty: str = ""
    args: Args = ()
    repair: bool = False

    @property
    def blank(self) -> bool:
        """Tell whether nothing is said in the cell (a dash or 同上 says nothing either)."""
        return self.value is None and not self.problem


def every(label: Text) -> tuple[str, ...]:
    """Give a text in every language it is given in."""
    return (label,) if isinstance(label, str) else tuple(label.values())


def word(name: str) -> str:
    """Fold a choice for comparison: brackets, blanks, punctuation and width do not matter, dots inside codes do."""
    return "".join(char for char in text.fold(text.clean(name)) if char.isalnum() or char == ".").strip(".")


class Terms:
    """The vocabulary of one campaign; holds what it has read, since a ledger repeats itself."""

    def __init__(self, campaign: Campaign, checklist: Checklist) -> None:
        self.campaign, self.checklist = campaign, checklist
        self.fields: tuple[Field, ...] = campaign_fields(checklist)
        self.by_key: Mapping[str, Field] = {field.key: field for field in self.fields}
        self.headings = headings(self.fields)
        self.years = years(campaign, checklist)
        self.categories: Mapping[str, Category] = {category.code: category for category in checklist.categories}
        self.items: Mapping[str, tuple[Category, Item]] = {
            code: (category, item)
            for category in checklist.categories
            for item in category.items
            for code in (item.code, *(circumstance.code for circumstance in item.circumstances))
        }
        self._category_words = _category_words(checklist)
        self._item_words = _item_words(checklist)
        self._status_labels = {
            key: (*every(label), *checklist.status_aliases.get(key, ())) for key, label in checklist.statuses.items()
        }
        self._choices = {field.key: _choice_words(field) for field in self.fields if field.type == "choice"}
        self._readers: dict[str, Callable[[str], Cell]] = {field.key: self._reader(field) for field in self.fields}
        self._memo: dict[str, dict[str, Cell]] = {key: {} for key in self._readers}
        self._fine: dict[str, set[str]] = {key: set() for key in self._readers}
        self._judged: dict[Any, Judged] = {}
        self.kept: dict[Any, Any] = {}  # what others work out once for a campaign

    def read(self, key: str, raw: str) -> Cell:
        """Read a raw cell of a field of this campaign."""
        memo = self._memo[key]
        cell = memo.get(raw)
        if cell is None:
            if len(memo) > LARGEST:  # free text hardly repeats; a country's worth of it must not fill the memory
                memo.clear()
            cell = memo[raw] = self._readers[key](raw)
        return cell

    @cached_property
    def figures(self) -> figures.Vocabulary:
        """Give how this campaign's figures are read."""
        return figures.Vocabulary(self.checklist, named(self.campaign, self.checklist))

    def label(self, key: str) -> str:
        """Give a field's label in the language in force; what is no field, such as a clerk's own heading, as it is."""
        field = self.by_key.get(key) or BY_KEY.get(key)
        return pick(field.label) if field else key

    def odd(self, key: str) -> Mapping[str, Cell | None]:
        """Give what is to be said of a field's spellings, worked out when first asked: None where there is nothing."""
        return self.judged((key,), _remarkable, single=True)

    def fine(self, key: str) -> set[str]:
        """Give the spellings of a field of which nothing is to be said; who finds more adds them."""
        if len(self._fine[key]) > (MANY if self.by_key[key].type in ("text", "names", "id") else LARGEST):
            self._fine[key] = set()
        return self._fine[key]

    def judged(
        self, keys: tuple[str, ...], judge: Callable[..., Any], name: object = None, *, single: bool = False
    ) -> Judged:
        """Give verdicts on combinations of raw cells, worked out once for all ledgers; `name` stands for the judge."""
        found = self._judged.get((keys, name or judge))
        if found is None:
            found = self._judged[keys, name or judge] = Judged(self, keys, judge, single=single)
        return found

    def write_category(self, code: str) -> str:
        """Write a category the way the campaign prefers: code, numeral or title."""
        category = self.categories.get(code)
        if category is None or self.campaign.policies.category_as == "code":
            return code
        if self.campaign.policies.category_as == "numeral":
            return f"({numeral_of(self.checklist, code)})"
        return label_of(category.title, self.campaign.locale)

    def _reader(self, field: Field) -> Callable[[str], Cell]:
        by_type: Mapping[str, Callable[[str, Field], Cell]] = {
            "category": self._category,
            "item": self._item,
            "status": self._status,
            "track": self._track,
            "choice": self._choice,
            "day": self._day,
            "deadline": self._deadline,
            "names": _names,
            "yes_no": _yes_no,
            "id": _id,
        }
        read = _quantity if field.type in ("number", "integer", "money", "percent") else by_type.get(field.type, _text)
        return lambda raw: _guarded(raw, field, read)

    def _category(self, raw: str, field: Field) -> Cell:
        code = self._category_words.get(word(raw))
        if code is None:
            return Cell(raw, problem="L202")
        spelled = self.write_category(code)
        return Cell(raw, code, spelled)

    def _item(self, raw: str, field: Field) -> Cell:
        code = self._item_words.get(word(raw))
        return Cell(raw, problem="L203") if code is None else Cell(raw, code, code)

    def _status(self, raw: str, field: Field) -> Cell:
        reading = statuses.read_status(raw, self._status_labels)
        if reading.problem:
            return Cell(
                raw,
                problem="L210" if reading.problem == "track" else "L201",
                args=(("reason", reading.problem), *reading.args),
            )
        spelled = label_of(self.checklist.statuses.get(reading.value, reading.value), self.campaign.locale)
        if reading.value not in self.checklist.statuses:
            return Cell(raw, problem="L201", args=(("reason", "not_used"),))
        if not reading.liberty:
            return Cell(raw, reading.value, raw)
        grave = reading.liberty != "synonym"
        return Cell(
            raw,
            reading.value,
            spelled,
            liberty="L402" if grave else "L401",
            args=(("meant", spelled), ("reason", reading.liberty)),
            repair=not grave,
        )

    def _track(self, raw: str, field: Field) -> Cell:
        folded = word(raw)
        for key, label in self.checklist.tracks.items():
            if folded in (word(key), *map(word, every(label))):
                return Cell(raw, key, raw)
        reading = statuses.read_track(raw)
        if reading.problem:
            return Cell(raw, problem="L207")  # the rule names the tracks there are
        label = label_of(self.checklist.tracks.get(reading.value, reading.value), self.campaign.locale)
        known = reading.value in self.checklist.tracks
        return Cell(
            raw,
            reading.value,
            label if known else raw,
            liberty="L401" if known else "",
            args=(("meant", label),),
            repair=known,
        )

    def _choice(self, raw: str, field: Field) -> Cell:
        words = self._choices[field.key]
        if not words:
            return Cell(raw, raw.strip(), raw)
        key = words.get(word(raw))
        if key is None:
            return Cell(
                raw,
                problem="L207",
                args=(("allowed", "、".join(label_of(c.label, self.campaign.locale) for c in field.values)),),
            )
        return Cell(raw, key, raw)

    def _day(self, raw: str, field: Field) -> Cell:
        day = parse_day(raw, years=self.years)
        if day.problem:
            return Cell(raw, problem="L204", args=(("reason", day.problem), *day.args))
        if day.date is None:
            return Cell(raw)
        return _spelled(raw, day.date, day.spelling, () if raw == day.spelling else day.liberties)

    def _deadline(self, raw: str, field: Field) -> Cell:
        deadline = parse_deadline(raw, years=self.years)
        if deadline.problem:
            return Cell(raw, problem="L205", args=(("reason", deadline.problem), *deadline.args))
        if deadline.kind == "empty":
            return Cell(raw)
        return _spelled(raw, deadline, deadline_spelling(deadline), deadline.liberties)


class Judged(dict[Any, Any]):
    """Verdicts on raw cells (one, or several of a row together), each worked out when it is first met."""

    def __init__(self, terms: Terms, keys: tuple[str, ...], judge: Callable[..., Any], *, single: bool) -> None:
        super().__init__()
        self._terms, self._keys, self._judge, self._single = terms, keys, judge, single
        self.fine: set[Any] = set()  # cells of which there is nothing to be said

    def __missing__(self, raws: Any) -> Any:
        """Judge cells not met before."""
        if len(self) > LARGEST:
            self.clear()
            self.fine.clear()
        given = (raws,) if self._single else raws
        verdict = self[raws] = self._judge(*map(self._terms.read, self._keys, given))
        if verdict is None:
            self.fine.add(raws)
        return verdict


def _remarkable(cell: Cell) -> Cell | None:
    return cell if cell.problem or cell.liberty or cell.value is None else None


def _spelled(raw: str, value: Any, spelling: str, liberties: tuple[str, ...]) -> Cell:
    """Give a date in another spelling as repairable; what was guessed or left out is said and left to the clerk."""
    if not liberties:
        return Cell(raw, value, spelling)
    if "guessed_year" in liberties:
        return Cell(raw, value, spelling, liberty="L404", args=(("meant", spelling),))
    taken = [liberty for liberty in liberties if liberty not in _ONLY_SPELLING]
    args = (("meant", spelling), ("reason", (taken or liberties)[0]))
    return Cell(raw, value, spelling, liberty="L407" if taken else "L403", args=args, repair=not taken)


def _guarded(raw: str, field: Field, read: Callable[[str, Field], Cell]) -> Cell:
    if not raw:
        return Cell(raw)
    flaw = text.unsafe(raw, single_line=field.type != "text")
    if flaw and (flaw.code != "zero_width" or field.type == "id"):
        return Cell(
            raw,
            problem="L209" if flaw.code in ("broken", "replacement") else "L208",
            args=(("shown", flaw.shown), ("reason", flaw.code)),
        )
    said = "" if field.type == "yes_no" else text.mark(raw)  # 无 is an answer there
    if said == "ditto":
        return Cell(raw, problem="L211")
    if said:
        return Cell(raw)
    return read(raw, field)


def _text(raw: str, field: Field) -> Cell:
    trimmed = text.trim(raw)
    return Cell(raw, trimmed, trimmed, liberty="" if trimmed == raw else "L405", repair=trimmed != raw)


def _names(raw: str, field: Field) -> Cell:
    trimmed = text.trim(raw)
    return Cell(
        raw, statuses.split_names(raw), trimmed, liberty="" if trimmed == raw else "L405", repair=trimmed != raw
    )


def _id(raw: str, field: Field) -> Cell:
    trimmed = text.trim(raw)
    return Cell(raw, trimmed, trimmed, liberty="" if trimmed == raw else "L405", repair=trimmed != raw)


def _yes_no(raw: str, field: Field) -> Cell:
    reading = statuses.read_yes_no(raw)
    if reading.problem:
        return Cell(raw, problem="L207", args=(("allowed", "是、否"),))
    return Cell(raw, reading.value or None, raw)


def _quantity(raw: str, field: Field) -> Cell:
    number = parse_number(raw, kind=field.type, unit=field.unit)  # type: ignore[arg-type]
    if number.problem:
        return Cell(raw, problem="L206", args=(("reason", number.problem), *number.args))
    if number.value is None:
        return Cell(raw)
    if not number.liberties:
        return Cell(raw, number.value, raw)
    spelled = format_number(number.value)
    taken = [liberty for liberty in number.liberties if liberty not in quantities.SAFE]
    return Cell(
        raw,
        number.value,
        spelled,
        liberty="L406",
        args=(("meant", spelled), ("reason", (taken or number.liberties)[0])),
        repair=not taken,
    )


def label_of(label: Text, language: str) -> str:
    """Give a text in one language, else in the first it is given in."""
    return label if isinstance(label, str) else label.get(language) or next(iter(label.values()), "")


def numeral_of(checklist: Checklist, code: str) -> str:
    """Give a category's Chinese numeral: 二 for the second."""
    codes = [category.code for category in checklist.categories]
    return numerals.chinese(codes.index(code) + 1)


def _category_words(checklist: Checklist) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for category in checklist.categories:
        numeral = numeral_of(checklist, category.code)
        for name in (category.code, numeral, *category.aliases):
            words.setdefault(word(name), category.code)
        for title in (*every(category.title), *category.aliases):
            for prefix in ("", category.code, numeral):
                words.setdefault(word(f"{prefix}{title}"), category.code)
            words.setdefault(word(f"{category.code}.{title}"), category.code)
        for item in category.items:
            words.setdefault(word(item.code), item.code)
    return words


def _item_words(checklist: Checklist) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for category in checklist.categories:
        numeral = numeral_of(checklist, category.code)
        for number, item in enumerate(category.items, 1):
            for name in (item.code, f"{numeral}{number}", *every(item.check)):
                words.setdefault(word(name), item.code)
            for check in every(item.check):
                words.setdefault(word(f"{item.code}{check}"), item.code)
            for circumstance in item.circumstances:
                words.setdefault(word(circumstance.code), circumstance.code)
                for check in every(circumstance.check):
                    words.setdefault(word(f"{circumstance.code}{check}"), circumstance.code)
    return words


def _choice_words(field: Field) -> Mapping[str, str]:
    return {
        word(name): choice.key
        for choice in field.values
        for name in (choice.key, *every(choice.label), *choice.aliases)
    }


def category_of(code: str, terms: Terms) -> str:
    """Give the category a code belongs to, whether it names the category itself or one of its items."""
    if code in terms.categories:
        return code
    found = terms.items.get(code)
    return found[0].code if found else code


def field_labels(terms: Terms, key: str) -> tuple[str, ...]:
    """Give the official labels of a field, in every language."""
    field = terms.by_key.get(key)
    return labels(field) if field else (key,)
