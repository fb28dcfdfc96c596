"""Rule sets, one file a method. `RULES` is the registry: a plain dict, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tollbook.errors import UsageError
from tollbook.findings.rules import acled, airwars, desinventar, gtd, ibc, majority, range, ucdp
from tollbook.findings.ruleset import RuleSet

_METHODS = (acled, airwars, desinventar, gtd, ibc, majority, range, ucdp)
RULES: dict[str, RuleSet] = {method.RULES.name: replace(method.RULES, told=method.__doc__ or "") for method in _METHODS}


def chosen(names: Sequence[str | RuleSet]) -> tuple[RuleSet, ...]:
    """Rule sets by name ("range", "range@1") or as they are, each once, in the order given.

    Raises UsageError for a name that is none, with the choices, and for two sets of one name.
    """
    found: dict[str, RuleSet] = {}
    for given in names or ("range",):
        known = _named(given) if isinstance(given, str) else given
        one = found.setdefault(known.name, known)
        if (one.id, one.sha256) != (known.id, known.sha256):
            raise UsageError(f"two rule sets are called '{known.name}'", advice="rename one of them")
    return tuple(found.values())


def _named(name: str) -> RuleSet:
    plain, _, version = name.partition("@")
    known = RULES.get(plain)
    if known is None:
        advice = "name each on its own" if "," in name else None
        raise UsageError(f"no rule set '{name}'; there are: {', '.join(sorted(RULES))}", advice=advice)
    if version and version != str(known.version):
        raise UsageError(f"no version {version} of rule set '{plain}'; there is: {known.id}")
    return known
