"""A person's decision enters the log: what it is about is found, its values are checked, then it is one event.

Input: the project, an action, what it is about ("c41f…", an incident's id, "#12" for a ruling) and values. Output: the
`Ruling` with its number. `rule(folder, "41f0", "correct", {"value": 12}, why, by)` needs only as much of an id as
no other shares.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tollbook.dossiers.cues import keys_of
from tollbook.errors import UsageError
from tollbook.lexicon import load_taxonomy
from tollbook.model import Claim, Record, Ruling, Span
from tollbook.pipeline.lookup import find_id, find_incident
from tollbook.pipeline.project_folder import open_project, record
from tollbook.pipeline.withholding import Stretch, check_name, check_new, find_stretch, particulars
from tollbook.rulings import Action, Target, Value, check, corrected, decide, standing, withheld
from tollbook.rulings.corrections import check_corrected
from tollbook.store import Stamp


@dataclass(frozen=True, slots=True)
class _About:
    """What a ruling is about: a claim with its text hash, an incident's id, a report or words of it, a ruling."""

    kind: Target
    claim: Claim | None = None
    text_sha256: str | None = None
    incident: str | None = None
    number: int | None = None
    stretch: Stretch | None = None

    @property
    def span(self) -> Span | None:
        """The words, where it is about words."""
        return self.claim.span if self.claim else self.stretch.span if self.stretch else None

    @property
    def said(self) -> str | None:
        return self.claim.said if self.claim else self.stretch.said if self.stretch else None


def rule(folder: Path, target: str, action: str, values: Mapping[str, Value], why: str, by: Stamp) -> Ruling:
    """Log a decision and return it; the very same one, made again by the same person, is one event.

    Raises UsageError where the target is not there, the action does not fit it, or a value does not fit its field;
    nothing is logged then.
    """
    now = record(folder)
    about = _find(now, target, action, values)
    known = check(action, values, about.kind, why)
    given = _checked(now, known, about, values)
    claim = about.claim
    draft = Ruling(
        0, known, by.who, by.when, " ".join(why.split()),
        claim.id if claim else None, about.text_sha256, about.span, claim.measure if claim else None, given, about.said,
    )  # fmt: skip
    if known is Action.CORRECT and claim:
        _check_fields(now, claim, draft)
    if known is Action.WITHHOLD and _said_last(draft, now.rulings) is None:
        check_new(now, draft)
    with open_project(folder) as store, store.write() as unit:
        return _said_last(draft, unit.rulings()) or unit.put_ruling(draft)


def _said_last(draft: Ruling, rulings: Sequence[Ruling]) -> Ruling | None:
    """The last ruling on the same thing, where it still stands and is the draft word for word, by the same person."""
    same = [one for one in rulings if _thing(one) == _thing(draft)]
    if not same or same[-1] not in standing(rulings, withdrawals=True):
        return None
    return same[-1] if replace(same[-1], seq=0, when=draft.when) == draft else None


def _thing(ruling: Ruling) -> tuple[object, ...]:
    if ruling.span is not None:
        return (ruling.text_sha256, ruling.span, ruling.measure)
    return tuple(ruling.values.get(name) for name in ("incident", "ruling", "report"))


# ---- what it is about ----


def _find(now: Record, target: str, action: str, values: Mapping[str, Value]) -> _About:
    if action == Action.WITHDRAW or target.startswith("#"):
        return _About("ruling", number=_ruling_number(now, target))
    stretch = find_stretch(now, target, values if action == Action.WITHHOLD else {})
    if stretch is not None:
        kind: Target = "report" if stretch.span is None else "span"
        return _About(kind, text_sha256=stretch.report.text_sha256, stretch=stretch)
    claims = {claim.id: claim for claim in now.claims}
    incidents = {name: one.id for one in now.incidents for name in (one.id, *one.aliases)}
    what = "claim, incident or report" if action == Action.WITHHOLD else "claim or incident"
    named = [one.id for one in now.incidents if one.name.casefold() == target.casefold()]
    found = named[0] if len(named) == 1 else find_id(target, {*claims, *incidents}, what)
    if found in claims:
        claim = claims[found]
        text = next(report.text_sha256 for report in now.reports if report.id == claim.report)
        return _About("claim", claim, text)
    return _About("incident", incident=incidents[found])


def _ruling_number(now: Record, target: str) -> int:
    number = int(target.removeprefix("#")) if target.removeprefix("#").isdecimal() else 0
    rulings = {ruling.seq: ruling for ruling in now.rulings}
    if number not in rulings:
        there = ", ".join(f"#{seq}" for seq in list(rulings)[-8:]) or "none"
        raise UsageError(f"no ruling '{target}'; there are: {there}", advice="write a ruling's number")
    return number


# ---- what it says ----


def _checked(now: Record, action: Action, about: _About, values: Mapping[str, Value]) -> dict[str, Value]:
    """The values as they go into the log, ids in full."""
    given = dict(values)
    if about.incident:
        given["incident"] = about.incident
    if about.number:
        given["ruling"] = about.number
    for name in ("incident", "into"):
        if name in values:
            given[name] = find_incident(now, str(values[name])).id
    if action is Action.WITHHOLD:
        return _checked_withholding(now, about, given)
    if action is Action.UNMASK:
        _check_unmasked(now, str(values["name"]))
    if action is Action.MERGE and given["into"] == given["incident"]:
        raise UsageError("an incident can't be merged into itself")
    return given


def _check_unmasked(now: Record, name: str) -> None:
    """A name to be shown must occur, and must not be withheld: that is the stronger."""
    check_name(now, name)
    for one in withheld(now.rulings):
        if one.kind == "name" and keys_of(str(one.content["name"])) == keys_of(name):
            raise UsageError(f"'{name}' is withheld by ruling #{one.number}", advice="withdraw that one first")


def _checked_withholding(now: Record, about: _About, given: dict[str, Value]) -> dict[str, Value]:
    """A name that occurs, or a report with what it is known by, or words; words are of a report, and no name."""
    name = given.get("name")
    if name is not None:
        if "words" in given:
            raise UsageError("'withhold' takes either words or a name", advice="make two rulings")
        check_name(now, str(name))
        where = {"report": about.stretch.report.id} if about.stretch else {}
        return {**where, **given, "name": " ".join(str(name).split())}
    if "name" in given or ("words" in given and about.stretch is None):
        raise UsageError("'words' are of a report" if "words" in given else "'name' can't be empty")
    if about.kind == "incident":
        raise UsageError("an incident can't be withheld", advice="withhold its reports, its claims, or name=…")
    if about.stretch is None:
        return {}
    return {"report": about.stretch.report.id} if about.span else particulars(about.stretch.report)


def _check_fields(now: Record, claim: Claim, draft: Ruling) -> None:
    """Corrections must fit their fields, alone and together with those made before.

    A measure must be known, or no figure would be made of the claim; a group that nobody knows is kept as stated,
    unless it looks like a slip in one that is known.
    """
    values = draft.values
    measures, groups = (*load_taxonomy().measures, "other"), load_taxonomy().within
    group = str(values.get("group") or "")
    close = difflib.get_close_matches(group, groups, n=1, cutoff=0.8)
    if group not in groups and close:
        raise UsageError(f"no group '{group}'", advice=f"did you mean '{close[0]}'?")
    if values.get("measure") is not None and values["measure"] not in measures:
        raise UsageError(f"no measure '{values['measure']}'; there are: {', '.join(measures)}")
    if "chain" in values and {"source", "source_kind"} & values.keys():
        raise UsageError("'correct' takes either the whole chain or its source", advice="leave one out")
    earlier = [one for one in standing(now.rulings) if one.claim == claim.id]
    last = replace(draft, seq=max((one.seq for one in earlier), default=0) + 1)
    check_corrected(corrected(claim, decide([*earlier, last]).changes), values)
