"""The words that help to tell a person's name from other capitalised words: names.toml and the dictionary, read once.

Input: the file beside this module. Output: one `NameWords`. Worked: "Ministry" is in `institutions`, so "Harim Health
Ministry" is no person; "shelter" is a plain word, so the headline "Shelter Opens" holds none.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from tollbook.lexicon.dictionary import is_plain, load_words
from tollbook.lexicon.tables import parsed
from tollbook.values import dataclass


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
        return word in self.functions or is_plain(word, self.plain)


@cache
def load_name_words() -> NameWords:
    """The word sets from the files of this package."""
    here = files(__package__)
    table = parsed((here / "names.toml").read_text(encoding="utf-8"))
    sets = {name: frozenset(words.split()) for name, words in table.items()}
    peoples = sets.pop("peoples")
    sets["functions"] |= peoples | {f"{people}s" for people in peoples}
    return NameWords(plain=load_words(), **sets)
