"""How people were hurt, and where they went: "four suffered burns", "two were taken to a hospital", "a boy was hit by a
bullet", "300 people stay in tents". No single verb says it; a verb and what belongs to it do.
"""

from __future__ import annotations

from tollbook.claims.mentions import Mention, Scene
from tollbook.claims.patterns import REACH

STRUCK = 8  # tokens from what hit somebody to the verb
_FATES = frozenset({"killed", "injured"})
_BEFORE_NOUN = frozenset({"dead", "deceased", "lifeless", "slain", "wounded", "injured"})
_SHELTERED = frozenset({"all", "children", "women", "civilians", "refugees"})


def suffering(mention: Mention, scene: Scene) -> Mention | None:
    """ "Four victims suffered gunshot wounds", "two teens with minor injuries", "a man suffering from burns"."""
    words = scene.words
    for at in range(mention.end, scene.upto(mention.end + REACH)):
        low = scene.low(at)
        if low in words.suffer:
            end = next(
                (k for k in range(at + 1, scene.upto(at + 9)) if scene.low(k) in words.hurts | words.breaks), None
            )
            if end is None or scene.low(end) in words.breaks:
                continue
            fatal = any(scene.low(k) in words.fatal for k in range(at, end))
            measure = "killed" if fatal else "injured"
            return mention.read_as(measure, (at, end + 1), "predicate", 0.84 - 0.015 * (at - mention.end))
        if low in words.breaks or low in ("and", "or", "said"):
            return None
    return None


def sheltered(mention: Mention, scene: Scene) -> Mention | None:
    """ "870 families remained in 20 evacuation centres", "people staying with host families"."""
    words = scene.words
    at = next((k for k in range(mention.end, scene.upto(mention.end + 6)) if scene.low(k) in words.shelter_verbs), None)
    if at is None or any(scene.low(k) in words.breaks or scene.low(k) == "and" for k in range(mention.end, at)):
        return None
    link_at = at + 3 if scene.low(at + 2).startswith("night") else at + 1  # "spent the night in a shelter"
    link = scene.low(link_at)
    if link not in ("in", "at", "with", "inside", "to"):
        return None
    for end in range(link_at + 1, scene.upto(at + 9)):
        low = scene.low(end)
        if low in words.shelters or (link == "with" and low in words.host_families):
            return mention.read_as("displaced", (at, end + 1), "predicate", 0.93)
        if low in words.breaks or low == "," or (low == "and" and link != "to"):
            return None
    return None


def in_camps(mention: Mention, scene: Scene) -> Mention | None:
    """ "More than 900 villagers in 21 camps": whom several hold; "an aid worker in the camp" works there."""
    at = mention.end
    if scene.low(at) != "in" or mention.counted.group not in _SHELTERED:
        return None
    for end in range(at + 1, scene.upto(at + 6)):
        low = scene.low(end)
        if low in scene.words.shelters:
            return mention.read_as("displaced", (at, end + 1), "predicate", 0.6) if low.endswith("s") else None
        if low in scene.words.breaks or low in (",", "and"):
            return None
    return None


def hospitalised(mention: Mention, scene: Scene) -> Mention | None:
    """ "One woman was taken to a local hospital", "two were rushed to Orne General Hospital"."""
    words = scene.words
    at = mention.end
    while words.helps(scene.low(at)) or words.adverbial(scene.low(at)) or scene.low(at) in words.relatives:
        at += 1
    if scene.low(at) not in words.hospital_verbs:
        return None
    for end in range(at + 1, scene.upto(at + 9)):
        if scene.low(end) in words.hospitals:
            return mention.read_as("injured", (at, end + 1), "predicate", 0.86)
        if scene.low(end) in words.breaks or scene.low(end) == "and":
            return None
    return None


def described(mention: Mention, scene: Scene) -> Mention | None:
    """ "A deceased man was found", "officers found an injured woman": an adjective tells what befell a lone person."""
    head = mention.counted.head
    if not mention.figure.lone or head is None:
        return None
    for at in range(mention.figure.last, head):
        if any(scene.low(owner).endswith("'s") for owner in range(at, head)):
            return None  # "the dead child's mother"
        for trigger in scene.starting(at, "state", "counted"):
            if trigger.measure in _FATES and scene.low(at) in _BEFORE_NOUN:
                return mention.by(trigger, "adjective", 0.86 if trigger.measure == "killed" else 0.8)
    return None


def sent(mention: Mention, scene: Scene) -> Mention | None:
    """ "Sent four people to the hospital"; "stabbed 11 students to death"."""
    following = [scene.low(at) for at in range(mention.end, mention.end + 4)]
    if following[:2] == ["to", "death"] and mention.start:
        return mention.read_as("killed", (mention.end, mention.end + 2), "object", 0.93)
    if following[0] == "to" and "hospital" in following and scene.low(mention.start - 1) in scene.words.sent:
        return mention.read_as("injured", (mention.start - 1, mention.start), "object", 0.8)
    return None


def hit(mention: Mention, scene: Scene) -> Mention | None:
    """ "A bullet struck the boy in the leg", "the van hit a cyclist", "a shot, grazing her brother"."""
    words, verb = scene.words, mention.opening - 1
    acts = scene.low(verb) in words.strikes
    if not acts or not mention.figure.lone or mention.possesses:
        return None
    for at in range(verb - 1, max(-1, verb - STRUCK), -1):
        if scene.low(at) in words.hitters | words.firearms:
            return mention.read_as("injured", (verb, verb + 1), "object", 0.78)
        if scene.low(at) in words.breaks:
            return None
    return None


def struck(mention: Mention, scene: Scene) -> Mention | None:
    """ "A boy was hit by a car", "two were struck in the leg": what hit them, or where, tells that they were hurt."""
    words = scene.words
    at, passive = mention.end, False
    while words.helps(scene.low(at)) or words.adverbial(scene.low(at)) or scene.low(at) in words.relatives:
        passive = passive or scene.low(at) in words.be
        at += 1
    if not passive or scene.low(at) not in words.hits or scene.low(at + 1) not in ("by", "with", "in"):
        return None
    for end in range(at + 2, scene.upto(at + 10)):
        if scene.low(end) in words.hitters | words.body:
            return mention.read_as("injured", (at, end + 1), "predicate", 0.8)
        if scene.low(end) in words.breaks or scene.low(end) in (",", "and"):
            return None
    return None
