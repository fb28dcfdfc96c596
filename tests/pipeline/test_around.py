"""The part of a record around one incident is, to the byte, what the whole record has of it, whatever people ruled."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from project_values import ANN, BEN, BOTH, PLAIN, write
from test_project_growing import SOME

from tollbook.dossiers.enrolling import prepare
from tollbook.dossiers.wordlists import load_name_words
from tollbook.errors import TollbookError
from tollbook.model import Report
from tollbook.pipeline import asked
from tollbook.pipeline.analyse import NO_OVERLAYS, source_book
from tollbook.pipeline.around import Around, restricted
from tollbook.pipeline.project import add, init, open_project, record, rule
from tollbook.pipeline.regroup import split_id
from tollbook.rulings import Value
from tollbook.store import ShownIncident

STORES = BOTH
ACTIONS = (
    "link", "link", "unlink", "split", "merge", "merge", "correct", "reject", "accept", "grade", "note", "unmask",
    "withdraw", "withdraw", "claim", "claim", "claim",
)  # fmt: skip


def ruled_at_random(folder: Path, rng: random.Random, times: int) -> None:
    """Decisions of all kinds on what the record holds; those that make no sense are refused and leave nothing."""
    now = record(folder)
    claims, incidents = [one.id for one in now.claims], [one.id for one in now.incidents]
    made = [one.seq for one in now.rulings]
    for number in range(times):
        action, claim, incident = rng.choice(ACTIONS), rng.choice(claims), rng.choice(incidents)
        target, values = {
            "link": (claim, {"incident": incident}),
            "merge": (incident, {"into": rng.choice(incidents)}),
            "correct": (claim, {"value": rng.randint(1, 90)}),
            "grade": (incident, {"grade": "fair"}),
            "unmask": (claim, {"name": "Orsa Lindal"}),
            "withdraw": (f"#{rng.choice(made or [0])}", {}),
            "claim": by_hand(rng.choice(now.reports), rng.choice((*incidents, "new", "new", None)), rng),
        }.get(action, (claim, {}))
        try:
            ruling = rule(folder, target, action, values, f"reason {number}", rng.choice((ANN, BEN)))
        except TollbookError:
            continue
        made.append(ruling.seq)
        claims += [ruling.claim] if action == "claim" else []
        incidents += [split_id(ruling.claim)] if action in ("split", "claim") else []


def by_hand(report: Report, incident: str | None, rng: random.Random) -> tuple[str, dict[str, Value]]:
    """Any words of a report said to be a claim."""
    start = rng.randrange(len(report.text) - 12)
    words = report.text[start : start + rng.randint(1, 12)]
    measure, more = rng.choice(("killed", "injured")), {"group": "women"} if rng.random() < 0.3 else {}
    more |= {"incident": incident} if incident else {}
    return report.id, {"words": words, "start": start, "measure": measure, "value": rng.randint(1, 40), **more}


def check(folder: Path) -> None:
    """Each incident, from the part around it, and the table of incidents, are as in the whole record."""
    whole = record(folder)
    with open_project(folder) as store, store.read() as unit:
        around = Around(unit, folder)
        assert around.is_current
        rows = {row.id: row for row in around.linking.derived.shown.all()}
        assert [(one.id, one.name, len(one.claims), one.aliases) for one in whole.incidents] == [
            (row.id, row.name, row.claims, row.aliases) for row in rows.values()
        ]
        for one in whole.incidents:
            part = around.record([rows[one.id].seed], {one.id}, ("range",))
            assert restricted(part, {one.id}) == restricted(whole, {one.id})


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_a_part_is_what_the_whole_record_has_of_it(rng: random.Random) -> None:
    with TemporaryDirectory() as place:
        paths = [str(path) for path in write(Path(place) / "in", SOME)]
        rng.shuffle(paths)
        folder = Path(place) / "floods"
        init(folder, ANN)
        add(folder, paths[:9], ANN, reader=PLAIN)
        ruled_at_random(folder, rng, 12)
        check(folder)
        add(folder, paths[9:], BEN, reader=PLAIN)
        ruled_at_random(folder, rng, 5)
        check(folder)


# ---- what people see ----


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with decisions of all kinds."""
    from test_project_sample import inputs

    folder = tmp_path_factory.mktemp("sample") / "floods"
    init(folder, ANN)
    add(folder, inputs(), ANN)
    ruled_at_random(folder, random.Random(3), 12)
    return folder


def answers(folder: Path) -> Iterator[object]:
    """What is shown of each incident, and what a person is answered who names something well or badly."""
    now = record(folder)
    for one in now.incidents:
        yield asked.dossier(folder, one.id)
        yield asked.incident(folder, one.id[:9])
    one, claim = now.incidents[0], next(claim for claim in now.claims if claim.incident)
    well = (
        one.id,
        one.id[:8],
        one.name,
        one.name[:5].upper(),
        claim.id,
        claim.id[:10],
        f"{one.id[:8]}/{claim.measure}",
    )
    badly = ("killed", "kiled", "nowhere", f"{one.id}/kiled", one.id[:2], f"{one.id}/killed/all/person/x")
    for name in (*well, *badly):
        for question in (asked.target, asked.incident):
            try:
                yield name, question(folder, name)[1]
            except TollbookError as error:
                yield name, str(error)


def test_what_is_shown_and_answered_is_the_same_from_the_part_and_from_the_whole(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_parts = list(answers(sample))
    monkeypatch.setattr(Around, "is_current", False)
    assert from_parts == list(answers(sample))


def test_who_is_masked_in_the_whole_record_is_masked_in_the_part(sample: Path) -> None:
    whole, words, book = record(sample), load_name_words(), source_book(NO_OVERLAYS)
    everyone = prepare(whole, words, book)
    with open_project(sample) as store, store.read() as unit:
        told = Around(unit, sample).told
        for one in whole.incidents:
            part = restricted(whole, {one.id})
            masker = prepare(part, words, book, told=told)
            for text in [text for report in part.reports for text in (report.title, report.text) if text]:
                hidden = {at for mask in masker.spans(text) for at in range(mask.start, mask.end)}
                assert {at for mask in everyone.spans(text) for at in range(mask.start, mask.end)} <= hidden


# ---- where the part can't be told ----


def test_what_another_program_ruled_is_shown_from_the_whole_record_and_then_caught_up_with(
    folder: Path, tmp_path: Path
) -> None:
    add(folder, [str(path) for path in write(tmp_path / "in", SOME)], ANN, reader=PLAIN)
    one = record(folder).incidents[0]
    made = rule(folder, one.claims[0], "split", {}, "told of another valley", ANN)
    with open_project(folder) as store, store.write() as unit:
        unit.put_ruling(replace(made, action="unlink", why="of no valley", seq=0))
        assert not Around(unit, folder).is_current
    assert split_id(one.claims[0]) not in {each.id for each in record(folder).incidents}
    with pytest.raises(TollbookError, match="no incident"):
        asked.incident(folder, split_id(one.claims[0]))
    rule(folder, one.claims[1], "note", {}, "seen", ANN)
    check(folder)


def test_what_other_code_linked_is_shown_from_the_whole_record_and_linked_by_the_next_add(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [str(path) for path in write(tmp_path / "in", SOME)]
    add(folder, paths, ANN, reader=PLAIN)
    one = record(folder).incidents[0]
    before = asked.dossier(folder, one.id)
    with open_project(folder) as store, store.write() as unit:
        unit.derived().put_mark(replace(unit.derived().mark(), made_by="another release"))
        assert not Around(unit, folder).is_current
        events = unit.head().seq
    assert asked.dossier(folder, one.id) == before
    add(folder, paths, ANN, reader=PLAIN)
    with open_project(folder) as store, store.read() as unit:
        assert unit.head().seq == events, "nothing is told anew"
    check(folder)


def test_a_name_that_many_have_lists_the_largest(folder: Path, tmp_path: Path) -> None:
    add(folder, [str(path) for path in write(tmp_path / "in", SOME)], ANN, reader=PLAIN)
    with open_project(folder) as store, store.write() as unit:
        shown = unit.derived().shown
        shown.put([ShownIncident(f"{n:016x}", "Arvelle, 9 May 2031", n, f"{n:016x}") for n in range(3)])
        assert [one.id for one in shown.called("arvelle, 9 MAY 2031")] == [f"{n:016x}" for n in range(3)]
        assert shown.beginning("0000000000000", 2) == [f"{n:016x}" for n in range(2)]
        shown.drop([f"{1:016x}"])
        assert shown.of(f"{1:016x}") is None
        assert shown.size() == len(shown.all())
