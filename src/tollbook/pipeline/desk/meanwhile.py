"""What was ruled on a thing since somebody looked at it: then theirs isn't written, and they are told.

Input: a decision as it would enter the log, the two numbers that its order brings, and the rulings by what they are
about. Output: nothing, or `Changed` with the rulings since. Ann merges the flood of 3 May into another while Ben
splits a claim off it: whoever comes second is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tollbook.model import Ruling
from tollbook.pipeline.desk.decided import Indexed, first_of
from tollbook.pipeline.desk.values import Changed, Order
from tollbook.pipeline.reach import targets
from tollbook.pipeline.regroup import MOVES
from tollbook.pipeline.withholding import Stretch
from tollbook.rulings import Action, id_of, standing, tied_to, with_withdrawals
from tollbook.store import Unit


def check_meanwhile(draft: Ruling, order: Order, indexed: Indexed, unit: Unit) -> None:
    """Raises `Changed` where the thing was ruled on after `order.seen`, or where others moved the incidents that a
    move is about after `order.head`.
    """
    since = [] if order.seen is None else _on_same(first_of(draft, indexed), indexed, order.seen)
    if order.head is not None and draft.action in MOVES:
        since += _moved(draft, indexed, unit, order.head)
    if since:
        raise changed(since, draft.who)


def check_added(words: Stretch, order: Order, who: str, indexed: Indexed) -> None:
    """Raises `Changed` where others added a claim of the same words after `order.head`."""
    if order.head is None or words.span is None:
        return
    rulings = indexed.about([words.report.text_sha256], after=order.head)
    made = [one for one in standing(rulings) if one.action == Action.CLAIM and one.who != who]
    if since := [one for one in made if one.span is not None and one.span.overlaps(words.span)]:
        raise changed(since, who)


def changed(since: Iterable[Ruling], who: str) -> Changed:
    """What is said of rulings made meanwhile, the last of which it names."""
    found = sorted({one.seq: one for one in since}.values(), key=lambda one: -one.seq)
    whose = "you have" if found[0].who == who else f"{found[0].who} has"
    said = f"{whose} ruled on this meanwhile ({found[0].action}: {found[0].why})"
    return Changed(said, advice="look at it again", since=found)


def _on_same(root: Ruling, indexed: Indexed, seen: int) -> list[Ruling]:
    """The rulings after a number on what one is about, and those that take such ones back."""
    named = [root.text_sha256, *(root.values.get(name) for name in ("incident", "report"))]
    rulings = indexed.about(str(name) for name in named if name)
    about = with_withdrawals((one.seq for one in rulings if _is_on(root, one)), rulings)
    return [one for one in rulings if one.seq > seen and one.seq in about]


def _is_on(root: Ruling, one: Ruling) -> bool:
    """True of a ruling on the same claim, words, report or incident."""
    if root.claim is not None:
        return id_of(one) == id_of(root) or one.claim == root.claim
    if root.span is not None:
        return (one.text_sha256, one.span) == (root.text_sha256, root.span)
    if incident := root.values.get("incident"):
        return incident in (one.values.get("incident"), one.values.get("into")) and one.claim is None
    return one.claim is None and root.values.get("report") == one.values.get("report")


# ---- incidents ----


def _moved(draft: Ruling, indexed: Indexed, unit: Unit, head: int) -> list[Ruling]:
    """What others did after `head` to the incidents that a move is about. A merge is of all claims of its incident, so
    that each that came or went counts; any other is of one claim, and only a merge of its incidents does.
    """
    is_merge = draft.action == Action.MERGE
    whole = _called([str(draft.values["incident"])], unit) if is_merge else set[str]()
    near = whole | _incidents(draft, indexed, unit)
    found = []
    for one in indexed.moved_after(head) if is_merge else indexed.about(near, after=head):
        root = first_of(one, indexed)
        about = near if root.action == Action.MERGE else whole
        if one.who != draft.who and root.action in MOVES and about and about & _incidents(root, indexed, unit):
            found.append(one)
    return found


def _incidents(move: Ruling, indexed: Indexed, unit: Unit) -> set[str]:
    """The incidents that a move is about, those in which its claims were before among them, under all their ids."""
    named = {*targets(move)}
    for one in (move, tied_to(move)):
        if one is not None and one.text_sha256:
            claim = id_of(one)
            named.add(unit.home(claim) or "")
            own = (each for each in indexed.about([one.text_sha256]) if id_of(each) == claim and each.action in MOVES)
            named.update(name for each in own for name in targets(each))
    return _called(named - {""}, unit)


def _called(names: Collection[str], unit: Unit) -> set[str]:
    """Ids, and those under which their incidents are shown now."""
    shown = unit.derived().shown
    return {*names, *(found.id for name in names if (found := shown.of(name)) is not None)}
