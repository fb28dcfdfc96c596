"""The nouns that are counted, from groups.toml: which group they name, which unit, whether they are people.

Input: the lexicon of a language. Output: one table, by which a report and a sheet are read alike: "girls" are
`Noun("girls", "person", True, False, "girl")`, "lorries" count vehicles.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tollbook.lexicon import Lexicon
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun of the lexicon: its group, the unit it counts, and whether it counts people."""

    group: str
    unit: str
    person: bool
    singular: bool
    one: str  # the singular form


@cache
def noun_table(lexicon: Lexicon) -> Mapping[str, Noun]:
    """Every noun form of groups.toml; words of several parts are joined by a space."""
    nouns: dict[str, Noun] = {}
    groups = lexicon.table("groups")
    for kind in ("people", "things"):
        for listed, pairs in groups[kind].items():
            group = "all" if listed == "households" else listed
            for pair in pairs:
                one, many = (form.replace("_", " ") for form in pair.split())
                unit = "person" if kind == "people" else "household" if listed == "households" else one
                for form in (one, many):
                    nouns.setdefault(form, Noun(group, unit, kind == "people", form == one and one != many, one))
    return nouns


@cache
def modifier_table(lexicon: Lexicon) -> Mapping[str, str]:
    """Words before the head that tell the group ("civilian", "elderly")."""
    return {word: group for group, words in lexicon.table("groups")["modifiers"].items() for word in words}
