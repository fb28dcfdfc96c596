"""A project takes reports in: once, whole, in any order; a newer reader reads them again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from project_values import ANN, BEN, BOTH, PLAIN, TEXTS, WIDE, claim, figure, groups, log, nameless, read_plain, tree

from tollbook.model import Report
from tollbook.pipeline.analyse import conclude, in_order
from tollbook.pipeline.project import Added, Reader, add, init, reader_of, record, rule, verify
from tollbook.reports import gather
from tollbook.store.place import DATABASE, STORE

STORES = BOTH


def test_a_new_project_has_its_first_event_and_nothing_else(folder: Path) -> None:
    (first,) = log(folder)
    assert (first.kind, first.who, first.when) == ("project", "ann", ANN.when)
    assert record(folder).reports == record(folder).findings == ()
    assert {path.name for path in folder.iterdir()} in ({DATABASE, "archive"}, {STORE, "archive"})


# ---- adding ----


def test_what_is_added_is_the_record_of_one_run(filled: Path, inputs: list[str]) -> None:
    reports = in_order(gather(inputs).reports)
    whole = conclude(reports, read_plain(reports))
    kept = record(filled)
    assert (kept.reports, kept.claims, kept.findings) == (whole.reports, whole.claims, whole.findings)
    assert kept.incidents == whole.incidents
    assert len(kept.incidents) == 2
    assert len(kept.claims) == 7


def test_adding_the_same_again_changes_not_a_byte_of_the_log(filled: Path, inputs: list[str]) -> None:
    events, before, files = log(filled), record(filled), tree(filled / "archive")
    again = add(filled, list(reversed(inputs)), BEN, reader=PLAIN)
    assert again == Added(known=("a.txt", "b.txt", "c.txt", "d.txt", "e.txt"))
    assert log(filled) == events
    assert record(filled) == before
    assert tree(filled / "archive") == files


ORDERS = list(permutations(range(len(TEXTS))))


@pytest.mark.parametrize("order", ORDERS[::11])
def test_reports_added_one_by_one_in_any_order_make_the_same_record(
    tmp_path: Path, inputs: list[str], order: Sequence[int]
) -> None:
    reports = in_order(gather(inputs).reports)
    whole = conclude(reports, read_plain(reports))
    init(tmp_path / "floods", ANN)
    for number in order:
        add(tmp_path / "floods", [inputs[number]], ANN, reader=PLAIN)
    kept = record(tmp_path / "floods")
    assert kept.reports == whole.reports
    assert groups(kept) == groups(whole)
    assert nameless(kept) == nameless(whole)
    assert [one.name for one in kept.incidents] != [] and verify(tmp_path / "floods") == ()


def test_an_incident_keeps_its_id_as_reports_come_in(folder: Path, inputs: list[str]) -> None:
    first = add(folder, [inputs[1]], ANN, reader=PLAIN)
    (born,) = first.incidents
    for each in (inputs[0], inputs[4], inputs[2], inputs[3]):
        add(folder, [each], BEN, reader=PLAIN)
    kept = {one.id: one for one in record(folder).incidents}
    assert born in kept
    assert len(kept[born].reports) == 3


def test_an_input_that_fails_is_listed_and_the_rest_is_kept(folder: Path, inputs: list[str], tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" ")
    added = add(folder, [str(tmp_path / "empty.txt"), str(tmp_path / "none.txt"), *inputs], ANN, reader=PLAIN)
    assert added.new == ("a.txt", "b.txt", "c.txt", "d.txt", "e.txt")
    assert {failure.input for failure in added.failed} >= {"empty.txt", str(tmp_path / "none.txt")}
    assert len(record(folder).reports) == 5


def test_an_id_that_comes_again_with_another_text_is_refused(filled: Path, inputs: list[str]) -> None:
    events = log(filled)
    Path(inputs[0]).write_text("Quite another text, with no figure.")
    added = add(filled, [inputs[0]], ANN, reader=PLAIN)
    assert [str(one) for one in added.failed] == ["a.txt: this id already stands for another text; give it another id"]
    assert log(filled) == events
    assert "12 people" in record(filled).reports[0].text


def test_new_particulars_of_the_same_text_are_taken_and_logged(filled: Path, inputs: list[str]) -> None:
    Path(inputs[0]).with_suffix(".json").write_text('{"publisher": "Arvelle Herald", "published": "2031-05-02"}')
    added = add(filled, [inputs[0]], BEN, reader=PLAIN)
    assert (added.new, added.changed) == ((), ("a.txt",))
    kept = record(filled)
    assert kept.reports[0].publisher == "Arvelle Herald"
    assert claim(kept, "12 people").attribution[-1].source == "Arvelle Herald"
    assert [one.who for one in log(filled) if one.kind == "report"][-1] == "ben"


# ---- a newer reader ----


def test_a_newer_reader_replaces_readings_and_keeps_rulings_and_ids(filled: Path, inputs: list[str]) -> None:
    before = record(filled)
    rule(filled, claim(before, "12 people").id, "reject", {}, "the board withdrew it", ANN)
    added = add(filled, inputs[:1], BEN, reader=WIDE)
    assert (added.known, added.incidents) == (("a.txt",), ())
    assert added.reread == ("a.txt", "b.txt", "c.txt", "d.txt", "e.txt")
    after = record(filled)
    moved = claim(after, "12 people were killed")
    assert moved.id != claim(before, "12 people").id
    assert {one.id for one in after.incidents} == {one.id for one in before.incidents}
    assert next(one.why for one in figure(after).set_aside if one.claim == moved.id).endswith("the board withdrew it")
    assert after.rulings[0].claim == moved.id
    assert verify(filled) == ()
    assert add(filled, inputs, BEN, reader=WIDE).reread == ()


def test_a_ruling_whose_words_are_read_no_more_is_told_and_kept(filled: Path, inputs: list[str]) -> None:
    made = rule(filled, claim(record(filled), "12 people").id, "reject", {}, "withdrawn", ANN)

    def read_none(reports: Sequence[Report]) -> list[object]:
        return [replace(one, claims=(), settings={}) for one in read_plain(reports)]

    add(filled, inputs, BEN, reader=Reader(read_none, "none@1"))  # type: ignore[arg-type]
    after = record(filled)
    assert after.findings == ()
    (notice,) = [one for one in after.reports[0].notices if one.code == "loose_ruling"]
    assert f"ruling {made.seq} (reject)" in notice.message
    assert after.reports[0].text[notice.start : notice.end] == "12 people"
    add(filled, inputs, BEN, reader=PLAIN)
    assert claim(record(filled), "12 people").id not in figure(record(filled)).supports


@pytest.mark.parametrize("file", ["places.toml", "sources.toml"])
def test_a_projects_own_places_or_sources_make_another_reader(folder: Path, file: str) -> None:
    plain = reader_of(folder).name
    (folder / file).write_text("")
    own = reader_of(folder).name
    assert own.startswith(f"{plain}+")
    (folder / file).write_text("# more\n")
    assert reader_of(folder).name not in (plain, own)
