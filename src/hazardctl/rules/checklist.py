"""A checklist's own words: categories, items, fields, statuses.

C201: A code is given twice.

    Categories, items and circumstances are told apart by their codes, in ledgers and in tables.

    Fails::

        categories:
          - {code: "1", title: 责任落实, items: []}
          - {code: "1", title: 日常管理, items: []}

    Passes::

        categories:
          - {code: "1", title: 责任落实, items: []}
          - {code: "2", title: 日常管理, items: []}

C202: An item's code belongs to another category.

    Fails::

        categories:
          - {code: "1", title: 责任落实, items: [{code: "2.1", check: 是否研判？, source: 一}]}
          - {code: "2", title: 日常管理, items: []}

    Passes::

        categories:
          - {code: "1", title: 责任落实, items: [{code: "1.1", check: 是否研判？, source: 一}]}

C203: A field is listed twice.

    Fails::

        fields: [{key: owner}, {key: owner}]

    Passes::

        fields: [{key: owner}, {key: deadline}]

C204: A field is neither a standard one nor fully described.

    A field of the bureau's own needs a label and a type; a standard one is known by its key.

    Fails::

        fields: [{key: onwer}]

    Passes::

        fields: [{key: cause, label: 隐患成因, type: text}]

C205: A condition names a field that the checklist does not have.

    Fails::

        fields: [{key: result, required_when: {staus: done}}]

    Passes::

        fields: [{key: status}, {key: result, required_when: {status: done}}]

C206: A condition names a value that the field cannot have.

    Fails::

        fields: [{key: status}, {key: result, required_when: {status: fixed}}]

    Passes::

        fields: [{key: status}, {key: result, required_when: {status: done}}]

C207: A choice has no values, or one twice.

    Fails::

        fields: [{key: kind, label: 类型, type: choice}]

    Passes::

        fields: [{key: kind, label: 类型, type: choice, values: [{key: inner, label: 内部}]}]

C208: Two fields have the same heading.

    A column of that name could not be read.

    Fails::

        fields: [{key: owner, label: 责任人}, {key: checker, label: 责任人, type: names}]

    Passes::

        fields: [{key: owner, label: 责任人}, {key: checker, label: 核查人, type: names}]

C209: A status is none of the four.

    unable, not_started, in_progress and done are the four; their labels are the campaign's own.

    Fails::

        statuses: {done: 已整改, closed: 已销号}

    Passes::

        statuses: {done: 已销号, in_progress: 整改中}

C210: Two statuses have the same word.

    Fails::

        statuses: {done: 已整改, in_progress: 整改中}
        status_aliases: {in_progress: [已整改]}

    Passes::

        statuses: {done: 已整改, in_progress: 整改中}
        status_aliases: {done: [办结]}

C211: Something is referred to that the checklist does not have.

    A duty's category, a figure's group of the register, the new code of a renamed item.

    Fails::

        categories: [{code: "1", title: 责任落实, items: []}]
        duties: [{id: review, what: 研判, every: month, category: "2"}]

    Passes::

        categories: [{code: "1", title: 责任落实, items: []}]
        duties: [{id: review, what: 研判, every: month, category: "1"}]

C212: A figure is described twice.

    Fails::

        figures: [{key: visits, label: 走访人次}, {key: visits, label: 走访}]

    Passes::

        figures: [{key: visits, label: 走访人次}, {key: support, label: 帮扶人次}]

C213: The checklist is not where its id and version say.

    A campaign asks for `id@version` and finds `checklists/<id>/<version>.yaml`; the file must say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hazardctl import fields, i18n, schema
from hazardctl.cells.terms import word
from hazardctl.checklist import Checklist
from hazardctl.fields import heading
from hazardctl.findings import Finding, Severity, order
from hazardctl.formats import yaml
from hazardctl.formats.encoding import UndecodableError, decode
from hazardctl.formats.yaml import Tree
from hazardctl.outline import Outline, listed, mapping, plain, texts, words
from hazardctl.rules import calendar, tables

CODES: Mapping[str, Severity] = {
    "C201": Severity.ERROR,
    "C202": Severity.ERROR,
    "C203": Severity.ERROR,
    "C204": Severity.ERROR,
    "C205": Severity.ERROR,
    "C206": Severity.ERROR,
    "C207": Severity.ERROR,
    "C208": Severity.ERROR,
    "C209": Severity.ERROR,
    "C210": Severity.ERROR,
    "C211": Severity.ERROR,
    "C212": Severity.ERROR,
    "C213": Severity.ERROR,
}


def check_file(path: Path, name: str) -> list[Finding]:
    """Find every mistake in a checklist file: of YAML, of shape, and of sense, with line and column."""
    try:
        text, _ = decode(path.read_bytes())
    except OSError as error:
        return [Finding("F100", Severity.ERROR, name, args=(("reason", error.strerror or str(error)),))]
    except UndecodableError:
        return [Finding("F102", Severity.ERROR, name)]
    tree = yaml.read(text, name)
    found = [*tree.findings] or [
        *schema.validate(tree, Checklist, name),
        *_sense(tree, name),
        *_placed(tree, name, path),
    ]
    lines = text.splitlines()
    return sorted((_shown(finding, lines) for finding in found), key=order)


def _shown(finding: Finding, lines: Sequence[str]) -> Finding:
    from dataclasses import replace

    return replace(finding, source=lines[finding.line - 1]) if 0 < finding.line <= len(lines) else finding


def _sense(tree: Tree, name: str) -> Iterator[Finding]:
    for family in (check, tables.check, calendar.check):
        yield from family(tree, name)


def _placed(tree: Tree, name: str, path: Path) -> Iterator[Finding]:
    """Compare the id and version with the file's place, where it stands in a folder of checklists."""
    if path.parent.parent.name != "checklists":
        return
    outline = Outline(tree, name, CODES)
    for key, wanted in (("id", path.parent.name), ("version", path.stem)):
        given = plain(tree.value, key)
        if given and given != wanted:
            yield outline.finding("C213", (key,), given, wanted=wanted)


def check(tree: Tree, path: str) -> Iterator[Finding]:
    """Find mistakes in the categories, fields and statuses of a checklist, whatever else is wrong with it."""
    outline = Outline(tree, path, CODES)
    for rule in (_codes, _fields, _headings, _statuses, _references, _figures):
        yield from rule(outline, tree.value)


def _codes(outline: Outline, value: Any) -> Iterator[Finding]:
    categories = [plain(category, "code") for _, category in listed(value, "categories")]
    seen: set[str] = set()
    for where, category in listed(value, "categories"):
        yield from _once(outline, "C201", (*where, "code"), plain(category, "code"), seen)
        for place, item in listed(category, "items", where):
            code = plain(item, "code")
            yield from _once(outline, "C201", (*place, "code"), code, seen)
            front = code.rpartition(".")[0]
            if front in categories and front != plain(category, "code"):
                yield outline.finding("C202", (*place, "code"), code, category=plain(category, "code"))
            for below, circumstance in listed(item, "circumstances", place):
                yield from _once(outline, "C201", (*below, "code"), plain(circumstance, "code"), seen)


def _once(outline: Outline, code: str, where: yaml.Path, value: str, seen: set[str]) -> Iterator[Finding]:
    if value and value in seen:
        yield outline.finding(code, where, value)
    seen.add(value)


def _fields(outline: Outline, value: Any) -> Iterator[Finding]:
    seen: set[str] = set()
    known = {plain(use, "key") for _, use in listed(value, "fields")}
    for where, use in listed(value, "fields"):
        key = plain(use, "key")
        yield from _once(outline, "C203", (*where, "key"), key, seen)
        standard = fields.BY_KEY.get(key)
        if key and standard is None and not (texts(use, "label") and plain(use, "type")):
            yield outline.finding("C204", (*where, "key"), key)
        if (plain(use, "type") or (standard.type if standard else "")) == "choice" and key != "level":
            yield from _choices(outline, where, use)
        for other, wanted in mapping(use, "required_when").items():
            place = (*where, "required_when", other)
            if other not in known:
                yield outline.on_key("C205", place, known=i18n.join(sorted(known)))
            yield from _unknown_values(outline, place, wanted, value)


def _choices(outline: Outline, where: yaml.Path, use: Any) -> Iterator[Finding]:
    given = list(listed(use, "values", where))
    if not given:
        yield outline.finding("C207", (*where, "key"), plain(use, "key"))
    seen: set[str] = set()
    for place, choice in given:
        yield from _once(outline, "C207", (*place, "key"), plain(choice, "key"), seen)


def _unknown_values(outline: Outline, where: yaml.Path, wanted: object, value: Any) -> Iterator[Finding]:
    """Find the values of a condition that its field cannot have."""
    key = str(where[-1])
    allowed = tables.values_of(key, value)
    for at, one in enumerate(words({key: wanted}, key)):
        if allowed and one not in allowed:
            yield outline.finding("C206", (*where, at), one, allowed=i18n.join(allowed))


def _headings(outline: Outline, value: Any) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for where, use in listed(value, "fields"):
        key = plain(use, "key")
        standard = fields.BY_KEY.get(key)
        for label in texts(use, "label") or (fields.labels(standard) if standard else ()):
            other = owners.setdefault(heading(label), key)
            if other != key:
                yield outline.finding("C208", (*where, "label"), label, other=other)


def _statuses(outline: Outline, value: Any) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for section in ("statuses", "status_aliases"):
        for key in mapping(value, section):
            if key not in tables.STATUSES:
                yield outline.on_key("C209", (section, key), allowed=i18n.join(tables.STATUSES))
            inner = mapping(value, section)
            for name in {*texts(inner, key), *words(inner, key)}:
                other = owners.setdefault(word(name), key)
                if other != key:
                    yield outline.finding("C210", (section, key), name, other=other)


def _references(outline: Outline, value: Any) -> Iterator[Finding]:
    categories = [plain(category, "code") for _, category in listed(value, "categories")]
    items = [
        plain(item, "code") for _, category in listed(value, "categories") for _, item in listed(category, "items")
    ]
    for where, duty in listed(value, "duties"):
        if (code := plain(duty, "category")) and code not in categories:
            yield outline.finding("C211", (*where, "category"), code, known=i18n.join(categories))
    groups = list(mapping(value, "register_groups"))
    for where, figure in listed(value, "figures"):
        for at, group in enumerate(words(figure, "groups")):
            if group not in groups:
                yield outline.finding("C211", (*where, "groups", at), group, known=i18n.join(groups))
    for old in mapping(value, "renamed"):
        for code in words(mapping(value, "renamed"), old):
            if code not in items:
                yield outline.finding("C211", ("renamed", old), code, known=i18n.join(items))


def _figures(outline: Outline, value: Any) -> Iterator[Finding]:
    seen: set[str] = set()
    for where, figure in listed(value, "figures"):
        yield from _once(outline, "C212", (*where, "key"), plain(figure, "key"), seen)
