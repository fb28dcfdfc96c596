"""What was known on a day: reports published later are as if they had never been given.

Input: reports and a day, or none for all that is known today. Output: a `Known`, the reports that were public by then
and those that were not. A report of 6 March is unknown on 5 March; one that says no day is kept, and that is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tollbook.model import Report
from tollbook.text import counted


@dataclass(frozen=True, slots=True)
class Known:
    """Reports known on `day`, and the `later` ones; all are known where no day is asked for."""

    reports: tuple[Report, ...]
    later: tuple[Report, ...] = ()
    day: dt.date | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """Lines for a person: how many were left out, how many can't be told from them."""
        undated = sum(report.published_date is None for report in self.reports)
        told = (
            (len(self.later), f"published after {self.day}, left out"),
            (undated, "without a day of publication, taken as known"),
        )
        return tuple(f"{counted(count, 'report')} {what}" for count, what in told if self.day and count)

    @property
    def skipped(self) -> tuple[tuple[str, str], ...]:
        """(id, why) of each later report."""
        return tuple((one.id, f"published {one.published_date}, after {self.day}") for one in self.later)


def known(reports: Sequence[Report], day: dt.date | None) -> Known:
    """The reports that were public on `day`, in the order given; those without a day of publication are among them."""
    if day is None:
        return Known(tuple(reports))
    later = {report.id for report in reports if (told := report.published_date) is not None and told > day}
    return Known(
        tuple(report for report in reports if report.id not in later),
        tuple(report for report in reports if report.id in later),
        day,
    )
