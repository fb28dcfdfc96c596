"""What a report speaks of apart from names: demonyms, what towns are said to lie in, its publisher's country.

Input: a report, and the codes of areas that its towns are said to lie in. Output: votes for countries and areas:
"Kenyan officials" and a publisher at "news.example.ke" speak of KE. The letters of a publisher's name and address tell
its town.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tollbook.claims.placesense import Votes
from tollbook.claims.placewords import PlaceWords
from tollbook.model import Part, PlaceMention, Report, Span
from tollbook.text import fold

# How much each counts, and how often the publisher's country is taken to be said.
SAID, HOME = 1.0, 3
# A publisher is called by a town only if its name has so many letters: "Ada" stands in many words.
_LOCAL = 5
_HOST = re.compile(r"^\s*(?:https?://)?([^/\s:]+)")
_CODES = re.compile(r"\.([a-z]{2})$")
# Countries' own endings that are sold to everybody.
_SOLD = frozenset(["ai", "cc", "co", "eu", "fm", "io", "la", "ly", "me", "nu", "st", "to", "tv", "vc", "ws"])


def parts(report: Report) -> list[tuple[Part, str]]:
    """The title, where there is one, and the text."""
    return [("title", report.title), ("text", report.text)] if report.title else [("text", report.text)]


def publishers_own(report: Report, keys: Iterable[str]) -> set[str]:
    """Those names of places that stand in the publisher's name or address."""
    address = "".join(c for c in fold(f"{report.publisher or ''} {_host(report)}") if c.isalpha())
    return {key for key in keys if len(key) >= _LOCAL and key.replace(" ", "") in address}


def hints(report: Report, areas: Iterable[str], country: str | None) -> Votes:
    """Votes for the areas spoken of ("US.PA" is in the US), and for the publisher's country or that of its address."""
    found: dict[str | int, float] = {}
    said = [code for area in areas for code in {area, area.partition(".")[0]}]
    ending = _CODES.search(_host(report))
    if ending is not None and ending.group(1) not in _SOLD:
        country = "GB" if ending.group(1) == "uk" else ending.group(1).upper()
    said += [country] * HOME if country is not None else []
    for code in said:
        found[code] = found.get(code, 0.0) + SAID
    return found


def peoples(report: Report, words: PlaceWords) -> list[tuple[PlaceMention, str]]:
    """The demonyms of a report, capital first, each with the code of its country or area."""
    found = []
    for part, text in parts(report):
        for match in words.demonym.finditer(fold(text)):
            if text[match.start()].isupper():
                span = Span(match.start(), match.end(), part)
                code = words.demonyms[" ".join(match.group().split())]
                found.append((PlaceMention(span, span.of(text), context=True), code))
    return found


def _host(report: Report) -> str:
    found = _HOST.match(report.url or "")
    return found.group(1).lower() if found else ""
