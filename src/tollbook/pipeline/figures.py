"""One figure of a record, explained: what each rule set makes of it, and the exact words it rests on. Pure.

Input: a record, and a figure as a person names it: "killed", "killed/children", "3fa1/killed/all/person" or the id of a
claim. Output: an `Explanation`: the findings with their derivations, and each claim's words in their sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tollbook.errors import UsageError
from tollbook.model import Claim, Finding, Incident, Record, Report, Ruling, Span

# Shorter beginnings of an id are too easily a slip of the hand.
_SHORTEST = 4
# Words on each side where a reader marked no sentence: enough to read on, in code points.
_AROUND = 120


@dataclass(frozen=True, slots=True)
class Figure:
    """What is counted, and of which incident: the key of findings, whatever the rule set."""

    incident: str
    measure: str
    group: str
    unit: str

    def __str__(self) -> str:
        return "/".join((self.incident, self.measure, self.group, self.unit))

    def is_of(self, one: Finding | Claim) -> bool:
        return (one.incident, one.measure, one.group, one.unit) == (self.incident, self.measure, self.group, self.unit)


@dataclass(frozen=True, slots=True)
class Quote:
    """A claim in its sentence: `before + words + after` stands in the report exactly so; `fate` says what became of it.

    Names are as the report has them: mask before you publish.
    """

    claim: Claim
    report: Report
    before: str
    words: str
    after: str
    fate: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure with one finding for each rule set, the quotes it rests on or sets aside, and the rulings on these."""

    figure: Figure
    incident: Incident
    findings: tuple[Finding, ...]
    quotes: tuple[Quote, ...]
    rulings: tuple[Ruling, ...]


def find_id(given: str, ids: Collection[str], what: str) -> str:
    """The one id that is `given` or begins with it; UsageError where there is none, or more than one."""
    if given in ids:
        return given
    close = sorted(one for one in ids if len(given) >= _SHORTEST and one.startswith(given))
    if len(close) == 1:
        return close[0]
    if close:
        raise UsageError(f"'{given}' begins {len(close)} ids: {', '.join(close[:5])}", advice="write more of it")
    raise UsageError(f"no {what} '{given}'", advice="'tollbook show --json' lists them")


def find_incident(record: Record, given: str | None) -> Incident:
    """The incident of that id, alias, beginning of an id, or name; without one, the only one there is."""
    if given is None:
        if len(record.incidents) == 1:
            return record.incidents[0]
        raise UsageError(f"there are {len(record.incidents)} incidents", advice="say which one")
    by_name = [one for one in record.incidents if one.name.casefold() == given.casefold()]
    if len(by_name) == 1:
        return by_name[0]
    names = {name: one for one in record.incidents for name in (one.id, *one.aliases)}
    return names[find_id(given, names, "incident")]


def find_figure(record: Record, given: str) -> Figure:
    """The figure that `given` names: [INCIDENT/]MEASURE[/GROUP[/UNIT]] or a claim's id.

    Where the incident is left out there must be one only with such a figure; raises UsageError with the choices.
    """
    figures = list(dict.fromkeys(Figure(one.incident, one.measure, one.group, one.unit) for one in record.findings))
    claims = {claim.id: claim for claim in record.claims if claim.incident}
    if "/" not in given and given not in {one.measure for one in figures}:
        claim = claims[find_id(given, claims, "figure or claim")]
        return Figure(claim.incident or "", claim.measure, claim.group, claim.unit)
    parts = given.split("/")
    if parts[0] not in {one.measure for one in figures}:
        incident = find_incident(record, parts.pop(0))
        figures = [one for one in figures if one.incident == incident.id]
    wanted = dict(zip(("measure", "group", "unit"), parts, strict=False))
    found = [one for one in figures if all(getattr(one, name) == value for name, value in wanted.items())]
    # "killed" alone means all who were killed, where that is a figure of its own.
    whole = [one for one in found if one.group == "all"] if "group" not in wanted else found
    chosen = whole if len(whole) == 1 else found
    if len(chosen) == 1:
        return chosen[0]
    if not chosen:
        raise UsageError(f"no figure '{given}'; there are: {_some(figures)}")
    raise UsageError(f"'{given}' names {len(chosen)} figures: {_some(chosen)}", advice="write more of it")


def _some(figures: Sequence[Figure]) -> str:
    shown = ", ".join(str(one) for one in figures[:6])
    return f"{shown} and {len(figures) - 6} more" if len(figures) > 6 else shown or "none"


def explain(record: Record, given: str) -> Explanation:
    """All that a figure rests on; see `find_figure` for how a figure is named."""
    figure = find_figure(record, given)
    findings = tuple(one for one in record.findings if figure.is_of(one))
    fates = _fates(findings)
    own = [claim for claim in record.claims if claim.id in fates or figure.is_of(claim)]
    texts = {report.id: report for report in record.reports}
    sentences = {reading.report: reading.sentences for reading in record.readings}
    quotes = [
        _quote(claim, texts[claim.report], sentences.get(claim.report, ()), fates.get(claim.id, "not used"))
        for claim in sorted(own, key=lambda claim: (texts[claim.report].published or "", claim.report, claim.span))
    ]
    ids = {claim.id for claim in own}
    rulings = tuple(one for one in record.rulings if one.claim in ids)
    incident = next(one for one in record.incidents if one.id == figure.incident)
    return Explanation(figure, incident, findings, tuple(quotes), rulings)


def _fates(findings: Iterable[Finding]) -> dict[str, str]:
    """What became of each claim that a finding names; to support one counts more than to be set aside by another."""
    fates: dict[str, str] = {}
    for finding in findings:
        fates.update({one.claim: f"set aside: {one.why}" for one in finding.set_aside if one.claim not in fates})
    for finding in findings:
        fates.update(dict.fromkeys(finding.supports, "supports"))
    return fates


def _quote(claim: Claim, report: Report, sentences: Sequence[Span], fate: str) -> Quote:
    text = (report.title or "") if claim.span.part == "title" else report.text
    around = next((one for one in sentences if one.covers(claim.span)), None)
    start = around.start if around else max(0, claim.span.start - _AROUND)
    end = around.end if around else min(len(text), claim.span.end + _AROUND)
    if claim.span.part == "title":
        start, end = 0, len(text)
    return Quote(claim, report, text[start : claim.span.start], claim.span.of(text), text[claim.span.end : end], fate)
