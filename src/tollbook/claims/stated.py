"""What a read mention states, key by key: exact words, group, unit, quantity, other readings the words allow.

"at least 12 killed and 20 wounded" → 12 at least, 20 exact, with "at least 20" as the other reading of the second.
"""

from __future__ import annotations

from dataclasses import replace

from tollbook.claims.mentions import Mention, Scene
from tollbook.claims.predicates import HARMS
from tollbook.claims.quantities import bounded
from tollbook.claims.whose import THINGS_ONLY, thing_before
from tollbook.lexicon.taxonomy import load_taxonomy
from tollbook.model import Bound, Part, Quantity, Span

SURE = 0.84  # a verb right beside the figure, see the scores in `patterns` and `predicates`
MOVED = frozenset({"displaced", "homeless"})
SCOPE = 6  # tokens that a bound may reach beyond its own figure
_OPEN = (Bound.AT_LEAST, Bound.MORE_THAN, Bound.AT_MOST, Bound.LESS_THAN, Bound.ABOUT)


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
    among = mention.counted.of_figure and mention.host is not None and mention.how != "outcome"
    if mention.figure.quantity.value == 1 and among:
        return ()  # "one of the three": a person whom the three count already
    if mention.figure.quantity.word == "many" and (mention.counted.of_pronoun or mention.counted.head is None):
        return ()  # "many of whom" gives no figure that could be checked
    fitting = tuple(measure for measure in mention.measures if _fits(mention, measure))
    if fitting:
        return fitting
    if mention.is_narrow:
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


def unit(mention: Mention, scene: Scene, measure: str) -> str:
    """What one of the counted is: `person`, `household`, `building`, `percent`, `USD`, `item` where nothing says."""
    if mention.role.unit and not mention.is_count:
        return mention.role.unit
    thing = thing_before(mention, scene, measure)
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
