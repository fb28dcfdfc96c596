"""The desk: what people see and rule, on both stores, however many at once, whoever else writes to the log."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from project_values import ANN, BEN, BOTH, PLAIN, log, write

from tollbook.errors import OutputError, UsageError
from tollbook.pipeline import asked, histories
from tollbook.pipeline.desk import Changed, Desk, Filters, Order, Outcome
from tollbook.pipeline.desk.kept import FILE
from tollbook.pipeline.desk.writer import Writer
from tollbook.pipeline.project import add
from tollbook.pipeline.project_folder import open_project, record
from tollbook.pipeline.ruling import rule

STORES = BOTH
ALL = Filters(state="all")
WHY = "checked against the words"


@pytest.fixture
def desk(filled: Path) -> Iterator[Desk]:
    made = Desk(filled)
    yield made
    made.close()


def accept(claim: str, **more: object) -> Order:
    return replace(Order(claim, "accept", why=WHY), **more)  # type: ignore[arg-type]


def rulings(folder: Path) -> int:
    return sum(event.kind == "ruling" for event in log(folder))


# ---- what is shown ----


def test_an_incident_is_shown_as_the_whole_record_has_it_after_every_ruling(filled: Path, desk: Desk) -> None:
    for order in orders_of(desk):
        desk.rule(order, ANN)
        for one in desk.incidents():
            own, incident = desk.incident(one.id)
            part, same = asked.incident(filled, one.id)
            assert incident == same
            assert (own.claims, own.findings, own.grades, own.reports) == (
                part.claims, part.findings, part.grades, part.reports
            )  # fmt: skip
            about = {ruling.seq for ruling in own.rulings}
            assert {ruling.seq for ruling in part.rulings if ruling.claim in {c.id for c in own.claims}} <= about


def test_histories_are_those_of_the_whole_record(filled: Path, desk: Desk) -> None:
    for order in orders_of(desk):
        desk.rule(order, ANN)
    for name in (*(one.claim for one in desk.queue(ALL, "ann", 100)), *(one.id for one in desk.incidents())):
        assert desk.history(name) == histories.history(filled, name)
    with pytest.raises(UsageError, match="no incident 'nowhere'"):
        desk.history("nowhere")


def orders_of(desk: Desk) -> list[Order]:
    """Rulings of every kind, on claims of two incidents."""
    first, second, *others = [one.claim for one in desk.queue(ALL, "ann")]
    large, small = (one.id for one in desk.incidents())
    return [
        accept(first),
        Order(second, "reject", why="of another day"),
        Order(others[0], "correct", {"value": 15, "place": "Dorn"}, "recounted"),
        Order(others[1], "link", {"incident": small}, "the same flood"),
        Order(others[2], "split", why="another flood"),
        Order(large, "grade", {"grade": "fair"}, "two sources"),
        Order(others[3], "note", why="look again"),
        Order(f"#{desk.head() + 2}", "withdraw", why="a slip"),
        Order(small, "merge", {"into": large}, "one flood"),
        Order(others[1], "unlink", why="no flood at all"),
    ]


def test_the_queue_tells_each_claim_as_it_counts(filled: Path, desk: Desk) -> None:
    for order in orders_of(desk):
        desk.rule(order, BEN)
    desk.work_off()
    whole = record(filled)
    counting = {one.id: one for one in desk.ruled(whole).claims}
    rejected = desk.ruled(whole).rejected
    items = {one.claim: one for one in desk.queue(ALL, "ann", 100)}
    assert items.keys() == counting.keys()
    for one in items.values():
        claim = counting[one.claim]
        assert (one.measure, one.group, one.unit, one.incident) == (
            claim.measure, claim.group, claim.unit, claim.incident or ""
        )  # fmt: skip
        assert one.fields["value"] == claim.quantity.value
        assert (one.state == "rejected") == (one.claim in rejected)
        assert one.before + one.said + one.after in next(r.text for r in whole.reports if r.id == one.report)
        last = [ruling.seq for ruling in whole.rulings if ruling.claim == one.claim]
        assert one.seen >= max(last, default=0)


def test_the_queue_is_in_the_order_of_what_could_change_and_goes_on_page_by_page(desk: Desk) -> None:
    desk.work_off()
    every = desk.queue(ALL, "ann", 100)
    assert [(-one.effect, one.confidence) for one in every] == sorted((-one.effect, one.confidence) for one in every)
    assert {one.effect_words for one in every if one.effect == 1.0} >= {"injured: 30 would be no figure"}
    paged, after = [], ""
    while page := desk.queue(ALL, "ann", 2, after):
        paged += page
        after = page[-1].claim
    assert paged == every


def test_filters_and_counts_agree_with_the_items(desk: Desk) -> None:
    every = desk.queue(ALL, "ann", 100)
    desk.rule(accept(every[0].claim), ANN)
    desk.rule(Order(every[1].claim, "reject", why="no"), BEN)
    for asked_for in (
        ALL, Filters(measure="killed"), Filters(group="children"), Filters(report=every[0].report),
        Filters(text="CLINIC"), Filters(incident=every[2].incident), Filters(most_confidence=0.1),
        Filters(publisher="nobody"),
    ):  # fmt: skip
        told = desk.progress(asked_for)
        items = desk.queue(replace(asked_for, state="all"), "ann", 100)
        states = [one.state for one in items]
        assert (told.open, told.coded, told.rejected) == tuple(map(states.count, ("open", "coded", "rejected")))
        assert desk.queue(asked_for, "ann", 100) == [one for one in items if asked_for.state in ("all", one.state)]
    assert desk.progress(ALL).by == {"ann": 1, "ben": 1}
    assert desk.choices().measures == ("injured", "killed", "missing")


def test_a_report_is_shown_with_its_claims_and_one_that_has_none_too(desk: Desk) -> None:
    reports = {one.report for one in desk.queue(ALL, "ann", 100)}
    one = desk.report(min(reports))
    assert {claim.report for claim in one.claims} == {one.reports[0].id} == {min(reports)}
    bare = next(name for name in sorted(_reports(desk)) if name not in reports)
    assert desk.report(bare).claims == ()
    assert "water" in desk.report(bare).reports[0].text
    with pytest.raises(UsageError, match="no report 'x'"):
        desk.report("x")


def _reports(desk: Desk) -> set[str]:
    return {one.id for one in record(desk._folder).reports}


# ---- rulings ----


def test_a_ruling_sent_twice_is_one_event_also_after_others_and_after_a_restart(filled: Path, desk: Desk) -> None:
    claim = desk.queue(ALL, "ann")[0].claim
    first = desk.rule(accept(claim, key="key-of-ann-1", seen=0), ANN)
    assert desk.rule(accept(claim, key="key-of-ann-1", seen=0), ANN) == Outcome(first.ruling, first.head, again=True)
    desk.rule(Order(claim, "reject", why="no", key="key-of-ben-1"), BEN)
    assert desk.rule(accept(claim, key="key-of-ann-1", seen=0), ANN).ruling == first.ruling
    desk.close()
    for lost in (False, True):
        if lost:
            (filled / FILE).unlink()
        again = Desk(filled)
        told = again.rule(accept(claim, key="key-of-ann-1", seen=0), ANN)
        assert (told.ruling, told.again) == (first.ruling, True)
        assert again.queue(ALL, "ann")[0].state in ("open", "rejected")
        again.close()
    assert rulings(filled) == 2


def test_two_sent_at_once_by_one_key_are_one_event(filled: Path, desk: Desk) -> None:
    claim = desk.queue(ALL, "ann")[0].claim
    told = at_once([lambda: desk.rule(accept(claim, key="the-same-key"), ANN)] * 8)
    assert len({one.ruling.seq for one in told}) == 1
    assert sorted(one.again for one in told) == [False] + [True] * 7
    assert rulings(filled) == 1


def test_a_key_is_for_one_ruling(filled: Path, desk: Desk) -> None:
    claim = desk.queue(ALL, "ann")[0].claim
    desk.rule(accept(claim, key="key-of-ann-1"), ANN)
    with pytest.raises(UsageError, match="used for another ruling"):
        desk.rule(Order(claim, "reject", why="no", key="key-of-ann-1"), ANN)
    with pytest.raises(UsageError, match="no key of a ruling"):
        desk.rule(accept(claim, key="short"), ANN)
    assert desk.rule(accept(claim, key="key-of-ann-1"), BEN).again is False
    assert rulings(filled) == 2


def test_what_was_ruled_on_since_it_was_seen_is_told_and_nothing_is_written(filled: Path, desk: Desk) -> None:
    one = desk.queue(ALL, "ann")[0]
    first = desk.rule(Order(one.claim, "reject", why="of another day", seen=one.seen), BEN)
    with pytest.raises(Changed, match=r"ben has ruled on this meanwhile \(reject: of another day\)"):
        desk.rule(accept(one.claim, seen=one.seen), ANN)
    undone = desk.rule(Order(f"#{first.ruling.seq}", "withdraw", why="a slip", seen=first.ruling.seq), BEN)
    with pytest.raises(Changed, match="withdraw"):
        desk.rule(accept(one.claim, seen=first.ruling.seq), ANN)
    assert rulings(filled) == 2
    desk.rule(accept(one.claim, seen=undone.ruling.seq), ANN)
    incident = desk.incidents()[0].id
    desk.rule(Order(incident, "note", why="look again", seen=0), BEN)
    with pytest.raises(Changed):
        desk.rule(Order(incident, "grade", {"grade": "weak"}, "why not", seen=0), ANN)


def test_what_cannot_be_ruled_is_one_line_and_leaves_the_others_alone(filled: Path, desk: Desk) -> None:
    claims = [one.claim for one in desk.queue(ALL, "ann", 100)]
    wrong = [
        Order("ffffffffffffffff", "accept", why=WHY), Order(claims[0], "acept", why=WHY), Order(claims[0], "accept"),
        Order(claims[0], "correct", {"value": "many"}, "x"), Order("#999999", "withdraw", why="x"),
        Order(claims[0], "link", {"incident": "nowhere"}, "x"),
    ]  # fmt: skip
    lines = []

    def refused(order: Order) -> None:
        with pytest.raises(UsageError) as told:
            desk.rule(order, BEN)
        lines.append(str(told.value))

    at_once([*(lambda order=order: refused(order) for order in wrong),
             *(lambda claim=claim: desk.rule(accept(claim), ANN) for claim in claims)])  # fmt: skip
    assert len(lines) == len(wrong) and all(lines)
    assert rulings(filled) == len(claims)


def test_rulings_that_wait_are_one_transaction(filled: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = [one.claim for one in desk.queue(ALL, "ann", 100)]
    desk.rule(accept(claims[0]), ANN)
    written: list[int] = []
    plain = Writer._write
    monkeypatch.setattr(Writer, "_write", lambda self, some: (written.append(len(some)), plain(self, some))[1])
    others = [lambda claim=claim: desk.rule(accept(claim), BEN) for claim in claims[1:]]
    with open_project(filled) as store, store.write():  # so long nobody else writes
        threads = [threading.Thread(target=one) for one in others]
        for thread in threads:
            thread.start()
        while sum(written) + desk._writer._waiting.qsize() < len(others):
            threading.Event().wait(0.01)
    for thread in threads:
        thread.join()
    assert sum(written) == len(others)
    assert len(written) <= 2 < len(others)  # those that were there at first, and all that came while these waited
    assert rulings(filled) == len(claims)


def test_two_coders_never_have_the_same_claim(desk: Desk) -> None:
    mine = [one.claim for one in desk.queue(ALL, "ann", 3)]
    assert desk.hold("ann", mine, 0.0) == mine
    assert desk.hold("ben", mine, 1.0) == []
    theirs = [one.claim for one in desk.queue(ALL, "ben", 100)]
    assert not set(theirs) & set(mine)
    assert {one.held_by for one in desk.queue(ALL, "ann", 3)} == {"ann"}
    assert desk.progress(Filters()).held == 3
    assert desk.hold("ann", mine[:1], 200.0) == mine[:1]  # a ping; the others are given back
    assert desk.hold("ben", mine, 250.0) == mine[1:]
    assert desk.hold("ben", mine, 501.0) == mine  # ann has not been heard of for five minutes
    assert desk.hold("ben", [], 502.0) == []
    assert desk.progress(Filters()).held == 0


# ---- others write to the log ----


def test_what_another_process_ruled_is_seen(filled: Path, desk: Desk) -> None:
    one = desk.queue(Filters(), "ann")[0]
    made = rule(filled, one.claim, "correct", {"value": 77}, "recounted", BEN)
    assert one.claim not in {item.claim for item in desk.queue(Filters(), "ann", 100)}
    there = next(item for item in desk.queue(ALL, "ann", 100) if item.claim == one.claim)
    assert (there.figure, there.state, there.seen) == ("77", "coded", made.seq)
    assert 77 in {finding.high for finding in desk.incident(one.incident)[0].findings}
    with pytest.raises(Changed):
        desk.rule(accept(one.claim, seen=one.seen), ANN)
    assert desk.head() == made.seq


def test_two_apps_on_one_record_see_what_each_other_s_people_ruled(filled: Path, desk: Desk) -> None:
    other = Desk(filled)
    one = desk.queue(ALL, "ann")[0]
    for app in (desk, other):
        assert app.progress(ALL).open == len(app.queue(ALL, "ann", 100))
        app.incident(one.incident)
    desk.rule(Order(one.claim, "correct", {"value": 77}, "recounted"), ANN)
    desk.progress(ALL)
    assert other.progress(ALL).coded == 1
    assert 77 in {finding.high for finding in other.incident(one.incident)[0].findings}
    with pytest.raises(Changed):
        other.rule(accept(one.claim, seen=0), BEN)
    other.close()


def test_where_nothing_can_be_kept_beside_the_log_that_is_one_line(filled: Path) -> None:
    (filled / FILE).mkdir()
    with pytest.raises(OutputError, match=r"desk.sqlite: can't be written \(unable to open database file\)"):
        Desk(filled)


def test_reports_that_another_process_adds_are_in_the_queue(filled: Path, desk: Desk, tmp_path: Path) -> None:
    before = {one.claim for one in desk.queue(ALL, "ann", 100)}
    kept, _ = desk.incident(desk.incidents()[0].id)
    text = (
        "Then 21 people were killed in Arvelle on 1 May 2031, Union said. 8 women were missing in Dorn on 9 May 2033."
    )
    add(filled, [str(path) for path in write(tmp_path / "more", {"f.txt": text})], BEN, reader=PLAIN)
    desk.work_off()
    came = [one for one in desk.queue(ALL, "ann", 100) if one.claim not in before]
    assert {one.said for one in came} == {"21 people", "8 women"}
    assert all(one.incident in {shown.id for shown in desk.incidents()} for one in came)
    now, _ = desk.incident(kept.incidents[0].id)
    assert len(now.claims) == len(kept.claims) + 1


def test_what_is_not_linked_is_shown_right_and_linked_when_somebody_opens_it(filled: Path, desk: Desk) -> None:
    told = [desk.incident(one.id) for one in desk.incidents()]
    with open_project(filled) as store, store.write() as unit:
        unit.derived().clear()
    assert [desk.incident(incident.id)[0].findings for _, incident in told] == [own.findings for own, _ in told]
    assert desk.rule(accept(told[0][0].claims[0].id), BEN).again is False
    assert desk.link(BEN) is True
    assert desk.link(BEN) is False
    desk.work_off()
    assert {one.incident for one in desk.queue(ALL, "ann", 100)} == {one.id for one in desk.incidents()}


def test_what_is_kept_beside_the_log_may_be_lost_or_damaged(filled: Path, desk: Desk) -> None:
    desk.rule(Order(desk.queue(ALL, "ann")[0].claim, "reject", why="no", key="key-of-ann-1"), ANN)
    desk.work_off()
    told = desk.queue(ALL, "ann", 100)
    desk.close()
    for damage in (b"", b"no database at all, but long enough to be looked at" * 40):
        (filled / FILE).write_bytes(damage)
        again = Desk(filled)
        again.work_off()
        assert again.queue(ALL, "ann", 100) == told
        again.close()


def test_a_log_that_was_put_back_is_followed(filled: Path, desk: Desk) -> None:
    """Another log of the same length: nothing of what was kept beside the first is taken for the second's."""
    one, other = (item.claim for item in desk.queue(ALL, "ann", 2))
    desk.rule(accept(one), ANN)
    desk.close()
    with open_project(filled) as store, store.read() as unit:
        last = unit.head()
    assert last is not None
    again = Desk(filled)
    again._kept.one("SELECT 1")
    with again._kept.change() as kept:
        kept.execute("UPDATE mark SET hash = 'another'")
    assert again.rule(accept(other, key="key-of-ann-2"), ANN).again is False
    assert again.progress(ALL).coded == 2
    again.close()


def at_once(calls: list) -> list:  # type: ignore[type-arg]
    """What each call comes to, all begun together; the first error that none expected is raised."""
    told: list[object] = []
    wrong: list[BaseException] = []

    def run(call) -> None:  # type: ignore[no-untyped-def]
        try:
            told.append(call())
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]
    return told
