"""Figures that no word beside them explains, read by what was told before: in the sentence, or in the report.

"Ten people were killed in Morva and four in Oster" → four killed; "bringing the total to 24" → 24 of what was counted
last; "Danes: 3" below "Total dead: 90" → three of them; "two victims" → hurt as all others were, or affected.
"""

from __future__ import annotations

from dataclasses import replace

from tollbook.claims import tolls
from tollbook.claims.counted import DEMONYMS
from tollbook.claims.mentions import Mention, Scene
from tollbook.claims.nouns import noun_at
from tollbook.lexicon import Lexicon
from tollbook.model import Quantity
from tollbook.values import dataclass

_ROLLS = frozenset({"list", "lists", "register", "registers", "database", "roll"})
NOUGHT = Quantity.exact(0)
LARGE = 10  # smaller figures come back by chance
HARMS = frozenset({"killed", "injured"})
GAP = 10  # words between a figure or its verb and another that shares it
NEXT = 8  # words to the next member of a list


@dataclass(frozen=True, slots=True)
class Told:
    """What a report told before a sentence: the measure of its last figure, and what it was, which harms there were."""

    last: str | None = None
    quantity: Quantity = NOUGHT
    harms: frozenset[str] = frozenset()

    def then(self, measure: str, quantity: Quantity) -> Told:
        """With one more figure."""
        harms = self.harms | {measure} if measure in HARMS else self.harms
        return self if measure == "other" else Told(measure, quantity, harms)


def fill(mentions: list[Mention], told: Told, scene: Scene, lexicon: Lexicon) -> list[Mention]:
    """The mentions in order, those still unread with the reading of what was told before them."""
    read: list[Mention] = []
    giver: int | None = None
    for index, mention in enumerate(mentions):
        if mention.is_count and not mention.is_read and not mention.figure.lone:
            before = read[giver] if giver is not None else None
            shared = index > 0 and mentions[index - 1].counted.of_figure  # "one of the two victims died"
            found = tolls.total(mention, told.last, scene) or victims(mention, Told() if shared else told, scene)
            found = found or repeated(mention, told) or labelled(mention, told, scene, lexicon)
            found = found or (gapped(mention, before, giver, scene) if before else None)
            mention = found or tolls.counting(mention, scene, lexicon) or mention
        if mention.is_read and mention.is_listable:
            told, giver = told.then(mention.measures[0], mention.figure.quantity), index
        read.append(mention)
    return read


def victims(mention: Mention, told: Told, scene: Scene) -> Mention | None:
    """ "Two victims": what all others suffered, where the report told of one kind of harm only; else affected.

    "The ministry's list of 4,000 victims" is of other events too.
    """
    head = mention.counted.head
    if head is None or scene.low(head) not in scene.words.victims:
        return None
    roll = scene.low(mention.start - 1) == "of" and scene.low(mention.start - 2) in _ROLLS
    more = (mention.figure.quantity.low or 0) > (told.quantity.low or 0)
    measure = next(iter(told.harms)) if len(told.harms) == 1 and not roll and not more else "affected"
    return mention.read_as(measure, (head, head + 1), "victims", 0.5)


def repeated(mention: Mention, told: Told) -> Mention | None:
    """ "More than 500 people enrolled. More than 500 people a week": what is said again at once is the same."""
    again = mention.start < 2 and told.quantity == mention.figure.quantity and (told.quantity.low or 0) >= LARGE
    if not again or told.last is None or not mention.counted.person or mention.counted.head is None:
        return None
    return mention.read_as(told.last, None, "told", 0.5)


def gapped(mention: Mention, before: Mention, index: int | None, scene: Scene) -> Mention | None:
    """ "Ten were killed in Morva and four in Oster": one verb for both; "ten died, two in Morva" is a part."""
    words, counted = scene.words, mention.counted
    if counted.head is not None or counted.of_figure or counted.of_pronoun or not before.counted.person:
        return None
    if scene.low(mention.figure.last) not in words.places:
        return None
    start = max(before.end, before.trigger[1] if before.trigger else 0)
    gap = range(start, mention.start)
    if not 0 < len(gap) <= GAP or any(_breaks(at, scene) for at in gap):
        return None
    link = scene.low(mention.start - 1)
    if link == "," and not _goes_on(mention, scene):
        fits = (mention.figure.quantity.low or 0) <= (before.figure.quantity.low or 0)
        return _like(mention, before, index) if fits and before.host is None else None
    return _like(mention, before, before.host) if link in words.continuers else None


def _breaks(at: int, scene: Scene) -> bool:
    words = scene.words
    low = scene.low(at)
    verb = bool(scene.starting(at, "transitive", "intransitive", "state"))
    return verb or words.helps(low) or low in words.relatives or low in words.breaks - {"while", ";"}


def _goes_on(mention: Mention, scene: Scene) -> bool:
    """A further figure follows behind "and" or a comma: the list counts side by side."""
    following = range(mention.figure.last, scene.upto(mention.figure.last + NEXT))
    return any(scene.low(at) in ("and", ",") and at + 1 in scene.owner for at in following)


def labelled(mention: Mention, told: Told, scene: Scene, lexicon: Lexicon) -> Mention | None:
    """A line "Danes: 3" or "Children: 12" below "Total dead: 90" is a part of that."""
    alone = mention.start == 2 and mention.end == len(scene.sentence) and scene.low(1) == ":"
    if not alone or told.last is None or (mention.figure.quantity.low or 0) > (told.quantity.low or 0):
        return None
    label, noun = scene.sentence[0], noun_at(scene.sentence, 0, lexicon)
    if not (noun and noun[0].person) and not (label.is_capital and label.low.endswith(DEMONYMS)):
        return None
    whose = replace(mention.counted, group=noun[0].group) if noun else replace(mention.counted, affiliation=label.text)
    return replace(mention, counted=whose).read_as(told.last, (0, 1), "composed", 0.6)


def _like(mention: Mention, other: Mention, host: int | None) -> Mention:
    """The mention with another one's reading."""
    return replace(mention, measures=other.measures, trigger=other.trigger, how="told", score=0.6, host=host,
                   denied=other.denied)  # fmt: skip
