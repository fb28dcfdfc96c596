"""Whom a figure counts where its own noun does not say: "the rebels sustained 12 casualties (nine dead)" are militants.

The group comes from the noun itself; for a bare number or a bare "dead", from what the sentence counted before,
from who suffered it, from "among the soldiers"; for anyone else, from what they did.
"""

from __future__ import annotations

from tollbook.claims.counted import Counted
from tollbook.claims.mentions import Mention, Scene
from tollbook.claims.nouns import doing, noun_at
from tollbook.lexicon import Lexicon
from tollbook.lexicon.nouns import modifier_table

THINGS_ONLY = frozenset({"destroyed", "damaged"})
_BY_SEX = frozenset({"men", "women", "girls", "boys"})
_BY_AGE = frozenset({"children", "youth", "elderly"})
_ONES = 4  # how far back a bare number looks for the noun it continues
_SUBJECT = 14  # tokens from "sustained" back to who did
_OBJECT = 6  # tokens from "among" or "on" to a noun


def group(mention: Mention, scene: Scene, lexicon: Lexicon, measure: str) -> str:
    """The noun's own group; of a bare number, what the sentence was counting before ("and eight were wounded")."""
    if not mention.is_count:
        return "all"
    own, counted = mention.counted.group, mention.counted
    thing = thing_before(mention, scene, measure)
    if thing:
        return thing.group
    if own != "all" or not counted.person or measure == "other":
        return own if own != "all" or not counted.person else doing(scene.sentence, mention.end, lexicon) or own
    if counted.of_figure:
        return own
    bare = counted.head is None or scene.low(counted.head) == "others"  # "three other people" are any people
    if bare or counted.of_pronoun or mention.how == "noun":
        if mention.host is not None and counted.of_pronoun:
            return scene.mentions[mention.host].counted.group
        shared = any(other.counted.of_figure for other in scene.before(mention, 1))
        told = None if shared else _being(mention.end, scene, lexicon)
        told = told or _suffered(mention, scene, lexicon) or _within(mention, scene, lexicon)
        told = told or (_continued(mention, scene) if mention.host is None else None)
        if told is not None:
            return told
    found = _named(mention, scene, lexicon) or doing(scene.sentence, mention.end, lexicon)
    return found or _among(mention, scene, lexicon) or own


def _being(at: int, scene: Scene, lexicon: Lexicon) -> str | None:
    """ "Three (were children)"."""
    return _group_at(at + 1, scene, lexicon) if scene.low(at) in scene.words.be else None


def _group_at(at: int, scene: Scene, lexicon: Lexicon) -> str | None:
    """The group that a word names, by itself or of those it stands before ("rebels", "army")."""
    found = noun_at(scene.sentence, at, lexicon)
    if found and found[0].person and found[0].group != "all":
        return found[0].group
    return modifier_table(lexicon).get(scene.low(at))


def _first_group(start: int, scene: Scene, lexicon: Lexicon) -> str | None:
    """The group named first in the phrase that starts at a token ("the government soldiers")."""
    for at in range(start, scene.upto(start + _OBJECT)):
        named = _group_at(at, scene, lexicon)
        if named or scene.low(at) in scene.words.breaks or scene.low(at) in (",", "and"):
            return named
    return None


def _suffered(mention: Mention, scene: Scene, lexicon: Lexicon) -> str | None:
    """ "The rebels sustained 12 casualties", "the army lost nine dead": the one group that the subject names."""
    words, verb = scene.words, mention.start - 1
    if mention.how not in ("noun", "listed") or scene.low(verb) not in words.losing:
        return None
    if scene.low(mention.end) == "on":
        return _first_group(mention.end + 1, scene, lexicon)  # "inflicted 12 casualties on the rebels"
    found = set()
    for at in range(verb - 1, max(-1, verb - _SUBJECT), -1):
        named = _group_at(at, scene, lexicon)
        if named:
            found.add(named)
        if scene.low(at) in words.breaks or at in scene.owner:
            break
    return found.pop() if len(found) == 1 else None


def _within(mention: Mention, scene: Scene, lexicon: Lexicon) -> str | None:
    """ "12 casualties (nine dead and three wounded)": what stands in brackets tells of the figure before them."""
    if mention.how != "noun":
        return None
    for other in reversed(scene.before(mention, _ONES)):
        if scene.low(other.end) == "(":
            return _suffered(other, scene, lexicon) or (other.counted.group if other.counted.group != "all" else None)
        if any(scene.low(at) in (")", *scene.words.breaks) for at in range(other.end, mention.start)):
            return None
    return None


def _named(mention: Mention, scene: Scene, lexicon: Lexicon) -> str | None:
    """ "The toll of children reached 12": the name of the number says who is counted."""
    if mention.how != "toll" or not mention.trigger or scene.low(mention.trigger[1]) not in ("of", "among"):
        return None
    return _first_group(mention.trigger[1] + 1, scene, lexicon) if mention.trigger[1] < mention.start else None


def _among(mention: Mention, scene: Scene, lexicon: Lexicon) -> str | None:
    """ "31 dead and 52 wounded among the guards": whom the whole list counts."""
    if mention.how not in ("noun", "listed"):
        return None
    for at in range(mention.end, scene.upto(mention.end + 6)):
        low = scene.low(at)
        if low == "among":
            return _first_group(at + 1, scene, lexicon)
        if low in scene.words.breaks or (scene.sentence[at].is_word and low != "and" and at not in scene.owner):
            return None
    return None


def _continued(mention: Mention, scene: Scene) -> str | None:
    """The group of the last whole figure before, where a new clause or list member tells of another measure."""
    for other in reversed(scene.before(mention, _ONES)):
        if other.is_count and other.host is None and other.is_read and other.counted.person:
            if other.figure.lone and other.counted.group in _BY_SEX and not mention.figure.lone:
                return None  # "a boy drowned and three others were hurt": of any sex
            if mention.counted.others and other.counted.group in _BY_SEX | _BY_AGE:
                return None  # "four women died and several others were hurt": of any sex and age
            named = other.counted.head is not None and other.how != "noun" and other.measures != mention.measures
            gap = {scene.low(at) for at in range(other.end, mention.start)}
            return other.counted.group if named and gap & scene.words.continuers else None
    return None


def thing_before(mention: Mention, scene: Scene, measure: str) -> Counted | None:
    """ "Destroyed 40 houses and damaged another 65": houses too."""
    if measure not in THINGS_ONLY or mention.counted.head is not None:
        return None
    before = reversed(scene.before(mention, _ONES))
    return next((o.counted for o in before if o.is_read and o.is_count and not o.counted.person), None)
