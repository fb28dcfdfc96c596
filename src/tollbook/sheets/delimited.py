"""CSV and its kin: rows of text whose cells are set apart by commas, semicolons, tabs or bars.

Input: a file. Output: a `Sheet` of text. The delimiter is told by the headings. Text is UTF-8, or UTF-16 with a mark
at its start; what is neither is read as Windows-1252, the usual of others, and told. A copy has the same delimiter.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tollbook.errors import InputError
from tollbook.sheets.cells import Cells, Copy, named, shown
from tollbook.text import harmless, is_signed
from tollbook.values import dataclass

_DELIMITERS = ",;\t|"
# The longest text that a cell may hold.
_CELL = 10_000_000
_PIECE = 1 << 20
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF8: "utf-8-sig"}


@dataclass(frozen=True, slots=True)
class Delimited:
    """A file of rows of text: its headings, what sets its cells apart, its encoding."""

    path: Path
    headings: tuple[str, ...]
    delimiter: str
    encoding: str
    suffix: str = ".csv"

    @property
    def notes(self) -> Sequence[str]:
        guessed = self.encoding == "cp1252"
        return ["is no UTF-8; it was read as Windows-1252: look at letters with accents"] if guessed else []

    def rows(self) -> Iterator[Cells]:
        """The rows in order; one with more cells than headings is refused by its number."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            lines = csv.reader(file, delimiter=self.delimiter, strict=True)
            try:
                next(lines)
                for number, cells in enumerate(lines, start=2):
                    if len(cells) > len(self.headings):
                        raise InputError(
                            f"row {number} has {len(cells)} cells, the headings {len(self.headings)}",
                            what=str(self.path),
                            advice="save the sheet as CSV again, with quotation marks round cells that hold commas",
                        )
                    yield dict(zip(self.headings, [*cells, *[""] * (len(self.headings) - len(cells))], strict=True))
            except csv.Error as error:
                raise InputError(f"line {lines.line_num} is no CSV ({error})", what=str(self.path)) from error

    def place(self, number: int, heading: str) -> str:
        """ "row 5, Killed": the headings are row 1."""
        return f"row {number + 1}, {heading}"

    @contextmanager
    def copy(self, out: Path, more: Sequence[str]) -> Iterator[Copy]:
        """The same as UTF-8, with a mark where this has one."""
        encoding = "utf-8-sig" if self.encoding == "utf-8-sig" else "utf-8"
        with out.open("w", encoding=encoding, newline="") as file:
            copy = _Copy(csv.writer(file, delimiter=self.delimiter))
            copy.cells((*self.headings, *more))
            yield copy


@dataclass(frozen=True, slots=True)
class _Copy:
    writer: Any  # the csv module doesn't name its type

    def row(self, cells: Cells, more: Sequence[str]) -> None:
        self.cells([*map(shown, cells.values()), *more])

    def cells(self, texts: Sequence[str]) -> None:
        self.writer.writerow([text if is_signed(text) else harmless(text) for text in texts])


def open_delimited(path: Path) -> Delimited:
    """The sheet in a text file; InputError where it is none."""
    csv.field_size_limit(_CELL)
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        head = file.readline(_CELL)
        heads = {sign: next(csv.reader([head], delimiter=sign), []) for sign in _DELIMITERS}
        delimiter = max(_DELIMITERS, key=lambda sign: len(heads[sign]))
        file.seek(0)
        headings = next(csv.reader(file, delimiter=delimiter), [])
    return Delimited(path, named(headings, path), delimiter, encoding)


def _encoding(path: Path) -> str:
    """The encoding of a whole file: as its mark says, else UTF-8, else Windows-1252; InputError for no text."""
    with path.open("rb") as file:
        head = file.read(4)
        marked = next((name for mark, name in _MARKS.items() if head.startswith(mark)), None)
        for encoding in [marked] if marked else ["utf-8", "cp1252"]:
            file.seek(0)
            if _decodes(iter(lambda: file.read(_PIECE), b""), encoding):
                return encoding
    raise InputError("is no text that can be read", what=str(path), advice="save it as CSV in UTF-8")


def _decodes(pieces: Iterator[bytes], encoding: str) -> bool:
    """True where all bytes are text of an encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        if any("\0" in decoder.decode(piece) for piece in pieces):
            return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
