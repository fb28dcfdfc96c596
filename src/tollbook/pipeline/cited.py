"""The sources that a sheet cites, each read once, however many rows cite it.

Input: the sources by their name in the sheet, and where local copies lie. Output: `Sources`, which has what each says,
or why it can't be read. A source is an address, a path within a folder, a file's name without its ending, or the id or
address of a row of a JSONL file. What is read waits on disk, masked, so that a million rows need little memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from tollbook.audit import Account, account
from tollbook.dossiers.checked import Cited, alone
from tollbook.dossiers.context import Context
from tollbook.dossiers.value import Words
from tollbook.errors import InputError
from tollbook.lexicon import load, load_taxonomy
from tollbook.model import Reading, Report, Span
from tollbook.pipeline.analyse import Progress, read_all, source_book
from tollbook.pipeline.shelf import Shelf, packed, unpacked
from tollbook.reports import Failure, InputOptions, read_each, read_inputs
from tollbook.values import dataclass

# What is held at a time: reports and their characters while they are read, bytes of packed accounts while rows are
# judged (they take some ten times as many unpacked).
_PORTION, _CHARACTERS = 500, 20_000_000
_HELD = 20_000_000
# Between sources: an address may hold a semicolon of its own.
_BETWEEN = re.compile(r"\s*[\n|]\s*|\s*;(?=\s|https?://|$)\s*|\s+(?=https?://)")


@lru_cache(100_000)
def named_in(text: str) -> tuple[str, ...]:
    """The sources in a cell: "a.html; b.html" are two."""
    parts = _BETWEEN.split(text.strip())
    return tuple(one.strip() for part in parts for one in ([part] if is_url(part) else part.split(";")) if one.strip())


def is_url(source: str) -> bool:
    return urlsplit(source).scheme in ("http", "https")


@dataclass(slots=True)
class Sources:
    """What is read of each source: a place on the shelves, or why it can't be read."""

    accounts: Shelf
    texts: Shelf
    at: dict[str, int] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    held: dict[str, tuple[Account, int]] = field(default_factory=dict)
    size: int = 0
    last: tuple[str, Report, Context] | None = None

    def account(self, source: str) -> Account | None:
        """What a source says, None where it can't be read; what was asked for is held until it is too much."""
        held = self.held.get(source)
        if held is not None or source not in self.at:
            return held[0] if held else None
        data = self.accounts[self.at[source]]
        self.held[source] = (unpacked(data), len(data))
        self.size += len(data)
        while self.size > _HELD and len(self.held) > 1:
            self.size -= self.held.pop(next(iter(self.held)))[1]
        return self.held[source][0]

    def words(self, source: str, span: Span) -> Words:
        """Words of a source in their sentence, names masked."""
        report, told = self._text(source)
        return told.quotes.words(report, span)

    def shown(self, source: str) -> Cited:
        """A source as it may be shown: one that can't be read has nobody's name but what the sheet gives it."""
        if source not in self.at:
            return Cited(source, source if is_url(source) else None)
        masker = self._text(source)[1].masker
        if not is_url(source):
            return Cited(masker.file(source))
        url, host, _ = masker.url(source)
        return Cited(url or host, url)

    def _text(self, source: str) -> tuple[Report, Context]:
        """A report, and what may be shown of it; the last one asked for is kept."""
        if self.last is None or self.last[0] != source:
            report, reading = unpacked(self.texts[self.at[source]])
            self.last = (source, report, alone(report, reading, source_book()))
        return self.last[1:]

    def put(self, source: str, report: Report, reading: Reading) -> None:
        """Keep what was read of a source, the words of its figures masked."""
        self.at[source] = len(self.accounts)
        self.accounts.put(packed(account(report, _masked(report, reading), load("en"), load_taxonomy())))
        self.texts.put(packed((report, reading)))


def _masked(report: Report, reading: Reading) -> Reading:
    """A reading whose words hold no private person's name: they go into the sheet."""
    told = alone(report, reading, source_book())
    claims = [replace(claim, said=_in_one_line(told.quotes.words(report, claim.span).said)) for claim in reading.claims]
    numbers = [
        replace(number, said=_in_one_line(told.quotes.words(report, number.span).said)) for number in reading.numbers
    ]
    return replace(reading, claims=tuple(claims), numbers=tuple(numbers))


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


# ---- reading ----


def read_sources(
    sources: Sources,
    cited: Sequence[str],
    place: Path,
    options: InputOptions,
    jobs: int | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> None:
    """Read each cited source, from a folder or a JSONL file of local copies, else from its address."""
    found = _told(_found(cited, place, options), len(cited), progress)
    for portion in _portions(found):
        reports = [(source, one) for source, one in portion if isinstance(one, Report)]
        sources.failed.update((source, one) for source, one in portion if isinstance(one, str))
        for (source, report), reading in zip(reports, read_all([r for _, r in reports], jobs=jobs), strict=True):
            sources.put(source, report, reading)


def _portions(found: Iterator[tuple[str, Report | str]]) -> Iterator[list[tuple[str, Report | str]]]:
    """The same in pieces that a process can hold."""
    portion, size = [], 0
    for source, one in found:
        portion.append((source, one))
        size += len(one.text) if isinstance(one, Report) else 0
        if len(portion) >= _PORTION or size >= _CHARACTERS:
            yield portion
            portion, size = [], 0
    yield portion


def _told(
    found: Iterator[tuple[str, Report | str]], total: int, progress: Progress
) -> Iterator[tuple[str, Report | str]]:
    """The same, with progress after each: an address takes its time."""
    for done, one in enumerate(found, start=1):
        yield one
        progress("reading sources", done, total)


def _found(cited: Sequence[str], place: Path, options: InputOptions) -> Iterator[tuple[str, Report | str]]:
    """Each source with its report, or with why there is none."""
    names = _by_name(place) if place.is_dir() else {}
    paths = {source: _path(source, place, names) for source in cited if not is_url(source)}
    inputs = {source: path for source, path in paths.items() if isinstance(path, str)}
    rest = dict.fromkeys(source for source in cited if source not in inputs)
    for rows in [place] if place.is_file() else sorted(place.glob("*.jsonl")):
        for source, report in _rows(rows, dict(rest), options) if rest else ():
            del rest[source]
            yield source, report
    yield from ((source, str(paths[source])) for source in rest if source in paths)
    inputs |= {source: source for source in rest if is_url(source)}
    for source, (given, items) in zip(inputs, read_each(inputs.values(), options), strict=True):
        found = _only(source, items)
        yield source, found.replace(given, source) if isinstance(found, str) else found  # no one's folders are told


def _rows(place: Path, cited: Mapping[str, None], options: InputOptions) -> Iterator[tuple[str, Report]]:
    """The cited rows of a JSONL file of reports, by id or by address; the first of several."""
    taken = set()
    for item in read_inputs([str(place)], options):
        if isinstance(item, Report):
            for name in (item.id, item.url):
                if name is not None and name in cited and name not in taken:
                    taken.add(name)
                    yield name, replace(item, id=name)


def _path(source: str, folder: Path, names: Mapping[str, Sequence[str]]) -> str | InputError:
    """The file that a path or an id means; a stranger's sheet opens no file outside the folder."""
    if folder.is_file():
        return InputError(f"stands in no row of {folder.name}", what=source)
    try:
        path = (folder / source).resolve()
        inside, there = path.is_relative_to(folder.resolve()), path.exists()
    except (OSError, ValueError):
        return InputError("is no name of a file", what=source[:200])
    if not inside:
        return InputError("lies outside the folder of sources", what=source, advice="name that folder by --sources")
    same = names.get(source, ())
    if not there and len(same) == 1:
        return str(folder / same[0])
    if not there:
        also = f": {', '.join(same)}" if same else ""
        told = f"{len(same)} files have that name{also}" if same else "no such file"
        return InputError(told, what=source, advice="name the folder of sources by --sources")
    return str(path)


def _by_name(folder: Path) -> dict[str, list[str]]:
    """The files of a folder by their name without its ending, but for those that only tell of another (`dam.json`)."""
    names: dict[str, list[str]] = {}
    for item in sorted(folder.iterdir(), key=lambda item: (item.suffix == ".json", item.name)):
        if item.is_file() and not (item.suffix == ".json" and item.stem in names):
            names.setdefault(item.stem, []).append(item.name)
    return names


def _only(source: str, items: Iterable[Report | Failure]) -> Report | str:
    """The one report that a source holds, under the name that the sheet gives it."""
    items = list(items)
    failure = next((item for item in items if isinstance(item, Failure)), None)
    if failure is not None:
        return str(failure)
    if len(items) != 1:
        return f"{source}: holds {len(items)} reports, where one is cited"
    return next(replace(item, id=source) for item in items if isinstance(item, Report))
