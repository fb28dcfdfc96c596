"""Reports are read one by one, and what was read is put aside: a run holds neither readings nor layers.

Input: reports in the order of their ids. Output: their outlines, their drafts on a shelf, and where they are asked for
the layers beneath the claims, `statements.jsonl` and `annotations.jsonl`, in a folder. A worker sends bytes, ready to
be written, not values.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import field
from functools import partial
from pathlib import Path

from tollbook.incidents import Draft, Outline
from tollbook.model import Report
from tollbook.pipeline.analyse import Overlays, Progress, outline, read_each, read_one
from tollbook.pipeline.shelf import Shelf, packed, unpacked
from tollbook.pipeline.tables import layer_tables
from tollbook.rows import encoded
from tollbook.values import dataclass

LAYERS = ("statements", "annotations")


@dataclass(frozen=True, slots=True)
class Readings:
    """What was read: each report's outline, its draft on disk, the offices that reports give to persons.

    `counts` are the rows in each layer's file.
    """

    drafts: Shelf
    outlines: list[Outline] = field(default_factory=list)
    offices: list[tuple[str, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def draft(self, number: int) -> Draft:
        """The draft of a report, by its place."""
        draft: Draft = unpacked(self.drafts[number])
        return draft


@dataclass(frozen=True, slots=True)
class _Told:
    """One report, read: what incidents and findings need of it, and for each layer its lines and how many."""

    outline: Outline
    draft: bytes
    offices: tuple[tuple[str, str], ...]
    layers: tuple[tuple[bytes, int], ...]


def _tell(report: Report, overlays: Overlays, layered: bool) -> _Told:
    reading = read_one(report, overlays)
    layers = tuple(
        (encoded("".join(f"{text}\n" for text in table.lines)), len(table.lines))
        for table in (layer_tables(report, reading) if layered else ())
    )
    own, draft = outline(report, reading, overlays)
    return _Told(own, packed(draft), reading.offices, layers)


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
    """What was read in some reports, drafts on `shelf`; with `layered` the layers' files are in `folder` afterwards."""
    names = LAYERS if layered else ()
    readings = Readings(shelf, counts=dict.fromkeys(names, 0))
    with ExitStack() as stack:
        files = [stack.enter_context((folder / f"{name}.jsonl").open("wb")) for name in names]
        for told in read_each(partial(_tell, overlays=overlays, layered=layered), reports, jobs):
            shelf.put(told.draft)
            readings.outlines.append(told.outline)
            readings.offices.extend(told.offices)
            for name, file, (lines, count) in zip(names, files, told.layers, strict=True):
                file.write(lines)
                readings.counts[name] += count
            progress("reading reports", len(shelf), len(reports))
    return readings
