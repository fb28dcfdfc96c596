"""What people can decide, how decisions add up, and how they find their words again."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.errors import UsageError
from tollbook.model import Bound, Claim, Place, Quantity, Ruling, Source, Span
from tollbook.rulings import (
    ACTIONS,
    Action,
    Decision,
    Named,
    Target,
    Value,
    Verdict,
    bind,
    check,
    corrected,
    decide,
    named_actors,
    parse_values,
    standing,
)

SHA = "a" * 64


def ruling(seq: int, action: str, claim: str | None = "c1", who: str = "Ann", **values: Value) -> Ruling:
    return Ruling(seq, action, who, "2031-05-02T10:00:00Z", f"reason {seq}", claim, values=values)


def claim(start: int = 0, end: int = 9, measure: str = "killed", report: str = "r1") -> Claim:
    span = Span(start, end)
    chain = (Source("clinic", "medics", "said"), Source("Arvelle Herald", "publisher"))
    return Claim(
        Claim.id_of(SHA, span, measure), report, span, "12 people", measure, "all", "person", Quantity.exact(12),
        attribution=chain,
    )  # fmt: skip


# ---- the algebra ----

RULINGS = st.lists(
    st.one_of(
        st.builds(ruling, st.just(0), st.sampled_from(["accept", "reject", "note"])),
        st.builds(lambda value: ruling(0, "correct", value=value), st.integers(0, 9)),
        st.builds(lambda group: ruling(0, "correct", group=group), st.sampled_from(["women", "men"])),
        st.builds(lambda grade: ruling(0, "grade", grade=grade), st.sampled_from(["fair", "weak"])),
    ),
    max_size=6,
).map(lambda rows: [replace(row, seq=number) for number, row in enumerate(rows, 1)])


@given(st.lists(st.sampled_from(list(Verdict)), min_size=3, max_size=3))
def test_verdicts_add_in_any_grouping_and_open_changes_nothing(three: list[Verdict]) -> None:
    one, two, last = three
    assert (one + two) + last == one + (two + last)
    assert one + Verdict.OPEN == Verdict.OPEN + one == one


@settings(deadline=None)
@given(RULINGS, st.data())
def test_decisions_add_up_wherever_the_list_is_cut(rulings: list[Ruling], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(rulings)))
    assert decide(rulings[:cut]) + decide(rulings[cut:]) == decide(rulings)
    assert decide(rulings) + Decision() == decide(rulings) == Decision() + decide(rulings)
    assert decide(reversed(rulings)) == decide(rulings)


def test_the_later_stands_and_both_are_shown() -> None:
    decision = decide([ruling(1, "accept"), ruling(2, "reject", who="Ben")])
    assert decision.verdict is Verdict.REJECTED
    assert [one.seq for one in decision.rulings] == [1, 2]
    assert decision.why == "rejected by Ben: reason 2"


def test_corrections_of_different_fields_stand_together_and_of_one_field_the_later() -> None:
    decision = decide([ruling(1, "correct", value=12, group="women"), ruling(2, "correct", value=13)])
    assert (decision.verdict, decision.changes) == (Verdict.ACCEPTED, {"value": 13, "group": "women"})


def test_a_note_changes_no_verdict() -> None:
    decision = decide([ruling(1, "reject"), ruling(2, "note"), ruling(3, "grade", grade="weak")])
    assert (decision.verdict, decision.grade, decision.why) == (Verdict.REJECTED, "weak", "rejected by Ann: reason 1")


def seqs(*rulings: Ruling) -> list[int]:
    return [one.seq for one in standing(rulings)]


def test_a_withdrawn_ruling_no_longer_counts() -> None:
    accept, reject, back = ruling(1, "accept"), ruling(2, "reject"), ruling(3, "withdraw", None, ruling=2)
    assert seqs(accept, reject, back) == [1]
    assert [one.seq for one in standing([accept, reject, back], withdrawals=True)] == [1, 3]


def test_a_withdrawal_can_be_withdrawn() -> None:
    reject, back = ruling(2, "reject"), ruling(3, "withdraw", None, ruling=2)
    again = ruling(4, "withdraw", None, ruling=3)
    assert seqs(reject, back, again) == [2]
    assert seqs(reject, back, again, ruling(5, "withdraw", None, ruling=4)) == []


@given(RULINGS)
def test_withdrawing_everything_is_as_if_nothing_was_ruled(rulings: list[Ruling]) -> None:
    last = len(rulings)
    back = [ruling(last + number, "withdraw", None, ruling=number) for number in range(1, last + 1)]
    assert decide(standing([*rulings, *back])) == Decision()


# ---- whom people name ----


def actors(seq: int, **values: Value) -> Ruling:
    return ruling(seq, "actors", None, **{"incident": "i1", "said_by": "Flood Office", **values})


def test_the_later_name_in_a_column_stands_and_others_stay() -> None:
    made = [actors(1, side_a="River Guard", actor1="River Guard"), actors(2, side_a="Hill Guard", said_by="Hill Post")]
    assert named_actors(made, ["i1"]) == {
        "side_a": Named("Hill Guard", "Hill Post"),
        "actor1": Named("River Guard", "Flood Office"),
    }
    assert named_actors(made, ["i2"]) == {}
    assert named_actors([replace(one, values={**one.values, "incident": "old"}) for one in made], ["i1", "old"])


def test_an_empty_name_empties_a_column_and_a_withdrawal_fills_it_again() -> None:
    made = [actors(1, side_b="Hill Guard"), actors(2, side_b=None)]
    assert named_actors(made, ["i1"]) == {}
    undone = standing([*made, ruling(3, "withdraw", None, ruling=2)])
    assert named_actors(undone, ["i1"]) == {"side_b": Named("Hill Guard", "Flood Office")}


# ---- what is refused ----


@pytest.mark.parametrize(
    ("action", "values", "target", "why", "line"),
    [
        ("aprove", {}, "claim", "seen", "no action 'aprove'; there are: accept, reject, correct, link"),
        ("accept", {}, "incident", "seen", "'accept' is about a claim, not an incident"),
        ("merge", {"into": "i2"}, "claim", "same", "'merge' is about an incident, not a claim"),
        ("accept", {}, "claim", "  ", "'accept' needs a reason; say why with --why"),
        ("accept", {"value": 1}, "claim", "seen", "'accept' has no value 'value'; it takes none"),
        ("correct", {"colour": "red"}, "claim", "seen", "'correct' has no value 'colour'; there are: value, low"),
        ("correct", {}, "claim", "seen", "'correct' needs at least one of value, low"),
        ("link", {}, "claim", "seen", "'link' needs incident; write incident=…"),
        ("grade", {"grade": ""}, "claim", "seen", "'grade' needs grade"),
        ("actors", {"side_a": "River Guard"}, "incident", "seen", "'actors' needs said_by; write said_by=…"),
        ("actors", {"said_by": "Flood Office"}, "incident", "seen", "'actors' needs at least one of side_a, side_b"),
        ("actors", {"said_by": "Flood Office", "guilty": "all"}, "incident", "seen", "'actors' has no value 'guilty'"),
    ],
)
def test_what_does_not_fit_is_one_line(
    action: str, values: dict[str, Value], target: Target, why: str, line: str
) -> None:
    with pytest.raises(UsageError) as caught:
        check(action, values, target, why)
    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value)


def test_what_fits_gives_its_action() -> None:
    assert check("correct", {"value": 12}, "claim", "the list says so") is Action.CORRECT
    assert check("grade", {"grade": "fair"}, "incident", "two sources") is Action.GRADE


def test_every_action_is_described() -> None:
    assert list(ACTIONS) == list(Action)
    assert all(shape.targets and shape.does for shape in ACTIONS.values())


def test_values_are_typed_by_their_name() -> None:
    pairs = ["value=1,200", "low=1.5", "high=", "group=women", "source=J = K", "date-end=2031-05-02", "lat=-3.25"]
    assert parse_values(pairs) == {
        "value": 1200, "low": 1.5, "high": None, "group": "women", "source": "J = K", "date_end": "2031-05-02",
        "lat": -3.25,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("pairs", "line"),
    [
        (["value"], "'value' is no NAME=VALUE; write for example value=12"),
        (["=12"], "'=12' is no NAME=VALUE"),
        (["value=a dozen"], "'value' needs a number, not 'a dozen'"),
        (["value=nan"], "'value' needs a finite number"),
        (["value=1", "value=2"], "'value' is given twice"),
    ],
)
def test_a_value_that_is_none_is_one_line(pairs: list[str], line: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_values(pairs)
    assert str(caught.value).startswith(line)


# ---- corrections ----


@pytest.mark.parametrize(
    ("changes", "quantity"),
    [
        ({"value": 13}, Quantity.exact(13)),
        ({"bound": "at_least"}, Quantity.at_least(12)),
        ({"value": 40, "bound": "more_than"}, Quantity.more_than(40)),
        ({"bound": "none"}, Quantity.none()),
        ({"low": 10, "high": 14}, Quantity(12, 10, 14, Bound.RANGE)),
        ({"low": 20, "high": 30}, Quantity.between(20, 30)),
        ({"low": 24, "high": None, "bound": "vague", "word": "dozens"}, Quantity.vague("dozens", 24)),
    ],
)
def test_a_corrected_quantity(changes: dict[str, Value], quantity: Quantity) -> None:
    assert corrected(claim(), changes).quantity == quantity


@pytest.mark.parametrize(
    ("was", "changes", "now"),
    [
        (Quantity.at_least(40), {"value": 42}, Quantity.at_least(42)),
        (Quantity.none(), {"value": 4}, Quantity.exact(4)),
        (Quantity.vague("dozens", 24), {"value": 30}, Quantity.exact(30)),
        (Quantity.vague("dozens", 24), {"high": 99}, Quantity(None, 24, 99, Bound.VAGUE, "dozens")),
        (Quantity.exact(40), {"value": 45, "low": 40, "high": 50}, Quantity(45, 40, 50, Bound.RANGE)),
    ],
)
def test_what_is_not_corrected_stays_where_it_fits(was: Quantity, changes: dict[str, Value], now: Quantity) -> None:
    assert corrected(replace(claim(), quantity=was), changes).quantity == now


def test_a_correction_leaves_words_span_and_id() -> None:
    before = claim()
    after = corrected(before, {"measure": "injured", "group": "women", "value": 3, "affiliation": None})
    assert (after.id, after.span, after.said) == (before.id, before.span, before.said)
    assert (after.measure, after.group, after.affiliation) == ("injured", "women", None)


def test_the_source_is_corrected_and_the_publisher_stays_last() -> None:
    chain = corrected(claim(), {"source": "ministry", "source_kind": "government"}).attribution
    assert [(link.source, link.kind) for link in chain] == [("ministry", "government"), ("Arvelle Herald", "publisher")]
    assert [link.source for link in corrected(claim(), {"source": None}).attribution] == ["Arvelle Herald"]


def test_date_and_place_are_corrected() -> None:
    after = corrected(claim(), {"date": "2031-05-01", "date_end": "2031-05-02", "place": "Arvelle", "lat": 4})
    assert after.date is not None
    assert (after.date.start, after.date.end, after.date.precision, after.date.rule) == (
        dt.date(2031, 5, 1), dt.date(2031, 5, 2), "days", "ruling",
    )  # fmt: skip
    assert after.place == Place("Arvelle", lat=4)
    assert corrected(after, {"date": None, "place": None, "as_of": "2031-05-03"}) == replace(
        claim(), as_of=dt.date(2031, 5, 3)
    )


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"bound": "roughly"}, "no bound 'roughly'; there are: exact, at_least"),
        ({"modality": "maybe"}, "no modality 'maybe'; there are: asserted"),
        ({"low": 9, "high": 2}, "'low' can't be above 'high': 9, 2"),
        ({"value": 5, "low": 10, "high": 20}, "'value' must lie between 'low' and 'high': 5, 10, 20"),
        ({"value": -1}, "'value' can't be negative: -1"),
        ({"value": "x"}, "'value' needs a number, not 'x'"),
        ({"bound": "range"}, "the bound 'range' needs low or high"),
        ({"value": None}, "the figure has no value; write value=…"),
        ({"group": None}, "'group' can't be empty"),
        ({"date": "yesterday"}, "'date' needs a day as YYYY-MM-DD, not 'yesterday'"),
        ({"date_end": "2031-05-01"}, "'date_end' needs a date"),
        ({"date": "2031-05-02", "date_end": "2031-05-01"}, "'date_end' can't be before 'date'"),
        ({"lat": 4}, "the claim has no place to correct; write place=NAME too"),
        ({"place": "Arvelle", "lat": 91}, "'lat' needs degrees from -90 to 90"),
        ({"place": "Arvelle", "geonames": 1.5}, "'geonames' needs a whole number"),
        ({"source_kind": "oracle"}, "no source_kind 'oracle'; there are: person"),
    ],
)
def test_a_value_that_does_not_fit_its_field_is_one_line(changes: dict[str, Value], line: str) -> None:
    with pytest.raises(UsageError) as caught:
        corrected(claim(), changes)
    assert str(caught.value).startswith(line)


def chained() -> Claim:
    links = (
        Source("clinic", "medics", "said"),
        Source("Ministry", "government"),
        Source("Arvelle Herald", "publisher"),
    )
    return replace(claim(), attribution=links)


def test_the_innermost_source_is_corrected_and_the_rest_of_the_chain_stays() -> None:
    chain = corrected(chained(), {"source": "hospital"}).attribution
    assert [(link.source, link.kind) for link in chain] == [
        ("hospital", "medics"), ("Ministry", "government"), ("Arvelle Herald", "publisher"),
    ]  # fmt: skip


def test_a_whole_chain_is_corrected_with_kinds_as_read_or_as_given() -> None:
    chain = corrected(chained(), {"chain": "Nurse (person) < clinic < Ministry < Plain News (media)"}).attribution
    assert [(link.source, link.kind) for link in chain] == [
        ("Nurse", "person"), ("clinic", "medics"), ("Ministry", "government"), ("Plain News", "media"),
        ("Arvelle Herald", "publisher"),
    ]  # fmt: skip
    assert [link.source for link in corrected(chained(), {"chain": None}).attribution] == ["Arvelle Herald"]
    own = corrected(chained(), {"chain": "Ministry < Other Herald (publisher)"}).attribution
    assert [link.source for link in own] == ["Ministry", "Other Herald"]
    for told, line in (("clinic < ", "'' is no source"), ("clinic (oracle)", "no source_kind 'oracle'")):
        with pytest.raises(UsageError, match=re.escape(line)):
            corrected(chained(), {"chain": told})


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        ({"low": 10, "high": 14}, {"value": 12}, {"value": 12}),
        ({"low": 10, "high": 14}, {"high": 20}, {"low": 10, "high": 20}),
        ({"value": 10, "bound": "at_least"}, {"value": 12}, {"value": 12, "bound": "at_least"}),
        ({"date": "2031-05-01", "date_end": "2031-05-04"}, {"date": "2031-05-06"}, {"date": "2031-05-06"}),
        ({"place": "Arvelle", "country": "XA", "lat": 1}, {"place": "Dorn"}, {"place": "Dorn"}),
        (
            {"place": "Arvelle", "country": "XA", "lat": 1},
            {"place": "Dorn", "country": "XB"},
            {"place": "Dorn", "country": "XB"},
        ),
        ({"source": "clinic", "source_kind": "medics"}, {"chain": "A < B"}, {"chain": "A < B"}),
        ({"chain": "A < B"}, {"source": "C"}, {"chain": "A < B", "source": "C"}),
    ],
)
def test_a_later_correction_takes_the_place_of_what_it_leaves_no_room_for(
    first: dict[str, Value], second: dict[str, Value], left: dict[str, Value]
) -> None:
    one, two = ruling(1, "correct", **first), ruling(2, "correct", **second)
    assert decide([one, two]).changes == left
    assert (decide([one]) + decide([two])).changes == left
    assert decide([one]).changes == first


def test_a_claim_without_a_source_has_none_to_correct() -> None:
    with pytest.raises(UsageError, match="names no source"):
        corrected(replace(claim(), attribution=()), {"source_kind": "medics"})


# ---- binding ----


def on(words: Claim, seq: int = 1) -> Ruling:
    return replace(ruling(seq, "accept", words.id), text_sha256=SHA, span=words.span, measure=words.measure)


def test_a_ruling_finds_the_very_same_words() -> None:
    found = bind([on(claim())], [claim(), claim(20, 29)], {"r1": SHA})
    assert [one.claim for one in found.bound] == [claim().id]
    assert found.of(claim().id) == found.bound


def test_a_newer_readers_wider_span_keeps_the_ruling() -> None:
    wider = claim(0, 16)
    assert [one.claim for one in bind([on(claim())], [wider], {"r1": SHA}).bound] == [wider.id]


def test_the_same_words_read_as_another_measure_keep_the_ruling() -> None:
    other = claim(measure="injured")
    assert [one.claim for one in bind([on(claim())], [other], {"r1": SHA}).bound] == [other.id]


def test_of_two_that_overlap_neither_is_guessed() -> None:
    found = bind([on(claim(0, 30))], [claim(0, 9), claim(12, 20)], {"r1": SHA})
    assert (found.bound, [one.seq for one in found.loose]) == ((), [1])


def test_the_same_words_in_another_text_or_place_are_other_words() -> None:
    assert bind([on(claim())], [claim(100, 109)], {"r1": SHA}).bound == ()
    assert bind([on(claim())], [claim()], {"r1": "b" * 64}).bound == ()


def test_another_title_at_the_same_place_is_other_words() -> None:
    span = Span(0, 9, "title")
    title = replace(claim(), id=Claim.id_of(SHA, span, "killed"), span=span)
    made = replace(on(title), said="12 people")
    assert bind([made], [title], {"r1": SHA}).of(title.id) == (made,)
    assert bind([made], [replace(title, said="14 people")], {"r1": SHA}).loose == (made,)
    wider = replace(title, id="wider", span=Span(0, 14, "title"), said="12 people dead")
    assert [one.claim for one in bind([made], [wider], {"r1": SHA}).bound] == ["wider"]
    assert bind([made], [replace(wider, said="14 people dead")], {"r1": SHA}).loose == (made,)


def test_a_text_in_two_reports_is_ruled_once() -> None:
    twice = [claim(), claim(report="r2")]
    assert len(bind([on(claim())], twice, {"r1": SHA, "r2": SHA}).bound) == 1


def test_a_ruling_on_an_incident_passes_through() -> None:
    merge = ruling(1, "merge", None, incident="i1", into="i2")
    assert bind([merge], [], {}).bound == (merge,)
