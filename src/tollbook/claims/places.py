"""Place mentions: the words of a report that name a place, each with the place that they likeliest mean.

Input: a report, the lexicon, and the gazetteer (or None: then only what the words plainly call a place). Output:
`PlaceMention`s of title and text, in order. "a camp near Yida, Unity state" gives "Yida" and "Unity state"; "Mr.
Washington" is a person. Demonyms ("Azeri citizens") and the state after a town are marked as context: they say which
country is spoken of, and are no place. What tells a place is in placetraits.py, which Paris is meant in placesense.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tollbook.claims.placenames import Name, names, nothing_known
from tollbook.claims.placesense import Meaning, Named, Votes, meanings
from tollbook.claims.placesites import placed
from tollbook.claims.placetraits import Option, is_code, known_traits, options, score
from tollbook.claims.placewords import PlaceWords, place_words
from tollbook.lexicon import Lexicon
from tollbook.lexicon.dictionary import is_plain
from tollbook.lexicon.gazetteer import PRECISION, Candidate, Gazetteer
from tollbook.model import Part, PlaceMention, Report, Span
from tollbook.text import fold

# How much the vote of a name counts: one that its words call a place, any other, one that a person bears, and what
# each further time adds.
SAID, BARE, BORNE, AGAIN = 1.0, 0.3, 0.05, 0.1
# How often the publisher's country is taken to be said.
HOME = 3
# How much the report must speak of where a place lies that is called by another of its names.
KNOWN_BY = 1.0
# How much surer a name must be a place in a text in capitals, where any word may seem one.
LOUD = 0.5
_SHORTEST_LOUD = 3


@dataclass(slots=True)
class Spotted:
    """A name where it stands: the parts of it that may be a place, and what its own words say it lies in."""

    name: Name
    part: Part
    options: list[Option]
    within: frozenset[str] = frozenset()

    def key(self, option: Option) -> str:
        """What the name is known by within the report: by itself, or with what its words put it in."""
        return f"{option.key}|{min(self.within)}" if self.within else option.key


@dataclass(slots=True)
class Scene:
    """All names of a report, and what is known of them together."""

    spotted: list[Spotted]
    bearers: set[str]  # last words of persons' names
    cued: set[str]  # what the words call a place somewhere in the report
    local: set[str]  # what the publisher is called by
    peoples: list[tuple[PlaceMention, str]]  # demonyms with the code of their country
    senses: dict[str, Meaning] = field(default_factory=dict)

    def traits(self, one: Spotted, option: Option) -> list[str]:
        """All traits of a part of a name, by its words, by the place it means, and by the rest of the report."""
        sense = self.senses[one.key(option)]
        again, local = option.key in self.cued, option.key in self.local
        found = [*option.traits, *known_traits(option, sense.best, sense.support, again, local)]
        if fold(option.said) in self.bearers:
            found.append("borne")
        return found


def find(
    report: Report, lexicon: Lexicon, gazetteer: Gazetteer | None, country: str | None = None
) -> list[PlaceMention]:
    """The place mentions of the title, then of the text; those marked as context are no places.

    `country` is the publisher's, where its address doesn't tell.
    """
    words = place_words(lexicon)
    scene = survey(report, words, gazetteer, country)
    home = " ".join((report.dateline.place or "").split()) if report.dateline is not None else ""
    found: list[PlaceMention] = []
    sites: list[PlaceMention] = []
    context = [
        replace(people, place=gazetteer.spoken(code)) if gazetteer is not None else people
        for people, code in scene.peoples
    ]
    for one in scene.spotted:
        best = _best(one, scene, words)
        if best is not None:
            mention = _mention(one, *best)
            whole = "whole" in best[0].traits and (one.name.free or not one.name.shouted)
            inside = not (whole or best[0].cued)  # "Marwen Times" is spoken of, not Marwen
            found.append(replace(mention, context=True) if inside else mention)
        elif (said := _unknown(one.name, scene, words, home)) is not None:
            (sites if one.name.site else found).append(_spot(one, said))
        if gazetteer is not None and one.name.state is not None:
            context.extend(_state(one, gazetteer))
    found += placed(found, sites)
    taken = {(mention.span.part, mention.span.start) for mention in found}
    found += [mention for mention in context if (mention.span.part, mention.span.start) not in taken]
    return sorted(found, key=lambda mention: (mention.span.part != "title", mention.span))


def survey(report: Report, words: PlaceWords, gazetteer: Gazetteer | None, country: str | None = None) -> Scene:
    """The names of a report with what each may mean, what each likeliest means, and what persons are called."""
    known = gazetteer.lookup if gazetteer is not None else nothing_known
    spotted = [
        Spotted(name, part, list(options(name, words, gazetteer)) if gazetteer is not None else [])
        for part, text in _parts(report)
        for name in names(text, words, known)
    ]
    states = {(one.part, one.name.state_span[0]) for one in spotted if one.name.state_span is not None}
    for one in spotted:  # "Kan." after a town is the state
        if (one.part, one.name.start) in states:
            one.options = [option for option in one.options if option.is_area]
    _qualify(report, spotted)
    address = _letters(f"{report.publisher or ''} {_host(report)}")
    keys = {option.key for one in spotted for option in one.options}
    scene = Scene(
        spotted,
        _surnames([one.name for one in spotted], gazetteer),
        {option.key for one in spotted for option in one.options if option.cued},
        {key for key in keys if len(key) >= _LOCAL and key.replace(" ", "") in address},
        _peoples(report, words),
    )
    if gazetteer is not None:
        scene.senses = meanings(_named(scene), _hints(report, scene, country))
    return scene


def _parts(report: Report) -> list[tuple[Part, str]]:
    return [("title", report.title), ("text", report.text)] if report.title else [("text", report.text)]


# A publisher is called by a town only if its name has so many letters: "Ada" stands in many words.
_LOCAL = 5
_HOST = re.compile(r"^\s*(?:https?://)?([^/\s:]+)")
_CODES = re.compile(r"\.([a-z]{2})$")
# Countries' own endings that are sold to everybody.
_SOLD = frozenset(["ai", "cc", "co", "eu", "fm", "io", "la", "ly", "me", "nu", "st", "to", "tv", "vc", "ws"])


def _host(report: Report) -> str:
    found = _HOST.match(report.url or "")
    return found.group(1).lower() if found else ""


def _letters(said: str) -> str:
    return "".join(c for c in fold(said) if c.isalpha())


def _hints(report: Report, scene: Scene, country: str | None) -> Votes:
    """What is spoken of apart from names: demonyms, states after a town, the publisher's country or address."""
    hints: dict[str | int, float] = {}
    said = [part for _, code in scene.peoples for part in {code, code.partition(".")[0]}]
    said += [code for one in scene.spotted for area in one.within for code in {area, area.partition(".")[0]}]
    ending = _CODES.search(_host(report))
    if ending is not None and ending.group(1) not in _SOLD:
        country = "GB" if ending.group(1) == "uk" else ending.group(1).upper()
    said += [country] * HOME if country is not None else []
    for code in said:
        hints[code] = hints.get(code, 0.0) + SAID
    return hints


def _peoples(report: Report, words: PlaceWords) -> list[tuple[PlaceMention, str]]:
    """The demonyms of a report, capital first, each with the code of its country or area."""
    found = []
    for part, text in _parts(report):
        for match in words.demonym.finditer(fold(text)):
            if text[match.start()].isupper():
                span = Span(match.start(), match.end(), part)
                code = words.demonyms[" ".join(match.group().split())]
                found.append((PlaceMention(span, span.of(text), context=True), code))
    return found


def _qualify(report: Report, spotted: Sequence[Spotted]) -> None:
    """What names are in by their own words: "Marwen, Pa.", "Marwen, Norvelia", but not "Iran, Iraq"."""
    for one in spotted:
        if one.name.state is not None:
            one.within = frozenset({one.name.state})
    for one, after in pairwise(spotted):
        end = one.name.start + len(one.name.said)
        if one.within or one.part != after.part or after.name.start - end != 2 or not (one.options and after.options):
            continue
        text = (report.title or "") if one.part == "title" else report.text
        whole, holder = one.options[0], after.options[0]
        if (
            text[end : end + 2] == ", "
            and "head" not in whole.traits
            and not holder.skip
            and not whole.is_area
            and "given" not in holder.traits
        ):
            one.within = frozenset(filter(None, map(_code, holder.candidates)))


def _code(area: Candidate) -> str | None:
    """What lies in it bears this code: "US.PA" for a state or county of it, "AZ" for a country."""
    return {"country": area.place.country, "admin1": area.area, "admin2": area.area}.get(area.kind)


def _named(scene: Scene) -> dict[str, Named]:
    """The names by key, each with what it may mean and the strongest of its votes."""
    qualified: dict[str, frozenset[str]] = {}
    for one in scene.spotted:
        if one.within:
            for option in one.options:
                qualified.setdefault(option.key, one.within)
    found: dict[str, Named] = {}
    for one in scene.spotted:
        for option in one.options:
            weight = SAID if option.cued or option.is_area else BORNE if fold(option.said) in scene.bearers else BARE
            key, within = one.key(option), one.within or qualified.get(option.key, frozenset())
            known = found.get(key)
            if known is None:
                inside = [c for c in option.candidates if within & {c.area, c.place.country}] if within else []
                found[key] = Named(inside or option.candidates, weight, option.key in scene.local)
            else:
                known.weight = max(known.weight, weight) + AGAIN
    return found


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


def _best(one: Spotted, scene: Scene, words: PlaceWords) -> tuple[Option, Meaning] | None:
    """The part of a name that is likeliest a place, and which place; None where none is likely."""
    chosen, most = None, 0.0
    for option in one.options:
        sense = scene.senses[one.key(option)]
        best = sense.best
        if best.kind == "town" and not best.main and sense.support < KNOWN_BY:
            continue  # another name of a town abroad, of which nobody speaks
        worth = score(scene.traits(one, option), words.weights, words.base)
        if one.name.shouted:
            short = len(option.said) < _SHORTEST_LOUD or (is_code(option.said) and not one.name.located)
            if short and best.kind == "town":
                continue  # "TO GO", "THE OAS"
            worth -= LOUD
        if worth > most:
            chosen, most = option, worth
    return (chosen, scene.senses[one.key(chosen)]) if chosen is not None else None


def _mention(one: Spotted, option: Option, sense: Meaning) -> PlaceMention:
    best = sense.best
    start, level, said, place = one.name.start + option.skip, one.name.kind_level, option.said, best.place
    if sense.others:
        place = replace(place, precision=sense.precision)
    if "whole" in option.traits:
        said = one.name.said
        if best.kind == "town" and level in ("admin1", "admin2", "region"):
            place = replace(place, precision=PRECISION[level])
    return PlaceMention(Span(start, start + len(said), one.part), said, place, others=sense.others)


def _unknown(name: Name, scene: Scene, words: PlaceWords, home: str) -> str | None:
    """A name that the gazetteer lacks but the words call a place: "the Yorvane camp", "in Tarnholt"."""
    if home and fold(" ".join(name.said.split())) == fold(home):
        return name.said
    if name.person or words.is_common(name.said) or is_code(name.said):
        return None
    first = fold(name.said.split()[0])
    plain, common = is_plain(first, words.plain), first not in words.parts and words.is_common(first)
    if name.kind_level is not None and not common and (name.site or not plain):
        return None if fold(name.said) in words.kinds or (name.shouted and plain) else name.said
    if plain or name.shouted:  # in capitals "IN SHANTYTOWNS" looks like a town
        return None
    if fold(name.said) in scene.bearers or not (name.located and name.free):
        return None
    return None if name.body or " " in name.said else name.said


def _spot(one: Spotted, said: str) -> PlaceMention:
    return PlaceMention(Span(one.name.start, one.name.start + len(said), one.part), said)


def _state(one: Spotted, gazetteer: Gazetteer) -> Iterator[PlaceMention]:
    """The state after a town: where the town lies, and no place of its own."""
    if one.name.state_span is not None and (area := gazetteer.area(one.name.state or "")) is not None:
        start, said = one.name.state_span
        yield PlaceMention(Span(start, start + len(said), one.part), said, area.place, context=True)
