"""How well the harm that an incident is said to have done is attested: Airwars' five grades, each with its reason.

Source: Airwars' website, the definitions beside its gradings, and its page "Methodology". Confirmed: a specific
belligerent has accepted responsibility for civilian harm. Fair: two or more credible sources, with likely or confirmed
near actions by a belligerent. Weak: a single source. Contested: competing claims of responsibility. Discounted: those
killed were combatants, or other parties most likely responsible.
Input: an incident's file, and who is held responsible by whom. Output: a `Grade`. "The Front claimed responsibility"
and "five villagers died, the Front said" is confirmed; a hospital's and a police's word alone is fair.
Assumed: whoever is named is credible; an incident of a violent kind had actions nearby; a party accepts harm where it
says that it did it and itself counts people hurt who do not fight. A second source is one that is known to speak for
itself (`apart`): not one without a name ("residents"), of a known common parent, a copy, a paper beside the police whom
it may have asked. That others "most likely" did it, nobody but a
person can tell: a ruling `grade` stands before all of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tollbook.findings import words
from tollbook.findings.apart import speak_apart
from tollbook.findings.cases import Counted
from tollbook.findings.concessions import accepting, conceded, party_of
from tollbook.findings.desk import Desk, File
from tollbook.findings.origins import Sources, name_key
from tollbook.model import GRADES, VIOLENT, Characterisation, Grade, GradeName, Incident, Ruling
from tollbook.rulings import standing

METHOD = "airwars-grades@1"
HARM = ("killed", "injured", "killed_or_injured")
FIGHTERS = ("soldiers", "militants")
_UNNAMED = ("anonymous", "witness")
# Kinds of which a phrase without a capital names nobody ("various media", "an activist"), as "police" does a body.
_BY_NAME = ("media", "person", "organisation", "document")


def grades_of(
    files: Iterable[File],
    incidents: Mapping[str, Incident],
    said: Mapping[str, Sequence[Characterisation]],
    rulings: Iterable[Ruling],
    desk: Desk,
) -> dict[str, Grade]:
    """The grade of each incident that has claims: a person's where there is one, else by the rule."""
    kept = standing(rulings)
    found = {}
    for file in files:
        known = incidents.get(file.incident)
        ruled = by_ruling(file.incident, known.aliases if known else (), kept)
        found[file.incident] = ruled or graded(file, said.get(file.incident, ()), desk.sources)
    return found


def graded(file: File, said: Iterable[Characterisation], sources: Sources | None) -> Grade:
    """The grade of an incident by the rule, with the claims it rests on; none where the method grades nothing."""
    harmed, fighters = harmed_in(file)
    ids = tuple(sorted({one.claim.id for one in harmed or fighters}))
    grade, why = _decided(file, harmed, fighters, list(said), sources)
    return Grade(file.incident, grade, why, METHOD, ids)


def _decided(
    file: File,
    harmed: Sequence[Counted],
    fighters: Sequence[Counted],
    said: Sequence[Characterisation],
    sources: Sources | None,
) -> tuple[GradeName | None, str]:
    if file.kind not in VIOLENT:
        return None, f"only attacks, clashes and other violence are graded, and this is said to be: {file.kind}"
    if not harmed:
        if fighters:
            return "discounted", f"those who are said to be hurt are fighters alone ({_names(fighters)})"
        return None, "nobody is said to have been hurt"
    accepted = accepting(said, sources)
    admitted = conceded(harmed, accepted)
    if admitted:
        return "confirmed", f"{_names(admitted)} says that it did it, and counts people hurt who do not fight"
    rivals = _rivals(said, sources)
    # Who names two as having done it together makes no rival claim.
    if len({tuple(by) for by in rivals.values()}) > 1:
        told = words.listed(f"{actor} ({words.listed(by)})" for actor, by in rivals.items())
        return "contested", f"several are held responsible: {told}"
    return _by_sources(harmed, [one.party for one in accepted.values()])


def _by_sources(harmed: Sequence[Counted], accepted: Sequence[str]) -> tuple[GradeName, str]:
    """Fair with two named sources that are known to speak each for itself, weak with fewer."""
    aside = f"; {words.listed(accepted)} claims it, but counts nobody hurt who does not fight" if accepted else ""
    named = [one for one in harmed if _is_named(one)]
    if speak_apart(one.voice for one in named if one.sure):
        return "fair", f"{_names(named)} say so, two at least each for itself{aside}"
    if len({one.voice.party for one in named}) > 1:
        return "weak", f"{_names(named)} say so, but no two are known to speak each for itself{aside}"
    if named:
        return "weak", f"one party alone says so: {_names(named)}{aside}"
    return "weak", f"no named source says so, only: {_names(harmed)}{aside}"


def harmed_in(file: File) -> tuple[list[Counted], list[Counted]]:
    """Figures of people hurt who are not all said to fight, and those of fighters; "no casualties" is neither."""
    counted = [
        one
        for (measure, unit), lists in sorted(file.sorted.items())
        if measure in HARM and unit == "person"
        for some in lists.counted.values()
        for one in some
        if one.claim.quantity.high != 0
    ]
    fighters = [one for one in counted if one.claim.group in FIGHTERS]
    whole = {one.claim.part_of: one.claim.quantity.low or 0 for one in fighters if one.claim.part_of}
    others = [one for one in counted if one.claim.group not in FIGHTERS and not _all_fight(one, whole)]
    return others, fighters


def conceded_in(file: File, said: Iterable[Characterisation], sources: Sources | None) -> dict[str, tuple[str, ...]]:
    """Claims of people hurt whose source says that it did it, each with the reports that have it say so."""
    accepts = accepting(said, sources)
    some = conceded(harmed_in(file)[0], accepts) if accepts else ()
    return {one.claim.id: accepts[name_key(one.voice.party)].reports for one in some}


def _all_fight(one: Counted, fighters: Mapping[str, float]) -> bool:
    """ "Five people, all of them soldiers" counts nobody else."""
    high = one.claim.quantity.high
    return high is not None and fighters.get(one.claim.id, 0) >= high


def _rivals(said: Iterable[Characterisation], sources: Sources | None) -> dict[str, list[str]]:
    """Who is held responsible, by whom; names that are spelt alike or lie in one another are one."""
    found: dict[str, list[str]] = {}
    for one in sorted(said, key=lambda one: (-len(one.value), one.value, one.report, one.span)):
        if one.kind != "responsibility" or one.modality != "asserted":
            continue
        actor = party_of(one.value, sources)
        by = one.attribution[0].source if one.attribution else f"report {one.report}"
        same = next((name for name in found if _words(actor) <= _words(name)), actor)
        found.setdefault(same, []).append(by)
    return {actor: sorted(set(by)) for actor, by in sorted(found.items())}


def _words(name: str) -> frozenset[str]:
    return frozenset(name_key(name).split())


def _is_named(one: Counted) -> bool:
    """True where the voice has a name: a body, an office, a person, an outlet; not "residents", not a bare report."""
    link = next((link for link in one.claim.attribution if link.kind != "anonymous"), None)
    if link is None or link.kind in _UNNAMED:
        return False
    return link.kind not in _BY_NAME or link.source != link.source.lower()


def _names(some: Sequence[Counted]) -> str:
    return words.listed(sorted({one.voice.name for one in some}))


# ---- by a person ----


def by_ruling(incident: str, names: Iterable[str], rulings: Iterable[Ruling]) -> Grade | None:
    """The grade that a person gave an incident, under any of its names; the later stands."""
    ids = {incident, *names}
    own = [one for one in rulings if one.action == "grade" and one.claim is None and one.values.get("incident") in ids]
    if not own:
        return None
    last = max(own, key=lambda one: one.seq)
    name = next((grade for grade in GRADES if grade == last.values.get("grade")), None)
    return Grade(incident, name, last.why, f"ruling {last.seq}")
