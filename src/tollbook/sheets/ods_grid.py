"""The cells of the worksheets of an OpenDocument file, row by row, as its XML has them.

Input: the stream of `content.xml`. Output: the rows of one worksheet; what worksheets there are, their merged ranges
and links. Worked: `<table:table-cell office:value-type="date" office:date-value="2031-05-04">` is a day;
`table:number-columns-repeated="3"` makes three cells of one; a row that is repeated a million times is held once.
Comments, drawings, earlier versions of cells and what lies beneath a merged cell are no cells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache
from typing import IO

from tollbook.errors import InputError
from tollbook.sheets.cells import Cell, Linked, shown
from tollbook.sheets.grid import Found, column_letters
from tollbook.sheets.markup import heard, whole
from tollbook.sheets.merges import Merged
from tollbook.sheets.ods_values import FORMULA, value_of
from tollbook.sheets.packed import ADVICE
from tollbook.sheets.worksheet import Lines
from tollbook.values import dataclass

_ROWS, _COLUMNS = 1_048_576, 16_384
# So many cells, and so many merged ranges, may be written once and meant again: a small file could mean any number.
_REPEATED, _MERGES = 20_000_000, 100_000
_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_BLANKS = 1_000
_SPACE = re.compile(r"urn:oasis:names:tc:opendocument:xmlns:(\w+):1\.0")
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_COUNT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 c"
_LINK = "http://www.w3.org/1999/xlink href"
# What stands in a worksheet or beside it and is none of its cells.
_ASIDE = frozenset(
    ("office:annotation", "office:forms", "table:dde-links", "table:scenario", "table:shapes", "table:tracked-changes",
     "text:note", "text:ruby-text")
)  # fmt: skip
_BLANKS = {"text:tab": "\t", "text:line-break": "\n"}


@dataclass(slots=True)
class Table:
    """What is to be known of a worksheet beside its rows; `links` is how many cells lead to an address."""

    is_hidden: bool
    merges: list[Merged] = field(default_factory=list)
    links: int = 0


@dataclass(slots=True)
class OdsGrid:
    """Hears a file and gathers the rows of the worksheet `wanted`, of none where it is None; `tables` are all."""

    stream: IO[bytes]
    found: Found
    path: str
    wanted: str | None = None
    tables: dict[str, Table] = field(default_factory=dict)
    done: list[tuple[int, int, dict[int, Cell]]] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    style: str = ""
    table: Table | None = None
    is_wanted: bool = False
    is_over: bool = False
    aside: int = 0
    number: int = 1
    again: int = 1
    column: int = 0
    cells: dict[int, Cell] | None = None
    has_covered: bool = False
    given: Mapping[str, str] | None = None
    paragraphs: int = 0
    parts: list[str] = field(default_factory=list)
    url: str = ""
    repeated: int = 0

    def rows(self) -> Lines:
        """The rows that hold anything, in order; empty cells are left out. A repeated row is made as it is taken."""
        for _ in heard(self.stream, self._start, self._end, self._text, separator=" "):
            for number, again, cells in self.done:
                for at in range(number, number + again):
                    yield at, cells.copy()
            self.done = []
            if self.is_over:
                return

    # ---- elements ----

    def _start(self, name: str, given: Mapping[str, str]) -> None:
        kind = _short(name)
        if self.aside or kind in _ASIDE or kind.startswith("drawing:") or (kind == "table:table" and self.table):
            self.aside += 1
        elif kind in ("table:table-cell", "table:covered-table-cell"):
            self.given, self.parts, self.url, self.paragraphs = given, [], "", 0
        elif kind in ("text:p", "text:h"):
            self.parts += ["\n"] if self.parts else []
            self.paragraphs += 1
        elif kind == "table:table-row":
            self.again, self.column, self.cells, self.has_covered = (
                _many(given, f"{_TABLE}number-rows-repeated"),
                0,
                {},
                False,
            )
        elif kind == "table:table":
            self._open_table(given)
        elif kind.startswith("text:"):
            self._in_text(kind, given)
        elif kind == "style:style":
            self.style = given.get(f"{_STYLE}name", "")
        elif kind == "style:table-properties" and given.get(f"{_TABLE}display") == "false":
            self.hidden.add(self.style)

    def _open_table(self, given: Mapping[str, str]) -> None:
        name = given.get(f"{_TABLE}name", "")
        self.table = self.tables[name] = Table(given.get(f"{_TABLE}style-name") in self.hidden)
        self.is_wanted, self.number = name == self.wanted, 1

    def _in_text(self, kind: str, given: Mapping[str, str]) -> None:
        """A blank, or a link; what fonts a text is in does not matter."""
        if kind == "text:s":
            self.parts.append(" " * min(_many(given, _COUNT), _MOST_BLANKS))
        elif kind == "text:a" and not self.url:
            leads = given.get(_LINK, "")
            self.url = leads if leads.lower().startswith(("http://", "https://")) else ""
        else:
            self.parts += [_BLANKS[kind]] if kind in _BLANKS else []

    def _text(self, text: str) -> None:
        if self.paragraphs and not self.aside:
            self.parts.append(_SPACES.sub(" ", text))

    def _end(self, name: str) -> None:
        if self.aside:
            self.aside -= 1
            return
        kind = _short(name)
        if kind in ("text:p", "text:h"):
            self.paragraphs -= 1
        elif kind == "table:table-cell":
            self._close_cell()
        elif kind == "table:covered-table-cell" and self.given is not None:
            self.column, self.has_covered = self.column + _columns(self.given), True
            self.given = None
        elif kind == "table:table-row":
            self._close_row()
        elif kind == "table:table":
            self.table, self.is_over = None, self.is_over or self.is_wanted

    # ---- cells and rows ----

    def _close_cell(self) -> None:
        given, table = self.given, self.table
        if given is None or table is None or self.cells is None:
            return
        first, many = self.column, _columns(given)
        self.column, self.given = first + many, None
        cell = self._cell(given, f"{column_letters(first)}{self.number}")
        self._merge(table, first, given)
        if cell is None or cell == "":
            return
        table.links += bool(self.url)
        if first + many > _COLUMNS:
            raise InputError(f"has a cell beyond column {column_letters(_COLUMNS - 1)}", what=self.path, advice=ADVICE)
        value = Linked.to(shown(cell), self.url) if self.url else cell
        self.cells.update(dict.fromkeys(range(first, first + many), value))
        self._repeat(many - 1)

    def _cell(self, given: Mapping[str, str], where: str) -> Cell:
        """The value of the cell that ends, None for an empty one."""
        cell, computed = value_of(given, whole(self.parts).strip())
        if FORMULA in given:
            self.found.formula(where, computed) if self.is_wanted else None
            return cell if computed else f"={given[FORMULA].partition('=')[2]}"
        return cell

    def _merge(self, table: Table, left: int, given: Mapping[str, str]) -> None:
        """A range that the cell spans, in each row that its row stands for."""
        wide, tall = (_many(given, f"{_TABLE}number-{what}-spanned") for what in ("columns", "rows"))
        if wide == tall == 1:
            return
        right = left + wide - 1
        for top in range(self.number, self.number + self.again):
            bottom = min(top + tall - 1, _ROWS)
            if len(table.merges) >= _MERGES:
                raise InputError(f"has more than {_MERGES:,} merged ranges", what=self.path, advice=ADVICE)
            name = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
            table.merges.append(Merged(top, left, bottom, right, name))

    def _close_row(self) -> None:
        if self.table is None or self.cells is None:
            return
        if self.cells or self.has_covered:
            self._repeat((self.again - 1) * (len(self.cells) or 1))
            if self.number + self.again - 1 > _ROWS:
                raise InputError(f"has more than {_ROWS:,} rows", what=self.path, advice=ADVICE)
            if self.is_wanted:
                self.done.append((self.number, self.again, self.cells))
        self.number += self.again
        self.cells = None

    def _repeat(self, more: int) -> None:
        self.repeated += more
        if self.repeated > _REPEATED:
            raise InputError(f"repeats its cells more than {_REPEATED:,} times", what=self.path, advice=ADVICE)


def _many(given: Mapping[str, str], name: str) -> int:
    """How often something stands there, or over how much it reaches; 1 where nothing is said."""
    return min(max(1, int(given.get(name, 1))), _ROWS)


def _columns(given: Mapping[str, str]) -> int:
    return _many(given, f"{_TABLE}number-columns-repeated")


@lru_cache(1_000)
def _short(name: str) -> str:
    """ "urn:oasis:names:tc:opendocument:xmlns:table:1.0 table-row" is "table:table-row"."""
    space, _, local = name.rpartition(" ")
    found = _SPACE.fullmatch(space)
    return f"{found[1]}:{local}" if found else local
