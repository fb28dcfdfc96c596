"""One id, one text: what happens where reports clash.

Input: items as read. Output: reports with ids of their own, and failures: where "r1" comes twice with the same text it
is kept once and told; where it comes with two texts, none of them is known to be r1, and `settle` keeps none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from tollbook.errors import InputError
from tollbook.model import Report
from tollbook.reports.options import Failure
from tollbook.reports.sources import Item


@dataclass(frozen=True, slots=True)
class Gathered:
    """All reports by id and all failures by input, the same whatever the order they came in."""

    reports: tuple[Report, ...]
    failures: tuple[Failure, ...]


@dataclass(slots=True)
class First:
    """Lets the first report of each id pass: for streams, whose reports can't be called back."""

    _seen: dict[str, tuple[str, str]] = field(default_factory=dict)

    def check(self, item: Item) -> Report | Failure:
        report = item.report
        if report.id not in self._seen:
            self._seen[report.id] = (report.text_sha256, item.name)
            return report
        text, where = self._seen[report.id]
        if text == report.text_sha256:
            return Failure(item.name, InputError(f"the same report as {where}; kept once", what=item.name))
        return Failure(item.name, _two_texts(item.name, report.id, f"the id is taken by another text, of {where}"))


def settle(items: Iterable[Item | Failure]) -> Gathered:
    """Gathers all reports: of equal ones the most particular is kept, of one id with two texts none is."""
    failures: list[Failure] = []
    by_id: dict[str, list[tuple[str, Report]]] = {}
    for item in items:
        if isinstance(item, Failure):
            failures.append(item)
        else:
            by_id.setdefault(item.report.id, []).append((_source(item), item.report))
    reports = []
    for report_id in sorted(by_id):
        same = by_id[report_id]
        names = sorted({name for name, _ in same})
        if len({report.text_sha256 for _, report in same}) > 1:
            where = ", ".join(names[:5])
            failures.append(
                Failure(
                    names[0], _two_texts(names[0], report_id, f"several texts have this id ({where}); none is kept")
                )
            )
            continue
        reports.append(max((report for _, report in same), key=_particular))
        if len(same) > 1:
            shown = f"id '{report_id}': " if report_id != names[0] else ""
            message = f"{shown}given {len(same)} times with the same text ({', '.join(names[:5])}); kept once"
            failures.append(Failure(names[0], InputError(message, what=names[0])))
    return Gathered(tuple(reports), tuple(sorted(failures, key=_place)))


def _source(item: Item) -> str:
    """The input that holds a report, without the line: a clash is told the same whatever the order of lines."""
    return item.name.rpartition(":")[0] if item.raw.how == "row" else item.name


def _place(failure: Failure) -> tuple[list[tuple[int, str]], str]:
    """By input, line 9 before line 10."""
    pieces = re.findall(r"\d+|\D+", failure.input)
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces], str(failure)


def _two_texts(name: str, report_id: str, message: str) -> InputError:
    shown = f"id '{report_id}': " if report_id != name else ""
    return InputError(shown + message, what=name, advice="give each report an id of its own")


def _particular(report: Report) -> tuple[int, str]:
    """How much is known of a report; `repr` breaks a tie in the same way everywhere."""
    known = (report.title, report.published, report.publisher, report.url, report.author)
    return sum(value is not None for value in known), repr(report)
