"""Whether voices are known to speak apart, so that their saying the same is agreement.

Input: voices of one incident that give one figure. Output: true where two of them are known to have it neither from
each other nor from one that stands behind both. A hospital and a union each count for themselves; the police and the
sheriff don't, nor do a paper in its own name and the police, whom it may have asked. What is not known is never called
so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping

from tollbook.findings.cases import Stated
from tollbook.findings.origins import Voice
from tollbook.text import fold

# Who speaks for whom, by the kind of voice. A person whose office is not said may speak for any of them; outlets,
# documents and nameless sources have their figures from somebody.
_SIDES = {
    "official": "state",
    "government": "state",
    "police": "state",
    "military": "state",
    "medics": "medics",
    "witness": "witness",
    "organisation": "organisation",
}


def agree(standing: Iterable[Stated]) -> bool:
    """True where figures that are equal are said by at least two who are known to speak apart.

    A figure that was added up, or linked to the incident with some doubt, may mean other people.
    """
    return speak_apart(one.voice for one in standing if one.sure and not one.sum_of)


def speak_apart(voices: Iterable[Voice]) -> bool:
    """True where at least two of the voices are known to count each for itself.

    Of different sides ("the hospital", "residents"); offices of two states that are known; two organisations with names
    of their own; two outlets that name nobody for anything they tell of the incident, and share no text.
    """
    sides: dict[Hashable, set[str]] = defaultdict(set)
    states: dict[Hashable, set[str]] = defaultdict(set)
    bodies: dict[Hashable, set[str]] = defaultdict(set)
    outlets: dict[Hashable, set[str]] = defaultdict(set)
    for voice in voices:
        side = _SIDES.get(voice.kind)
        if side is not None:
            sides[side].add(voice.party)
        if side == "state" and fold(voice.party) != fold(voice.name):
            states[voice.party].add(voice.party)
        if side == "organisation" and voice.name != voice.name.lower():  # "aid workers" may be anybody's
            bodies[voice.party].add(voice.party)
        if side is None and voice.alone:
            outlets[voice.family or (voice.party,)].add(voice.party)
    return any(_differ(groups) for groups in (sides, states, bodies, outlets))


def _differ(groups: Mapping[Hashable, set[str]]) -> bool:
    """True where two groups hold two parties, one each."""
    return len(groups) > 1 and len(set().union(*groups.values())) > 1
