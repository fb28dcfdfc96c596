"""How rare words are in news in general: `rarity.txt` of a language, counted once, the same for every collection.

Input: a folded word. Output: the class of its rarity, half a doubling a step, and whether it is a name: "police" stands
in all reports of shootings, "boat" in one of a hundred and eighty. So what two reports share weighs the same whatever
reports stand beside them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from tollbook.values import dataclass

# The class of a word that no list has: one report of so many, and a half-doubling beyond the rarest listed.
UNSEEN = 21
STEP = math.log(2) / 2


@dataclass(frozen=True, slots=True, eq=False)
class Rarity:
    """Classes of words, and those among them that are names."""

    classes: Mapping[str, int]
    names: frozenset[str]

    def of(self, word: str) -> float:
        """The logarithm of how many reports there are to one that holds the word."""
        return STEP * self.classes.get(word, UNSEEN)


@cache
def load_rarity(language: str = "en") -> Rarity:
    """The rarities of a language; none where it has no list, so that all its words are rare."""
    listed = files(__package__) / language / "rarity.txt"
    classes: dict[str, int] = {}
    names: set[str] = set()
    for line in listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else ():
        rarity, _, words = line.partition(": ")
        if rarity.isdigit():
            for word in words.split():
                low = word.lower()
                classes[low] = min(int(rarity), UNSEEN)
                if low != word:
                    names.add(low)
    return Rarity(classes, frozenset(names))
