"""The taxonomy as a value: measures with how they move, groups with the wholes they lie in, disjoint sets, units.

`load().wholes("girls")` is `("children", "all")`: twelve girls are at least twelve children and twelve of all.
"""

from __future__ import annotations

import re
from dataclasses import field
from functools import cache
from importlib.resources import files
from typing import Literal

from tollbook.lexicon.tables import parsed
from tollbook.text import fold
from tollbook.values import dataclass

Over = Literal["up", "either", "grows"]
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted: its label, how a later figure may differ from an earlier one, whether it counts people.

    `like` is the measure that texts use of the same thing, so that figures of both may be added up.
    """

    name: str
    label: str
    over: Over
    people: bool
    like: str | None = None

    @property
    def kin(self) -> str:
        return self.like or self.name


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Measures by name, wholes of each group (nearest first), sets of groups that share no member, measured units.

    `some` are nouns that name only some people though they tell of no group ("priests"); `moved` are words for people
    who were counted under a measure before they were found dead ("two of the injured").
    """

    measures: dict[str, Measure]
    labels: dict[str, str]
    within: dict[str, tuple[str, ...]]
    disjoint: tuple[frozenset[str], ...]
    not_counted: frozenset[str]
    some: frozenset[str] = frozenset()
    moved: dict[str, tuple[str, ...]] = field(default_factory=dict)
    compared: dict[tuple[str, str], bool] = field(default_factory=dict, compare=False, repr=False)  # known by `apart`

    def wholes(self, group: str) -> tuple[str, ...]:
        """The groups that `group` lies in, nearest first. A group nobody knows lies in `all`."""
        return self.within.get(group, ("all",))

    def label(self, group: str) -> str:
        """The group as a reader sees it; one that nobody knows is kept as stated."""
        return self.labels.get(group, group.replace("_", " "))

    def counts(self, measure: str, unit: str) -> bool:
        """True where findings are made of it: a known measure in a unit that is counted, not measured."""
        return measure in self.measures and unit not in self.not_counted and not _CURRENCY.fullmatch(unit)

    def kind(self, said: str) -> str | None:
        """The noun at the end of a phrase where it names only some people: "priests" of "six Jesuit priests"."""
        last = re.findall(r"[^\W\d_]+", fold(said))[-1:]
        return last[0] if last and last[0] in self.some else None

    def apart(self, one: str, other: str) -> bool:
        """True where no member of one group is a member of the other."""
        known = self.compared.get((one, other))
        if known is None:
            known = self.compared[one, other] = self._apart(one, other)
        return known

    def _apart(self, one: str, other: str) -> bool:
        above, beside = {one, *self.wholes(one)}, {other, *self.wholes(other)}
        return any(
            mine != theirs and mine in group and theirs in group
            for group in self.disjoint
            for mine in above
            for theirs in beside
        )


@cache
def load_taxonomy() -> Taxonomy:
    """taxonomy.toml, read once."""
    raw = parsed((files(__package__) / "taxonomy.toml").read_text(encoding="utf-8"))
    groups = raw["groups"]
    return Taxonomy(
        measures={name: Measure(name, **entry) for name, entry in raw["measures"].items()},
        labels={name: entry["label"] for name, entry in groups.items()},
        within={name: _wholes(name, {key: entry["within"] for key, entry in groups.items()}) for name in groups},
        disjoint=tuple(frozenset(names) for names in raw["disjoint"]),
        not_counted=frozenset(raw["units"]["not_counted"]),
        some=frozenset(raw["some"]["nouns"]),
        moved={measure: tuple(nouns) for measure, nouns in raw["moved"].items()},
    )


def _wholes(group: str, within: dict[str, list[str]]) -> tuple[str, ...]:
    """All groups above a group, breadth first."""
    found: dict[str, None] = {}
    layer = within[group]
    while layer:
        found.update(dict.fromkeys(layer))
        layer = [above for name in layer for above in within[name] if above not in found]
    return tuple(found)
