"""Which cues are meant: a weighing of signs, learned from attributions that people marked.

In: the tokens of a sentence. Out: the statements that are likely to be in it. In "Critics savaged the plan" the cue is
"savaged"; in "she found her keys" nobody says anything.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from tollbook.claims.speech import find
from tollbook.claims.speech_clauses import Found
from tollbook.claims.speech_loose import loose, rounded
from tollbook.claims.speech_signs import Signs, stem, word_at
from tollbook.claims.speech_words import Words
from tollbook.text import Token
from tollbook.values import dataclass

_VOUCH = frozenset({"say", "deny", "cite", "relay", "reported"})
# A word whose stem and neighbours come to less is not looked at any further: a third of the time, no loss.
_HOPELESS = -0.5


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: how much each sign adds to `bias`, and the stems of words that can be cues.

    A statement whose sum is above `bar` is likely. Those stems that mostly are cues are in `alone`: for their sake a
    sentence is read that has no verb of saying.
    """

    bias: float
    bar: float
    signs: dict[str, float]
    stems: frozenset[str]
    alone: frozenset[str]


@cache
def shipped() -> Weights:
    """The weights that are part of the package."""
    packed = resources.files("tollbook.claims") / "speech_model" / "weights.json"
    held = json.loads(packed.read_text(encoding="utf-8"))
    return Weights(held["bias"], held["bar"], held["signs"], frozenset(held["stems"]), frozenset(held["alone"]))


def candidates(tokens: Sequence[Token], words: Words, places: Sequence[int]) -> list[Found]:
    """All that may be a statement: by the rules, or by the words at `places`."""
    found = find(tokens, words)
    return [*found, *loose(tokens, words, found, places)]


def places(tokens: Sequence[Token], stems: frozenset[str]) -> list[int]:
    """Where words stand that can be a cue."""
    return [at for at, token in enumerate(tokens) if stem(token.low) in stems]


def _promising(tokens: Sequence[Token], at: int, weights: Weights, words: Words) -> bool:
    """False for a word that its neighbours alone make unlikely: most can be left there."""
    root, known = stem(tokens[at].low), weights.signs
    total = known.get(f"r {root}", 0.0) + known.get(f"R mind {root}", 0.0)
    left, right = word_at(tokens, at - 1, words), word_at(tokens, at + 1, words)
    beside = (f"+1 {right}", f"+1 {root} {right}", f"-1 {left}", f"-1 {root} {left}")
    return total + sum([known.get(sign, 0.0) for sign in beside]) > _HOPELESS


def likely(tokens: Sequence[Token], inside: bool, words: Words) -> list[Found]:
    """The statements of a sentence: all that vouch for something, and the attitudes that are likely.

    Inside somebody's words only what others say by name, or a figure, vouches: "I think …" is the speaker's anyway.
    """
    weights = shipped()
    told = [at for at in places(tokens, weights.stems) if _promising(tokens, at, weights, words)]
    found = candidates(tokens, words, told)
    if not found:
        return []
    shown = Signs(tokens, found, inside, words)
    kept = []
    for number, one in enumerate(found):
        own = one.role in _VOUCH and (inside or shown.around(number)) and not _relays(tokens, one, words)
        if one.role in _VOUCH and not own:
            kept.append(one)
        elif _total(shown.of(number), weights) > weights.bar:
            kept.append(replace(one, role="mind") if inside else one)
    return [rounded(tokens, one, words) for one in kept]


def _total(shown: Sequence[str], weights: Weights) -> float:
    total, known = weights.bias, weights.signs
    for sign in shown:
        if sign in known:
            total += known[sign]
    return total


def _relays(tokens: Sequence[Token], one: Found, words: Words) -> bool:
    """True for what a speaker passes on of somebody else: by name, or with a figure."""
    if one.phrase is None:
        return True
    held = tokens[one.phrase.first : one.phrase.last]
    if held[-1].low in words.first_person:
        return False
    if any(token.is_capital and token.low not in words.pronouns for token in held[-2:]):
        return True
    inside = (token for token in tokens if one.start <= token.start < one.end)
    return any(token.is_number or token.low in words.numbers for token in inside)
