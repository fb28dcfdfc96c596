"""An amount and the noun it counts: "the 50 previous years" → 50 year, "two kids in private school" → 2 kid."""

from __future__ import annotations

from functools import cache

from tollbook.claims.grammar import grammar
from tollbook.claims.mentions import Mention
from tollbook.claims.nouns import noun_at, singular
from tollbook.claims.roles import Kind
from tollbook.lexicon import Lexicon
from tollbook.model import Number, Quantity
from tollbook.text import Token
from tollbook.values import dataclass

MAX_RUN = 7  # tokens of a noun phrase
_NOT_PLURAL = ("ss", "us", "is", "'s")
_NO_NOUN = ("ed", "er", "est", "ing", "ly")  # endings of a word that stands alone after a number and is no unit


@dataclass(slots=True, unsafe_hash=True)  # nothing changes one: decision 25
class Amount:
    """A number phrase: tokens `first` to `last` (half open), the number itself from `number` up to `spoken`."""

    first: int
    number: int
    spoken: int
    last: int
    quantity: Quantity
    unit: str | None
    kind: Kind

    @property
    def scaled(self) -> bool:
        """True where the number's last word may be a scale ("5 million")."""
        return self.spoken - self.number > 1


def noun_of(mention: Mention, sentence: list[Token], lexicon: Lexicon) -> tuple[str | None, int]:
    """(the noun that is counted, in the singular, index after); "soldier" where the claim's unit is a person."""
    head, end = mention.counted.head, mention.end
    if mention.counted.of_figure:
        return None, mention.figure.last  # "30 of the 90 passengers"
    named = noun_at(sentence, head, lexicon) if head is not None else None
    if named:
        return named[0].one, end
    found = noun_after(sentence, mention.figure.last, mention.figure.quantity.value, lexicon)
    if found and (head is None or head <= found[1]) and not found[0].endswith("ed"):
        return found[0], max(end, found[1])
    if head is None and not mention.counted.of_pronoun:
        return mention.counted.unit, mention.figure.last
    named_so = head is not None and not sentence[head].low.endswith("ed")  # "80 wounded" are persons
    return (singular(sentence[head].low) if head is not None and named_so else mention.counted.unit), end


def noun_after(
    sentence: list[Token], at: int, value: Number | None, lexicon: Lexicon, *, mass: bool = False
) -> tuple[str, int] | None:
    """(noun in the singular, index after) of the phrase that starts at a token: its first plural, or its only word."""
    words = grammar(lexicon)
    partitive = False
    while at < len(sentence) and sentence[at].low in words.noun_skips:
        partitive = partitive or sentence[at].low == "of"
        at += 1
    single = value == 1 and not partitive
    run: list[int] = []
    joint = False  # past "and" or a comma, only a plural can be what is counted
    for index in range(at, min(len(sentence), at + MAX_RUN)):
        token = sentence[index]
        if token.low in ("-", "/") and run and token.start == sentence[index - 1].end:
            if index + 1 < len(sentence) and sentence[index + 1].is_number:
                return None
            continue
        if token.low in ("and", "or") and run and not single:
            joint = True
            continue
        if not token.is_word or token.low in words.noun_stops:
            break
        if _is_plural(token.low, lexicon) and not single:
            return one_of(token.low, lexicon), index + 1
        if not joint:
            run.append(index)
    return _bare(sentence, run, single or mass, lexicon)


def _bare(sentence: list[Token], run: list[int], single: bool, lexicon: Lexicon) -> tuple[str, int] | None:
    """Without a plural the only word is the noun, or the last of a few after "one"."""
    if not run or len(run) > (3 if single else 1):
        return None
    token = sentence[run[-1]]
    if not single and (token.low.endswith(_NO_NOUN) or token.low in amount_words(lexicon).loose):
        return None
    return one_of(token.low, lexicon), run[-1] + 1


def _is_plural(low: str, lexicon: Lexicon) -> bool:
    regular = len(low) > 3 and low.endswith("s") and not low.endswith(_NOT_PLURAL)
    return regular or low in amount_words(lexicon).irregular


def one_of(low: str, lexicon: Lexicon) -> str:
    """The singular of a noun: "men" → "man", "batteries" → "battery"."""
    low = low.removesuffix("'s")
    known = amount_words(lexicon).irregular.get(low)
    return known or (singular(low) if _is_plural(low, lexicon) else low)


@dataclass(frozen=True, slots=True)
class AmountWords:
    """[amounts] and [irregular] of units.toml; what each list is for stands beside it there."""

    irregular: dict[str, str]
    loose: frozenset[str]
    halves: frozenset[str]
    half_of: frozenset[str]
    compared: frozenset[str]
    moved: frozenset[str]
    later: frozenset[str]
    below_zero: frozenset[str]
    dated: frozenset[str]
    ranks: frozenset[str]
    indefinite: frozenset[str]


@cache
def amount_words(lexicon: Lexicon) -> AmountWords:
    table = lexicon.table("units")
    return AmountWords(table["irregular"], **{name: frozenset(words) for name, words in table["amounts"].items()})
