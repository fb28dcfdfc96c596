"""One figure of a record, explained: what each rule set makes of it, and the exact words it rests on. Pure.

Input: a record, and a figure found in it (`lookup`). Output: an `Explanation`: the findings with their derivations, and
each claim's words in their sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace

from tollbook.model import Claim, Finding, Incident, Record, Report, Ruling, Span
from tollbook.pipeline.history import changes
from tollbook.pipeline.lookup import Figure
from tollbook.rulings import with_withdrawals
from tollbook.values import dataclass

# Words on each side where a reader marked no sentence: enough to read on, in code points.
_AROUND = 120


@dataclass(frozen=True, slots=True)
class Quote:
    """A claim in its sentence: `before + words + after` stands in the report exactly so; `fate` says what became of it.

    `ruled` are the fields that rulings make otherwise than they were read: field → as read, as it counts. Names are as
    the report has them: mask before you publish.
    """

    claim: Claim
    report: Report
    before: str
    words: str
    after: str
    fate: str
    ruled: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure with one finding for each rule set, the quotes it rests on or sets aside, and the rulings on these."""

    figure: Figure
    incident: Incident
    findings: tuple[Finding, ...]
    quotes: tuple[Quote, ...]
    rulings: tuple[Ruling, ...]


def explain(record: Record, figure: Figure) -> Explanation:
    """All that a figure rests on."""
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
    about = with_withdrawals((one.seq for one in record.rulings if one.claim in ids), record.rulings)
    rulings = tuple(one for one in record.rulings if one.seq in about)
    incident = next(one for one in record.incidents if one.id == figure.incident)
    told = tuple(replace(quote, ruled=changes(quote.claim, rulings)) for quote in quotes)
    return Explanation(figure, incident, findings, told, rulings)


def _fates(findings: Iterable[Finding]) -> dict[str, str]:
    """What became of each claim that a finding names; to support one counts more than to be set aside by another."""
    fates: dict[str, str] = {}
    for finding in findings:
        fates.update({one.claim: f"set aside: {one.why}" for one in finding.set_aside if one.claim not in fates})
    for finding in findings:
        fates.update(dict.fromkeys(finding.supports, "supports"))
    return fates


def _quote(claim: Claim, report: Report, sentences: Sequence[Span], fate: str) -> Quote:
    return Quote(claim, report, *quote(claim, report, sentences), fate)


def quote(claim: Claim, report: Report, sentences: Sequence[Span]) -> tuple[str, str, str]:
    """A claim's words in their sentence: what stands before them, they, and what stands behind."""
    text = (report.title or "") if claim.span.part == "title" else report.text
    around = next((one for one in sentences if one.covers(claim.span)), None)
    start = around.start if around else max(0, claim.span.start - _AROUND)
    end = around.end if around else min(len(text), claim.span.end + _AROUND)
    if claim.span.part == "title":
        start, end = 0, len(text)
    return text[start : claim.span.start], claim.span.of(text), text[claim.span.end : end]
