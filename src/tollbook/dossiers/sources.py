"""Whose voice each claim is, as rows of a matrix, and whose voices are absent.

Input: claims, where their reports stand, and names of parties. Output: `Voiced` claims, bands of voices, and sentences
on what is lacking. Worked: "…, the Health Ministry said, citing the hospital" is a row "hospital" under its party;
where no medic speaks anywhere, the page says "No medics or hospitals are quoted."
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from tollbook.model import Claim, Finding, Placement, Report, Source, SourceKind
from tollbook.text import fold
from tollbook.values import dataclass


class Sources(Protocol):
    """What is known of sources; a book of sources is one."""

    def party(self, name: str, /) -> str:
        """The topmost known parent of a source, or the name itself."""
        ...

    def kind(self, name: str, /) -> SourceKind | None:
        """The kind of a known source, None of an unknown one."""
        ...

    def name(self, name: str, /) -> str:
        """The name under which a source is known, or the name itself."""
        ...


class NoSources:
    """A book in which nothing is known."""

    def party(self, name: str, /) -> str:
        return name

    def kind(self, name: str, /) -> SourceKind | None:
        return None

    def name(self, name: str, /) -> str:
        return name


# Families of voices in the order of a page, the heading of each, and how its absence is said.
FAMILIES: tuple[tuple[str, str, frozenset[str], str], ...] = (
    (
        "government",
        "Governments and officials",
        frozenset({"government", "official"}),
        "No government or official is quoted.",
    ),
    ("armed", "Military and police", frozenset({"military", "police"}), "No military and no police are quoted."),
    ("medics", "Medics and hospitals", frozenset({"medics"}), "No medics or hospitals are quoted."),
    (
        "witness",
        "Witnesses, residents and other persons",
        frozenset({"witness", "person"}),
        "No witnesses or residents are quoted.",
    ),
    ("organisation", "Organisations", frozenset({"organisation"}), "No aid, rights or other organisation is quoted."),
    ("document", "Documents", frozenset({"document"}), "No document is cited as the source of a figure."),
    ("anonymous", "Unnamed sources", frozenset({"anonymous"}), ""),
    ("media", "Outlets, naming no other source", frozenset({"media", "publisher"}), ""),
)
_FAMILY = {kind: key for key, _, kinds, _ in FAMILIES for kind in kinds}
KIND_WORDS = {
    "person": "person",
    "official": "official",
    "organisation": "organisation",
    "government": "government",
    "military": "military",
    "police": "police",
    "medics": "medics",
    "witness": "witness",
    "media": "outlet or agency",
    "document": "document",
    "anonymous": "unnamed",
    "publisher": "publisher",
}


@dataclass(frozen=True, slots=True)
class Voiced:
    """A claim with the source whose voice it is, its family, its party ("" where no party is known), and its report."""

    claim: Claim
    report: Report
    source: Source
    key: str
    family: str
    party: str


def voiced(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    placements: Mapping[str, Placement],
    findings: Iterable[Finding],
    sources: Sources,
) -> list[Voiced]:
    """Each claim with whose voice it is, in the order of the claims.

    A ministry that publishes its own statement is the same voice as the ministry that a paper quotes, so that a
    source's kind is what the book or any report says of it, "publisher" only where nothing else is said.
    """
    parties = {claim: p.party for finding in findings for p in finding.positions for claim in p.claims}
    spoken = [voice_of(claim, reports[claim.report], placements.get(claim.report)) for claim in claims]
    named = [replace(source, source=sources.name(source.source)) for source in spoken]
    kinds: dict[str, SourceKind] = {}
    for link in (*named, *(link for claim in claims for link in claim.attribution)):
        kind = sources.kind(link.source) or link.kind
        if kind not in {"publisher", "anonymous"}:
            kinds.setdefault(key_of(link.source), kind)
    found = []
    for claim, link in zip(claims, named, strict=True):
        key = key_of(link.source)
        source = replace(link, kind=kinds.get(key, link.kind))
        party = parties.get(claim.id) or sources.party(link.source)
        found.append(Voiced(claim, reports[claim.report], source, key, _FAMILY[source.kind], party))
    return found


def voice_of(claim: Claim, report: Report, placement: Placement | None) -> Source:
    """The innermost source that is named, else the credited wire, else the publisher, else the report itself."""
    for link in claim.attribution:
        if link.kind not in {"publisher", "anonymous"}:
            return link
    wires = placement.origins if placement and placement.origins else report.origins
    if wires:
        return Source(wires[0], "media")
    for link in (*reversed(claim.attribution),):
        if link.kind == "publisher":
            return link
    if claim.attribution:
        return claim.attribution[0]
    return Source(report.publisher, "publisher") if report.publisher else Source("Publisher not known", "publisher")


def key_of(name: str) -> str:
    """A spelling that ignores case, a leading article and punctuation at the ends."""
    plain = " ".join(fold(name).split()).strip(" .,:;\"'()").removesuffix("'s")
    for article in ("the ", "a ", "an "):
        plain = plain.removeprefix(article)
    return plain or name


def bands_of(voices: Sequence[Voiced]) -> list[tuple[str, list[list[Voiced]]]]:
    """Rows by heading, headings by family in the fixed order; a party of two sources or more has a heading of its
    own.
    """
    rows: dict[str, list[Voiced]] = defaultdict(list)
    for voice in voices:
        rows[voice.key].append(voice)
    parties: dict[str, set[str]] = defaultdict(set)
    for key, some in rows.items():
        parties[party_of(some)].add(key)
    bands: dict[tuple[int, str], list[list[Voiced]]] = defaultdict(list)
    order = {key: index for index, (key, *_) in enumerate(FAMILIES)}
    headings = {key: heading for key, heading, *_ in FAMILIES}
    for key in sorted(rows):
        party, family = party_of(rows[key]), rows[key][0].family
        if party and len(parties[party]) > 1:
            family = min((rows[other][0].family for other in parties[party]), key=order.__getitem__)
            bands[order[family], party].append(rows[key])
        else:
            bands[order[family] + 100, headings[family]].append(rows[key])
    return [
        (heading, bands[place, heading]) for place, heading in sorted(bands, key=lambda k: (k[0] % 100, k[0], k[1]))
    ]


def party_of(some: Sequence[Voiced]) -> str:
    """The party of a row: the first its claims name, none where it is only the source's own name."""
    return next((v.party for v in some if v.party and key_of(v.party) != v.key), next((v.party for v in some), ""))


def present(voices: Sequence[Voiced], name: Callable[[Source], str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The voices of a page by family, each once, however often its name is spelled in another way."""
    found = []
    for family, heading, *_ in FAMILIES:
        spellings: dict[str, set[str]] = {}
        for voice in voices:
            if voice.family == family:
                spellings.setdefault(voice.key, set()).add(name(voice.source))
        names = {min(some, key=lambda each: (each.isupper(), each)) for some in spellings.values()}
        if names:
            found.append((heading, tuple(sorted(names, key=lambda each: (fold(each), each)))))
    return tuple(found)


def absent(voices: Sequence[Voiced], reports: Sequence[Report], chained: Iterable[Source]) -> tuple[str, ...]:
    """What the page lacks, in plain sentences; nothing is guessed beyond the kinds of sources that the reports name."""
    there = {voice.family for voice in voices} | {_FAMILY[source.kind] for source in chained}
    lacking = [sentence for key, _, _, sentence in FAMILIES if sentence and key not in there]
    parties = sorted({v.party or v.source.source for v in voices if v.family == "government"})
    if len(parties) == 1:
        lacking.append(f"All officials quoted speak for one party, {parties[0]}; no other government is heard.")
    own = sum(voice.family == "media" for voice in voices)
    if own:
        lacking.append(f"{own} of {len(voices)} figures name no source but the outlet or its agency.")
    unread = sum(any(notice.code == "language" for notice in report.notices) for report in reports)
    if unread:
        lacking.append(f"{unread} report{'s are' if unread > 1 else ' is'} in a language that was not read.")
    return tuple(lacking)
