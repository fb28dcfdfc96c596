"""What a caller may set about reading, and what comes back where an input can't be read.

Input: nothing. Output: `InputOptions` (the settings) and `Failure` (an input and its error), as in
`Failure("a.txt", InputError("empty: there is nothing to read", what="a.txt"))`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import BinaryIO

from tollbook import __version__
from tollbook.errors import TollbookError
from tollbook.lexicon.sources import SourceBook
from tollbook.values import dataclass

# A long report is a megabyte; what is fifty times that is a dump that nobody meant to give as one report.
MAX_SIZE = 50_000_000


@cache
def shipped_book() -> SourceBook:
    """The book of sources that comes with tollbook, read once."""
    return SourceBook.load()


@dataclass(frozen=True, slots=True)
class InputOptions:
    """Settings of reading.

    `max_size` in bytes bounds a file, a row of JSONL, a fetched page and an extracted text; `allow_hosts` are hosts
    ("127.0.0.1", "intranet.example") that may be fetched although their address is not a public one; `timeout` is the
    seconds a URL may take in all; `delay` the seconds between two requests to one host; `archive` the folder that keeps
    raw bytes and texts, None for none, and `who` and `when` what it says of who brought them in; `stdin` what `-`
    reads, None for the process's own; `sources` the book that knows agencies and spells their names, None for the one
    that comes with tollbook.
    """

    max_size: int = MAX_SIZE
    allow_hosts: frozenset[str] = frozenset()
    timeout: float = 30.0
    delay: float = 1.0
    user_agent: str = f"tollbook/{__version__}"
    archive: Path | None = None
    stdin: BinaryIO | None = None
    sources: SourceBook | None = None
    who: str | None = None
    when: str | None = None

    @property
    def book(self) -> SourceBook:
        return self.sources or shipped_book()


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read, as the user knows it ("pages.jsonl:7"), and why.

    `skipped` is true of what lies beside reports and is none (a picture in a folder): it is named, nothing has failed.
    """

    input: str
    error: TollbookError
    skipped: bool = False

    def __str__(self) -> str:
        return str(self.error)
