"""Calendar forms of time words: dates, months, weekdays, years, decades, centuries, holidays.

Input: a match of the time grammar. Output: a `TimeMention` whose span and words the caller fills in, or None where the
words are no time ("12 may have died", 1,990 people). "Feb. 25-26, 1992" is 1992-02-25 to 1992-02-26.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tollbook.claims.timeparts import Place, direction_of, point, timed, year_of
from tollbook.model import TimeMention

# ---- calendar forms ----


def _is_modal(place: Place, group: str) -> bool:
    """True for "12 may have died", "march" the verb, "sun" the star."""
    word = place.low[place.match.start(group) : place.match.end(group)].rstrip(".")
    traps = place.rules.tables["traps"]
    if word not in traps["words"]:
        return False
    if not place.is_capital(group):
        return True
    return (
        word in ("may", "march")
        and place.is_shouted()
        and place.next_word() in (*traps["modal_next"], *traps["counted"])
    )


def iso(place: Place) -> TimeMention | None:
    year, month, day = (int(place.match.group(name)) for name in ("iso_y", "iso_m", "iso_d"))
    return timed("DATE", point(year, month, day), year=year, month=month, day=day)


def numeric(place: Place) -> TimeMention | None:
    """ "11/02/89" is read month first, "24.02.2018" day first; what can't be so is read the other way."""
    first, last = int(place.match.group("num_a")), int(place.match.group("num_b"))
    month, day = (first, last) if place.get("num_s") == "/" else (last, first)
    if month > 12:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31) or (
        place.get("num_s") == "." and len(place.match.group("num_y")) == 2
    ):
        return None
    year = year_of(place, place.get("num_y"))
    return timed("DATE", point(year, month, day), year=year, month=month, day=day)


def _digits(place: Place, words: str | None) -> int | None:
    if words is None:
        return None
    found = re.match(r"\d+", words)
    return int(found.group()) if found else place.rules.ordinals.get(" ".join(words.split()))


def month_day(place: Place) -> TimeMention | None:
    if _is_modal(place, "mdy_m"):
        return None
    month = place.rules.months[place.match.group("mdy_m").rstrip(".")]
    day, end, year = (
        _digits(place, place.get("mdy_d")),
        _digits(place, place.get("mdy_e")),
        year_of(place, place.get("mdy_y")),
    )
    counts = place.next_word() in place.rules.tables["traps"]["counted"] and place.last_word() != "on"
    if place.get("mdy_y") is None and counts:
        return None
    return _of_part(place, "mdy_p", _days(year, month, day, end))


def day_month(place: Place) -> TimeMention | None:
    if _is_modal(place, "dmy_m"):
        return None
    month = place.rules.months[place.match.group("dmy_m").rstrip(".")]
    first, last, year = (
        _digits(place, place.get("dmy_d")),
        _digits(place, place.get("dmy_e")),
        year_of(place, place.get("dmy_y")),
    )
    return _of_part(
        place, "dmy_p", _days(year, month, last, None) if first is None else _days(year, month, first, last)
    )


def _of_part(place: Place, group: str, day: TimeMention | None) -> TimeMention | None:
    """ "Monday morning, 3 May": a day with the part of it that stands after its weekday."""
    words = (place.get(group) or "").split()
    part = place.rules.tables["dayparts"].get(words[-1]) if words else None
    return replace(day, type="TIME", value=f"{day.value}{part}") if part and day is not None else day


def _days(year: int | None, month: int, day: int | None, end: int | None) -> TimeMention | None:
    if end is not None and day is not None and end < day:
        return None
    return timed(
        "DATE", point(year, month, day), year=year, month=month, day=day, end_day=end, end_year=year if end else None
    )


def month_year(place: Place) -> TimeMention | None:
    month = place.rules.months[place.match.group("my_m").rstrip(".")]
    year = year_of(place, place.get("my_y"))
    relative = direction_of(place, place.get("my_r"), "year")
    if not place.is_capital("my_m") and relative is None and place.match.group("my_m") in ("may", "march"):
        return None
    return timed("DATE", point(year, month, None), year=year, month=month, relative=relative)


def month(place: Place) -> TimeMention | None:
    word = place.match.group("month_m").rstrip(".")
    traps = place.rules.tables["traps"]
    if not place.is_capital("month_m") or (len(word) < 4 and word != "may"):
        return None
    narrowed = place.match.start() < place.match.start("month_m")
    if word in traps["words"] and not narrowed and not _is_month(place):
        return None
    month = place.rules.months[word]
    if place.get("month_r") in ("each", "every"):
        return timed("SET", f"XXXX-{month:02d}", month=month)
    return timed(
        "DATE", point(None, month, None), month=month, relative=direction_of(place, place.get("month_r"), "year")
    )


def _is_month(place: Place) -> bool:
    """A month word that is another word too, in "in May" or in "the May attack": not in "the March on the palace"."""
    traps, after = place.rules.tables["traps"], place.next_word()
    if place.last_word() == "the":
        return bool(after) and after not in traps["thing_next"] and not place.is_shouted()
    return place.last_word() in traps["month_cues"] and after not in traps["modal_next"]


def weekday(place: Place) -> TimeMention | None:
    word = place.match.group("wday_d")
    abbreviated = word.rstrip(".") in place.rules.tables["weekday_abbreviations"]
    if abbreviated and not (word.endswith(".") and place.is_capital("wday_d")):
        return None
    day = place.rules.weekdays[word.rstrip(".")]
    part = daypart(place)
    value = f"XXXX-WXX-{day + 1}{part}"
    if place.get("wday_r") in ("each", "every"):
        return timed("SET", value, weekday=day)
    return timed(
        "TIME" if part else "DATE", value, weekday=day, relative=direction_of(place, place.get("wday_r"), "week")
    )


def daypart(place: Place) -> str:
    """The TIMEX3 part of day at the end of the match ("TNI"), or nothing."""
    words = place.match.group().split()
    return str(place.rules.tables["dayparts"].get(words[-1], "")) if len(words) > 1 else ""


def weekdays(place: Place) -> TimeMention | None:
    day = place.rules.weekdays[place.match.group("wdays_d")]
    words = place.match.group("wdays").split()
    part = place.rules.tables["dayparts"].get(words[-1].removesuffix("s"), "") if len(words) > 1 else ""
    return timed("SET", f"XXXX-WXX-{day + 1}{part}", weekday=day)


def decade(place: Place) -> TimeMention | None:
    years, word, short = place.get("decade_y") or place.get("decade_m"), place.get("decade_w"), place.get("decade_d")
    start = int(years or f"19{short or 10 * place.rules.tables['decades'][word]}")
    return timed("DATE", f"{start // 10}", year=start, end_year=start + 9)


def century(place: Place) -> TimeMention | None:
    digits = place.get("century_n")
    number = int(digits) if digits else place.rules.ordinals[place.match.group("century_o")]
    return timed("DATE", f"{number - 1:02d}", year=(number - 1) * 100 + 1, end_year=number * 100) if number else None


def years(place: Place) -> TimeMention | None:
    first, words = year_of(place, place.match.group("span_a")) or 0, place.match.group("span_b")
    last = int(words) if len(words) == 4 else first - first % 100 + int(words)
    return timed("DATE", point(first, None, None), year=first, end_year=last) if last > first else None


def bare_year(place: Place) -> TimeMention | None:
    """A number of four digits is a year where a cue stands before it or nothing that is counted stands after."""
    traps, year = place.rules.tables["traps"], year_of(place, place.match.group("year_y")) or 0
    narrowed = place.match.start() < place.match.start("year_y")
    cued = narrowed or place.last_word() in traps["year_cues"]
    if place.next_word() in traps["counted"] or place.last_word().rstrip(".") in traps["not_year"]:
        return None
    if not (1900 <= year <= 2099 and (cued or _stands_free(place))) and not (cued and year >= 1400):
        return None
    return timed("DATE", f"{year:04d}", year=year)


def _stands_free(place: Place) -> bool:
    """True where the number is no part of a longer code and no plural noun follows that it could count."""
    return not place.next_word().endswith("s") or place.low[place.match.end() : place.match.end() + 1] in ",.;:)'"


def movable(place: Place) -> TimeMention | None:
    """ "Thanksgiving" is the fourth Thursday of November, "Good Friday" (-2, "easter")."""
    word, year = " ".join(place.match.group("movable_w").split()), year_of(place, place.get("movable_y"))
    if not place.is_capital("movable_w"):
        return None
    known, value = place.rules.tables["movable"], point(year, None, None) + "-XX-XX"
    if word not in known:
        return timed("DATE", value, year=year, relative=(place.rules.tables["easter"][word], "easter"))
    month, day, count = known[word]
    return timed("DATE", value, year=year, month=month, weekday=day, relative=(count, "weekday of month"))


def day_alone(place: Place) -> TimeMention | None:
    """ "On the 9th": a day whose month the words before tell."""
    day = int(place.match.group("dom_d"))
    return timed("DATE", point(None, None, day), day=day)


def holiday(place: Place) -> TimeMention | None:
    word, year = " ".join(place.match.group("holiday_w").split()), year_of(place, place.get("holiday_y"))
    if not place.is_capital("holiday_w"):
        return None
    date = place.rules.tables["holidays"][word]
    relative = direction_of(place, place.get("holiday_r"), "year")
    if not date:
        return timed("DATE", point(year, None, None), year=year, relative=relative)
    month, day = map(int, date.split("-"))
    return timed("DATE", point(year, month, day), year=year, month=month, day=day, relative=relative)
