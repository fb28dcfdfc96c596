"""Workbooks for tests, made part by part as the standard has them, so that no writer's habits are taken for granted."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATED = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


class Formula:
    """A formula, and the value that was last computed; None where none was."""

    def __init__(self, text: str, value: object = None) -> None:
        self.text = text
        self.value = value


Rows = Sequence[Sequence[object]]


def workbook(
    path: Path,
    sheets: Mapping[str, Rows],
    *,
    merges: Sequence[str] = (),
    hidden: Sequence[str] = (),
    leading: Mapping[str, str] | None = None,
    **parts: str,
) -> Path:
    """An XLSX file: texts are shared, days have a style, merged ranges and links are those of the first worksheet."""
    texts: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        names, links = [], [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
        for number, (name, rows) in enumerate(sheets.items(), start=1):
            links.append(("worksheet", f"worksheets/s{number}.xml"))
            state = ' state="hidden"' if name in hidden else ""
            names.append(f'<sheet name="{escape(name)}" sheetId="{number}"{state} r:id="r{len(links)}"/>')
            ranges = "".join(f'<mergeCell ref="{one}"/>' for one in merges) if number == 1 else ""
            merged = f"<mergeCells>{ranges}</mergeCells>" if ranges else ""
            if leading and number == 1:
                led = "".join(f'<hyperlink ref="{at}" r:id="h{at}"/>' for at in leading)
                merged += f'<hyperlinks xmlns:r="{OFFICE}">{led}</hyperlinks>'
                targets = "".join(
                    f'<Relationship Id="h{at}" Type="{OFFICE}/hyperlink" Target="{escape(url)}" TargetMode="External"/>'
                    for at, url in leading.items()
                )
                file.writestr("xl/worksheets/_rels/s1.xml.rels", _links(targets))
            file.writestr(f"xl/worksheets/s{number}.xml", _sheet(rows, texts, merged))
        related = "".join(
            f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
            for at, (kind, target) in enumerate(links, start=1)
        )
        file.writestr("_rels/.rels", _links(f'<Relationship Id="m" Type="{OFFICE}/officeDocument" Target="xl/w.xml"/>'))
        file.writestr("xl/_rels/w.xml.rels", _links(related))
        file.writestr("xl/w.xml", f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{"".join(names)}</sheets></workbook>')
        file.writestr(
            "xl/styles.xml",
            f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts>'
            '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="10"/></cellXfs></styleSheet>',
        )
        shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        file.writestr("xl/sharedStrings.xml", parts.get("strings", f"<sst {MAIN}>{shared}</sst>"))
    return path


def _links(text: str) -> str:
    return f"<Relationships {RELATED}>{text}</Relationships>"


def _sheet(rows: Rows, texts: dict[str, int], merged: str) -> str:
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(_cell(f"{chr(64 + at)}{number}", cell, texts) for at, cell in enumerate(row, start=1))
        lines.append(f'<row r="{number}">{cells}</row>' if cells else "")
    return f"<worksheet {MAIN}><sheetData>{''.join(lines)}</sheetData>{merged}</worksheet>"


def _cell(at: str, cell: Any, texts: dict[str, int]) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Formula):
        value = "<v></v>" if cell.value is None else f"<v>{cell.value}</v>"  # so do some programs write it
        return f'<c r="{at}"><f>{escape(cell.text)}</f>{value}</c>'
    if isinstance(cell, bool):
        return f'<c r="{at}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, int | float):
        return f'<c r="{at}"><v>{cell}</v></c>'
    if str(cell).endswith("%"):
        return f'<c r="{at}" s="2"><v>{float(str(cell)[:-1]) / 100}</v></c>'
    if isinstance(cell, dt.date):
        return f'<c r="{at}" s="1"><v>{(cell - dt.date(1899, 12, 30)).days}</v></c>'
    return f'<c r="{at}" t="s"><v>{texts.setdefault(str(cell), len(texts))}</v></c>'
