"""Place mentions: the words of a report that name a place, each with the gazetteer's likeliest candidate.

Input: a report, the lexicon, and the gazetteer (or None: then only what the words plainly call a place). Output:
`PlaceMention`s of title and text, in order. "a camp near Yida, Unity state" gives "Yida" and "Unity state". Demonyms
("Azeri citizens") give a country as context and are no place; "Mr. Washington" is a person.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from tollbook.claims.placewords import Name, PlaceWords, names, place_words
from tollbook.lexicon import Lexicon
from tollbook.lexicon.gazetteer import PRECISION, Candidate, Gazetteer
from tollbook.model import Part, PlaceMention, Report, Span
from tollbook.text import fold

# A town without any cue around it must be at least this well known: people, with the main name.
FAMOUS = 100_000
_FOUR = 4


def find(report: Report, lexicon: Lexicon, gazetteer: Gazetteer | None) -> list[PlaceMention]:
    """The place mentions of the title, then of the text."""
    words = place_words(lexicon)
    found = [(name, part) for part, text in _parts(report) for name in names(text, words)]
    context = _context(report, [name for name, _ in found], words, gazetteer)
    home = fold(report.dateline.place or "") if report.dateline is not None else ""
    bearers = _surnames([name for name, _ in found], gazetteer)
    chosen = []
    for name, part in found:
        person = not name.located and fold(name.said) in bearers
        chosen.append((name, part, None if person else _choose(name, context, words, gazetteer)))
    sure = {fold(name.said): reading for name, _, reading in chosen if reading is not None and reading.sure}
    out = []
    for name, part, reading in chosen:
        best = reading
        if best is None and not name.person and not name.shouted and (low := fold(name.said)) not in bearers:
            best = sure.get(low)
        if best is None and home and fold(" ".join(name.said.split())) == home:
            best = _Reading(0, len(name.said), None, sure=True)
        if best is not None:
            start, end = name.start + best.skip, name.start + best.skip + best.length
            place = best.candidate.place if best.candidate is not None else None
            out.append(PlaceMention(Span(start, end, part), name.said[best.skip : best.skip + best.length], place))
    return out


def countries(report: Report, lexicon: Lexicon) -> Counter[str]:
    """How often each country is spoken of, by demonyms alone: context, never a place."""
    words = place_words(lexicon)
    count: Counter[str] = Counter()
    for _, text in _parts(report):
        for match in words.demonym.finditer(fold(text)):
            if text[match.start()].isupper():
                count[words.demonyms[" ".join(match.group().split())]] += 1
    return count


def _surnames(found: list[Name], gazetteer: Gazetteer | None) -> set[str]:
    """The last words of longer names that are no places: "Shelton" after "Cheron Shelton" is the same person."""
    bearers = set()
    for name in found:
        first, _, last = name.said.rpartition(" ")
        plain = first and not name.shouted and name.kind is None and not name.body and not name.state
        if plain and (gazetteer is None or name.said not in gazetteer):
            known = gazetteer.lookup(last)[:1] if gazetteer is not None else ()
            if not known or known[0].kind == "town":
                bearers.add(fold(last))
    return bearers


def _parts(report: Report) -> list[tuple[Part, str]]:
    return [("title", report.title), ("text", report.text)] if report.title else [("text", report.text)]


@dataclass(frozen=True, slots=True)
class _Context:
    countries: tuple[str, ...]
    states: tuple[str, ...]


@dataclass(slots=True, unsafe_hash=True)  # nothing changes one: decision 25
class _Reading:
    """Which part of a name is the place (code points to skip, and how many it takes), and how sure that is."""

    skip: int
    length: int
    candidate: Candidate | None
    sure: bool


def _context(report: Report, found: list[Name], words: PlaceWords, gazetteer: Gazetteer | None) -> _Context:
    """The countries and US states that the report speaks of most, by name, by demonym or by abbreviation."""
    count = Counter[str]()
    states = Counter[str]()
    for _, text in _parts(report):
        for match in words.demonym.finditer(fold(text)):
            if text[match.start()].isupper():
                count[words.demonyms[" ".join(match.group().split())]] += 1
    for name in found:
        if name.state:
            states[f"US.{name.state}"] += 2
            count["US"] += 1
        elif gazetteer is not None and not name.person:
            for candidate in gazetteer.lookup(name.said)[:1]:
                if candidate.kind in ("country", "region") and candidate.place.country:
                    count[candidate.place.country] += 2
                elif candidate.kind in ("admin1", "admin2"):
                    states[f"US.{candidate.admin1}"] += 1
                    count["US"] += 1
    top = sorted(count, key=lambda code: (-count[code], code))[:_FOUR]
    home = tuple(code for code in top if count[code] > 1 or len(count) < _FOUR)
    return _Context(home, tuple(sorted(states, key=lambda state: (-states[state], state))[:2]))


def _choose(name: Name, context: _Context, words: PlaceWords, gazetteer: Gazetteer | None) -> _Reading | None:
    """The place that a name is, or None where it is a person, a body or nothing known."""
    if gazetteer is not None and not name.site:
        for skip, length in name.pieces():
            piece = name.said[skip : skip + length]
            reading = _piece(name, piece, skip, context, words, gazetteer)
            if reading is not None:
                return reading
    if name.shouted or name.person or words.is_common(name.said) or _is_code(name.said):
        return None
    if name.kind is not None and name.kind_level is not None and not words.is_common(name.said.split()[0]):
        return _Reading(0, len(name.said), None, sure=True)
    if name.located and name.free and not name.body and " " not in name.said:
        return _Reading(0, len(name.said), None, sure=False)
    return None


def _is_code(piece: str) -> bool:
    """An abbreviation such as "IRNA" or "UN": no place by itself."""
    return len(piece) > 1 and piece.isupper() and piece.isalpha()


def _piece(
    name: Name, piece: str, skip: int, context: _Context, words: PlaceWords, gazetteer: Gazetteer
) -> _Reading | None:
    whole = len(piece) == len(name.said)
    if (name.person and not name.state) or piece not in gazetteer or words.is_never(piece):
        return None
    states = (f"US.{name.state}",) if name.state else context.states
    found = gazetteer.lookup(piece, ("US",) if name.state else context.countries, states)
    if name.kind_level is not None:
        found = tuple(c for c in found if c.kind == name.kind_level) or found
    if not found:
        return None
    best = found[0]
    at_home = best.place.country in context.countries
    if best.kind == "town" and not best.main and not at_home:
        return None
    if best.kind != "country" and not name.shouted and not name.dateline and _is_code(piece):
        return None
    if name.shouted and not _loud(name, best, at_home):
        return None
    located = (name.located or name.struck) and skip == 0
    cued = located or bool(name.state) or (name.dateline and skip == 0) or (name.kind is not None and whole)
    if best.kind == "town" and name.kind_level in ("admin1", "region"):
        best = replace(best, place=replace(best.place, precision=PRECISION[name.kind_level]))
    if best.kind != "town":
        plain = (whole or located or best.kind == "country") and (cued or not words.is_person_name(piece))
        return _Reading(skip, len(piece), best, sure=cued) if plain else None
    if words.is_person_name(piece) and not (cued and whole):
        return None
    if cued and (whole or located):
        return _Reading(skip, len(piece), best, sure=whole)
    least = 0 if name.befallen else FAMOUS // 20
    known = best.main and (best.population >= FAMOUS or (at_home and best.population >= least))
    alone = whole or name.body or name.befallen
    return _Reading(skip, len(piece), best, sure=False) if known and skip == 0 and alone else None


def _loud(name: Name, best: Candidate, at_home: bool) -> bool:
    """In a text in capitals only a country, or a main name that is well known or lies in a country spoken of."""
    if best.kind != "town":
        return best.main
    return best.main and (best.population >= FAMOUS or (at_home and (name.located or best.population >= FAMOUS // 20)))
