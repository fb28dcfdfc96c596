"""Sums over incidents: the minima and the maxima of what rule sets found, each summed apart.

Input: incidents, findings, grades, and what to sum by. Output: a `Total` for each rule set, measure, group and unit,
and for each value of what is summed by. 3 to 5 killed here and "at least 2" there are 5 or more: one open end keeps the
sum open. An incident without a figure adds nothing and is counted as such, for unknown is not zero. Groups are never
added up, since children are among all; measures neither.
An incident that lies within another ("the floods of 2031" and one of them) is not added onto it: of the wider one and
the sum of those within it the larger stands, for the minimum and for the maximum.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence

from tollbook.errors import UsageError
from tollbook.lexicon import load_taxonomy
from tollbook.model import GRADES, Finding, Grade, Incident, Number, Place, Total
from tollbook.values import dataclass

NOT_GRADED = "not graded"
_COUNTRY = 6  # UCDP's where_prec of a whole country

Key = tuple[str, str, str, str]  # rule set, measure, group, unit


@dataclass(frozen=True, slots=True)
class _Sum:
    """What figures come to: ends, a best where each has one, and the incidents behind it."""

    low: Number
    best: Number | None
    high: Number | None
    incidents: tuple[str, ...]
    open: tuple[str, ...]

    def __add__(self, other: _Sum) -> _Sum:
        return _Sum(
            self.low + other.low,
            None if self.best is None or other.best is None else self.best + other.best,
            None if self.high is None or other.high is None else self.high + other.high,
            (*self.incidents, *other.incidents),
            (*self.open, *other.open),
        )

    def around(self, inner: _Sum) -> _Sum:
        """A figure and the sum of what lies within it: nobody is counted twice, nobody left out."""
        best = self.best if self.best is not None and self.best >= inner.low else None
        high = None if self.high is None or inner.high is None else max(self.high, inner.high)
        whole = max(self.low, inner.low)
        return _Sum(whole, best, high, (*self.incidents, *inner.incidents), (*self.open, *inner.open))


_NOTHING = _Sum(0, 0, 0, (), ())


def totals(
    incidents: Sequence[Incident], findings: Iterable[Finding], grades: Iterable[Grade], by: Sequence[str] = ()
) -> tuple[Total, ...]:
    """Sums by rule set, measure, group, unit and whatever of `BY` is asked for. Raises UsageError for what is none."""
    value = _values(by, {one.incident: one.grade or NOT_GRADED for one in grades})
    figures: dict[Key, dict[str, _Sum]] = defaultdict(dict)
    for one in findings:
        some = figures[one.rules, one.measure, one.group, one.unit]
        if (one.low, one.high) != (None, None):
            ends = () if one.high is not None else (one.incident,)
            some[one.incident] = _Sum(one.low or 0, one.best, one.high, (one.incident,), ends)
    rows: dict[tuple[str, ...], list[Incident]] = defaultdict(list)
    for incident in incidents:
        rows[value(incident)].append(incident)
    within, sets = _within(incidents), list(dict.fromkeys(key[0] for key in figures))
    return tuple(
        _total(key, dict(zip(by, values, strict=True)), rows[values], some, within)
        for key, some in sorted(figures.items(), key=lambda item: _place(item[0], sets))
        for values in sorted(rows, key=_order)
        if any(incident.id in some for incident in rows[values])
    )


def _total(
    key: Key, by: Mapping[str, str], row: Sequence[Incident], some: Mapping[str, _Sum], within: Mapping[str, str]
) -> Total:
    """One row of one figure. What lies within an incident of the row that has a figure goes into that one."""
    ids = [one.id for one in row]
    counted = [one for one in ids if one in some]
    there = set(counted)
    inner: dict[str, list[str]] = defaultdict(list)
    for one in counted:
        outer = _outer(one, within, there)
        if outer is not None:
            inner[outer].append(one)
    nested = {one for some_of in inner.values() for one in some_of}
    found = sum((_with(one, some, inner) for one in counted if one not in nested), _NOTHING)
    unknown = tuple(one for one in ids if one not in some)
    elsewhere = tuple(one for one in counted if one not in nested and _outer(one, within, some) is not None)
    rules, measure, group, unit = key
    return Total(
        rules, measure, group, unit, dict(by), found.low, found.best, found.high,
        found.incidents, unknown, found.open, tuple(sorted(nested)), elsewhere,
    )  # fmt: skip


def _with(one: str, some: Mapping[str, _Sum], inner: Mapping[str, Sequence[str]]) -> _Sum:
    """An incident's figure, around the sum of those within it."""
    if one not in inner:
        return some[one]
    return some[one].around(sum((_with(each, some, inner) for each in inner[one]), _NOTHING))


def _outer(one: str, within: Mapping[str, str], there: Container[str]) -> str | None:
    """The nearest incident around this one that is there."""
    outer = within.get(one)
    while outer is not None and outer not in there:
        outer = within.get(outer)
    return outer


def _place(key: Key, sets: Sequence[str]) -> tuple[int, int, int, str, str]:
    """Rule sets in the order of the findings, measures and groups in that of the taxonomy, those unknown to it last."""
    rules, measure, group, unit = key
    measures, groups = list(load_taxonomy().measures), list(load_taxonomy().labels)
    known = groups.index(group) if group in groups else len(groups)
    return (sets.index(rules), measures.index(measure), known, group, unit)


# ---- what lies within what ----


def _within(incidents: Sequence[Incident]) -> dict[str, str]:
    """The narrowest incident that each lies in: of the same kind, its days and its place among those of the other."""
    pools: dict[object, list[Incident]] = defaultdict(list)
    for one in incidents:
        if one.date is not None and one.place is not None:
            for pool in {_spot(one.place), one.place.country}:
                pools[pool].append(one)
    starts = {}
    for pool, some in pools.items():
        some.sort(key=lambda one: (_start(one), one.id))
        starts[pool] = [_start(one) for one in some]
    found: dict[str, Incident] = {}
    for outer in incidents:
        if outer.date is None or outer.place is None:
            continue
        whole = outer.place.precision >= _COUNTRY and outer.place.country is not None
        pool = outer.place.country if whole else _spot(outer.place)
        first, last = _start(outer), outer.date.end.toordinal()
        for inner in pools[pool][bisect_left(starts[pool], first) : bisect_right(starts[pool], last)]:
            if _holds(outer, inner) and (inner.id not in found or _holds(found[inner.id], outer)):
                found[inner.id] = outer
    return {inner: outer.id for inner, outer in sorted(found.items())}


def _spot(place: Place) -> object:
    """A place as what is the same place."""
    return (place.geonames, place.name, place.country)


def _start(one: Incident) -> int:
    return one.date.start.toordinal() if one.date else 0


def _holds(outer: Incident, inner: Incident) -> bool:
    """ "Floods in Velmark, May" hold "a flood in Tarn, 2 May"; two of the same days and place hold neither.

    What holds another is longer, or wider: so nothing can lie within what lies within it.
    """
    if outer.date is None or inner.date is None or outer.place is None or inner.place is None:
        return False
    if outer.kind != inner.kind and "other" not in (outer.kind, inner.kind):
        return False
    if outer.date.start > inner.date.start or inner.date.end > outer.date.end:
        return False
    alike = _spot(outer.place) == _spot(inner.place)
    if not alike:
        if outer.place.precision < _COUNTRY or outer.place.country in (None, ""):
            return False
        if outer.place.country != inner.place.country:
            return False
        alike = inner.place.precision >= _COUNTRY  # a country under two names
    return not alike or (outer.date.start, outer.date.end) != (inner.date.start, inner.date.end)


# ---- what to sum by ----


def _year(one: Incident) -> str:
    if one.date is None:
        return "year not known"
    first, last = one.date.start.year, one.date.end.year
    return str(first) if first == last else f"{first}–{last}"


BY: dict[str, Callable[[Incident], str]] = {
    "year": _year,
    "country": lambda one: (one.place and one.place.country) or "country not known",
    "place": lambda one: one.place.name if one.place else "place not known",
    "kind": lambda one: one.kind,
}
NAMES = ("grade", *BY)


def check_by(by: Sequence[str]) -> None:
    """UsageError with the choices for what nothing is summed by."""
    strange = next((name for name in by if name not in NAMES), None)
    if strange is not None:
        raise UsageError(f"nothing is summed by '{strange}'; there are: {', '.join(NAMES)}")
    if len(set(by)) < len(by):
        raise UsageError("the same is given twice to sum by")


def _values(by: Sequence[str], grades: Mapping[str, str]) -> Callable[[Incident], tuple[str, ...]]:
    """What an incident is by each thing that is asked for."""
    check_by(by)
    return lambda one: tuple(grades.get(one.id, NOT_GRADED) if name == "grade" else BY[name](one) for name in by)


def _order(values: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """Grades from the best attested on, all else by letters."""
    ranks = {name: rank for rank, name in enumerate((*GRADES, NOT_GRADED))}
    return tuple((ranks.get(value, 0), value) for value in values)
