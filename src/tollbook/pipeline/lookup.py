"""What a person calls an incident, a claim or a figure, found in a record; a name that is none lists the choices. Pure.

Input: a record, and "killed", "killed/children", "Tessavar, 12 March 2019/killed", "3fa1/killed/all/person" or an id.
Output: the one thing that this names. "kiled" is answered by "did you mean 'killed'?", never by a guess.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from tollbook.errors import UsageError
from tollbook.lexicon import load_taxonomy
from tollbook.model import Claim, Finding, Incident, Record
from tollbook.values import dataclass

# Shorter beginnings of an id are too easily a slip of the hand.
_SHORTEST = 4
# As much of an id as messages show, where that is enough to tell it from the others.
_SHOWN = 8
# Choices beyond these are counted, not listed.
_LISTED = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """What is counted, and of which incident: the key of findings, whatever the rule set."""

    incident: str
    measure: str
    group: str
    unit: str

    def __str__(self) -> str:
        return f"{self.incident}/{self.what}"

    @property
    def what(self) -> str:
        """The figure without its incident, as short as it is plain: a count of persons is one of people."""
        parts = (self.measure, self.group, self.unit)
        return "/".join(parts[:2] if self.unit == "person" else parts)

    def is_of(self, one: Finding | Claim) -> bool:
        return (one.incident, one.measure, one.group, one.unit) == (self.incident, self.measure, self.group, self.unit)


# ---- ids and incidents ----


def find_id(given: str, ids: Collection[str], what: str) -> str:
    """The one id that is `given` or begins with it; UsageError where there is none, or more than one."""
    if given in ids:
        return given
    close = _beginning(given, ids)
    if len(close) == 1:
        return close[0]
    if close:
        raise UsageError(f"'{given}' begins {len(close)} ids: {', '.join(close[:5])}", advice="write more of it")
    raise UsageError(
        f"no {what} '{given}'", advice="'tollbook explain FIGURE' prints the ids of claims, 'tollbook show --json' all"
    )


def _beginning(given: str, ids: Collection[str]) -> list[str]:
    return sorted(one for one in ids if len(given) >= _SHORTEST and one.startswith(given))


def find_incident(record: Record, given: str | None) -> Incident:
    """The incident of that id, alias, beginning of an id, name or part of a name; without one, the only one there is.

    Raises UsageError with the choices where there is none, or more than one.
    """
    by_size = sorted(record.incidents, key=lambda one: (-len(one.claims), one.id))
    if given is None:
        if len(by_size) == 1:
            return by_size[0]
        raise UsageError(f"there are {len(by_size)} incidents: {_incidents(by_size)}", advice="say which one")
    ids = {name: one for one in by_size for name in (one.id, *one.aliases)}
    if given in ids or len(_beginning(given, ids)) == 1:
        return ids[find_id(given, ids, "incident")]
    wanted = given.casefold().strip()
    named = [one for one in by_size if one.name.casefold() == wanted]
    found = named or [one for one in by_size if wanted and wanted in one.name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"'{given}' names {len(found)} incidents: {_incidents(found)}", advice="write more of it")
    close = _close(given, [word for one in by_size for word in (one.name, one.name.split(",")[0])], 3)
    raise UsageError(f"no incident '{given}'", advice=f"{_meant(close)}there are: {_incidents(by_size)}")


def find_target(record: Record, given: str) -> Figure | Incident:
    """The figure, the figure of a claim, or the incident that `given` names; UsageError with choices where none is."""
    try:
        return find_figure(record, given)
    except UsageError:
        if not _names_incident(record, given):
            raise
    return find_incident(record, given)


def _names_incident(record: Record, given: str) -> bool:
    wanted = given.casefold().strip()
    ids = [name for one in record.incidents for name in (one.id, *one.aliases)]
    named = any(wanted in one.name.casefold() for one in record.incidents)
    return bool(wanted) and (given in ids or bool(_beginning(given, ids)) or named)


def _incidents(some: Sequence[Incident]) -> str:
    """ "bd73be65 (Tessavar, 12 March 2019)" of each, so that two of one name can be told apart."""
    return _listed([f"{_brief(one.id, [each.id for each in some])} ({one.name})" for one in some])


def _brief(one: str, ids: Collection[str]) -> str:
    """As much of an id as tells it from the others."""
    return next(
        (one[:size] for size in range(_SHOWN, len(one)) if sum(each.startswith(one[:size]) for each in ids) == 1), one
    )


def _listed(some: Sequence[str]) -> str:
    shown = ", ".join(some[:_LISTED])
    return f"{shown} and {len(some) - _LISTED} more" if len(some) > _LISTED else shown or "none"


def _meant(close: Sequence[str]) -> str:
    return f"did you mean '{close[0]}'? " if close else ""


# ---- figures ----


def find_figure(record: Record, given: str) -> Figure:
    """The figure that `given` names: [INCIDENT/]MEASURE[/GROUP[/UNIT]] or a claim's id.

    Where the incident is left out there must be one only with such a figure; raises UsageError with the choices.
    """
    figures = list(dict.fromkeys(Figure(one.incident, one.measure, one.group, one.unit) for one in record.findings))
    measures = {*load_taxonomy().measures, *(one.measure for one in figures)}
    parts = given.split("/")
    start = next((number for number, part in enumerate(parts) if part in measures), None)
    if start is None:
        return _of_claim(record, given, figures)
    if start:
        incident = find_incident(record, "/".join(parts[:start]))
        figures = [one for one in figures if one.incident == incident.id]
    wanted = parts[start:]
    if len(wanted) > 3:
        raise UsageError(f"'{given}' has too many parts", advice="write [INCIDENT/]MEASURE[/GROUP[/UNIT]]")
    found = [one for one in figures if all(map(str.__eq__, wanted, (one.measure, one.group, one.unit)))]
    # "killed" alone means all who were killed, where that is a figure of its own.
    whole = [one for one in found if one.group == "all"] if len(wanted) == 1 else []
    if not whole and not found:
        raise _no_figure("figure", given, figures, "/".join(wanted))
    return _only(record, given, whole or found)


def _of_claim(record: Record, given: str, figures: Sequence[Figure]) -> Figure:
    claims = {claim.id: claim for claim in record.claims if claim.incident}
    if given not in claims and not _beginning(given, claims):
        raise _no_figure("figure or claim", given, figures, given)
    claim = claims[find_id(given, claims, "claim")]
    return Figure(claim.incident or "", claim.measure, claim.group, claim.unit)


def _only(record: Record, given: str, found: Sequence[Figure]) -> Figure:
    if len(found) == 1:
        return found[0]
    ids = {one.incident for one in found}
    if len(ids) == 1:
        names = _listed([one.what for one in found])
        raise UsageError(f"'{given}' names {len(found)} figures: {names}", advice="write more of it")
    told = sorted((one for one in record.incidents if one.id in ids), key=lambda one: (-len(one.claims), one.id))
    example = f"{_brief(told[0].id, ids)}/{given}"
    raise UsageError(
        f"'{given}' is a figure of {len(told)} incidents: {_incidents(told)}", advice=f"write for example '{example}'"
    )


def _close(wanted: str, words: Iterable[str], most: int) -> list[str]:
    import difflib  # on first need: what is asked for is mostly there

    return difflib.get_close_matches(wanted, list(words), n=most)


def _no_figure(what: str, given: str, figures: Sequence[Figure], wanted: str) -> UsageError:
    there = list(dict.fromkeys(one.what for one in figures))
    words = {**{one.measure: None for one in figures}, **dict.fromkeys(there)}
    close = _close(wanted, words, 1)
    return UsageError(f"no {what} '{given}'", advice=f"{_meant(close)}there are: {_listed(there)}")
