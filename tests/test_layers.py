"""The house rules a reader relies on: who may import whom, who prints, who writes files, what loads when."""

# ruff: noqa: E501 -- a layer is read across
from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator

import pytest

from sources import at_start, imports, literals, modules, nodes, path_of

# From the top down: a module imports from its own layer and from those below it. A package stands for all its modules that are not named.
LAYERS: tuple[tuple[str, str], ...] = (
    ("the program", "app __main__"),
    ("commands", "commands"),
    ("the command line", "manual options session"),  # what all commands have in common
    ("the Python API", "hazardctl"),  # hazardctl/__init__.py
    (
        "verbs: orders",
        "publishing.freeze publishing.restate merging.ancestor asking demo doctor merging.driving merging.gitdriver merging.gitsetup merging.kept merging.looking merging.staged merging.told merging.words intake lifecycle merge merging.reconcile render repair report journals.restore roster scaffold spreadsheets returns.decide returns.submit weekly merging.settle start",
    ),
    ("reports", "reports reporters"),
    (
        "verbs: answers",
        "publishing.bulletin publishing.coverage publishing.chains publishing.doubled publishing.evidence publishing.federation publishing.frozen publishing.pairing publishing.partials publishing.history publishing.published publishing.received publishing.ruled returns.submitted publishing.trace publishing.trails publishing.turning amend forms.blanks check compare forms.fillin forms.fillin_guide forms.fillin_lists forms.into forms.into_places forms.offered merging.asked_book merging.books merging.grids merging.records merging.questions merging.recast overview explain journals.history rollup scope selection spelling returns.doubles returns.status returns.signed returns.reminders",
    ),
    ("engines", "again cache engines"),
    ("rules, writers, statistics", "inspection rules silence writers statistics templating returns.due"),
    (
        "load",
        "alike joined load parsing merging.unsettled journals.losses mirror outline reading journals.noticing journals.recording returns.accepted returns.clock returns.reasons returns.returned schema returns.workdays wording workspace",
    ),
    (
        "formats and store",
        "cachefile signatures formats files.store stores files.surroundings files.locks files.lockfiles files.disk files.processes journals.chain journals.journal journals.past journals.replay signing limited",
    ),
    ("console", "console crash"),
    (
        "values",
        "plain merging.ancestors merging.copies merging.careful merging.crossing merging.guarded merging.lines merging.quick merging.threeway campaign checklist duties texts units fields entry ledger figures cells.terms cells.namesakes cells.unit_names document",
    ),
    (
        "dates and periods",
        "cells.dates cells.date_forms cells.deadlines cells.deadline_forms cells.deadline_ranges cells.deadline_words returns.periods",
    ),
    ("numbers and statuses", "cells.quantities cells.statuses cells.status_words"),
    ("findings, errors", "findings errors i18n catalogue"),
    (
        "rooms",
        "cells files forms journals merging publishing returns",
    ),  # packages: each of their modules is named above
    (
        "words",
        "today text memory records twice cells.numerals cells.quantity_units resources shape verbs windows",
    ),  # they know nothing of hazards
)
HEAVY = {
    *("pandas", "numpy", "pydantic", "jinja2", "openpyxl", "python_calamine", "rich", "chinese_calendar", "docxtpl"),
    *("resvg_py", "distributed", "dask", "pyspark", "multiprocessing", "concurrent", "sqlite3", "asyncio"),
}
PRINTERS = {
    "console": "it is the only printer",
    "engines.worker": "its stdout is the pipe to the process that started it",
    "merging.gitdriver": "it ends at once, and what was printed has to be out by then",
    "app": "it lets go of stdout when nobody reads on",
}
WRITERS = {
    "files.store": "every promise about files is kept here",
    "files.disk": "the system calls the store is made of",
    "files.locks": "a lock is a folder with the name of its holder inside",
    "files.lockfiles": "locks that nobody stands behind are cleared away",
    "merging.crossing": "what it keeps among git's own files may be lost or torn at any time",
    "merging.gitdriver": "git's own temporary file, which git reads when the driver ends",
    "merging.told": "git's own temporary file, which git reads when the driver ends",
    "merging.kept": "what it keeps among git's own files may be lost or torn at any time",
    "merging.words": "what it keeps among git's own files may be lost or torn at any time",
    "merging.staged": "git writes out what makes a campaign, as staged, into a folder of the system's that goes again",
    "signing": "a signature whose line ends were converted is read from a temporary copy that has its own again",
    "mirror": "what it fetches is a copy of this process's own, and goes again",
    "doctor": "a lock is tried in a folder of its own, which goes again",
    "twice": "its numbers lie in a file of the system's without a name, which goes with the process",
    "cachefile": "what it keeps may be lost or torn at any time",
    "crash": "the report of our own fault goes to the user's log folder, whatever state the store is in",
    "app": "it opens the null device in place of a stdout that nobody reads",
}
LONGEST = 400


def _layers(module: str) -> list[int]:
    parts = module.split(".")[1:] or [module]
    own = [number for number, (_, names) in enumerate(LAYERS) if ".".join(parts[:2]) in names.split()]
    return own or [number for number, (_, names) in enumerate(LAYERS) if parts[0] in names.split()]


def _layer(module: str) -> int:
    found = _layers(module)
    assert len(found) == 1, f"{module} has no place in LAYERS of tests/test_layers.py, or more than one"
    return found[0]


@pytest.mark.parametrize("module", modules())
def test_every_module_stands_in_exactly_one_layer(module: str) -> None:
    _layer(module)


@pytest.mark.parametrize("module", modules())
def test_imports_go_one_way(module: str) -> None:
    own = _layer(module)
    upward = [
        f"{path_of(module)}:{line}: {LAYERS[own][0]} imports {name} ({LAYERS[_layer(name)][0]})"
        for name, line in imports(modules()[module])
        if name.partition(".")[0] == "hazardctl" and _layer(name) < own
    ]
    assert not upward, "\n".join(upward)


def test_there_is_no_import_cycle_not_even_of_types() -> None:
    graph = {
        module: {name for name, _ in imports(tree) if name in modules() and name != module}
        for module, tree in modules().items()
    }
    while free := [module for module, needed in graph.items() if not needed]:
        graph = {module: needed - set(free) for module, needed in graph.items() if module not in free}
    assert not graph, "these import each other: " + ", ".join(sorted(graph))


def test_a_writer_sees_a_document_and_nothing_else() -> None:
    load = [name for name, _ in LAYERS].index("load")
    for module, tree in modules().items():
        if module.startswith("hazardctl.writers."):
            strangers = [
                name
                for name, _ in imports(tree)
                if name.startswith("hazardctl.") and not name.startswith("hazardctl.writers") and _layer(name) <= load
            ]
            assert not strangers, f"{module} imports {strangers}"


def test_nothing_below_the_command_line_imports_typer() -> None:
    face = [name for name, _ in LAYERS].index("the command line")
    for module, tree in modules().items():
        if _layer(module) > face:
            assert not [name for name, _ in imports(tree) if name.partition(".")[0] in ("typer", "click")], module


def _spoken(tree: ast.Module) -> Iterator[int]:
    for node in nodes(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield node.lineno
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("sys.stdout", "sys.stderr", "typer.echo"):
            yield node.lineno


def test_only_the_console_prints() -> None:
    said = [
        f"{path_of(module)}:{line}"
        for module, tree in modules().items()
        if module.partition(".")[2] not in PRINTERS
        for line in _spoken(tree)
    ]
    assert not said, "\n".join(said)


WRITING = {
    "os": {"open", "replace", "rename", "remove", "unlink", "rmdir", "mkdir", "makedirs", "link", "symlink"},
    "shutil": {"copy", "copy2", "copyfile", "copyfileobj", "copytree", "move", "rmtree", "unpack_archive"},
    "tempfile": {"mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryDirectory", "TemporaryFile"},
}
PATH_WRITING = {"write_text", "write_bytes", "touch", "unlink", "rmdir", "rename", "mkdir", "symlink_to", "hardlink_to"}


def _written(tree: ast.Module) -> Iterator[int]:
    for node in nodes(tree):
        if isinstance(node, ast.Call) and _changes_a_disk(node):
            yield node.lineno


def _changes_a_disk(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id == "open" and _mode(call, 1)
    if not isinstance(call.func, ast.Attribute):
        return False
    owner, verb = ast.unparse(call.func.value), call.func.attr
    if owner in WRITING:
        return verb in WRITING[owner]
    if verb == "open":
        return _mode(call, 0)
    if verb == "replace":  # a path's takes one target; a text's takes two, and a dataclass's takes names
        return len(call.args) == 1 and not call.keywords
    return verb in PATH_WRITING


def _mode(call: ast.Call, position: int) -> bool:
    given = [*call.args[position : position + 1], *(word.value for word in call.keywords if word.arg == "mode")]
    return any(not isinstance(mode, ast.Constant) or set(str(mode.value)) & set("wax+") for mode in given)


def test_only_the_store_changes_files() -> None:
    writes = [
        f"{path_of(module)}:{line}"
        for module, tree in modules().items()
        if module.partition(".")[2] not in WRITERS
        for line in _written(tree)
    ]
    assert not writes, "\n".join(writes)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("open(p)", False), ("open(p, 'rb')", False), ("open(p, 'w')", True), ("open(p, mode='a')", True),
        ("p.open('x')", True), ("p.open()", False), ("p.write_text('')", True), ("p.replace(q)", True),
        ("s.replace('a', 'b')", False), ("replace(e, id='x')", False), ("os.replace(a, b)", True),
        ("shutil.copytree(a, b)", True), ("shutil.which('git')", False), ("tempfile.mkdtemp()", True),
    ],
)  # fmt: skip
def test_the_watch_over_files_sees_what_it_should(code: str, found: bool) -> None:
    assert bool(list(_written(ast.parse(code)))) is found


MANY_OF_ONE_KIND = ("commands", "rules", "reports", "writers", "reporters", "engines", "stores")
IN_THE_SAME_FOLDER = {
    "hazardctl.engines.cluster": "how work is cut, sent to a cluster and put together again",
    "hazardctl.engines.looking": "what is looked at before anything is asked of an engine",
    "hazardctl.engines.noting": "what a process that waits may do meanwhile",
    "hazardctl.engines.remote": "what a cluster's worker does with it",
    "hazardctl.engines.task": "what a task and an engine are",
    "hazardctl.engines.warming": "processes of the local engine that begin early",
    "hazardctl.engines.weighing": "how much work units are",
    "hazardctl.engines.worker": "the process that works, so that no file can end more than it",
    "hazardctl.reports.asked": "what a report is asked for",
    "hazardctl.reports.facts": "what several reports count",
    "hazardctl.reports.forms": "the forms that checklists define",
    "hazardctl.reports.register": "the form of the person register",
    "hazardctl.reports.small_counts": "what must not leave the bureau",
}


@pytest.mark.parametrize("folder", MANY_OF_ONE_KIND)
def test_nobody_forgot_to_list_a_file(folder: str) -> None:
    package = f"hazardctl.{folder}"
    listed = {word for text, _ in literals(modules()[package]) for word in text.split()}
    listed |= {node.id for node in nodes(modules()[package]) if isinstance(node, ast.Name)}
    inside = {name for name in modules() if name.startswith(f"{package}.")} - IN_THE_SAME_FOLDER.keys()
    forgotten = sorted(name for name in inside if name.rpartition(".")[2].rstrip("_") not in listed)
    assert not forgotten, f"not listed in {path_of(package)}: {forgotten}"


@pytest.mark.parametrize("module", modules())
def test_no_module_is_too_long_to_read(module: str) -> None:
    lines = len(path_of(module).read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{path_of(module)} has {lines} lines"


def test_heavy_packages_are_imported_where_they_are_needed() -> None:
    early = [
        f"{path_of(module)}:{line}: {name}"
        for module, tree in modules().items()
        for name, line in imports(tree, top_only=True)
        if name.partition(".")[0] in HEAVY
    ]
    assert not early, "\n".join(early)


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, hazardctl.app as a; a.main(['--help']); print(*{m.split('.')[0] for m in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    loaded = done.stdout.splitlines()[-1].split()
    assert "typer" in loaded
    assert not HEAVY & set(loaded)


def test_imports_inside_functions_are_not_taken_for_early_ones() -> None:
    code = "import re\ndef f():\n    import pandas\nif TYPE_CHECKING:\n    import rich\nclass C:\n    import json\n"
    tree = ast.parse(code)
    found = [node.names[0].name for node in at_start(tree) if isinstance(node, ast.Import)]
    assert sorted(found) == ["json", "re"]


def test_every_file_says_what_it_is_for_and_reads_annotations_late() -> None:
    for module, tree in modules().items():
        if tree.body:
            assert ast.get_docstring(tree), f"{module} has no docstring"
        if any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in tree.body):
            assert "from __future__ import annotations" in path_of(module).read_text(encoding="utf-8"), module
