"""Whether two names are of one person, however they are spelled: "Yousef Abdelmajid" is "Youssef Abdul Majeed"."""

from __future__ import annotations

from functools import cache

from tollbook.claims.personwords import PersonWords


def is_same(one: tuple[str, ...], other: tuple[str, ...], words: PersonWords) -> bool:
    """ "Tem Orr" and "Tem Ada Orr" are one person, "Tem" is any of them, "Tem Bo Orr" somebody else."""
    left, right = ([sounds(word) for word in names if word not in words["links"]] for names in (one, other))
    if not left or not right or left[0] != right[0]:
        return False
    behind, others = ({_bones(word) for word in names[1:]} for names in (left, right))
    shared = behind & others
    return len(shared) == min(len(behind), len(others)) or len(shared) > 1


@cache
def sounds(word: str) -> str:
    """A name as it sounds, more or less: "Youssef" and "Yousef", "Amina" and "Aminah"."""
    for spelled, sound in (("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "i"), ("ai", "a"), ("e", "i"), ("o", "u")):
        word = word.replace(spelled, sound)
    word = "".join(
        letter for letter, before in zip(word, " " + word, strict=False) if letter != before and letter.isalpha()
    )
    return word.removesuffix("h") or word


@cache
def _bones(word: str) -> str:
    """The consonants of a name, "Abdel" left out."""
    bones = "".join(letter for letter in word if letter not in "aiuy") or word
    return bones[3:] if bones.startswith("bdl") and len(bones) > 4 else bones
