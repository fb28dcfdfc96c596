"""Interval algebra with open ends, held against brute force over small counts."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.findings.intervals import Interval, common, looser, position
from tollbook.model import Quantity

TOP = 12  # counts 0..TOP stand for all counts; ends stay below it, so an open end shows
INTERVALS = st.builds(
    lambda low, width: Interval(low, None if width is None else low + width),
    st.integers(0, 6),
    st.none() | st.integers(0, 5),
)


def counts(interval: Interval) -> set[int]:
    return {count for count in range(TOP + 1) if interval.has(count)}


def test_an_interval_needs_low_not_above_high() -> None:
    with pytest.raises(ValueError, match="low <= high"):
        Interval(5, 4)


def test_about_reaches_as_far_as_the_rule_says() -> None:
    assert Interval.of(Quantity.about(30)) == Interval(30, 30)
    assert Interval.reaching(Quantity.about(30), 0.1) == Interval(27, 33)
    assert Interval.reaching(Quantity.exact(30), 0.1) == Interval(30, 30)


@settings(deadline=None)
@given(INTERVALS, INTERVALS)
def test_meeting_holding_and_below_are_what_the_counts_say(one: Interval, other: Interval) -> None:
    assert one.meets(other) == bool(counts(one) & counts(other))
    assert one.holds(other) == (counts(other) <= counts(one))
    assert one.below(other) == (max(counts(one)) < min(counts(other)))


@settings(deadline=None)
@given(st.lists(INTERVALS, max_size=6))
def test_common_is_the_intersection(some: list[Interval]) -> None:
    left = set(range(TOP + 1)).intersection(*map(counts, some))
    found = common(some)
    assert (counts(found) if found else set()) == left


@settings(deadline=None)
@given(st.lists(INTERVALS, min_size=1, max_size=6))
def test_position_is_the_hull_of_all_largest_consistent_sets(some: list[Interval]) -> None:
    sets = [
        frozenset(chosen)
        for size in range(1, len(some) + 1)
        for chosen in combinations(range(len(some)), size)
        if common(some[i] for i in chosen)
    ]
    largest = [one for one in sets if not any(one < other for other in sets)]
    left = set().union(*(counts(common(some[i] for i in chosen) or Interval()) for chosen in largest))
    found = position(some)
    assert found.low == min(left)
    assert (TOP if found.high is None else found.high) == max(left)


@settings(deadline=None)
@given(st.lists(INTERVALS, max_size=6))
def test_those_that_hold_another_are_looser(some: list[Interval]) -> None:
    assert looser(some) == {one for one in some if any(one != other and one.holds(other) for other in some)}


def test_what_figures_leave() -> None:
    assert position([Interval(86, 86), Interval(97, 97), Interval(81)]) == Interval(86, 97)
    assert position([Interval(40), Interval(52, 52)]) == Interval(52, 52)
    assert position([Interval(0, 0), Interval(12)]) == Interval(0)
    assert position([Interval(10), Interval(12)]) == Interval(12)
    with pytest.raises(ValueError, match="needs a figure"):
        position([])
