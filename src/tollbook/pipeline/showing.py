"""Which incidents are shown under which names and ids, kept beside the log: only what changed is looked at again.

Input: groups whose incidents got their ids, or a ruling. Output: the rows by which an incident is found by its id or
name without reading the others. They are worked out as the incidents themselves are, never edited.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from tollbook.incidents.naming import name_of
from tollbook.model import Ruling
from tollbook.pipeline.around import Around
from tollbook.pipeline.linking import Linking
from tollbook.pipeline.reach import Closed, Decided, call, targets
from tollbook.pipeline.regroup import MOVES
from tollbook.rulings import Action
from tollbook.store import ShownIncident, Unit


def show_anew(closed: Closed, linking: Linking, unit: Unit, folder: Path) -> None:
    """Show the incidents of groups that got their ids, and those that rulings on these, or new ones, moved."""
    again = Closed()
    again.take(closed.groups, linking, unit)  # for the homes are others by now
    shown, gone = computed(again, linking, unit)
    table = linking.derived.shown
    table.drop(gone)
    table.put(shown)
    around = Around(unit, folder, linking)
    texts = {linking.text_of(linking.report_of(number)) for group in again.groups for number in group}
    _show(around, [one for one in moves_of(around.rulings) if _is_new(one, linking) or _is_about(one, gone, texts)])
    _note(linking, unit)


def show_ruled(linking: Linking, unit: Unit, folder: Path, decided: Decided | None = None) -> None:
    """Show the incidents that rulings moved since the last time; `decided` are all rulings, where they are held."""
    mark = linking.mark()
    moves = _moved(unit.rulings(after=mark.ruling), unit) if mark is not None else []
    if moves:
        _show(Around(unit, folder, linking, decided), moves)
    _note(linking, unit)


def _moved(fresh: Iterable[Ruling], unit: Unit) -> list[Ruling]:
    """The moves among new rulings, and those of old that one of them withdraws or puts in force again."""
    some, ahead = list(fresh), {0}
    known = {one.seq: one for one in some}
    while ahead:
        ahead = {int(one.values["ruling"] or 0) for one in known.values() if one.action == Action.WITHDRAW}
        ahead -= known.keys()
        found = {one.seq: one for one in unit.rulings_of(ahead)}
        known |= found
        ahead &= found.keys()
    return moves_of(some, [*known.values()])


def computed(closed: Closed, linking: Linking, unit: Unit) -> tuple[list[ShownIncident], set[str]]:
    """The incidents of some groups before anything was ruled, and all ids that may have led to one of them."""
    called = call(closed, linking, unit)
    shown = []
    for group, home in called.home.items():
        incident, claims = called.names.ids[home.incident], set(closed.groups[group])
        name = name_of(home.spot.name if home.spot else None, home.date)
        aliases = called.names.aliases.get(incident, ())
        shown.append(ShownIncident(incident, name, len(claims), min(claims), aliases))
    return shown, {*closed.born, *(one.id for one in shown)}


def moves_of(rulings: Iterable[Ruling], every: Sequence[Ruling] | None = None) -> list[Ruling]:
    """The moves among some rulings, and those that are withdrawn, or in force again, by a ruling among them."""
    some = list(rulings)
    by_number = {one.seq: one for one in every or some}
    found = {}
    for one in some:
        about: Ruling | None = one
        while about is not None and about.action == Action.WITHDRAW:
            about = by_number.get(int(about.values["ruling"] or 0))
        if about is not None and about.action in MOVES:
            found[about.seq] = about
    return [found[seq] for seq in sorted(found)]


def _show(around: Around, moves: Iterable[Ruling]) -> None:
    table = around.linking.derived.shown
    for one in moves:
        shown, gone = around.moved(one)
        table.drop(gone)
        table.put(shown)


def _is_new(ruling: Ruling, linking: Linking) -> bool:
    mark = linking.mark()
    return mark is None or ruling.seq > mark.ruling


def _is_about(move: Ruling, ids: set[str], texts: set[str]) -> bool:
    return move.text_sha256 in texts or not ids.isdisjoint(targets(move))


def _note(linking: Linking, unit: Unit) -> None:
    mark = linking.mark()
    if mark is not None:
        linking.derived.put_mark(replace(mark, ruling=unit.last("ruling")))
