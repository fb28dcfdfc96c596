"""What is said of a number by its name: "the toll rose to 42", "bringing the number of men in jail to eleven".

`toll` finds the name before the number, `raised` behind it ("brought to eleven the number of men in custody").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tollbook.claims.counted import Counted
from tollbook.claims.mentions import Mention, Scene
from tollbook.claims.nouns import noun_at
from tollbook.claims.triggers import Trigger
from tollbook.lexicon import Lexicon
from tollbook.lexicon.nouns import Noun

TOLL_REACH = 26  # "the number of people killed when the roof of the hall fell in on Tuesday has risen to 26"
RAISED_REACH = 12
MOST_ASIDE = 5
_WITHIN = ("for", "from", "among")  # "the toll for casualties of the raid is 12": the toll comes first


def toll(mention: Mention, scene: Scene) -> Mention | None:
    """ "The death toll rose from 8 to 10", "Deaths: 161+", "the number of dead is put at 12", "the toll to 24"."""
    if mention.figure.lone or mention.counted.measure or scene.low(mention.start - 1) == "from":
        return None  # "the toll was revised from 40 to 31": what it was
    phrase = scene.sentence[mention.start : mention.figure.number]
    linked = any(token.low == "estimated" for token in phrase)
    best: Mention | None = None
    for at in range(mention.start, max(-1, mention.start - TOLL_REACH), -1):
        trigger = next(_names(at, mention, scene), None) if linked else None
        if trigger:
            certain = 0.7 if trigger.measure in ("population", "displaced") else 0.93
            best = mention.by(trigger, "toll", certain - 0.01 * (mention.start - at))
            if scene.low(trigger.start - 1) not in _WITHIN:
                return best
        low = scene.low(at - 1)
        linked = linked or low in scene.words.toll_links
        if low in ("and", ";", ".", "while") or (low == "," and not linked) or _other_count(mention, at - 1, scene):
            return best
    return best


def _names(at: int, mention: Mention, scene: Scene) -> Iterator[Trigger]:
    """The names of a number that end at a token: a word of its own, or "number of" with what says who is counted."""
    for trigger in scene.ending(at, "toll"):
        predicate = scene.low(trigger.start - 1) in scene.words.be and len(scene.low(at - 1)) > 4
        if not predicate or trigger.measure == "population":
            yield trigger
    if scene.low(at - 1) == "of" and scene.low(at - 2) in scene.words.totals:
        yield from _counted_by(at, mention.start, scene)


def _counted_by(start: int, end: int, scene: Scene) -> Iterator[Trigger]:
    """ "(The number of) people in custody", "… those who died": what happened to those that a total counts."""
    for at in range(start, end):
        for trigger in scene.starting(at, "transitive", "intransitive", "state", "counted"):
            if trigger.end <= end and (trigger.kind != "transitive" or "participle" in trigger.forms):
                yield trigger
        if scene.low(at) in scene.words.breaks:
            return


def raised(mention: Mention, scene: Scene) -> Mention | None:
    """ "Brought to eleven the number of men in custody"."""
    last = mention.figure.last
    after = [scene.low(at) for at in range(last, last + 3)]
    if scene.low(mention.start - 1) != "to" or after[0] != "the" or after[1] not in scene.words.totals:
        return None
    trigger = next(_counted_by(last + 2, scene.upto(last + RAISED_REACH), scene), None)
    if trigger is None:
        return None
    return replace(mention, counted=Counted(last, None)).by(trigger, "toll", 0.88)


def total(mention: Mention, told: str | None, scene: Scene) -> Mention | None:
    """ "Two more bodies were found, bringing the total to 24": the total of what was `told` last."""
    if told is None or mention.figure.lone or scene.low(mention.start - 1) != "to":
        return None
    for at in range(mention.start - 2, max(-1, mention.start - RAISED_REACH), -1):
        if scene.low(at) in scene.words.totals and scene.low(at + 1) != "of":
            return mention.read_as(told, (at, at + 1), "toll", 0.8)
        if scene.low(at) in scene.words.breaks or at in scene.owner:
            return None
    return None


def counting(mention: Mention, scene: Scene, lexicon: Lexicon) -> Mention | None:
    """ "The number of villages will reach 20": villages are counted, though nothing happened to them."""
    if mention.counted.head is not None or scene.low(mention.start - 1) not in scene.words.toll_links:
        return None
    for at in range(mention.start - 2, max(0, mention.start - RAISED_REACH), -1):
        if scene.low(at) == "of" and scene.low(at - 1) in scene.words.totals:
            named = noun_at(scene.sentence, at + 1, lexicon)
            return replace(mention, counted=_counts(named, mention.figure.last)) if named else None
        if scene.low(at) in scene.words.breaks or scene.low(at) == "," or at in scene.owner:
            return None
    return None


def _counts(named: tuple[Noun, int], end: int) -> Counted:
    noun, after = named
    return Counted(end, after - 1, noun.group, noun.unit, noun.person)


def _other_count(mention: Mention, at: int, scene: Scene) -> bool:
    """True where a token belongs to another figure, but for the start of a rise ("from 8 to 10") and an aside.

    "The toll, put at 30 by the guard, is 26", "the toll, which stood at 12 on Monday, rose to 15".
    """
    index = scene.owner.get(at)
    other = scene.mentions[index] if index is not None and scene.mentions[index].start != mention.start else None
    if other is None or not other.is_count or scene.low(other.start - 1) == "from":
        return False
    opened = range(max(0, other.start - MOST_ASIDE), other.start)
    closed = range(other.end, min(mention.start, other.end + MOST_ASIDE))
    return not all(any(scene.low(at) == "," for at in near) for near in (opened, closed))
