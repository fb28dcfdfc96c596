"""What each ruling changed: what a claim was before it and what it is since, in words, names masked.

Input: a record's claims as read and its rulings. Output: for each ruling by its number, the fields it changed. Worked:
"correct value=68" on "at least 60 killed" is (figure, "at least 60", "at least 68"); the withdrawal of that ruling is
(figure, "at least 68", "at least 60"). Each state is worked out by the rules by which figures count, and compared, so
that a withdrawn withdrawal needs no rule of its own. Of what is withheld nothing is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from tollbook.dossiers.context import Context
from tollbook.dossiers.decided import Changed
from tollbook.dossiers.figures import BASIS, MODALITY, day, days, label, stated
from tollbook.errors import UsageError
from tollbook.model import Claim, Ruling
from tollbook.rulings import Action, Verdict, corrected, decide, standing

_MOVES = {Action.LINK, Action.UNLINK, Action.SPLIT, Action.MERGE}


def amended(context: Context, names: Mapping[str, str]) -> dict[int, tuple[Changed, ...]]:
    """The changes of every ruling that changed something, by its number; `names` are incidents' by their ids."""
    found: dict[int, tuple[Changed, ...]] = {}
    undone = _withdrawals(context.record.rulings)
    for claim in {one.id: one for one in context.record.claims if one.id in context.rulings}.values():
        if claim.id not in context.veil.claims:
            found.update(_of_claim(claim, context.rulings[claim.id], undone, context))
    for ruling in context.record.rulings:
        if ruling.action in _MOVES and ruling.seq not in context.unsaid:
            found[ruling.seq] = (*found.get(ruling.seq, ()), *_moved(ruling, names))
    return found


def _withdrawals(rulings: Iterable[Ruling]) -> dict[int, list[Ruling]]:
    """The rulings that take another back, by the number of that one."""
    found: dict[int, list[Ruling]] = defaultdict(list)
    for one in rulings:
        if one.action == Action.WITHDRAW:
            found[int(one.values["ruling"] or 0)].append(one)
    return found


def _of_claim(
    claim: Claim, own: Sequence[Ruling], undone: Mapping[int, Sequence[Ruling]], context: Context
) -> Iterator[tuple[int, tuple[Changed, ...]]]:
    past: list[Ruling] = []
    state = _state(claim, past, context)
    for one in sorted(_with_withdrawals(own, undone), key=lambda one: one.seq):
        past.append(one)
        after = _state(claim, past, context)
        changes = tuple(Changed(field, state[field], after[field]) for field in state if state[field] != after[field])
        if one.action == Action.CLAIM:
            changes = (Changed("claim", "not read by any reader", f"{after['figure']}, {after['of']}"),)
        if changes:
            yield one.seq, changes
        state = after


def _with_withdrawals(own: Sequence[Ruling], undone: Mapping[int, Sequence[Ruling]]) -> list[Ruling]:
    found, ahead = dict[int, Ruling](), list(own)
    while ahead:
        one = ahead.pop()
        found[one.seq] = one
        ahead.extend(undone.get(one.seq, ()))
    return list(found.values())


def _state(claim: Claim, past: Sequence[Ruling], context: Context) -> dict[str, str]:
    """What is shown of a claim after these rulings, by the name of the field."""
    decision = decide(one for one in standing(past) if one.claim or one.span)
    now = claim
    with suppress(UsageError):  # a correction that no longer fits what is read: the claim counts as read
        now = corrected(claim, decision.changes)
    mask = context.masker
    return {
        "figure": mask.text(stated(now.quantity)),
        "of": mask.text(label(now.measure, now.group, now.unit)),
        "said by": ", relayed by ".join(map(mask.name, now.attribution)) or "nobody named",
        "affiliation": mask.text(now.affiliation) or "none",
        "told as": MODALITY.get(now.modality, "a fact"),
        "counted as": BASIS.get(now.basis, "a total of this incident"),
        "day": days(now.date) or "not known",
        "counts up to": day(now.as_of) or "not known",
        "place": place.name if (place := mask.place(now.place)) else "not known",
        "grade": decision.grade or "none of its own",
        "standing": "set aside" if decision.verdict is Verdict.REJECTED else "counts",
    }


def _moved(ruling: Ruling, names: Mapping[str, str]) -> Iterator[Changed]:
    """Where a claim or an incident went; it tells the incident as it is called today."""
    if ruling.action == Action.SPLIT:
        yield Changed("incident", "", "one of its own")
    elif ruling.action == Action.UNLINK:
        yield Changed("incident", "", "none")
    else:
        there = names.get(str(ruling.values.get("into" if ruling.action == Action.MERGE else "incident")))
        if there:
            yield Changed("incident", "", there)
