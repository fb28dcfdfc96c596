"""What a person should know of inputs that were read, or left out, one line each.

Input: reports and what was skipped. Output: lines for a terminal: "cafe.txt: no UTF-8, read as windows-1252; check
letters with accents". All of a report's notices stand in `reports.jsonl` too.
"""

from __future__ import annotations

from collections.abc import Iterable

from tollbook.model import Report
from tollbook.reports.options import Failure

# What is as it should be: most texts say themselves when they were published.
_USUAL = frozenset({"published_from_text"})


def notes(reports: Iterable[Report], skipped: Iterable[Failure] = ()) -> tuple[str, ...]:
    """The lines, those of reports in their order, then those of what was skipped."""
    told = [f"{_name(report)}: {one.message}" for report in reports for one in report.notices if one.code not in _USUAL]
    return (*(" ".join(line.split()) for line in told), *map(str, skipped))


def textless(reports: Iterable[Report]) -> tuple[str, ...]:
    """The ids of reports in which there was nothing to read, such as scans: told by a notice, kept, but not read."""
    return tuple(report.id for report in reports if any(one.code == "no_text" for one in report.notices))


def _name(report: Report) -> str:
    """A report as its reader knows it: a URL's id is a hash."""
    return report.url if report.url and report.id == report.text_sha256 else report.id
