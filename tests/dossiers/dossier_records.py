"""Invented records for the tests of the dossier: no place, person or outlet in them is real."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tollbook.model import (
    Claim,
    DateRange,
    Finding,
    Incident,
    Modality,
    Number,
    Place,
    Placement,
    Position,
    Quantity,
    Record,
    Report,
    SetAside,
    Source,
    SourceKind,
    Span,
)

DAY = DateRange(dt.date(2031, 5, 6), dt.date(2031, 5, 6), "day", "named in the text")
PLACE = Place("Orvesk", 1, 10.0, 20.0, None, 1)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def report(id: str, text: str, **particulars: object) -> Report:
    """A report whose raw bytes are its text."""
    given: dict[str, object] = {"language": "en", "published": "2031-05-07", **particulars}
    return Report(id, text, sha(text), sha(text), **given)  # type: ignore[arg-type]


def claim(
    of: Report,
    said: str,
    quantity: Quantity,
    *chain: tuple[str, SourceKind],
    measure: str = "killed",
    group: str = "all",
    unit: str = "person",
    incident: str | None = "i1",
    **more: object,
) -> Claim:
    """A claim on words of a report (in its title where its text lacks them), relayed by the publisher."""
    part = "text" if said in of.text else "title"
    at = (of.text if part == "text" else of.title or "").index(said)
    span = Span(at, at + len(said), part)  # type: ignore[arg-type]
    links = [Source(name, kind, "said") for name, kind in chain]
    if of.publisher:
        links.append(Source(of.publisher, "publisher"))
    values: dict[str, object] = {
        "attribution": tuple(links),
        "date": DAY,
        "as_of": of.published_date,
        "incident": incident,
        **more,
    }
    return Claim(
        Claim.id_of(of.text_sha256, span, measure), of.id, span, said, measure, group, unit, quantity, **values
    )  # type: ignore[arg-type]


def findings(claims: Sequence[Claim], rules: Sequence[str] = ("range@1",)) -> tuple[Finding, ...]:
    """Findings as a rule set might make them: the last total of each source stands, those that don't meet conflict."""
    columns: dict[tuple[str, str, str, str], list[Claim]] = defaultdict(list)
    for one in claims:
        if one.modality == "asserted" and one.incident and one.basis == "incident":
            columns[one.incident, one.measure, one.group, one.unit].append(one)
    return tuple(_finding(key, some, name) for name in rules for key, some in sorted(columns.items()))


def _finding(key: tuple[str, str, str, str], some: Sequence[Claim], rules: str) -> Finding:
    last: dict[str, Claim] = {}
    for one in sorted(some, key=lambda c: (c.as_of or dt.date.max, c.report, c.span)):
        last[one.attribution[0].source if one.attribution else one.report] = one
    standing = sorted(last.values(), key=lambda c: c.id)
    aside = tuple(
        SetAside(one.id, f"a later total of the same source stands, {last_of(last, one)}")
        for one in some
        if one not in standing
    )
    conflicts = tuple(
        (one.id, other.id)
        for at, one in enumerate(standing)
        for other in standing[at + 1 :]
        if not one.quantity.meets(other.quantity)
    )
    lows: list[Number] = [one.quantity.low for one in standing if one.quantity.low is not None]
    highs = [one.quantity.high for one in standing]
    low = min(lows, default=None) if rules.startswith("acled") else max(lows, default=None)
    high = None if None in highs else max((high for high in highs if high is not None), default=None)
    low = min(lows, default=None) if conflicts else low
    positions = tuple(
        Position(one.attribution[0].source, one.quantity.low, one.quantity.high, (one.id,)) for one in standing
    )
    status = "disputed" if conflicts else "superseded" if aside else "agreed" if len(standing) > 1 else "single"
    derivation = (
        f"{len(some)} claims were read, {len(aside)} set aside.",
        *(f"Claim {one.id} stands: {one.attribution[0].source}." for one in standing),
    )
    high = None if high is not None and low is not None and high < low else high
    return Finding(
        *key,
        rules,
        low,
        low if low == high else None,
        high,
        status,  # type: ignore[arg-type]
        origins=len(standing),
        parties=tuple(sorted({p.party for p in positions})),
        positions=positions,
        supports=tuple(one.id for one in standing),
        set_aside=aside,
        conflicts=conflicts,
        derivation=derivation,
    )


def last_of(last: dict[str, Claim], one: Claim) -> str:
    """The claim that took another's place."""
    return next(
        c.id for name, c in last.items() if name == (one.attribution[0].source if one.attribution else one.report)
    )


def record(
    reports: Sequence[Report], claims: Sequence[Claim], *, rules: Sequence[str] = ("range@1",), **more: object
) -> Record:
    """A record with one incident, its claims, and findings for them."""
    ids = tuple(sorted(one.id for one in claims if one.incident == "i1"))
    incident = Incident(
        "i1", "Orvesk, 6 May 2031", "flood", DAY, PLACE, reports=tuple(sorted(r.id for r in reports)), claims=ids
    )
    given: dict[str, object] = {
        "placements": tuple(Placement(one.id, incident="i1", incidents=("i1",)) for one in reports),
        "incidents": (incident,),
        "rules": tuple(rules),
        **more,
    }
    given.setdefault("findings", () if "findings" in more else findings(claims, rules))
    return Record(tuple(reports), claims=tuple(claims), **given)  # type: ignore[arg-type]


# ---- a small record, as a person would tell it ----


def small(rules: Sequence[str] = ("range@1", "acled@1")) -> Record:
    """Six reports of a flood: a dispute, a copy, a rising toll, a denial, vague words, a part, and names to be
    masked.
    """
    first = report(
        "wire-1.txt",
        "ORVESK, May 7 (Tallow Wire) - At least 12 people died when the river Sarn left its bed, the Flood Office "
        "said. "
        "Among them was Orsa Lindal, 9, of Mill Lane. Her mother, Tessaly Lindal, said dozens were missing.",
        title="At least 12 dead in Orvesk flood",
        publisher="Tallow Wire",
        url="https://tallow.example/2031/05/07/orvesk-flood",
    )
    copy = report(
        "post-1.html",
        "(Tallow Wire) At least 12 people died when the river Sarn left its bed, the Flood Office said.",
        publisher="Cadmer Post",
        url="https://post.example/orsa-lindal-flood",
        published="2031-05-08",
    )
    later = report(
        "wire-2.txt",
        "The Flood Office said on Friday that 31 people had died, including 14 women. Lindal’s mother said nobody had "
        "told her. Minister Ivo Karst denied that 60 were killed.",
        title="Orvesk toll rises to 31",
        publisher="Tallow Wire",
        published="2031-05-09",
        url="https://tallow.example/2031/05/09/toll",
    )
    union = report(
        "union.txt",
        "The Boatmen’s Union of Orvesk counted 44 dead, 19 of them women, its chair said. "
        "About 200 houses were destroyed.",
        publisher="Boatmen’s Union of Orvesk",
        published="2031-05-10",
        url=None,
    )
    radio = report(
        "radio.txt",
        "Radio Sarn: A resident, Tem Birk, told us: “There were hundreds of dead in the low town.” "
        "More than 300 people were evacuated.",
        publisher="Radio Sarn",
        published="2031-05-08",
        url="https://radio.example/morning?day=8",
    )
    office: tuple[str, SourceKind] = ("Flood Office", "government")
    claims = [
        claim(first, "At least 12 people", Quantity.at_least(12), office),
        claim(first, "dozens", Quantity.vague("dozens", 24), ("Tessaly Lindal", "witness"), measure="missing"),
        claim(first, "Orsa Lindal", Quantity.exact(1), measure="killed", group="girls"),
        claim(copy, "At least 12 people", Quantity.at_least(12), office),
        claim(later, "31 people", Quantity.exact(31), office),
        claim(later, "14 women", Quantity.exact(14), office, group="women"),
        claim(later, "60", Quantity.exact(60), ("Ivo Karst", "official"), modality="denied"),
        claim(union, "44 dead", Quantity.exact(44)),
        claim(union, "19 of them women", Quantity.exact(19), group="women"),
        claim(union, "About 200 houses", Quantity.about(200), measure="destroyed", group="buildings", unit="house"),
        claim(radio, "hundreds of dead", Quantity.vague("hundreds", 100), ("Tem Birk", "witness")),
        claim(radio, "More than 300 people", Quantity.more_than(300), measure="evacuated"),
    ]
    reports = [first, copy, later, union, radio]
    made = record(reports, claims, rules=rules)
    family = {"wire-1.txt": None, "post-1.html": "wire-1.txt"}
    stands = tuple(
        replace(p, copy_of=family[p.report], family="f1") if p.report in family else p for p in made.placements
    )
    return replace(made, placements=stands)


# ---- a large one, by a seeded die ----

_MEASURES: tuple[tuple[str, str, str], ...] = (
    ("killed", "all", "person"),
    ("killed", "civilians", "person"),
    ("killed", "women", "person"),
    ("killed", "men", "person"),
    ("killed", "children", "person"),
    ("killed", "police", "person"),
    ("missing", "all", "person"),
    ("injured", "all", "person"),
    ("injured", "children", "person"),
    ("captured", "all", "person"),
    ("rescued", "all", "person"),
    ("displaced", "all", "person"),
    ("evacuated", "households", "household"),
    ("destroyed", "buildings", "building"),
    ("damaged", "buildings", "building"),
    ("affected", "settlements", "settlement"),
)
_BOUNDS = {
    "": Quantity.exact,
    "at least ": Quantity.at_least,
    "more than ": Quantity.more_than,
    "about ": Quantity.about,
}
_KINDS: tuple[SourceKind, ...] = ("government", "organisation", "media", "police", "official", "document")


def large(sources: int = 40, claims: int = 300, seed: int = 7, rules: Sequence[str] = ("range@1", "acled@1")) -> Record:
    """A record of so many sources and claims; each report says five figures of one source."""
    die = random.Random(seed)
    names = [
        (
            f"{_invented(die)} {('Ministry', 'Relief Council', 'Herald', 'Police', 'Office', 'Registry')[i % 6]}",
            _KINDS[i % 6],
        )
        for i in range(sources)
    ]
    reports: list[Report] = []
    made: list[Claim] = []
    while len(made) < claims:
        name, kind = names[len(reports) % sources]
        picks = die.sample(_MEASURES, min(5, claims - len(made)))
        lines = []
        for measure, group, unit in picks:
            number = int(20 * 1.6 ** die.randint(0, 8)) + die.randint(0, 9)
            bound = die.choice(("", "", "at least ", "more than ", "about "))
            lines.append((measure, group, unit, number, bound))
        words = [
            f"In the days after the river left its bed, {bound}{n:,} {group if group != 'all' else 'people'} "
            f"were counted as {m} in the districts along the lower bank, the {name} said in a statement "
            f"that gave no further detail."
            for m, group, _, n, bound in lines
        ]
        date = dt.date(2031, 5, 7) + dt.timedelta(days=len(reports) // 4)
        one = report(
            f"report-{len(reports):03}.txt",
            " ".join(words),
            title=f"What the {name} said on day {len(reports)}",
            publisher=f"{_invented(die)} Gazette",
            published=date.isoformat(),
            url=f"https://gazette.example/{len(reports)}",
        )
        reports.append(one)
        for measure, group, unit, number, bound in lines:
            said = f"{bound}{number:,} {group if group != 'all' else 'people'}"
            make = {
                "": Quantity.exact,
                "at least ": Quantity.at_least,
                "more than ": Quantity.more_than,
                "about ": Quantity.about,
            }[bound]
            made.append(claim(one, said, make(number), (name, kind), measure=measure, group=group, unit=unit))
    return record(reports, made, rules=rules)


def _invented(die: random.Random) -> str:
    return "".join(die.choice("btkmrsvl") + die.choice("aeiou") for _ in range(3)).capitalize()


def modality(of: Claim, value: Modality) -> Claim:
    """The same claim, denied or supposed."""
    return replace(of, modality=value)
