"""INPUTs become reports: files, folders, JSONL, standard input and URLs.

Input: the INPUTs as a user gave them. Output: a `Report` or a `Failure` for each thing in them, in a fixed order:
`read_inputs(["reports.jsonl", "pages/", "-"])`. What can't be read is told in one line and the rest goes on.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from tollbook.errors import InputError, TollbookError
from tollbook.model import Notice, Report
from tollbook.reports.archive import Archive
from tollbook.reports.captures import is_web_archive, read_web_archive
from tollbook.reports.clashes import First, Gathered, settle
from tollbook.reports.custody import custody_of
from tollbook.reports.formats import ROWS, suffix_of
from tollbook.reports.items import item_of
from tollbook.reports.options import Failure, InputOptions
from tollbook.reports.particulars import read_sidecar
from tollbook.reports.rows import read_rows
from tollbook.reports.sources import How, Item, Particulars, Raw
from tollbook.reports.walk import Found, check_file, one_file, printable, read_bytes, regular, unreadable, walk
from tollbook.values import dataclass

if TYPE_CHECKING:
    from tollbook.reports.fetch import Fetcher

STDIN = "-"
_OTHER_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_ROW = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*(?:"|\}\s*$)')
_ROW_TYPES = frozenset(
    {"application/jsonl", "application/x-ndjson", "application/x-jsonlines", "application/jsonlines"}
)
_ARCHIVE_TYPES = frozenset({"application/warc", "application/wacz", "application/x-wacz"})
# A pipe can't be told by its name; any other gzipped thing would be refused as binary data anyway.
_WARC = (b"WARC/", b"\x1f\x8b")


def read_inputs(inputs: Sequence[str], options: InputOptions | None = None) -> Iterator[Report | Failure]:
    """The reports of all INPUTs, streamed; of two with one id, the first stands and the second is a failure.

    Where the order of inputs must not matter, use `gather`.
    """
    first = First()
    reader = _reader(options)
    for item in reader.items(inputs):
        noted = item if isinstance(item, Failure) else reader.noted(item)
        yield noted if isinstance(noted, Failure) else first.check(noted)


def gather(
    inputs: Sequence[str], options: InputOptions | None = None, tick: Callable[[int], None] | None = None
) -> Gathered:
    """All reports of all INPUTs, by id, and all failures: the same whatever the order of files and lines.

    `tick` is told how many things have been read so far, after each. The archive, where there is one, keeps bytes and
    texts; how they were obtained is left to the caller, who has a log to tell it too.
    """
    reader = _reader(options)
    gathered = settle(_ticking(reader.items(inputs), tick))
    if reader.archive:
        reader.archive.flush()
    return gathered


def read_each(
    inputs: Iterable[str], options: InputOptions | None = None
) -> Iterator[tuple[str, list[Report | Failure]]]:
    """Each INPUT with what it holds, in order, by one reader: a host is asked no faster for many URLs than for few."""
    reader = _reader(options)
    for given in inputs:
        items = [item if isinstance(item, Failure) else reader.noted(item) for item in reader.items([given])]
        yield given, [item if isinstance(item, Failure) else item.report for item in items]


def _ticking(items: Iterator[Item | Failure], tick: Callable[[int], None] | None) -> Iterator[Item | Failure]:
    for number, item in enumerate(items, start=1):
        yield item
        if tick:
            tick(number)


def _reader(options: InputOptions | None) -> _Reader:
    options = options or InputOptions()
    return _Reader(options, Archive(options.archive) if options.archive else None)


@dataclass(slots=True)
class _Reader:
    """Reads one INPUT after the other; knows the options, the archive, and the fetcher once there is a URL."""

    options: InputOptions
    archive: Archive | None
    _fetcher: Fetcher | None = None

    def read(self, given: str) -> Iterator[Item | Failure]:
        """All that one INPUT holds; whatever can't be read is a failure that names it."""
        name = "standard input" if given == STDIN else printable(given)
        if not given.strip():
            yield Failure("''", InputError("an empty name is no input", what="''"))
            return
        try:
            if given == STDIN:
                yield from self._stream(self.options.stdin or sys.stdin.buffer, name, "stdin")
            elif given.lower().startswith(("http://", "https://")):
                yield from self._url(given)
            elif _OTHER_URL.match(given) and not Path(given).exists():
                advice = "give an http or https URL, or the path of a file"
                yield Failure(name, InputError("no URL that can be fetched", what=name, advice=advice))
            else:
                yield from self._path(Path(given), name)
        except OSError as error:
            yield Failure(name, unreadable(error, name))
        except TollbookError as error:
            yield Failure(name, error)

    def items(self, inputs: Iterable[str]) -> Iterator[Item | Failure]:
        """All that the INPUTs hold, once the archive holds bytes and texts."""
        for given in inputs:
            for item in self.read(given):
                yield item if isinstance(item, Failure) else self._kept(item)

    def _kept(self, item: Item) -> Item | Failure:
        if self.archive is None:
            return item
        try:
            self.archive.keep(item.raw, item.report)
        except TollbookError as error:
            return Failure(item.name, error)
        return replace(item, custody=custody_of(item.raw, item.report, self.options.who, self.options.when))

    def noted(self, item: Item) -> Item | Failure:
        """The item, once the archive says how it was obtained: for callers without a log."""
        try:
            if self.archive and item.custody:
                self.archive.note(item.custody)
                self.archive.flush()
        except TollbookError as error:
            return Failure(item.name, error)
        return item

    def _path(self, path: Path, name: str) -> Iterator[Item | Failure]:
        if path.is_dir():
            nothing = True
            for found in walk(path):
                nothing = nothing and isinstance(found, Failure) and found.skipped
                yield from [found] if isinstance(found, Failure) else self._placed(found)
            if nothing:
                raise InputError("a folder without reports", what=name)
        elif regular(path):
            yield from self._placed(one_file(path))
        else:  # a pipe that the shell made for <(command)
            with path.open("rb") as stream:
                yield from self._stream(stream, name, "file")

    def _placed(self, found: Found) -> Iterator[Item | Failure]:
        place = printable(str(found.path))
        for item in self._file(found):
            yield item if isinstance(item, Failure) else replace(item, place=place)

    def _file(self, found: Found) -> Iterator[Item | Failure]:
        try:
            check_file(found, self.options.max_size)
            if found.is_rows:
                with found.path.open("rb") as stream:
                    yield from read_rows(stream, found.name, self.options)
                return
            if found.is_web_archive:
                yield from read_web_archive(found.path, found.name, self.options)
                return
            data = read_bytes(found.path, self.options.max_size)
        except OSError as error:
            yield Failure(found.name, unreadable(error, found.name, found.path))
            return
        except TollbookError as error:
            yield Failure(found.name, error)
            return
        known: Particulars = Particulars()
        notices: tuple[Notice, ...] = ()
        if found.sidecar:
            try:
                known, notices = read_sidecar(found.sidecar, found.sidecar_name)
            except TollbookError as error:
                yield Failure(found.sidecar_name, error)
        yield item_of(Raw(found.name, data), known, self.options, notices, report_id=found.name)

    def _stream(self, stream: IO[bytes], name: str, how: How) -> Iterator[Item | Failure]:
        """Standard input or a pipe: rows where its first line looks like one, a WARC, else one text, page or PDF."""
        first = stream.readline(self.options.max_size + 1)
        if _ROW.match(first):
            yield from read_rows(stream, name, self.options, first)
        elif first.startswith(_WARC):
            with _spooled(first, stream) as path:
                yield from read_web_archive(path, name, self.options)
        else:
            rest = stream.read(max(0, self.options.max_size + 1 - len(first)))
            yield item_of(Raw(name, first + rest, how), Particulars(), self.options)

    def _url(self, url: str) -> Iterator[Item | Failure]:
        if self._fetcher is None:
            from tollbook.reports.fetch import Fetcher  # httpx takes a quarter of a second to import

            self._fetcher = Fetcher(self.options)
        raw = self._fetcher.fetch(url)
        path = urlsplit(raw.url or "").path
        if suffix_of(raw.url or "") in ROWS or raw.media_type in _ROW_TYPES:
            yield from read_rows(io.BytesIO(raw.data), url, self.options)
        elif is_web_archive(path) or raw.media_type in _ARCHIVE_TYPES:
            with _spooled(raw.data, io.BytesIO(), ".wacz" if raw.data.startswith(b"PK") else ".warc") as file:
                yield from read_web_archive(file, url, self.options)
        else:
            yield item_of(raw, Particulars(url=raw.url), self.options)


@contextmanager
def _spooled(first: bytes, rest: IO[bytes], suffix: str = ".warc") -> Iterator[Path]:
    """A file for the time of a block, for what must be read twice."""
    with tempfile.NamedTemporaryFile(suffix=suffix) as file:
        file.write(first)
        shutil.copyfileobj(rest, file)
        file.flush()
        yield Path(file.name)
