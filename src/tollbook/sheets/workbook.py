"""XLSX: a zip of XML files, of which one worksheet is read, row by row.

Input: a file, and the name of a worksheet where there are several. Output: a `Sheet`. A merged cell's value counts for
every cell of its range, a formula is read as the value that was last computed; both are told. A copy is a workbook of
one worksheet without a formula, whose numbers and days stay numbers and days.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO
from xml.etree import ElementTree

from tollbook.errors import InputError, UsageError
from tollbook.sheets.cells import Cell, Cells, Copy, Linked, named, shown
from tollbook.sheets.grid import Found, Grid, column_letters
from tollbook.sheets.merges import Merged, filled, tail_of
from tollbook.sheets.strings import Strings
from tollbook.sheets.styles import days_of
from tollbook.text import counted

# What is more than so much, and unpacks to more than so many times its size, was made to fill a disk.
_LARGE, _TIMES = 200_000_000, 300
# Parts that are read at once, not streamed: names of worksheets, styles.
_PART = 50_000_000
_ADVICE = "save it again as .xlsx or CSV"
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError)


@dataclass(frozen=True, slots=True)
class Book:
    """The parts of a workbook: where worksheets, texts and styles lie in the zip, whether days count from 1904."""

    sheets: dict[str, str]
    hidden: frozenset[str]
    strings: str | None
    styles: str | None
    since_1904: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """One worksheet of a workbook as rows."""

    path: Path
    book: Book
    part: str
    headings: tuple[str, ...]
    first: int
    merges: tuple[Merged, ...]
    links: dict[tuple[int, int], str]
    found: Found = field(default_factory=Found)
    suffix: str = ".xlsx"

    @property
    def notes(self) -> Sequence[str]:
        leading = f"links in {counted(len(self.links), 'cell')}: a source is where its cell leads"
        return [*self.found.notes(self.merges), *([leading] if self.links else [])]

    def rows(self) -> Iterator[Cells]:
        """The rows beneath the headings; empty ones at the end are left out."""
        self.found.clear()
        with _opened(self.path) as file, _grid(file, self.book, self.part, self.found) as grid:
            held = 0
            for number, cells in filled(self._linked(grid.rows()), self.merges):
                if number <= self.first:
                    continue
                held += 1
                if cells:
                    while held > 1:
                        held -= 1
                        yield dict.fromkeys(self.headings)
                    held = 0
                    stray = next((at for at in cells if at >= len(self.headings)), None)
                    if stray is not None:
                        where = f"{column_letters(stray)}{number}"
                        raise InputError(
                            f"{where} stands beyond the headings", what=str(self.path), advice="name its column"
                        )
                    yield {heading: cells.get(at) for at, heading in enumerate(self.headings)}

    def _linked(self, rows: Iterator[tuple[int, dict[int, Cell]]]) -> Iterator[tuple[int, dict[int, Cell]]]:
        """The rows, their cells with the addresses that they lead to."""
        for number, cells in rows:
            for at in cells if self.links else ():
                if (number, at) in self.links:
                    cells[at] = Linked.to(shown(cells[at]), self.links[number, at])
            yield number, cells

    def place(self, number: int, heading: str) -> str:
        """ "D5"."""
        return f"{column_letters(self.headings.index(heading))}{number + self.first}"

    @contextmanager
    def copy(self, out: Path, more: Sequence[str]) -> Iterator[Copy]:
        """A workbook of this worksheet alone."""
        from tollbook.sheets.xlsx_writing import writing

        name = next(name for name, part in self.book.sheets.items() if part == self.part)
        with writing(out, name, self.headings, more) as copy:
            yield copy


def open_workbook(path: Path, worksheet: str | None) -> Workbook:
    """The worksheet of that name, or the only one; the choices are told where it is not clear."""
    with _opened(path) as file:
        book = _book(path, file)
        part = _chosen(path, book, worksheet)
        with _part(file, part) as stream:
            merges, named_links = tail_of(stream)
        links = _addresses(file, part, named_links)
        with _grid(file, book, part, Found()) as grid:
            first, cells = next(((number, cells) for number, cells in grid.rows() if cells), (1, {}))
    across = next((one for one in merges if one.top <= first <= one.bottom), None)
    if across is not None:
        advice = "give each column a heading of its own, in one row"
        raise InputError(f"the headings are merged ({across.name})", what=str(path), advice=advice)
    texts = [str(cells.get(at, "")) for at in range(max(cells, default=-1) + 1)]
    return Workbook(path, book, part, named(texts, path), first, merges, links)


def _chosen(path: Path, book: Book, worksheet: str | None) -> str:
    """The part of the worksheet that is meant."""
    shown = [name for name in book.sheets if name not in book.hidden] or list(book.sheets)
    if worksheet is None and len(shown) == 1:
        return book.sheets[shown[0]]
    if worksheet is None:
        raise UsageError(
            f"has {len(shown)} worksheets", what=str(path), advice=f"name one by --sheet: {', '.join(shown)}"
        )
    if worksheet not in book.sheets:
        raise UsageError(f"has no worksheet '{worksheet}'; there are: {', '.join(book.sheets)}", what=str(path))
    return book.sheets[worksheet]


# ---- the zip ----


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The zip of a workbook; every way in which it can be broken is one InputError."""
    try:
        with zipfile.ZipFile(path) as file:
            yield file
    except (*_FAULTS, ElementTree.ParseError, KeyError) as error:
        raise InputError("is damaged, or no XLSX", what=str(path), advice=_ADVICE) from error


@contextmanager
def _part(file: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """A part of the zip as a stream; one that would burst is refused before a byte of it is unpacked."""
    info = file.getinfo(name)
    if info.file_size > _LARGE and info.file_size > _TIMES * max(1, info.compress_size):
        raise InputError(
            f"unpacks to {info.file_size:,} bytes, {info.file_size // max(1, info.compress_size)} times its size",
            what=str(file.filename), advice=_ADVICE,
        )  # fmt: skip
    with file.open(info) as stream:
        yield stream


@contextmanager
def _grid(file: zipfile.ZipFile, book: Book, part: str, found: Found) -> Iterator[Grid]:
    """The cells of a worksheet, with the texts and styles that they refer to."""
    days = days_of(_tree(file, book.styles)) if book.styles else frozenset[int]()
    with Strings() as strings, _part(file, part) as stream:
        if book.strings:
            with _part(file, book.strings) as texts:
                strings.fill(texts)
        yield Grid(stream, strings, days, book.since_1904, found, str(file.filename))


def _book(path: Path, file: zipfile.ZipFile) -> Book:
    """What a workbook holds, by its own relations; InputError for a zip that is none."""
    roots = _related(file, "") if "_rels/.rels" in file.namelist() else {}
    main = next((target for kind, target in roots.values() if kind == "officeDocument"), None)
    if main is None or not main.endswith(".xml"):
        raise InputError(f"is {_other(file, main)}", what=str(path), advice=_ADVICE)
    tree, related = _tree(file, main), _related(file, main)
    sheets, hidden = {}, set()
    for one in (each for each in tree.iter() if _local(each.tag) == "sheet"):
        link = next((value for key, value in one.attrib.items() if key.endswith("}id")), "")
        kind, target = related[link]
        if kind == "worksheet":
            sheets[one.attrib["name"]] = target
            hidden |= {one.attrib["name"]} if one.attrib.get("state", "visible") != "visible" else set()
    if not sheets:
        raise InputError("has no worksheet", what=str(path), advice=_ADVICE)
    of = dict(related.values())
    since = any(
        _local(each.tag) == "workbookPr" and each.attrib.get("date1904") in ("1", "true") for each in tree.iter()
    )
    return Book(sheets, frozenset(hidden), of.get("sharedStrings"), of.get("styles"), since)


def _other(file: zipfile.ZipFile, main: str | None) -> str:
    """What a zip that is no workbook seems to be."""
    if main and main.endswith(".bin"):
        return "a binary Excel file (.xlsb)"
    if "mimetype" in file.namelist() and b"spreadsheet" in file.read("mimetype")[:200]:
        return "an OpenDocument sheet"
    return "no XLSX, but another kind of zip"


def _addresses(file: zipfile.ZipFile, part: str, links: dict[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    """The web addresses to which cells lead."""
    place = PurePosixPath(part)
    if not links or str(place.parent / "_rels" / f"{place.name}.rels") not in file.namelist():
        return {}
    targets = {name: target for name, (kind, target) in _related(file, part).items() if kind == "hyperlink"}
    found = {at: targets.get(name, "") for at, name in links.items()}
    return {at: target for at, target in found.items() if target.lower().startswith(("http://", "https://"))}


def _related(file: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The (kind, path in the zip) of what a part refers to, by id."""
    place = PurePosixPath(part)
    tree = _tree(file, str(place.parent / "_rels" / f"{place.name}.rels") if part else "_rels/.rels")
    related = {}
    for one in tree:
        target = one.attrib["Target"]
        outside = one.attrib.get("TargetMode") == "External"
        path = target if outside else target.lstrip("/") if target.startswith("/") else str(place.parent / target)
        related[one.attrib["Id"]] = (one.attrib["Type"].rsplit("/", 1)[-1], path)
    return related


def _tree(file: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """A small part as a tree; one with a document type, which no workbook has, is refused."""
    with _part(file, name) as stream:
        text = stream.read(_PART)
    if b"<!DOCTYPE" in text:
        raise zipfile.BadZipFile("a document type")
    return ElementTree.fromstring(text)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
