"""One id, one text: what happens where reports clash.

Input: items as read. Output: reports with ids of their own, and failures: where "r1" comes twice with the same text it
is kept once and told; where it comes with two texts, none of them is known to be r1, and `settle` keeps none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field

from tollbook.errors import InputError
from tollbook.model import Report
from tollbook.reports.custody import Custody
from tollbook.reports.options import Failure
from tollbook.reports.sources import Item
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Gathered:
    """All reports by id, all failures and all that was skipped by input, the same whatever the order they came in.

    `custody` says of each report in which ways its bytes were obtained, where an archive keeps them: id → ways.
    """

    reports: tuple[Report, ...]
    failures: tuple[Failure, ...]
    skipped: tuple[Failure, ...] = ()
    custody: Mapping[str, tuple[Custody, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class First:
    """Lets the first report of each id pass: for streams, whose reports can't be called back."""

    _seen: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def check(self, item: Item) -> Report | Failure:
        report = item.report
        if report.id not in self._seen:
            self._seen[report.id] = (report.text_sha256, item.name, item.where)
            return report
        text, name, place = self._seen[report.id]
        where = place if name == item.name and place != item.where else name
        if text == report.text_sha256:
            same = InputError(f"the same report as {where}; kept once", what=item.name)
            return Failure(item.name, same, skipped=item.raw.how == "warc")
        return Failure(item.name, _two_texts(item.name, report.id, f"the id is taken by another text, of {where}"))


def settle(items: Iterable[Item | Failure]) -> Gathered:
    """Gathers all reports: of equal ones the most particular is kept, of one id with two texts none is."""
    told: list[Failure] = []
    by_id: dict[str, list[_From]] = {}
    for item in items:
        if isinstance(item, Failure):
            told.append(item)
        else:
            by_id.setdefault(item.report.id, []).append(_from(item))
    reports = []
    custody = {}
    for report_id in sorted(by_id):
        same = by_id[report_id]
        if len({one.report.text_sha256 for one in same}) == 1:
            reports.append(max((one.report for one in same), key=_particular))
            custody[report_id] = _ways(same)
        if not _is_one(same):
            told.append(_clash(report_id, same))
    told.sort(key=_place)
    return Gathered(
        tuple(reports),
        tuple(failure for failure in told if not failure.skipped),
        tuple(failure for failure in told if failure.skipped),
        custody,
    )


def _ways(same: list[_From]) -> tuple[Custody, ...]:
    """The ways in which the bytes of one report were obtained, each once, in the order of time."""
    ways = {(one.custody.sha256, one.custody.way): one.custody for one in same if one.custody}
    return tuple(ways[key] for key in sorted(ways, key=lambda key: (str(ways[key].told["obtained"]), key)))


@dataclass(frozen=True, slots=True)
class _From:
    """A report, the input that holds it, where that lies, how it was obtained, and whether as a capture of the web."""

    name: str
    where: str
    report: Report
    custody: Custody | None = None
    captured: bool = False


def _from(item: Item) -> _From:
    return _From(_source(item), item.where, item.report, item.custody, item.raw.how == "warc")


def _is_one(same: list[_From]) -> bool:
    """Whether nothing is to be told: given once, or one text captured again and again, as web archives do."""
    return len(same) == 1 or (all(one.captured for one in same) and len({one.report.text_sha256 for one in same}) == 1)


def _clash(report_id: str, same: list[_From]) -> Failure:
    """The line for several reports of one id; where they have one name too, their places tell them apart."""
    names, places = sorted({one.name for one in same}), sorted({one.where for one in same})
    where = ", ".join((places if len(places) > len(names) else names)[:5])
    if len({one.report.text_sha256 for one in same}) > 1:
        return Failure(names[0], _two_texts(names[0], report_id, f"several texts have this id ({where}); none is kept"))
    shown = f"id '{report_id}': " if report_id != names[0] else ""
    message = f"{shown}given {len(same)} times with the same text ({where}); kept once"
    return Failure(names[0], InputError(message, what=names[0]))


def _source(item: Item) -> str:
    """The input that holds a report, without the line: a clash is told the same whatever the order of lines."""
    return item.name.rpartition(":")[0] if item.raw.how == "row" else item.name


def _place(failure: Failure) -> tuple[list[tuple[int, str]], str]:
    """By input, line 9 before line 10."""
    pieces = re.findall(r"\d+|\D+", failure.input)
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces], str(failure)


def _two_texts(name: str, report_id: str, message: str) -> InputError:
    if report_id == name:  # a file's id is its path inside the INPUT
        return InputError(message, what=name, advice="rename one, or give the folder above both")
    return InputError(f"id '{report_id}': {message}", what=name, advice="give each report an id of its own")


def _particular(report: Report) -> tuple[int, str]:
    """How much is known of a report; `repr` breaks a tie in the same way everywhere."""
    known = (report.title, report.published, report.publisher, report.url, report.author)
    return sum(value is not None for value in known), repr(report)
