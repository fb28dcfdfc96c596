"""How far claims were checked by people, in words.

Input: entries of a dossier. Output: words. Worked: of 41 claims "41 claims: 12 confirmed by a second person, 20 checked
by one, 9 not checked."
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tollbook.dossiers.value import Entry
from tollbook.rulings import Stage
from tollbook.text import counted

_ONE = {
    Stage.CONFIRMED: "confirmed by a second person",
    Stage.CODED: "checked by one person",
    Stage.RETURNED: "sent back by a second person",
    Stage.OPEN: "not checked by a person",
}
_MANY = {
    Stage.CONFIRMED: "confirmed by a second person",
    Stage.CODED: "checked by one",
    Stage.RETURNED: "sent back by a second",
    Stage.OPEN: "not checked",
}


def checked(entry: Entry) -> str:
    """ "rejected, confirmed by a second person"."""
    words = _ONE[entry.stage]
    return f"rejected, {words}" if entry.decision == "rejected" else words


def checks(entries: Iterable[Entry]) -> str:
    """How many claims were checked how far, in one sentence; empty where there is no claim."""
    counts = Counter(entry.stage for entry in entries)
    told = ", ".join(f"{counts[stage]:,} {words}" for stage, words in _MANY.items() if counts[stage])
    return f"{counted(counts.total(), 'claim')}: {told}." if told else ""
