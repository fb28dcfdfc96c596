"""What every store does, whatever stands behind it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_backends import Backend
from store_values import ANN, BEN, claim, reading, report, ruling

from tollbook.errors import InputError
from tollbook.model import Notice, Reading, Report
from tollbook.store import Event, Stamp, Store, verify


def log(store: Store) -> list[Event]:
    with store.read() as unit:
        return list(unit.events())


def test_a_report_comes_back_whole_with_its_text(store: Store) -> None:
    kept = replace(
        report(title="Flood", published="2031-05-02", publisher="Arvelle Herald"),
        notices=(Notice("short", "a short text", 0, 4),),
    )
    with store.write() as unit:
        assert unit.put_report(kept, ANN)
    with store.read() as unit:
        assert unit.reports({kept.text_sha256: kept.text}.__getitem__) == (kept,)
        assert unit.report(kept.id) == replace(kept, text="")
        assert unit.report("r2") is None


def test_reports_come_in_the_order_of_their_ids(store: Store) -> None:
    names = ["b", "a", "Ä", "a/b.txt", "é", "\udce9.txt", 'quo"te', "back\\slash", "𝔘", "z"]
    with store.write() as unit:
        for name in names:
            unit.put_report(report(name), ANN)
    with store.read() as unit:
        assert [found.id for found in unit.reports(lambda _: "")] == sorted(names)
        assert unit.report("\udce9.txt") is not None


def test_the_same_report_again_changes_nothing(store: Store) -> None:
    with store.write() as unit:
        unit.put_report(report(), ANN)
    before = log(store)
    with store.write() as unit:
        assert not unit.put_report(report(), BEN)
    assert log(store) == before


def test_other_particulars_replace_those_kept_and_the_log_has_both(store: Store) -> None:
    with store.write() as unit:
        unit.put_report(report(), ANN)
        assert unit.put_report(report(published="2031-05-02"), BEN)
        assert unit.report("r1") == replace(report(published="2031-05-02"), text="")
    told = [json.loads(event.payload).get("published") for event in log(store)]
    assert told == [None, "2031-05-02"]


def test_one_id_never_stands_for_two_texts(store: Store) -> None:
    with store.write() as unit:
        unit.put_report(report(), ANN)
    with pytest.raises(InputError, match="r1: this id already stands for another text"), store.write() as unit:
        unit.put_report(report(text="Another text."), ANN)
    assert len(log(store)) == 1


def test_a_reading_comes_back_in_full(store: Store) -> None:
    text = report()
    kept = reading(text, claim(text, "12 people", 12))
    with store.write() as unit:
        unit.put_report(text, ANN)
        unit.put_reading(kept, "hand@1", ANN)
    with store.read() as unit:
        assert unit.readings() == {"r1": kept}
        assert unit.reading("r1") == kept
        assert unit.readers() == {"r1": "hand@1"}


def test_a_newer_reading_replaces_the_older_and_rulings_stay(store: Store) -> None:
    text = report()
    figure = claim(text, "12 people", 12)
    with store.write() as unit:
        unit.put_report(text, ANN)
        unit.put_reading(reading(text, figure), "hand@1", ANN)
        made = unit.put_ruling(ruling(figure, text))
        unit.put_reading(Reading("r1"), "hand@2", BEN)
    with store.read() as unit:
        assert unit.readings() == {"r1": Reading("r1")}
        assert unit.readers() == {"r1": "hand@2"}
        assert unit.rulings() == (made,)


def test_rulings_are_numbered_as_the_log_is(store: Store) -> None:
    text = report()
    figure = claim(text, "12 people", 12)
    with store.write() as unit:
        unit.put_report(text, ANN)
        first = unit.put_ruling(ruling(figure, text, "correct", why="the list says 13", value=13, bound="exact"))
        second = unit.put_ruling(ruling(figure, text, "reject", BEN))
    assert (first.seq, second.seq) == (2, 3)
    with store.read() as unit:
        assert unit.rulings() == (first, second)
        assert unit.rulings()[0].values == {"value": 13, "bound": "exact"}


def test_a_claim_keeps_the_incident_it_was_first_placed_in(store: Store) -> None:
    with store.write() as unit:
        unit.put_homes("bb", ["c2", "c1"], ANN)
        unit.put_homes("aa", ["c3"], ANN)
        unit.put_homes("bb", ["c4"], BEN)
    with store.read() as unit:
        assert list(unit.homes().items()) == [("c1", "bb"), ("c2", "bb"), ("c4", "bb"), ("c3", "aa")]


def test_an_error_in_the_block_leaves_nothing(store: Store) -> None:
    class Stop(Exception):
        pass

    with pytest.raises(Stop), store.write() as unit:
        unit.put_report(report(), ANN)
        raise Stop
    assert log(store) == []
    with store.read() as unit:
        assert unit.report("r1") is None


def test_what_was_committed_is_there_for_another_process(place: Path, backend: Backend) -> None:
    with backend.open(place) as first, first.write() as unit:
        unit.put_report(report(), ANN)
    with backend.open(place) as second, second.read() as unit:
        assert unit.report("r1") == replace(report(), text="")


def test_a_reader_sees_one_state_while_another_writes(place: Path, backend: Backend) -> None:
    with backend.open(place) as one, backend.open(place) as two, one.read() as view:
        assert view.head() is None
        with two.write() as unit:
            unit.put_report(report(), ANN)
        assert view.head() is None


def test_a_clock_that_goes_backwards_does_not_change_the_order(store: Store) -> None:
    with store.write() as unit:
        unit.append("note", {}, Stamp("ann", "2031-05-02T10:00:00Z"))
        unit.append("note", {}, Stamp("ann", "1970-01-01T00:00:00Z"))
    assert [event.seq for event in log(store)] == [1, 2]
    with store.read() as unit:
        assert not list(verify(unit))


TEXTS = st.text(st.characters(codec=None), max_size=20)


def test_a_record_of_anything_matches_its_log(backend: Backend, tmp_path_factory: pytest.TempPathFactory) -> None:
    @settings(max_examples=20, deadline=None)
    @given(names=st.lists(TEXTS, max_size=5, unique=True), who=TEXTS)
    def check(names: list[str], who: str) -> None:
        place = tmp_path_factory.mktemp("any") / "record"
        backend.create(place)
        with backend.open(place) as store:
            with store.write() as unit:
                for name in names:
                    one = report(name, title=name)
                    unit.put_report(one, Stamp(who, "2031"))
                    unit.put_reading(reading(one), "hand@1", Stamp(who, "2031"))
            with store.read() as unit:
                assert not list(verify(unit))
                assert {found.id: found.title for found in unit.reports(lambda _: "")} == {name: name for name in names}
                assert set(unit.readings()) == set(names)

    check()


def test_particulars_of_a_report_never_hold_its_text(store: Store) -> None:
    with store.write() as unit:
        unit.put_report(report(), ANN)
    assert "Flooding" not in log(store)[0].payload
    assert Report.__slots__[1] == "text"
