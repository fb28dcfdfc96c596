"""A claim by hand is checked before it enters the log: its words, what they are said to mean, where it belongs.

Input: the report and the words of it, and the values given. Output: the values as they go into the log, or one clear
line. Nothing is guessed here: words that a reader's claim has already are corrected there, and an incident is named,
unless the report tells of one only.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence

from tollbook.errors import UsageError
from tollbook.lexicon import load_taxonomy
from tollbook.model import Claim, Ruling
from tollbook.pipeline.regroup import NEW
from tollbook.pipeline.withholding import Stretch
from tollbook.rulings import Value, claim_of_words, id_of
from tollbook.rulings.corrections import check_corrected

# Where the words are; the log has them as span and words.
WHERE = frozenset({"words", "start", "end", "part"})
# As many incidents as a message lists.
_LISTED = 6


def check_words(stretch: Stretch | None, target: str, values: Mapping[str, Value]) -> Stretch:
    """The words of a report; raises UsageError where none are named, or others than are given stand there."""
    if stretch is None:
        raise UsageError(f"no report '{target}'", advice="'claim' is about words of a report; write its id")
    if stretch.span is None:
        raise UsageError("'claim' needs the words that say it", what=stretch.report.id, advice='write words="…"')
    if "start" not in values and "words" in values and _plain(str(values["words"])) != _plain(stretch.said or ""):
        raise UsageError(
            f"there stands “{stretch.said}”, not “{values['words']}”",
            what=stretch.report.id,
            advice="mark the words again",
        )
    if not (stretch.said or "").strip():
        raise UsageError("these are no words, only blanks", what=stretch.report.id, advice="mark the words that say it")
    return stretch


def check_fields(action: str, values: Mapping[str, Value]) -> None:
    """A measure must be known, or no figure would be made of the claim; a group that nobody knows is kept as stated,
    unless it looks like a slip in one that is known.
    """
    measures, groups = (*load_taxonomy().measures, "other"), load_taxonomy().within
    group = str(values.get("group") or "")
    close = difflib.get_close_matches(group, groups, n=1, cutoff=0.8)
    if group not in groups and close:
        raise UsageError(f"no group '{group}'", advice=f"did you mean '{close[0]}'?")
    if values.get("measure") is not None and values["measure"] not in measures:
        near = difflib.get_close_matches(str(values["measure"]), measures, n=1)
        raise UsageError(
            f"no measure '{values['measure']}'; there are: {', '.join(measures)}",
            advice=f"did you mean '{near[0]}'?" if near else None,
        )
    if "chain" in values and {"source", "source_kind"} & values.keys():
        raise UsageError(f"'{action}' takes either the whole chain or its source", advice="leave one out")


def check_claim(draft: Ruling, stretch: Stretch, claims: Collection[Claim]) -> None:
    """The claim must be possible, and none that is there already; `claims` are those of its report."""
    check_corrected(claim_of_words(draft, stretch.report), draft.values)
    group = draft.values.get("group") or "all"
    for one in claims:
        over = one.measure == draft.measure and draft.span is not None and one.span.overlaps(draft.span)
        if one.id == id_of(draft) or (over and one.group == group):
            raise UsageError(
                f"claim {one.id} reads these words as {one.measure} already: “{one.said}”",
                what=stretch.report.id,
                advice=f"correct that one: tollbook rule {one.id[:8]} correct …",
            )


def check_tie(claim: Claim, other: Claim) -> None:
    """A row of a spreadsheet is tied to a claim of a report, of the same measure, group and unit."""
    if not claim.is_of_sheet:
        raise UsageError(f"claim {claim.id} is of a report, no row of a spreadsheet", advice="reject it, or link it")
    if other.is_of_sheet:
        raise UsageError(f"claim {other.id} is itself a row of a spreadsheet", advice="tie both to words of a report")
    one, two = ((each.measure, each.group, each.unit) for each in (claim, other))
    if one != two:
        raise UsageError(
            f"the row counts {', '.join(one)}, claim {other.id} {', '.join(two)}", advice="correct one of them first"
        )


def incident_of(stretch: Stretch, claims: Sequence[Claim]) -> str:
    """The only incident that a report tells of; raises UsageError with the choices where there is another number."""
    there = sorted({one.incident for one in claims if one.incident is not None})
    if len(there) == 1:
        return there[0]
    told = f"{len(there)} incidents: {', '.join(there[:_LISTED])}" if there else "no incident yet"
    raise UsageError(
        f"the report tells of {told}",
        what=stretch.report.id,
        advice=f"say where the claim belongs: incident=ID, or incident={NEW} for one of its own",
    )


def _plain(words: str) -> str:
    return " ".join(words.split())
