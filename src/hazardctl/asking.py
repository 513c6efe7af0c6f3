"""Ask a clerk for an entry, field by field: what is allowed is listed, Enter takes the default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from hazardctl import i18n, spelling
from hazardctl.cells.terms import Terms
from hazardctl.fields import Field
from hazardctl.findings import Finding, Severity, shown
from hazardctl.i18n import t
from hazardctl.rules import relations

_NOT_ASKED = ("id", "number")


class Asker(Protocol):
    """What asking needs of a console."""

    def ask(self, question: str, default: str = "", known: Sequence[str] = ()) -> str:
        """Ask one question."""

    def complain(self, message: str) -> None:
        """Say something that may not be missed."""


def ask_entry(console: Asker, terms: Terms, today: date, given: Mapping[str, str]) -> dict[str, str]:
    """Ask for every field an entry needs or may have, without those given and those its state does not call for."""
    answers = dict(given)
    known = spelling.defaults(terms, today)
    for field in terms.fields:
        if field.key in _NOT_ASKED or field.key in answers or not _called_for(field, answers, terms):
            continue
        required = field.required or bool(field.required_when)
        if answer := ask(console, terms, field, known.get(field.key, ""), required=required):
            answers[field.key] = answer
    return answers


def _called_for(field: Field, answers: Mapping[str, str], terms: Terms) -> bool:
    if not field.required_when:
        return True
    return any(
        terms.read(key, answers.get(key, "")).value in values
        for key, values in field.required_when
        if key in terms.by_key
    )


def ask(console: Asker, terms: Terms, field: Field, default: str, *, required: bool) -> str:
    """Ask for one field until the answer can be read."""
    choices = options(terms, field)
    for name, label in choices:
        console.complain(f"  {name}  {label}")
    numbered = dict(choices) if field.type != "category" else {}
    question = i18n.pick(field.label) + ("" if required else t("add.may_be_blank"))
    words = [name if field.type == "category" else label for name, label in choices]
    while True:
        answer = console.ask(question, default, words)
        answer = numbered.get(answer, answer)
        if not answer and not required:
            return ""
        cell = terms.read(field.key, answer)
        if cell.blank:
            console.complain(t("add.needed"))
        elif cell.problem:
            args = (("label", i18n.pick(field.label)), *cell.args)
            console.complain(
                Finding(cell.problem, Severity.ERROR, "", field=field.key, value=answer, args=args).message()
            )
        else:
            _echo(console, terms, field, answer)
            return answer


def _echo(console: Asker, terms: Terms, field: Field, answer: str) -> None:
    """Say how an answer was read, where it will be written otherwise; what was chosen from a list was seen there."""
    if field.type in ("status", "track", "choice", "category", "item"):
        return
    for _, raw, written in spelling.respelled(terms, {field.key: answer}):
        console.complain(t("add.read_as", label=i18n.pick(field.label), raw=shown(raw), written=shown(written)))


def ask_again(
    console: Asker, terms: Terms, answers: Mapping[str, str], brought: Sequence[Finding]
) -> dict[str, str] | None:
    """Ask once more for the fields that findings name, what was answered offered; None where they name none."""
    named = {key for found in brought for key in (found.field, *relations.together(found.code, found.field))}
    doubted = [field for field in terms.fields if field.key in named and field.key not in _NOT_ASKED]
    if not doubted:
        return None
    console.complain(t("add.again"))
    kept = dict(answers)
    for field in doubted:
        required = field.required or bool(field.required_when and _called_for(field, kept, terms))
        kept[field.key] = ask(console, terms, field, kept.get(field.key, ""), required=required)
    return {key: value for key, value in kept.items() if value}


def options(terms: Terms, field: Field) -> list[tuple[str, str]]:
    """Give what may be answered: categories by their code, everything else numbered."""
    if field.type == "category":
        return [(category.code, i18n.pick(category.title)) for category in terms.checklist.categories]
    listed = {"status": terms.checklist.statuses, "track": terms.checklist.tracks}.get(field.type, {})
    labels = [i18n.pick(label) for label in listed.values()] or [i18n.pick(choice.label) for choice in field.values]
    return [(str(number), label) for number, label in enumerate(labels, 1)]
