"""Patterns that read a figure by the words right around it: each takes a mention and returns it read, or None.

`noun` "99 civilian deaths" · `complement` "the deaths of six people" · `possessed` "Ann Lee's murder" · `acted_on`
"killing six" · `agent` "recognised by 13 countries" · `inverted` "Killed were 12 people" · `composed` "the dead
include 12 women" · `alongside` "was killed along with two neighbours" · `graded` "15 critically". What is said of a
figure as its subject is in `predicates`, what became of the hurt in `suffered`, what is said of a number by its name
in `tolls`.
"""

from __future__ import annotations

from dataclasses import replace

from tollbook.claims.mentions import Mention, Scene
from tollbook.claims.triggers import Trigger

REACH = 14  # tokens; a verb farther from its figure belongs to something else more often than not
ALONG_REACH = 24
_ALONG = frozenset({("along", "with"), ("together", "with"), ("well", "as")})
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
    if mention.counted.trigger and _is_spared(mention.counted.trigger[0], mention.start, scene):
        return None
    if measure == "population" and (mention.figure.quantity.low or 0) < POPULATION:
        return None
    return mention.read_as(measure, mention.counted.trigger, "noun", score)


def complement(mention: Mention, scene: Scene) -> Mention | None:
    """ "The deaths of six people", "population of 7,000", "home to 22,000 refugees"."""
    at = mention.opening
    for trigger in scene.ending(at, "before"):
        if _introduces(trigger, mention, scene):
            return mention.by(trigger, "before", 0.95)
    while scene.low(at - 1) in ("the", "all", "these", "those", "somewhere", "between", "about"):
        at -= 1
    if scene.low(at - 1) not in ("of", ":", "|"):
        return None
    kinds = ("of", "toll") if scene.low(at - 1) == "of" else ("toll",)
    governing = next(iter(scene.ending(at - 1, *kinds)), None)
    if governing is None or _is_spared(governing.start, governing.start, scene):
        return None
    return mention.by(governing, "of", 0.92)


def _is_spared(noun: int, phrase: int, scene: Scene) -> bool:
    """ "Saved 12 lives", "endanger the lives of thousands": nobody has lost one; of one life somebody must have."""
    if scene.low(noun) == "life":
        return not any(scene.low(at) in scene.words.takers for at in range(phrase - 3, phrase))
    if scene.low(noun) != "lives":
        return False
    return any(scene.low(at) in scene.words.spares for at in range(phrase - 3, phrase))


def possessed(mention: Mention, scene: Scene) -> Mention | None:
    """ "Ann Lee's murder", but neither "Ann Lee's murder trial" nor "Ann Lee's killing of two men"."""
    if not mention.possesses:
        return None
    at = mention.end
    while scene.words.adverbial(scene.low(at)) or scene.low(at) in scene.words.fate_adjectives:
        at += 1
    fate = next(iter(scene.starting(at, "fate")), None)
    after = scene.low(fate.end) if fate else ""
    goes_on = after.isalpha() and not scene.words.helps(after) and after not in scene.words.noun_stops
    return mention.by(fate, "fate", 0.9) if fate and not goes_on and after != "of" else None


def _introduces(trigger: Trigger, mention: Mention, scene: Scene) -> bool:
    """ "With 476 passengers" tells of people aboard only after a ship or a bus; "held 20" of hostages only."""
    if trigger.measure == "affected":
        near = range(max(0, trigger.start - 6), trigger.start)
        vehicle = any(scene.low(at) in scene.words.vehicles for at in near)
        return vehicle and mention.counted.person and not mention.figure.lone
    if trigger.measure == "population":
        return not mention.figure.is_vague or (mention.figure.quantity.low or 0) >= POPULATION
    return trigger.measure != "captured" or mention.counted.group == "hostages"


def acted_on(mention: Mention, scene: Scene) -> Mention | None:
    """ "Killed 613 people", "killing himself and 12 others": the verb stands before, a list may stand between."""
    at, steps, listed = mention.opening, 0, False
    if mention.possesses:
        return None  # "killed Ann Lee's brother"
    while at > 0 and steps < REACH:
        for trigger in scene.ending(at, "transitive"):
            if is_passive(trigger, scene):
                if not steps and scene.low(trigger.start - 2) in ("", ".", "also"):
                    return None  # "Killed were 12 people" is `inverted`
                continue
            if steps and "ing" in trigger.forms and scene.low(trigger.start - 1) in scene.words.determiners:
                return None  # "after the raid, three suspects fled"
            if steps and (mention.figure.named or not listed or trigger.start in scene.owner):
                continue  # "12 wounded, and 30 men": those wounded are counted themselves
            if (
                mention.figure.lone
                and "base" in trigger.forms
                and scene.low(trigger.start - 1) in ("to", "not", "would", "will")
            ):
                return None  # "enough to kill an adult" tells of nobody
            negated = scene.low(trigger.start - 1) in scene.words.negations  # "the blast didn't kill 12 people"
            return replace(mention.by(trigger, "object", 0.88 - 0.012 * steps), denied=negated)
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
        return low not in ("with", "at", ":", "on", '"', "“", "”") and steps <= 9
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


def alongside(mention: Mention, scene: Scene) -> Mention | None:
    """ "Ann Lee was killed at home, along with her aunt and two boys": what was said of the first is said of them.

    So it is in "police detained a clerk along with two aides", where the verb acts on the first.
    """
    at, first = mention.start, max(0, mention.start - REACH)
    owned = scene.low(at - 1) in scene.words.possessives and not mention.figure.lone
    while at > first and (scene.low(at - 1) in scene.words.list_words or _is_counted(at - 1, scene) or owned):
        at, owned = at - 1, False
    died_with = scene.low(at - 1) == "with" and scene.ending(at - 1, "intransitive")  # "died with nine others"
    beside = bool(died_with) or scene.low(at - 1) == "alongside"
    if not beside and (scene.low(at - 2), scene.low(at - 1)) not in _ALONG:
        return None
    for back in range(at - 1 if beside else at - 2, max(0, at - 2 - ALONG_REACH), -1):
        for trigger in scene.ending(back, "transitive", "intransitive"):
            suffered = is_passive(trigger, scene) or (trigger.kind == "intransitive" and "past" in trigger.forms)
            if suffered or any(_is_counted(k, scene) for k in range(trigger.end, min(trigger.end + 2, at - 2))):
                return mention.by(trigger, "along", 0.78)
        if scene.low(back - 1) in scene.words.breaks:
            return None
    return None


def _is_counted(at: int, scene: Scene) -> bool:
    return at in scene.owner and scene.low(at) != "with"


def graded(mention: Mention, scene: Scene) -> Mention | None:
    """ "40 were hurt, 15 critically", "nine were hurt, two of them fatally": an adverb alone says how badly."""
    at = mention.end if mention.counted.of_pronoun else mention.figure.last
    low, after = scene.low(at), scene.low(at + 1)
    if low not in scene.words.grades or mention.counted.head is not None:
        return None
    if after.isalpha() and after not in ("and", "while", "but"):
        return None
    measure = "killed" if low in scene.words.fatal else "injured"
    return mention.read_as(measure, (at, at + 1), "graded", 0.9)
