"""The sample, read by the real reader: added in any order it is the record of one run, and the second time nothing."""

from __future__ import annotations

import random
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from project_values import ANN, BEN

from tollbook.model import Finding, Record
from tollbook.pipeline.analyse import analyse
from tollbook.pipeline.project import add, init, record, rule, verify
from tollbook.reports import gather
from tollbook.store import open_store

SAMPLE = Path(str(files("tollbook.sample"))) / "reports"


@pytest.fixture(scope="module")
def whole() -> Record:
    """All reports at once, each with the id that it has when its file is added alone."""
    return analyse([report for path in inputs() for report in gather([path]).reports], rules=("range", "acled"))


def inputs() -> list[str]:
    return sorted(str(path) for path in SAMPLE.iterdir() if path.suffix != ".json")


def nameless(found: Record) -> list[Finding]:
    members = {one.id: "+".join(one.claims) for one in found.incidents}
    return sorted((replace(one, incident=members[one.incident]) for one in found.findings), key=repr)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_sample_added_one_by_one_in_any_order_is_the_record_of_one_run(
    tmp_path: Path, whole: Record, seed: int
) -> None:
    folder = tmp_path / "sample"
    init(folder, ANN)
    order = inputs()
    random.Random(seed).shuffle(order)
    for path in order:
        assert add(folder, [path], ANN).failed == ()
    kept = record(folder, rules=("range", "acled"))
    assert kept.reports == whole.reports
    assert [replace(one, incident=None) for one in kept.claims] == [replace(one, incident=None) for one in whole.claims]
    assert {one.claims for one in kept.incidents} == {one.claims for one in whole.incidents}
    assert nameless(kept) == nameless(whole)
    assert verify(folder) == ()


def test_the_sample_added_twice_changes_nothing_and_a_ruling_taken_back_leaves_no_trace(tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    init(folder, ANN)
    first = add(folder, inputs(), ANN)
    assert first.new and first.incidents
    with open_store(folder / "tollbook.sqlite") as store, store.read() as unit:
        events = list(unit.events())
    again = add(folder, [str(SAMPLE)], BEN)
    assert (again.new, again.changed, again.reread, again.incidents) == ((), (), (), ())
    with open_store(folder / "tollbook.sqlite") as store, store.read() as unit:
        assert list(unit.events()) == events
    before = record(folder)
    supported = {claim for finding in before.findings for claim in finding.supports}
    made = rule(folder, sorted(supported)[0], "reject", {}, "to see what follows", ANN)
    assert record(folder).findings != before.findings
    rule(folder, f"#{made.seq}", "withdraw", {}, "seen", ANN)
    assert record(folder).findings == before.findings
