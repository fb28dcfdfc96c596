"""Where coders differ, as the page Quality shows it and its files tell it.

Input: the desk's samples, and who asks. Output: their claims compared, what was made of each in words and by whom, and
tables of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from tollbook.dossiers.formats.tables import Row, as_csv, columns
from tollbook.pipeline.desk import Desk
from tollbook.pipeline.desk.compared import Compared, agreements, compared
from tollbook.quality import FIELDS, Coding, Task
from tollbook.review.coding import item_of
from tollbook.review.queue_view import Seen, seen

_AGREED = columns("field scale units answers differ alpha low high why", "units answers differ alpha low high")
_CODED = columns(
    f"sample claim report measure said coder coded_at coding {' '.join(FIELDS)} note differ ruled", "ruled value"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that was made of a claim, and by whom: what a key makes a ruling of."""

    number: int
    words: str
    by: tuple[str, ...]
    coding: Coding


@dataclass(frozen=True, slots=True)
class Differ:
    """A claim on which coders differ, as the page shows it."""

    one: Compared
    seen: Seen | None
    choices: tuple[Choice, ...]


def chosen(desk: Desk, sample: str, who: str) -> tuple[Sequence[Task], list[Compared]]:
    """All samples, and the claims of the one asked for, or of all, as far as they are coded; without those that are in
    another sample too, which `who` still codes blind.
    """
    tasks, hidden = desk.blind.tasks(), desk.blind.hidden.claims(who)
    some = compared(desk.blind, [desk.blind.task(sample)] if sample else tasks)
    return tasks, [one for one in some if one.part.claim not in hidden]


def as_shown(one: Compared) -> Differ:
    """A claim with all that was made of it, in its sentence where it is still read."""
    shown = None
    if one.record is not None and one.claim is not None:
        shown = seen(item_of(one.record, one.claim))
    return Differ(one, shown, choices_of(one))


def choices_of(one: Compared) -> tuple[Choice, ...]:
    """Each different thing that was made of a claim, in the order of its coders."""
    made: dict[str, list[Coding]] = {}
    for coding in one.codings:
        made.setdefault(_words(coding), []).append(coding)
    return tuple(
        Choice(number, words, tuple(coding.who for coding in some), some[0])
        for number, (words, some) in enumerate(made.items(), 1)
    )


def _words(coding: Coding) -> str:
    """ "correct: value 13, place none"."""
    values = ", ".join(
        f"{name.replace('_', ' ')} {'none' if value is None else value}"
        for name, value in sorted(coding.values.items())
    )
    return f"{coding.action}: {values}" if values else coding.action


def agreed(some: Sequence[Compared]) -> list[Compared]:
    """Claims that all made the same of, and that nobody has ruled on since."""
    return [one for one in some if one.answers and not one.ruled and len(choices_of(one)) == 1]


def agreement_table(some: Sequence[Compared]) -> str:
    """Alpha by field, as CSV."""
    return as_csv(_AGREED, [asdict(one) for one in agreements(some)])


def codings_table(some: Sequence[Compared]) -> str:
    """Every coding of these claims, a row each, as CSV."""
    return as_csv(_CODED, _rows(some))


def _rows(some: Sequence[Compared]) -> Iterator[Row]:
    for one in some:
        for coding in one.codings:
            yield {
                "sample": one.task.id,
                "claim": one.part.claim,
                "report": one.claim.report if one.claim else None,
                "measure": one.part.measure,
                "said": one.part.said,
                "coder": coding.who,
                "coded_at": coding.when,
                "coding": _words(coding),
                **one.answers.get(coding.who, {}),
                "note": coding.note or None,
                "differ": " ".join(one.differ),
                "ruled": one.ruled or None,
            }
