"""Draw a document as one standalone page: no script, nothing from a network, prints on A4 across."""

from __future__ import annotations

from html import escape

from hazardctl import document as documents
from hazardctl import text
from hazardctl.document import Cell, Document, Grid, GridRow, Heading, headings

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
SHORT, SHORT_NAME = 10, 30  # cells of a heading, and of a row's name, that stay on one line of a wide screen
_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_STYLE = """
@page { size: A4 landscape; margin: 14mm 12mm }
body { margin: 2rem auto; max-width: 78rem; padding: 0 1rem; color: #1a1a1a; background: #fff; line-height: 1.6;
  font-family: "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei",
    SimSun, sans-serif }
h1 { font-size: 1.5rem; text-align: center; margin: .5rem 0 1rem }
h2 { font-size: 1.15rem; margin: 1.5rem 0 .5rem }
dl { display: flex; flex-wrap: wrap; gap: .2rem 2rem; margin: 0 0 .8rem }
dl div { display: flex; gap: .4rem } dd { margin: 0; min-width: 6em }
dt::after { content: "\\FF1A" } :lang(en) dt::after { content: ":" }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .92rem; font-variant-numeric: tabular-nums }
th, td { border: 1px solid #555; padding: .3rem .5rem; vertical-align: middle }
thead .short { min-width: 2.2em }
@media screen and (min-width: 80rem) { .short { white-space: nowrap } }
thead th { background: #f0f2f5; text-align: center; font-weight: 600 }
tbody th { font-weight: 400; text-align: left }
.right { text-align: right; white-space: nowrap } .center { text-align: center } .left { text-align: left }
.total > *, .subtotal > * { font-weight: 600 } .total > * { background: #f7f8fa }
td a, th a { color: inherit; text-decoration: none; border-bottom: 1px dotted }
.trail { font-size: .85rem } .trail h3 { font-size: .95rem; margin: 1rem 0 .2rem } .trail ol { margin: 0 }
.trail:target { background: #fff8dc }
.notes { font-size: .9rem; padding-left: 1.2rem }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 10.5pt } .wide { overflow: visible }
  tbody .short { white-space: nowrap } th, td { padding: .2rem .25rem }
  thead { display: table-header-group } tr { break-inside: avoid } thead th, .total > * { print-color-adjust: exact } }
"""


def draw(document: Document) -> str:
    """Draw a document as a page."""
    facts = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in documents.facts(document).items()
    )
    pieces = [
        f"<p>{escape(document.number)}</p>" if document.number else "",
        f"<h1>{escape(document.title)}</h1>",
        f"<dl>{facts}</dl>" if facts else "",
        *(f"<p>{escape(paragraph)}</p>" for paragraph in document.paragraphs),
        *map(table, document.grids),
        _notes((*document.notes, *document.remarks)),
    ]
    body = "\n".join(filter(None, pieces))
    return (
        f'<!doctype html>\n<html lang="{_LANGUAGES[document.language]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def file(document: Document) -> bytes:
    """Draw a document as the bytes of a page."""
    return draw(document).encode()


def table(grid: Grid) -> str:
    """Draw one table, its title above and its notes below."""
    head = "".join(f"<tr>{''.join(map(_heading, row))}</tr>\n" for row in headings(grid))
    body = "".join(_row(grid, row) for row in grid.rows)
    title = f"<h2>{escape(grid.title)}</h2>\n" if grid.title else ""
    rows = f"<table>\n<thead>\n{head}</thead>\n<tbody>\n{body}</tbody>\n</table>"
    return f'{title}<div class="wide">{rows}</div>{_notes(grid.notes)}{_trails(grid)}'


def _heading(cell: Heading) -> str:
    short = ' class="short"' if text.width(cell.text) <= SHORT else ""
    return f"<th{short}{_span('colspan', cell.across)}{_span('rowspan', cell.down)}>{escape(cell.text)}</th>"


def _row(grid: Grid, row: GridRow) -> str:
    cells = []
    for at, (column, cell) in enumerate(zip(grid.columns, row.cells, strict=True)):
        tag = "th" if at == 0 else "td"
        indent = f' style="padding-left:{row.level * 1.2 - 0.7:.1f}em"' if at == 0 and row.level > 1 else ""
        scope = ' scope="row"' if at == 0 else ""
        short = " short" if at == 0 and text.width(cell.text) <= SHORT_NAME else ""
        cells.append(f'<{tag}{scope} class="{column.align}{short}"{indent}>{_linked(cell)}</{tag}>')
    return f'<tr class="{row.kind}">{"".join(cells)}</tr>\n'


def _linked(cell: Cell) -> str:
    words = escape(cell.text)
    return f'<a href="#{escape(cell.link)}">{words}</a>' if cell.link and words else words


def _trails(grid: Grid) -> str:
    return "".join(
        f'\n<section class="trail" id="{escape(trail.name)}"><h3>{escape(trail.title)}</h3><ol>'
        + "".join(f"<li>{escape(line)}</li>" for line in trail.lines)
        + "</ol></section>"
        for trail in grid.trails
    )


def _span(name: str, number: int) -> str:
    return f' {name}="{number}"' if number > 1 else ""


def _notes(notes: tuple[str, ...]) -> str:
    return '\n<ul class="notes">' + "".join(f"<li>{escape(note)}</li>" for note in notes) + "</ul>" if notes else ""
