"""Which kind of sheet a file is, told by what it holds, never by its name; what is none is refused in one line.

Input: a file. Output: its `Sheet`. Worked: "deaths.csv" that is in truth a workbook is read as one; a workbook with a
password is told to have one.
"""

from __future__ import annotations

from pathlib import Path

from tollbook.errors import InputError, UsageError
from tollbook.sheets.cells import Sheet

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Enough of a file to tell what it is; a flat OpenDocument file says so behind the names of its spaces.
_HEAD = 8_000
# How files of other kinds begin, and what they are called.
_OTHERS = {b"%PDF": "a PDF", b"{\\rtf": "a text document (RTF)", b"\x1f\x8b": "a compressed file", b"<": "a web page"}
_ADVICE = "give a CSV, XLSX, ODS or Parquet file"
_OPENDOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"


def open_sheet(path: Path, worksheet: str | None = None) -> Sheet:
    """The sheet in a file, of a workbook the one named; InputError where it can't be read as one."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            locked = head.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in head + file.read(10_000_000)
    except OSError as error:
        raise InputError(f"can't be read as a sheet ({error.strerror})", what=str(path), advice=_ADVICE) from error
    _refuse(path, head, locked)
    if head.startswith(b"PK"):
        return _open_zip(path, worksheet)
    if worksheet is not None:
        raise UsageError("--sheet names a worksheet of a workbook, and this is none", what=str(path))
    if head.startswith(b"PAR1"):
        from tollbook.sheets.parquet import open_parquet

        return open_parquet(path)
    from tollbook.sheets.delimited import open_delimited

    return open_delimited(path)


def _open_zip(path: Path, worksheet: str | None) -> Sheet:
    """A workbook of Excel or of OpenDocument, which says what it is."""
    from tollbook.sheets.packed import ADVICE, media_type

    kind = media_type(path)
    if kind.startswith(_OPENDOCUMENT):  # or a template of one
        from tollbook.sheets.ods import open_ods

        return open_ods(path, worksheet)
    if kind:
        raise InputError(f"is no sheet that can be read, but “{kind[:80]}”", what=str(path), advice=ADVICE)
    from tollbook.sheets.workbook import open_workbook

    return open_workbook(path, worksheet)


def _refuse(path: Path, head: bytes, locked: bool) -> None:
    """An InputError for what is known to be no sheet that can be read."""
    if locked:
        raise InputError("is locked with a password", what=str(path), advice="save it without one")
    if head.startswith(_OLE):
        raise InputError("is an old Excel file (.xls)", what=str(path), advice="save it as .xlsx or CSV")
    if head.startswith(b"<") and _OPENDOCUMENT.encode() in head:
        raise InputError("is a flat OpenDocument sheet (.fods)", what=str(path), advice="save it as .ods, .xlsx or CSV")
    for start, name in _OTHERS.items():
        if head.startswith(start):
            raise InputError(f"is {name}, no sheet", what=str(path), advice=_ADVICE)
    if not head:
        raise InputError("is empty", what=str(path), advice=_ADVICE)
