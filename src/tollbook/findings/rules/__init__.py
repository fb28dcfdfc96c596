"""Rule sets, one file a method. `RULES` is the registry: a plain dict, by name."""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.errors import UsageError
from tollbook.findings.rules import acled, airwars, desinventar, gtd, ibc, majority, range, ucdp
from tollbook.findings.ruleset import RuleSet

_METHODS = (acled, airwars, desinventar, gtd, ibc, majority, range, ucdp)
RULES: dict[str, RuleSet] = {method.RULES.name: method.RULES for method in _METHODS}


def chosen(names: Sequence[str]) -> tuple[RuleSet, ...]:
    """Rule sets by name ("range", "range@1"), each once, in the order given. An unknown name lists the choices."""
    found: dict[str, RuleSet] = {}
    for name in names or ("range",):
        plain, _, version = name.partition("@")
        known = RULES.get(plain)
        if known is None:
            advice = "name each on its own" if "," in name else None
            raise UsageError(f"no rule set '{name}'; there are: {', '.join(sorted(RULES))}", advice=advice)
        if version and version != str(known.version):
            raise UsageError(f"no version {version} of rule set '{plain}'; there is: {known.id}")
        found.setdefault(plain, known)
    return tuple(found.values())
