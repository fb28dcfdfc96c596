"""The history of a claim or an incident of a project, from its log.

Input: the project's folder, and a claim or incident as a person names it. Output: a `History`. Of an incident: when it
was born and with how many claims, what joined it, what it was merged with, its date and place as they were computed
from the reports that were there at each of these moments, and every ruling on it.

What an older reader read is not kept, but for its hash: dates and places of old are what today's reader makes of the
reports of then.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tollbook.model import Incident, Reading, Record, Report, Ruling
from tollbook.pipeline.analyse import Overlays, conclude, group
from tollbook.pipeline.around import Around
from tollbook.pipeline.asked import claims_of, named
from tollbook.pipeline.history import BESIDE, History, Read, Step, beside, claim_history, date, place
from tollbook.pipeline.lookup import find_id, find_incident
from tollbook.pipeline.project_folder import open_project, overlays_of, stored
from tollbook.rulings import WHO, Action, bind, fates, named_actors, standing, with_hand, with_withdrawals
from tollbook.store import Event, Unit
from tollbook.text import counted
from tollbook.values import dataclass

# Moments at which an incident's date and place are worked out anew; of more, the first and the last of these.
_MOMENTS = 40
_OF_CLAIMS = {Action.CLAIM, Action.LINK, Action.UNLINK, Action.SPLIT}


@dataclass(frozen=True, slots=True)
class _Told:
    """What a history is made of: the reports and readings of today, and the events of the log that tell of them."""

    reports: Sequence[Report]
    readings: Sequence[Reading]
    read: Mapping[str, Sequence[Read]]
    births: Sequence[Event]
    came: Mapping[str, int]


def history(folder: Path, target: str) -> History:
    """The history of what `target` names: the id of a claim or its beginning, or an incident's id or name.

    Raises UsageError where it names nothing, with what there is.
    """
    overlays = overlays_of(folder)
    with open_project(folder) as store, store.read() as unit:
        reports, readings = stored(unit, folder)
        rulings, homes = unit.rulings(), unit.homes()
        told = _told_in(unit, reports, readings)
    plain = conclude(reports, readings, homes=homes, overlays=overlays)
    now = conclude(reports, readings, rulings=rulings, homes=homes, overlays=overlays)
    return _history(target, plain, now, rulings, told, overlays)


def history_in(around: Around, unit: Unit, folder: Path, target: str) -> History:
    """The same, from the part of the record that it is about."""
    found = claims_of(around, target)
    row = None if found else named(around, target)
    claims, ids = ([row.seed], {row.id}) if row else (found, set[str]())
    now = around.said(claims, ids)
    plain = around.unruled().said([one.id for one in now.claims], ids)
    told = _told_in(unit, now.reports, now.readings)
    return _history(row.id if row else target, plain, now, now.rulings, told, overlays_of(folder))


def _told_in(unit: Unit, reports: Sequence[Report], readings: Sequence[Reading]) -> _Told:
    read, came = _read(unit.events("reading")), _came(unit.events("report"))
    return _Told(reports, readings, read, list(unit.events("incident")), came)


def _history(
    target: str, plain: Record, now: Record, rulings: Sequence[Ruling], told: _Told, overlays: Overlays
) -> History:
    """From the record as nobody had ruled on it, and as it is."""
    made = [one for one in rulings if one.action == Action.CLAIM]  # those taken back have a history too
    every = with_hand(made, plain.claims, now.reports)
    found = bind(rulings, every, {report.id: report.text_sha256 for report in now.reports})
    bound = tuple(sorted((*found.bound, *found.loose), key=lambda one: one.seq))
    claims = {claim.id: claim for claim in every}
    if target in claims or any(one.startswith(target) for one in claims if len(target) >= 4):
        claim = claims[find_id(target, claims, "claim")]
        names = {one.id: one.name for one in (*now.incidents, *plain.incidents)}
        aliases = {alias: one.id for one in plain.incidents for alias in one.aliases}
        return claim_history(claim, told.read.get(claim.report, ()), bound, names, aliases)
    return _incident_history(find_incident(now, target), now, bound, told, overlays)


def _read(events: Iterable[Event]) -> dict[str, list[Read]]:
    found: dict[str, list[Read]] = {}
    for event in events:
        told = json.loads(event.payload)
        one = Read(event.seq, event.when, event.who, told["reader"], told["claims"])
        found.setdefault(told["report"], []).append(one)
    return found


def _came(events: Iterable[Event]) -> dict[str, int]:
    """The event by which each report came in."""
    came: dict[str, int] = {}
    for event in events:
        came.setdefault(json.loads(event.payload)["id"], event.seq)
    return came


# ---- incidents ----


def _incident_history(
    incident: Incident, now: Record, rulings: Sequence[Ruling], told: _Told, overlays: Overlays
) -> History:
    ids = {incident.id, *incident.aliases}
    fields: dict[str, list[Step]] = {"claims": list(_joined(ids, told.births, _reports(now)))}
    for moment, steps in _computed(incident, told, overlays):
        for field, after in steps.items():
            before = fields[field][-1].after if field in fields else None
            if after != before:
                step = Step(moment.seq, moment.when, moment.who, "computed", "", before, after)
                fields.setdefault(field, []).append(step)
    for field, step in _ruled(ids, rulings, {claim.id for claim in now.claims if claim.incident == incident.id}):
        fields.setdefault(field, []).append(step)
    joined = f", was {', '.join(incident.aliases)}" if incident.aliases else ""
    return History(
        "incident",
        incident.id,
        f"{incident.name} ({incident.kind}){joined}",
        {name: some for name, some in fields.items() if some},
    )


def _reports(record: Record) -> dict[str, str]:
    return {claim.id: claim.report for claim in record.claims}


def _joined(ids: set[str], births: Iterable[Event], reports: Mapping[str, str]) -> Iterable[Step]:
    """Births, claims that joined, and claims that went to another incident, from the log."""
    homes: dict[str, str] = {}
    for event in births:
        payload = json.loads(event.payload)
        claims, name = payload["claims"], payload["incident"]
        came = sorted({reports[claim] for claim in claims if claim in reports})
        if name in ids:
            what = "joined" if name in homes.values() else "born"
            of = f" of {counted(len(came), 'report')}" if came else ""
            yield Step(event.seq, event.when, event.who, what, "", None, f"{name}: {counted(len(claims), 'claim')}{of}")
        left = [claim for claim in claims if homes.get(claim) in ids and name not in ids]
        if left:
            yield Step(event.seq, event.when, event.who, "left", "", None, f"{counted(len(left), 'claim')} to {name}")
        homes.update(dict.fromkeys(claims, name))


def _computed(incident: Incident, told: _Told, overlays: Overlays) -> Iterable[tuple[Event, dict[str, str]]]:
    """Date, place and name as computed from those of its reports that were there at each moment."""
    own = [event for event in told.births if json.loads(event.payload)["incident"] == incident.id]
    moments = own if len(own) <= _MOMENTS else [*own[: _MOMENTS - 1], own[-1]]
    core = {claim for event in own for claim in json.loads(event.payload)["claims"]}
    readings = {reading.report: reading for reading in told.readings}
    mine = [r for r in told.reports if any(claim.id in core for claim in readings[r.id].claims)]
    for moment in moments:
        some = [report for report in mine if told.came.get(report.id, 0) <= moment.seq]
        computed = group(some, [readings[report.id] for report in some], overlays).incidents
        shared = Counter({one.id: len(core.intersection(one.claims)) for one in computed})
        best = max(computed, key=lambda one: (shared[one.id], one.id), default=None)
        if best is not None:
            yield moment, {"date": date(best.date), "place": place(best.place), "name": best.name}


def _ruled(ids: set[str], rulings: Sequence[Ruling], claims: set[str]) -> Iterable[tuple[str, Step]]:
    """Every ruling on an incident, or on a claim that it moves into it or out of it, by the field that it changes."""
    own = [one.seq for one in rulings if ids & {one.values.get("incident"), one.values.get("into")}]
    own += [one.seq for one in rulings if one.action in _OF_CLAIMS and one.claim in claims]
    about = with_withdrawals(own, rulings)
    became = {one.ruling.seq: one.state for one in fates(rulings)}
    by_number = {one.seq: one for one in rulings}
    past: list[Ruling] = []
    state = _state(ids, past)
    for one in (one for one in rulings if one.seq in about):
        past.append(one)
        after = _state(ids, past)
        changed = [field for field in {**state, **after} if state.get(field) != after.get(field)]
        what = f"{one.action} #{one.values['ruling']}" if one.action == Action.WITHDRAW else one.action
        fallback = "merged" if _first(one, by_number).action == Action.MERGE else "decided"
        for field in changed or [fallback]:
            told = after.get(field, "nothing") if field in changed else _told(one)
            before = state.get(field) if field in changed else None
            yield field, Step(one.seq, one.when, one.who, what, one.why, before, told, became[one.seq])
        state = after


def _first(one: Ruling, by_number: Mapping[int, Ruling]) -> Ruling:
    """The ruling that a chain of withdrawals begins with."""
    while one.action == Action.WITHDRAW and int(one.values["ruling"] or 0) in by_number:
        one = by_number[int(one.values["ruling"] or 0)]
    return one


def _state(ids: set[str], past: Sequence[Ruling]) -> dict[str, str]:
    """What rulings say of an incident's own fields, in words."""
    own = [one for one in standing(past) if one.claim is None and one.values.get("incident") in ids]
    grades = [str(one.values["grade"]) for one in own if one.action == Action.GRADE]
    fields = {"grade": grades[-1]} if grades else {}
    named = named_actors(own, ids)
    fields |= {
        f"actors: {column}": f"{named[column].name}, as said by {named[column].said_by}"
        for column in WHO
        if column in named
    }
    return fields | beside(one for one in own if one.action in BESIDE)


def _told(one: Ruling) -> str:
    if one.action == Action.MERGE:
        return f"{one.values['incident']} is one with {one.values['into']}"
    if one.action == Action.WITHDRAW:
        return f"ruling #{one.values['ruling']} no longer counts"
    given = " ".join(f"{key}={value}" for key, value in one.values.items() if key != "incident")
    return " ".join(filter(None, [one.action, one.claim, given]))
