"""Everything a user reads is in the catalogue, in both languages, and nothing in the catalogue is left over."""

from __future__ import annotations

import ast
import importlib
import re
import string
from collections.abc import Iterator
from functools import cache

import pytest

from hazardctl import i18n
from hazardctl.catalogue import others
from hazardctl.errors import HazardError
from sources import docstrings, literals, modules, nodes, path_of

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")  # words; a separator such as 、 alone is data, not text
SENTENCE = re.compile(r"[A-Za-z]{2,},? [a-z]{2,}")
ASKING = ("t", "i18n.t", "has", "i18n.has")
KEY = re.compile(r"[a-z_]+(\.[\w-]+)+")
# Modules whose Chinese is data: the words clerks write and documents print, read and written but never said by us.
CLERKS_WORDS = {
    "hazardctl.rules.negatives": "the signs with which clerks write a number below zero",
    "hazardctl.checklist": "the label of a total row where a table gives none, in both languages",
    "hazardctl.merging.copies": "what sync products call a conflict copy",
    "hazardctl.cells.date_forms": "how dates are written",
    "hazardctl.cells.dates": "how dates are written",
    "hazardctl.cells.deadline_forms": "how deadlines are written",
    "hazardctl.cells.deadline_ranges": "how deadlines are written",
    "hazardctl.cells.deadline_words": "how deadlines are written",
    "hazardctl.cells.deadlines": "how deadlines are written",
    "hazardctl.fields": "official labels, in both languages, and the headings clerks use",
    "hazardctl.forms.blanks": "the headings of figures.csv and the word of a nil ledger",
    "hazardctl.figures": "the headings of figures.csv",
    "hazardctl.formats.book": "names of fonts",
    "hazardctl.doctor": "names of fonts",
    "hazardctl.merging.grids": "the usual words of a status",
    "hazardctl.ledger": "the words of nil ledgers and total rows",
    "hazardctl.load": "the headings of units.csv",
    "hazardctl.files.surroundings": "names of sync products",
    "hazardctl.merging.questions": "what a clerk may write under `choose`",
    "hazardctl.cells.numerals": "Chinese numerals",
    "hazardctl.returns.periods": "how periods are written",
    "hazardctl.cells.quantities": "units of count",
    "hazardctl.cells.quantity_units": "units of count",
    "hazardctl.reports.forms": "words of head lines",
    "hazardctl.formats.listed": "signs before which a spreadsheet is kept from calculating",
    "hazardctl.forms.into_places": "how superiors head amounts, totals and what is no unit",
    "hazardctl.formats.numberformats": "how a spreadsheet shows a month without a day",
    "hazardctl.spreadsheets.headings": "numerals before a heading",
    "hazardctl.spreadsheets.words": "what frames a table, and the headings of other trades",
    "hazardctl.cells.status_words": "status words",
    "hazardctl.returns.reasons": "the words of a reason that says nothing",
    "hazardctl.cells.statuses": "status words",
    "hazardctl.cells.terms": "words of the ledgers",
    "hazardctl.cells.unit_names": "what offices leave out of names for short",
    "hazardctl.statistics.bulletin": "how rows and columns of sums and rates are called",
    "hazardctl.wording": "words that name a place",
    "hazardctl.text": "full-width forms and separators",
    "hazardctl.returns.workdays": "how a calendar says working day and day off",
}
# Sentences that no user reads: they are other programs' and only looked for.
NOT_OURS = {
    "No module named 'hazardctl": "what Python says where this program is not installed",
    "git config ": "a command of git",
    "No such command": "typer's message has no class of its own",
    "unexpected extra argument": "typer's message has no class of its own",
    "not take a value": "typer's message has no class of its own",
    " is not ": "what stands before it in typer's message is the value",
}


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """Give all entries of all catalogue files."""
    entries: dict[str, tuple[str, str]] = {}
    for module in modules():
        if module.startswith("hazardctl.catalogue."):
            messages = importlib.import_module(module).MESSAGES
            twice = entries.keys() & messages.keys()
            assert not twice, f"{module} repeats {sorted(twice)}"
            entries |= messages
    return entries


def test_a_key_stands_in_the_file_its_first_word_names() -> None:
    for module in modules():
        if module.startswith("hazardctl.catalogue."):
            for key in importlib.import_module(module).MESSAGES:
                area = key.partition(".")[0]
                files = (i18n.AREAS.get(area, area), *i18n.FURTHER.get(area, ()))
                assert module.rpartition(".")[2] in files, f"{module} holds {key}"
    for key in catalogue():
        assert i18n.has(key)


def test_every_entry_is_in_both_languages() -> None:
    for key, pair in catalogue().items():
        assert len(pair) == 2, key
        english, chinese = pair
        assert english.strip(), key
        assert chinese.strip(), key
        assert not HAN.search(re.sub(r"[《》「」“”].*?[《》「」“”]|\{\w+\}", "", english)) or _quotes_chinese(key), key
        assert _placeholders(english) == _placeholders(chinese), f"{key}: the two languages name different values"


def _quotes_chinese(key: str) -> bool:
    """Tell whether an entry may name labels and headings of real files."""
    return key.startswith(("finding.", "remedy.", "explain.")) or key.endswith(".examples")


def _placeholders(text: str) -> set[str]:
    return {name.partition(".")[0].partition("[")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


def test_messages_blame_nobody() -> None:
    for key, (english, chinese) in catalogue().items():
        ours = key not in others.MESSAGES
        assert not (ours and re.search(r"\b(invalid|illegal|please|oops|sorry)\b", english, re.IGNORECASE)), key
        assert not re.search(r"非法|无效的|抱歉|请您", chinese), key


def _calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Give every call that asks the catalogue for a key known from the source."""
    for module, tree in modules().items():
        for node in nodes(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ASKING and node.args:
                for key in _constants(node.args[0]):
                    yield f"{path_of(module)}:{node.lineno}", key, node


def _constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def test_every_key_that_is_asked_for_exists() -> None:
    missing = [f"{place}: {key}" for place, key, _ in _calls() if key not in catalogue()]
    assert not missing, "\n".join(missing)


def test_every_value_a_message_names_is_given() -> None:
    wanting = []
    for place, key, call in _calls():
        given = {word.arg for word in call.keywords}
        if None not in given and key in catalogue() and ast.unparse(call.func).endswith("t"):
            lacking = _placeholders(catalogue()[key][0]) - given
            wanting += [f"{place}: {key} lacks {sorted(lacking)}"] if lacking else []
    assert not wanting, "\n".join(wanting)


def test_every_fault_in_the_way_owns_a_sentence() -> None:
    for module in modules():
        if not module.endswith("__main__"):
            importlib.import_module(module)
    classes = {cls.__name__: cls for cls in _faults(HazardError)}
    for cls in classes.values():
        assert cls.key in catalogue(), f"{cls.__module__}.{cls.__name__} says {cls.key}"
    for module, tree in modules().items():
        for node in nodes(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in classes:
                given = {word.arg for word in node.keywords}
                lacking = _placeholders(catalogue()[classes[node.func.id].key][0]) - given
                assert None in given or not lacking, f"{path_of(module)}:{node.lineno} lacks {sorted(lacking)}"


def _faults(cls: type[HazardError]) -> Iterator[type[HazardError]]:
    yield cls
    for inner in cls.__subclasses__():
        yield from _faults(inner)


@cache
def _used() -> tuple[set[str], list[re.Pattern[str]], set[str]]:
    """Give the strings of the program, the patterns of its f-strings that make keys, and all words it can fill in."""
    said: set[str] = set()
    patterns = []
    for module, tree in modules().items():
        if module.startswith("hazardctl.catalogue."):
            continue
        said |= {value for value, _ in literals(tree)}
        said |= {node.name for node in nodes(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        said.add(module.rpartition(".")[2])
        for node in nodes(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [str(part.value) if isinstance(part, ast.Constant) else None for part in node.values]
                if re.search(r"[a-z]{3}", "".join(filter(None, parts))):
                    pattern = "".join(r"([\w.-]*)" if part is None else re.escape(part) for part in parts)
                    patterns.append(re.compile(pattern))
    words = said | {""} | {word for text in said for word in text.split()} | {text.replace("-", "_") for text in said}
    words |= {word for text in said if KEY.fullmatch(text) for word in text.split(".")}
    return said, patterns, words


def _is_used(key: str) -> bool:
    said, patterns, words = _used()
    if key in said or (key.startswith("remedy.") and key.replace("remedy.", "error.", 1) in catalogue()):
        return True
    if key in others.MESSAGES:  # asked for in the words of another program
        return True
    matches = (pattern.fullmatch(key) for pattern in patterns)
    return any(match and all(word in words for part in match.groups() for word in part.split(".")) for match in matches)


def test_what_other_programs_say_is_kept_by_their_own_words() -> None:
    for key, (english, _) in others.MESSAGES.items():
        assert key == f"reason.{english.format_map({})}"


def test_every_entry_is_used() -> None:
    unused = sorted(key for key in catalogue() if not _is_used(key))
    assert not unused, "\n".join(unused)


@pytest.mark.parametrize("module", [name for name in modules() if not name.startswith("hazardctl.catalogue")])
def test_no_text_for_people_stands_outside_the_catalogue(module: str) -> None:
    tree = modules()[module]
    found = [
        f"{path_of(module)}:{line}: {value!r}"
        for value, line in literals(tree)
        if (HAN.search(value) or _reads_like_english(value)) and module not in CLERKS_WORDS and value not in NOT_OURS
    ]
    assert not found, "\n".join(found)


def _reads_like_english(value: str) -> bool:
    return bool(SENTENCE.search(value)) and not KEY.fullmatch(value) and not _looks_like_code(value)


def _looks_like_code(value: str) -> bool:
    """Tell markup, styles, queries and lists of names (`"no number"`) from sentences."""
    return bool(re.search(r"[{};<>=\\|]|^\s*(SELECT|INSERT|CREATE|DELETE|UPDATE|PRAGMA)\b", value)) or bool(
        re.fullmatch(r"[a-z_]+( [a-z_]+)+", value) and not re.search(r"\b(the|is|a|of|to|not|in)\b", value)
    )


def test_the_lists_of_exceptions_name_only_what_exists() -> None:
    said, _, _ = _used()
    assert not NOT_OURS.keys() - said
    assert not CLERKS_WORDS.keys() - modules().keys()


def test_the_search_for_stray_text_finds_some() -> None:
    assert _reads_like_english("The file is locked")
    assert _reads_like_english("could not read the ledger")
    assert not _reads_like_english("SELECT a FROM b")
    assert not _reads_like_english("no number entry")
    tree = ast.parse('"""Doc string here."""\nx = "Stray text"')
    assert [value for value, _ in literals(tree)] == ["Stray text"]
    assert len(docstrings(tree)) == 1


def test_every_command_has_its_line_in_the_help_of_the_whole_tool() -> None:
    from hazardctl.catalogue.commands import MESSAGES
    from hazardctl.commands import COMMANDS

    assert [name for name in COMMANDS if f"commands.{name}" not in MESSAGES] == []
