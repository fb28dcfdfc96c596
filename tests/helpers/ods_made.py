"""OpenDocument sheets for tests, written by the format's own rules as LibreOffice lays a sheet out.

Cells that are alike stand once with a count, and so do rows; a sheet fills all 16,384 columns and 1,048,576 rows.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from sheets_made import Formula

SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
_NAMED = {"office": "office", "table": "table", "text": "text", "style": "style", "draw": "drawing"}
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"' for name, space in _NAMED.items()
)
_MORE = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:calcext="urn:org:documentfoundation:names:experimental"'
_STYLES = (
    '<office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties '
    'table:display="true"/></style:style><style:style style:name="ta2" style:family="table"><style:table-properties '
    'table:display="false"/></style:style></office:automatic-styles>'
)
COVERED = "<table:covered-table-cell/>"


class Xml(str):
    """A cell as its XML."""


def opendocument(
    path: Path, sheets: Mapping[str, Sequence[Sequence[object]]], *, hidden: Sequence[str] = (), **parts: str
) -> Path:
    """An ODS file; `parts` are more parts of the zip, or others in place of its own (`content="…"`)."""
    tables = "".join(_table(name, rows, "ta2" if name in hidden else "ta1") for name, rows in sheets.items())
    return packed(path, content_of(tables), **parts)


def content_of(tables: str, before: str = "") -> str:
    """The part that holds all tables."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {_SPACES} {_MORE}>{_STYLES}'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )


def packed(path: Path, content: str, *, manifest: str = "<m/>", **parts: str) -> Path:
    """The zip of a content."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", SPREADSHEET, zipfile.ZIP_STORED)
        file.writestr("content.xml", content)
        file.writestr("META-INF/manifest.xml", manifest)
        for name, text in parts.items():
            file.writestr(name, text)
    return path


def table(name: str, rows: str) -> str:
    """A table of rows as XML."""
    return f'<table:table table:name={quoteattr(name)} table:style-name="ta1">{rows}</table:table>'


def _table(name: str, rows: Sequence[Sequence[object]], style: str) -> str:
    lines = "".join(_row(list(cells), len(list(alike))) for cells, alike in groupby(rows))
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    rest = f"<table:table-row{_times('rows', 1_048_576 - len(rows))}>{empty}</table:table-row>"
    return (
        f'<table:table table:name={quoteattr(name)} table:style-name="{style}">'
        f'<table:table-column table:number-columns-repeated="16384"/>{lines}{rest}</table:table>'
    )


def _row(cells: Sequence[object], again: int) -> str:
    filled = "".join(_cell(cell, len(list(alike))) for cell, alike in groupby(cells, key=lambda one: one))
    rest = f'<table:table-cell table:number-columns-repeated="{16_384 - len(cells)}"/>'
    return f"<table:table-row{_times('rows', again)}>{filled}{rest}</table:table-row>"


def _times(what: str, many: int) -> str:
    return f' table:number-{what}-repeated="{many}"' if many > 1 else ""


def _cell(cell: Any, again: int) -> str:
    if isinstance(cell, Xml):
        return cell * again
    repeated = _times("columns", again)
    if cell is None:
        return f"<table:table-cell{repeated}/>"
    if isinstance(cell, Formula):
        given = f' table:formula="of:={escape(cell.text)}"'
        return f"<table:table-cell{given}{repeated}{'/>' if cell.value is None else typed(cell.value)}"
    return f"<table:table-cell{repeated}{typed(cell)}"


def typed(cell: Any) -> str:
    """The rest of a cell's element, from its type on."""
    if isinstance(cell, bool):
        return _value("boolean", f"boolean-value={quoteattr(str(cell).lower())}", str(cell).upper())
    if isinstance(cell, int | float):
        return _value("float", f'value="{cell}"', str(cell))
    if isinstance(cell, dt.date):
        return _value("date", f'date-value="{cell.isoformat()}"', f"{cell:%d/%m/%y}")
    if str(cell).endswith("%"):
        return _value("percentage", f'value="{float(str(cell)[:-1]) / 100}"', str(cell))
    return _value("string", "", escape(str(cell)))


def _value(kind: str, value: str, text: str) -> str:
    own = f" office:{value}" if value else ""
    return f' office:value-type="{kind}"{own} calcext:value-type="{kind}"><text:p>{text}</text:p></table:table-cell>'
