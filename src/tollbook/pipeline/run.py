"""`tollbook run`: inputs in, the files of FORMATS out, and nothing else left behind.

Input: files, folders, URLs or "-"; output: a folder with `reports.jsonl`, `claims.jsonl` and their kin. The same input
gives the same bytes, whatever its order and however many processes read it; only `timing.json` differs. An input that
can't be read is listed in `run.json` and the rest goes on.
"""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from tollbook import __version__
from tollbook.errors import UsageError
from tollbook.files import check_free, names, replacing
from tollbook.findings import RuleSet
from tollbook.model import Report
from tollbook.pipeline import parquet
from tollbook.pipeline.analyse import (
    NO_OVERLAYS,
    Overlays,
    Progress,
    in_order,
    relate,
    silent,
    source_book,
)
from tollbook.pipeline.known import known
from tollbook.pipeline.layers import read_aside
from tollbook.pipeline.methods import methods, provenance
from tollbook.pipeline.shelf import Shelf
from tollbook.pipeline.writing import Sheets, write_tables
from tollbook.reports import Failure, Gathered, InputOptions, gather, read_inputs, textless
from tollbook.reports.notes import notes
from tollbook.rows import encoded
from tollbook.values import dataclass

FORMAT = 1
# The extractor of a text that is taken exactly as given.
_AS_GIVEN = "text"
WHAT = "a tollbook run"
# Every name that a run may write; a file of anybody else's must not go with an earlier run.
_TABLES = ("reports", "claims", "incidents", "findings", "characterisations", "statements", "annotations")
_OWN = {"run.json", "timing.json", "texts", *(f"{name}.{end}" for name in _TABLES for end in ("jsonl", "parquet"))}


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What a run is asked for; `jobs` alone leaves no trace in the result."""

    rules: tuple[str, ...] = ("range",)
    as_of: dt.date | None = None
    annotations: bool = False
    parquet: bool = False
    strict: bool = False
    jobs: int | None = None
    overlays: Overlays = NO_OVERLAYS
    inputs: InputOptions = field(default_factory=InputOptions)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run came to: the folder, the rows in each file, the inputs that failed, seconds by stage, the reports.

    `notes` are lines on inputs that were read or left out, which a person should know and no input failed by.
    `textless` are the ids of reports that hold no text.
    """

    out: Path
    counts: dict[str, int]
    failed: tuple[Failure, ...]
    seconds: dict[str, float]
    reports: tuple[Report, ...]
    notes: tuple[str, ...] = ()
    textless: tuple[str, ...] = ()


@dataclass(slots=True)
class Stopwatch:
    """Seconds by stage, rounded to milliseconds when written."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


def run(inputs: Sequence[str], out: Path, options: RunOptions | None = None, progress: Progress = silent) -> Summary:
    """Read the inputs, analyse them and write the folder `out`, which a later run replaces in one step.

    Raises OutputError where `out` holds something else or can't be written, UsageError for an unknown rule set or a
    missing extra, and with `strict` the error of the first input that fails.
    """
    options = options or RunOptions()
    watch = Stopwatch()
    sets = methods(options.rules)
    if options.parquet:
        parquet.require()
    check_free(out, is_run, WHAT)
    _check_apart(inputs, out)
    with watch.stage("inputs"):
        found = collect(inputs, options, progress)
        public = known(found.reports, options.as_of)
    with replacing(out, ours=is_run, what=WHAT) as folder:
        counts = _write(public.reports, folder, options, sets, watch, progress)
        with watch.stage("files"):
            if options.parquet:
                _write_parquet(folder)
            _write_texts(folder, public.reports)
        skipped = [*((one.input, one.error.message) for one in found.skipped), *public.skipped]
        _write_summary(folder, options, sets, counts, found.failures, skipped)
        seconds = {name: round(spent, 3) for name, spent in watch.seconds.items()}
        _write_json(folder / "timing.json", {"seconds": seconds, "total": round(sum(seconds.values()), 3)})
    told = (*notes(public.reports, found.skipped), *public.notes)
    return Summary(out, counts, found.failures, seconds, public.reports, told, textless(found.reports))


def is_run(folder: Path) -> bool:
    """True for a folder that a tollbook run wrote, and nobody else: run.json says so, and each name is one of ours."""
    try:
        if not names(folder) <= _OWN:
            return False
        told = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and {"format", "version", "counts"} <= told.keys()


# ---- inputs ----


def _check_apart(inputs: Sequence[str], out: Path) -> None:
    """A result inside an input folder would be read as reports by the next run."""
    for given in inputs:
        if Path(given).is_dir() and out.resolve().is_relative_to(Path(given).resolve()):
            raise UsageError(f"lies inside the input '{given}'", what=str(out), advice="choose a folder beside it")


def collect(inputs: Sequence[str], options: RunOptions, progress: Progress = silent) -> Gathered:
    """All reports by id and all failures, whatever their order; with `strict` the first failure is raised."""
    settings = replace(options.inputs, sources=source_book(options.overlays))
    if not options.strict:
        return gather(inputs, settings, lambda number: progress("reading inputs", number, 0))
    reports: list[Report] = []
    skipped: list[Failure] = []
    for item in read_inputs(inputs, settings):
        if isinstance(item, Report):
            reports.append(item)
        elif item.skipped:
            skipped.append(item)
        else:
            raise item.error
    return Gathered(in_order(reports), (), tuple(skipped))


# ---- from reports to rows ----


def _write(
    reports: Sequence[Report],
    folder: Path,
    options: RunOptions,
    sets: Sequence[RuleSet],
    watch: Stopwatch,
    progress: Progress,
) -> dict[str, int]:
    """Read the reports, relate them, and write every file of rows; how many rows each has."""
    with Shelf(folder) as shelf:
        with watch.stage("claims"):
            readings = read_aside(
                reports, folder, shelf, options.overlays, options.jobs, progress, layered=options.annotations
            )
        with _kept():
            with watch.stage("incidents"):
                progress("finding incidents", 0, 0)
                relations = relate(reports, readings.outlines, options.overlays)
            with watch.stage("findings"):
                progress("writing files", 0, 0)
                sources = source_book(options.overlays).with_officials(readings.offices)
                sheets = Sheets(reports, readings, relations, sources)
                return write_tables(folder, sheets, sets, options.as_of) | readings.counts


@contextmanager
def _kept() -> Iterator[None]:
    """What is held already stays to the end, so that the search for rings of garbage needn't go through it again."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


# ---- files ----


def _write_parquet(folder: Path) -> None:
    """The same rows as Parquet beside each file of lines."""
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            parquet.write(path.with_suffix(".parquet"), path.stem, [json.loads(line) for line in lines])


def _write_texts(folder: Path, reports: Iterable[Report]) -> None:
    """What was extracted from pages and PDFs, under its hash; a text given as text is in the input already."""
    extracted = {report.text_sha256: report.text for report in reports if report.extractor != _AS_GIVEN}
    if not extracted:
        return
    (folder / "texts").mkdir()
    for sha256, text in extracted.items():
        (folder / "texts" / f"{sha256}.txt").write_bytes(text.encode("utf-8", "surrogatepass"))


def _write_summary(
    folder: Path,
    options: RunOptions,
    sets: Sequence[RuleSet],
    counts: dict[str, int],
    failures: Iterable[Failure],
    skipped: Iterable[tuple[str, str]],
) -> None:
    told = {
        "format": FORMAT,
        "version": __version__,
        "options": {
            "rules": [one.name for one in sets],
            **({"own_rules": provenance(sets)} if provenance(sets) else {}),
            "as_of": options.as_of.isoformat() if options.as_of else None,
            "annotations": options.annotations,
            "parquet": options.parquet,
            "strict": options.strict,
            "max_size": options.inputs.max_size,
            "sources": _hash(options.overlays.sources),
            "places": _hash(options.overlays.places),
        },
        "counts": counts,
        "failed": [{"input": one.input, "error": str(one.error)} for one in failures],
        "skipped": [{"input": name, "why": why} for name, why in skipped],
    }
    _write_json(folder / "run.json", told)


def _hash(path: Path | None) -> str | None:
    """A user's file by its content, for its name says nothing of what was in it."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path else None


def _write_json(path: Path, value: dict[str, Any]) -> None:
    path.write_bytes(encoded(json.dumps(value, ensure_ascii=False, indent=2) + "\n"))
