"""How each form of time words is read: one small function a form, in the table `FORMS`.

Input: a match of the time grammar. Output: a `TimeMention` whose span and words the caller fills in, or None where the
words are no time after all. The form `ago` reads "25 years ago" as (-25, "year").
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tollbook.claims import timecalendar as calendar
from tollbook.claims import timeyears as years
from tollbook.claims.timeparts import Place, direction_of, length_of, number_of, open_point, timed, unit_of
from tollbook.model import TimeMention

# "The 1988 quarter" is no length of 1,988 quarters.
MOST_QUARTERS = 400

# ---- times of day, and words that point from today ----


def _clock(place: Place) -> TimeMention | None:
    words = place.match.group("clock")
    if "midnight" in words:
        return timed("TIME", "XXXX-XX-XXT24:00")
    if re.search(r"noon\b(?<!after)(?<!afternoon)|midday", words) and not words[0].isdigit():
        return timed("TIME", "XXXX-XX-XXT12:00")
    found = re.search(r"(\d\d?)[:.]?(\d\d)?(?!\d)", words)
    if found is None:
        return None
    hour, minute = int(found.group(1)), int(found.group(2) or 0)
    if re.search(r"p\.?m|after|evening|night", words) and hour < 12:
        hour += 12
    elif re.search(r"a\.?m", words) and hour == 12:
        hour = 0
    if hour > 24 or minute > 59:
        return None
    value = f"XXXX-XX-XXT{hour:02d}:{minute:02d}"
    return timed("TIME", value)


def _deixis(place: Place) -> TimeMention | None:
    word = place.match.group("deixis_w")
    away = place.rules.tables["deictics"][word]
    away += {"before": -1, "after": 1}.get(place.get("deixis_x") or "", 0)
    part = "TNI" if word == "tonight" else calendar.daypart(place)
    return timed("TIME" if part else "DATE", "XXXX-XX-XX" + part, relative=(away, "day"))


def _part_of_day(place: Place) -> TimeMention | None:
    way, part = (
        place.match.group("part_r").split()[-1],
        place.rules.tables["dayparts"][" ".join(place.match.group("part_p").split())],
    )
    away = {"this": (0, "day"), "last": (-1, "day")}.get(way, direction_of(place, way, "day then"))
    if away is not None and away[1].endswith("then then"):
        away = (away[0], "day then")
    return timed("TIME", "XXXX-XX-XX" + part, relative=away)


def _before_day(place: Place) -> TimeMention | None:
    """ "Dawn", "the early hours", "mid-afternoon" before a day: "in the early hours of Friday"."""
    words = place.get("before_p")
    part = place.rules.tables["dayparts"][" ".join(words.split())] if words else "TMO"
    return timed("TIME", "XXXX-XX-XX" + part)


def _prior(place: Place) -> TimeMention | None:
    """ "The night before." counts from the time spoken of."""
    unit = place.match.group("prior_u")
    name, part = ("day", "TNI") if unit == "night" else (unit, "")
    way = -1 if place.get("prior_x") == "before" else 1
    return timed("TIME" if part else "DATE", open_point(name) + part, relative=(way, f"{name} then"))


def _overnight(place: Place) -> TimeMention | None:
    return timed("TIME", "XXXX-XX-XXTNI", relative=(-1, "day"))


def _ago(place: Place) -> TimeMention | None:
    words, unit = place.get("ago_n"), place.get("ago_u") or place.get("ago_v") or ""
    letter, name = unit_of(place, unit)
    count = number_of(place, words) if words else None
    cue = "ago" if place.get("ago_v") else " ".join((place.get("ago_d") or "").split())
    way = place.rules.tables["ago"][cue]
    if count is None and cue == "later":
        return timed("DURATION", length_of(letter, name, None))
    if count is None:
        return timed("DATE", "PAST_REF" if way < 0 else "FUTURE_REF")
    length, clock = length_of(letter, name, count), name in ("hour", "minute", "second")
    count, name = _days_of(place, count, letter, name, unit)
    anchored = name if cue in ("ago", "from now", "hence") else f"{name} then"
    relative = (way * max(1, round(count)), anchored)
    if clock and anchored != name:  # "an hour later" is on the day spoken of
        return timed("DURATION", length, relative=relative)
    return timed("DATE", open_point(name), relative=relative)


def _days_of(place: Place, count: float, letter: str, name: str, unit: str) -> tuple[float, str]:
    if letter == "E":
        return count * 10, "year"
    if letter == "C":
        return count * 100, "year"
    return (count * 2, "week") if unit.startswith("fortnight") else (count, name)


def _after(place: Place) -> TimeMention | None:
    """ "Six days after the roof fell in": a length, and how long before the report the event was."""
    letter, name = unit_of(place, place.match.group("after_u"))
    count = number_of(place, place.match.group("after_n"))
    if count is None:
        return timed("DURATION", length_of(letter, name, count))
    return timed("DURATION", length_of(letter, name, count), relative=(-round(count), f"{name} after"))


def _several(place: Place) -> TimeMention | None:
    letter, name = unit_of(place, place.match.group("several_u"))
    count = number_of(place, place.match.group("several_n"))
    way = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(place.match.group("several_r"))
    size, grain = _days_of(place, count, letter, name, "") if count is not None else (0.0, name)
    relative = (way * max(1, round(size)), grain) if way and count is not None else None
    return timed("DURATION", length_of(letter, name, count), relative=relative)


def _relative(place: Place) -> TimeMention | None:
    unit = place.match.group("rel_u")
    letter, name = unit_of(place, unit)
    way = place.match.group("rel_r")
    if unit.endswith("s") and unit not in place.rules.units:
        return (
            None
            if way in ("this", "that", "same", "current", "latest")
            else timed("DURATION", length_of(letter, name, None))
        )
    if way == "recent":
        return None
    relative = direction_of(place, way, "weekend" if unit == "weekend" else name)
    if way == "next" and relative is not None and place.low[: place.match.start("rel_r")].endswith("the "):
        relative = (1, f"{name} then")
    if name in ("hour", "minute", "second") or relative is None or (name == "day" and way in ("past", "this")):
        return timed("DURATION", length_of(letter, name, 1)) if way in ("past", "last", "next") else None
    if unit == "night":
        return timed("TIME", "XXXX-XX-XXTNI", relative=relative)
    if name in ("decade", "century") and relative[0] and place.match.group().startswith(("the ", "past")):
        size = 10 if name == "decade" else 100
        return timed("DURATION", length_of(letter, name, 1), relative=(relative[0] * size, "year"))
    if way == "past" and name in ("month", "week"):
        return timed("DURATION", length_of(letter, name, 1), relative=relative)
    return timed("DATE", open_point(name) + ("-WE" if unit == "weekend" else ""), relative=relative)


def _set(place: Place) -> TimeMention | None:
    unit = place.get("set_u")
    if unit is None:
        return timed("SET", place.rules.tables["sets"][place.match.group("set")])
    letter, name = unit_of(place, unit)
    count = 2 if place.get("set_n") == "other" else number_of(place, place.get("set_n") or "one")
    return timed("SET", length_of(letter, name, count))


def _duration(place: Place) -> TimeMention | None:
    words, unit = place.match.group("dur_n"), place.match.group("dur_u")
    letter, name = unit_of(place, unit)
    single = words in ("a", "an")
    if single and unit.endswith("s") and unit not in place.rules.units:
        return None
    if words == "some" and not unit.endswith("s"):
        return None
    if single and place.match.group().startswith(words) and _is_rate(place):
        return timed("SET", length_of(letter, name, 1))
    count = number_of(place, words)
    if name == "quarter" and (_is_share(place) or (count or 0) > MOST_QUARTERS):
        return None
    if words == "one" and unit == "day" and place.last_word() in place.rules.tables["some_day"]["before"]:
        return timed("DATE", "FUTURE_REF")
    if count is not None and place.get("dur_h"):
        count += 0.5
    return timed("DURATION", length_of(letter, name, count))


def _long(place: Place) -> TimeMention | None:
    """ "Week-long" is one week, "months-long" an open number of months."""
    unit = place.match.group("long_u")
    many = unit.endswith("s") and unit not in place.rules.units
    return timed("DURATION", length_of(*unit_of(place, unit), None if many else 1))


def _is_share(place: Place) -> bool:
    """ "Three-quarters of the food" is a share, no time."""
    return "-" in place.match.group() and place.match.group().endswith("s")


def _is_rate(place: Place) -> bool:
    """ "50,000 people a week": a noun or a number right before "a week" makes it a rate."""
    word = place.last_word()
    return word.endswith(("s", "people", "$", "times", "once", "twice", "%", "percent")) and word not in (
        "is",
        "was",
        "as",
        "takes",
        "this",
        "lasts",
        "has",
        "less",
    )


def _reference(place: Place) -> TimeMention | None:
    words = " ".join(place.match.group("ref").split())
    if words == "the past" and place.next_word() in place.rules.cardinals:
        return None
    return timed("DATE", place.rules.tables["references"][words])


FORMS: dict[str, Callable[[Place], TimeMention | None]] = {
    "iso": calendar.iso, "num": calendar.numeric, "mdy": calendar.month_day, "dmy": calendar.day_month,
    "my": calendar.month_year, "month": calendar.month, "dom": calendar.day_alone,
    "wday": calendar.weekday, "wdays": calendar.weekdays, "clock": _clock, "deixis": _deixis, "part": _part_of_day,
    "prior": _prior, "overnight": _overnight, "ago": _ago, "after": _after, "yearago": years.year_ago,
    "spoken": years.quarter_spoken, "several": _several, "rel": _relative,
    "bare": years.bare, "yearend": years.year_end,
    "quarter": years.quarter, "half": years.half, "season": years.season, "set": _set, "dur": _duration,
    "before": _before_day, "long": _long, "loose": years.many, "decade": calendar.decade,
    "century": calendar.century, "span": calendar.years,
    "year": calendar.bare_year, "holiday": calendar.holiday, "movable": calendar.movable, "ref": _reference,
}  # fmt: skip
