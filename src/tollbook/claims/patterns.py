"""Patterns that read a figure by the words right around it: each takes a mention and returns it read, or None.

`noun` "99 civilian deaths" · `complement` "the deaths of six people" · `toll` "the toll rose to 42" · `acted_on`
"killing six" · `agent` "recognised by 13 countries" · `inverted` "Killed were 12 people" · `composed` "the dead include
12 women" · `suffering` "four suffered burns" · `sent` "sent four people to the hospital". What is said of a figure as
its subject is in `predicates`.
"""

from __future__ import annotations

from tollbook.claims.mentions import Mention, Scene
from tollbook.claims.triggers import Trigger

REACH = 14  # tokens; a verb farther from its figure belongs to something else more often than not
TOLL_REACH = 26  # "the number of people killed when the roof of the hall fell in on Tuesday has risen to 26"
POPULATION = 1000  # "three residents" are people, "91 million residents" a population


def noun(mention: Mention, scene: Scene) -> Mention | None:
    """ "99 civilian deaths", "the 80 wounded", "290 missing people"."""
    measure = mention.counted.measure
    if measure is None or mention.figure.lone:
        return None
    score = 0.9
    if mention.counted.group in ("hostages", "refugees"):
        score = 0.6  # "five hostages were freed": what happened to them may be another thing
        if scene.low(mention.start - 1) == "for":
            return None  # "supplies for 15,000 refugees": a capacity
    if measure == "population" and (mention.figure.quantity.low or 0) < POPULATION:
        return None
    return mention.read_as(measure, mention.counted.trigger, "noun", score)


def complement(mention: Mention, scene: Scene) -> Mention | None:
    """ "The deaths of six people", "population of 7,000", "home to 22,000 refugees"."""
    at = mention.start
    for trigger in scene.ending(at, "before"):
        if _introduces(trigger, mention, scene):
            return mention.by(trigger, "before", 0.95)
    while scene.low(at - 1) in ("the", "all", "these", "those", "somewhere", "between", "about"):
        at -= 1
    if scene.low(at - 1) not in ("of", ":", "|"):
        return None
    kinds = ("of", "toll") if scene.low(at - 1) == "of" else ("toll",)
    governing = scene.ending(at - 1, *kinds)
    return mention.by(governing[0], "of", 0.92) if governing else None


def _introduces(trigger: Trigger, mention: Mention, scene: Scene) -> bool:
    """ "With 476 passengers" tells of people aboard only after a ship or a bus; "held 20" of hostages only."""
    if trigger.measure == "affected":
        near = range(max(0, trigger.start - 6), trigger.start)
        vehicle = any(scene.low(at) in scene.words.vehicles for at in near)
        return vehicle and mention.counted.person and not mention.figure.lone
    return trigger.measure != "captured" or mention.counted.group == "hostages"


def toll(mention: Mention, scene: Scene) -> Mention | None:
    """ "The death toll rose from 8 to 10", "Deaths: 161+", "the number of dead is put at 12", "the toll to 24"."""
    if mention.figure.lone or mention.counted.measure:
        return None
    phrase = scene.sentence[mention.start : mention.figure.number]
    linked = any(token.low == "estimated" for token in phrase)
    for at in range(mention.start, max(-1, mention.start - TOLL_REACH), -1):
        for trigger in scene.ending(at, "toll"):
            predicate = scene.low(trigger.start - 1) in scene.words.be and len(scene.low(at - 1)) > 4
            if linked and (not predicate or trigger.measure == "population"):
                certain = 0.7 if trigger.measure in ("population", "displaced") else 0.93
                return mention.by(trigger, "toll", certain - 0.01 * (mention.start - at))
        low = scene.low(at - 1)
        linked = linked or low in scene.words.toll_links
        if low in ("and", ";", ".", "while") or (low == "," and not linked) or _other_count(mention, at - 1, scene):
            return None
    return None


def _other_count(mention: Mention, at: int, scene: Scene) -> bool:
    """True where a token belongs to another figure, but for the start of a rise ("from 8 to 10")."""
    index = scene.owner.get(at)
    other = scene.mentions[index] if index is not None and scene.mentions[index].start != mention.start else None
    return other is not None and other.is_count and scene.low(other.start - 1) != "from"


def acted_on(mention: Mention, scene: Scene) -> Mention | None:
    """ "Killed 613 people", "killing himself and 12 others": the verb stands before, a list may stand between."""
    at, steps, listed = mention.start, 0, False
    while at > 0 and steps < REACH:
        for trigger in scene.ending(at, "transitive"):
            if is_passive(trigger, scene):
                if not steps and scene.low(trigger.start - 2) in ("", ".", "also"):
                    return None  # "Killed were 12 people" is `inverted`
                continue
            if steps and (mention.figure.named or not listed):
                continue
            if (
                mention.figure.lone
                and "base" in trigger.forms
                and scene.low(trigger.start - 1) in ("to", "not", "would", "will")
            ):
                return None  # "enough to kill an adult" tells of nobody
            return mention.by(trigger, "object", 0.88 - 0.012 * steps)
        low = scene.low(at - 1)
        if low in ("and", ",", "&", "or", "plus") and not listed:
            listed = True
        elif not _may_stand_between(low, listed, steps, scene):
            return None
        at, steps = at - 1, steps + 1
    return None


def _may_stand_between(low: str, listed: bool, steps: int, scene: Scene) -> bool:
    words = scene.words
    if low in words.breaks or words.helps(low) or low in words.relatives or low in ("said", "says", "by"):
        return False
    if listed:
        return low not in ("with", "at", ":", "on") and steps <= 9
    return words.adverbial(low) or low in words.determiners or low in ("-", "–", "additional")


def is_passive(trigger: Trigger, scene: Scene) -> bool:
    """ "Were killed" acts on what stands before it."""
    if "participle" not in trigger.forms:
        return False
    at = trigger.start - 1
    while at >= 0 and scene.words.adverbial(scene.low(at)) and scene.low(at) not in ("left", "found"):
        at -= 1
    return scene.low(at) in scene.words.be


def agent(mention: Mention, scene: Scene) -> Mention | None:
    """ "Recognised by 13 countries"."""
    at = mention.start
    while scene.low(at - 1) in ("the", "all"):
        at -= 1
    trigger = next(iter(scene.ending(at - 1, "agent")), None) if scene.low(at - 1) == "by" else None
    return mention.by(trigger, "agent", 0.9) if trigger else None


def inverted(mention: Mention, scene: Scene) -> Mention | None:
    """ "Killed were 12 people", "Also injured: three", "Among the dead were two children"."""
    at = mention.start - 1
    if scene.low(at) not in ("were", "was", "are", "is", ":"):
        return None
    for back in range(at, max(-1, at - 8), -1):
        for trigger in scene.ending(back, "transitive", "counted", "state"):
            before = scene.low(trigger.start - 1)
            opens = before in ("", "also", "the", "were", "among", ".", ",")
            if before == "the" and scene.low(trigger.start - 2) not in ("among", "of"):
                continue
            if opens and ("participle" in trigger.forms or trigger.kind in ("counted", "state")):
                return mention.by(trigger, "inverted", 0.8)
    return None


def composed(mention: Mention, scene: Scene) -> Mention | None:
    """ "The dead include 12 women", "The victims included three teachers": a part of what was counted before."""
    if scene.low(mention.start - 1) not in scene.words.composed:
        return None
    before = scene.ending(mention.start - 1, "counted", "toll")
    return mention.by(before[0], "composed", 0.89) if before else None


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
                return None
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
    if at is None or any(scene.low(k) in words.breaks for k in range(mention.end, at)):
        return None
    link = scene.low(at + 1)
    if link not in ("in", "at", "with", "inside", "to"):
        return None
    for end in range(at + 2, scene.upto(at + 9)):
        low = scene.low(end)
        if low in words.shelters or (link == "with" and low in words.host_families):
            return mention.read_as("displaced", (at, end + 1), "predicate", 0.93)
        if low in words.breaks or low in (",", "and"):
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


def sent(mention: Mention, scene: Scene) -> Mention | None:
    """ "Sent four people to the hospital"; "stabbed 11 students to death"."""
    following = [scene.low(at) for at in range(mention.end, mention.end + 4)]
    if following[:2] == ["to", "death"] and mention.start:
        return mention.read_as("killed", (mention.end, mention.end + 2), "object", 0.93)
    if following[0] == "to" and "hospital" in following and scene.low(mention.start - 1) in scene.words.sent:
        return mention.read_as("injured", (mention.start - 1, mention.start), "object", 0.8)
    return None
