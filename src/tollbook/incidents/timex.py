"""TIMEX3 values: what a time mention says, with what was resolved put in place of X.

Input: a `TimeMention` and its `DateRange` (None where the report doesn't say). Output: "XXXX-XX-XXTNI" of a night of 25
February 1992 becomes "1992-02-25TNI"; a duration keeps its own value.
"""

from __future__ import annotations

from tollbook.model import DateRange, TimeMention

# First and last month of a season; winter ends in the next year.
SEASONS: dict[str, tuple[int, int]] = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}


def timex_value(mention: TimeMention, date: DateRange | None) -> str:
    """The TIMEX3 value with what was resolved put in place of X; as far as it goes, the mention's own."""
    value = mention.value
    if date is None or mention.type == "DURATION" or "X" not in value:
        return value
    if value in ("XXX", "XX"):  # a decade, a century
        return f"{date.start.year:04d}"[: len(value)]
    day, _, clock = value.partition("T")
    clock = f"T{clock}" if clock else ""
    if "W" in day and mention.weekday is None and not day.endswith(tuple(SEASONS)):
        year, week, _ = date.start.isocalendar()
        return f"{year:04d}-W{week:02d}" + ("-WE" if day.endswith("-WE") else "")
    if "H" in day:
        return f"{date.start.year:04d}-{day[-2:]}"
    if "Q" in day or (day == "XXXX" and date.precision == "season"):
        return f"{date.start.year:04d}-Q{(date.start.month + 2) // 3}"
    if day[-2:] in SEASONS:
        return f"{date.start.year:04d}-{day[-2:]}"
    if day.count("X") == 4 and len(day) == 7:
        return date.start.isoformat()[:7]
    grain = {"day": 10, "days": 10, "month": 7, "year": 4}.get(date.precision, 10)
    return date.start.isoformat()[:grain] + clock
