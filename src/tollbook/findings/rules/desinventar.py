"""desinventar@1: one number for each effect of a disaster, official figures first, after DesInventar.

Source: DesInventar Sendai, "Definition of basic effects". Deaths: the final official figure where there is one, with
the difference to other sources told. Missing: whereabouts unknown, presumed dead among them; "mutually exclusive" with
deaths. Injured, sick: "does not include victims who die".
Reads: "at least 40", "more than 40", "about 40" as 40, "10 to 40" as 10, "dozens" as 24, the least that the words
allow (assumed). "Up to 40" is no count. Unknown is no figure.
Decides: the latest official figure (of a government, an official, police or army, also in a release of its own where
others quote it); without one the latest of anybody;
of several the lower (assumed). Who else differs is told in a step.
Dead and missing: a figure of both together has no field and gets no line; of those hurt the dead are taken off before
any rule set reads them. A person found dead is no longer missing by the later count of the same party.
Refused: measures without a field (arrested, captured, rescued, "dead or missing"); only upper ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.findings import words
from tollbook.findings.cases import Stated
from tollbook.findings.rules import shared
from tollbook.findings.ruleset import Case, Figures, Meaning, RuleSet
from tollbook.model import Quantity

NAME = "desinventar@1"
FIELDS = ("killed", "missing", "injured", "sick", "affected", "evacuated", "destroyed", "damaged")
OFFICIAL = ("official", "government", "police", "military")


def read(quantity: Quantity) -> Meaning:
    """A quantity as one number, the least that the words allow."""
    said = shared.number_said(quantity)
    point = None if quantity.bound in shared.UPPER else quantity.low if said is None else said
    return shared.as_number(quantity, point)


def decide(case: Case) -> Figures:
    """The latest official figure, else the latest of all."""
    if not case.standing:
        return shared.from_parts(NAME, case)
    counted = shared.firm(case.standing)
    if not counted:
        return shared.refused(NAME, "only an upper end is given")
    offices = {one.voice.key for one in (*case.standing, *(gone.earlier for gone in case.gone)) if _official(one)}
    official = [one for one in counted if one.voice.key in offices]
    last = shared.latest(official or counted)
    numbers = list(shared.behind(last))
    whose = "the latest official figure" if official else "the latest figure, for none is known to be an office's"
    lower = ", the lower of several" if len(numbers) > 1 else ""
    found = shared.one_number(NAME, numbers[0], whose + lower)
    return Figures(found.low, found.best, found.high, (*found.steps, *_differing(case.standing, numbers[0])))


def _official(one: Stated) -> bool:
    return bool(one.claim.attribution) and one.claim.attribution[0].kind in OFFICIAL


def _differing(standing: Sequence[Stated], number: float) -> list[str]:
    """A line that tells which other figures stand, as the data card's observations do."""
    others = [one for one in standing if not one.reach.has(number)]
    return [f"{NAME}: other figures stand beside it, of {words.voices(others)}."] if others else []


_ABOUT = "one number for each effect of a disaster, official figures first"
RULES = RuleSet("desinventar", 1, _ABOUT, read, decide, lambda measure: measure in FIELDS)
