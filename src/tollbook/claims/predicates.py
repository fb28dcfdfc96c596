"""What is said of a figure as its subject: "12 people were killed", "60 who had fled", "a woman waiting there died".

`near` walks from the noun over auxiliaries, adverbs, one aside and up to two prepositional phrases to the verb;
`far` looks beyond a clause, for a main verb that plainly can be said of people.
"""

from __future__ import annotations

from dataclasses import replace

from tollbook.claims.mentions import Mention, Scene
from tollbook.claims.patterns import REACH
from tollbook.claims.triggers import Trigger

ASIDE = 24  # tokens of an aside: "a guard, 45-year-old Lee Orr of the north side of Morva, was killed"
AFTER = 6  # tokens from the end of an aside or a phrase to the verb
FEW = 10  # people who live somewhere and are no population
FAR = 26  # tokens to a main verb when clauses lie between
# What can happen to one person, or be said of nobody; a lone "a man who lives there" is no population of one.
HARMS = frozenset(
    {"killed", "injured", "missing", "killed_or_injured", "captured", "abducted", "arrested", "disappeared", "rescued"}
)
ASIDES = {"(": ")", "[": "]", "-": "-", "--": "--", "–": "–", "—": "—", ",": ","}
_OPENINGS = frozenset({"", ".", ",", ";", "and", '"', "“"})  # what stands before the "of" that opens a clause
_LOOSE = frozenset({"displaced", "affected", "population", "registered"})
_FAR = HARMS | {"registered", "displaced"}
_BARELY = frozenset({"nearly", "almost"})  # "was nearly killed"
_NOMINAL = frozenset({"missing", "injured", "killed", "captured", "displaced"})


def near(mention: Mention, scene: Scene) -> Mention | None:
    """ "Were killed", "have died", "dead", "who fled", "in rural areas needed …"."""
    words = scene.words
    if (scene.low(mention.start - 1) == "by" and not mention.counted.person) or mention.possesses:
        return None
    if is_set_apart(mention, scene) or _is_owner(mention, scene):
        return None
    at, helped, negated, skipped = mention.end, False, False, 0
    limit = scene.upto(mention.end + REACH)
    while at < limit:
        low = scene.low(at)
        other = scene.owner.get(at) if mention.counted.of_figure else None
        if other is not None and scene.mentions[other].start > mention.start:
            at = scene.mentions[other].end  # "four of the 30 injured died": over the 30
            continue
        hit = verb_at(at, helped, scene)
        if hit and mention.figure.named and hit.kind == "transitive" and not helped:
            return None  # "Ann Lee shot …": a bearer of a name acts more often than not
        if hit and helped and scene.low(at - 1) != "being" and _is_place(mention, scene):
            return None
        if hit and not _is_merely_there(hit, mention):
            score = _score(hit, at - mention.end, helped, skipped, mention.counted.group == "refugees")
            if negated and hit.measure == "rescued" and "base" in hit.forms:  # "did not survive"
                return mention.read_as("killed", (hit.start, hit.end), "predicate", score)
            return replace(mention.by(hit, "predicate", score), denied=negated)
        if mention.figure.named and low in words.saying:
            return None  # "Ann Lee said 12 had been killed"
        if words.helps(low):
            helped = helped or low in words.be
            negated = negated or low in ("not", "n't")
            if negated and mention.figure.named:
                return None  # "Ann Lee was not hurt" counts nobody
            at += 1
        elif low in words.relatives or words.adverbial(low) or low in _BARELY:
            negated = negated or (helped and low in _BARELY)
            at += 1
        elif low == "-" and scene.glued(at):
            at += 2  # "pre-emptively"
        elif low == "pre" and scene.glued(at + 1):
            at += 1
        elif low in ("and", "or") and at == mention.end and (width := _bare_noun(at + 1, scene)):
            at += 1 + width
        else:
            end = _skip(at, low, limit, skipped, helped, scene)
            if end is None:
                return None
            at, skipped, limit = end, skipped + 1, max(limit, scene.upto(end + AFTER))
    return None


def _is_place(mention: Mention, scene: Scene) -> bool:
    """ "Most huts in four hamlets were razed": the four only say where."""
    return scene.low(mention.start - 1) in ("in", "from", "near", "at", "across", "around") and mention.start > 1


def _is_owner(mention: Mention, scene: Scene) -> bool:
    """ "The son of Ann Lee was hurt" tells of the son; "a house owned by Ann Lee, who was hurt" of her."""
    if not mention.figure.named or scene.low(mention.opening - 1) not in scene.words.prepositions:
        return False
    after = mention.end + 1 if scene.low(mention.end) == "," else mention.end
    return scene.low(after) not in scene.words.relatives


def _is_merely_there(hit: Trigger, mention: Mention) -> bool:
    """ "Two were inside", "five gunmen were inside": no victims; "two men live there": no population."""
    if hit.measure == "population" and (mention.figure.quantity.low or 0) < FEW and mention.counted.unit == "person":
        return True
    there = hit.measure == "affected" and hit.kind == "state"
    return there and (mention.counted.head is None or mention.counted.group == "militants")


def is_set_apart(mention: Mention, scene: Scene) -> bool:
    """ "Of the 90 passengers, 30 were killed": the verb behind the comma tells of the 30."""
    opens = scene.low(mention.start - 1) == "of" and scene.low(mention.start - 2) in _OPENINGS
    return opens and scene.low(mention.end) == ","


def _score(hit: Trigger, distance: int, helped: bool, skipped: int, refugees: bool) -> float:
    if hit.measure == "affected" and hit.kind == "state":
        return 0.45
    if hit.measure == "population" and refugees:
        return 0.5  # displaced people who live somewhere are displaced
    if not helped and hit.measure in _LOOSE and ("ing" in hit.forms or hit.kind == "state"):
        return 0.5  # "civilians sheltering in the base are killed": the main verb may follow
    return 0.9 - 0.015 * distance - 0.08 * bool(skipped)


def _skip(at: int, low: str, limit: int, skipped: int, helped: bool, scene: Scene) -> int | None:
    """The token after an aside or a prepositional phrase, where the walk may go on."""
    if low in ASIDES:
        return _aside_end(at, scene) if not skipped else None
    if low in scene.words.prepositions and skipped < 2 and not helped:
        return _phrase_end(at, scene, limit)
    return None


def verb_at(at: int, helped: bool, scene: Scene) -> Trigger | None:
    """The expression at a token that can be said of a subject."""
    for trigger in scene.starting(at, "intransitive", "state", "transitive", "agent", "counted"):
        if trigger.kind in ("state", "intransitive"):
            return trigger
        if trigger.kind == "counted" and (scene.low(at - 1) in scene.words.be or trigger.measure == "missing"):
            return trigger if trigger.measure in _NOMINAL else None
        if trigger.kind == "agent":
            return trigger if not helped or "ing" in trigger.forms else None
        if (
            trigger.kind == "transitive"
            and scene.low(trigger.end) in scene.words.reflexives
            and trigger.measure in HARMS
        ):
            return trigger  # "a boy shot himself"
        if "participle" in trigger.forms and (helped or not _acts(trigger, scene)):
            return trigger
        if trigger.kind == "transitive" and trigger.end > at + 1:
            return None  # "five men shot to death a guard": the shorter "shot" would not see the guard
    return None


def _acts(trigger: Trigger, scene: Scene) -> bool:
    """ "Three gunmen killed 12", "a man shot and killed a guard"."""
    if takes_object(trigger.end, scene):
        return True
    joined = scene.starting(trigger.end + 1, "transitive") if scene.low(trigger.end) == "and" else []
    return any("past" in second.forms and takes_object(second.end, scene) for second in joined)


def takes_object(at: int, scene: Scene) -> bool:
    """True where a noun phrase follows, so that the verb before it acts on that: "three gunmen killed 12"."""
    low, words = scene.low(at), scene.words
    if not low or low in words.prepositions - {"over", "around"} or low in words.no_object:
        return False
    if low in (",", ".", ";", ":", "and", "or", ")", '"', "”", "’"):
        return False
    if at in scene.starts or at in scene.named or low in words.determiners:
        return True
    token = scene.sentence[at]
    shouted = scene.sentence[at - 1].text.isupper()
    return token.is_word and ((token.is_capital and not shouted) or low.endswith("s"))


def _bare_noun(at: int, scene: Scene) -> int:
    """How many tokens a second noun without a number takes: "no children or staff were", "and family members were"."""
    for width in (1, 2, 3):
        if not scene.low(at + width - 1).isalpha() or any(
            t.kind != "counted" for t in scene.opening.get(at + width - 1, ())
        ):
            return 0
        if scene.words.helps(scene.low(at + width)):
            return width
    return 0


def _aside_end(at: int, scene: Scene) -> int | None:
    """The token after a paired comma, dash or bracket: "Three people, a man and two women, were killed"."""
    closing, words = ASIDES[scene.low(at)], scene.words
    verbs = scene.starting(at + 1, "transitive", "intransitive")
    if closing != ")" and (
        scene.low(at + 1) in words.relatives or any(verb.forms & {"participle", "past"} for verb in verbs)
    ):
        return at + 1
    for end in range(at + 1, scene.upto(at + ASIDE)):
        if scene.low(end) in (";", "."):
            return None
        if scene.low(end) == closing:
            after = scene.low(end + 1)
            if end - at <= 3 and scene.low(end - 1).isdecimal() and after == "of":
                return end + 1  # "Ann Lee, 34, of Morva"
            goes_on = words.helps(after) or after in words.adverbs or after in words.relatives
            goes_on = goes_on or bool(scene.starting(end + 1, "intransitive", "transitive", "state"))
            if goes_on or closing != ",":
                return end + 1
            if not scene.low(end + 1).isdecimal():  # ", Ann Lee, 34, was killed": the age is set off too
                return None
    return None


def _phrase_end(at: int, scene: Scene, limit: int) -> int | None:
    """The token after a phrase such as "in rural regions" or "from the villages of", where a verb follows it."""
    words = scene.words
    for end in range(at + 1, limit):
        low = scene.low(end)
        if (words.helps(low) and low != "to") or low in words.relatives - {"that"}:
            return end
        if scene.starting(end, "intransitive", "transitive", "agent") and scene.low(end - 1) not in words.determiners:
            return end
        if low in ASIDES and low != ",":
            return _aside_end(end, scene)
        if low == "," and words.helps(scene.low(end + 1)):
            return end + 1  # "Ann Lee, 34, of Morva, was"
        if low in words.breaks or low in (",", "and", "or", "that") or (end in scene.starts and end > at + 1):
            return None
    return None


def made_to_leave(mention: Mention, scene: Scene) -> Mention | None:
    """ "Forcing 35 people to evacuate", "caused all 300 families to flee"."""
    at = mention.start
    while scene.low(at - 1) in scene.words.determiners:
        at -= 1
    if scene.low(at - 1) not in scene.words.forcing or scene.low(mention.end) != "to":
        return None
    for trigger in scene.starting(mention.end + 1, "transitive", "intransitive"):
        leaves = trigger.measure == "displaced" or (
            trigger.measure == "evacuated" and not takes_object(trigger.end, scene)  # not "to evacuate their offices"
        )
        if "base" in trigger.forms and leaves:
            return mention.by(trigger, "predicate", 0.88)
    return None


def far(mention: Mention, scene: Scene) -> Mention | None:
    """ "A woman who was waiting for a bus was killed", "a boy riding a scooter was hit by a car and killed"."""
    words = scene.words
    if not mention.counted.person or scene.low(mention.start - 1) in ("by", "of", "to", "with", "from", "in"):
        return None
    helped = False
    for at in range(mention.end, scene.upto(mention.end + FAR)):
        low, before = scene.low(at), scene.low(at - 1)
        if low in words.breaks or low in words.saying or (at in scene.starts and at > mention.end + 1):
            return None
        helped = helped or low in words.be
        adjacent = before in words.be or words.adverbial(before)
        for trigger in scene.starting(at, "transitive", "intransitive", "state"):
            if trigger.measure not in _FAR or (trigger.kind == "state" and trigger.measure != "killed"):
                continue
            if trigger.kind == "intransitive" and "past" in trigger.forms and before != "to":
                return mention.by(trigger, "predicate", 0.55)
            if "participle" in trigger.forms:
                told = helped and (adjacent or before == "and") and not takes_object(trigger.end, scene)
                return mention.by(trigger, "predicate", 0.55) if told else None
    return None
