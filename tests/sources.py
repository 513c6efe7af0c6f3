"""The program's own sources, read as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

SRC = Path(__file__).resolve().parents[1] / "src"


@cache
def modules() -> dict[str, ast.Module]:
    """Give every module of the package by its dotted name."""
    found = {}
    for path in sorted((SRC / "hazardctl").rglob("*.py")):
        name = ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")
        found[name] = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return found


@cache
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Give all nodes of a module; each of its tests looks at them."""
    return tuple(ast.walk(tree))


def path_of(module: str) -> Path:
    """Give a module's file."""
    path = SRC.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def imports(tree: ast.Module, *, top_only: bool = False) -> tuple[tuple[str, int], ...]:
    """Give every module that is imported with its line; `from hazardctl import text` is an import of hazardctl.text."""
    return tuple(_imports(at_start(tree) if top_only else nodes(tree)))


def _imports(found: Iterable[ast.AST]) -> Iterator[tuple[str, int]]:
    for node in found:
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                if alias.name == "__version__":
                    continue  # the package's name tag, not its Python API
                inner = f"{node.module}.{alias.name}"
                yield (inner if inner in modules() else node.module), node.lineno


def at_start(tree: ast.Module) -> Iterator[ast.AST]:
    """Give what runs when a module is imported: nothing inside functions, nothing that only type checkers see."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                continue
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                continue
            yield child
            waiting.append(child)


def docstrings(tree: ast.Module) -> set[int]:
    """Give the identities of the constants that are docstrings, a field's own among them."""
    return {
        id(node.value)
        for node in nodes(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }


def literals(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Give every string a module holds outside its docstrings, with its line."""
    skipped = docstrings(tree)
    for node in nodes(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.value, node.lineno
