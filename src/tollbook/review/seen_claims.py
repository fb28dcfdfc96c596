"""A claim as the desk shows it: as it counts, with its chain, what people ruled on it, and the number they ruled it
under.

Input: a record around a report or an incident, and the rulings on it. Output: `SeenClaim`s. Worked: a claim read as
12 that Ann corrected to 14 is "14", state "corrected", `seen` 9 where that ruling is event 9 of the log.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tollbook.dossiers.figures import day, days, label, remarks, sign, stated
from tollbook.dossiers.sources import KIND_WORDS
from tollbook.findings import Ruled
from tollbook.model import Claim, Record, Ruling
from tollbook.rulings import (
    Action,
    Fate,
    Stage,
    Staged,
    Verdict,
    decide,
    fates,
    is_coder,
    stages,
    standing,
    with_withdrawals,
)  # fmt: skip

# What a ruling did, in the words of a list of them.
DID = {
    "accept": "accepted it",
    "reject": "rejected it",
    "correct": "corrected it",
    "link": "linked it to another incident",
    "unlink": "took it out of its incident",
    "split": "made an incident of its own of it",
    "merge": "merged it into another",
    "grade": "graded it",
    "actors": "named sides and actors",
    "note": "noted",
    "unmask": "would show a name",
    "withhold": "withheld it from publication",
    "withdraw": "took back",
    "claim": "added it by hand",
    "confirm": "confirmed it",
    "return": "sent it back",
    "tie": "tied a row of a spreadsheet to it",
}


@dataclass(frozen=True, slots=True)
class SeenLink:
    """One link of a chain; `there` where its words stand in the report, so that they can be marked."""

    name: str
    kind: str
    cue: str
    there: bool


@dataclass(frozen=True, slots=True)
class SeenRuling:
    """A ruling in words: who, the minute, what it did, with which values, why; `gone` says by which it was taken
    back.
    """

    number: int
    who: str
    when: str
    did: str
    values: str
    why: str
    gone: str
    withdrawable: bool


@dataclass(frozen=True, slots=True)
class SeenClaim:
    """`state` is open, accepted, corrected, rejected, confirmed or returned; `seen` the number of the last ruling
    on it, 0 for none.
    """

    id: str
    report: str
    part: str
    start: int
    end: int
    said: str
    figure: str
    stated: str
    label: str
    state: str
    seen: int
    chain: tuple[SeenLink, ...]
    incident: str
    incident_name: str
    affiliation: str
    date: str
    as_of: str
    place: str
    remarks: tuple[str, ...]
    confidence: float
    reader: str
    staged: Staged

    def awaits(self, who: str) -> bool:
        """True where somebody else coded it and nobody looked second: this person may confirm it or send it back."""
        return self.staged.stage is Stage.CODED and not is_coder(who, self.staged)

    @property
    def source(self) -> str:
        """Whose word it is: the innermost link."""
        return self.chain[0].name if self.chain else "nobody named"

    @property
    def spoken(self) -> str:
        """The claim in one line, as a screen reader says it."""
        return f"{self.label}: {self.stated}, said by {self.source}; {self.state}"


def seen_claims(record: Record, ruled: Ruled) -> list[SeenClaim]:
    """The claims of a record in the order of their words, titles first."""
    own: dict[str, list[Ruling]] = defaultdict(list)
    for one in record.rulings:
        if one.claim:
            own[one.claim].append(one)
    counting = frozenset(one.seq for one in standing(record.rulings))
    withdrawals = [one for one in record.rulings if one.action == Action.WITHDRAW]
    names = {one.id: one.name for one in record.incidents}
    ordered = sorted(ruled.claims, key=lambda one: (one.span.part != "title", one.span, one.measure))
    checked = stages(record.rulings)
    found = []
    for claim in ordered:
        some = own.get(claim.id, [])
        last = max(with_withdrawals((one.seq for one in some), [*some, *withdrawals]), default=0) if some else 0
        staged = checked.get(claim.id, Staged())
        state = state_of([one for one in some if one.seq in counting], staged)
        found.append(_seen(claim, state, last, staged, names))
    return found


def _seen(claim: Claim, state: str, last: int, staged: Staged, names: Mapping[str, str]) -> SeenClaim:
    place = claim.place
    return SeenClaim(
        claim.id, claim.report, claim.span.part, claim.span.start, claim.span.end, claim.said,
        sign(claim.quantity), stated(claim.quantity), label(claim.measure, claim.group, claim.unit),
        state, last,
        tuple(SeenLink(o.source, KIND_WORDS[o.kind], o.cue or "", o.span is not None) for o in claim.attribution),
        claim.incident or "", names.get(claim.incident or "", ""), claim.affiliation or "",
        days(claim.date), day(claim.as_of), ", ".join(filter(None, (place.name, place.country))) if place else "",
        remarks(claim), claim.confidence, claim.reader, staged,
    )  # fmt: skip


def state_of(standing_ones: Sequence[Ruling], staged: Staged) -> str:
    """What rulings make of a claim: open, accepted, corrected, rejected; or what a second person said of that."""
    if staged.stage in (Stage.CONFIRMED, Stage.RETURNED):
        return str(staged.stage)
    decision = decide(standing_ones)
    if decision.verdict is Verdict.ACCEPTED and decision.changes:
        return "corrected"
    return str(decision.verdict)


def verdicts(record: Record) -> dict[str, Verdict]:
    """How each claim that was ruled on stands."""
    own: dict[str, list[Ruling]] = defaultdict(list)
    for one in standing(record.rulings):
        if one.claim:
            own[one.claim].append(one)
    return {claim: decide(some).verdict for claim, some in own.items()}


def seen_rulings(rulings: Sequence[Ruling], claim: str = "", incidents: Iterable[str] = ()) -> list[SeenRuling]:
    """The rulings on one claim, or on one incident by its ids, and all that take these back; the last first."""
    ids = set(incidents)
    about = with_withdrawals(
        (one.seq for one in rulings if (claim and one.claim == claim) or _is_of(one, ids)), rulings
    )
    return [_told(one) for one in reversed(fates(rulings)) if one.ruling.seq in about]


def _is_of(one: Ruling, ids: set[str]) -> bool:
    return bool(ids) and one.claim is None and bool(ids & {one.values.get("incident"), one.values.get("into")})


def _told(one: Fate) -> SeenRuling:
    ruling = one.ruling
    did = DID.get(ruling.action, ruling.action)
    if ruling.action == Action.WITHDRAW:
        did = f"took back #{ruling.values.get('ruling')}"
    shown = {name: value for name, value in ruling.values.items() if name not in {"incident", "ruling"}}
    values = ", ".join(
        f"{name.replace('_', ' ')} {'none' if value is None else value}" for name, value in shown.items()
    )
    gone = "" if one.withdrawn is None else f"#{one.withdrawn.seq} by {one.withdrawn.who}"
    return SeenRuling(
        ruling.seq, ruling.who, ruling.when[:16].replace("T", " "), did, values, ruling.why, gone,
        one.withdrawn is None,
    )  # fmt: skip
