"""Figures in signs and in words, and names for what is counted.

Input: quantities, intervals, measures and groups. Output: short text. Worked: "at least 40" is "≥ 40" in a cell and
"at least 40" where there is room; [34, 38] is "34–38"; killed × women × person is "killed, women".
"""

from __future__ import annotations

import datetime as dt

from tollbook import text
from tollbook.model import Bound, Claim, DateRange, Number, Quantity

_SIGNS = {
    Bound.AT_LEAST: "≥ {}",
    Bound.MORE_THAN: "> {}",
    Bound.AT_MOST: "≤ {}",
    Bound.LESS_THAN: "< {}",
    Bound.ABOUT: "≈ {}",
}
_WORDS = {
    Bound.AT_LEAST: "at least {}",
    Bound.MORE_THAN: "more than {}",
    Bound.AT_MOST: "at most {}",
    Bound.LESS_THAN: "fewer than {}",
    Bound.ABOUT: "about {}",
}
# In the order in which people ask: lives first, then persons otherwise hit, then things.
MEASURES = (
    "killed",
    "missing",
    "killed_or_missing",
    "killed_or_injured",
    "disappeared",
    "injured",
    "sick",
    "captured",
    "abducted",
    "arrested",
    "rescued",
    "displaced",
    "evacuated",
    "homeless",
    "affected",
    "registered",
    "population",
    "destroyed",
    "damaged",
    "recognised",
    "other",
)
GROUPS = ("all", "civilians", "women", "men", "children", "girls", "boys", "elderly", "youth")
BASIS = {
    "increment": "newly added, not a total",
    "part": "a part of a larger figure",
    "rate": "a rate",
    "aggregate": "over several incidents or a whole period",
}
MODALITY = {
    "denied": "denied by this source",
    "hypothetical": "said as possible, not as fact",
    "planned": "planned, not done",
}


def number(value: Number | None) -> str:
    """A number with thousands set apart by commas; fractions as they are; unknown is a dash."""
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) or value != int(value) else f"{int(value):,}"


def sign(quantity: Quantity) -> str:
    """A quantity as short as it can be said: "613", "≥ 40", "34–38", "dozens", "none"."""
    return _formed(quantity, _SIGNS)


def stated(quantity: Quantity) -> str:
    """A quantity in words: "613", "at least 40", "34 to 38", "dozens", "none"."""
    return _formed(quantity, _WORDS).replace("–", " to ")


def _formed(quantity: Quantity, forms: dict[Bound, str]) -> str:
    if quantity.bound is Bound.NONE:
        return "none"
    if quantity.bound is Bound.VAGUE and quantity.word:
        return quantity.word
    if quantity.bound in forms and quantity.value is not None:
        return forms[quantity.bound].format(number(quantity.value))
    if quantity.value is not None:
        return number(quantity.value)
    return interval(quantity.low, quantity.high)


def interval(low: Number | None, high: Number | None) -> str:
    """An interval: "34–38", "≥ 34" without an upper end, "≤ 38" without a lower one, "unknown" without both."""
    if low is None and high is None:
        return "unknown"
    if high is None:
        return f"≥ {number(low)}"
    if low is None:
        return f"≤ {number(high)}"
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def label(measure: str, group: str, unit: str) -> str:
    """What is counted, in words: "killed, women"; "destroyed, buildings"; "evacuated, households"."""
    parts = ["other figures" if measure == "other" else measure.replace("_", " ")]
    if group not in {"all", "other", ""}:
        parts.append(group.replace("_", " "))
    if unit not in {"person", ""} and unit.rstrip("s") != group.rstrip("s"):
        parts.append(plural(unit))
    return ", ".join(parts)


def plural(noun: str) -> str:
    """A unit in the plural; what stands for a currency or is capitalised stays as it is."""
    if noun.isupper() or noun in {"percent", "people"}:
        return noun
    head, of, tail = noun.partition(" of ")
    return f"{text.plural(head)}{of}{tail}"


def column_order(key: tuple[str, str, str]) -> tuple[int, int, str, str]:
    """Sorts columns by measure, then group, then unit."""
    measure, group, unit = key
    return (
        MEASURES.index(measure) if measure in MEASURES else len(MEASURES),
        GROUPS.index(group) if group in GROUPS else len(GROUPS),
        group,
        unit,
    )


def remarks(claim: Claim) -> tuple[str, ...]:
    """What a reader must know to read the figure rightly."""
    found = [BASIS.get(claim.basis, ""), MODALITY.get(claim.modality, "")]
    if claim.computed_from:
        found.append("worked out from other figures in the text")
    found.extend(f"could also be read as {stated(other)}" for other in claim.alternatives)
    return tuple(filter(None, found))


def day(date: dt.date | None) -> str:
    """A day in words: "12 March 2019"; none is empty."""
    return f"{date.day} {date:%B %Y}" if date else ""


def days(date: DateRange | None) -> str:
    """A range of days as precise as it is known: "12–13 March 2019", "March 2019", "2019"."""
    if date is None:
        return ""
    if date.precision in {"year", "years"}:
        return f"{date.start.year}" if date.start.year == date.end.year else f"{date.start.year}–{date.end.year}"
    if date.precision == "month":
        return f"{date.start:%B %Y}"
    if date.start == date.end:
        return day(date.start)
    if (date.start.year, date.start.month) == (date.end.year, date.end.month):
        return f"{date.start.day}–{date.end.day} {date.start:%B %Y}"
    return f"{day(date.start)} – {day(date.end)}"
