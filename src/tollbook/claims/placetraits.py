"""How sure it is that a name is a place: the traits of each part of it that the gazetteer knows, weighed together.

Input: a `Name`. Output: `Option`s, the parts that could be a place, and the score of one, which is a place above 0:
"in Orune" has the traits "whole", "small" and "located"; "Orune Kelvane said" has "head". The weights are made by
tools/fit_places.py from names told apart by hand (decision 28).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from tollbook.claims.placenames import Name
from tollbook.claims.placewords import PlaceWords
from tollbook.lexicon.dictionary import is_plain
from tollbook.lexicon.gazetteer import Candidate, Gazetteer, place_key
from tollbook.text import fold
from tollbook.values import dataclass

# Of a name that a hundred places bear, only the largest are looked at.
_MOST_CANDIDATES = 25
# People who live in a town, by which it is small or large.
_SIZES = ((2_000, "hamlet"), (10_000, "small town"), (50_000, "town"), (200_000, "city"), (1_000_000, "large city"))
_LONGEST_CODE = 4
_MOST_SUPPORT = 4


@dataclass(slots=True)
class Option:
    """A part of a name that the gazetteer knows: code points to skip, its words, what it may mean, its traits."""

    skip: int
    said: str
    key: str
    candidates: Sequence[Candidate]
    traits: tuple[str, ...]
    cued: bool  # the words around it say that it is a place

    @property
    def is_area(self) -> bool:
        """True for what first means a country or a part of one."""
        return self.candidates[0].kind != "town"


def is_code(piece: str) -> bool:
    """An abbreviation such as "IRNA" or "UN": no place by itself."""
    return 1 < len(piece) <= _LONGEST_CODE and piece.isupper() and piece.isalpha()


def options(name: Name, words: PlaceWords, gazetteer: Gazetteer) -> Iterator[Option]:
    """The parts of a name that may be a place, the whole first."""
    if name.site:
        return
    core = _core(name, words)
    for skip, length in name.pieces():
        piece, whole = name.said[skip : skip + length], not skip and length >= core
        if words.is_never(piece):
            continue
        known = gazetteer.lookup(piece)
        if whole and name.kind in words.lists:  # "Clay and Benton counties"
            known = gazetteer.lookup(f"{piece} {words.lists[name.kind]}") or known
        if not known or (is_code(piece) and not (name.shouted or name.dateline or known[0].kind == "country")):
            continue
        if name.dateline:  # "WASHINGTON --" is a town
            known = tuple(one for one in known if one.kind == "town" and one.main) or known
        if name.kind_level is not None and whole:
            known = tuple(one for one in known if one.kind == name.kind_level) or known
        cued = skip == 0 and (name.located or name.struck or name.state is not None or name.dateline or name.befallen)
        cued = cued or (name.kind is not None and whole)
        traits = tuple(_traits(name, piece, skip, whole, words))
        yield Option(skip, piece, place_key(piece), known[:_MOST_CANDIDATES], traits, cued)
        if whole:
            return  # a name that is a place as a whole has no other within it


def _core(name: Name, words: PlaceWords) -> int:
    """How long a name is without the word that calls it a town or an area: "Orune" of "Orune Province"."""
    last = max(map(name.said.rfind, " \n"))
    level = words.kinds.get(fold(name.said[last + 1 :])) if last > 0 else None
    return last if level in ("town", "admin1", "admin2") else len(name.said)


def _traits(name: Name, piece: str, skip: int, whole: bool, words: PlaceWords) -> Iterator[str]:
    """What the words themselves say: where in the name the part stands, and what stands around it."""
    end = skip + len(piece)
    yield "whole" if whole else "part" if "-" in name.said[max(0, skip - 1) : end + 1] else "tail" if skip else "head"
    for is_so, trait in (
        (name.located and not skip, "located"),
        (name.struck and not skip, "struck"),
        (name.state is not None and end == len(name.said), "state after"),
        (name.dateline, "dateline"),
        (name.kind is not None and whole, "kind"),
        (name.body, "body"),
        (name.befallen, "befallen"),
        (name.person, "title"),
        (name.free and end == len(name.said), "free"),
        (words.is_person_name(piece), "given"),
        (" " not in piece and is_plain(fold(piece), words.plain), "plain"),
        (" " in piece, "words"),
        (piece.isupper() and len(piece) > 2 and "." not in piece, "capitals"),
    ):
        if is_so:
            yield trait


def known_traits(option: Option, best: Candidate, support: float, again: bool, local: bool) -> Iterator[str]:
    """What is known of the place meant: its kind and size, how much the report speaks of where it lies."""
    how = "cued" if option.cued else "again" if again else "bare"
    size: str = "region" if best.kind == "sea" else best.kind
    if best.kind == "town":
        size = next((size for most, size in _SIZES if best.population < most), "metropolis")
    yield f"{size} {how}"
    yield f"support {min(_MOST_SUPPORT, int(support))} {how}"
    yield "main" if best.main else "alternate"
    if local:
        yield "local"


def score(traits: Collection[str], weights: Mapping[str, float], base: float) -> float:
    """The sum of the weights of some traits: a place above 0. A pair that weighs more together has its own."""
    return base + sum(weights.get(trait, 0.0) for trait in traits)
