"""The words that help to tell a person's name from other capitalised words: names.toml and words.txt, read once.

Input: the two files beside this module. Output: one `NameWords`. Worked: "Ministry" is in `institutions`, so "Harim
Health Ministry" is no person; "shelter" is a plain word, so the headline "Shelter Opens" holds none. words.txt is made
from the SCOWL lists (words.LICENSE.txt), inflections and words that are also given names left out.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Endings that make one word of another; the doubled letter of "stopped" is undone apart.
_ENDINGS = (("ies", "y"), ("ied", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""),
            ("ing", "e"), ("ly", ""), ("er", ""), ("er", "e"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameWords:
    """Word sets, all folded; `plain` are dictionary words in their base form."""

    offices: frozenset[str]
    honorifics: frozenset[str]
    relations: frozenset[str]
    naming: frozenset[str]
    harms: frozenset[str]
    harm_before: frozenset[str]
    institutions: frozenset[str]
    surname_like: frozenset[str]
    place_leads: frozenset[str]
    functions: frozenset[str]
    particles: frozenset[str]
    given: frozenset[str]
    plain: frozenset[str]

    def is_plain(self, word: str) -> bool:
        """True for a dictionary word in any regular inflection; names that are also words are not plain."""
        if word in self.plain or word in self.functions:
            return True
        bases = _bases(word)
        return any(base in self.plain for base in (*bases, *(root for base in bases for root in _bases(base))))


def _bases(word: str) -> list[str]:
    found = [word[: -len(end)] + tail for end, tail in _ENDINGS if word.endswith(end) and len(word) > len(end) + 2]
    for end in ("ed", "ing", "er"):
        root = word.removesuffix(end)
        if root != word and len(root) > 3 and root[-1] == root[-2]:
            found.append(root[:-1])
    return found


@cache
def load_name_words() -> NameWords:
    """The word sets from the files of this package."""
    here = files(__package__)
    table = tomllib.loads((here / "names.toml").read_text(encoding="utf-8"))
    sets = {name: frozenset(words.split()) for name, words in table.items()}
    peoples = sets.pop("peoples")
    sets["functions"] |= peoples | {f"{people}s" for people in peoples}
    return NameWords(plain=frozenset((here / "words.txt").read_text(encoding="utf-8").split()), **sets)
