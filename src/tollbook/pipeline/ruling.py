"""A person's decision enters the log: what it is about is found, its values are checked, then it is one event.

Input: the project, an action, what it is about ("c41f…", an incident's id, "#12" for a ruling) and values. Output: the
`Ruling` with its number. `rule(folder, "41f0", "correct", {"value": 12}, why, by)` needs only as much of an id as
no other shares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tollbook.dossiers.cues import keys_of
from tollbook.errors import UsageError
from tollbook.model import Claim, Ruling, Span
from tollbook.pipeline.books import AsksAll, Book, WholeBook, asked
from tollbook.pipeline.claiming import WHERE, check_claim, check_fields, check_tie, check_words, incident_of
from tollbook.pipeline.linking import Linking
from tollbook.pipeline.project_folder import open_project, record
from tollbook.pipeline.regroup import NEW
from tollbook.pipeline.showing import show_ruled
from tollbook.pipeline.withholding import Stretch, check_new, particulars
from tollbook.rulings import (
    Action,
    Stage,
    Target,
    Value,
    check,
    corrected,
    decide,
    id_of,
    is_coder,
    stage_of,
    standing,
    tie_values,
    with_withdrawals,
    withheld,
)
from tollbook.rulings.corrections import check_corrected
from tollbook.store import Stamp, Unit
from tollbook.values import dataclass

# What is published, or under which name, is checked against all that was ruled of that kind.
_VEILS = frozenset({Action.WITHHOLD, Action.UNMASK})


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


def rule(
    folder: Path,
    target: str,
    action: str,
    values: Mapping[str, Value],
    why: str,
    by: Stamp,
    key: str = "",
    check: Callable[[Ruling, Unit], None] = lambda draft, unit: None,
) -> Ruling:
    """Log a decision and return it; the very same one, made again by the same person, is one event.

    `key` is the sender's own name of it, which the log keeps; `check` is asked before it is written, in the same
    transaction.

    Raises UsageError where the target is not there, the action does not fit it, or a value does not fit its field;
    nothing is logged then, nor where `check` raises.
    """
    while True:
        with open_project(folder) as store, store.read() as unit:
            known = unit.last("ruling")
        draft = _asked(folder, target, action, values, why, by)
        with open_project(folder) as store, store.write() as unit:
            if any(_meet(draft, one) for one in unit.rulings(after=known)):
                continue  # somebody was quicker: what was checked may be otherwise now
            check(draft, unit)
            return said_last(draft, unit.rulings()) or _put(draft, unit, folder, key)


def _asked(folder: Path, target: str, action: str, values: Mapping[str, Value], why: str, by: Stamp) -> Ruling:
    try:
        return asked(folder, lambda book: draft_of(book, target, action, values, why, by))
    except AsksAll:
        return draft_of(WholeBook(record(folder)), target, action, values, why, by)


def _meet(draft: Ruling, one: Ruling) -> bool:
    """True where a ruling may change what another was checked against: of the same text, or both on what is shown."""
    if one.action in _VEILS and draft.action in _VEILS:
        return True
    return one.action == Action.WITHDRAW or (one.text_sha256 is not None and one.text_sha256 == draft.text_sha256)


def _put(draft: Ruling, unit: Unit, folder: Path, key: str = "") -> Ruling:
    """The ruling with its number; the incidents that it moves claims to or from are shown as it wants them."""
    made = unit.put_ruling(draft, key)
    linking = Linking(unit, folder, unit.reader())
    if unit.is_settled() and linking.is_linked():
        show_ruled(linking, unit, folder)
    return made


def draft_of(book: Book, target: str, action: str, values: Mapping[str, Value], why: str, by: Stamp) -> Ruling:
    """A decision as it would enter the log, its number 0. Raises UsageError where it can't be made."""
    about = _find(book, target, action, values)
    known = check(action, values, about.kind, why)
    given = _checked(book, known, about, values)
    claim = about.claim
    draft = Ruling(
        0, known, by.who, by.when, " ".join(why.split()),
        claim.id if claim else None, about.text_sha256, about.span, claim.measure if claim else None, given, about.said,
    )  # fmt: skip
    if known is Action.CLAIM and about.stretch:
        return _claimed(book, draft, about.stretch)
    if known is Action.CORRECT and claim:
        _check_fields(book, claim, draft)
    if known in {Action.CONFIRM, Action.RETURN} and claim:
        _check_second(book, claim, draft)
    if known is Action.WITHHOLD and said_last(draft, book.rulings) is None:
        check_new(book.rulings, draft)
    return draft


def _claimed(book: Book, draft: Ruling, stretch: Stretch) -> Ruling:
    """The draft of a claim by hand, where there is none such yet; its own id goes with it."""
    values = draft.values
    draft = replace(draft, measure=str(values["measure"]))
    draft = replace(draft, claim=id_of(draft))
    claims = book.claims_in(stretch.report)
    if values.get("incident") is None:  # not named: said again, it is the one that was meant before
        again = replace(draft, values={**values, "incident": _incident_before(book, draft)})
        if said_last(again, book.rulings) is not None:
            return again
        draft = replace(draft, values={**values, "incident": incident_of(stretch, claims)})
    if said_last(draft, book.rulings) is None:
        check_claim(draft, stretch, claims)
    return draft


def _incident_before(book: Book, draft: Ruling) -> Value:
    same = [one for one in book.rulings if one.action == Action.CLAIM and _thing(one) == _thing(draft)]
    return same[-1].values["incident"] if same else None


def said_last(draft: Ruling, rulings: Sequence[Ruling]) -> Ruling | None:
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
    stretch = book.stretch(target, values if action in {Action.CLAIM, Action.WITHHOLD} else {})
    if action == Action.CLAIM:
        stretch = check_words(stretch, target, values)
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
        if values.get(name) and not (action is Action.CLAIM and values[name] == NEW):
            given[name] = book.incident(str(values[name]))
    if action is Action.CLAIM:
        check_fields(action, values)
        return {name: value for name, value in given.items() if name not in WHERE}
    if action is Action.TIE and about.claim:
        found = book.find(str(values["claim"]), "claim")
        if isinstance(found, str):
            raise UsageError(f"'{values['claim']}' is an incident, no claim", advice="write claim=ID")
        check_tie(about.claim, found)
        return tie_values(found, book.text_of(found))
    if action is Action.ACCEPT and about.claim and about.claim.is_of_sheet:
        raise UsageError(
            "a row of a spreadsheet is tied to words of a report, or rejected", advice="write tie claim=ID, or reject"
        )
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


def _check_second(book: Book, claim: Claim, draft: Ruling) -> None:
    """A second look is at what somebody coded, and by another person than those who did."""
    own = with_withdrawals((one.seq for one in book.rulings if one.claim == claim.id), book.rulings)
    found = stage_of(one for one in book.rulings if one.seq in own)
    if found.stage is Stage.OPEN:
        advice = "accept, reject or correct it first"
        raise UsageError(f"nobody has coded this claim, so there is nothing to {draft.action}", advice=advice)
    if is_coder(draft.who, found):
        advice = "correct it or withdraw your ruling" if draft.action == Action.RETURN else "ask another person"
        raise UsageError(f"nobody can {draft.action} what they coded themselves, as {draft.who} did", advice=advice)


def _check_fields(book: Book, claim: Claim, draft: Ruling) -> None:
    """Corrections must fit their fields, alone and together with those made before."""
    values = draft.values
    check_fields(draft.action, values)
    earlier = [one for one in standing(book.rulings) if one.claim == claim.id]
    last = replace(draft, seq=max((one.seq for one in earlier), default=0) + 1)
    check_corrected(corrected(claim, decide([*earlier, last]).changes), values)
