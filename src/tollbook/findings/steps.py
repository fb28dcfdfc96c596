"""Names of the rules that all rule sets share, so that each sentence of a derivation says by which rule it stands.

A step that a rule set decides bears that set's name instead: "range@1: best is 12 …". A version changes with what the
rule does, never with its wording. What each does is told in docs/findings.md.
"""

from __future__ import annotations

STEPS = {
    "says": 1,  # who gives which figure, and what a rule set reads in the words
    "added-up": 1,  # people counted one after another, and what a source newly adds to its own count
    "one-source": 1,  # voices with a known common parent, outlets that credit one another in a ring
    "later-count": 1,  # a source's later count takes the place of its earlier one
    "concedes": 1,  # what a party that says it did the harm itself counts of those hurt
    "own-losses": 1,  # what a party says of its own people
    "fall": 1,  # a source's later count of what can only rise is lower
    "moved": 1,  # people counted as missing or injured, then as dead
    "parts": 1,  # what is counted of some bounds the whole from below
    "conflict": 1,  # figures that can't all be true
    "best-fit": 1,  # which figures can be true together, with the most sources behind them
    "still-rising": 1,  # a lower count told earlier contradicts nothing
    "set-aside": 1,  # what is not counted, and why
    "grade": 1,  # how well the harm of an incident is attested
    "group": 1,  # a group that nobody knows
    "ruling": 1,  # what a person decided
    "status": 1,  # what the figures are called, and why
}


def step(name: str, sentence: str) -> str:
    """A sentence with the rule it stands by: "conflict@1: “12” (Police) and “17” (Union) can't both be true."."""
    return f"{name}@{STEPS[name]}: {sentence}"
