"""A project links only what is new: the record, and what is kept of its linking, are those of all reports at once."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from project_values import ANN, BEN, BOTH, PLAIN, SQLITE, WIDE, edit, groups, nameless, read_plain, write

from tollbook.incidents.families import texts_of, ties
from tollbook.incidents.index import Index
from tollbook.pipeline import adding, linked_by, settling
from tollbook.pipeline.analyse import NO_OVERLAYS, conclude, in_order, outline, relate
from tollbook.pipeline.linking import Linking
from tollbook.pipeline.project import add, init, open_project, record, verify
from tollbook.reports import gather
from tollbook.store.sqlite import SqliteStore

STORES = BOTH

STORY = (
    "The river board of the valley had asked for sand since March, and what came was gravel. "
    "{n} people were killed in {town} on {day} May 2031, Board said. "
    "Boats of the brewery took the others from the roofs while the sluice by the tannery stood open. "
)
MORE = "{n} people were injured in {town} on {day} May 2031, Clinic said. "
SHORT = "{n} people were killed in {town} on {day} May 2031. "


def invented(seed: int, size: int) -> dict[str, str]:
    """Stories told whole, cut short or in a line, of a few days and two towns."""
    rng = random.Random(seed)
    made = {}
    for number in range(size):
        values = {"n": rng.choice((12, 30, 31)), "town": rng.choice(("Arvelle", "Dorn")), "day": rng.choice((1, 2, 20))}
        parts = rng.choice(((STORY,), (STORY, MORE), (MORE, STORY), (SHORT,), (SHORT, MORE), (STORY, SHORT)))
        made[f"n{number:02}.txt"] = "".join(part.format(**values) for part in parts) + f"Note {number}."
    return made


SOME = invented(5, 14)


def told(index: Index) -> tuple[object, ...]:
    """The groups of an index, and which of its nodes are of one version of a text."""
    groups = {frozenset(index.nodes[number].key for number in group) for group in index.groups}
    families: dict[int | None, set[object]] = {}
    for number in list(index.nodes):
        families.setdefault(index.nodes[number].family, set()).add(index.nodes[number].key)
    return groups, families.pop(None, None), {frozenset(some) for some in families.values()}


def kept(folder: Path, reader: str = PLAIN.name) -> tuple[object, ...]:
    """The groups of events and the ties of texts that a project keeps, by the ids of reports."""
    with open_project(folder) as store, store.read() as unit:
        made, derived = Linking(unit, folder, reader), unit.derived()
        linked = told(made.index)
        texts = made.texts
        found = {
            (derived.report(tie.shorter)[0], derived.report(tie.longer)[0], tie.words)
            for some in texts.ties.values()
            for tie in some.values()
        }
    return linked, found


def at_once(inputs: Sequence[str]) -> tuple[object, ...]:
    reports = in_order(gather(inputs).reports)
    outlines = [
        outline(one, reading, NO_OVERLAYS)[0] for one, reading in zip(reports, read_plain(reports), strict=True)
    ]
    index = relate(reports, outlines, NO_OVERLAYS).index
    return told(index), {
        (reports[tie.shorter].id, reports[tie.longer].id, tie.words)
        for tie in ties(texts_of(reports, [one.sample for one in outlines]))
    }


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_reports_that_come_in_any_order_and_portions_make_the_record_of_all_at_once(rng: random.Random) -> None:
    with TemporaryDirectory() as place:
        paths = [str(path) for path in write(Path(place) / "in", SOME)]
        folder = Path(place) / "floods"
        init(folder, ANN)
        left = rng.sample(paths, len(paths))
        while left:
            size = rng.choice((1, 1, 2, 5))
            add(folder, left[:size], ANN, reader=PLAIN)  # each time the store is opened and closed, as by a process
            if rng.random() < 0.3:
                one = Path(rng.choice(left[:size]))
                one.with_suffix(".json").write_text(
                    f'{{"published": "2031-05-{rng.randint(2, 9):02}", "title": "Flood"}}'
                )
                add(folder, [str(one)], BEN, reader=PLAIN)
            left = left[size:]
        reports = in_order(gather(paths).reports)
        whole, grown = conclude(reports, read_plain(reports)), record(folder)
        assert grown.reports == whole.reports
        assert groups(grown) == groups(whole)
        assert nameless(grown) == nameless(whole)
        assert kept(folder) == at_once(paths)
        assert verify(folder) == ()


@pytest.fixture
def inputs(tmp_path: Path) -> list[str]:
    return [str(path) for path in write(tmp_path / "in", SOME)]


class Killed(BaseException):
    """What a process feels that is killed."""


def test_killed_between_report_and_settling_the_next_add_goes_on(
    folder: Path, inputs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    add(folder, inputs[:4], ANN, reader=PLAIN)
    with monkeypatch.context() as dying:

        def die(*_: object) -> None:
            raise Killed

        dying.setattr(adding, "settle", die)
        with pytest.raises(Killed):
            add(folder, inputs[4:9], ANN, reader=PLAIN)
    assert groups(record(folder)) == groups(conclude(*read(inputs[:9])))
    add(folder, inputs[9:], ANN, reader=PLAIN)
    assert kept(folder) == at_once(inputs)
    assert nameless(record(folder)) == nameless(conclude(*read(inputs)))


def test_killed_between_two_portions_the_next_add_goes_on(
    folder: Path, inputs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "PORTION", 3)
    portions = []
    take = Linking.take

    def dying(self: Linking, reports: Sequence[str]) -> None:
        portions.append(tuple(reports))
        if len(portions) == 3:
            raise Killed
        take(self, reports)

    with monkeypatch.context() as context:
        context.setattr(Linking, "take", dying)
        with pytest.raises(Killed):
            add(folder, inputs, ANN, reader=PLAIN)
    assert [len(some) for some in portions] == [3, 3, 3]
    with open_project(folder) as store, store.read() as unit:
        assert not unit.is_settled()
        assert unit.derived().reports() == 6
    add(folder, inputs, BEN, reader=PLAIN)
    assert kept(folder) == at_once(inputs)
    assert len(record(folder).incidents) == len(groups(record(folder)))


def read(inputs: Sequence[str]) -> tuple[object, ...]:
    reports = in_order(gather(inputs).reports)
    return reports, read_plain(reports)


def taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The reports that are linked from now on."""
    told: list[str] = []
    take = Linking.take

    def noted(self: Linking, reports: Sequence[str]) -> None:
        told.extend(reports)
        take(self, reports)

    monkeypatch.setattr(Linking, "take", noted)
    return told


def test_only_what_is_new_is_linked(folder: Path, inputs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    add(folder, inputs[:-1], ANN, reader=PLAIN)
    told = taken(monkeypatch)
    add(folder, inputs, ANN, reader=PLAIN)
    assert told == [Path(inputs[-1]).name]
    add(folder, inputs, ANN, reader=PLAIN)
    assert len(told) == 1


def other_code(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linked_by, "_code", lambda: "of another release")


def other_log(folder: Path, _: pytest.MonkeyPatch) -> None:
    edit(folder, "UPDATE linking SET hash = 'of another log'")


def from_the_future(folder: Path, _: pytest.MonkeyPatch) -> None:
    edit(folder, "UPDATE linking SET event = 9999")


def garbled(folder: Path, _: pytest.MonkeyPatch) -> None:
    edit(folder, "UPDATE linked_nodes SET value = x'00ff'")


def gone(folder: Path, _: pytest.MonkeyPatch) -> None:
    edit(folder, "DELETE FROM linking", "DELETE FROM linked_ties", "DELETE FROM text_samples")


@pytest.mark.parametrize("harm", [other_code, other_log, from_the_future, garbled, gone])
def test_what_is_of_other_code_or_another_log_or_garbled_is_made_anew(
    folder: Path, inputs: list[str], monkeypatch: pytest.MonkeyPatch, harm: object
) -> None:
    add(folder, inputs[:-1], ANN, reader=PLAIN)
    born = {one.id for one in record(folder).incidents}
    harm(folder, monkeypatch)  # type: ignore[operator]
    told = taken(monkeypatch)
    add(folder, inputs[-1:], ANN, reader=PLAIN)
    assert set(told) == {Path(path).name for path in inputs}
    assert kept(folder) == at_once(inputs)
    assert born <= {name for one in record(folder).incidents for name in (one.id, *one.aliases)}
    assert verify(folder) == ()


def test_another_reader_makes_it_anew_and_ids_stay(folder: Path, inputs: list[str]) -> None:
    add(folder, inputs, ANN, reader=PLAIN)
    before = {one.id for one in record(folder).incidents}
    add(folder, inputs[:1], BEN, reader=WIDE)
    assert {one.id for one in record(folder).incidents} == before


STEPS = 100


@SQLITE
def test_the_last_report_costs_the_store_no_more_steps_than_the_thirtieth(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = {
        f"n{number:03}.txt": f"{number} people were killed in {town} on {number % 28 + 1} May {1800 + number}. Note."
        for number in range(100, 221)
        for town in ("Arvelle",)
    }
    paths = [str(path) for path in write(tmp_path / "in", many)]
    steps = []
    opened = SqliteStore.__init__

    def counting(self: SqliteStore, path: Path, connection: sqlite3.Connection, **how: Any) -> None:
        connection.set_progress_handler(lambda: steps.append(1), STEPS)
        opened(self, path, connection, **how)

    costs = []
    for size in (30, len(paths) - 1):
        add(folder, paths[:size], ANN, reader=PLAIN)
        with monkeypatch.context() as context:
            context.setattr(SqliteStore, "__init__", counting)
            steps.clear()
            add(folder, paths[size : size + 1], ANN, reader=PLAIN)
        costs.append(len(steps))
    assert 0 < costs[1] <= 1.5 * costs[0] + 3
