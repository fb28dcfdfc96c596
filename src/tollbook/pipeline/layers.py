"""Reports are read one by one, and what was read is put aside: a run holds neither readings nor layers.

Input: reports in the order of their ids. Output: their readings on a shelf, and where they are asked for the layers
beneath the claims, `statements.jsonl` and `annotations.jsonl`, in a folder. A worker sends bytes, ready to be written,
not values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from tollbook.model import Reading, Report
from tollbook.pipeline.analyse import Overlays, Progress, read_each, read_one
from tollbook.pipeline.shelf import Shelf, packed, unpacked
from tollbook.pipeline.tables import layer_tables
from tollbook.rows import encoded

LAYERS = ("statements", "annotations")


@dataclass(frozen=True, slots=True)
class Readings:
    """What was read in each report, on disk; the offices that reports give to persons; rows in each layer's file."""

    shelf: Shelf
    offices: list[tuple[str, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, number: int) -> Reading:
        reading: Reading = unpacked(self.shelf[number])
        return reading

    def __iter__(self) -> Iterator[Reading]:
        return map(self.__getitem__, range(len(self.shelf)))


@dataclass(frozen=True, slots=True)
class _Told:
    """One report, read: what incidents and findings need of it, and for each layer its lines and how many."""

    reading: bytes
    offices: tuple[tuple[str, str], ...]
    layers: tuple[tuple[bytes, int], ...]


def _tell(report: Report, places: Path | None, layered: bool) -> _Told:
    reading = read_one(report, places)
    layers = tuple(
        (encoded("".join(f"{text}\n" for text in table.lines)), len(table.lines))
        for table in (layer_tables(report, reading) if layered else ())
    )
    return _Told(packed(replace(reading, statements=(), numbers=(), around=(), ignored=())), reading.offices, layers)


def read_aside(
    reports: Sequence[Report],
    folder: Path,
    shelf: Shelf,
    overlays: Overlays,
    jobs: int | None,
    progress: Progress,
    *,
    layered: bool,
) -> Readings:
    """The readings of some reports on `shelf`; with `layered` the files of the layers are in `folder` afterwards."""
    names = LAYERS if layered else ()
    readings = Readings(shelf, counts=dict.fromkeys(names, 0))
    with ExitStack() as stack:
        files = [stack.enter_context((folder / f"{name}.jsonl").open("wb")) for name in names]
        for told in read_each(partial(_tell, places=overlays.places, layered=layered), reports, jobs):
            shelf.put(told.reading)
            readings.offices.extend(told.offices)
            for name, file, (lines, count) in zip(names, files, told.layers, strict=True):
                file.write(lines)
                readings.counts[name] += count
            progress("reading reports", len(shelf), len(reports))
    return readings
