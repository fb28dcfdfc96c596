"""Whether a source says what a row says that it does: supported, contradicted, not there, transposed, above its whole.

Input: a row's figure and a reading of the report it cites. Output: a `Verdict` that names the words. "41 killed" is
supported by "at least 41 people were killed", contradicted by "14 people were killed", which looks transposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from tollbook.lexicon.taxonomy import Taxonomy
from tollbook.model import Bound, Claim, Number, Quantity, Reading, Span

# Measures that texts and sheets tell apart by other lines: who is detained in one was arrested in the other.
_ALIKE = (
    frozenset({"killed", "killed_or_missing", "killed_or_injured"}),
    frozenset({"injured", "killed_or_injured", "sick"}),
    frozenset({"missing", "disappeared", "killed_or_missing"}),
    frozenset({"captured", "arrested", "abducted"}),
    frozenset({"displaced", "evacuated", "homeless", "affected"}),
    frozenset({"destroyed", "damaged"}),
)
# What a reader calls a figure of which it doesn't know what is counted.
_UNREAD = "other"
# "Hundreds" are fewer than ten hundreds.
_TIMES = 10


class Kind(StrEnum):
    """What became of a row."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    ABSENT = "not in the source"
    TRANSPOSED = "looks transposed"
    OVER_WHOLE = "exceeds its whole"
    UNREAD = "source not readable"


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says: how many (`low` to `high`), of what; None for a measure or group that is not known."""

    measure: str | None
    group: str | None
    low: Number
    high: Number
    whole: Number | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a row, why in a sentence, and where the source says so."""

    kind: Kind
    why: str
    words: Span | None = None


def judge(row: Row, reading: Reading, taxonomy: Taxonomy) -> Verdict:
    """The verdict on a row, given what its source says."""
    if row.whole is not None and row.low > row.whole:
        return Verdict(Kind.OVER_WHOLE, f"{row.low:,} is more than the {row.whole:,} that the row gives as its whole")
    said = [claim for claim in reading.claims if claim.modality == "asserted"]
    alike = [claim for claim in said if are_alike(claim.measure, row.measure)]
    return (
        _stated(row, alike, taxonomy)
        or _vaguely(row, alike)
        or _stated(row, (claim for claim in said if claim.measure == _UNREAD), taxonomy)
        or _read_beside(row, alike, reading)
        or _transposed(row, alike)
        or _otherwise(row, alike, said, taxonomy)
    )


def are_alike(one: str, other: str | None) -> bool:
    """True for measures that a sheet may use of the same people; any, where the sheet's is not known."""
    return other is None or one == other or any({one, other} <= some for some in _ALIKE)


# ---- the source says it ----


def _stated(row: Row, alike: Iterable[Claim], taxonomy: Taxonomy) -> Verdict | None:
    """A claim of the same measure that gives the number; the same group first."""
    giving = [claim for claim in alike if gives(claim, row.low) and gives(claim, row.high)]
    same = [claim for claim in giving if row.group in (None, claim.group)]
    for claim in (*same, *giving):
        of = "" if claim in same else f", of {taxonomy.label(claim.group)}"
        return Verdict(Kind.SUPPORTED, f"the source says “{claim.said}”{of}", claim.span)
    return None


def _read_beside(row: Row, alike: Iterable[Claim], reading: Reading) -> Verdict | None:
    """A number that no claim was made of, in a sentence that tells of the measure."""
    told = [claim.span for claim in alike]
    for mention in reading.numbers:
        if row.low in ends(mention.quantity) and row.high in ends(mention.quantity):
            around = next((span for span in reading.sentences if span.covers(mention.span)), None)
            if around is not None and any(around.covers(span) for span in told):
                return Verdict(Kind.SUPPORTED, f"“{mention.said}” stands in a sentence that tells of it", mention.span)
    return None


def _vaguely(row: Row, alike: Iterable[Claim]) -> Verdict | None:
    """A round number for a word that gives none: "200" for "hundreds", "24" for "dozens", never "214"."""
    for claim in alike:
        unit = claim.quantity.low if claim.quantity.bound is Bound.VAGUE else None
        if unit and row.group in (None, claim.group) and unit <= row.low < _TIMES * unit and row.low % _step(unit) == 0:
            return Verdict(Kind.SUPPORTED, f"the source says “{claim.said}”, no number", claim.span)
    return None


def _step(unit: Number) -> Number:
    """What a vague word counts in: hundreds, thousands, or dozens."""
    return 12 if unit in (12, 24) else 10 ** (len(str(int(unit))) - 1)


def gives(claim: Claim, number: Number) -> bool:
    return any(number in ends(one) for one in (claim.quantity, *claim.alternatives))


def ends(quantity: Quantity) -> set[Number | None]:
    """The numbers by which a sheet may write a quantity: "more than 40" as 40 or 41, "10 to 12" as either."""
    return {quantity.value, quantity.low, quantity.high} - {None}


# ---- the source doesn't ----


def _transposed(row: Row, alike: Iterable[Claim]) -> Verdict | None:
    swapped = set(swaps(row.low))
    for claim in alike:
        if swapped & ends(claim.quantity):
            return Verdict(
                Kind.TRANSPOSED, f"the source says “{claim.said}”, with two digits the other way", claim.span
            )
    return None


def swaps(number: Number) -> Iterator[int]:
    """A number with two neighbouring digits in each other's place."""
    digits = str(int(number))
    for i in range(len(digits) - 1):
        other = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
        if other != digits and other[0] != "0":
            yield int(other)


def _otherwise(row: Row, alike: list[Claim], said: list[Claim], taxonomy: Taxonomy) -> Verdict:
    """What the source says instead: of the same people, else the same number of something else."""
    same = [claim for claim in alike if row.group in (None, claim.group)]
    if same:
        words = ", ".join(dict.fromkeys(f"“{claim.said}”" for claim in same[:3]))
        return Verdict(Kind.CONTRADICTED, f"the source says {words}", same[0].span)
    for claim in said:
        if gives(claim, row.low):
            label = taxonomy.measures[claim.measure].label if claim.measure in taxonomy.measures else claim.measure
            return Verdict(Kind.ABSENT, f"the source says “{claim.said}” of another measure, {label}", claim.span)
    return Verdict(Kind.ABSENT, "the source gives no such figure")
