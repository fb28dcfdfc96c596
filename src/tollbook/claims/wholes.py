"""A verb that stands behind the parts of a figure: "seven pupils, including a nurse and two boys, were killed"."""

from __future__ import annotations

from tollbook.claims.mentions import Mention, Scene
from tollbook.claims.patterns import REACH
from tollbook.claims.predicates import ASIDES, HARMS, verb_at

PARTS = 40  # tokens of the parts, with their names and ages


def over_parts(mention: Mention, scene: Scene) -> Mention | None:
    """ "Seven members of the Orr family, including a nurse and two boys, were killed": the verb is behind the parts.

    So it is behind names ("four brothers, Jan, Olaf, Karl and Per Lind, were killed") and behind any aside in dashes.
    """
    if mention.figure.lone or mention.figure.named or not _is_people(mention):
        return None
    opening = _parts_from(mention, scene)
    if opening is None:
        return None
    names = _opens_names(opening + 1, scene)
    for at in range(opening + 1, scene.upto(opening + PARTS)):
        low = scene.low(at)
        if low in (";", ".") and not scene.low(at - 1).isupper():
            return None
        closed = scene.low(at - 1) == ASIDES[scene.low(opening)] or (names and scene.sentence[at - 1].is_capital)
        if scene.words.helps(low) and closed:
            helped = False
            while scene.words.helps(scene.low(at)) or scene.words.adverbial(scene.low(at)):
                helped = helped or scene.low(at) in scene.words.be
                at += 1
            hit = verb_at(at, helped, scene)
            return mention.by(hit, "predicate", 0.7) if hit and hit.measure in HARMS else None
    return None


def _parts_from(mention: Mention, scene: Scene) -> int | None:
    """The sign that opens the parts of a figure: a comma before "including", a bracket or a dash."""
    words = scene.words
    for at in range(mention.end, scene.upto(mention.end + REACH)):
        low = scene.low(at)
        if low in ASIDES and not scene.glued(at):
            opens = scene.low(at + 1) in words.part_openers or low != "," or _opens_names(at + 1, scene)
            return at if opens else None
        verb = scene.starting(at, "intransitive", "transitive", "state")
        counted = at in scene.owner and _is_people(scene.mentions[scene.owner[at]])
        if (words.helps(low) and low != "to") or low in words.breaks or low in words.relatives or verb or counted:
            return None
    return None


def _opens_names(at: int, scene: Scene) -> bool:
    """A name, or an age before one."""
    return at in scene.named or (at in scene.owner and scene.mentions[scene.owner[at]].role.kind == "age")


def _is_people(mention: Mention) -> bool:
    return mention.counted.person and mention.counted.known and mention.counted.head is not None
