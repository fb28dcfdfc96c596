"""The layers beneath the claims, written report by report while reports are read, so that no run holds them all.

Input: reports in the order of their ids. Output: `statements.jsonl` and `annotations.jsonl` in a folder, and the
readings without what only those files need. A worker sends lines of JSON, ready to be written, not values.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tollbook.model import Reading, Report
from tollbook.pipeline.analyse import Overlays, Progress, read_each, read_one
from tollbook.pipeline.tables import layer_tables
from tollbook.rows import encoded

LAYERS = ("statements", "annotations")


@dataclass(frozen=True, slots=True)
class _Told:
    """One report, read: what incidents and findings need of it, and for each layer its lines and how many."""

    reading: Reading
    layers: tuple[tuple[bytes, int], ...]


def _tell(report: Report, places: Path | None) -> _Told:
    reading = read_one(report, places)
    layers = tuple(
        (encoded("".join(f"{text}\n" for text in table.lines)), len(table.lines))
        for table in layer_tables(report, reading)
    )
    return _Told(replace(reading, statements=(), numbers=(), ignored=()), layers)


def write_layers(
    reports: Sequence[Report], folder: Path, overlays: Overlays, jobs: int | None, progress: Progress
) -> tuple[list[Reading], dict[str, int]]:
    """The readings of some reports, and the rows in each layer's file, which is in `folder` when this returns."""
    readings: list[Reading] = []
    counts = dict.fromkeys(LAYERS, 0)
    with ExitStack() as stack:
        files = [stack.enter_context((folder / f"{name}.jsonl").open("wb")) for name in LAYERS]
        for told in read_each(partial(_tell, places=overlays.places), reports, jobs):
            readings.append(told.reading)
            for name, file, (lines, count) in zip(LAYERS, files, told.layers, strict=True):
                file.write(lines)
                counts[name] += count
            progress("reading reports", len(readings), len(reports))
    return readings, counts
