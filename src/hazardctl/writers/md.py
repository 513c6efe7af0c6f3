"""Draw a document as Markdown."""

from __future__ import annotations

from hazardctl import document as documents
from hazardctl.document import Document, Grid, GridRow

_MARKUP = str.maketrans({char: f"\\{char}" for char in r"\`*_[]|#<>&~"})
_RULES = {"left": "---", "right": "---:", "center": ":---:"}


def draw(document: Document) -> str:
    """Draw a document as Markdown; a table's headings are joined by `/`, since Markdown cannot merge cells."""
    colon = "：" if document.language == "zh" else ": "
    facts = "  \n".join(f"{_plain(name)}{colon}{_plain(value)}" for name, value in documents.facts(document).items())
    pieces = [
        _plain(document.number), f"# {_plain(document.title)}", facts, *map(_plain, document.paragraphs),
        *map(table, document.grids), _list((*document.notes, *document.remarks)),
    ]  # fmt: skip
    return "\n\n".join(filter(None, pieces)) + "\n"


def file(document: Document) -> bytes:
    """Draw a document as the bytes of a Markdown file."""
    return draw(document).encode()


def table(grid: Grid) -> str:
    """Draw one table, its title above and its notes below."""
    lines = [
        _line([_plain("/".join(column.path)) for column in grid.columns]),
        _line([_RULES[column.align] for column in grid.columns]),
        *(_line(_cells(row)) for row in grid.rows),
    ]
    title = f"## {_plain(grid.title)}" if grid.title else ""
    return "\n\n".join(filter(None, [title, "\n".join(lines), _list(grid.notes)]))


def _cells(row: GridRow) -> list[str]:
    texts = [_plain(cell.text) for cell in row.cells]
    if row.kind in ("total", "subtotal"):
        return [f"**{text}**" if text.strip() else text for text in texts]
    return texts


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _list(notes: tuple[str, ...]) -> str:
    return "\n".join(f"- {_plain(note)}" for note in notes)


def _plain(text: str) -> str:
    return " ".join(text.translate(_MARKUP).splitlines())
