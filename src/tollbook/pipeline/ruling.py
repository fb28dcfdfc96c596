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
from tollbook.model import Claim, Ruling, Span
from tollbook.pipeline.books import AsksAll, Book, WholeBook, asked
from tollbook.pipeline.linking import Linking
from tollbook.pipeline.project_folder import open_project, record
from tollbook.pipeline.showing import show_ruled
from tollbook.pipeline.withholding import Stretch, check_new, particulars
from tollbook.rulings import Action, Target, Value, check, corrected, decide, standing, withheld
from tollbook.rulings.corrections import check_corrected
from tollbook.store import Stamp, Unit


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
    try:
        draft = asked(folder, lambda book: _draft(book, target, action, values, why, by))
    except AsksAll:
        draft = _draft(WholeBook(record(folder)), target, action, values, why, by)
    with open_project(folder) as store, store.write() as unit:
        return _said_last(draft, unit.rulings()) or _put(draft, unit, folder)


def _put(draft: Ruling, unit: Unit, folder: Path) -> Ruling:
    """The ruling with its number; the incidents that it moves claims to or from are shown as it wants them."""
    made = unit.put_ruling(draft)
    linking = Linking(unit, folder, unit.reader())
    if unit.is_settled() and linking.is_linked():
        show_ruled(linking, unit, folder)
    return made


def _draft(book: Book, target: str, action: str, values: Mapping[str, Value], why: str, by: Stamp) -> Ruling:
    about = _find(book, target, action, values)
    known = check(action, values, about.kind, why)
    given = _checked(book, known, about, values)
    claim = about.claim
    draft = Ruling(
        0, known, by.who, by.when, " ".join(why.split()),
        claim.id if claim else None, about.text_sha256, about.span, claim.measure if claim else None, given, about.said,
    )  # fmt: skip
    if known is Action.CORRECT and claim:
        _check_fields(book, claim, draft)
    if known is Action.WITHHOLD and _said_last(draft, book.rulings) is None:
        check_new(book.rulings, draft)
    return draft


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


def _find(book: Book, target: str, action: str, values: Mapping[str, Value]) -> _About:
    if action == Action.WITHDRAW or target.startswith("#"):
        return _About("ruling", number=_ruling_number(book, target))
    stretch = book.stretch(target, values if action == Action.WITHHOLD else {})
    if stretch is not None:
        kind: Target = "report" if stretch.span is None else "span"
        return _About(kind, text_sha256=stretch.report.text_sha256, stretch=stretch)
    found = book.find(target, "claim, incident or report" if action == Action.WITHHOLD else "claim or incident")
    return _About("incident", incident=found) if isinstance(found, str) else _About("claim", found, book.text_of(found))


def _ruling_number(book: Book, target: str) -> int:
    number = int(target.removeprefix("#")) if target.removeprefix("#").isdecimal() else 0
    rulings = {ruling.seq: ruling for ruling in book.rulings}
    if number not in rulings:
        there = ", ".join(f"#{seq}" for seq in list(rulings)[-8:]) or "none"
        raise UsageError(f"no ruling '{target}'; there are: {there}", advice="write a ruling's number")
    return number


# ---- what it says ----


def _checked(book: Book, action: Action, about: _About, values: Mapping[str, Value]) -> dict[str, Value]:
    """The values as they go into the log, ids in full."""
    given = dict(values)
    if about.incident:
        given["incident"] = about.incident
    if about.number:
        given["ruling"] = about.number
    for name in ("incident", "into"):
        if name in values:
            given[name] = book.incident(str(values[name]))
    if action is Action.WITHHOLD:
        return _checked_withholding(book, about, given)
    if action is Action.UNMASK:
        _check_unmasked(book, str(values["name"]))
    if action is Action.MERGE and given["into"] == given["incident"]:
        raise UsageError("an incident can't be merged into itself")
    return given


def _check_unmasked(book: Book, name: str) -> None:
    """A name to be shown must occur, and must not be withheld: that is the stronger."""
    book.check_name(name)
    for one in withheld(book.rulings):
        if one.kind == "name" and keys_of(str(one.content["name"])) == keys_of(name):
            raise UsageError(f"'{name}' is withheld by ruling #{one.number}", advice="withdraw that one first")


def _checked_withholding(book: Book, about: _About, given: dict[str, Value]) -> dict[str, Value]:
    """A name that occurs, or a report with what it is known by, or words; words are of a report, and no name."""
    name = given.get("name")
    if name is not None:
        if "words" in given:
            raise UsageError("'withhold' takes either words or a name", advice="make two rulings")
        book.check_name(str(name))
        where = {"report": about.stretch.report.id} if about.stretch else {}
        return {**where, **given, "name": " ".join(str(name).split())}
    if "name" in given or ("words" in given and about.stretch is None):
        raise UsageError("'words' are of a report" if "words" in given else "'name' can't be empty")
    if about.kind == "incident":
        raise UsageError("an incident can't be withheld", advice="withhold its reports, its claims, or name=…")
    if about.stretch is None:
        return {}
    return {"report": about.stretch.report.id} if about.span else particulars(about.stretch.report)


def _check_fields(book: Book, claim: Claim, draft: Ruling) -> None:
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
    earlier = [one for one in standing(book.rulings) if one.claim == claim.id]
    last = replace(draft, seq=max((one.seq for one in earlier), default=0) + 1)
    check_corrected(corrected(claim, decide([*earlier, last]).changes), values)
