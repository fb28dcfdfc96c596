"""What was known on a day: reports published later and rulings made later are as if they had never been given.

Input: reports or rulings and a day, or none for all that is known today. Output: a `Known`, the reports that were
public by then and those that were not; the rulings made by then. A report of 6 March is unknown on 5 March; one that
says no day is kept, and that is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from tollbook.model import Report, Ruling
from tollbook.rulings import Action
from tollbook.text import counted
from tollbook.values import dataclass


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


def made_by(rulings: Iterable[Ruling], day: dt.date | None) -> tuple[Ruling, ...]:
    """The rulings made on `day` or before it; a withdrawal made later takes nothing back.

    What may be shown is always as people decided it today: a name that was masked again, or words that were withheld,
    are never shown by asking for an earlier day.
    """
    some = sorted(rulings, key=lambda one: one.seq)
    of_names: set[int] = set()
    for one in some:
        if one.action in {Action.UNMASK, Action.WITHHOLD} or one.values.get("ruling") in of_names:
            of_names.add(one.seq)
    return tuple(one for one in some if day is None or one.when[:10] <= day.isoformat() or one.seq in of_names)
