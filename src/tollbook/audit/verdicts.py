"""Whether a source says what a row says that it does: supported, contradicted, not there, transposed, above its whole.

Input: a row's figure and a reading of the report it cites. Output: a `Verdict` that names the words. "41 killed" is
supported by "at least 41 people were killed", contradicted by "14 people were killed", which looks transposed.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from tollbook.audit.accounts import Account, ends
from tollbook.audit.wording import HIT
from tollbook.lexicon.taxonomy import Taxonomy
from tollbook.model import Claim, Number, Span
from tollbook.values import dataclass

# Measures that texts and sheets tell apart by other lines: who is detained in one was arrested in the other.
_ALIKE = (
    frozenset({"killed", "killed_or_missing", "killed_or_injured"}),
    frozenset({"injured", "killed_or_injured", "sick"}),
    frozenset({"missing", "disappeared", "killed_or_missing"}),
    frozenset({"missing", "disappeared", "abducted"}),
    frozenset({"captured", "arrested", "abducted"}),
    frozenset({"displaced", "evacuated", "homeless", "affected"}),
    frozenset({"destroyed", "damaged"}),
)
# What a reader calls a figure of which it doesn't know what became of the people.
_UNREAD = frozenset({"other", HIT})
# "Hundreds" are fewer than ten hundreds; a smaller word ("several") stands for one number alone.
_TIMES = 10
_FEW = 10
# Units of a claim that counts people.
_PEOPLE = frozenset({"person", "household"})


class Kind(StrEnum):
    """What became of a row."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    ABSENT = "not in the source"
    TRANSPOSED = "looks transposed"
    OVER_WHOLE = "exceeds its whole"
    UNREAD = "source not readable"
    NO_NUMBER = "not a number"
    EMPTY = "no figure"


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says: how many (`low` to `high`), of what; None for a measure or group that is not known.

    `people` is false where things are counted, None where the row doesn't tell; `vague` is true where it gives a word
    and no number ("dozens", whose `low` is the least of them).
    """

    measure: str | None
    group: str | None
    low: Number
    high: Number
    whole: Number | None = None
    people: bool | None = None
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a row, why in a sentence, and where the source says so."""

    kind: Kind
    why: str
    words: Span | None = None


def judge(row: Row, source: Account, taxonomy: Taxonomy) -> Verdict:
    """The verdict on a row, given what its source says."""
    return (
        exceeding(row)
        or _stated(row, source, taxonomy)
        or _vaguely(row, source)
        or _about(row, source)
        or _unread(row, source)
        or _beside(row, source)
        or _transposed(row, source)
        or _otherwise(row, source, taxonomy)
    )


def exceeding(row: Row) -> Verdict | None:
    """A part above the whole that its own row gives, for which no source is needed."""
    if row.whole is None or row.low <= row.whole:
        return None
    return Verdict(Kind.OVER_WHOLE, f"{row.low:,} is more than the {row.whole:,} that the row gives as its whole")


def are_alike(one: str, other: str | None) -> bool:
    """True for measures that a sheet may use of the same people; any, where the sheet's is unknown or embraces all."""
    return other in (None, HIT) or one == other or any({one, other} <= some for some in _ALIKE)


# ---- the source says it ----


def _giving(row: Row, source: Account) -> list[Claim]:
    """The claims that give both ends of a row's figure."""
    lows, highs = source.giving.get(row.low, []), source.giving.get(row.high, [])
    return lows if lows is highs else [claim for claim in lows if claim in highs]


def _stated(row: Row, source: Account, taxonomy: Taxonomy) -> Verdict | None:
    """A claim of the same measure that gives the number; the same group first."""
    alike = [claim for claim in _giving(row, source) if are_alike(claim.measure, row.measure) and _fits(row, claim)]
    giving = [claim for claim in alike if not taxonomy.apart(row.group or "all", claim.group)]
    same = [claim for claim in giving if claim.group == (row.group or "all")]
    for claim in (*same, *giving):
        of = "" if claim in same else f", of {taxonomy.label(claim.group)}"
        return Verdict(Kind.SUPPORTED, f"the source says “{claim.said}”{of}", claim.span)
    return None


def _vaguely(row: Row, source: Account) -> Verdict | None:
    """A round number for a word that gives none: "200" for "hundreds", "24" for "dozens", never "214"."""
    for claim in source.vague:
        alike = are_alike(claim.measure, row.measure) and row.group in (None, claim.group)
        if alike and _fits(row, claim) and _round(row.low, claim.quantity.low):
            return Verdict(Kind.SUPPORTED, f"the source says “{claim.said}”, no number", claim.span)
    return None


def _about(row: Row, source: Account) -> Verdict | None:
    """A number for a row that gives none: "30 people" for "dozens"."""
    for claim in source.claims if row.vague else ():
        alike = are_alike(claim.measure, row.measure) and row.group in (None, claim.group) and _fits(row, claim)
        if alike and any(row.low <= number < _TIMES * row.low for number in ends(claim.quantity)):
            return Verdict(Kind.SUPPORTED, f"the source says “{claim.said}”", claim.span)
    return None


def _round(number: Number, unit: Number | None) -> bool:
    """True for a number that a word may stand for: 24 or 36 for "dozens", 3 alone for "several"."""
    if not unit or unit < _FEW:
        return number == unit
    return unit <= number < _TIMES * unit and number % (12 if unit in (12, 24) else unit) == 0


def _unread(row: Row, source: Account) -> Verdict | None:
    """A number of people, of whom the reader doesn't know what became."""
    for claim in _giving(row, source):
        if claim.measure in _UNREAD and _fits(row, claim) and _may_be(row, claim):
            return Verdict(Kind.SUPPORTED, f"the source says “{claim.said}”", claim.span)
    return None


def _fits(row: Row, claim: Claim) -> bool:
    """False where a row counts people and a claim things: "three bombs" are not three dead."""
    return row.people in (None, claim.unit in _PEOPLE)


def _may_be(row: Row, claim: Claim) -> bool:
    """True where a claim's people may be a row's: the same group, or one of which either says nothing more."""
    return row.group in (None, "all", claim.group) or claim.group == "all"


def _beside(row: Row, source: Account) -> Verdict | None:
    """A number that no claim was made of, in a sentence that tells of the measure."""
    ups = {one.span for one in source.beside.get(row.high, [])}
    for one in source.beside.get(row.low, []):
        told = row.measure is None or any(measure == HIT or are_alike(measure, row.measure) for measure in one.measures)
        if told and one.span in ups and row.people in (None, one.people):
            return Verdict(Kind.SUPPORTED, f"“{one.said}” stands in a sentence that tells of it", one.span)
    return None


# ---- the source doesn't ----


def _transposed(row: Row, source: Account) -> Verdict | None:
    for swapped in swaps(row.low):
        for claim in source.giving.get(swapped, ()):
            if are_alike(claim.measure, row.measure):
                why = f"the source says “{claim.said}”, with two digits the other way"
                return Verdict(Kind.TRANSPOSED, why, claim.span)
    return None


def swaps(number: Number) -> Iterator[int]:
    """A number with two neighbouring digits in each other's place."""
    digits = str(int(number))
    for i in range(len(digits) - 1):
        other = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
        if other != digits and other[0] != "0":
            yield int(other)


def _otherwise(row: Row, source: Account, taxonomy: Taxonomy) -> Verdict:
    """What the source says instead: of the same people, else the same number of something else."""
    same = [c for c in source.claims if row.group in (None, c.group) and are_alike(c.measure, row.measure)]
    if same:
        same = [claim for claim in same if claim.group == (row.group or "all")] or same
        words = ", ".join(dict.fromkeys(f"“{claim.said}”" for claim in same[:3]))
        return Verdict(Kind.CONTRADICTED, f"the source says {words}", same[0].span)
    for claim in source.giving.get(row.low, ()):
        label = taxonomy.measures[claim.measure].label if claim.measure in taxonomy.measures else "something else"
        what = f"{taxonomy.label(claim.group)} {label}" if claim.unit in _PEOPLE and claim.group != "all" else label
        return Verdict(Kind.ABSENT, f"the source says “{claim.said}” of something else: {what}", claim.span)
    return Verdict(Kind.ABSENT, "the source gives no such figure")
