"""What a party says against itself, told apart from what else it says; nobody's word counts for more or less by it.

Input: who is held responsible by whom, and claims with their voices. Output: which claims are conceded, and sentences.
"The Front claimed responsibility … the Front said five villagers died" is conceded by the Front; "the Army said 12 of
its soldiers died" is what the Army says of its own people. "The Army admitted that nine died" concedes nothing: who
killed them is not said. No figure rests on this; the grade `confirmed` does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tollbook.findings import words
from tollbook.findings.cases import Counted, Stated
from tollbook.findings.desk import Desk
from tollbook.findings.origins import Sources, name_key
from tollbook.findings.ruleset import Case
from tollbook.findings.steps import step
from tollbook.model import Characterisation, Claim
from tollbook.values import dataclass

# Of whose own people a body tells that fights or governs: "12 Northern soldiers", said by the Northern Army.
_BODIES = ("military", "government", "police")
_IN_ARMS = ("soldiers", "militants", "police")
_OF_ITS = re.compile(r"\bof (?:its|their)\b", re.IGNORECASE)
_OF_OURS = re.compile(r"\b(?:of )?our\b", re.IGNORECASE)
# Between a source and its figure stand the cue and no more than this: "the Army said that 12 of its soldiers".
_BETWEEN = len("  that ")
# What may be lost: "12 of its soldiers were captured".
_LOST = ("killed", "injured", "killed_or_injured", "killed_or_missing", "missing", "captured", "abducted")


@dataclass(frozen=True, slots=True)
class Accepts:
    """A party that says of itself that it did the harm, and the reports that have it say so."""

    party: str
    reports: tuple[str, ...]


def told_by(said: Iterable[Characterisation], desk: Desk) -> dict[str, list[Characterisation]]:
    """What incidents are called, by incident, as far as it was public on the day asked for."""
    found: dict[str, list[Characterisation]] = defaultdict(list)
    for one in said:
        day = desk.published.get(one.report)
        if one.incident is not None and (desk.as_of is None or day is None or day <= desk.as_of):
            found[one.incident].append(one)
    return found


def party_of(name: str, sources: Sources | None) -> str:
    """The party that a name stands for; the name itself where no book knows it."""
    return sources.party(name) if sources else name


def accepting(said: Iterable[Characterisation], sources: Sources | None) -> dict[str, Accepts]:
    """Parties that say of themselves that they did it, by the key of their name."""
    found: dict[str, Accepts] = {}
    for one in said:
        if one.kind == "responsibility" and one.modality == "asserted" and one.attribution:
            actor = party_of(one.value, sources)
            if name_key(actor) == name_key(party_of(one.attribution[0].source, sources)):
                before = found.get(name_key(actor))
                reports = {one.report, *(before.reports if before else ())}
                name = min(actor, before.party) if before else actor
                found[name_key(actor)] = Accepts(name, tuple(sorted(reports)))
    return dict(sorted(found.items()))


def conceded(harmed: Iterable[Counted], accepts: Mapping[str, Accepts]) -> list[Counted]:
    """Of the figures of people hurt who do not fight, those of parties that say that they did it."""
    return [one for one in harmed if name_key(one.voice.party) in accepts]


# ---- in sentences ----


def tell_concessions(case: Case) -> list[str]:
    """What each party gives against itself, and what else it gives in the same count."""
    parts = (one for part in case.parts for one in part.stated if one.claim.group == case.group)
    by_party: dict[str, list[Stated]] = defaultdict(list)
    for one in {each.claim.id: each for each in (*parts, *case.standing)}.values():
        by_party[one.voice.party].append(one)
    return [line for _, some in sorted(by_party.items()) for line in _of_party(sorted(some, key=words.when), case)]


def _of_party(some: Sequence[Stated], case: Case) -> Iterator[str]:
    """The lines of one party: what it concedes, what it says of its own people."""
    done = [one for one in some if one.claim.id in case.conceded]
    lost = [one for one in some if one not in done and of_its_own(one)]
    rest = [one for one in some if one not in done and one not in lost]
    besides = f"; apart from that it gives {_quotes(rest)}" if rest else ""
    if done:
        reports = words.listed(f"report {report}" for report in case.conceded[done[0].claim.id])
        yield step(
            "concedes",
            f"{words.voices(done)}, by its own words in {reports} the one who did it, itself gives"
            f" {_quotes(done)}{besides}.",
        )
    if lost:
        yield step("own-losses", f"{words.voices(lost)} says this of its own people: {_quotes(lost)}{besides}.")


def _quotes(some: Sequence[Stated]) -> str:
    return words.listed(words.quoted(one) for one in some)


def of_its_own(one: Stated) -> bool:
    """True where a party tells by its words of people of its own that were lost: "the Army said 12 of its soldiers"."""
    claim = one.claim
    if claim.measure not in _LOST or claim.unit != "person" or claim.quantity.high == 0:
        return False
    return _by_pronoun(claim) or _by_name(one)


def _by_pronoun(claim: Claim) -> bool:
    """ "The Army said 12 of its soldiers": nobody stands between whom "its" could mean; "our" is the speaker's."""
    link = next(iter(claim.attribution), None)
    if link is None or link.span is None or link.kind in ("anonymous", "publisher", "witness"):
        return False
    if _OF_OURS.search(claim.said):
        return True
    between = claim.span.start - link.span.end
    near = link.span.part == claim.span.part and 0 < between <= len(link.cue or "") + _BETWEEN
    return near and _OF_ITS.search(claim.said) is not None


def _by_name(one: Stated) -> bool:
    """ "12 Northern soldiers", said by the Northern Army; a Northern clinic or inquiry has none of its own."""
    whose = name_key(one.claim.affiliation or "").split()
    armed = one.claim.group in _IN_ARMS and one.voice.kind in _BODIES and not one.voice.own
    return armed and bool(whose) and set(whose) <= set(name_key(one.voice.name).split())
