"""Figures that are a share of another: "30 of the 90 passengers", "two thirds of the 90 passengers", "half of whom".

A fraction or a share in per cent of a figure is worked out: two thirds of 90 are 60, and more than a third of 100 are
more than 33. Which verb tells of the part and which of the whole is for `lists`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from tollbook.claims.amountjoins import WHOLES, fraction
from tollbook.claims.grammar import grammar
from tollbook.claims.mentions import Mention, Scene
from tollbook.claims.nouns import noun_at
from tollbook.claims.quantities import Figure, bounded
from tollbook.claims.units import phrase_at, unit_words
from tollbook.lexicon import Lexicon
from tollbook.model import Bound, Quantity
from tollbook.text import Token
from tollbook.values import dataclass

MOST_WHOSE = 3  # tokens between "of" and the whole: "of the ferry's 90 passengers"


def worked_out(sentence: list[Token], figures: list[Figure], lexicon: Lexicon) -> list[Figure]:
    """The figures of a sentence, each share of another worked out from it."""
    if not figures:
        return figures
    opening = {figure.first: figure for figure in figures}
    closing = {figure.last: figure for figure in figures}
    found, last = [], None
    for at, token in enumerate(sentence):
        last = closing.get(at - 1, last)  # the figure before the word of the share: "60 people, half of whom"
        if token.low != "of" or not at:
            continue
        whole = _whole(sentence, at, opening, last, lexicon)
        said = _share_before(sentence, at, closing, lexicon) if whole else None
        if whole and said:
            found.append(
                Figure(said.first, said.number, at, _part(said, whole.quantity), share=said.quantity, of=whole.number)
            )
    held = {at for figure in found for at in range(figure.first, figure.last)}
    return sorted([*(f for f in figures if f.number not in held), *found], key=lambda figure: figure.first)


def _whole(
    sentence: list[Token], at: int, opening: dict[int, Figure], last: Figure | None, lexicon: Lexicon
) -> Figure | None:
    """The figure that a share ending in "of" is taken from: right behind it, or before it in "half of whom"."""
    found = last
    if at + 1 < len(sentence) and sentence[at + 1].low not in grammar(lexicon).partitive_pronouns:
        first = next((k for k in range(at + 1, at + 2 + MOST_WHOSE) if k in opening), at + 1)
        found = opening.get(first)
        if first > at + 1 and not sentence[first - 1].low.endswith(("'s", "s'")):
            return None
    if found is None or found.share or not isinstance(found.quantity.value, int):
        return None
    return found if found.quantity.value > 1 else None


@dataclass(frozen=True, slots=True)
class _Share:
    """A share as said ("40 %") and as a part of one, over tokens `first` up to "of"."""

    first: int
    number: int
    quantity: Quantity
    part: Quantity
    rest: bool = False  # "all but two of the 12": what is left without them


def _share_before(sentence: list[Token], at: int, closing: dict[int, Figure], lexicon: Lexicon) -> _Share | None:
    """The share whose words end right before "of"."""
    words = unit_words(lexicon)
    if sentence[at - 1].low in words.fraction:
        found = fraction(sentence, at - 1, words.fraction[sentence[at - 1].low], lexicon)
        return _Share(found.first, found.number, found.quantity, found.quantity) if found else None
    figure = closing.get(at)
    if figure and [token.low for token in sentence[max(0, figure.first - 2) : figure.first]] == ["all", "but"]:
        return _Share(figure.first - 2, figure.number, figure.quantity, figure.quantity, rest=True)
    figure = closing.get(at - 1) or closing.get(at - 2)
    percent = phrase_at(sentence, figure.last, words.percent) if figure else None
    if not figure or not percent or percent[1] != at or figure.quantity.value is None:
        return None
    part = bounded(figure.quantity.value / 100, str(figure.quantity.bound))
    return _Share(figure.first, figure.number, figure.quantity, part)


def _part(said: _Share, whole: Quantity) -> Quantity:
    """Two thirds of 90 are 60, a third of 100 about 33, half of more than 80 more than 40, all but one of 12 are 11."""
    share, value = said.part, float(whole.value or 0)
    product = max(0.0, value - float(share.value or 0)) if said.rest else float(share.value or 0) * value
    number = round(product)
    bound = share.bound if share.bound is not Bound.EXACT else whole.bound
    whole_number = abs(product - number) < 1e-6
    return bounded(number, str(bound if whole_number or bound is not Bound.EXACT else Bound.ABOUT))


# ---- so many in every so many ----


def rates(mentions: list[Mention], scene: Scene) -> list[Mention]:
    """ "Three in four residents fled": a rate, and the four are no figure of their own."""
    out = list(mentions)
    for index, (few, every) in enumerate(pairwise(mentions)):
        if _is_rate(few, every, scene):
            told = few if few.is_read else every
            out[index] = replace(few, measures=told.measures, trigger=told.trigger, score=told.score, how="rate")
            out[index + 1] = replace(every, measures=(), trigger=None)
    return out


def _is_rate(few: Mention, every: Mention, scene: Scene) -> bool:
    link = [token.low for token in scene.sentence[few.end : every.start]]
    part, whole = few.figure.quantity.value, every.figure.quantity.value
    definite = scene.low(every.start) in ("the", "these", "those", "all")  # "five out of the 10" are five
    if definite or link not in (["in"], ["out", "of"]) or few.counted.head is not None or every.counted.head is None:
        return False
    exact = isinstance(part, int) and isinstance(whole, int) and whole in WHOLES
    return exact and 0 < (part or 0) < min(10, whole or 0)


# ---- who the part is ----


def of_whole(mentions: list[Mention], sentence: list[Token], lexicon: Lexicon) -> list[Mention]:
    """The 30 of "30 of the 90 passengers" are passengers, and "40 of the 300 were women" are women."""
    out = list(mentions)
    for index, (part, whole) in enumerate(pairwise(mentions)):
        if part.counted.of_figure and whole.is_count:
            counted = whole.counted
            group = _said_to_be(sentence, whole.end, lexicon) or counted.group
            out[index] = replace(part, counted=replace(
                part.counted, group=group, unit=counted.unit, person=counted.person, known=counted.known,
                agentive=counted.agentive,
            ))  # fmt: skip
    return out


def _said_to_be(sentence: list[Token], at: int, lexicon: Lexicon) -> str | None:
    """ "… were children": the group that stands behind the verb."""
    if at >= len(sentence) or sentence[at].low not in ("were", "are"):
        return None
    found = noun_at(sentence, at + 1, lexicon)
    return found[0].group if found and found[0].person else None
