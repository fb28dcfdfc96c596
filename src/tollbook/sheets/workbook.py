"""XLSX: a zip of XML files, of which one worksheet is read, row by row.

Input: a file, and the name of a worksheet where there are several. Output: a `Worksheet`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath

from tollbook.errors import InputError
from tollbook.sheets.cells import Linked, shown
from tollbook.sheets.grid import Found, Grid
from tollbook.sheets.merges import tail_of
from tollbook.sheets.packed import ADVICE, packed, part, tree
from tollbook.sheets.strings import Strings
from tollbook.sheets.styles import Styles, styles_of
from tollbook.sheets.worksheet import Lines, Worksheet, chosen, headed
from tollbook.values import dataclass

_KIND = "XLSX"
Links = Mapping[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Book:
    """The parts of a workbook: where worksheets, texts and styles lie in the zip, whether days count from 1904."""

    sheets: dict[str, str]
    hidden: frozenset[str]
    strings: str | None
    styles: str | None
    since_1904: bool


def open_workbook(path: Path, worksheet: str | None) -> Worksheet:
    """The worksheet of that name, or the only one; the choices are told where it is not clear."""
    with packed(path, _KIND) as file:
        book = _book(path, file)
        name = chosen(path, list(book.sheets), book.hidden, worksheet)
        with part(file, book.sheets[name]) as stream:
            merges, named_links = tail_of(stream)
        links = _addresses(file, book.sheets[name], named_links)
    lines = partial(_lines, path, book, book.sheets[name], links)
    with lines(Found()) as rows:
        first, headings = headed(path, rows, merges)
    return Worksheet(path, name, headings, first, merges, len(links), lines)


@contextmanager
def _lines(path: Path, book: Book, name: str, links: Links, found: Found) -> Iterator[Lines]:
    """The rows of a worksheet, with the texts and styles that its cells refer to."""
    with packed(path, _KIND) as file, Strings() as strings:
        styles = styles_of(tree(file, book.styles)) if book.styles else Styles()
        if book.strings:
            with part(file, book.strings) as texts:
                strings.fill(texts)
        with part(file, name) as stream:
            yield _linked(Grid(stream, strings, styles, book.since_1904, found, str(path)).rows(), links)


def _linked(rows: Lines, links: Links) -> Lines:
    """The rows, their cells with the addresses that they lead to."""
    for number, cells in rows:
        for at in cells if links else ():
            if (number, at) in links:
                cells[at] = Linked.to(shown(cells[at]), links[number, at])
        yield number, cells


# ---- the parts ----


def _book(path: Path, file: zipfile.ZipFile) -> Book:
    """What a workbook holds, by its own relations; InputError for a zip that is none."""
    roots = _related(file, "") if "_rels/.rels" in file.namelist() else {}
    main = next((target for kind, target in roots.values() if kind == "officeDocument"), None)
    if main is None or not main.endswith(".xml"):
        binary = main is not None and main.endswith(".bin")
        other = "a binary Excel file (.xlsb)" if binary else "no XLSX, but another kind of zip"
        raise InputError(f"is {other}", what=str(path), advice=ADVICE)
    top, related = tree(file, main), _related(file, main)
    sheets, hidden = {}, set()
    for one in (each for each in top.iter() if _local(each.tag) == "sheet"):
        link = next((value for key, value in one.attrib.items() if key.endswith("}id")), "")
        kind, target = related[link]
        if kind == "worksheet":
            sheets[one.attrib["name"]] = target
            hidden |= {one.attrib["name"]} if one.attrib.get("state", "visible") != "visible" else set()
    if not sheets:
        raise InputError("has no worksheet", what=str(path), advice=ADVICE)
    of = dict(related.values())
    since = any(
        _local(each.tag) == "workbookPr" and each.attrib.get("date1904") in ("1", "true") for each in top.iter()
    )
    return Book(sheets, frozenset(hidden), of.get("sharedStrings"), of.get("styles"), since)


def _addresses(file: zipfile.ZipFile, name: str, links: dict[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    """The web addresses to which cells lead."""
    place = PurePosixPath(name)
    if not links or str(place.parent / "_rels" / f"{place.name}.rels") not in file.namelist():
        return {}
    targets = {name: target for name, (kind, target) in _related(file, name).items() if kind == "hyperlink"}
    found = {at: targets.get(name, "") for at, name in links.items()}
    return {at: target for at, target in found.items() if target.lower().startswith(("http://", "https://"))}


def _related(file: zipfile.ZipFile, name: str) -> dict[str, tuple[str, str]]:
    """The (kind, path in the zip) of what a part refers to, by id."""
    place = PurePosixPath(name)
    top = tree(file, str(place.parent / "_rels" / f"{place.name}.rels") if name else "_rels/.rels")
    related = {}
    for one in top:
        target = one.attrib["Target"]
        outside = one.attrib.get("TargetMode") == "External"
        path = target if outside else target.lstrip("/") if target.startswith("/") else str(place.parent / target)
        related[one.attrib["Id"]] = (one.attrib["Type"].rsplit("/", 1)[-1], path)
    return related


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
