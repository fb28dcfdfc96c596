"""What must hold of any claims: order, permutation, copies, withdrawal, accounting for every claim, speed."""

import datetime as dt
import random
from collections.abc import Callable

import pytest
from findings_build import INCIDENT, Book, claim, copies, copy_of, day, findings
from hypothesis import given, settings
from hypothesis import strategies as st
from proportion import grows_at_most

from tollbook.findings import RULES, reconcile
from tollbook.model import Claim, Finding, Ruling

FIGURES = st.sampled_from(["0", "3", "5", "12", "3+", "12+", ">4", "~12", "<=9", "4-7", "dozens", "others"])
VOICES = st.sampled_from([None, "Police", "Union", "Harbour Ministry", "President Mila Orvane"])
DAYS = st.sampled_from([None, day(0), day(1), day(9), dt.date(2044, 1, 1)])
GROUPS = st.sampled_from(["all", "all", "women", "girls", "children", "soldiers", "lamplighters"])
BASES = st.sampled_from(["incident", "incident", "part", "increment", "aggregate"])
MODALITIES = st.sampled_from(["asserted", "asserted", "asserted", "denied"])


@st.composite
def some_claims(draw: st.DrawFn) -> list[Claim]:
    return [
        claim(
            draw(FIGURES), draw(VOICES), draw(st.sampled_from(["a", "b", "c"])),
            draw(st.sampled_from(["killed", "missing", "registered"])), draw(GROUPS),
            at=number * 9, as_of=draw(DAYS), basis=draw(BASES), modality=draw(MODALITIES),
            affiliation=draw(st.sampled_from([None, None, "Northlander", "Southlander"])),
            part=draw(st.sampled_from(["text", "text", "title"])),
        )
        for number in range(draw(st.integers(1, 8)))
    ]  # fmt: skip


def run(claims: list[Claim], **more: object) -> tuple[Finding, ...]:
    return reconcile([INCIDENT], claims, more.pop("rulings", ()), list(RULES), sources=Book(), **more)  # type: ignore[arg-type]


@settings(deadline=None)
@given(some_claims())
def test_low_best_high_are_in_order_and_null_is_not_zero(claims: list[Claim]) -> None:
    for one in run(claims):
        known = [end for end in (one.low, one.best, one.high) if end is not None]
        assert known == sorted(known)
        assert bool(one.supports) == bool(known)


@settings(deadline=None)
@given(some_claims(), st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_nothing(claims: list[Claim], chance: random.Random) -> None:
    shuffled = list(claims)
    chance.shuffle(shuffled)
    assert run(shuffled) == run(claims)


@settings(deadline=None)
@given(some_claims())
def test_a_copy_changes_no_number_no_origin_and_no_status(claims: list[Claim]) -> None:
    def told(one: Finding) -> tuple[object, ...]:
        return (one.measure, one.group, one.rules, one.low, one.best, one.high, one.status, one.origins, one.parties)

    copied = copy_of([one for one in claims if one.report == "a"], "z")
    both = run([*claims, *copied], placements=copies("a", "z"))
    assert [told(one) for one in both] == [told(one) for one in run(claims)]
    assert [one.conflicts for one in both] == [one.conflicts for one in run(claims)]


@settings(deadline=None)
@given(some_claims(), st.sampled_from(["accept", "reject", "note"]))
def test_a_withdrawn_ruling_leaves_no_trace(claims: list[Claim], action: str) -> None:
    made = Ruling(1, action, "Ann Example", "2031-06-01", "read again", claims[0].id)
    back = Ruling(2, "withdraw", "Ann Example", "2031-06-02", "a slip", values={"ruling": 1})
    assert run(claims, rulings=[made, back]) == run(claims)


@settings(deadline=None)
@given(some_claims())
def test_every_claim_is_accounted_for(claims: list[Claim]) -> None:
    for name in ("range", "airwars"):
        found = reconcile([INCIDENT], claims, (), [name], sources=Book())
        held = {claim for one in found for claim in one.supports}
        held |= {each.claim for one in found for each in one.set_aside}
        assert held == {one.id for one in claims}


@settings(deadline=None)
@given(some_claims())
def test_a_dispute_shows_its_claims(claims: list[Claim]) -> None:
    for one in run(claims):
        assert (one.status == "disputed") == bool(one.conflicts)
        assert all(len(pair) >= 2 and list(pair) == sorted(set(pair)) for pair in one.conflicts)


def _many(count: int) -> list[Claim]:
    chance = random.Random(1)
    return [
        claim(
            chance.randint(1, 4000), f"Voice {i % 700}", f"r{i % 900}",
            group=chance.choice(["all", "women", "children"]), at=i * 9, as_of=day(i % 25),
        )
        for i in range(count)
    ]  # fmt: skip


def test_five_thousand_claims_of_one_incident_are_no_trouble() -> None:
    found = findings(_many(5000))
    assert found["killed", "all"].status == "disputed"
    assert len(found["killed", "all"].derivation) < 60


@pytest.mark.no_cover  # which would make it four times as long
def test_time_grows_with_the_claims_of_an_incident_not_with_their_square() -> None:
    def prepared(count: int) -> Callable[[], object]:
        claims = _many(count)
        return lambda: findings(claims)

    grows_at_most(8, prepared, 2_000, 16_000)
