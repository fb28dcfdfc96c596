"""The words of `speech.toml`, made ready once per lexicon, and the tokens that statements are read from.

In: a lexicon, or a text and a span. Out: sets of folded words, or tokens in which a hyphened word is one ("governor-
general") and the stop of an abbreviation is left out, so that "Gen. Ada Orr said" is four words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, cast

from tollbook.lexicon import Lexicon
from tollbook.model import SourceKind
from tollbook.text import Token, fold
from tollbook.values import dataclass

# No possessive quantifier over a group here or elsewhere: Python before 3.11.5 keeps what a failed turn had taken.
_ITEM = re.compile(
    r"\d+(?:[.,:]\d+)*%?(?![^\W_]|-[^\W_])|(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-'’&/][^\W_]+)*(?:['’](?=\s|$))?|``|''|-{2,}|\S"
)
QUOTE = "\N{OBJECT REPLACEMENT CHARACTER}"
_CONTRACTED = frozenset({"he", "she", "it", "they", "i", "we", "you", "who"})
# Signs that no name runs across.
BREAKS = frozenset(
    {",", ";", ":", "(", ")", "[", "]", "--", "-", "–", "—", ".", "!", "?", "…", "_", "•", "*", "|", QUOTE}
)


def pronoun(low: str) -> str:
    """The pronoun of "he's" and "they've"; any other word as it is."""
    first, mark, rest = low.partition("'")
    return first if mark and rest in {"s", "re", "ve", "m", "d", "ll"} and first in _CONTRACTED else low


def items(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`; stops stay only where they close the stretch."""
    low = fold(text[start:end])
    spans = [match.span() for match in _ITEM.finditer(text, start, end)]
    last = len(spans) - 2
    return [
        Token(left, right, text[left:right], low[left - start : right - start])
        for at, (left, right) in enumerate(spans)
        if at >= last or text[left] != "." or right - left > 1
    ]


@dataclass(frozen=True, slots=True)
class Verb:
    """A form of a verb that reports speech: its class in the lexicon, its base form, and which form it is."""

    group: str
    base: str
    form: str  # base, third, past, gerund


@dataclass(frozen=True, slots=True)
class Words:
    """`speech.toml` as sets of folded words; `verbs` by form, `phrases` of cues as tuples of words."""

    verbs: dict[str, Verb]
    openings: frozenset[str]  # first words of `according` and `cite`
    according: dict[str, tuple[tuple[str, ...], ...]]  # by their first word, longest first
    cite: dict[str, tuple[tuple[str, ...], ...]]
    relays: frozenset[str]
    staff: frozenset[str]
    reported: frozenset[str]
    passive: frozenset[str]
    auxiliaries: frozenset[str]
    adverbs: frozenset[str]
    times: frozenset[str]
    occasions: frozenset[str]
    hearers: frozenset[str]
    be: frozenset[str]
    clause: frozenset[str]
    finite: frozenset[str]
    prepositions: frozenset[str]
    determiners: frozenset[str]
    openers: frozenset[str]
    with_object: frozenset[str]
    papers: frozenset[str]
    always_verbs: frozenset[str]
    plain: frozenset[str]
    inverted: frozenset[str]
    nouns: frozenset[str]
    no_names: frozenset[str]
    lists: frozenset[str]
    joints: frozenset[str]
    put_to: frozenset[str]
    idle: frozenset[str]
    spoken_of: frozenset[str]
    plain_words: frozenset[str]  # whatever letter they begin with, these are no names
    mind_links: frozenset[str]
    owners: frozenset[str]
    carriers: frozenset[str]
    lives: frozenset[str]
    figures: frozenset[str]
    kinds: tuple[tuple[SourceKind, frozenset[str]], ...]
    rank: dict[str, int]  # the first of `kinds` that holds a word
    titles: frozenset[str]
    particles: frozenset[str]
    pronouns: frozenset[str]
    issues: frozenset[str]
    heads: tuple[str, ...]
    remarks: frozenset[str]
    not_speakers: frozenset[str]
    first_person: frozenset[str]
    cue_words: frozenset[str]
    numbers: frozenset[str]
    gate: frozenset[str]  # words without one of which no rule finds a statement


def _regular(base: str) -> tuple[str, str, str, str]:
    stem = base[:-1] if base.endswith("e") else base
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
    return base, third, stem + "ed", stem + "ing"


def _forms(table: dict[str, list[str]]) -> dict[str, Verb]:
    """Every form of every verb; a verb of an earlier list keeps its class."""
    verbs: dict[str, Verb] = {}
    for group, entries in table.items():
        for entry in entries:
            parts = entry.split()
            forms = parts if len(parts) == 4 else _regular(entry)
            for name, form in zip(("base", "third", "past", "gerund"), forms, strict=True):
                verbs.setdefault(form, Verb(group, forms[0], name))
    return verbs


@cache
def words(lexicon: Lexicon) -> Words:
    """The words of a lexicon's `speech` table."""
    table: dict[str, Any] = lexicon.table("speech")
    verbs = _forms({name: table["verbs"][name] for name in ("tell", "deny", "say", "show", "weak")})
    cues, between, names = table["cues"], table["between"], table["names"]

    def phrases(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
        split = sorted((tuple(entry.split()) for entry in cues[name]), key=len, reverse=True)
        return {first: tuple(one for one in split if one[0] == first) for first in {one[0] for one in split}}

    parts = (between, table["verb_words"], table["minds"])
    sets = {name: frozenset(entries) for part in parts for name, entries in part.items()}
    plain = ("auxiliaries", "adverbs", "clause", "finite", "prepositions", "determiners", "openers")
    sets["plain_words"] = frozenset(verbs).union(names["pronouns"], *(sets[name] for name in plain))
    according, cite = phrases("according"), phrases("cite")
    rank: dict[str, int] = {}
    for at, entries in enumerate(table["kinds"].values()):
        for word in entries:
            rank.setdefault(word, at)
    openings = frozenset([*according, *cite])
    lone = {first for cited in (according, cite) for first, held in cited.items() if (first,) in held}
    inner = {max(phrase, key=len) for cited in (according, cite) for held in cited.values() for phrase in held}
    spoken = frozenset(verbs) | frozenset([*names["issues"], "official", *cues["reported"], *cues["relays"]])
    return Words(
        verbs=verbs,
        numbers=frozenset(
            word for name in ("units", "tens", "scales", "vague") for word in lexicon.table("numbers")[name]
        ),
        rank=rank,
        openings=openings,
        gate=spoken | lone | inner,
        cue_words=spoken | openings,
        according=according,
        cite=cite,
        relays=frozenset(cues["relays"]),
        reported=frozenset(cues["reported"]),
        passive=frozenset(cues["passive"]),
        kinds=tuple((cast(SourceKind, kind), frozenset(entries)) for kind, entries in table["kinds"].items()),
        titles=frozenset(names["titles"]),
        staff=frozenset(names["staff"]),
        particles=frozenset(names["particles"]),
        pronouns=frozenset(names["pronouns"]),
        issues=frozenset(names["issues"]),
        remarks=frozenset(names["remarks"]),
        not_speakers=frozenset(lexicon.table("passages")["not_speakers"]),
        heads=tuple(names["heads_of_state"]),
        first_person=frozenset(names["first_person"]),
        **sets,
    )
