"""What came of those who were hurt or missing: "a man was shot in the leg on Friday and died on Sunday".

The patterns read a person by the nearest verb; for whoever is killed after all, that is not the last word.
"""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.claims.mentions import Mention, Scene
from tollbook.claims.triggers import Trigger

REACH = 30  # tokens from the wound to the death
_MAIN = frozenset({"has", "have", "had", "was", "is"})  # "the boy who was stabbed has died"
# Words behind which somebody else may have died: "a boy hurt in the crash in which his uncle died".
_OPENING = frozenset({"that", "which", "who", "whom", "whose", "where", "when", "as", "after", "before", "while",
                      "because", "since", "until", "if", "than", "how"})  # fmt: skip


def outcome(mention: Mention, scene: Scene) -> Mention:
    """The mention of one person who was hurt, read as killed where the sentence goes on to say so."""
    death = _death(mention, scene) if mention.figure.lone else None
    return mention.by(death, "predicate", mention.score) if death else mention


def of_share(part: Mention, whole: Mention, scene: Scene) -> Mention | None:
    """ "One of five people shot in Orne has died": what the main verb says of some of those hurt."""
    death = _death(whole, scene)
    return part.by(death, "predicate", whole.score) if death else None


def _death(mention: Mention, scene: Scene) -> Trigger | None:
    """The words later in the sentence that tell of the death of those a mention says were hurt."""
    if mention.is_zero or mention.measures != ("injured",) or not mention.trigger:
        return None
    if mention.trigger[0] < mention.start or mention.denied:
        return None
    hurt = mention.trigger[1]
    clause = any(scene.low(at) in scene.words.relatives for at in range(mention.end, hurt))
    clause = clause or not any(scene.words.helps(scene.low(at)) for at in range(mention.end, hurt))
    for at in range(hurt, scene.upto(hurt + REACH)):
        if scene.low(at) in (";", ".", ":"):
            break
        if at in scene.owner and scene.mentions[scene.owner[at]] is not mention and _is_somebody(at, scene):
            break
        death = next((trigger for trigger in _deaths(at, scene) if _is_his(trigger, hurt, clause, scene)), None)
        if death:
            return death
    return None


def _is_somebody(at: int, scene: Scene) -> bool:
    """Another person, whose death it may be; "a car" and "a 2 p.m. crash" are nobody."""
    other = scene.mentions[scene.owner[at]]
    return other.is_count and other.counted.person and other.counted.head is not None


def _deaths(at: int, scene: Scene) -> list[Trigger]:
    return [trigger for trigger in scene.starting(at, "intransitive", "state") if trigger.measure == "killed"]


def _is_his(death: Trigger, hurt: int, clause: bool, scene: Scene) -> bool:
    """ "… and later died", "…, but was pronounced dead"; behind a clause "has died", "was pronounced dead", "died"."""
    at, helped = death.start - 1, False
    while scene.words.helps(scene.low(at)) or scene.words.adverbial(scene.low(at)):
        if scene.low(at) in ("not", "n't", "may", "might", "could", "would", "to"):
            return False
        helped = helped or scene.low(at) in _MAIN
        at -= 1
    if scene.low(at) in ("and", "but", ",", "then", "before"):
        return "past" in death.forms or helped
    opened = any(scene.low(back) in _OPENING for back in range(hurt, death.start))
    return clause and (helped or ("past" in death.forms and not opened))


def among_hit(read: Sequence[Mention], index: int, scene: Scene) -> int | None:
    """ "Two clerks were stabbed; one died", "four stabbed, one dead", "one of whom died": whom they are some of."""
    one = read[index]
    if one.measures != ("killed",) or one.host is not None or not one.is_listable or one.figure.lone or one.is_zero:
        return None
    bare = one.counted.head is None or one.counted.of_pronoun or one.how == "noun"
    if not bare or one.figure.more or one.figure.is_vague or one.counted.others or one.how == "toll":
        return None
    for back in range(index - 1, max(-1, index - 3), -1):
        whole = read[back]
        if whole.measures == ("injured",) and whole.trigger and whole.host is None:
            struck = scene.low(whole.trigger[0]) in scene.words.causes
            return back if struck and (one.figure.quantity.high or 0) < (whole.figure.quantity.low or 0) else None
    return None


def dead_among(part: Mention, whole: Mention, *, of_it: bool) -> bool:
    """ "Nine were hurt, two of them fatally"; of the missing only where the words say so (`of_it`): "of the 12 missing,
    four were found dead".
    """
    if part.measures != ("killed",):
        return False
    return whole.measures == ("injured",) if part.how == "graded" else of_it and whole.measures == ("missing",)
