"""What a dateline or a line of publication plainly says: place, day, agency.

Input: the top of a plain text. Output: a `Dateline` or None, and the day of publication where the text names it:
"HARIM, 6 MAY 89 (XYZ) -- TWO PEOPLE WERE HURT" gives Harim, 6 May 1989, XYZ. Nothing is guessed: a place needs the
form of a dateline, a day its year or the day of publication, and "13–19 January" is a range, no day.
"""

from __future__ import annotations

import datetime as dt
import re

from tollbook.model import Dateline, Span
from tollbook.reports.days import Day, days
from tollbook.reports.publication import TOP_CHARS, Line, day_of_publication
from tollbook.reports.words import words
from tollbook.text import fold, is_shouted

_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.-]*(?: [A-ZÀ-Þ][A-ZÀ-Þ'’.-]*){0,4}"
_NAME = r"[A-ZÀ-Þ][\w'’.-]*(?: (?:(?:of|the|and|de|del|la) )?[A-ZÀ-Þ][\w'’.-]*){0,3}"
_DATE = r"(?:\d{1,2}\s+[A-Za-z]{3,9}\.?(?:,?\s+'?\d{2,4})?|[A-Za-z]{3,9}\.?\s+\d{1,2}(?:,\s+\d{4})?|NO\sDATE)"
_NO_REGION = r"(?i:(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d|no\s+date)"
_DASH = r"(?:\s*(?:--|[—–―])|\s+-(?=\s)|\s?_(?=\s|$))"
_FORM = re.compile(
    rf"(?P<place>(?:{_CAPITALS}(?:/{_CAPITALS})?(?!\w)|(?P<mixed>{_NAME}))(?:,\s(?!{_NO_REGION})(?P<region>{_NAME}))?)"
    rf"(?:\s\([\w .'’-]{{2,30}}\)(?=,))?"
    rf"(?:(?:,\s|\s)(?P<date>{_DATE}(?!\s?[–—-]\d)|\({_DATE}\)))?"
    rf"(?:,?\s(?:\((?P<agency>[^()\n]{{2,60}})\)|(?<=,\s)(?P<last>{_NAME})(?=\s*(?:\n|\r|$))))?"
    rf"(?P<dash>{_DASH})?"
)
_AGENCY_ALONE = re.compile(rf"\((?P<agency>[^()\n]{{2,60}})\){_DASH}")
_BYLINE_THEN = re.compile(rf"By\s[^\n]{{3,80}}?\s(?=[A-ZÀ-Þ]{{3}}[^\n(]{{0,40}}\([^()\n]{{2,60}}\){_DASH})")
_ABBREVIATED = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][a-z]{1,4}\.")


def find_dateline(text: str, lines: list[Line], published: dt.date | None) -> Dateline | None:
    """The first dateline among the top `lines`, else the line that names the day of publication, else None."""
    shouted = is_shouted(text[:TOP_CHARS])
    for line in lines:
        found = _dateline(text, line, published, shouted)
        if found:
            return found
    day = day_of_publication(text, lines)
    return Dateline(day[0].span, date=day[1]) if day else None


def _dateline(text: str, line: Line, published: dt.date | None, shouted: bool) -> Dateline | None:
    """The dateline that `line` opens with; a form may run on into the next line."""
    byline = _BYLINE_THEN.match(text, line.start, line.start + 300)
    start = byline.end() if byline else line.start
    alone = _AGENCY_ALONE.match(text, start, start + 80)
    if alone:
        return Dateline(Span(start, alone.end()), agency=_agency(alone["agency"]))
    match = _FORM.match(text, start, start + 200)
    if not match:
        return None
    inner = match["agency"] or match["last"]
    day = _first_day(match["date"]) or _first_day(match["agency"])
    agency = None if _first_day(inner) else _agency(inner)
    if not _is_dateline(match, day, agency, shouted):
        return None
    end = start + len(match.group().rstrip())
    return Dateline(Span(start, end), _place(match), day.date(published) if day else None, agency)


def _is_dateline(match: re.Match[str], day: Day | None, agency: str | None, shouted: bool) -> bool:
    """Whether the form is plain enough: an agency or day in its place, or capitals and a dash."""
    dash = match["dash"]
    if match["mixed"] and "\n" in match.group().rstrip():
        return False  # a heading over a line with a date; only wires in capitals wrap their datelines
    if match["mixed"]:
        abbreviated = bool(dash and _ABBREVIATED.fullmatch(match["region"] or ""))
        return abbreviated or bool(day and agency) or bool(dash and (day or agency))
    if agency or day:
        return bool(dash or match["last"] or (match["date"] or "").startswith("(") or (day and not agency and dash))
    place = re.findall(r"\w+", fold(match["place"].partition(",")[0]))
    return bool(dash) and not shouted and len("".join(place)) >= 4 and words("datelines", "no_place").isdisjoint(place)


def _place(match: re.Match[str]) -> str | None:
    place = " ".join(match["place"].split())
    return None if place in ("CLANDESTINE", "UNDATED", "NO CITY") else place


def _first_day(said: str | None) -> Day | None:
    return next(days(said), None) if said else None


def _agency(said: str | None) -> str | None:
    """A name in brackets: it begins with a capital and has few words, or it is a remark."""
    name = " ".join((said or "").split())
    plain = re.match(r"[A-ZÀ-Þ]", name) and len(name) > 1 and len(name.split()) <= 7 and "," not in name
    return name if plain else None
