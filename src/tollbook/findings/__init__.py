"""Claims and rulings become figures: for each incident, measure, group, unit and rule set one `Finding`.

Input: incidents, claims, rulings, where reports stand, a book of sources. Output: findings that show which claims they
rest on, which are set aside and why. A ministry's "at least 12 killed" and a hospital's "14", each in two papers, give:
killed, all, 12 to 14, best 14, compatible, two origins. Pure: the same input gives the same findings in any order.
"""

from tollbook.findings.decided import Ruled, apply_rulings
from tollbook.findings.effects import Effect, effects
from tollbook.findings.origins import Sources
from tollbook.findings.reconcile import Reckoned, reckon, reconcile
from tollbook.findings.rules import RULES
from tollbook.findings.ruleset import RuleSet

__all__ = [
    "RULES", "Effect", "Reckoned", "RuleSet", "Ruled", "Sources", "apply_rulings", "effects", "reckon", "reconcile",
]  # fmt: skip
