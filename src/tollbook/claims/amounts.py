"""The amounts of a sentence, for the layer of annotations: every number once, with its sign, its ends and its unit.

Input: a sentence's mentions and times. Output: `Layer`, rows of quantities and of numerals that are none. Claims count
people and things and are read elsewhere; here "between $62 and $68 a share" is one amount, [62, 68] dollar per share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tollbook.claims import amountjoins as joins
from tollbook.claims.amountwords import Amount, amount_words, noun_of, one_of
from tollbook.claims.grammar import grammar
from tollbook.claims.ignored import leftover
from tollbook.claims.mentions import Mention
from tollbook.claims.quantities import Figure, bounded, opened
from tollbook.claims.timespans import time_over
from tollbook.claims.units import unit_words
from tollbook.lexicon import Lexicon
from tollbook.model import Bound, Ignored, NumberMention, Quantity, Span, TimeMention
from tollbook.text import Token
from tollbook.values import dataclass

_HYPHENS = frozenset({"-", "−", "–", "‑"})
_FIRST_YEAR, _LAST_YEAR = 1000, 2199


@dataclass(slots=True, unsafe_hash=True)  # nothing changes one: decision 25
class Layer:
    """What the numbers of a sentence are; `spent` are times that are a part of an amount ("a month")."""

    numbers: tuple[NumberMention, ...]
    ignored: tuple[Ignored, ...]
    spent: tuple[TimeMention, ...]


def layer(
    sentence: list[Token], mentions: Sequence[Mention], times: Sequence[TimeMention], span: Span, text: str,
    lexicon: Lexicon,
) -> Layer:  # fmt: skip
    """Rows for every numeral of a sentence but those that `times` hold; offsets are into `text`."""
    amounts: list[Amount] = []
    ignored: list[Ignored] = []
    for mention in mentions:
        found = _amount(mention, sentence, times, lexicon)
        if isinstance(found, Amount):
            amounts.append(found)
        elif found is not None:
            first, last = _bare(mention)
            held = time_over(times, sentence[first].start, sentence[last - 1].end)
            if (
                held
                and held.span.start <= sentence[mention.figure.number].start
                and held.span.end >= sentence[last - 1].end
            ):
                continue  # "the 1990s"
            ignored.append(_row(sentence, first, last, span, text, found))
    amounts = joins.with_shares(amounts, sentence, lexicon)
    amounts = joins.with_ends(amounts, sentence, lexicon)
    amounts, spent = joins.with_rates(amounts, sentence, times, lexicon)
    amounts = joins.with_units(joins.with_bounds(amounts, sentence), sentence, lexicon)
    ignored.extend(leftover(sentence, span, text, mentions, times, lexicon))
    numbers = tuple(_number(amount, sentence, span, text) for amount in amounts)
    spent.extend(_no_years(numbers, times))
    return Layer(numbers, tuple(ignored), tuple(spent))


def _no_years(numbers: Sequence[NumberMention], times: Sequence[TimeMention]) -> list[TimeMention]:
    """What an amount holds and was read as a time: the digits of "1000 to 2000 jobs", "a quarter of the pupils"."""
    held = {at for one in numbers for at in range(one.span.start, one.span.end)}
    return [one for one in times if one.span.start in held and (one.said.isdecimal() or one.value == "P1Q")]


def _extent(mention: Mention) -> tuple[int, int]:
    role = mention.role
    first = role.first if role.first is not None else mention.figure.first
    return first, mention.end if mention.is_count else max(role.last, mention.figure.last)


def _bare(mention: Mention) -> tuple[int, int]:
    """The tokens of a numeral that is no amount, without what was taken for its noun."""
    return (mention.figure.first, mention.figure.last) if mention.is_count else _extent(mention)


def _row(sentence: list[Token], first: int, last: int, span: Span, text: str, why: str) -> Ignored:
    at = Span(sentence[first].start, sentence[last - 1].end, span.part)
    return Ignored(at, at.of(text), why)


def _number(amount: Amount, sentence: list[Token], span: Span, text: str) -> NumberMention:
    at = Span(sentence[amount.first].start, sentence[amount.last - 1].end, span.part)
    return NumberMention(at, at.of(text), amount.quantity, amount.unit)


# ---- one amount ----


def _amount(
    mention: Mention, sentence: list[Token], times: Sequence[TimeMention], lexicon: Lexicon
) -> Amount | str | None:
    """The amount of a mention, or why it is none; None where a time holds it or nothing is counted."""
    figure, role = mention.figure, mention.role
    if (figure.lone and not figure.merged) or figure.named or figure.quantity.bound is Bound.NONE:
        return None
    if figure.ordinal and not mention.is_read:
        return "ordinal"
    if figure.share:
        return _share(figure, sentence, lexicon)
    if role.kind == "time":
        return _period(mention, sentence, lexicon)
    if role.kind == "ignored":
        return role.why or "name"
    if figure.is_vague and not mention.is_read and figure.quantity.word in amount_words(lexicon).indefinite:
        return None
    if not mention.is_read and mention.is_count:
        why = _no_amount(mention, sentence, times, lexicon)
        if why:
            return why
    first, last = _extent(mention)
    quantity, unit = figure.quantity, role.unit
    if mention.is_count:
        unit, last = noun_of(mention, sentence, lexicon)
    elif quantity.bound in (Bound.MORE_THAN, Bound.LESS_THAN) and quantity.value is not None:
        over = quantity.bound is Bound.MORE_THAN  # more than 40 % are not 41 %
        quantity = replace(quantity, low=quantity.value) if over else replace(quantity, high=quantity.value)
    if unit is not None and role.kind == "duration":
        unit = one_of(unit, lexicon)
    amount = Amount(first, figure.number, figure.last, last, quantity, unit, role.kind)
    return _signed(amount, mention, sentence, lexicon)


def _share(figure: Figure, sentence: list[Token], lexicon: Lexicon) -> Amount | None:
    """What was said of a share that claims work out: "40 %"; fractions are found by their words."""
    if figure.share is None or sentence[figure.last - 1].low in unit_words(lexicon).fraction:
        return None
    if sentence[figure.last - 1].low not in unit_words(lexicon).percent:  # "all but two of the 12"
        return Amount(figure.number, figure.number, figure.last, figure.last, figure.share, None, "count")
    return Amount(figure.first, figure.number, figure.last, figure.last, figure.share, "percent", "percent")


def _period(mention: Mention, sentence: list[Token], lexicon: Lexicon) -> Amount | None:
    """ "One to two years": a time has one value, so the two ends stand here."""
    figure = mention.figure
    at = figure.last
    if figure.quantity.bound is not Bound.RANGE or at >= len(sentence):
        return None
    word = sentence[at].low
    if word not in unit_words(lexicon).duration:
        return None
    return Amount(figure.first, figure.number, at, at + 1, figure.quantity, one_of(word, lexicon), "duration")


def _signed(amount: Amount, mention: Mention, sentence: list[Token], lexicon: Lexicon) -> Amount:
    """ "Minus 5 °C", "-5 %" are below zero; "sub-7 nanometre" is less than 7."""
    value = amount.quantity.value
    at = mention.role.first if mention.role.first is not None else amount.number
    if value is None or not at:
        return amount
    sign, dashed = sentence[at - 1], False
    if sign.low in _HYPHENS and sign.end == sentence[at].start:
        dashed = at < 2 or sentence[at - 2].end < sign.start or sentence[at - 2].low in ("(", "[")
        if not dashed and sentence[at - 2].low == "sub":
            return replace(amount, first=at - 2, quantity=bounded(float(value), "less_than"))
        if not dashed:
            at, sign = at - 1, sentence[at - 2]
    counted = mention.is_count and amount.unit is not None
    if sign.low in amount_words(lexicon).below_zero or (dashed and not counted):
        first, bound = opened(sentence, at - 1, lexicon)
        about = bound == "about" or amount.quantity.bound is Bound.ABOUT
        below = Quantity(-value, -value, -value, Bound.ABOUT if about else Bound.EXACT)
        return replace(amount, first=min(amount.first, first), quantity=below)
    return amount


# ---- numerals that are no amount ----


def _no_amount(mention: Mention, sentence: list[Token], times: Sequence[TimeMention], lexicon: Lexicon) -> str | None:
    """Why a bare number counts nothing: "Apollo 13" is a name, "by 2120" a date, "Ann Lee: 4 Quick" a mark."""
    figure = mention.figure
    value, at = figure.quantity.value, figure.number
    if figure.quantity.bound is not Bound.EXACT or figure.first != at or not at:
        return None
    before, token = sentence[at - 1], sentence[at]
    named = before.is_word and any(map(str.isupper, before.text)) and before.low not in grammar(lexicon).noun_stops
    dashed = before.low in _HYPHENS and before.end == token.start and at > 1 and sentence[at - 2].text.isupper()
    if dashed and len(sentence[at - 2].text) > 1:
        return "name"
    if mention.counted.head is not None:
        return None
    following = sentence[figure.last] if figure.last < len(sentence) else None
    if named and (token.is_number or token.is_capital) and not time_over(times, before.start, before.end):
        return "name"
    if before.low in amount_words(lexicon).ranks:
        return "rank"
    if before.low == ":" and following is not None and following.is_capital and at > 1:
        return "score"
    year = isinstance(value, int) and _FIRST_YEAR <= value <= _LAST_YEAR and len(token.text) == 4
    return "date" if year and before.low in amount_words(lexicon).dated else None
