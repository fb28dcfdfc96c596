"""Nouns where they stand in a sentence: which is counted, and what the words around it make of its group."""

from __future__ import annotations

from functools import cache

from tollbook.claims.numerals import matches, split_words
from tollbook.lexicon import Lexicon
from tollbook.lexicon.nouns import Noun, noun_table
from tollbook.text import Token


def noun_at(sentence: list[Token], at: int, lexicon: Lexicon) -> tuple[Noun, int] | None:
    """(noun, index after) of the lexicon noun that starts at a token, the longest first ("non-combatants")."""
    nouns = noun_table(lexicon)
    if at + 2 < len(sentence) and sentence[at + 1].low == "-":
        hyphened = nouns.get(f"{sentence[at].low}-{sentence[at + 2].low}")
        if hyphened:
            return hyphened, at + 3
    if at + 1 < len(sentence):
        pair = nouns.get(f"{sentence[at].low} {sentence[at + 1].low}")
        if pair:
            return pair, at + 2
    single = nouns.get(sentence[at].low.removesuffix("'s")) if at < len(sentence) else None
    return (single, at + 1) if single else None


@cache
def _doings(lexicon: Lexicon) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """What people do, with the group that it shows, by its first word."""
    doings: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for group, phrases in lexicon.table("groups")["doing"].items():
        for words in map(split_words, phrases):
            doings.setdefault(words[0], []).append((words, group))
    return doings


def doing(sentence: list[Token], at: int, lexicon: Lexicon) -> str | None:
    """The group that people show by what they do next: "20,000 people took to the streets" are protesters."""
    doings = _doings(lexicon)
    for index in range(at, min(len(sentence), at + 4)):
        low = sentence[index].low
        if low in (",", ".", ";", "and"):
            return None
        for words, group in doings.get(low, ()):
            if matches(sentence, index, words):
                return group
    return None


def narrowed(noun: Noun, modifier: str | None, sentence: list[Token], lexicon: Lexicon) -> str:
    """ "Civilian deaths" are civilians; "young girls" stay girls; "army officers" are soldiers."""
    if noun.group == "police" and noun.one == "officer" and _is_military(modifier, sentence, lexicon):
        return "soldiers"
    return modifier if modifier and noun.group == "all" else noun.group


def _is_military(modifier: str | None, sentence: list[Token], lexicon: Lexicon) -> bool:
    """ "One officer and two sergeants", with no police in the sentence."""
    nouns = noun_table(lexicon)
    named = {nouns[token.low].group for token in sentence if token.low in nouns and nouns[token.low].one != "officer"}
    police = "police" in named or any(token.low == "police" for token in sentence)
    return modifier == "soldiers" or ("soldiers" in named and not police)


def singular(word: str) -> str:
    """ "tents" → "tent", "batteries" → "battery", "boxes" → "box"."""
    for ending, base in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("s", "")):
        if word.endswith(ending):
            return word.removesuffix(ending) + base
    return word


def in_name(sentence: list[Token], at: int) -> bool:
    """ "A Front of Orne leader", "a senior Orne Front (ONF) leader": a sign or "of" within the name before a noun."""
    before, after = sentence[max(0, at - 1)], sentence[min(at + 1, len(sentence) - 1)]
    low = sentence[at].low
    if low == "of":
        return before.is_capital and after.is_capital
    inside = after if low == "(" else before if low == ")" else None
    return inside is not None and inside.text.isupper() and len(inside.text) > 1


def affiliation_of(sentence: list[Token], start: int, head: int) -> str | None:
    """A capitalised word between number and head ("Azeri"), in the report's own words."""
    for token in sentence[start:head]:
        if token.is_capital and token.is_word and not (token.text.isupper() and len(token.text) > 3):
            return token.text
    return None
