"""Amounts that belong together become one, and take what their neighbours say of them.

"From 13.5 to 14 mm" is one amount with two ends; "one in five members" is 0.2 of a member; "$52 a barrel" is a rate;
in "more than 100 kilometres (60 miles)" the 60 are more than 60 too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tollbook.claims.amountwords import Amount, AmountWords, amount_words, noun_after, one_of
from tollbook.claims.grammar import grammar
from tollbook.claims.numerals import DASHES, number_words, sign_before
from tollbook.claims.quantities import bounded, opened
from tollbook.claims.units import rate_at, unit_words
from tollbook.lexicon import Lexicon
from tollbook.model import Bound, Number, Quantity, TimeMention
from tollbook.text import Token

_OPEN = (Bound.AT_LEAST, Bound.MORE_THAN, Bound.AT_MOST, Bound.LESS_THAN, Bound.ABOUT)
ASIDE = 5  # tokens that may stand between the first end and "to": "from 21 mpg combined to 23", "in 2008"
WHOLES = frozenset({3, 4, 5, 6, 8, 10, 20, 50, 100, 1000})  # "two in five", not "two in seven games"


# ---- two ends ----


def with_ends(amounts: list[Amount], sentence: list[Token], lexicon: Lexicon) -> list[Amount]:
    """ "Between 5 % and 6 %", "from $200 to $4 million", "5 to 10 km": two amounts with one unit become one."""
    joined: list[Amount] = []
    for amount in amounts:
        both = _ends(joined[-1], amount, sentence, lexicon) if joined else None
        if both:
            joined[-1] = both
        else:
            joined.append(amount)
    return joined


def _ends(low: Amount, high: Amount, sentence: list[Token], lexicon: Lexicon) -> Amount | None:
    values = (low.quantity.value, high.quantity.value)
    if values[0] is None or values[1] is None or not _alike(low, high) or high.first - low.last > ASIDE:
        return None
    opener = sentence[low.first - 1].low if low.first else ""
    start = low.first - (opener in ("from", "between"))
    if sentence[low.first].low in ("from", "between"):
        opener = sentence[low.first].low
    sign = sign_before(sentence, high.number, number_words(lexicon).signs)
    link = [token.low for token in sentence[low.last : sign[1] if sign else high.number]]
    if not link or not _links(link, opener, low, high) or _is_moved(opener, lexicon):
        return None
    ends = sorted((_scaled(low, high, sentence, lexicon), values[1]))
    if ends[0] == ends[1]:
        return None
    unit, kind = (high.unit, high.kind) if high.unit else (low.unit, low.kind)
    return Amount(start, low.number, high.spoken, high.last, Quantity.between(ends[0], ends[1]), unit, kind)


def _alike(low: Amount, high: Amount) -> bool:
    if low.unit is None or high.unit is None:
        return low.kind in ("count", high.kind) or (high.kind == "count" and high.unit is None)
    return low.unit == high.unit or {low.unit, high.unit} == {"GBP", "pound-mass"}


def _is_moved(opener: str, lexicon: Lexicon) -> bool:
    """ "Rose 3 points to 5 %": by how much, and to what; no two ends of one amount."""
    return opener == "by" or opener in grammar(lexicon).rises or opener in amount_words(lexicon).moved


def _links(link: list[str], opener: str, low: Amount, high: Amount) -> bool:
    if any(word in (",", ";", ":", "(", ")", ".") for word in link):
        return False
    if opener == "between":
        return link[0] == "and" and len(link) < 3
    if opener == "from":
        return "to" in link or link == ["through"]
    plain = link == ["to"] or (len(link) == 1 and link[0] in DASHES)
    return plain and low.unit is not None and high.unit is not None and low.kind != "count"


def _scaled(low: Amount, high: Amount, sentence: list[Token], lexicon: Lexicon) -> Number:
    """In "$5 to $10 million" the scale is both's; "$200 to $4 million" starts at 200."""
    value, top = low.quantity.value or 0, high.quantity.value or 0
    words = number_words(lexicon)
    scale = words.scales.get(sentence[high.spoken - 1].low) or words.suffixes.get(sentence[high.spoken - 1].low)
    if not scale or low.scaled or not high.scaled or value >= top / scale:
        return value
    return value * scale


# ---- parts of a whole ----


def with_shares(amounts: list[Amount], sentence: list[Token], lexicon: Lexicon) -> list[Amount]:
    """ "A third of the members", "half the flats", "two-thirds", "one in five" become parts of one."""
    fractions = unit_words(lexicon).fraction
    spoken = [
        share
        for at, token in enumerate(sentence)
        if token.low in fractions and (share := fraction(sentence, at, fractions[token.low], lexicon))
    ]
    taken = {index for share in spoken for index in range(share.first, share.spoken)}
    kept = sorted([*(a for a in amounts if a.number not in taken), *spoken], key=lambda amount: amount.number)
    out: list[Amount] = []
    for amount in kept:
        share = _one_in(out[-1], amount, sentence) if out else None
        if share:
            out[-1] = share
        else:
            out.append(amount)
    return out


def fraction(sentence: list[Token], at: int, parts: int, lexicon: Lexicon) -> Amount | None:
    """A fraction whose last word stands at a token."""
    following = sentence[at + 1].low if at + 1 < len(sentence) else ""
    before = sentence[at - 1].low if at else ""
    words = amount_words(lexicon)
    if parts == 2:
        if following not in words.half_of or before in words.halves or (before and before in DASHES):
            return None
        number, count = (at - 1 if before in ("a", "one") else at), 1
    else:
        number = at - 2 if before in DASHES else at - 1
        count = 1 if number >= 0 and sentence[number].low == "a" else _count(sentence, number, lexicon)
        plural = sentence[at].low.endswith("s")
        if not 0 < count < parts or (following != "of" and not (plural and parts != 4)):
            return None
    if following == "of" and at + 2 < len(sentence) and sentence[at + 2].low in ("a", "an", "one"):
        return None  # "a third of a mile" is no share of things counted
    first, bound = opened(sentence, number, lexicon)
    noun = noun_after(sentence, at + 1, None, lexicon, mass=True)
    unit, last = noun if noun else (None, at + 1)
    return Amount(first, number, at + 1, last, bounded(count / parts, bound), unit, "count")


def _count(sentence: list[Token], at: int, lexicon: Lexicon) -> int:
    if at < 0:
        return 0
    low = sentence[at].low
    return int(low) if low.isascii() and low.isdecimal() and len(low) == 1 else number_words(lexicon).units.get(low, 0)


def _one_in(part: Amount, whole: Amount, sentence: list[Token]) -> Amount | None:
    """ "One in five members", "nine out of 10"."""
    few, all_ = part.quantity.value, whole.quantity.value
    if not isinstance(few, int) or not isinstance(all_, int) or not 0 < few < all_:
        return None
    link = [token.low for token in sentence[part.spoken : whole.first]]
    every = link in (["out", "of"], ["in", "every"], ["of", "every"], ["out", "of", "every"])
    if not every and not (link == ["in"] and all_ in WHOLES and few < 10):
        return None
    if part.kind != "count" or whole.kind != "count":
        return None
    quantity = bounded(few / all_, str(part.quantity.bound))
    return replace(whole, first=part.first, number=part.number, quantity=quantity)


# ---- rates, bounds and units from beside ----


def with_rates(
    amounts: list[Amount], sentence: list[Token], times: Sequence[TimeMention], lexicon: Lexicon
) -> tuple[list[Amount], list[TimeMention]]:
    """ "$52 a barrel" counts dollars per barrel; also the times that are a part of such a unit ("a month")."""
    words = unit_words(lexicon)
    lengths = {mention.span.start: mention for mention in times if mention.type in ("SET", "DURATION")}
    out, used = [], []
    for index, amount in enumerate(amounts):
        at = _past_bracket(amounts, index, sentence)
        found = rate_at(sentence, at, words) if amount.unit and amount.kind in ("money", "measure", "count") else None
        said = lengths.get(sentence[at].start) if found else None
        if found is None or not _is_rate(amount, at, found[1], said, sentence, lexicon):
            out.append(amount)
            continue
        of, end = found
        if said is not None and said.span.end <= sentence[end - 1].end:
            used.append(said)
        unit = f"{words.names.get(amount.unit or '', amount.unit or '')} per {one_of(of, lexicon)}"
        out.append(replace(amount, last=end if at == amount.last else amount.last, unit=unit))
    return out, used


def _past_bracket(amounts: list[Amount], index: int, sentence: list[Token]) -> int:
    """In "C$6 (US$4.46) per share" the 6 are per share: the index after the bracket, else after the amount."""
    at = amounts[index].last
    sign = sentence[at].low if at < len(sentence) else ""
    if sign == "(" and index + 1 < len(amounts) and amounts[index + 1].first == at + 1:
        end = amounts[index + 1].last
        return end + 1 if end + 1 < len(sentence) and sentence[end].low == ")" else at
    return at


def _is_rate(
    amount: Amount, at: int, end: int, said: TimeMention | None, sentence: list[Token], lexicon: Lexicon
) -> bool:
    """ "$5 a share" is a rate; in "$5 a year earlier", and for people without a time ("12 a man"), it is none."""
    if sentence[at].low not in ("a", "an"):
        return True
    later = end < len(sentence) and sentence[end].low in amount_words(lexicon).later
    whole = said is not None and said.span.end == sentence[end - 1].end
    return not later and (whole or amount.kind != "count")


def with_bounds(amounts: list[Amount], sentence: list[Token]) -> list[Amount]:
    """What is said in brackets in another unit has the bound of the figure before it."""
    out: list[Amount] = []
    for amount in amounts:
        if out and _is_parallel(out[-1], amount, sentence):
            bound, value = out[-1].quantity.bound, amount.quantity.value
            if bound in _OPEN and amount.quantity.bound is Bound.EXACT and value is not None:
                amount = replace(amount, quantity=bounded(float(value), str(bound)))
                amount = replace(amount, quantity=replace(amount.quantity, value=value))
        out.append(amount)
    return out


def _is_parallel(one: Amount, other: Amount, sentence: list[Token]) -> bool:
    if one.kind not in ("measure", "money") or other.kind not in ("measure", "money") or one.unit == other.unit:
        return False
    between = [token.low for token in sentence[one.last : other.first]]
    closes = other.last < len(sentence) and sentence[other.last].low in (")", "]", "/", ";", ",")
    return closes and between in (["("], ["["], ["/"], ["(", "or"], ["(", "some"])


def with_units(amounts: list[Amount], sentence: list[Token], lexicon: Lexicon) -> list[Amount]:
    """A bare number counts what its neighbour counts where the words tie them together.

    "6 million homes, including 1.5 million" are homes; in "four- and six-cylinder engines" both count cylinders.
    """
    out: list[Amount] = []
    for index, amount in enumerate(amounts):
        if amount.unit is None and amount.kind == "count":
            after = amounts[index + 1] if index + 1 < len(amounts) else None
            model = _forward(amount, after, sentence) or _backward(amount, out, sentence, amount_words(lexicon))
            if model:
                amount = replace(amount, unit=model.unit, kind=model.kind)
            elif amount.quantity.value == 2 and (noun := _noun_or_two(amount, sentence, lexicon)):
                amount = replace(amount, unit=noun)
        out.append(amount)
    for index in range(len(out) - 2, -1, -1):
        model = _forward(out[index], out[index + 1], sentence) if out[index].unit is None else None
        if model:
            out[index] = replace(out[index], unit=model.unit, kind=model.kind)
    return out


def _forward(amount: Amount, after: Amount | None, sentence: list[Token]) -> Amount | None:
    """ "Four-, five- and six-cylinder engines", "16,369 up 58 points"."""
    if after is None or after.unit is None or after.kind == "percent" or amount.spoken >= len(sentence):
        return None
    link = [token.low for token in sentence[amount.spoken : after.number]]
    shared = link in (["-", "and"], ["-", ","], ["-", "or"], ["-", "to"], ["-", ",", "and"], ["up"], ["down"])
    return after if shared or (link[:1] == ["of"] and len(link) < 4 and after.kind == "count") else None


def _noun_or_two(amount: Amount, sentence: list[Token], lexicon: Lexicon) -> str | None:
    """ "A visit or two": the noun stands before."""
    if amount.first < 2 or sentence[amount.first - 1].low != "or" or not sentence[amount.first - 2].is_word:
        return None
    return one_of(sentence[amount.first - 2].low, lexicon)


def _backward(amount: Amount, earlier: list[Amount], sentence: list[Token], words: AmountWords) -> Amount | None:
    known = [one for one in earlier[-2:] if one.unit is not None]
    if not known or not amount.first:
        return None
    before, second = sentence[amount.first - 1].low, sentence[amount.first - 2].low if amount.first > 1 else ""
    following = sentence[amount.spoken].low if amount.spoken < len(sentence) else ""
    if before in words.compared or (before in ("to", "with", "from") and second in ("compared", "up", "down")):
        return known[-1]
    if before == "and" and following == "who":
        return next((one for one in reversed(known) if one.kind == "count"), None)
    if before == "to" and (known[-1].last == amount.first - 1 or second in words.moved):
        return next((one for one in reversed(known) if one.kind != "percent"), None)
    return None
