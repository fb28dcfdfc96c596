"""The closed word sets of a language that the figure patterns lean on, as frozen sets."""

from __future__ import annotations

from dataclasses import fields
from functools import cache

from tollbook.lexicon import Lexicon
from tollbook.values import dataclass

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """grammar.toml; what each list is for stands beside it there."""

    be: Words
    auxiliaries: Words
    adverbs: Words
    relatives: Words
    breaks: Words
    saying: Words
    prepositions: Words
    determiners: Words
    no_object: Words
    part_openers: Words
    part_pairs: Words
    composed: Words
    list_words: Words
    adding: Words
    vehicles: Words
    toll_links: Words
    suffer: Words
    hurts: Words
    fatal: Words
    losing: Words
    continuers: Words
    fugitives: Words
    places: Words
    victims: Words
    grades: Words
    sent: Words
    noun_stops: Words
    noun_skips: Words
    partitive_pronouns: Words
    outcomes: Words
    nobody: Words
    anyone: Words
    no: Words
    negations: Words
    unreal: Words
    after_no: Words
    he: Words
    she: Words
    deaths: Words
    doers: Words
    firearms: Words
    possessives: Words
    kin: Words
    not_lone: Words
    adjectival: Words
    lone_ends: Words
    months: Words
    spells: Words
    rises: Words
    dimensions: Words
    currencies: Words
    hits: Words
    strikes: Words
    hitters: Words
    body: Words
    totals: Words
    shelter_verbs: Words
    shelters: Words
    forcing: Words
    host_families: Words
    causes: Words
    reflexives: Words
    hospital_verbs: Words
    hospitals: Words
    never_named: Words
    name_endings: Words
    joints: Words
    joint_endings: Words
    unbroken: Words
    spares: Words
    takers: Words
    fate_adjectives: Words
    titles: Words
    name_links: Words

    def helps(self, word: str) -> bool:
        """An auxiliary, "to be" among them."""
        return word in self.be or word in self.auxiliaries

    def adverbial(self, word: str) -> bool:
        return word in self.adverbs or word.endswith("ly")


@cache
def grammar(lexicon: Lexicon) -> Grammar:
    table = lexicon.table("grammar")
    return Grammar(**{entry.name: frozenset(table[entry.name]) for entry in fields(Grammar)})
