"""Every field's history, of a claim: how it was read, and what each ruling made of it. Pure.

Input: a claim as read, where it was computed to belong, the readings of its report, all rulings. Output: for each field
its `Step`s, the first as read, then one for each event by which it changed. Worked: read as 12 by en@4 (event 5), 14
since #9, "recounted", by ann; 12 again since #11, which took #9 back.

Each event is told by what it changed: the state of the claim before it and after it are worked out, by the same rules
as figures, and compared. So the withdrawal of a withdrawal needs no rule of its own here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from tollbook.errors import UsageError
from tollbook.model import Claim, DateRange, Place, Ruling, Source
from tollbook.pipeline.regroup import MOVES, split_id
from tollbook.rulings import (
    HAND,
    Action,
    Stage,
    Verdict,
    corrected,
    decide,
    fates,
    id_of,
    stage_of,
    standing,
    with_withdrawals,
)
from tollbook.values import dataclass

_VERDICTS = {Verdict.OPEN: "as read, nobody ruled", Verdict.ACCEPTED: "accepted", Verdict.REJECTED: "rejected"}
_CHECKED = {
    Stage.OPEN: "by nobody",
    Stage.CODED: "by one person",
    Stage.CONFIRMED: "by a second person",
    Stage.RETURNED: "by a second person, who sent it back",
}
_COUNTED = (
    "quantity", "measure", "group", "unit", "affiliation", "basis", "modality", "said by", "date", "as of", "place",
)  # fmt: skip
# What people say beside a claim or an incident; each line is an entry of its own.
BESIDE = {Action.NOTE: "notes", Action.UNMASK: "publication", Action.WITHHOLD: "publication"}


@dataclass(frozen=True, slots=True)
class Step:
    """What a field held from one event on, and what it held before (None at first).

    `number` is the event's, `what` "read by en@4" or the ruling's action; `state` says what became of the ruling.
    """

    number: int
    when: str
    who: str
    what: str
    why: str
    before: str | None
    after: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """One reading of a report in the log: its number, when, by whom it was run, the reader with its version, claims."""

    number: int
    when: str
    who: str
    reader: str
    claims: int


@dataclass(frozen=True, slots=True)
class History:
    """Of a claim or incident: what it is, the readings of its report, and for each field its steps in order."""

    kind: str
    id: str
    title: str
    fields: Mapping[str, Sequence[Step]]
    readings: Sequence[Read] = ()


def claim_history(
    claim: Claim, read: Sequence[Read], rulings: Sequence[Ruling], names: Mapping[str, str], aliases: Mapping[str, str]
) -> History:
    """The history of a claim as read; `rulings` are all, bound to today's claims, `names` those of incidents by id.

    `aliases` lead from the ids of incidents that joined others to these.
    """
    own = [one.seq for one in rulings if one.claim == claim.id]
    merges = [one.seq for one in rulings if one.action == Action.MERGE]
    about = with_withdrawals([*own, *merges], rulings)
    became = {one.ruling.seq: one.state for one in fates(rulings)}
    told: dict[str, list[Step]] = {}
    first = read[-1] if read else Read(0, "", "", claim.reader, 0)
    ordered = sorted((one for one in rulings if one.seq in about), key=lambda one: one.seq)
    past: list[Ruling] = _made_by(claim, ordered)
    state = _state(claim, past, names, aliases)
    for field, value in state.items():
        told[field] = [Step(first.number, first.when, first.who, f"read by {first.reader}", "", None, value)]
        if past:
            told[field] = [_step(past[-1], None, value, became[past[-1].seq])]
    for one in ordered[len(past) :]:
        past.append(one)
        after = _state(claim, past, names, aliases)
        changed = [field for field in {**state, **after} if state.get(field) != after.get(field)]
        for field in changed or (["decided"] if one.seq in with_withdrawals(own, rulings) else []):
            step = _step(one, state.get(field), after.get(field, "nothing"), became[one.seq])
            told.setdefault(field, []).append(step)
        state = after
    return History("claim", claim.id, f"“{' '.join(claim.said.split())}”, {claim.report}", told, tuple(read))


def _made_by(claim: Claim, rulings: Sequence[Ruling]) -> list[Ruling]:
    """The rulings up to the one that made a claim by hand; none of one that a reader found."""
    born = next((at for at, one in enumerate(rulings) if one.action == Action.CLAIM and one.claim == claim.id), -1)
    return list(rulings[: born + 1]) if claim.reader == HAND else []


def changes(claim: Claim, rulings: Sequence[Ruling]) -> dict[str, tuple[str, str]]:
    """What of a claim these rulings make otherwise than it was read: field → as read, as it counts."""
    own = [one for one in rulings if one.claim == claim.id and (one.action not in MOVES or one.action == Action.CLAIM)]
    read, now = _state(claim, [], {}, {}), _state(claim, own, {}, {})
    return {field: (read.get(field, ""), now[field]) for field in _COUNTED if read[field] != now[field]}


def _step(one: Ruling, before: str | None, after: str, state: str) -> Step:
    what = f"{one.action} #{one.values['ruling']}" if one.action == Action.WITHDRAW else one.action
    return Step(one.seq, one.when, one.who, what, one.why, before, after, state)


def _state(
    claim: Claim, past: Sequence[Ruling], names: Mapping[str, str], aliases: Mapping[str, str]
) -> dict[str, str]:
    """Each field of a claim in words, as it is after these rulings."""
    counting = standing(past)
    own = [one for one in counting if one.claim == claim.id]
    decision = decide(own)
    try:
        now, misfit = corrected(claim, decision.changes), ""
    except UsageError as error:
        now, misfit = claim, f"the correction does not fit what is read: {error.message}"
    made = claim.reader != HAND or any(one.action == Action.CLAIM for one in own)
    fields = {
        "stands": _VERDICTS[decision.verdict] if made else "taken back: it is no claim",
        "quantity": quantity(now),
        "measure": now.measure,
        "group": now.group,
        "unit": now.unit,
        "affiliation": now.affiliation or "none",
        "basis": now.basis,
        "modality": now.modality,
        "said by": chain(now.attribution),
        "date": date(now.date),
        "as of": str(now.as_of) if now.as_of else "not known",
        "place": place(now.place),
        "incident": _incident(claim, counting, names, aliases),
        "grade": decision.grade or "none of its own",
    }
    if misfit:
        fields["decided"] = misfit
    seconds = with_withdrawals((one.seq for one in past if one.claim == claim.id), past)
    fields["checked"] = _CHECKED[stage_of(one for one in past if one.seq in seconds).stage]
    return fields | beside(own)


def beside(rulings: Iterable[Ruling]) -> dict[str, str]:
    """Notes, and what of it may be published: nothing where nobody ruled on that."""
    found: dict[str, list[str]] = {}
    for one in rulings:
        if one.action in BESIDE:
            name = f" {one.values['name']}" if one.values.get("name") else ""
            words = one.why if one.action == Action.NOTE else f"{one.action}{name}"
            found.setdefault(BESIDE[Action(one.action)], []).append(words)
    return {field: "; ".join(words) for field, words in found.items()}


def _incident(claim: Claim, counting: Iterable[Ruling], names: Mapping[str, str], aliases: Mapping[str, str]) -> str:
    """Where the claim is after these moves, one after the other, as `regroup` applies them."""
    leads, where = dict(aliases), claim.incident

    def now(incident: str) -> str:
        while incident in leads:
            incident = leads[incident]
        return incident

    known = set(names)
    for one in counting:
        if one.action == Action.MERGE:
            gone, into = now(str(one.values["incident"])), now(str(one.values["into"]))
            if gone != into and {gone, into} <= known:
                leads[gone] = into
        elif one.claim == claim.id and one.action in MOVES:
            where = _moved(one, where, known, now)
    if where is None:
        return "none"
    home = now(where)
    return f"{home} ({names[home]})" if home in names else home


def _moved(one: Ruling, where: str | None, known: set[str], now: Callable[[str], str]) -> str | None:
    if one.action == Action.UNLINK:
        return None
    if one.action == Action.TIE:
        return where  # where the other claim is is told by its own history
    there = now(str(one.values.get("incident")))
    if one.action == Action.SPLIT or (one.action == Action.CLAIM and there not in known):
        known.add(split_id(id_of(one)))
        return split_id(id_of(one))
    return there if there in known else where


# ---- fields in words ----


def quantity(claim: Claim) -> str:
    """ "at_least 12", "12 (exact)", "10 to 14"."""
    one = claim.quantity
    low, value, high = ("?" if end is None else f"{end:,}" for end in (one.low, one.value, one.high))
    word = f" “{one.word}”" if one.word else ""
    return f"{one.bound}{word}: low {low}, value {value}, high {high}"


def chain(links: Iterable[Source]) -> str:
    """The whole chain, innermost first, each with its kind."""
    return ", as told by ".join(f"{link.source} ({link.kind})" for link in links) or "nobody named"


def date(one: DateRange | None) -> str:
    """ "2031-05-01 (named in the text)"."""
    if one is None:
        return "not known"
    days = one.start.isoformat() if one.start == one.end else f"{one.start} to {one.end}"
    return f"{days} ({one.rule})"


def place(one: Place | None) -> str:
    """ "Arvelle, XA, where_prec 1, 10.0 10.0"."""
    if one is None:
        return "not known"
    degrees = f"{one.lat} {one.lon}" if one.lat is not None and one.lon is not None else ""
    known = (
        one.name,
        one.country,
        f"where_prec {one.precision}",
        degrees,
        f"GeoNames {one.geonames}" if one.geonames else "",
    )
    return ", ".join(filter(None, known))
