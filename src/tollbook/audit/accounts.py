"""What a source says, arranged so that a row's number finds the words that give it.

Input: a reading of a report, and the report. Output: an `Account`. Worked: in "Four were hurt in May. Last year it was
94." the 94 stands in a sentence that names no harm, so that it tells of what the sentence before tells of: the injured.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from tollbook.audit.wording import measures_in
from tollbook.lexicon import Lexicon
from tollbook.lexicon.nouns import noun_table
from tollbook.lexicon.taxonomy import Taxonomy
from tollbook.model import Bound, Claim, Number, Quantity, Reading, Report, Span, SpanIndex
from tollbook.values import dataclass

_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Beside:
    """A number of which no claim was made: its words, whether it counts people, what the words around it tell of."""

    said: str
    span: Span
    people: bool | None
    measures: frozenset[str]


@dataclass(frozen=True, slots=True)
class Account:
    """The claims that a source asserts, in order; which of them give a number; other numbers; its sentences."""

    claims: tuple[Claim, ...]
    giving: Mapping[Number, list[Claim]]
    beside: Mapping[Number, list[Beside]]
    vague: tuple[Claim, ...]
    sentences: tuple[Span, ...]


def account(report: Report, reading: Reading, lexicon: Lexicon, taxonomy: Taxonomy) -> Account:
    """What a report says, by number."""
    claims = tuple(claim for claim in reading.claims if claim.modality == "asserted")
    giving: dict[Number, list[Claim]] = defaultdict(list)
    for claim in claims:
        for number in {end for one in (claim.quantity, *claim.alternatives) for end in ends(one)}:
            giving[number].append(claim)
    beside: dict[Number, list[Beside]] = defaultdict(list)
    for quantity, one in _beside(report, reading, lexicon, taxonomy):
        for number in ends(quantity):
            beside[number].append(one)
    vague = tuple(claim for claim in claims if claim.quantity.bound is Bound.VAGUE)
    return Account(claims, dict(giving), dict(beside), vague, reading.sentences)


def ends(quantity: Quantity) -> set[Number]:
    """The numbers by which a sheet may write a quantity: "more than 40" as 40 or 41, "10 to 12" as either."""
    return {end for end in (quantity.value, quantity.low, quantity.high) if end is not None}


def _beside(
    report: Report, reading: Reading, lexicon: Lexicon, taxonomy: Taxonomy
) -> Iterator[tuple[Quantity, Beside]]:
    """Numbers outside all claims that may count somebody or something, with what their sentences tell of."""
    claimed = SpanIndex(claim.span for claim in reading.claims)
    sentences = SpanIndex(reading.sentences)
    told = _told(report, reading, lexicon)
    for mention in reading.numbers:
        unit = mention.unit or ""
        if unit in taxonomy.not_counted or _CURRENCY.fullmatch(unit) or _within(mention.span, claimed, reading):
            continue
        at = sentences.opening(mention.span)
        measures = told[at] if at is not None else frozenset[str]()
        yield mention.quantity, Beside(mention.said, mention.span, not unit or _is_person(unit, lexicon), measures)


def _within(span: Span, claimed: SpanIndex, reading: Reading) -> bool:
    """True for a number of which a claim was made."""
    at = claimed.opening(span)
    return bool(claimed.inside(span)) or (at is not None and reading.claims[at].span.overlaps(span))


def _told(report: Report, reading: Reading, lexicon: Lexicon) -> list[frozenset[str]]:
    """The measures that each sentence tells of; one that tells of none goes on with those of the sentence before."""
    sentences = SpanIndex(reading.sentences)
    claimed: dict[int, set[str]] = defaultdict(set)
    for claim in reading.claims:
        at = sentences.opening(claim.span)
        if at is not None:
            claimed[at].add(claim.measure)
    told: list[frozenset[str]] = []
    before: frozenset[str] = frozenset()
    for number, span in enumerate(reading.sentences):
        own = frozenset(claimed[number] | set(measures_in(report.words(span), lexicon)))
        told.append(own or before)
        before = own
    return told


def _is_person(unit: str, lexicon: Lexicon) -> bool:
    """True for a unit that is a noun of people; a noun that nobody knows may be one."""
    noun = noun_table(lexicon).get(unit)
    return noun is None or noun.person
