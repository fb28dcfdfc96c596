"""Place mentions: the words of a report that name a place, each with the place that they likeliest mean.

Input: a report, the lexicon, and the gazetteer (or None: then only what the words plainly call a place). Output:
`PlaceMention`s of title and text, in order. "a camp near Yida, Unity state" gives "Yida" and "Unity state"; "Mr.
Washington" is a person. Demonyms ("Azeri citizens") and the state after a town are marked as context: they say which
country is spoken of, and are no place. What tells a place is in placetraits.py, which Paris is meant in placesense.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from itertools import pairwise

from tollbook.claims.placehints import SAID, hints, parts, peoples, publishers_own
from tollbook.claims.placenames import Name, names, nothing_known
from tollbook.claims.placesense import Meaning, Named, meanings
from tollbook.claims.placesites import placed
from tollbook.claims.placetraits import Option, is_code, known_traits, options, score
from tollbook.claims.placewords import PlaceWords, place_words
from tollbook.lexicon import Lexicon
from tollbook.lexicon.dictionary import is_plain
from tollbook.lexicon.gazetteer import PRECISION, Candidate, Gazetteer
from tollbook.model import Part, PlaceMention, Report, Span
from tollbook.text import fold
from tollbook.values import dataclass

# How much the vote of a name counts: one that its words call a place, any other, one that a person bears, and what
# each further time adds.
BARE, BORNE, AGAIN = 0.3, 0.05, 0.1
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
        for part, text in parts(report)
        for name in names(text, words, known)
    ]
    states = {(one.part, one.name.state_span[0]) for one in spotted if one.name.state_span is not None}
    for one in spotted:  # "Kan." after a town is the state
        if (one.part, one.name.start) in states:
            one.options = [option for option in one.options if option.is_area]
    _qualify(report, spotted)
    keys = {option.key for one in spotted for option in one.options}
    scene = Scene(
        spotted,
        _surnames([one.name for one in spotted], gazetteer),
        {option.key for one in spotted for option in one.options if option.cued},
        publishers_own(report, keys),
        peoples(report, words),
    )
    if gazetteer is not None:
        held = [one for one in scene.spotted if not (one.options and one.options[0].is_area)]
        codes = [*(code for _, code in scene.peoples), *(code for one in held for code in one.within)]
        scene.senses = meanings(_named(scene, gazetteer), hints(report, codes, country))
    return scene


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
            and "given" not in holder.traits
        ):
            codes = frozenset(filter(None, map(_code, holder.candidates)))
            if not whole.is_area or any(c.kind in _WITHIN and c.place.country in codes for c in whole.candidates):
                one.within = codes


# Areas that a country holds: "Punjab, India".
_WITHIN = ("admin1", "admin2", "region")


def _code(area: Candidate) -> str | None:
    """What lies in it bears this code: "US.PA" for a state or county of it, "AZ" for a country."""
    return {"country": area.place.country, "admin1": area.area, "admin2": area.area}.get(area.kind)


def _named(scene: Scene, gazetteer: Gazetteer) -> dict[str, Named]:
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
                inside = inside or _unknown_in(one, option, gazetteer)
                found[key] = Named(inside or option.candidates, weight, option.key in scene.local)
            else:
                known.weight = max(known.weight, weight) + AGAIN
    return found


def _unknown_in(one: Spotted, option: Option, gazetteer: Gazetteer) -> list[Candidate]:
    """ "Tarnholt, Ohio", where only other states have a Tarnholt that is known: one in Ohio, wherever that is."""
    area = gazetteer.area(one.name.state) if one.name.state is not None and not option.is_area else None
    if area is None:
        return []
    place = replace(area.place, name=" ".join(option.said.split()), geonames=None)
    return [replace(area, place=place, kind="town", population=0, score=1.0, cell=None)]


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
