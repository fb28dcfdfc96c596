"""Whose voice a claim is, and whose party: the basis on which figures are counted as independent or not.

Input: the claims of one incident, where their reports stand (copies, families, credited wires) and a book of sources.
Output: a `Voice` for each claim. A paper that relays an agency that quotes a hospital is the hospital's voice; a
president and the state agency of his government are two voices of one party.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from tollbook.model import Claim, Placement, SourceKind
from tollbook.text import fold
from tollbook.values import dataclass


class Sources(Protocol):
    """What is known of the parents of sources; a book of sources is one."""

    def party(self, name: str, /) -> str:
        """The name of the topmost known parent of a source, in any of its spellings; the name itself if unknown."""
        ...

    def kind(self, name: str, /) -> SourceKind | None:
        """The kind of a known source, None of an unknown one."""
        ...


@dataclass(frozen=True, slots=True, order=True)
class Voice:
    """An origin: `key` is equal for the same voice, `name` is how it is shown, `party` is whose voice it is.

    `own` is true where no source is named, so that the report speaks in its own or its credited agency's name; `ring`
    are outlets that credit one another in turn, so that nobody knows whose figure it is: one voice. `alone` is true of
    an outlet that names nobody for anything it tells of the incident, and `family` is that of its near-copies.
    """

    key: str
    name: str
    party: str
    own: bool
    ring: tuple[str, ...] = ()
    kind: SourceKind = "publisher"
    alone: bool = False
    family: str = ""


# Whose voice spreadsheets are that name no source: what they were compiled from may be one and the same.
COMPILED = "spreadsheets of unknown origin"
_ARTICLES = re.compile(r"^(?:the|a|an|local|our)\s+")
# "www.lampnews.example", where an outlet is called by its address: "lampnews".
_ADDRESS = re.compile(r"(?:www\.)?([\w.-]+?)\.(?:com?|org|net|info|news|tv|example)(?:\.[a-z]{2})?")


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """A spelling that ignores case, articles, possessives, punctuation at the ends, and the ends of an address."""
    plain = " ".join(fold(name).replace("’", "'").split()).strip(" .,:;\"'()")
    if address := _ADDRESS.fullmatch(plain):
        return address[1]
    return _ARTICLES.sub("", plain.removesuffix("'s")) or plain


def voices(
    claims: Sequence[Claim],
    placements: Mapping[str, Placement],
    leads: Mapping[str, str],
    sources: Sources | None,
    quoting: Collection[str] = (),
) -> list[Voice]:
    """The voice of each claim, in the order of the claims. Names nobody knows are their own party.

    `quoting` are reports that name somebody for what they tell of the incident.
    """
    publishers = {claim.report: name for claim in claims if (name := _publisher(claim))}
    stated = [_stated(claim, leads[claim.report], placements, publishers) for claim in claims]
    rings: dict[str, tuple[str, ...]] = {}
    relays = _relays(publishers, placements)
    spoken = [replace(one, name=_first_of(one.name, relays, rings)) if one.own else one for one in stated]
    longer = _longer_names(one.name for one in spoken if not one.own)
    longer |= _addresses([one.name for one in spoken])
    shown: dict[str, str] = {}
    named = [longer.get(name_key(one.name), one.name) for one in spoken]
    for name in named:
        key = name_key(name)
        shown[key] = min(shown.get(key, name), name, key=lambda spelt: (spelt.isupper(), spelt))  # "WHO" if only so
    parties = {key: sources.party(name) if sources else name for key, name in shown.items()}
    busy = {name_key(publishers.get(report, report)) for report in quoting}
    found = []
    for claim, one, name in zip(claims, spoken, named, strict=True):
        key = name_key(name)
        kind = (sources.kind(shown[key]) if sources and one.own else None) or one.kind
        alone = one.own and not busy & {key, name_key(publishers.get(claim.report, claim.report))}
        family = placements[claim.report].family if claim.report in placements else None
        ring = rings.get(key, ()) if one.own else ()
        party = COMPILED if one.own and claim.is_of_sheet else parties[key]
        found.append(Voice(key, shown[key], party, one.own, ring, kind, alone, family or "" if one.own else ""))
    return _echoes(claims, found)


@dataclass(frozen=True, slots=True)
class _Stated:
    """Who says a claim as its report has it, of what kind, and whether in the report's own or its agency's name."""

    name: str
    kind: SourceKind
    own: bool


def _stated(claim: Claim, lead: str, placements: Mapping[str, Placement], publishers: Mapping[str, str]) -> _Stated:
    """The innermost source that can be told apart, else the credited wire, else the publisher, else the report.

    "A source" says nothing of who it is, so that whoever vouches for it is the voice. A copy speaks as what it copies.
    """
    for link in claim.attribution:
        if link.kind not in ("publisher", "anonymous"):
            return _Stated(link.source, link.kind, link.span is None and link.kind == "media")
    for report in (claim.report, lead):
        placement = placements.get(report)
        if placement is not None and placement.origins:
            return _Stated(placement.origins[0], "media", True)
    return _Stated(publishers.get(lead, f"report {lead}"), "publisher", True)


def _relays(publishers: Mapping[str, str], placements: Mapping[str, Placement]) -> dict[str, str]:
    """Outlets that credit another for all that they report here, each with the one it credits, by their keys."""
    credited: dict[str, set[str]] = defaultdict(set)
    for report, publisher in publishers.items():
        placement = placements.get(report)
        origins = placement.origins if placement is not None else ()
        credited[name_key(publisher)].add(origins[0] if origins else publisher)
    return {outlet: min(some) for outlet, some in credited.items() if outlet not in map(name_key, some)}


def _first_of(name: str, relays: Mapping[str, str], rings: dict[str, tuple[str, ...]]) -> str:
    """Where a chain of credits ends; of a ring, noted in `rings`, its first name in the order of letters."""
    path = [name]
    while (further := relays.get(name_key(path[-1]))) is not None:
        keys = [name_key(one) for one in path]
        if name_key(further) in keys:
            ring = sorted(path[keys.index(name_key(further)) :])
            rings[name_key(ring[0])] = tuple(ring)
            return ring[0]
        path.append(further)
    return path[-1]


def _publisher(claim: Claim) -> str | None:
    return next((link.source for link in reversed(claim.attribution) if link.kind == "publisher"), None)


def leads_of(reports: Iterable[str], placements: Mapping[str, Placement]) -> dict[str, str]:
    """The report that each is a copy of, followed to its end; a family without a known first one has its smallest."""
    first: dict[str, str] = {}
    for one in sorted(placements.values(), key=lambda one: one.report):
        if one.family is not None and one.copy_of is None:
            first.setdefault(one.family, one.report)
    return {report: _lead(report, placements, first) for report in reports}


def _lead(report: str, placements: Mapping[str, Placement], first: Mapping[str, str]) -> str:
    seen = {report}
    while (one := placements.get(report)) and one.copy_of and one.copy_of not in seen:
        report = one.copy_of
        seen.add(report)
    family = placements[report].family if report in placements else None
    return report if family is None else first.get(family, report)


def _longer_names(names: Iterable[str]) -> dict[str, str]:
    """Ends of one longer name alone: "Orvane" is "Mila Orvane" where no other Orvane speaks."""
    spelt: dict[str, str] = {}
    for name in names:
        spelt[name_key(name)] = min(spelt.get(name_key(name), name), name)
    longer: dict[str, set[str]] = defaultdict(set)
    for key in spelt:
        words = key.split()
        for start in range(1, len(words)):
            if (end := " ".join(words[start:])) in spelt:
                longer[end].add(key)
    longest = {end: max(some, key=lambda key: (len(key), key)) for end, some in longer.items()}
    return {end: spelt[one] for end, one in longest.items() if all(one.endswith(key) for key in longer[end])}


def _addresses(names: Iterable[str]) -> dict[str, str]:
    """Outlets called by their address and by name: "harbourecho.example" is the "Harbour Echo"."""
    spelt = {key.replace(" ", ""): name for name in sorted(names) if " " in (key := name_key(name))}
    return {key: spelt[key] for name in names if (key := name_key(name)) in spelt}


def _echoes(claims: Sequence[Claim], found: list[Voice]) -> list[Voice]:
    """A report that repeats in its own name a figure that it has from somebody is that somebody's voice.

    "Twelve died, police said. … The twelve dead" is one voice, the police: the report knows no other.
    """
    sourced: dict[tuple[object, ...], tuple[int, Voice]] = {}
    for claim, voice in zip(claims, found, strict=True):
        if not voice.own and claim.modality == "asserted":
            for key in _figure_keys(claim):
                sourced[key] = min(sourced.get(key, (claim.span.start, voice)), (claim.span.start, voice))
    result = []
    for claim, voice in zip(claims, found, strict=True):
        echo = next((sourced[key] for key in _figure_keys(claim) if key in sourced), None) if voice.own else None
        result.append(echo[1] if echo else voice)
    return result


def _figure_keys(claim: Claim) -> tuple[tuple[object, ...], ...]:
    """The same number said of the same in the same report, however bounded."""
    quantity = claim.quantity
    number = quantity.value if quantity.value is not None else (quantity.low, quantity.high)
    return ((claim.report, claim.measure, claim.group, claim.unit, claim.affiliation, number),)


def parties(some: Iterable[Voice]) -> tuple[str, ...]:
    """The parties of some voices, each once, sorted. Two that are not known to share a parent are two."""
    return tuple(sorted({voice.party for voice in some}))
