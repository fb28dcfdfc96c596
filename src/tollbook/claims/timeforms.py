"""How each form of time words is read: one small function a form, in the table `FORMS`.

Input: a match of the time grammar. Output: a `TimeMention` whose span and words the caller fills in, or None where the
words are no time after all ("may" the verb, 1,990 people). The form `ago` reads "25 years ago" as (-25, "year").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tollbook.claims.timewords import TimeGrammar
from tollbook.model import Span, TimeMention
from tollbook.text import is_shouted

_NOWHERE = Span(0, 1)
_NEXT_WORD = re.compile(r"[\s-]*([^\W\d_]+)")
_LAST_WORD = re.compile(r"([^\s(\[,;:\"“”']+)[\s(\[\"“]*$")
_SMALL = re.compile(r"(?:1[3-9]|[2-9]\d)\b")
# Two digits name the century of the other millennium above this: '89 is 1989, '24 is 2024.
_PIVOT = 40
Type = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class Place:
    """A match of the grammar and the words it stands in; `low` is `said` folded, of the same length."""

    match: re.Match[str]
    said: str
    low: str
    rules: TimeGrammar

    def get(self, name: str) -> str | None:
        return self.match.group(name)

    def next_word(self) -> str:
        found = _NEXT_WORD.match(self.low, self.match.end())
        return found.group(1) if found else ""

    def last_word(self) -> str:
        start = max(0, self.match.start() - 30)
        found = _LAST_WORD.search(self.low[start : self.match.start()])
        return found.group(1) if found else ""

    def is_capital(self, group: str) -> bool:
        return self.said[self.match.start(group)].isupper()

    def is_shouted(self) -> bool:
        return is_shouted(self.said) or self.said.isupper()


def _time(
    type_: Type, value: str, *, year: int | None = None, month: int | None = None, day: int | None = None,
    end_day: int | None = None, end_year: int | None = None, weekday: int | None = None,
    relative: tuple[int, str] | None = None,
) -> TimeMention:  # fmt: skip
    return TimeMention(
        _NOWHERE, "", type_, value, year=year, month=month, day=day, end_day=end_day, end_year=end_year,
        end_month=month if end_day else None, weekday=weekday, relative=relative,
    )  # fmt: skip


def _point(year: int | None, month: int | None, day: int | None) -> str:
    """The TIMEX3 value of a calendar point."""
    value = "XXXX" if year is None else f"{year:04d}"
    if month is not None or day is not None:
        value += "-XX" if month is None else f"-{month:02d}"
    return value if day is None else value + f"-{day:02d}"


def _year(words: str | None) -> int | None:
    if words is None:
        return None
    digits = int(words.lstrip("'"))
    if digits < 100:
        digits += 1900 if digits > _PIVOT else 2000
    return digits


def _number(place: Place, words: str) -> float | None:
    """The number of "thirty-two", "2 1/2", "a"; None for "several"."""
    words = " ".join(words.split())
    if words[0].isdigit():
        whole, _, part = words.partition(" ")
        top, _, bottom = part.partition("/")
        return float(whole.replace(",", "")) + (int(top) / int(bottom) if bottom and int(bottom) else 0)
    known = place.rules.cardinals
    if words in known:
        return known[words]
    tens, _, ones = words.replace("-", " ").partition(" ")
    return known[tens] + known[ones] if tens in known and ones in known else None


def _unit(place: Place, words: str) -> tuple[str, str]:
    """The TIMEX3 letter and the plain name of a unit: "hours" is ("H", "hour")."""
    word = words.rstrip("s") if words not in place.rules.units else words
    letter = place.rules.units[word]
    name = "minute" if word in ("minute", "min") else "month" if word == "month" else place.rules.tables["unit_names"][letter]
    return letter, name


def _length(letter: str, name: str, count: float | None) -> str:
    amount = "X" if count is None else f"{count:g}"
    if letter in "EC" and count is not None:
        amount = f"{count:g}"
    return f"P{'T' if name in ('hour', 'minute', 'second') else ''}{amount}{'DE' if letter == 'E' else 'CE' if letter == 'C' else letter}"


def _direction(place: Place, words: str | None, unit: str) -> tuple[int, str] | None:
    """ "last" is (-1, unit); "the following" counts from the time spoken of: (1, unit + " then")."""
    if words is None or words in ("each", "every"):
        return None
    word = words.split()[-1]
    way = 0 if word == "latest" else place.rules.tables["directions"][word]
    return (way, f"{unit} then" if word in place.rules.words("anaphoric") else unit)


# ---- calendar forms ----


def _is_modal(place: Place, group: str) -> bool:
    """True for "12 may have died", "march" the verb, "sun" the star."""
    word = place.low[place.match.start(group) : place.match.end(group)].rstrip(".")
    traps = place.rules.tables["traps"]
    if word not in traps["words"]:
        return False
    if not place.is_capital(group):
        return True
    return word in ("may", "march") and place.is_shouted() and place.next_word() in (*traps["modal_next"], *traps["counted"])


def _iso(place: Place) -> TimeMention | None:
    year, month, day = (int(place.match.group(name)) for name in ("iso_y", "iso_m", "iso_d"))
    return _time("DATE", _point(year, month, day), year=year, month=month, day=day)


def _numeric(place: Place) -> TimeMention | None:
    """ "11/02/89" is read month first, "24.02.2018" day first; what can't be so is read the other way."""
    first, last = int(place.match.group("num_a")), int(place.match.group("num_b"))
    month, day = (first, last) if place.get("num_s") == "/" else (last, first)
    if month > 12:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31) or (place.get("num_s") == "." and len(place.match.group("num_y")) == 2):
        return None
    year = _year(place.get("num_y"))
    return _time("DATE", _point(year, month, day), year=year, month=month, day=day)


def _digits(place: Place, words: str | None) -> int | None:
    if words is None:
        return None
    found = re.match(r"\d+", words)
    return int(found.group()) if found else place.rules.ordinals.get(" ".join(words.split()))


def _month_day(place: Place) -> TimeMention | None:
    if _is_modal(place, "mdy_m"):
        return None
    month = place.rules.months[place.match.group("mdy_m").rstrip(".")]
    day, end, year = _digits(place, place.get("mdy_d")), _digits(place, place.get("mdy_e")), _year(place.get("mdy_y"))
    if place.get("mdy_y") is None and place.next_word() in place.rules.tables["traps"]["counted"]:
        return None
    return _days(year, month, day, end)


def _day_month(place: Place) -> TimeMention | None:
    if _is_modal(place, "dmy_m"):
        return None
    month = place.rules.months[place.match.group("dmy_m").rstrip(".")]
    first, last, year = _digits(place, place.get("dmy_d")), _digits(place, place.get("dmy_e")), _year(place.get("dmy_y"))
    return _days(year, month, last, None) if first is None else _days(year, month, first, last)


def _days(year: int | None, month: int, day: int | None, end: int | None) -> TimeMention | None:
    if end is not None and day is not None and end < day:
        return None
    return _time("DATE", _point(year, month, day), year=year, month=month, day=day, end_day=end, end_year=year if end else None)


def _month_year(place: Place) -> TimeMention | None:
    month = place.rules.months[place.match.group("my_m").rstrip(".")]
    year = _year(place.get("my_y"))
    relative = _direction(place, place.get("my_r"), "year")
    if not place.is_capital("my_m") and relative is None and place.match.group("my_m") in ("may", "march"):
        return None
    return _time("DATE", _point(year, month, None), year=year, month=month, relative=relative)


def _month(place: Place) -> TimeMention | None:
    word = place.match.group("month_m").rstrip(".")
    traps = place.rules.tables["traps"]
    if not place.is_capital("month_m") or (len(word) < 4 and word != "may"):
        return None
    narrowed = place.match.start() < place.match.start("month_m")
    if word in traps["words"] and not narrowed and (place.last_word() not in traps["month_cues"] or place.next_word() in traps["modal_next"]):
        return None
    month = place.rules.months[word]
    if place.get("month_r") in ("each", "every"):
        return _time("SET", f"XXXX-{month:02d}", month=month)
    return _time("DATE", _point(None, month, None), month=month, relative=_direction(place, place.get("month_r"), "year"))


def _weekday(place: Place) -> TimeMention | None:
    word = place.match.group("wday_d")
    abbreviated = word.rstrip(".") in place.rules.tables["weekday_abbreviations"]
    if abbreviated and not (word.endswith(".") and place.is_capital("wday_d")):
        return None
    day = place.rules.weekdays[word.rstrip(".")]
    part = _daypart(place)
    value = f"XXXX-WXX-{day + 1}{part}"
    if place.get("wday_r") in ("each", "every"):
        return _time("SET", value, weekday=day)
    return _time("TIME" if part else "DATE", value, weekday=day, relative=_direction(place, place.get("wday_r"), "week"))


def _daypart(place: Place) -> str:
    """The TIMEX3 part of day at the end of the match ("TNI"), or nothing."""
    words = place.match.group().split()
    return "T" * 0 + str(place.rules.tables["dayparts"].get(words[-1], "")) if len(words) > 1 else ""


def _weekdays(place: Place) -> TimeMention | None:
    day = place.rules.weekdays[place.match.group("wdays_d")]
    return _time("SET", f"XXXX-WXX-{day + 1}", weekday=day)


# ---- times of day, and words that point from today ----


def _clock(place: Place) -> TimeMention | None:
    words = place.match.group("clock")
    if "noon" in words or "midnight" in words:
        return _time("TIME", "XXXX-XX-XXT12:00" if "noon" in words else "XXXX-XX-XXT24:00")
    found = re.search(r"(\d\d?):?(\d\d)?(?!\d)", words)
    if found is None:
        return None
    hour, minute = int(found.group(1)), int(found.group(2) or 0)
    if re.search(r"p\.?m", words) and hour < 12:
        hour += 12
    elif re.search(r"a\.?m", words) and hour == 12:
        hour = 0
    if hour > 24 or minute > 59:
        return None
    value = f"XXXX-XX-XXT{hour:02d}:{minute:02d}"
    return _time("TIME", value)


def _deixis(place: Place) -> TimeMention | None:
    word = place.match.group("deixis_w")
    away = place.rules.tables["deictics"][word]
    away += {"before": -1, "after": 1}.get(place.get("deixis_x") or "", 0)
    part = "TNI" if word == "tonight" else _daypart(place)
    return _time("TIME" if part else "DATE", "XXXX-XX-XX" + part, relative=(away, "day"))


def _part_of_day(place: Place) -> TimeMention | None:
    way, part = place.match.group("part_r").split()[-1], place.rules.tables["dayparts"][" ".join(place.match.group("part_p").split())]
    away = {"this": (0, "day"), "last": (-1, "day")}.get(way, _direction(place, way, "day then"))
    if away is not None and away[1].endswith("then then"):
        away = (away[0], "day then")
    return _time("TIME", "XXXX-XX-XX" + part, relative=away)


def _overnight(place: Place) -> TimeMention | None:
    return _time("TIME", "XXXX-XX-XXTNI", relative=(-1, "day"))


def _ago(place: Place) -> TimeMention | None:
    words, unit = place.get("ago_n"), place.get("ago_u") or place.get("ago_v") or ""
    letter, name = _unit(place, unit)
    count = _number(place, words) if words else None
    cue = "ago" if place.get("ago_v") else " ".join((place.get("ago_d") or "").split())
    way = place.rules.tables["ago"][cue]
    if count is None:
        return _time("DATE", "PAST_REF" if way < 0 else "FUTURE_REF")
    count, name = _days_of(place, count, letter, name, unit)
    anchored = name if cue in ("ago", "from now", "hence") else f"{name} then"
    return _time("DATE", _open(name), relative=(way * max(1, round(count)), anchored))


def _days_of(place: Place, count: float, letter: str, name: str, unit: str) -> tuple[float, str]:
    if letter == "E":
        return count * 10, "year"
    if letter == "C":
        return count * 100, "year"
    return (count * 2, "week") if unit.startswith("fortnight") else (count, name)


def _open(name: str) -> str:
    """The open TIMEX3 value of a point of this grain."""
    return {"year": "XXXX", "month": "XXXX-XX", "week": "XXXX-WXX", "quarter": "XXXX-QX", "day": "XXXX-XX-XX"}.get(name, "XXXX-XX-XXTXX:XX")


def _year_ago(place: Place) -> TimeMention | None:
    return _time("DATE", "XXXX", relative=(-1, "year"))


def _several(place: Place) -> TimeMention | None:
    letter, name = _unit(place, place.match.group("several_u"))
    count = _number(place, place.match.group("several_n"))
    way = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(place.match.group("several_r"))
    size, grain = _days_of(place, count, letter, name, "") if count is not None else (0.0, name)
    relative = (way * max(1, round(size)), grain) if way and count is not None else None
    return _time("DURATION", _length(letter, name, count), relative=relative)


def _relative(place: Place) -> TimeMention | None:
    unit = place.match.group("rel_u")
    letter, name = _unit(place, unit)
    way = place.match.group("rel_r")
    if unit.endswith("s") and unit not in place.rules.units:
        return None if way in ("this", "that", "same", "current", "latest") else _time("DATE", "PAST_REF" if way in ("last", "past") else "FUTURE_REF")
    relative = _direction(place, way, name)
    if name in ("hour", "minute", "second") or relative is None or (name == "day" and way in ("past", "this")):
        return _time("DURATION", _length(letter, name, 1)) if way in ("past", "last", "next") else None
    if unit == "night":
        return _time("TIME", "XXXX-XX-XXTNI", relative=relative)
    value = _open("week") + "-WE" if unit == "weekend" else "XXX" if name == "decade" else "XX" if name == "century" else _open(name)
    if name in ("decade", "century"):
        relative = None
    if way == "past" and name in ("month", "year", "week", "decade"):
        return _time("DURATION" if name != "year" else "DATE", _length(letter, name, 1) if name != "year" else "XXXX", relative=relative)
    return _time("DATE", value, relative=relative)


def _quarter(place: Place) -> TimeMention | None:
    number = place.rules.ordinals[place.match.group("quarter_o")]
    year = _year(place.get("quarter_y") or place.get("quarter_z"))
    return _time("DATE", f"{_point(year, None, None)}-Q{number}", year=year)


def _season(place: Place) -> TimeMention | None:
    word, year = place.match.group("season_s"), _year(place.get("season_y"))
    whole = place.match.group("season").split()
    if place.get("season_r") is None and year is None and (whole[0] not in ("in", "the") or word == "fall"):
        return None
    relative = _direction(place, (place.get("season_r") or "").removeprefix("this ") if place.get("season_r") else None, "year")
    return _time("DATE", f"{_point(year, None, None)}-{place.rules.seasons[word]}", year=year, relative=relative)


def _set(place: Place) -> TimeMention | None:
    unit = place.get("set_u")
    if unit is None:
        return _time("SET", place.rules.tables["sets"][place.match.group("set")])
    letter, name = _unit(place, unit)
    count = _number(place, place.match.group("set_n")) if place.get("set_n") else 1
    return _time("SET", _length(letter, name, count))


def _duration(place: Place) -> TimeMention | None:
    words, unit = place.match.group("dur_n"), place.match.group("dur_u")
    letter, name = _unit(place, unit)
    single = words in ("a", "an")
    if single and unit.endswith("s") and unit not in place.rules.units:
        return None
    if words == "some" and not unit.endswith("s"):
        return None
    if single and place.match.group().startswith(words) and _is_rate(place):
        return _time("SET", _length(letter, name, 1))
    return _time("DURATION", _length(letter, name, _number(place, words)))


def _is_rate(place: Place) -> bool:
    """ "50,000 people a week": a noun or a number right before "a week" makes it a rate."""
    word = place.last_word()
    return word.endswith(("s", "people", "$", "times", "once", "twice", "%", "percent")) and word not in ("is", "was", "as", "takes", "this", "lasts", "has", "less")


def _decade(place: Place) -> TimeMention | None:
    years, word = place.get("decade_y") or place.get("decade_m"), place.get("decade_w")
    start = int(years) if years else 1900 + 10 * int(place.rules.tables["decades"][word])
    return _time("DATE", f"{start // 10}", year=start, end_year=start + 9)


def _century(place: Place) -> TimeMention | None:
    number = int(place.match.group("century_n"))
    return _time("DATE", f"{number - 1:02d}", year=(number - 1) * 100 + 1, end_year=number * 100) if number else None


def _years(place: Place) -> TimeMention | None:
    first, words = int(place.match.group("span_a")), place.match.group("span_b")
    last = int(words) if len(words) == 4 else first - first % 100 + int(words)
    return _time("DATE", _point(first, None, None), year=first, end_year=last) if last > first else None


def _bare_year(place: Place) -> TimeMention | None:
    """A number of four digits is a year where a cue stands before it or nothing that is counted stands after."""
    traps, year = place.rules.tables["traps"], int(place.match.group("year_y"))
    narrowed = place.match.start() < place.match.start("year_y")
    cued = narrowed or place.last_word() in traps["year_cues"]
    if place.next_word() in traps["counted"] or place.last_word().rstrip(".") in traps["not_year"]:
        return None
    if not (1900 <= year <= 2099 and (cued or _stands_free(place))) and not (cued and 1400 <= year):
        return None
    return _time("DATE", f"{year:04d}", year=year)


def _stands_free(place: Place) -> bool:
    """True where the number is no part of a longer code and no plural noun follows that it could count."""
    return not place.next_word().endswith("s") or place.low[place.match.end() : place.match.end() + 1] in ",.;:)'"


def _holiday(place: Place) -> TimeMention | None:
    word, year = " ".join(place.match.group("holiday_w").split()), _year(place.get("holiday_y"))
    if not place.is_capital("holiday_w"):
        return None
    date = place.rules.tables["holidays"][word]
    relative = _direction(place, place.get("holiday_r"), "year")
    if not date:
        return _time("DATE", _point(year, None, None), year=year, relative=relative)
    month, day = map(int, date.split("-"))
    return _time("DATE", _point(year, month, day), year=year, month=month, day=day, relative=relative)


def _reference(place: Place) -> TimeMention | None:
    return _time("DATE", place.rules.tables["references"][" ".join(place.match.group("ref").split())])


FORMS: dict[str, Callable[[Place], TimeMention | None]] = {
    "iso": _iso, "num": _numeric, "mdy": _month_day, "dmy": _day_month, "my": _month_year, "month": _month,
    "wday": _weekday, "wdays": _weekdays, "clock": _clock, "deixis": _deixis, "part": _part_of_day,
    "overnight": _overnight, "ago": _ago, "yearago": _year_ago, "several": _several, "rel": _relative,
    "quarter": _quarter, "season": _season, "set": _set, "dur": _duration, "decade": _decade, "century": _century,
    "span": _years, "year": _bare_year, "holiday": _holiday, "ref": _reference,
}  # fmt: skip
