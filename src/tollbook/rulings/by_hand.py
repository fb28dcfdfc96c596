"""Claims that people made by hand, of words that no reader found. Pure.

Input: the `claim` rulings that stand, what readers found, and the reports. Output: a `Claim` each, by the id that these
words and this measure have for every reader. Worked: "قتل ١٢ شخصا" in a report that nobody reads is killed, 12, since
Ann says so; when a newer reader finds killed in these words, its claim is that claim, with what Ann said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

from tollbook.errors import UsageError
from tollbook.model import Bound, Claim, Quantity, Report, Ruling, Source
from tollbook.rulings.actions import Action
from tollbook.rulings.corrections import corrected
from tollbook.rulings.decisions import standing, stated

# The reader of a claim that a person found.
HAND = "hand"
_UNSAID = Quantity(None, None, None, Bound.EXACT)


def id_of(ruling: Ruling) -> str:
    """The id of the claim that a ruling is about, when it was made; empty where it is about none."""
    if ruling.text_sha256 and ruling.span and ruling.measure:
        return Claim.id_of(ruling.text_sha256, ruling.span, ruling.measure)
    return ruling.claim or ""


def group_of(ruling: Ruling) -> str:
    """Who is counted by the claim that a `claim` ruling makes."""
    return str(ruling.values.get("group") or "all")


def claim_of_words(ruling: Ruling, report: Report) -> Claim:
    """The claim that a `claim` ruling makes of a report's words; it belongs to no incident yet.

    What isn't given is as for words that say no more: all people, its own toll, asserted, said by the publisher,
    counted up to the day of publication. Raises UsageError where a value does not fit its field.
    """
    if ruling.span is None or ruling.said is None:
        raise UsageError("a claim needs the words that say it", advice="write words=…")
    fields = {name: value for name, value in stated(ruling).items() if name != "measure"}
    if fields.get("bound") != Bound.NONE and {"value", "low", "high"}.isdisjoint(fields):
        raise UsageError("a claim needs its figure", advice="write value=…, or low=… high=…")
    publisher = (Source(report.publisher, "publisher"),) if report.publisher else ()
    plain = Claim(
        id_of(ruling), report.id, ruling.span, ruling.said, ruling.measure or "", "all", "person", _UNSAID,
        attribution=publisher, as_of=report.published_date, confidence=1.0, reader=HAND,
    )  # fmt: skip
    made = corrected(plain, fields)
    wires = () if "chain" in fields or fields.get("source", "") is None else report.origins
    return replace(made, attribution=_with_wires(made.attribution, wires))


def _with_wires(chain: Sequence[Source], wires: Iterable[str]) -> tuple[Source, ...]:
    """A chain with the wires that the report credits, behind who is named and before the publisher; each name once."""
    named = [link for link in chain if link.kind != "publisher"]
    links = (*named, *(Source(wire, "media") for wire in wires), *(link for link in chain if link.kind == "publisher"))
    first = {link.source.lower(): link for link in reversed(links)}
    return tuple(link for link in links if first[link.source.lower()] is link)


def by_hand(rulings: Iterable[Ruling], found: Iterable[Claim], reports: Iterable[Report]) -> tuple[Claim, ...]:
    """The claims made by hand that no reader finds, in the order of report and words.

    A report whose words are others now (another title came to the same text) has none of them.
    """
    made = [one for one in standing(rulings) if one.action == Action.CLAIM and one.span is not None]
    if not made:
        return ()
    texts: dict[str, list[Ruling]] = {}
    for one in made:
        texts.setdefault(one.text_sha256 or "", []).append(one)
    own = [report for report in reports if report.text_sha256 in texts]
    read: dict[str, list[Claim]] = {report.id: [] for report in own}
    for claim in found:
        if claim.report in read:
            read[claim.report].append(claim)
    claims: dict[tuple[str, str], Claim] = {}
    for report in own:
        for one in texts[report.text_sha256]:
            if said_as(one, report) and taken_by(one, read[report.id]) is None:
                with suppress(UsageError):  # only where the log is of another hand: its ruling is loose
                    claims[report.id, id_of(one)] = claim_of_words(one, report)  # the later ruling stands
    return tuple(sorted(claims.values(), key=lambda claim: (claim.report, claim.span, claim.measure)))


def with_hand(rulings: Iterable[Ruling], found: Iterable[Claim], reports: Iterable[Report]) -> tuple[Claim, ...]:
    """What readers found, and behind it the claims made by hand."""
    read = tuple(found)
    return (*read, *by_hand(rulings, read, reports))


def said_as(ruling: Ruling, report: Report) -> bool:
    """True where the words ruled on still stand where they stood."""
    span = ruling.span
    whole = (report.title or "") if span is not None and span.part == "title" else report.text
    return span is not None and span.end <= len(whole) and span.of(whole) == ruling.said


def taken_by(ruling: Ruling, of_text: Sequence[Claim]) -> str | None:
    """The claim that a reader makes of the words of a `claim` ruling: the same, else the only one of the same group."""
    if ruling.span is None:
        return None
    read = [claim for claim in of_text if claim.reader != HAND and claim.measure == ruling.measure]
    if any(claim.id == id_of(ruling) for claim in read):
        return id_of(ruling)
    near = {claim.id for claim in read if claim.group == group_of(ruling) and claim.span.overlaps(ruling.span)}
    return near.pop() if len(near) == 1 else None
