"""How likely a claim is right, in value, measure and group: `Claim.confidence`, learned from hand-made claims.

> "12 deaths" → .97; "a boy", read by a verb far behind → .6

A claim has a few traits (which pattern read it, what it measures, a vague number, a lone person …); confidence.toml
gives each a weight, and their sum makes the probability. `tools/fit_confidence.py` fits it; decision 22 says how well.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache

from tollbook.claims.mentions import Mention
from tollbook.lexicon import Lexicon

_KINDS = {
    "killed": "death", "missing": "death", "killed_or_missing": "death", "killed_or_injured": "death",
    "disappeared": "death", "injured": "injury", "captured": "held", "abducted": "held", "arrested": "held",
    "displaced": "moved", "evacuated": "moved", "homeless": "moved", "destroyed": "things", "damaged": "things",
}  # fmt: skip


def of(mention: Mention, measure: str, lexicon: Lexicon) -> float:
    """The probability that a mention read as a measure is read rightly."""
    weights = _weights(lexicon)
    total = weights["base"] + sum(weights.get(trait, 0.0) for trait in traits(mention, measure))
    return round(1 / (1 + math.exp(-total)), 3)


def traits(mention: Mention, measure: str) -> Iterator[str]:
    """What a reading is judged by. Its score is no trait: it orders patterns, and tells nothing more of a claim."""
    counted, figure = mention.counted, mention.figure
    if measure == "other":
        yield "other"
        return
    yield _KINDS.get(measure, "rest")
    yield f"how {mention.how}"
    told = {
        "part": mention.host is not None,
        "part of all": mention.host is not None and counted.group == "all",
        "vague": figure.is_vague,
        "lone": figure.lone,
        "known": figure.known or figure.named,
        "zero": mention.is_zero,
        "bare": counted.head is None,
        "unknown noun": not counted.known,
    }
    yield from (name for name, is_so in told.items() if is_so)


@cache
def _weights(lexicon: Lexicon) -> dict[str, float]:
    table = lexicon.table("confidence")
    return {"base": float(table["base"]), **{name: float(weight) for name, weight in table["weights"].items()}}
