"""Reads INPUTs as a caller does, and parts reports from failures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tollbook.model import Report
from tollbook.reports import Failure, InputOptions, read_inputs

Read = Callable[..., tuple[list[Report], list[Failure]]]


def read_both(*inputs: str | Path, **options: object) -> tuple[list[Report], list[Failure]]:
    items = list(read_inputs([str(given) for given in inputs], InputOptions(**options)))  # type: ignore[arg-type]
    reports = [item for item in items if isinstance(item, Report)]
    return reports, [item for item in items if isinstance(item, Failure)]
