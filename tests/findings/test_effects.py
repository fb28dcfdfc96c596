"""What one claim could move: worked out for each as it is by rejecting it and reckoning all anew."""

from __future__ import annotations

from dataclasses import replace

from findings_build import INCIDENT, Book, claim, copies, copy_of, day
from hypothesis import given, settings
from hypothesis import strategies as st
from test_properties import some_claims

from tollbook.findings import RULES, Effect, effects, reckon
from tollbook.findings.effects import Ends, moved
from tollbook.model import Claim, Placement, Ruling

ALL = sorted(RULES)


def ends(claims: list[Claim], rules: list[str], rulings: list[Ruling], **more: object) -> dict[tuple[str, ...], Ends]:
    found = reckon([INCIDENT], claims, rulings, rules, sources=Book(), **more).findings  # type: ignore[arg-type]
    return {(one.rules, one.measure, one.group, one.unit): (one.low, one.best, one.high) for one in found}


def brute(claims: list[Claim], rules: list[str], **more: object) -> dict[str, float]:
    """The most that any figure moves, claim for claim, when a person rejects it."""
    base, found = ends(claims, rules, [], **more), {}
    for claim_id in {one.id for one in claims}:
        ruling = Ruling(1, "reject", "ann", "2031-05-09T08:00:00Z", "no", claim=claim_id)
        now = ends(claims, rules, [ruling], **more)
        none = (None, None, None)
        share = max((moved(base.get(name, none), now.get(name, none)) for name in {*base, *now}), default=0.0)
        if share:
            found[claim_id] = share
    return found


def shares(claims: list[Claim], rules: list[str], **more: object) -> dict[str, float]:
    told = effects([INCIDENT], claims, (), rules, sources=Book(), **more)  # type: ignore[arg-type]
    return {name: one.share for name, one in told.items()}


@settings(max_examples=60)
@given(some_claims())
def test_each_effect_is_what_rejecting_the_claim_does(claims: list[Claim]) -> None:
    assert shares(claims, ALL) == brute(claims, ALL)


@settings(max_examples=80)
@given(some_claims(), st.data())
def test_also_where_claims_hang_together_and_in_copies(claims: list[Claim], data: st.DataObject) -> None:
    chained = list(claims)
    for number in range(1, len(chained)):
        before = data.draw(st.sampled_from([None, "beside", "part_of"]))
        if before:
            chained[number] = replace(chained[number], **{before: chained[number - 1].id})
    copied = [*chained, *copy_of([one for one in chained if one.report == "a"], "z")]
    placed: list[Placement] = copies("a", "z")
    assert shares(copied, ["range", "ibc"], placements=placed) == brute(copied, ["range", "ibc"], placements=placed)


@settings(max_examples=120)
@given(some_claims())
def test_of_very_many_only_ends_and_bests_are_looked_at_and_no_end_is_missed(claims: list[Claim]) -> None:
    """What the short way tells is what the long way tells; and it never misses who gives the lowest or highest."""
    every, short = shares(claims, ["range"]), shares(claims, ["range"], many=0)
    assert all(every[name] == share for name, share in short.items())
    whole = [one for one in claims if one.basis == "incident" and one.affiliation is None]
    if len(whole) == len(claims):
        effect = effects([INCIDENT], claims, (), ["range"], sources=Book())
        moving = {name for name, one in effect.items() if one.before[::2] != one.after[::2]}
        assert moving <= short.keys()


def test_the_figure_that_moves_most_is_told_before_and_after() -> None:
    some = [claim(31, "Clinic"), claim(34, "Interior Ministry", "r2"), claim(34, "Union", "r3")]
    told = effects([INCIDENT], some, (), sources=Book())
    assert told == {
        some[0].id: Effect(3 / 34, ("killed", "all", "person"), (31, 34, 34), (34, 34, 34)),
        some[1].id: Effect(0.5, ("killed", "all", "person"), (31, 34, 34), (31, None, 34)),
        some[2].id: Effect(0.5, ("killed", "all", "person"), (31, 34, 34), (31, None, 34)),
    }


def test_a_claim_that_alone_carries_a_figure_takes_it_away() -> None:
    only = claim(12, "Clinic", as_of=day(1))
    assert effects([INCIDENT], [only], (), sources=Book())[only.id].share == 1.0


def test_what_is_rejected_or_only_said_again_moves_nothing() -> None:
    one, again = claim(12, "Clinic", at=1), claim(12, "Clinic", at=50)
    rejected = Ruling(1, "reject", "ann", "2031-05-09T08:00:00Z", "no", claim=again.id)
    assert effects([INCIDENT], [one, again], (), sources=Book()) == {}
    assert set(effects([INCIDENT], [one, again], (rejected,), sources=Book())) == {one.id}
