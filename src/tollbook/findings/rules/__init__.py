"""Rule sets, one file a method. `RULES` is the registry, by name; a file is imported when its rule set is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module

from tollbook.errors import UsageError
from tollbook.findings.ruleset import RuleSet

# Each is the name of a file here and of the rule set in it.
_NAMES = ("acled", "airwars", "desinventar", "gtd", "ibc", "majority", "range", "ucdp")


class _Registry(Mapping[str, RuleSet]):
    def __getitem__(self, name: str) -> RuleSet:
        if name not in _NAMES:
            raise KeyError(name)
        return _loaded(name)

    def __contains__(self, name: object) -> bool:
        return name in _NAMES

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)


@cache
def _loaded(name: str) -> RuleSet:
    method = import_module(f"{__name__}.{name}")
    made: RuleSet = method.RULES
    return replace(made, told=method.__doc__ or "")


RULES = _Registry()


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
