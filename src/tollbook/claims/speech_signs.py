"""What speaks for or against a cue: its word, the words and kinds of words around it, its source, the cues beside it.

In: the tokens of a sentence and one of its statements. Out: short strings, each with a learned weight (`speech_weigh`).
In "Critics savaged the plan" two of them are "r savag" (the cue's stem) and "s anonymous mind" (who, and how).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from tollbook.claims.speech_clauses import Found
from tollbook.claims.speech_words import QUOTE, Words, pronoun
from tollbook.text import Token

_ENDINGS = ("'s", "ing", "ied", "ies", "ed", "es", "s", "d")
_EDGE = "^"  # beyond the sentence
_HOLDS = frozenset({"say", "deny", "cite"})
_MOST = 4  # cues beside one are counted up to this
_NEAR = 6  # statements that begin before one are looked at: more would take time without end in a list of cues


@lru_cache(maxsize=50_000)
def stem(low: str) -> str:
    """ "criticised", "criticises" → "criticis": what is learned of one form of a word holds for the others."""
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) > 2:
            low = low[: -len(ending)]
            break
    if len(low) > 3 and low[-1] == low[-2]:
        low = low[:-1]
    return low.rstrip("e")


def place(tokens: Sequence[Token], one: Found) -> int:
    """Where the last word of a cue stands."""
    return min(bisect_left(tokens, one.cue[1], key=lambda token: token.end), len(tokens) - 1)


class Signs:
    """The signs of all statements that may be in a sentence."""

    def __init__(self, tokens: Sequence[Token], found: Sequence[Found], inside: bool, words: Words) -> None:
        self._tokens, self._found, self._inside, self._words = tokens, found, inside, words
        self._at = [place(tokens, one) for one in found]
        self._order = sorted(range(len(found)), key=lambda number: found[number].cue[0])
        self._starts = [found[number].cue[0] for number in self._order]
        self._holders = sorted((one for one in found if one.role in _HOLDS), key=lambda one: one.start)
        self._held_from = [one.start for one in self._holders]

    def around(self, number: int) -> str:
        """The role of a statement whose content holds the cue ("He said she hopes …"), if any is near."""
        one = self._found[number]
        last = bisect_right(self._held_from, one.cue[0])
        for holder in self._holders[max(0, last - _NEAR) : last]:
            if one.cue[0] < holder.end and holder is not one:
                return holder.role
        return ""

    def of(self, number: int) -> list[str]:
        """Every sign of one of the statements."""
        one, at, role = self._found[number], self._at[number], self._found[number].role
        low = self._tokens[at].low
        verb = self._words.verbs.get(low)
        group, form = (verb.group, verb.form) if verb else ("-", low[-2:])
        root = stem(low)
        return [
            *self._cue(at, role, root, group),
            *self._around(at, root, group, form),
            *self._beside(one, number, role, root, group),
            *self._source(one, at, role, root, group),
            f"l {min(7, (one.end - one.start) // 12)} {role}",
            f"b {one.back} {role}",
        ]

    def _cue(self, at: int, role: str, root: str, group: str) -> tuple[str, ...]:
        low, inside = self._tokens[at].low, self._inside
        return (
            f"w {low}", f"r {root}", f"g {group}", f"e {low[-3:]}", f"e {low[-2:]}",
            f"R {role}", f"R {role} {root}", f"R {role} {group}",
            f"i {inside} {group}", f"i {inside} {role}", f"i {inside} {root}",
            f"c {self._tokens[at].is_capital} {group}",
        )  # fmt: skip

    def _around(self, at: int, root: str, group: str, form: str) -> tuple[str, ...]:
        """The two words on either side, and what kind of words they are."""
        tokens, words = self._tokens, self._words
        beside = (at - 2, at - 1, at + 1, at + 2)
        left2, left, right, right2 = [word_at(tokens, n, words) for n in beside]
        kind2, kind, behind, behind2 = [_class(tokens, n, words) for n in beside]
        return (
            f"+1 {right}", f"-1 {left}", f"+2 {right2}", f"-2 {left2}",
            f"+1 {root} {right}", f"-1 {root} {left}", f"+1 {group} {right}", f"-1 {group} {left}",
            f"q {right == QUOTE or right2 == QUOTE} {group}",
            f"+k {group} {behind}", f"+k {root} {behind}", f"+k {group} {behind}{behind2}",
            f"-k {group} {kind}", f"-k {root} {kind}", f"-k {group} {kind2}{kind}",
            f"k {form} {kind}{behind}", f"k {form} {kind2}{kind}{behind}{behind2}",
        )  # fmt: skip

    def _beside(self, one: Found, number: int, role: str, root: str, group: str) -> tuple[str, ...]:
        """The cues before and behind, and the statement that this one stands in."""
        ahead, past = bisect_left(self._starts, one.cue[0]), bisect_right(self._starts, one.cue[0])
        last = self._order[ahead - 1] if ahead else None
        following = self._order[past] if past < len(self._order) else None
        around = self.around(number)
        return (
            f"n {around} {role}", f"n {around} {root}",
            f"p {self._root(last)} {group}", f"p {_role(self._found, last)} {role}",
            f"f {self._root(following)} {group}", f"f {_role(self._found, following)} {role}",
            f"m {min(_MOST, ahead)} {min(_MOST, len(self._order) - past)} {role}",
        )  # fmt: skip

    def _root(self, number: int | None) -> str:
        return _EDGE if number is None else stem(self._tokens[self._at[number]].low)

    def _source(self, one: Found, at: int, role: str, root: str, group: str) -> tuple[str, ...]:
        """Who it is, and what stands between the source and the cue."""
        if one.phrase is None:
            return (f"s {_EDGE} {role}", f"s {_EDGE} {root}")
        first, end = one.phrase.first, one.phrase.last
        what = _who(self._tokens[end - 1], self._words) + (" who" if one.phrase.who is not None else "")
        gap = " ".join(word_at(self._tokens, n, self._words) for n in range(max(end, at - 3), at)) if end <= at else "<"
        return (
            f"s {what} {role}", f"s {what} {group}", f"s {what} {root}",
            f"sl {min(6, end - first)} {role}", f"sf {first == 0} {role}",
            f"v {gap}", f"v {gap} {group}",
        )  # fmt: skip


def _role(found: Sequence[Found], number: int | None) -> str:
    return _EDGE if number is None else found[number].role


def word_at(tokens: Sequence[Token], at: int, words: Words) -> str:
    """The word at a place; a name is only told to be one, so that no weight hangs on who it is."""
    if not 0 <= at < len(tokens):
        return _EDGE
    low = tokens[at].low
    return "Name" if tokens[at].is_capital and low not in words.plain_words else low


def _class(tokens: Sequence[Token], at: int, words: Words) -> str:
    """One letter for what kind of word stands at a place."""
    if not 0 <= at < len(tokens):
        return _EDGE
    token = tokens[at]
    low = token.low
    if low == QUOTE or token.is_number or not token.is_word:
        return "Q" if low == QUOTE else "N" if token.is_number else "."
    if low in words.pronouns:
        return "P"
    if low in words.determiners:
        return "D"
    if low in words.prepositions:
        return "I"
    if low in words.finite:
        return "F"
    if low in words.verbs or token.is_capital:
        return "V" if low in words.verbs else "C"
    return "G" if low.endswith("ing") else "L" if low.endswith("ly") else "S" if low.endswith("s") else "W"


def _who(head: Token, words: Words) -> str:
    """What kind of source the last word of its name makes it."""
    if head.low in words.pronouns:
        return pronoun(head.low)
    if head.low in words.rank:
        return words.kinds[words.rank[head.low]][0]
    return "name" if head.is_capital else "noun"
