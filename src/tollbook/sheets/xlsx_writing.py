"""A workbook of one worksheet, written row by row: texts, numbers and days, never a formula.

Input: headings and rows. Output: an XLSX file whose first row stays in view, with a filter. Worked: the text "=1+1" is
written as "'=1+1", the day 4 May 2021 as a number that is shown as 2021-05-04.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from tollbook.errors import OutputError
from tollbook.sheets.cells import Cell, Cells, Linked
from tollbook.sheets.grid import column_letters
from tollbook.text import harmless
from tollbook.values import dataclass

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
    f'ContentType="{_TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
    f'ContentType="{_TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" '
    f'ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{_OFFICE}/styles" '
    f'Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy-mm-dd hh:mm:ss"/><numFmt numFmtId="166" formatCode="hh:mm:ss"/></numFmts>'
    '<fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf fontId="1" applyFont="1"/>'
    '<xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/>'
    '<xf numFmtId="166" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
_BOLD, _DAY, _MOMENT, _HOUR = 1, 2, 3, 4
# The longest text of a cell; signs that XML can't hold; what would be read as the escape of one.
_LONGEST = 32_767
_UNSAID = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ROWS = 1_048_576


@contextmanager
def writing(out: Path, name: str, headings: Sequence[str], more: Sequence[str]) -> Iterator[Writer]:
    """A workbook that is whole when the block ends."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as file:
        for part, text in _PARTS.items():
            file.writestr(part, _HEAD + text)
        sheet = f'<sheet name={quoteattr(name)} sheetId="1" r:id="r1"/>'
        file.writestr(
            "xl/workbook.xml",
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheet}</sheets></workbook>',
        )
        with (
            file.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as stream,
            TextIOWrapper(stream, encoding="utf-8", newline="") as rows,
        ):
            writer = Writer(rows, out)
            writer.open([*headings, *more])
            yield writer
            writer.close(len(headings) + len(more))
        if writer.links:
            file.writestr("xl/worksheets/_rels/sheet1.xml.rels", _HEAD + writer.related())


@dataclass(slots=True)
class Writer:
    """Writes the rows of a worksheet."""

    text: TextIO
    out: Path
    number: int = 0
    links: dict[str, str] = field(default_factory=dict)

    def open(self, headings: Sequence[str]) -> None:
        """The headings, bold, which stay in view."""
        self.text.write(
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
            'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
        )
        self._write([_text(one, _BOLD) for one in headings])

    def row(self, cells: Cells, more: Sequence[str]) -> None:
        """The next row."""
        self._write([*map(_written, cells.values()), *map(_text, more)])
        for at, cell in enumerate(cells.values()):
            if isinstance(cell, Linked):
                self.links[f"{column_letters(at)}{self.number}"] = cell.url

    def close(self, columns: int) -> None:
        """What stands behind the rows."""
        area = f"A1:{column_letters(columns - 1)}{self.number}"
        links = "".join(f'<hyperlink ref="{at}" r:id="l{number}"/>' for number, at in enumerate(self.links))
        told = f'<hyperlinks xmlns:r="{_OFFICE}">{links}</hyperlinks>' if links else ""
        self.text.write(f'</sheetData><autoFilter ref="{area}"/>{told}</worksheet>')

    def related(self) -> str:
        """Where the links of the worksheet lead, as the part beside it has it."""
        lines = (
            f'<Relationship Id="l{number}" Type="{_OFFICE}/hyperlink" Target={quoteattr(url)} TargetMode="External"/>'
            for number, url in enumerate(self.links.values())
        )
        return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'

    def _write(self, cells: Sequence[str]) -> None:
        self.number += 1
        if self.number > _ROWS:
            raise OutputError(f"a worksheet holds {_ROWS:,} rows", what=str(self.out), advice="give the sheet as CSV")
        self.text.write(f'<row r="{self.number}">{"".join(cells)}</row>')


def _written(cell: Cell) -> str:
    """A cell as XML; an empty one keeps its place."""
    if cell is None or cell == "":
        return "<c/>"
    if isinstance(cell, str):
        return _text(cell)
    if isinstance(cell, bool):
        return f'<c t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, int | float):
        return f"<c><v>{cell!r}</v></c>"
    return _moment(cell)


def _moment(cell: dt.date | dt.time) -> str:
    """A day or an hour as the number that a spreadsheet keeps; one before 1900-03-01, which it can't, as text."""
    if isinstance(cell, dt.time):
        number = (dt.datetime.combine(dt.date.min, cell) - dt.datetime.min).total_seconds() / 86_400
        return f'<c s="{_HOUR}"><v>{number!r}</v></c>'
    moment = cell if isinstance(cell, dt.datetime) else dt.datetime.combine(cell, dt.time())
    if moment.tzinfo is not None or moment < dt.datetime(1900, 3, 1):
        return _text(cell.isoformat())
    number = (moment - dt.datetime(1899, 12, 30)).total_seconds() / 86_400
    return f'<c s="{_DAY if number.is_integer() else _MOMENT}"><v>{number!r}</v></c>'


def _text(text: str, style: int = 0) -> str:
    """A text as a cell that no program computes."""
    if not text:
        return "<c/>"
    safe = _LIKE.sub("_x005F_", harmless(text)[:_LONGEST])
    safe = _UNSAID.sub(lambda found: f"_x{ord(found[0]):04X}_", safe)
    styled = f' s="{style}"' if style else ""
    return f'<c{styled} t="inlineStr"><is><t xml:space="preserve">{escape(safe)}</t></is></c>'
