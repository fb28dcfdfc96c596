"""What a project keeps of its linking, held against the same worked out anew from reports and readings.

Input: a view of the project, and its folder. Output: a `Relinked`: how many rows were compared, each that is not what
follows from the log, and why nothing was compared where that couldn't be done. Nothing is written but to a folder of
its own, which is gone afterwards. "linked_ties 1048577: it is not what follows from the log".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tollbook.errors import StoreError, TollbookError
from tollbook.incidents import packing
from tollbook.pipeline.linked_by import made_by
from tollbook.pipeline.linking import Linking
from tollbook.pipeline.reach import Closed
from tollbook.pipeline.showing import show_anew
from tollbook.store import Derived, Mismatch, Store, Unit, create_store, open_store
from tollbook.store.derived import SHAPES
from tollbook.store.sql import name_of
from tollbook.store.verify import DAMAGED
from tollbook.values import dataclass

# Of a table so many rows are named; the rest are counted.
_NAMED = 20
# So many reports are linked at a time; the fewer, the less is held.
_PORTION = 500
_UNPACK = {
    "linked_nodes": packing.unpack_node,
    "linked_ties": packing.unpack_ties,
    "linked_parts": packing.unpack_part,
    "text_samples": packing.unpack_sample,
    "text_ties": packing.unpack_copies,
    "text_credits": packing.unpack_credits,
    "text_drafts": packing.unpack_draft,
    "text_names": packing.unpack_lines,
}
_SHOWN = ("shown", "shown_ids")
_WHAT = "linking"
Row = tuple[tuple[Any, ...], Any]


@dataclass(slots=True)
class Relinked:
    """What came of comparing: rows seen, what is wrong with some, and what else there is to say."""

    rows: int = 0
    mismatches: list[Mismatch] = field(default_factory=list)
    remarks: list[Mismatch] = field(default_factory=list)


def relink(unit: Unit, folder: Path) -> Relinked:
    """Link all reports anew and compare what the project keeps of its linking with that, row by row."""
    found = Relinked()
    try:
        reader, wrong, why = _standing(unit, folder)
        if wrong or why:
            (found.mismatches if wrong else found.remarks).append(Mismatch(_WHAT, wrong or why))
        elif reader:
            _compare(unit, folder, reader, found)
    except (TollbookError, OSError) as error:  # also where there is no room to link anew
        found.remarks.append(Mismatch(_WHAT, f"not checked, for {error}"))
    except unit.errors:
        found.mismatches.append(Mismatch(_WHAT, f"{DAMAGED}; the next add makes it anew"))
    return found


def _standing(unit: Unit, folder: Path) -> tuple[str, str, str]:
    """Who read the reports that are linked; what is wrong with what is said of it; or why it can't be compared."""
    mark = unit.derived().mark()
    first = next(unit.table("readings"), None)
    if mark is None:
        kept = next(unit.derived().rows("linked_reports"), None)
        return "", "", "not checked, for nothing says what made it; the next add makes it anew" if kept else ""
    if first is None:
        return "", "", ""
    last = unit.event(mark.event)
    if last is None or last.hash != mark.hash:
        return (
            "",
            f"made from another log, of which event {mark.event} is not this one's; the next add makes it anew",
            "",
        )
    if unit.readers(but=first.beside):
        return "", "", "not checked, for reports are read by several readers; the next add reads them again"
    if mark.made_by != made_by(folder, first.beside):
        return "", "", "not checked, for another release or other places made it; the next add makes it anew"
    if unit.since(mark.event, 1):
        return "", "", f"not checked, for reports came behind event {mark.event}; the next add links them"
    return first.beside, "", ""


def _compare(unit: Unit, folder: Path, reader: str, found: Relinked) -> None:
    kept = unit.derived()
    damaged = (*unit.errors, TypeError)  # keys of another type don't compare
    with TemporaryDirectory() as place:
        create_store(Path(place) / "anew.sqlite")
        with open_store(Path(place) / "anew.sqlite") as store:
            for reports in _portions(unit, kept):
                with store.write() as anew:
                    Linking(unit, folder, reader, anew.derived()).take(reports)
            with store.write() as anew:
                names = _other_names(kept, anew.derived())
                Linking(unit, folder, reader, anew.derived()).rename(names)
            left_out = {"linked_fresh"} if _show(unit, folder, reader, store, found) else {"linked_fresh", *_SHOWN}
            with store.read() as anew:
                for table in SHAPES:
                    if table not in left_out:
                        _table(table, kept, anew.derived(), damaged, found)
    if unit.is_settled():
        rows = islice(kept.rows("linked_fresh"), _NAMED)
        found.mismatches += [Mismatch(_called("linked_fresh", key), "nothing is left to settle") for key, _ in rows]


def _show(unit: Unit, folder: Path, reader: str, store: Store, found: Relinked) -> bool:
    """Show all incidents anew, by the ids that they have; False where what is shown isn't up to the log."""
    if not unit.is_settled() or not Linking(unit, folder, reader).is_current():
        found.remarks.append(Mismatch("incidents shown", "not checked, for rulings or reports came since"))
        return False
    with store.write() as anew:
        linking, closed = Linking(unit, folder, reader, anew.derived()), Closed()
        closed.take(linking.changed(), linking, unit)
        show_anew(closed, linking, unit, folder)
    return True


def _portions(unit: Unit, kept: Derived) -> Iterator[list[str]]:
    """The reports that are linked, in the order of their numbers, which are 1, 2, 3 … as long as nothing is damaged."""
    rows = kept.rows("linked_reports")
    last = 0
    while some := [key for key, _ in islice(rows, _PORTION)]:
        for number, report in some:
            last += 1
            if number != last or unit.row("reports", name_of(str(report))) is None:
                raise StoreError(f"linked_reports {number} is no report", advice="the next add makes it anew")
        yield [name_of(str(report)) for _, report in some]
    if last != unit.count("reports"):
        raise StoreError(f"{last} reports of {unit.count('reports')} are linked", advice="the next add makes it anew")


def _other_names(kept: Derived, anew: Derived) -> dict[int, int]:
    """The names that versions of texts have by now, where they aren't those of linking all anew: any name will do."""
    pairs = dict[int, int]()
    back = dict[int, int]()
    names = {}
    theirs = dict(anew.rows("text_versions"))
    for key, name in kept.rows("text_versions"):
        own = theirs.get(key)
        if (
            own is not None
            and isinstance(name, int)
            and pairs.setdefault(own, name) == name
            and back.setdefault(name, own) == own != name
        ):
            names[key[0]] = name
    return names


def _table(table: str, kept: Derived, anew: Derived, errors: tuple[type[Exception], ...], found: Relinked) -> None:
    """Hold a table as it stands against the same made anew."""
    wrong = 0
    try:
        for key, own, wanted in _beside(kept.rows(table), anew.rows(table)):
            found.rows += own is not None
            if own is None or wanted is None or not _is_same(table, own[0], wanted[0]):
                wrong += 1
                if wrong <= _NAMED:
                    why = "missing" if own is None else "it is not what follows from the log"
                    found.mismatches.append(Mismatch(_called(table, key), why))
    except errors:
        found.mismatches.append(Mismatch(f"table {table}", DAMAGED))
    if wrong > _NAMED:
        found.mismatches.append(Mismatch(table, f"{wrong - _NAMED} more rows are not what follows from the log"))


def _beside(
    left: Iterator[Row], right: Iterator[Row]
) -> Iterator[tuple[tuple[Any, ...], tuple[Any] | None, tuple[Any] | None]]:
    """Two tables in the order of their keys: key, the value of each, None where it has none."""
    one, other = next(left, None), next(right, None)
    while one or other:
        if other is None or (one is not None and one[0] < other[0]):
            assert one is not None
            yield one[0], (one[1],), None
            one = next(left, None)
        elif one is None or other[0] < one[0]:
            yield other[0], None, (other[1],)
            other = next(right, None)
        else:
            yield one[0], (one[1],), (other[1],)
            one, other = next(left, None), next(right, None)


def _is_same(table: str, own: Any, wanted: Any) -> bool:
    """True for equal values; those that are packed may be so in another order."""
    if own == wanted or table not in _UNPACK:
        return bool(own == wanted)
    try:
        return bool(_UNPACK[table](own) == _UNPACK[table](wanted))
    except Exception:  # whatever the bytes are, they are not the packed value
        return False


def _called(table: str, key: tuple[Any, ...]) -> str:
    return f"{table} {' '.join(part.hex() if isinstance(part, bytes) else str(part) for part in key)}"
