"""All dates of a corpus moved by one number of days: days, months, years and weekdays rendered anew.

Input: a text and the year it is told in. Output: edits. With 34 days more, "on Feb. 25-26, 1992, a Tuesday" is "on
March 30-31, 1992, a Monday". The number of days is drawn among those that break no range over two months and move a
month said alone with the days said in it.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from swap_text import Layer, like

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_SHORT = [m[:3] for m in MONTHS]
_MONTH = rf"(?P<month>(?:{'|'.join(MONTHS)})(?![a-z])|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_DAY = r"(?P<day>[0-3]?\d)(?P<th>st|nd|rd|th)?(?:\s?[-–]\s?(?P<day2>[0-3]?\d))?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = [
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR}\b|\s+(?P<short>\d\d)\b(?=\s*(?:\(|--|$)))?", re.I),
    re.compile(rf"\b{_MONTH}\s+{_DAY}\b(?![:,.]\d)(?:,?\s+{_YEAR}\b)?", re.I),
    re.compile(rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b", re.I),
]
_ALONE = re.compile(
    rf"(?<![\w-])(?:in|since|of|last|late|early|mid|this|until|till|by|from|to|next|during|for|through)[\s-]+{_MONTH}",
    re.I,
)
_NUMERIC = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[-/])(?P<month>[01]\d)(?P=sep)(?P<day>[0-3]\d)(?!\d)")
_BARE = re.compile(
    r"(?<![\w,.:$£€+])(?P<year>19\d\d|20[0-3]\d)(?![\w+%])(?!,\d|\.\d|:\d)(?!\s*(?:GMT|hours|hrs|local)\b)"
)
_WEEKDAY = re.compile(
    rf"(?<!Bloody )(?<!Good )(?<!Black )\b(?:{'|'.join(DAYS)})(?=s?\b)|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?=, \d)",
    re.I,
)
_NEAR = 30


@dataclass(frozen=True, slots=True)
class Said:
    """A day or two as a text says them, with the match that says so."""

    match: re.Match[str]
    month: int
    year: int
    days: tuple[int, ...]


def _month(name: str) -> int:
    return _SHORT.index(name[:3].lower()) + 1


def _matches(text: str) -> Iterator[re.Match[str]]:
    for form in _FORMS:
        for match in form.finditer(text):
            if match["month"][:1].isupper():
                yield match


def usual_year(text: str, published: str | None) -> int:
    """The year that a date without one is taken to lie in: the report's, else the one that its text says most."""
    if published:
        return int(published[:4])
    said = Counter(int(m["year"]) for m in _BARE.finditer(text))
    return said.most_common(1)[0][0] if said else 2000


def said(text: str, year: int) -> list[Said]:
    """The days and months that a text says, the fuller reading first where two overlap."""
    found, layer = [], Layer(text)
    for match in _matches(text):
        if not layer.keep(match.start(), match.end()):
            continue
        parts = match.groupdict()
        own = parts.get("year") or ("19" + parts["short"] if parts.get("short") else None)
        near = _BARE.search(text, match.end(), match.end() + _NEAR) if own is None else None
        of = int(own) if own else int(near["year"]) if near else year
        days = tuple(int(parts[key]) for key in ("day", "day2") if parts.get(key))
        if all(_exists(of, _month(match["month"]), day) for day in days):
            found.append(Said(match, _month(match["month"]), of, days))
    return found


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= day <= ((dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day)


@dataclass(frozen=True, slots=True)
class Shift:
    """All dates later by `days`, earlier where it is below zero."""

    days: int

    def day(self, year: int, month: int, day: int) -> dt.date:
        """A day, moved."""
        return dt.date(year, month, day) + dt.timedelta(days=self.days)

    def iso(self, stamp: str | None) -> str | None:
        """A publication date as the sidecar writes it, any time of day kept."""
        if not stamp or not re.match(r"\d{4}-\d\d-\d\d", stamp):
            return stamp
        return self.day(*(int(part) for part in stamp[:10].split("-"))).isoformat() + stamp[10:]

    def edit(self, layer: Layer, year: int, counts: Iterable[float] = ()) -> None:
        """Move every date of a text; `counts` are numbers that look like years and are none."""
        for one in said(layer.text, year):
            self._write(layer, one)
        for match in _NUMERIC.finditer(layer.text):
            self._numeric(layer, match)
        for match in _ALONE.finditer(layer.text):
            if match["month"][:1].isupper():
                new = self.day(year, _month(match["month"]), 15)
                layer.put(match.start("month"), match.end("month"), _named(match["month"], new.month))
        for match in _BARE.finditer(layer.text):
            if int(match["year"]) not in set(counts):
                layer.put(match.start(), match.end(), str(self.day(int(match["year"]), 7, 1).year))
        for match in _WEEKDAY.finditer(layer.text):
            if match[0][:1].isupper():
                layer.put(match.start(), match.end(), self._weekday(match[0]))

    def _weekday(self, word: str) -> str:
        at = [day[:3] for day in DAYS].index(word[:3].lower())
        new = DAYS[(at + self.days) % 7]
        return like(word, new if len(word) > 3 else new[:3])

    def _numeric(self, layer: Layer, match: re.Match[str]) -> None:
        year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
        if 1 <= month <= 12 and day >= 1 and _exists(year, month, day):
            layer.put(
                match.start(), match.end(), self.day(year, month, day).strftime(f"%Y{match['sep']}%m{match['sep']}%d")
            )

    def _write(self, layer: Layer, one: Said) -> None:
        match, parts = one.match, one.match.groupdict()
        new = [self.day(one.year, one.month, day) for day in one.days or (15,)]
        if new[0].month != new[-1].month:
            raise ValueError(f"a range that would lie in two months: {match[0]!r}")
        layer.put(match.start("month"), match.end("month"), _named(match["month"], new[0].month))
        for key, day in zip(("day", "day2"), new if one.days else [], strict=False):
            if parts.get(key):
                layer.put(
                    match.start(key), match.end(key), str(day.day).zfill(len(parts[key]) if parts[key][0] == "0" else 1)
                )
        if parts.get("th"):
            layer.put(match.start("th"), match.end("th"), _ordinal(new[0].day))
        for key in ("year", "short"):
            if parts.get(key):
                year = new[0].year if one.days else self.day(one.year, one.month, 15).year
                layer.put(match.start(key), match.end(key), str(year)[-len(parts[key]) :])
        for key in ("day", "day2", "year"):
            if parts.get(key):
                layer.keep(match.start(key), match.end(key))


def _ordinal(day: int) -> str:
    return "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _named(old: str, month: int) -> str:
    """A month in the manner of the old: "Feb." gives "Sept.", FEB gives SEP."""
    name = MONTHS[month - 1]
    bare = old.rstrip(".")
    if bare.lower() not in MONTHS or (bare.isupper() and len(bare) == 3):
        short = (
            name if old.endswith(".") and len(name) <= 5 else "sept" if old.endswith(".") and month == 9 else name[:3]
        )
        name = short + ("." if old.endswith(".") and short not in MONTHS else "")
    return like(bare, name)


def draw(dates: Iterable[Said], published: Iterable[str], rng: random.Random) -> Shift:
    """One number of days for a corpus, among the twelve that disturb least."""
    dates, stamps = list(dates), [int(stamp[:4]) for stamp in published]
    latest = max([one.year for one in dates] + stamps, default=2000)
    short = max([one.year for one in dates if one.match.groupdict().get("short")], default=0)
    costs = []
    for days in [d for d in range(-1500, 1501) if 25 < d % 365 < 340 and d % 7]:
        end = dt.date(latest, 12, 31) + dt.timedelta(days=days)
        if end > dt.date(2025, 12, 31) or (
            short and dt.date(short, 12, 31) + dt.timedelta(days=days) > dt.date(1999, 12, 31)
        ):
            continue
        costs.append((sum(_cost(one, Shift(days)) for one in dates), rng.random(), days))
    return Shift(sorted(costs)[:12][rng.randrange(12)][2])


def _cost(one: Said, shift: Shift) -> int:
    days = [shift.day(one.year, one.month, day) for day in one.days]
    if not days:
        return 0
    middle, year = shift.day(one.year, one.month, 15), shift.day(one.year, 7, 1).year
    cost = 10_000 * (days[0].month != days[-1].month)
    return cost + sum(day.month != middle.month for day in days) + sum(day.year != year for day in days)
