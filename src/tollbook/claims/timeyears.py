"""Parts of a year and units without a number: quarters, halves, seasons, "the year", "the weekend", "for weeks".

Input: a match of the time grammar. Output: a `TimeMention` whose span and words the caller fills in, or None where the
words are no time after all. "Last year's third quarter" is (-1, "year") with value "XXXX-Q3".
"""

from __future__ import annotations

from tollbook.claims.timeparts import Place, direction_of, open_point, point, timed, year_of
from tollbook.model import TimeMention


def year_ago(place: Place) -> TimeMention | None:
    """ "Year-ago", "the year-earlier quarter": the same time of the year before."""
    return timed("DATE", "XXXX", relative=(-1, "year"))


def quarter_spoken(place: Place) -> TimeMention | None:
    """ "The quarter", "the latest period": the quarter that the report speaks of."""
    return timed("DATE", "XXXX-QX", relative=(0, "quarter"))


def quarter(place: Place) -> TimeMention | None:
    """ "The third quarter", "this year's third quarter", "the year-ago third quarter"."""
    number = place.rules.ordinals[place.get("quarter_o") or place.match.group("quarter_h")]
    year = year_of(place, place.get("quarter_y") or place.get("quarter_z"))
    way = "last" if place.get("quarter_a") else place.get("quarter_r") or place.get("quarter_l")
    return timed("DATE", f"{point(year, None, None)}-Q{number}", year=year, relative=direction_of(place, way, "year"))


def half(place: Place) -> TimeMention | None:
    """ "The first half of 1990", "the second half of last year"."""
    number = 1 if place.match.group("half_o") == "first" else 2
    year, way = year_of(place, place.get("half_y")), (place.get("half_r") or "").replace("the", "this") or None
    return timed("DATE", f"{point(year, None, None)}-H{number}", year=year, relative=direction_of(place, way, "year"))


_SEASON_CUES = ("in", "during", "since", "by", "until", "of", "over", "last", "and", "through", "before", "after")


def season(place: Place) -> TimeMention | None:
    """ "Last summer", "the winter of 1944", "in spring"; "the fall" alone is no season."""
    word, year = place.match.group("season_s"), year_of(place, place.get("season_y"))
    whole, way = place.match.group("season").split(), place.get("season_r") or place.get("season_l")
    if way is None and year is None:
        cued = word != "fall" and (whole[0] == "the" or place.last_word() in _SEASON_CUES)
        if not cued and whole[0] not in ("early", "late", "mid"):
            return None
    value = f"{point(year, None, None)}-{place.rules.seasons[word]}"
    unit = "year" if place.get("season_l") else "season"
    return timed("DATE", value, year=year, relative=direction_of(place, way, unit))


def bare(place: Place) -> TimeMention | None:
    """ "The year", "over the weekend", "the end of the month": the one that the report speaks in."""
    unit, whole = place.match.group("bare_u"), place.match.group("bare").split()
    placed = whole[0] != "the" or "of" in whole
    titled = place.is_capital("bare_u") and not place.is_shouted()
    if titled or place.next_word() in place.rules.tables["bare"]["not_next"]:
        return None
    if unit == "weekend":
        to_come = place.last_word() in ("of", "before", "by", "until")  # "ahead of the weekend"
        return timed("DATE", "XXXX-WXX-WE", relative=(0, "weekend" if to_come else "weekend past"))
    if unit in ("month", "day") and not placed:
        return None
    if unit == "year" and place.next_word() in ("ended", "ending"):
        return timed("DURATION", "P1Y")
    return timed("DATE", open_point(unit), relative=(0, f"{unit} then" if unit == "day" else unit))


def year_end(place: Place) -> TimeMention | None:
    """ "By year-end", "at year's end"."""
    return timed("DATE", "XXXX", relative=(0, "year"))


def many(place: Place) -> TimeMention | None:
    """ "For weeks", "in the days before", "years after": a length of time without a number."""
    cues = place.rules.tables["many_cues"]
    before, after = place.last_word(), place.next_word()
    placed = place.get("loose_r") or place.get("loose_a")
    if not (placed or (before in cues["before"] and after != "ago") or after in cues["after"]):
        return None
    return timed("DURATION", place.rules.tables["many"][place.match.group("loose_u")])
