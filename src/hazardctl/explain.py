"""The manual page of a finding's code: what it means and why, with examples, out of the docstring of its rule."""

from __future__ import annotations

import re
from functools import cache
from types import ModuleType

from hazardctl import i18n, rules, text
from hazardctl.errors import UsageError
from hazardctl.findings import Severity
from hazardctl.records import immutable

_HEAD = re.compile(r"^([A-Z]\d{3}): (.+)$")
_FAILS, _PASSES = "Fails::", "Passes::"


class NoSuchCodeError(UsageError):
    """No finding has this code. Values: `given`, `guess`."""

    key = "explain.no_such_code"


@immutable
class Page:
    """A code's page; the examples are files as a clerk would write them."""

    code: str
    severity: Severity
    title: str
    words: str
    fails: str = ""
    passes: str = ""


def page(code: str) -> Page:
    """Give a code's page in the language in force; raises NoSuchCodeError."""
    if code not in rules.SEVERITIES:
        known = sorted(codes())
        near = text.nearest(code, known, 3) or [one for one in known if one[0] == code[:1]][:3]
        raise NoSuchCodeError(given=code, guess=i18n.join(near) or "hazardctl explain")
    family = next(family for family in rules.FAMILIES if code in family.CODES)
    title, words, fails, passes = _sections(family)[code]
    if i18n.language() == "zh":
        title, _, words = i18n.t(f"explain.{code}").partition("。")
    return Page(code, rules.SEVERITIES[code], title, words, fails, passes)


def codes() -> tuple[str, ...]:
    """List every code, in the order of the manual."""
    return tuple(rules.SEVERITIES)


@cache
def _sections(family: ModuleType) -> dict[str, tuple[str, str, str, str]]:
    """Take a family's docstring apart: for each code its title, its text, and the examples that fail and pass."""
    found: dict[str, tuple[str, list[str]]] = {}
    body: list[str] = []
    for line in (family.__doc__ or "").splitlines():
        if head := _HEAD.match(line):
            body = []
            found[head[1]] = (head[2].rstrip("."), body)
        else:
            body.append(line.removeprefix("    "))
    return {code: (title, *_parts(lines)) for code, (title, lines) in found.items()}


def _parts(lines: list[str]) -> tuple[str, str, str]:
    parts: dict[str, list[str]] = {"": [], _FAILS: [], _PASSES: []}
    here = parts[""]
    for line in lines:
        if line in parts and line:
            here = parts[line]
        else:
            here.append(line if here is parts[""] else line.removeprefix("    "))
    paragraphs = "\n".join(parts[""]).strip().split("\n\n")
    words = "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
    return words, _block(parts[_FAILS]), _block(parts[_PASSES])


def _block(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n")
