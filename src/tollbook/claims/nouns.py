"""Who or what a figure counts: the noun phrase after the number.

"613 Azeri citizens, including …" → head "citizens", unit person, group all, affiliation "Azeri".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from tollbook.claims.quantities import Figure, matches, split_words
from tollbook.claims.triggers import Triggers, trigger_words
from tollbook.lexicon import Lexicon
from tollbook.text import Token

MAX_PHRASE = 7
_PRONOUNS = {"them", "whom", "these", "those", "which", "us", "you"}
_SKIP = {"more", "other", "others", "additional", "further", "of", "the", "these", "those", "their", "its", "his", "her",
         "our", "your", "my", "a", "an", "such", "all"}  # fmt: skip
# Words that can't stand inside a noun phrase after its number: function words and finite verbs of every trade.
_STOPS = set(
    "is are was were be been being am has have had having do does did will would shall should can could may might must "
    "and or but nor if than then that which who whom whose where when while as at by for from in into of off on onto out "
    "over per since through to toward towards under until up upon with within without after against along among amid "
    "around because before behind below beneath beside between beyond during near next outside inside so though because "
    "not no also already still just now ago later yesterday today tomorrow he she it they we i you this these those "
    "there here what how why said says say told reported reportedly about including alone each every either neither "
    "came went took made gave got found left began begin begun continue continued remain remained remains became become "
    "attended gathered demonstrate demonstrated joined rallied marched took reach reached needed need identified".split()
)


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun of the lexicon: its group, the unit it counts, and whether it counts people."""

    group: str
    unit: str
    person: bool
    singular: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure counts: tokens up to `end`, the noun's index, and the measure that the noun itself gives.

    `of_figure` where it is a share of a following figure ("30 of the 80 wounded"), `of_pronoun` in "six of them".
    """

    end: int
    head: int | None
    group: str = "all"
    unit: str | None = None
    person: bool = True
    affiliation: str | None = None
    measure: str | None = None
    trigger: tuple[int, int] | None = None
    of_figure: bool = False
    of_pronoun: bool = False
    others: bool = False
    age: int | None = None  # of a lone person, in years


@cache
def noun_table(lexicon: Lexicon) -> dict[str, Noun]:
    """Every noun form of groups.toml; words of several parts are joined by a space."""
    nouns: dict[str, Noun] = {}
    groups = lexicon.table("groups")
    for kind in ("people", "things"):
        for group, pairs in groups[kind].items():
            for pair in pairs:
                one, many = (form.replace("_", " ") for form in pair.split())
                unit = "person" if kind == "people" else "household" if group == "households" else one
                for form in (one, many):
                    nouns.setdefault(form, Noun(group, unit, kind == "people", form == one and one != many))
    return nouns


@cache
def modifier_table(lexicon: Lexicon) -> dict[str, str]:
    return {word: group for group, words in lexicon.table("groups")["modifiers"].items() for word in words}


def noun_at(sentence: list[Token], at: int, lexicon: Lexicon) -> tuple[Noun, int] | None:
    """(noun, index after) of the lexicon noun that starts at a token, two-word nouns first."""
    nouns = noun_table(lexicon)
    if at + 1 < len(sentence):
        pair = nouns.get(f"{sentence[at].low} {sentence[at + 1].low}")
        if pair:
            return pair, at + 2
    single = nouns.get(sentence[at].low.removesuffix("'s"))
    return (single, at + 1) if single else None


def counted(sentence: list[Token], figure: Figure, figures: dict[int, Figure], lexicon: Lexicon) -> Counted:
    """What `figure` counts; `figures` maps the first token of each figure of the sentence to it."""
    at = figure.last
    others = False
    triggers = trigger_words(lexicon)
    if figure.lone or figure.quantity.high == 0:
        return _lone_phrase(sentence, figure, triggers, lexicon)
    while at < len(sentence) and sentence[at].low in _SKIP and not (at > figure.last and at in figures):
        if sentence[at].low == "others":
            return Counted(at + 1, at, others=True)
        others = others or sentence[at].low in ("other", "more")
        if sentence[at].low == "of" and at + 1 < len(sentence):
            following = at + 1
            if following in figures or any(following <= start <= following + 1 for start in figures):
                return Counted(at, None, of_figure=True)
            if sentence[following].low in _PRONOUNS:
                return _of_pronoun(sentence, following, lexicon)
            if not figure.is_vague and sentence[following].low in ("the", "its", "their", "his", "her"):
                at = following
        at += 1
    return _phrase(sentence, figure, at, figures, triggers, lexicon, others)


def _lone_phrase(sentence: list[Token], figure: Figure, triggers: Triggers, lexicon: Lexicon) -> Counted:
    """ "A 76-year-old man", "no reported injuries", "an unborn child", "another": adjectives and ages are looked through."""
    modifiers = modifier_table(lexicon)
    best: Counted | None = None
    group: str | None = None
    aged: int | None = None
    for index in range(figure.last, min(len(sentence), figure.last + MAX_PHRASE + 4)):
        low = sentence[index].low
        named = triggers.counted_at(sentence, index) if figure.quantity.high == 0 else None
        found = noun_at(sentence, index, lexicon)
        if named and not (best and not named):
            return Counted(named[1], index, group or "all", "person", True, None, named[0], (index, named[1]))
        if found and (found[0].person or figure.quantity.high == 0):
            noun, end = found
            best = Counted(
                end, end - 1, _group(noun, group), noun.unit, noun.person, _affiliation(sentence, figure.last, index)
            )
            if noun.group != "all":
                group = noun.group
        elif best is not None:
            break
        elif low == "old":
            group, aged = group or modifiers.get(low) if not aged else group, index
        elif low in _STOPS or low in (".", ";", ":", '"', "”", "“", "(", ")"):
            break
        elif low == "," and not (figure.lone and index + 1 < len(sentence) and sentence[index + 1].is_capital):
            break
        else:
            group = group or modifiers.get(low)
    years = _age(sentence, figure, best.end if best else (aged or figure.last) + 1)
    if best is not None:
        return replace(best, group=_by_age(best.group, years), age=years)
    if aged is not None:
        return Counted(aged + 1, aged, _by_age("all", years), age=years)
    return Counted(figure.last, None, group or "all")


def _age(sentence: list[Token], figure: Figure, end: int) -> int | None:
    """The years of "a 17-year-old male" or "a six-year-old"."""
    low = [token.low for token in sentence[figure.last : end]]
    if "old" not in low or not low or ("month" in low or "months" in low):
        return 0 if "month" in low or "months" in low else None
    word = low[0]
    return int(word) if word.isdecimal() and len(word) < 4 else _SMALL.get(word)


_SMALL = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
          "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17}  # fmt: skip


def _by_age(group: str, years: int | None) -> str:
    """Whoever is under 18 is a child, whatever else the words call them (Convention on the Rights of the Child, art. 1)."""
    return "children" if years is not None and years < 18 and group in ("all", "men", "women", "youth") else group


def _of_pronoun(sentence: list[Token], at: int, lexicon: Lexicon) -> Counted:
    """ "six of them Jesuits", "most of whom were women": the group may stand right after."""
    after = at + 1
    if after < len(sentence) and sentence[after].low in ("were", "are", "was", "is"):
        after += 1
    known = noun_at(sentence, after, lexicon) if after < len(sentence) else None
    if known:
        return Counted(known[1], known[1] - 1, known[0].group, known[0].unit, known[0].person, of_pronoun=True)
    return Counted(at + 1, None, of_pronoun=True)


def _phrase(
    sentence: list[Token], figure: Figure, at: int, figures: dict[int, Figure], triggers: Triggers, lexicon: Lexicon,
    others: bool,
) -> Counted:  # fmt: skip
    """Reads modifiers and the head: the last lexicon noun of the first run, else the first plural, else nothing."""
    modifiers = modifier_table(lexicon)
    head: int | None = None
    known: Noun | None = None
    group: str | None = None
    measure: tuple[str, tuple[int, int]] | None = None
    plural: int | None = None
    spare: tuple[Noun, int] | None = None
    index = at
    while index < min(len(sentence), at + MAX_PHRASE):
        token = sentence[index]
        low = token.low
        if index in figures and index > figure.first:
            aged = _aged_end(sentence, index)
            if aged is None:
                break
            index = aged
            continue
        if (
            low in ("-", "'", "/")
            and index + 1 < len(sentence)
            and head is None
            and token.start == sentence[index - 1].end
        ):
            index += 1
            continue
        if low == "'s" or (low in ("’", "'") and known):
            index += 1
            continue
        if not token.is_word or low in _STOPS:
            break
        found = noun_at(sentence, index, lexicon)
        named = triggers.counted_at(sentence, index)
        if found and not (named and not found[0].person):
            noun, end = found
            if noun.singular and not _single(figure) and head is None and not named:
                spare = spare or (noun, end)
                group = group or modifiers.get(low) or (noun.group if noun.group != "all" and noun.person else None)
                index = end
                continue
            if known is not None and not noun.person and known.person:
                break
            if known and known.group not in ("all", noun.group) and noun.group == "all":
                group = group or known.group
            head, known, index = end - 1, noun, end
            if named and not measure and named[1] == end:
                measure = (named[0], (end - 1, end))
            if noun.group == "all" and noun.person and low in ("other", "others"):
                break
            continue
        if named and head is None:
            follows = noun_at(sentence, named[1], lexicon) if named[1] < len(sentence) else None
            if follows and follows[0].person and triggers.participle(low):
                measure = (named[0], (index, named[1]))
                index = named[1]
                continue
            return Counted(named[1], index, group or "all", "person", True, _affiliation(sentence, at, index),
                           named[0], (index, named[1]), others=others)  # fmt: skip
        if named and known and low in ("deaths", "death", "fatalities", "casualties", "injuries", "bodies"):
            return Counted(named[1], index, _group(known, group), "person", True, _affiliation(sentence, at, index),
                           named[0], (index, named[1]), others=others)  # fmt: skip
        if head is not None or triggers.finite_at(sentence, index):
            participle = triggers.modifier_at(sentence, index)
            follows = (
                noun_at(sentence, participle[1], lexicon) if participle and participle[1] < len(sentence) else None
            )
            if head is None and participle and follows and follows[0].person:
                measure = (participle[0], (index, participle[1]))
                index = participle[1]
                continue
            break
        group = group or modifiers.get(low)
        if plural is None and low.endswith("s") and not low.endswith("ss") and len(low) > 3:
            plural = index
        index += 1
    if head is not None and known is not None:
        return Counted(head + 1, head, _group(known, group), known.unit, known.person, _affiliation(sentence, at, head),
                       measure[0] if measure else None, measure[1] if measure else None, others=others)  # fmt: skip
    if spare is not None and plural is None:
        return Counted(spare[1], spare[1] - 1, _group(spare[0], group), spare[0].unit, spare[0].person,
                       _affiliation(sentence, at, spare[1] - 1), others=others)  # fmt: skip
    if plural is not None:
        word = sentence[plural]
        shouted = sentence[figure.last - 1].text.isupper() and word.text.isupper()
        demonym = word.is_capital and (not shouted or word.low.endswith(("ans", "is", "eks", "ards", "ots")))
        return Counted(plural + 1, plural, group or "all", None if not demonym else "person", demonym or group is not None,
                       word.text if demonym else _affiliation(sentence, at, plural), others=others)  # fmt: skip
    if index > at and sentence[at].is_capital and sentence[at].low.endswith(("ese", "ish", "ch", "an", "i")):
        return Counted(at + 1, at, "all", "person", True, sentence[at].text, others=others)
    if group and index > at:
        return Counted(index, index - 1, group, "person", True, others=others)
    return Counted(figure.last if at == figure.last else min(at, len(sentence)), None, others=others)


def _aged_end(sentence: list[Token], at: int) -> int | None:
    """The token after "25-year-old" or "6 year old", else None."""
    low = [token.low for token in sentence[at : at + 5]]
    plain = [word for word in low if word != "-"]
    if len(plain) >= 3 and plain[1] in ("year", "years", "month", "months") and plain[2] == "old":
        return at + low.index("old") + 1
    return None


def _single(figure: Figure) -> bool:
    return figure.lone or figure.quantity.value in (0, 1)


def _group(noun: Noun, modifier: str | None) -> str:
    """ "civilian deaths" are civilians; "young girls" stay girls; "armed policemen" stay police."""
    return modifier if modifier and noun.group == "all" else noun.group


def _affiliation(sentence: list[Token], start: int, head: int) -> str | None:
    """A capitalised word between number and head ("Azeri"), in the report's own words."""
    for token in sentence[start:head]:
        if token.is_capital and token.is_word and not (token.text.isupper() and len(token.text) > 3):
            return token.text
    return None


@cache
def _doings(lexicon: Lexicon) -> tuple[tuple[tuple[str, ...], str], ...]:
    table = lexicon.table("groups")["doing"]
    return tuple((split_words(phrase), group) for group, phrases in table.items() for phrase in phrases)


def doing(sentence: list[Token], at: int, lexicon: Lexicon) -> str | None:
    """The group that people show by what they do next: "20,000 people took to the streets" are protesters."""
    for index in range(at, min(len(sentence), at + 4)):
        if sentence[index].low in (",", ".", ";", "and"):
            return None
        for words, group in _doings(lexicon):
            if matches(sentence, index, words):
                return group
    return None
