"""A record of many incidents in many invented places, some of them vague, by a seeded die."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from dossier_records import findings, report

from tollbook.model import Claim, DateRange, Incident, Place, Quantity, Record, Report, Source, SourceKind, Span

_VOICES: tuple[tuple[str, SourceKind], ...] = (
    ("Office", "government"),
    ("Relief Council", "organisation"),
    ("Herald", "media"),
    ("Police", "police"),
)
_HAPPENED = ("flood", "storm", "landslide", "fire", "collapse")


@dataclass(frozen=True)
class Happened:
    """One incident before anybody tells of it."""

    place: Place
    date: DateRange
    kind: str


def wide(reports: int = 1000, incidents: int = 2000, seed: int = 11, rules: Sequence[str] = ("range@1",)) -> Record:
    """A record of so many reports and incidents in some 300 places, over three years."""
    die = random.Random(seed)
    places = [_place(die, at) for at in range(300)]
    voices = [Source(f"{_name(die)} {noun}", kind, "said") for _ in range(15) for noun, kind in _VOICES]
    told = [Happened(die.choice(places), _date(die), die.choice(_HAPPENED)) for _ in range(incidents)]
    lines: list[list[int]] = [[] for _ in range(reports)]
    for number in range(incidents):
        for _ in range(die.choice((1, 1, 1, 2, 3))):
            lines[die.randrange(reports)].append(number)
    made, claims = [], []
    for at, some in enumerate(lines):
        one, own = _report(die, at, [(number, told[number]) for number in some], voices)
        made.append(one)
        claims += own
    held: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        held[claim.incident or ""].append(claim)
    known = tuple(_incident(f"i{number}", one, held[f"i{number}"]) for number, one in enumerate(told))
    return Record(
        tuple(made), claims=tuple(claims), incidents=known, findings=findings(claims, rules), rules=tuple(rules)
    )


def _report(
    die: random.Random, at: int, some: Sequence[tuple[int, Happened]], voices: Sequence[Source]
) -> tuple[Report, list[Claim]]:
    """A report with a sentence for each incident, and the claims that these are."""
    counts = [(die.choice(("killed", "injured")), int(2 * 1.7 ** die.randint(0, 8))) for _ in some]
    words = [
        f"In {one.place.name} {'at least ' * (count % 2)}{count} people were {measure}, line {line} of the list says."
        for line, ((_, one), (measure, count)) in enumerate(zip(some, counts, strict=True))
    ]
    last = max((one.date.start for _, one in some), default=dt.date(2031, 1, 1)) + dt.timedelta(days=1)
    text = " ".join(words) or "Nothing was told that day."
    made = report(
        f"report-{at:04}.txt", text, title=f"What was counted by day {at}", publisher=f"{_name(die)} Gazette",
        published=last.isoformat(), url=f"https://gazette.example/{at}",
    )  # fmt: skip
    claims, start = [], 0
    for sentence, (number, one), (measure, count) in zip(words, some, counts, strict=True):
        begin = text.index(f"{count} people", start)
        span = Span(begin, begin + len(f"{count} people"), "text")
        start += len(sentence) + 1
        quantity = Quantity.at_least(count) if count % 2 else Quantity.exact(count)
        claims.append(
            Claim(
                Claim.id_of(made.text_sha256, span, measure), made.id, span, span.of(text), measure, "all", "person",
                quantity, attribution=(die.choice(voices),), date=one.date, as_of=made.published_date,
                incident=f"i{number}",
            )
        )  # fmt: skip
    return made, claims


def _incident(id: str, one: Happened, claims: Sequence[Claim]) -> Incident:
    return Incident(
        id, f"{one.place.name}, {one.date.start.isoformat()}", one.kind, one.date, one.place,
        reports=tuple(sorted({claim.report for claim in claims})), claims=tuple(sorted(claim.id for claim in claims)),
    )  # fmt: skip


def _place(die: random.Random, number: int) -> Place:
    precision = die.choice((1,) * 12 + (2, 3, 4, 6))
    lat, lon = 11 + die.gauss(0, 3.5), 21 + die.gauss(0, 5)
    return Place(_name(die), number + 1, round(lat, 4), round(lon, 4), None, precision)


def _date(die: random.Random) -> DateRange:
    """A day, or only the month or the year."""
    day = dt.date(2031, 1, 1) + dt.timedelta(days=int(1095 * die.random() ** 1.4))
    kind = die.choice(("day",) * 8 + ("month", "year"))
    if kind == "month":
        after = (day.replace(day=1) + dt.timedelta(days=31)).replace(day=1)
        return DateRange(day.replace(day=1), after - dt.timedelta(days=1), "month", "named in the text")
    if kind == "year":
        return DateRange(dt.date(day.year, 1, 1), dt.date(day.year, 12, 31), "year", "named in the text")
    return DateRange(day, day, "day", "named in the text")


def _name(die: random.Random) -> str:
    return "".join(die.choice("btkmrsvl") + die.choice("aeiou") for _ in range(3)).capitalize()
