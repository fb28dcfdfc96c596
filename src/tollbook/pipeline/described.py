"""Rule sets in words, as a dossier tells them: their texts, and what words that give no number mean to each.

Input: rule sets. Output: a `Method` each. Worked: "dozens" is 24 or more to `range@1`, 12 to `acled@1`.
"""

from __future__ import annotations

from collections.abc import Iterable

from tollbook.dossiers.figures import interval, number
from tollbook.dossiers.methods import Method
from tollbook.findings import RuleSet
from tollbook.model import Quantity

# What reports write most where they give no plain number; vague words with the least that the reader takes them for.
_PHRASES = (
    ("at least 40", Quantity.at_least(40)),
    ("more than 40", Quantity.more_than(40)),
    ("about 40", Quantity.about(40)),
    ("10 to 40", Quantity.between(10, 40)),
    ("up to 40", Quantity.at_most(40)),
    ("several", Quantity.vague("several", 3)),
    ("dozens", Quantity.vague("dozens", 24)),
    ("scores", Quantity.vague("scores", 40)),
    ("hundreds", Quantity.vague("hundreds", 100)),
)


def described(sets: Iterable[RuleSet]) -> tuple[Method, ...]:
    """Each rule set in words, in order."""
    return tuple(
        Method(one.id, one.about, one.told, tuple(_readings(one)), one.source or "", one.sha256 or "") for one in sets
    )


def _readings(rules: RuleSet) -> Iterable[tuple[str, str]]:
    for words, quantity in _PHRASES:
        read = rules.read(quantity)
        ends = interval(read.interval.low, read.interval.high)
        if read.point is None and not read.interval.low and read.interval.high is None:
            yield words, "no figure"
        elif read.point is None or ends == number(read.point):
            yield words, ends
        else:
            yield words, f"{ends}, as one number {number(read.point)}"
