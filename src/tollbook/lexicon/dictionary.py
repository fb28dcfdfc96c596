"""Plain words of a language, by which names are told where capitals don't: `words.txt` and its inflections.

Input: a folded word. Output: whether it is in the dictionary: "shelters" is, by "shelter"; "galvan" is not. words.txt
is made from the SCOWL lists (words.LICENSE.txt), inflections and words that are also given names left out.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache, lru_cache
from importlib.resources import files

# Words whose endings stay taken off.
_REMEMBERED = 50_000
# Endings that make one word of another; the doubled letter of "stopped" is undone apart.
_ENDINGS = (("ies", "y"), ("ied", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""),
            ("ing", "e"), ("ly", ""), ("er", ""), ("er", "e"))  # fmt: skip


@cache
def load_words(language: str = "en") -> frozenset[str]:
    """The words of a language in their base form; none where it has no list."""
    listed = files(__package__) / language / "words.txt"
    return frozenset(listed.read_text(encoding="utf-8").split()) if listed.is_file() else frozenset()


def is_plain(word: str, words: Collection[str]) -> bool:
    """True for one of `words` in any regular inflection: "rebuildings" by "rebuild"."""
    return word in words or any(root in words for root in _roots(word))


@lru_cache(maxsize=_REMEMBERED)
def _roots(word: str) -> tuple[str, ...]:
    """What a word may be an inflection of, one ending or two taken off."""
    bases = _bases(word)
    return (*bases, *(root for base in bases for root in _bases(base)))


def _bases(word: str) -> list[str]:
    found = [word[: -len(end)] + tail for end, tail in _ENDINGS if word.endswith(end) and len(word) > len(end) + 2]
    for end in ("ed", "ing", "er"):
        root = word.removesuffix(end)
        if root != word and len(root) > 3 and root[-1] == root[-2]:
            found.append(root[:-1])
    return found
