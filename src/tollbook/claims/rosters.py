"""Claims of people told of one by one: "Tem Orr (40), his wife Ana and their son Bo (6) were killed" names three.

Input: a report's sentences and claims. Output: the claims with one more for each list of people and group in it, a part
that counts at least so many, in the words of the list; each names the one before it, whose people it comes on top of,
so that findings can add them up. Somebody whom a claim counts by itself already stays that claim.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tollbook.claims import READER
from tollbook.claims.attribution import Chains
from tollbook.claims.rollcall import Rollcall, Row
from tollbook.lexicon import Lexicon
from tollbook.model import Claim, Quantity, Report
from tollbook.text import Token

CONFIDENCE = 0.6
FEWEST = 3  # people of a list that is worth telling where the report gives its figure


def counted(
    sentences: Iterable[list[Token]], claims: list[Claim], report: Report, chains: Chains, lexicon: Lexicon
) -> list[Claim]:
    """The claims of a report with those of the people whom its sentences tell of one by one."""
    made = list(claims)
    last: dict[str, str] = {}  # the last claim of such a list, by measure
    told = list(_rows(sentences, lexicon))
    people = Counter(row.measure for row in told for _ in range(row.count))
    stated = {claim.measure for claim in claims if claim.modality == "asserted"}
    for row in told:
        at = _told(row, made)
        if at is None and not _adds(row, people[row.measure], row.measure in stated):
            continue
        one = _claim(row, report, chains) if at is None else _enlisted(made[at], row, people[row.measure])
        one = one if one.beside else replace(one, beside=last.get(row.measure))
        last[row.measure] = one.id
        if at is None:
            made.append(one)
        else:
            made[at] = one
    return made


def _rows(sentences: Iterable[list[Token]], lexicon: Lexicon) -> Iterator[Row]:
    people = Rollcall(lexicon)
    for sentence in sentences:
        people.read(sentence)
    return people.rows()


def _adds(row: Row, people: int, stated: bool) -> bool:
    """True where a row tells what no figure does: who some of them were, or that there were any.

    A single name is that of "a man" told of before; a given name alone tells of one person's sex too little.
    """
    few = row.by_name and (row.count == 1 or people < FEWEST)
    return not stated or (people > 1 and row.group != "all" and not few)


def _told(row: Row, claims: list[Claim]) -> int | None:
    """The claim that counts the same people already: one person's, or one of the very same words."""
    for at, claim in enumerate(claims):
        span = claim.span
        if claim.measure != row.measure or span.part != "text" or claim.roster:
            continue
        inside = span.start < row.span.end and row.span.start < span.end
        if span == row.span or (row.count == 1 and inside and claim.quantity.high == 1 and claim.basis != "increment"):
            return at
    return None


def _enlisted(claim: Claim, row: Row, people: int) -> Claim:
    """A claim that stands already as one of the list."""
    if row.by_name and people < FEWEST:
        return replace(claim, roster="member")
    grown = claim.group in ("boys", "girls") and row.group in ("men", "women")
    group = row.group if claim.group == "all" or grown else claim.group
    return replace(claim, group=group, roster="member")


def _claim(row: Row, report: Report, chains: Chains) -> Claim:
    return Claim(
        id=Claim.id_of(report.text_sha256, row.span, row.measure),
        report=report.id,
        span=row.span,
        said=row.span.of(report.text),
        measure=row.measure,
        group=row.group,
        unit="person",
        quantity=Quantity.at_least(row.count) if row.count > 1 else Quantity.exact(1),
        basis="part",
        roster="row",
        attribution=chains.of(row.span),
        trigger=row.trigger,
        confidence=CONFIDENCE,
        reader=READER,
    )
