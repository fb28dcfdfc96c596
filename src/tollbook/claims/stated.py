"""What a read mention states, key by key: exact words, group, unit, quantity, other readings the words allow.

"at least 12 killed and 20 wounded" → 12 at least, 20 exact, with "at least 20" as the other reading of the second.
"""

from __future__ import annotations

from dataclasses import replace

from tollbook.claims.counted import Counted
from tollbook.claims.mentions import Mention, Scene
from tollbook.claims.nouns import doing, modifier_table, noun_at
from tollbook.claims.predicates import HARMS
from tollbook.claims.quantities import bounded
from tollbook.lexicon import Lexicon
from tollbook.lexicon.taxonomy import load_taxonomy
from tollbook.model import Bound, Part, Quantity, Span

SURE = 0.84  # a verb right beside the figure, see the scores in `patterns` and `predicates`
THINGS_ONLY = frozenset({"destroyed", "damaged"})
MOVED = frozenset({"displaced", "homeless"})
SCOPE = 6  # tokens that a bound may reach beyond its own figure
_OPEN = (Bound.AT_LEAST, Bound.MORE_THAN, Bound.ABOUT)
_ONES = 4  # how far back a bare number looks for the noun it continues


def said(mention: Mention, scene: Scene, part: Part) -> Span:
    """The exact words: bound, number, noun or unit."""
    first = mention.role.first if mention.role.first is not None else mention.start
    last = mention.end if mention.is_count else mention.role.last
    return Span(scene.sentence[first].start, scene.sentence[max(last, mention.figure.last) - 1].end, part)


def trigger(mention: Mention, scene: Scene, part: Part) -> Span | None:
    """The words that give the measure."""
    if mention.trigger is None:
        return None
    first, last = mention.trigger
    return Span(scene.sentence[first].start, scene.sentence[last - 1].end, part)


def measures(mention: Mention) -> tuple[str, ...]:
    """The measures that fit what is counted, else `other`, else none where the number counts nothing named."""
    if mention.role.kind not in ("count", "percent", "money"):
        return ()
    if mention.figure.quantity.value == 1 and mention.counted.of_figure:
        return ()  # "one of the three": a person whom the three count already
    if mention.figure.quantity.word == "many" and (mention.counted.of_pronoun or mention.counted.head is None):
        return ()  # "many of whom" gives no figure that could be checked
    fitting = tuple(measure for measure in mention.measures if _fits(mention, measure))
    if fitting:
        return fitting
    if mention.figure.lone or mention.is_zero:
        return ()
    return ("other",) if not mention.is_count or mention.counted.head is not None else ()


def _fits(mention: Mention, measure: str) -> bool:
    """People are killed and displaced, things are destroyed; a country can't be injured."""
    counted = mention.counted
    if measure in THINGS_ONLY:
        return not counted.person or counted.head is None or not counted.known
    if not load_taxonomy().measures[measure].people:
        return True
    if not counted.known:  # "arrested two managers": ending and verb tell that they are people
        sure = mention.counted.agentive or mention.score >= SURE
        return (measure in HARMS and sure) or (measure in MOVED and mention.counted.agentive)
    return counted.person or counted.unit == "household" or _emptied(mention, measure)


def _emptied(mention: Mention, measure: str) -> bool:
    """ "5,000 homes were evacuated" tells of people; "workers evacuated several buildings" of where they left."""
    return measure == "evacuated" and mention.counted.group == "buildings" and mention.how == "predicate"


def group(mention: Mention, scene: Scene, lexicon: Lexicon, measure: str) -> str:
    """The noun's own group; of a bare number, what the sentence was counting before ("and eight were wounded")."""
    if not mention.is_count:
        return "all"
    own = mention.counted.group
    thing = _thing_before(mention, scene, measure)
    if thing:
        return thing.group
    if own != "all" or not mention.counted.person:
        return own
    counted = mention.counted
    bare = counted.head is None or counted.others or counted.of_pronoun or mention.how == "noun"
    if bare and measure != "other":
        if mention.host is not None and counted.of_pronoun:
            return scene.mentions[mention.host].counted.group
        continued = _continued(mention, scene) if mention.host is None else None
        if continued is not None:
            return continued
    return doing(scene.sentence, mention.end, lexicon) or _among(mention, scene, lexicon) or own


def _among(mention: Mention, scene: Scene, lexicon: Lexicon) -> str | None:
    """ "26 dead and 65 wounded among the soldiers": whom the whole list counts."""
    if mention.how not in ("noun", "listed"):
        return None
    for at in range(mention.end, scene.upto(mention.end + 6)):
        low = scene.low(at)
        if low == "among":
            rest = at + 2 if scene.low(at + 1) in scene.words.determiners else at + 1
            named = noun_at(scene.sentence, rest, lexicon)
            return named[0].group if named else modifier_table(lexicon).get(scene.low(rest))
        if low in scene.words.breaks or (scene.sentence[at].is_word and low != "and" and at not in scene.owner):
            return None
    return None


def _continued(mention: Mention, scene: Scene) -> str | None:
    """The group of the last whole figure before, where that tells of another measure."""
    for other in reversed(scene.before(mention, _ONES)):
        if other.is_count and other.host is None and other.is_read and other.counted.person:
            named = other.counted.head is not None and other.how != "noun" and other.measures != mention.measures
            return other.counted.group if named else None
    return None


def _thing_before(mention: Mention, scene: Scene, measure: str) -> Counted | None:
    """ "Destroyed 40 houses and damaged another 65": houses too."""
    if measure not in THINGS_ONLY or mention.counted.head is not None:
        return None
    before = reversed(scene.before(mention, _ONES))
    return next((o.counted for o in before if o.is_read and o.is_count and not o.counted.person), None)


def unit(mention: Mention, scene: Scene, measure: str) -> str:
    """What one of the counted is: `person`, `household`, `building`, `percent`, `USD`, `item` where nothing says."""
    if mention.role.unit and not mention.is_count:
        return mention.role.unit
    thing = _thing_before(mention, scene, measure)
    if thing and thing.unit:
        return thing.unit
    told = measure != "other" and load_taxonomy().measures[measure].people and not mention.counted.known
    if mention.counted.unit and not told:
        return mention.counted.unit
    return "person" if measure != "other" and mention.counted.person else "item"


def quantity(mention: Mention) -> Quantity:
    """As read; more than 40 % is not 41 %."""
    stated = mention.figure.quantity
    if mention.role.kind in ("percent", "money") and stated.bound is Bound.MORE_THAN and stated.value is not None:
        return replace(stated, low=stated.value)
    return stated


def alternatives(mention: Mention, scene: Scene) -> tuple[Quantity, ...]:
    """ "At least 12 killed and 20 wounded": the bound may reach the second figure too."""
    stated = mention.figure.quantity
    if stated.bound is not Bound.EXACT or stated.value is None or mention.figure.lone:
        return ()
    before = scene.before(mention, 1)
    if not before or not before[0].is_read or before[0].figure.quantity.bound not in _OPEN:
        return ()
    if mention.start - before[0].end > SCOPE:
        return ()
    return (bounded(stated.value, before[0].figure.quantity.bound.value),)
