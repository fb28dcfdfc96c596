"""What changed between two bundles of one project, and why.

Input: the older and the newer as `Loaded`. Output: `Changes`. Worked: "killed, all" of an incident was 12 and is 31: a
claim of a report that was added came to what supports it, one of 12 was set aside, since the same source says 31 later.
Reasons are looked for in what the bundles hold, claim by claim; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tollbook.bundles.loading import Json, Loaded, Of
from tollbook.dossiers.moved import FIELDS
from tollbook.errors import InputError
from tollbook.values import dataclass

# Fields of a claim that say what it counts and how much.
_COUNTED = ("measure", "group", "unit")
_AMOUNT = ("value", "low", "high", "bound")


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why a figure changed: a kind for programs, words for people, the claim or ruling it is about.

    `effect` is "came" or "went" of a claim that carries the figure or did, else empty.
    """

    kind: str
    why: str
    claim: str = ""
    effect: str = ""
    ruling: int | None = None


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that came, went or changed; `old` or `new` is None where it was or is not there."""

    of: Of
    incident: str
    old: Json | None
    new: Json | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class IncidentChange:
    """An incident that came, went, was merged into others, split off from them, or is called or graded otherwise.

    `others` are the names of those others, its new name, or its grade before and now.
    """

    kind: str
    name: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that is not as it was."""

    old: Loaded
    new: Loaded
    remarks: tuple[str, ...]
    reports: tuple[tuple[str, Json], ...]
    rulings: tuple[Json, ...]
    incidents: tuple[IncidentChange, ...]
    figures: tuple[FigureChange, ...]


def compared(old: Loaded, new: Loaded) -> Changes:
    """What changed from `old` to `new`; InputError where they are of two projects."""
    projects = [(one.manifest.get("log"), one.manifest.get("project")) for one in (old, new)]
    if projects[0] != projects[1]:
        raise InputError(f"is of another project than {old.path}", what=str(new.path), advice="compare bundles of one")
    rulings = _since(old, new)
    added = [("added", new.reports[key]) for key in new.reports if key not in old.reports]
    gone = [("gone", old.reports[key]) for key in old.reports if key not in new.reports]
    return Changes(
        old,
        new,
        tuple(_remarks(old, new)),
        (*added, *gone),
        rulings,
        tuple(_incidents(old, new)),
        tuple(_figures(old, new, rulings)),
    )


def _remarks(old: Loaded, new: Loaded) -> Iterator[str]:
    """What holds for all of a bundle."""
    shared = min(len(old.events), len(new.events))
    if old.events[:shared] != new.events[:shared]:
        at = next(at for at in range(shared) if old.events[at] != new.events[at])
        yield f"the logs part at event {at + 1}: one of them was rewritten"
    elif len(new.events) < len(old.events):
        yield "the second bundle is the older one"
    for name, what in (("tollbook", "version of tollbook"), ("as_of", "day"), ("rules", "rule sets")):
        before, now = old.manifest.get(name), new.manifest.get(name)
        if before != now:
            yield f"{what}: {_listed(before)} → {_listed(now)}"
    known = {one["withheld"] for one in old.redactions}
    for one in new.redactions:
        if one["withheld"] not in known:
            yield f"withheld since ({one['withheld']}): a {one['kind']}: {one['reason']}"
    for number in sorted(known - {one["withheld"] for one in new.redactions}):
        yield f"no longer withheld ({number})"


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "all")


def _since(old: Loaded, new: Loaded) -> tuple[Json, ...]:
    """Rulings made since, and those that count no longer, or again."""
    before = {one["ruling"]: one["counts"] for one in old.rulings}
    return tuple(one for one in new.rulings if before.get(one["ruling"]) != one["counts"])


# ---- incidents ----


def _incidents(old: Loaded, new: Loaded) -> Iterator[IncidentChange]:
    for key, one in new.places.items():
        if key in old.places:
            before = old.places[key]
            if before["name"] != one["name"]:
                yield IncidentChange("renamed", before["name"], (one["name"],))
            if before["grade"] != one["grade"]:
                yield IncidentChange("graded", one["name"], (before["grade"] or "none", one["grade"] or "none"))
            continue
        parents = {other["key"] for other in old.incidents if key in other["aliases"]}
        parents |= {old.said[claim]["incident"] for claim in _claims(new, key) if claim in old.said} & new.places.keys()
        names = tuple(sorted(old.places[parent]["name"] for parent in parents))
        yield IncidentChange("split" if names else "came", one["name"], names)
    for key, one in old.places.items():
        if key not in new.places:
            homes = {other["key"] for other in new.incidents if key in other["aliases"]}
            homes |= {new.said[claim]["incident"] for claim in _claims(old, key) if claim in new.said} - {""}
            names = tuple(sorted(new.places[home]["name"] for home in homes))
            yield IncidentChange("merged" if names else "went", one["name"], names)


def _claims(bundle: Loaded, incident: str) -> list[str]:
    return [key for key, claim in bundle.said.items() if claim["incident"] == incident]


# ---- figures ----


def _figures(old: Loaded, new: Loaded, rulings: Sequence[Json]) -> Iterator[FigureChange]:
    """Figures that changed, of incidents that are in both bundles; those of others came and went with them."""
    shared = old.places.keys() & new.places.keys()
    for of in dict.fromkeys((*new.found, *old.found)):
        before, now = old.found.get(of), new.found.get(of)
        same = before and now and all(before[name] == now[name] for name in FIELDS)
        if of[0] in shared and not same:
            reasons = tuple(_reasons(old, new, of, rulings))
            yield FigureChange(of, new.places[of[0]]["name"], before, now, reasons)


_NONE: Json = {"supports": [], "set_aside": {}, "rules": "", "derivation": []}


def _reasons(old: Loaded, new: Loaded, of: Of, rulings: Sequence[Json]) -> Iterator[Reason]:
    before, now = old.found.get(of) or _NONE, new.found.get(of) or _NONE
    told = False
    for key in now["supports"]:
        reason = _passed("came", new, old, of, key) if key not in before["supports"] else _altered(old, new, key)
        if reason:
            told = True
            yield reason
    for key in before["supports"]:
        if key not in now["supports"]:
            told = True
            yield _passed("went", old, new, of, key)
    about = {*before["supports"], *now["supports"], *before["set_aside"], *now["set_aside"]}
    for one in rulings:
        if (new.keys.get(one["claim"] or "") in about) or _is_of(new, one["incident"], of[0]):
            told = True
            yield _ruled(one)
    if before["rules"] and now["rules"] and before["rules"] != now["rules"]:
        told = True
        yield Reason("method", f"the method is another version: {before['rules']} → {now['rules']}")
    if not told:
        step = next((one for one in now["derivation"] if one not in before["derivation"]), "")
        yield Reason("derivation", f"worked out otherwise: {step}" if step else "worked out otherwise")


def _is_of(bundle: Loaded, slug: str | None, key: str) -> bool:
    return slug is not None and bundle.places[key]["incident"] == slug


def _ruled(one: Json) -> Reason:
    return Reason("ruling", f"ruling {one['ruling']}: {one['said']}", ruling=one["ruling"])


# What is otherwise of a claim in the bundle where a figure doesn't rest on it, the older or the newer: kind and words.
_WHY = {
    "came": {
        "report": ("report added", "its report was added"),
        "read": ("read", "its report is read otherwise, or its words were withheld"),
        "moved": ("moved", "it belonged to {}"),
        "counted": ("counted", "it counted {}"),
        "aside": ("not set aside", "it is no longer set aside, which it was because {}"),
        "used": ("used", "it was not used"),
    },
    "went": {
        "report": ("report gone", "its report is not in the bundle"),
        "read": ("read", "its report is read otherwise, or its words are withheld"),
        "moved": ("moved", "it belongs to {}"),
        "counted": ("counted", "it counts {}"),
        "aside": ("set aside", "set aside, {}"),
        "used": ("used", "it is not used"),
    },
}


def _passed(effect: str, here: Loaded, there: Loaded, of: Of, key: str) -> Reason:
    """Why a figure rests on a claim `here` and not `there`: it "came" where `here` is the newer, else it "went"."""
    what, how = _otherwise(here, there, of, key)
    kind, why = _WHY[effect][what]
    return Reason(kind, f"{quoted(here, key)}: {why.format(how)}", key, effect)


def _otherwise(here: Loaded, there: Loaded, of: Of, key: str) -> tuple[str, str]:
    """What of a claim is not `there` as it is `here`, and how it is there."""
    claim, other = here.said[key], there.said.get(key)
    if other is None:
        return ("read" if claim["report"] in there.reports else "report"), ""
    if other["incident"] != claim["incident"]:
        return "moved", _named(there, other["incident"])
    if any(other[name] != claim[name] for name in _COUNTED):
        return "counted", _counted(other)
    aside = (there.found.get(of) or _NONE)["set_aside"].get(key)
    return ("aside", str(aside)) if aside else ("used", "")


def _altered(old: Loaded, new: Loaded, key: str) -> Reason | None:
    """A claim that supports a figure as before, with another amount."""
    before, now = old.said.get(key), new.said[key]
    if before is None or all(before[name] == now[name] for name in _AMOUNT):
        return None
    return Reason("amount", f"{quoted(new, key)}: {amount(before)} → {amount(now)}", key)


def _named(bundle: Loaded, incident: str) -> str:
    return str(bundle.places[incident]["name"]) if incident else "no incident"


def _counted(claim: Json) -> str:
    return ", ".join(str(claim[name]) for name in _COUNTED)


def amount(row: Json) -> str:
    """The low and high of a claim or figure: "40", "12 to 31", "40 or more", "31 at most", "unknown"."""
    low, high = row["low"], row["high"]
    if low is None and high is None:
        return "unknown"
    if high is None or low is None:
        return f"{low} or more" if high is None else f"{high} at most"
    return str(low) if low == high else f"{low} to {high}"


def quoted(bundle: Loaded, key: str) -> str:
    """A claim in words: “31 people” (c12, Tallow Wire, 2031-05-09)."""
    claim = bundle.said[key]
    more = [one for one in (claim["claim"], claim["publisher"], claim["published"]) if one]
    return f"“{' '.join(str(claim['said']).split())}” ({', '.join(more)})"
