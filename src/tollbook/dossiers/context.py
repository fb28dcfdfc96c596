"""What every page of a dossier looks up: reports, claims and rulings by id, public numbers in place of ids.

Input: a record and its masker. Output: a `Context`. Worked: the report of file "2019/orsa-lindal.txt" is "R3" on every
page and in every export, its claim "c12", and both of them wherever a derivation names their ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace

from tollbook.dossiers.decided import taken
from tollbook.dossiers.enrolling import in_order
from tollbook.dossiers.figures import day, days, remarks, sign, stated
from tollbook.dossiers.masking import Masker
from tollbook.dossiers.quotes import Quotes
from tollbook.dossiers.refs import Refs, key_of
from tollbook.dossiers.sources import KIND_WORDS, Sources
from tollbook.dossiers.value import Entry, Judgement, Origin, Reference
from tollbook.dossiers.veil import Veil
from tollbook.model import Characterisation, Claim, Finding, Grade, Placement, Record, Report, Ruling, Source
from tollbook.rulings import Action, Staged, Verdict, fates, stages, standing, with_withdrawals
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Context:
    """Lookups over one record."""

    record: Record
    masker: Masker
    sources: Sources
    salt: bytes | None
    reports: Mapping[str, Report]
    placements: Mapping[str, Placement]
    quotes: Quotes
    report_refs: Mapping[str, str]
    claim_refs: Mapping[tuple[str, str], str]
    findings: Mapping[str, Sequence[Finding]]
    rulings: Mapping[str, Sequence[Ruling]]
    leads: Mapping[str, str] = field(default_factory=dict)
    claims: Mapping[str, Sequence[Claim]] = field(default_factory=dict)
    standing: Sequence[Ruling] = ()
    members: Mapping[str, Sequence[Claim]] = field(default_factory=dict)
    labels: Mapping[str, Sequence[Characterisation]] = field(default_factory=dict)
    told: dict[str, Reference] = field(default_factory=dict)
    refs: Refs = field(default_factory=lambda: Refs.of({}, {}))
    coders: Sequence[str] = ()
    grades: Mapping[str, Grade] = field(default_factory=dict)
    veil: Veil = field(default_factory=Veil)
    shown: dict[str, str] = field(default_factory=dict)
    taken: Mapping[int, str] = field(default_factory=dict)
    unsaid: frozenset[int] = frozenset()
    staged: Mapping[str, Staged] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        record: Record,
        masker: Masker,
        sources: Sources,
        salt: bytes | None,
        veil: Veil | None = None,
        quoted: bool = True,
    ) -> Context:
        """Numbers reports by day of publication and claims by their place in them; `quoted` is that of `build`."""
        ordered = in_order(record.reports)
        report_refs = {report.id: f"R{index}" for index, report in enumerate(ordered, 1)}
        rank = {report.id: index for index, report in enumerate(ordered)}
        claims = sorted(record.claims, key=lambda c: (rank[c.report], c.span.part, c.span.start, c.span.end, c.measure))
        by_id: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            by_id[claim.id].append(claim)
        findings: dict[str, list[Finding]] = defaultdict(list)
        for finding in record.findings:
            findings[finding.incident].append(finding)
        rulings: dict[str, list[Ruling]] = defaultdict(list)
        for ruling in record.rulings:
            rulings[bound_to(ruling)].append(ruling)
        members: dict[str, list[Claim]] = defaultdict(list)
        for claim in record.claims:
            members[claim.incident or ""].append(claim)
        labels: dict[str, list[Characterisation]] = defaultdict(list)
        for one in record.characterisations:
            labels[one.incident or ""].append(one)
        return cls(
            record, masker, sources, salt,
            {report.id: report for report in record.reports},
            {placement.report: placement for placement in record.placements},
            Quotes(
                masker, veil or Veil(), {one.report: sorted(one.sentences) for one in record.readings}, quoted
            ),
            report_refs,
            {(claim.report, claim.id): f"c{index}" for index, claim in enumerate(claims, 1)},
            findings,
            rulings,
            _leads(record.placements, rank),
            by_id,
            standing=standing(record.rulings),
            members=members,
            labels=labels,
            refs=Refs.of({claim.id: f"c{index}" for index, claim in enumerate(claims, 1)}, report_refs),
            coders=sorted({ruling.who for ruling in record.rulings if ruling.who}, key=lambda who: (-len(who), who)),
            grades={one.incident: one for one in record.grades},
            veil=veil or Veil(),
            taken={one.ruling.seq: taken(one) for one in fates(record.rulings) if one.withdrawn},
            unsaid=_unsaid(record, veil or Veil()),
            staged=stages(replace(one, claim=bound_to(one) or None) for one in record.rulings),
        )  # fmt: skip

    def key(self, *parts: str) -> str:
        """An id that is the same at every build and tells nothing: one of the record's under the project's secret."""
        return "" if self.salt is None else key_of(self.salt, *parts)

    # ---- entries ----

    def entry(self, claim: Claim, copies: Sequence[Claim] = ()) -> Entry:
        """A claim as shown, with the copies that are folded into it."""
        report = self.reports[claim.report]
        ids = {claim.id, *(copy.id for copy in copies)}
        self.shown.update(dict.fromkeys(ids, self.claim_refs[claim.report, claim.id]))
        clear = self.quotes.is_clear(report)
        staged = self.staged.get(claim.id, Staged())
        return Entry(
            ref=self.claim_refs[claim.report, claim.id],
            report=self.report_refs[claim.report],
            start=claim.span.start if clear else None,
            end=claim.span.end if clear else None,
            part=claim.span.part,
            words=self.quotes.words(report, claim.span),
            measure=claim.measure,
            group=claim.group,
            unit=self.masker.text(claim.unit),
            quantity=claim.quantity,
            figure=self.masker.text(sign(claim.quantity)),
            stated=self.masker.text(stated(claim.quantity)),
            modality=claim.modality,
            basis=claim.basis,
            affiliation=self.masker.text(claim.affiliation) or None,
            chain=tuple(map(self.origin, claim.attribution)),
            date=days(claim.date),
            as_of=day(claim.as_of),
            place=self.masker.place(claim.place),
            published=day(report.published_date),
            copies=tuple(dict.fromkeys(self.report_refs[c.report] for c in copies if c.report != claim.report)),
            judgements=self._judgements(claim, ids),
            conflicts=self._conflicts(claim, ids),
            remarks=tuple(map(self.masker.text, remarks(claim))),
            rulings=tuple(
                self.ruling(ruling)
                for one in sorted(ids - self.veil.claims.keys())
                for ruling in self.rulings.get(one, ())
                if ruling.action != Action.WITHHOLD
            ),
            dates=claim.date,
            as_of_day=claim.as_of,
            key=self.key("claim", claim.report, claim.id),
            stage=staged.stage,
            decision="" if staged.verdict is Verdict.OPEN else str(staged.verdict),
        )

    def entries_of(self, claims: Iterable[str]) -> tuple[str, ...]:
        """The refs of the entries that show some claims, copies in the entry of what they copy; in order."""
        return tuple(sorted({self.shown[one] for one in claims if one in self.shown}, key=lambda ref: int(ref[1:])))

    def origin(self, source: Source) -> Origin:
        return Origin(self.masker.name(source), KIND_WORDS[source.kind], self.masker.text(source.cue) or None)

    def _judgements(self, claim: Claim, ids: set[str]) -> tuple[Judgement, ...]:
        found = []
        for finding in self.findings.get(claim.incident or "", ()):
            if (finding.measure, finding.group, finding.unit) != (claim.measure, claim.group, claim.unit):
                continue
            aside = [self.said(one.why) for one in finding.set_aside if one.claim in ids]
            if ids & set(finding.supports):
                found.append(Judgement(finding.rules, "supports"))
            elif aside:
                found.append(Judgement(finding.rules, "set aside", aside[0]))
            else:
                found.append(Judgement(finding.rules, "not used"))
        return tuple(found)

    def _conflicts(self, claim: Claim, ids: set[str]) -> tuple[str, ...]:
        """The rule sets by which a claim conflicts: a conflict names it, or it stands and says what one named says."""
        found = []
        for finding in self.findings.get(claim.incident or "", ()):
            clashing = {one for conflict in finding.conflicts for one in conflict}
            same = (finding.measure, finding.group, finding.unit) == (claim.measure, claim.group, claim.unit)
            stands = same and ids & set(finding.supports)
            if ids & clashing or (stands and any(self._equal(claim, one) for one in sorted(clashing))):
                found.append(finding.rules)
        return tuple(dict.fromkeys(found))

    def _equal(self, claim: Claim, other: str) -> bool:
        """True where another claim counts the same and gives the same interval."""
        return any(
            (one.measure, one.group, one.unit) == (claim.measure, claim.group, claim.unit)
            and (one.quantity.low, one.quantity.high) == (claim.quantity.low, claim.quantity.high)
            for one in self.claims.get(other, ())
        )

    # ---- what people and rule sets say ----

    def said(self, text: str) -> str:
        """A sentence of a rule set or a person: names masked, ids replaced by public numbers."""
        for who in self.coders:
            text = text.replace(f"by {who}", "by a person")
        return self.masker.text(self.refs.numbered(text))

    def ruling(self, ruling: Ruling) -> str:
        """A ruling in words, without who made it: coders are private persons too.

        Of one that withholds, the reason alone is told; of one on what is withheld, not even that.
        """
        if ruling.seq in self.unsaid:
            return ruling.action
        state = self.taken.get(ruling.seq, "")
        if ruling.action == Action.WITHHOLD:
            return self.said(f"{ruling.action}: {ruling.why}{state}")
        hidden = {"name", "into"} if ruling.claim else {"name", "incident", "into"}
        values = ", ".join(f"{name} {value}" for name, value in sorted(ruling.values.items()) if name not in hidden)
        given = f" ({values})" if values else ""
        return self.said(
            f"{ruling.action}{given}: {ruling.why}{state}" if ruling.why else f"{ruling.action}{given}{state}"
        )

    def why(self, ruling: Ruling) -> tuple[str, str]:
        """Its reason, and when and why it was taken back; both empty where nothing of it may be told."""
        told = () if ruling.seq in self.unsaid else (ruling.why, self.taken.get(ruling.seq, "")[2:-1])
        return (self.said(told[0]), self.said(told[1])) if told else ("", "")

    def about(self, ruling: Ruling) -> str:
        """The ref of the entry that a ruling is about, empty where it is about none."""
        return self.shown.get(bound_to(ruling), "")

    def loose(self) -> tuple[Entry, ...]:
        """Claims that belong to no incident, in order."""
        known = {incident.id for incident in self.record.incidents}
        some = [claim for claim in self.record.claims if claim.incident not in known]
        return tuple(sorted(map(self.entry, some), key=lambda entry: int(entry.ref[1:])))


def _leads(placements: Iterable[Placement], rank: Mapping[str, int]) -> dict[str, str]:
    """The first report of each family of near-copies: the earliest that is no copy of another."""
    leads: dict[str, str] = {}
    for one in sorted(
        (p for p in placements if p.report in rank), key=lambda p: (p.copy_of is not None, rank[p.report])
    ):
        if one.family is not None:
            leads.setdefault(one.family, one.report)
    return leads


def bound_to(ruling: Ruling) -> str:
    """The id of the claim that a ruling is about, empty where it is about none."""
    if ruling.claim or not (ruling.text_sha256 and ruling.span and ruling.measure):
        return ruling.claim or ""
    return Claim.id_of(ruling.text_sha256, ruling.span, ruling.measure)


def _unsaid(record: Record, veil: Veil) -> frozenset[int]:
    """The rulings on claims of which something is withheld, and those that take one of these back."""
    own = (one.seq for one in record.rulings if bound_to(one) in veil.claims and one.action != Action.WITHHOLD)
    return with_withdrawals(own, record.rulings) if veil.claims else frozenset()
