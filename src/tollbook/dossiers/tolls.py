"""How a count was told over time, ready to be drawn: each source's figures as steps that end where a later one comes.

Input: the rows of a page, its claims as ruled, and a `Context`. Output: a `Toll` for each column whose figures count up
to two days at least. Worked: a ministry's "at least 12" of 7 May and "31" of 9 May are two steps, the first from 7 to
9 May with no upper end, the second from 9 May on. A claim without a day, a denied one, one that is no total, and one
that a person rejected are told apart, with the reason, and have no place in time. Nothing is drawn between two claims
but what was claimed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from tollbook.dossiers.context import Context
from tollbook.dossiers.figures import BASIS, MODALITY, sign
from tollbook.dossiers.told import Step, Toll
from tollbook.dossiers.value import Band, Column, Entry
from tollbook.errors import UsageError
from tollbook.model import Claim, Quantity
from tollbook.rulings import Verdict, corrected, decide

_DAYS = 2


@dataclass(frozen=True, slots=True)
class _Placed:
    """One claim that has a place in time: the row that says it, its entry, the day, and what it says as ruled."""

    row: str
    entry: Entry
    day: dt.date
    quantity: Quantity

    @property
    def ends(self) -> tuple[object, ...]:
        """What makes two figures of a source the same."""
        return (self.quantity.low, self.quantity.high, self.quantity.value, self.quantity.bound, self.quantity.word)


def tolls(
    columns: Sequence[Column], bands: Sequence[Band], claims: Iterable[Claim], context: Context
) -> tuple[Toll, ...]:
    """A `Toll` for each column that has figures of two days at least, in the order of the columns."""
    by_ref = {context.claim_refs[claim.report, claim.id]: claim for claim in claims}
    at = {(column.measure, column.group, column.unit): column.ref for column in columns}
    placed: dict[str, list[_Placed]] = defaultdict(list)
    apart: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
    for row, entry in _entries(bands):
        claim, why = _as_ruled(by_ref[entry.ref], context)
        ref = at.get((claim.measure, claim.group, claim.unit))
        if ref is None:
            continue
        day = claim.as_of or context.reports[claim.report].published_date
        why = why or _why_apart(claim, day)
        if why or day is None:
            apart[ref].append((row, entry.ref, context.masker.text(sign(claim.quantity)), why))
        else:
            placed[ref].append(_Placed(row, entry, day, claim.quantity))
    standing = _standing(columns)
    return tuple(
        Toll(column.ref, tuple(_steps(placed[column.ref], standing[column.ref], context)), tuple(apart[column.ref]))
        for column in columns
        if len({one.day for one in placed[column.ref]}) >= _DAYS
    )


def _entries(bands: Sequence[Band]) -> Iterator[tuple[str, Entry]]:
    for band in bands:
        for row in band.rows:
            for cell in row.cells:
                for entry in cell.entries if cell else ():
                    yield row.ref, entry


def _as_ruled(claim: Claim, context: Context) -> tuple[Claim, str]:
    """The claim with its corrections in place, and why it is not drawn where a person rejected it.

    Of a claim of which something is withheld no ruling is told, so that it stays as it is shown.
    """
    if claim.id in context.veil.claims:
        return claim, ""
    decision = decide(one for one in context.rulings.get(claim.id, ()) if one.seq not in context.taken)
    with suppress(UsageError):  # it no longer fits what a newer reader reads: the claim counts as read
        claim = corrected(claim, decision.changes)
    return claim, "rejected by a ruling" if decision.verdict is Verdict.REJECTED else ""


def _why_apart(claim: Claim, day: dt.date | None) -> str:
    """Why a claim has no place in time; empty where it has one."""
    if claim.modality != "asserted":
        return MODALITY[claim.modality]
    if claim.basis != "incident":
        return BASIS[claim.basis]
    if claim.quantity.low is None and claim.quantity.high is None:
        return "no number"
    return "" if day else "no day known"


def _standing(columns: Sequence[Column]) -> dict[str, Mapping[str, frozenset[str]]]:
    """By column, the refs of the entries that carry each rule set's figure."""
    return {column.ref: {ruled.rules: frozenset(ruled.supports) for ruled in column.ruled} for column in columns}


def _steps(some: Iterable[_Placed], standing: Mapping[str, frozenset[str]], context: Context) -> Iterator[Step]:
    rows: dict[str, list[_Placed]] = defaultdict(list)
    for one in some:
        rows[one.row].append(one)
    for row in rows.values():
        yield from _of_row(row, standing, context)


def _of_row(row: Iterable[_Placed], standing: Mapping[str, frozenset[str]], context: Context) -> Iterator[Step]:
    """The steps of one source: a figure that it says again goes on, one that it doesn't ends on the day of the next."""
    by_day: dict[dt.date, dict[tuple[object, ...], list[_Placed]]] = defaultdict(lambda: defaultdict(list))
    for one in row:
        by_day[one.day][one.ends].append(one)
    running: dict[tuple[object, ...], Step] = {}
    for day in sorted(by_day):
        said = by_day[day]
        for gone in [ends for ends in running if ends not in said]:
            yield replace(running.pop(gone), end=day)
        for ends, again in said.items():
            earlier = running.get(ends)
            refs = {one.entry.ref for one in again}
            stands = tuple(rules for rules, refs_of in standing.items() if refs & refs_of)
            if earlier is None:
                running[ends] = _step(again[0], stands, context)
            else:
                running[ends] = replace(earlier, stands=tuple(dict.fromkeys((*earlier.stands, *stands))))
    yield from running.values()


def _step(one: _Placed, stands: tuple[str, ...], context: Context) -> Step:
    quantity = one.quantity
    figure = context.masker.text(sign(quantity))
    ends = (quantity.low, quantity.value, quantity.high)
    return Step(one.row, one.day, None, *ends, str(quantity.bound), figure, one.entry.ref, stands)
