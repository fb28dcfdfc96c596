"""A verb that stands behind the parts of a figure: "seven pupils, including a nurse and two boys, were killed"."""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.claims.mentions import Mention, Scene
from tollbook.claims.patterns import REACH
from tollbook.claims.predicates import ASIDES, HARMS, verb_at

PARTS = 60  # tokens of the parts, with their names and ages
FURTHER = 26  # tokens from a figure to its parts, where an apposition stands between


def over_parts(mention: Mention, scene: Scene) -> Mention | None:
    """ "Seven members of the Orr family, including a nurse and two boys, were killed": the verb is behind the parts.

    So it is behind names ("four brothers, Jan, Olaf, Karl and Per Lind, were killed"), behind any aside in dashes, and
    behind "six clerks, all members of one union, including two women, were killed".
    """
    if mention.figure.lone or mention.figure.named or not _is_people(mention):
        return None
    found = (_behind(mention, opening, scene) for opening in _openings(mention, scene))
    return next((one for one in found if one), None)


def _behind(mention: Mention, opening: int, scene: Scene) -> Mention | None:
    """The verb behind the parts that a sign or "including" opens."""
    closing = ASIDES.get(scene.low(opening))
    names = closing == "," and _opens_names(opening + 1, scene)
    for at in range(opening + 1, scene.upto(opening + PARTS)):
        low, before = scene.low(at), scene.low(at - 1)
        if low in (";", ".") and not scene.low(at - 1).isupper():
            return None
        if not scene.words.helps(low):
            continue
        ended = names and (scene.sentence[at - 1].is_capital or before == ")")
        if before == closing or ended or (closing is None and before not in scene.words.relatives):
            helped = False
            while scene.words.helps(scene.low(at)) or scene.words.adverbial(scene.low(at)):
                helped = helped or scene.low(at) in scene.words.be
                at += 1
            hit = verb_at(at, helped, scene)
            return mention.by(hit, "predicate", 0.7) if hit and hit.measure in HARMS else None
    return None


def _openings(mention: Mention, scene: Scene) -> Iterator[int]:
    """What may open the parts of a figure: a comma before "including" or the word itself, a bracket, a dash."""
    words, further = scene.words, False
    for at in range(mention.end, scene.upto(mention.end + FURTHER)):
        low = scene.low(at)
        if low in ("including", "among"):
            yield at
            return
        if low in ASIDES and not scene.glued(at):
            parts = scene.low(at + 1) in words.part_openers or low != "," or _opens_names(at + 1, scene)
            people = _opens_people(at + 1, scene)
            if parts or people:
                yield at
            if people or (parts and low == ","):
                return
            further = True
        ends = (words.helps(low) and low != "to") or low in words.breaks or low in words.relatives
        ends = ends or bool(scene.starting(at, "intransitive", "transitive", "state"))
        if ends or (at - mention.end > REACH and not further) or (not further and _opens_people(at, scene)):
            return


def _opens_people(at: int, scene: Scene) -> bool:
    return at in scene.owner and _is_people(scene.mentions[scene.owner[at]])


def _opens_names(at: int, scene: Scene) -> bool:
    """A name, or an age before one."""
    return at in scene.named or (at in scene.owner and scene.mentions[scene.owner[at]].role.kind == "age")


def _is_people(mention: Mention) -> bool:
    return mention.counted.person and mention.counted.known and mention.counted.head is not None
