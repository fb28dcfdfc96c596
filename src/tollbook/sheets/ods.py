"""OpenDocument sheets (.ods), as LibreOffice saves them: a zip with one XML file, of which one worksheet is read.

Input: a file, and the name of a worksheet where there are several. Output: a `Worksheet`. The file is heard twice: once
for its worksheets, merged ranges and links, then for the rows of the one that is meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from zipfile import ZipFile

from tollbook.errors import InputError
from tollbook.sheets.grid import Found
from tollbook.sheets.ods_grid import OdsGrid
from tollbook.sheets.packed import ADVICE, packed, part
from tollbook.sheets.worksheet import Lines, Worksheet, chosen, headed

_KIND = "OpenDocument sheet"
_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"


def open_ods(path: Path, worksheet: str | None) -> Worksheet:
    """The worksheet of that name, or the only one; the choices are told where it is not clear."""
    with packed(path, _KIND) as file:
        if _is_locked(file):
            raise InputError("is locked with a password", what=str(path), advice="save it without one")
        with part(file, _CONTENT) as stream:
            survey = OdsGrid(stream, Found(), str(path))
            for _ in survey.rows():
                pass
    if not survey.tables:
        raise InputError("has no worksheet", what=str(path), advice=ADVICE)
    hidden = [name for name, one in survey.tables.items() if one.is_hidden]
    name = chosen(path, list(survey.tables), hidden, worksheet)
    table, lines = survey.tables[name], partial(_lines, path, name)
    merges = tuple(sorted(table.merges))
    with lines(Found()) as rows:
        first, headings = headed(path, rows, merges)
    return Worksheet(path, name, headings, first, merges, table.links, lines)


@contextmanager
def _lines(path: Path, name: str, found: Found) -> Iterator[Lines]:
    with packed(path, _KIND) as file, part(file, _CONTENT) as stream:
        yield OdsGrid(stream, found, str(path), name).rows()


def _is_locked(file: ZipFile) -> bool:
    """True where the content is encrypted: by itself, or with all else in one part."""
    names = file.namelist()
    if "encrypted-package" in names:
        return True
    if _MANIFEST not in names:
        return False
    with part(file, _MANIFEST) as stream:
        return b"encryption-data" in stream.read(1_000_000)
