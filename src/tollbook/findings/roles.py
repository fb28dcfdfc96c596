"""What a claim is of its group: the total, a part of that, or newly added; and whether it counts only some people.

Input: claims of one measure and unit. Output: their roles. In "540 people, 20 of them on the road", 540 is the total of
all and 20 a part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from tollbook.findings.cases import Counted, Stated
from tollbook.lexicon import Taxonomy
from tollbook.model import Claim

Role = Literal["total", "part", "increment"]

# "Five of those", "two of the victims" count some of people told of before; "13 of the countries" may be all that do.
_OF_THOSE = re.compile(
    r"\bof (?:those|them|these|whom|the (?:victims|dead|deceased|killed|wounded|injured|bodies|casualties|missing))\b",
    re.IGNORECASE,
)
# "One of the gunmen", "three of his aides": of people, always of some told of before.
_OF_SOME = re.compile(r"\bof (?:the|those|them|these|whom|his|her|their|its)\b", re.IGNORECASE)
_COUNTED = re.compile(r"(?:(?:only|just|at least|about|another) )?(?:one|1)\b", re.IGNORECASE)


def role(one: Counted, by_id: Mapping[str, Claim], beside: Sequence[Counted], taxonomy: Taxonomy) -> Role:
    """Whether a claim gives the total of its group, a part of that, or what was newly added.

    "540, including 97 women" gives the total of women; "540, 20 of them on the road" gives a part. "Two of those" and a
    lone victim ("his sister") are parts where the report counts more of that group (`beside`: what else it counts).
    """
    claim = one.claim
    if claim.basis == "increment":
        return "increment"
    if claim.roster == "row":
        return "part"  # some are named; nobody says that these are all
    whole = by_id.get(claim.part_of) if claim.part_of else None
    if whole is not None and whole.measure == claim.measure:
        inside = whole.group == claim.group or claim.group in taxonomy.wholes(whole.group)
        return "part" if inside else "total"  # "27 civilians, including five neighbours"
    if claim.beside and not one.sum_of and claim.quantity.high == 1:
        return "part"  # "… and himself": on top of people who are not counted here
    if claim.basis == "part" and (claim.group == "all" or claim.quantity.high == 1):
        return "part"
    some = (_OF_SOME if claim.unit == "person" else _OF_THOSE).search(claim.said) or (
        claim.quantity.high == 1 and not _COUNTED.match(claim.said)
    )
    more = [other for other in beside if (other.claim.quantity.low or 0) > (claim.quantity.low or 0)]
    if any(_told_before(one, other) for other in beside):
        return "part"
    return "part" if (some and more) or any(_goes_into(one, other, taxonomy) for other in more) else "total"


def _told_before(one: Counted, part: Counted) -> bool:
    """ "Eight of the 40 were jailed … the eight": a part that is told of again is that part still."""
    claim, first = one.claim, part.claim
    same = (claim.quantity.low, claim.quantity.high) == (first.quantity.low, first.quantity.high)
    again = same and claim.span.part == first.span.part and first.span.start < claim.span.start and not claim.toll
    return again and first.basis == "part" and first.part_of is not None and (claim.quantity.high or 0) > 1


def _goes_into(one: Counted, whole: Counted, taxonomy: Taxonomy) -> bool:
    """ "Five people were hurt. … Two were flown out": a report gives its figure, then goes into it, in one voice."""
    claim, larger = one.claim, whole.claim
    if larger.basis not in ("incident", "aggregate") or claim.toll or claim.quantity.high is None:
        return False
    if claim.quantity.high == 0:  # "a man was hurt … nobody was hurt": nobody else
        return larger.quantity.high == 1 and (one.voice.own or one.voice.key == whole.voice.key)
    if claim.quantity.high >= (larger.quantity.low or 0):
        return False  # "15 people … as many as 70"
    if claim.affiliation != larger.affiliation or taxonomy.kind(claim.said) != taxonomy.kind(larger.said):
        return False  # others, as "six priests and two teachers"
    first = larger.span.part == "title" or (claim.span.part == "text" and larger.span.start < claim.span.start)
    return first and (one.voice.own or whole.voice.own or one.voice.key == whole.voice.key)


def only_some(one: Stated, taxonomy: Taxonomy) -> tuple[str | None, str | None]:
    """Whose people a claim counts ("Northlanders") and which kind ("priests"), each None where it counts all."""
    return one.claim.affiliation, taxonomy.kind(one.claim.said) if one.claim.group == "all" else None


def of_some(stated: Sequence[Stated], taxonomy: Taxonomy) -> frozenset[str]:
    """Claims that count only some ("five Northlanders", "six priests") though nothing marks them as parts.

    Where one such description alone is ever given, its figure is the whole. Where figures without one or with another
    stand beside it, it is a part, but for a figure that equals theirs.
    """
    whose = {one.claim.id: only_some(one, taxonomy) for one in stated}
    if len(set(whose.values())) < 2:
        return frozenset()
    plain = [one.reach for one in stated if whose[one.claim.id] == (None, None)]
    return frozenset(
        one.claim.id
        for one in stated
        if whose[one.claim.id] != (None, None) and not any(one.reach.meets(each) for each in plain)
    )
