"""The style sheet of a workbook: each look that is used once, by number."""

from __future__ import annotations

from html import escape

from hazardctl.formats.book import FANG_SONG, SONG, Emphasis, Style

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BUILT_IN = {"General": 0, "0": 1, "0.00": 2, "0%": 9, "0.00%": 10, "@": 49}
_LINE = "".join(f'<{side} style="thin"><color rgb="FF808080"/></{side}>' for side in ("left", "right", "top", "bottom"))
_BORDERS = ("<border><left/><right/><top/><bottom/><diagonal/></border>", f"<border>{_LINE}<diagonal/></border>")


class StyleSheet:
    """Numbers the styles that cells ask for, and writes them down at the end."""

    def __init__(self) -> None:
        self._cells: dict[tuple[Style, bool], int] = {}
        self._by_identity: dict[tuple[int, bool], int] = {}
        self._kept: list[Style] = []  # an identity stands for a style as long as that lives
        self._fonts: dict[str, int] = {}
        self._fills: dict[str, int] = {'<fill><patternFill patternType="none"/></fill>': 0,
                                       '<fill><patternFill patternType="gray125"/></fill>': 1}  # fmt: skip
        self._formats: dict[str, int] = {}
        self._written: list[str] = []
        self._emphases: list[str] = []
        self.number(Style())  # the first is that of cells that ask for none

    def number(self, style: Style, *, quoted: bool = False) -> int:
        """Give the number of a style; `quoted` marks text that begins like a formula."""
        known = self._by_identity.get((id(style), quoted))  # a book keeps its styles, and to hash one takes long
        if known is not None:
            return known
        key = (style, quoted)
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = len(self._written)
            self._written.append(self._format(style, quoted=quoted))
        self._by_identity[id(style), quoted] = found
        self._kept.append(style)
        return found

    def emphasis(self, emphasis: Emphasis) -> int:
        """Give the number of a conditional look."""
        self._emphases.append(
            f'<dxf><font><color rgb="FF{emphasis.color}"/></font><fill><patternFill patternType="solid">'
            f'<fgColor rgb="FF{emphasis.fill}"/><bgColor rgb="FF{emphasis.fill}"/></patternFill></fill></dxf>'
        )
        return len(self._emphases) - 1

    def _format(self, style: Style, *, quoted: bool) -> str:
        bold = "<b/>" if style.bold else ""
        color = f'<color rgb="FF{style.color}"/>' if style.color else ""
        chinese = '<family val="3"/><charset val="134"/>' if style.face in (SONG, FANG_SONG) else '<family val="2"/>'
        font = f'<font>{bold}<sz val="{style.size:g}"/>{color}<name val="{escape(style.face)}"/>{chinese}</font>'
        pattern = '<patternFill patternType="none"/>'
        if style.fill:
            color = f'<fgColor rgb="FF{style.fill}"/><bgColor indexed="64"/>'
            pattern = f'<patternFill patternType="solid">{color}</patternFill>'
        fill = f"<fill>{pattern}</fill>"
        numbers = (
            self._number_format(style.number),
            self._fonts.setdefault(font, len(self._fonts)),
            self._fills.setdefault(fill, len(self._fills)),
        )
        indent = f' indent="{style.indent}"' if style.indent else ""
        wrap = ' wrapText="1"' if style.wrap else ""
        return (
            '<xf numFmtId="{}" fontId="{}" fillId="{}" borderId="{}" xfId="0" applyNumberFormat="1" applyFont="1" '
            'applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1"{}><alignment horizontal="{}" '
            'vertical="{}"{}{}/>{}</xf>'
        ).format(
            *numbers, int(style.border), ' quotePrefix="1"' if quoted else "", style.align,
            "top" if style.top else "center", wrap, indent, "" if style.locked else '<protection locked="0"/>',
        )  # fmt: skip

    def _number_format(self, code: str) -> int:
        known = _BUILT_IN.get(code)
        return known if known is not None else self._formats.setdefault(code, 164 + len(self._formats))

    def xml(self) -> str:
        """Write the style sheet."""
        formats = "".join(
            f'<numFmt numFmtId="{at}" formatCode="{escape(code)}"/>' for code, at in self._formats.items()
        )
        parts = [
            f'<numFmts count="{len(self._formats)}">{formats}</numFmts>' if formats else "",
            _listed("fonts", self._fonts),
            _listed("fills", self._fills),
            _listed("borders", _BORDERS),
            _listed("cellStyleXfs", ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>']),
            _listed("cellXfs", self._written),
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
            _listed("dxfs", self._emphases),
        ]
        return f'<styleSheet xmlns="{_MAIN}">{"".join(parts)}</styleSheet>'


def _listed(name: str, parts: object) -> str:
    written = list(parts)  # type: ignore[call-overload]
    return f'<{name} count="{len(written)}">{"".join(written)}</{name}>'
