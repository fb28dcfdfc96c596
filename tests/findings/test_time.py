"""Tolls that unfold: supersession, rising counts of others, increments, disputes long after, what was known when."""

import datetime as dt

from findings_build import INCIDENT, claim, day, ends, findings, killed

from tollbook.findings.cases import unfolding_until
from tollbook.model import Incident

LATER = dt.date(2044, 5, 2)


def test_a_later_total_of_the_same_party_takes_the_place_of_the_earlier() -> None:
    first = claim("9+", "Tarn Hospital", "a", as_of=day(0))
    found = killed([first, claim(17, "Tarn Hospital", "b", as_of=day(1))])
    assert (ends(found), found.status) == ((17, 17, 17), "superseded")
    assert [one.claim for one in found.set_aside] == [first.id]
    assert any(
        line.startswith("later-count@1: Tarn Hospital counted 9 or more on 2 May 2031, then 17 on 3")
        for line in found.derivation
    )
    assert any("the later count takes the place of the earlier." in line for line in found.derivation)


def test_a_toll_that_falls_is_told() -> None:
    found = killed([claim(17, "Tarn Hospital", as_of=day(0)), claim(15, "Tarn Hospital", "b", as_of=day(2))])
    assert (ends(found), found.status) == ((15, 15, 15), "superseded")


def test_a_later_looser_figure_replaces_nothing() -> None:
    found = killed([claim(17, "Tarn Hospital", as_of=day(0)), claim("12+", "Tarn Hospital", "b", as_of=day(1))])
    assert (ends(found), found.status) == ((17, 17, 17), "compatible")


def test_two_figures_of_one_speaker_long_after_are_a_dispute() -> None:
    found = killed([claim(150, "Ada Brel", "a", as_of=LATER), claim(">1000", "Ada Brel", "b", as_of=day(9000))])
    assert (found.status, found.origins, found.best) == ("disputed", 1, None)
    assert (found.low, found.high) == (150, None)


def test_lower_counts_of_others_told_earlier_do_not_contradict() -> None:
    found = killed([claim(3, "Police", "a", as_of=day(0)), claim(10, "Tarn Hospital", "b", as_of=day(2))])
    assert (ends(found), found.status, found.conflicts) == ((3, 10, 10), "compatible", ())
    assert any("while the toll was still rising" in line for line in found.derivation)


def test_higher_counts_of_others_told_earlier_contradict() -> None:
    found = killed([claim(10, "Police", "a", as_of=day(0)), claim(3, "Tarn Hospital", "b", as_of=day(2))])
    assert (found.status, found.low, found.best, found.high) == ("disputed", 3, None, 10)


def test_the_latest_total_is_best_where_it_stands_clear_of_an_early_dispute() -> None:
    found = killed(
        [
            claim(7, "Police", "a", as_of=day(0)),
            claim(31, "Harbour Ministry", "b", as_of=day(0)),
            claim(67, "Tarn Hospital", "c", as_of=day(20)),
        ]
    )
    assert (found.status, ends(found)) == ("disputed", (7, 67, 67))


def test_who_repeats_a_disputed_figure_later_settles_nothing() -> None:
    found = killed(
        [
            claim(34, "Police", "a", as_of=day(6)),
            claim(38, "Union", "b", as_of=day(6)),
            claim(38, "Union", "c", as_of=LATER),
        ]
    )
    assert (found.status, ends(found)) == ("disputed", (34, None, 38))


def test_people_missing_may_be_fewer_later() -> None:
    claims = [
        claim(40, "Union", "a", "missing", as_of=day(1)),
        claim(9, "Police", "b", "missing", as_of=day(3)),
    ]
    assert findings(claims)["missing", "all"].status == "compatible"


def test_an_early_count_of_missing_people_is_no_best_once_a_later_one_excludes_it() -> None:
    claims = [
        claim(41, "Union", "a", "missing", as_of=day(2)),
        claim(41, "Radio", "b", "missing", as_of=day(2)),
        claim(12, "Police", "c", "missing", as_of=day(2)),
        claim("4-6", "Relief Desk", "d", "missing", as_of=day(7)),
    ]
    found = findings(claims)["missing", "all"]
    assert (found.status, ends(found)) == ("disputed", (4, None, 41))
    assert not any("said before higher counts" in line for line in found.derivation)


def test_an_increment_is_added_onto_its_own_base() -> None:
    base = claim(8, "Police", "a", as_of=day(0))
    more = claim(2, "Police", "b", basis="increment", as_of=day(1))
    found = killed([base, more])
    assert (ends(found), found.supports) == ((10, 10, 10), tuple(sorted((base.id, more.id))))


def test_an_increment_is_not_added_twice_nor_onto_a_total_of_its_day() -> None:
    base = claim(8, "Police", "a", as_of=day(0))
    twice = [claim(2, "Police", name, basis="increment", as_of=day(1)) for name in ("b", "c")]
    assert ends(killed([base, *twice])) == (10, 10, 10)
    total = claim(10, "Police", "d", as_of=day(1))
    assert ends(killed([base, *twice, total])) == (10, 10, 10)


def test_an_increment_is_not_added_onto_anothers_base() -> None:
    found = killed(
        [
            claim(8, "Police", "a", as_of=day(0)),
            claim(2, "Tarn Hospital", "b", basis="increment", as_of=day(1)),
        ]
    )
    assert ends(found) == (8, 8, 8)


def test_an_increment_alone_bounds_from_below() -> None:
    assert ends(killed([claim(2, "Police", basis="increment")])) == (2, 2, None)


def test_what_was_known_on_a_day() -> None:
    claims = [claim(9, "Police", "a"), claim(17, "Police", "b"), claim(17, "Union", "c")]
    published = {"a": day(0), "b": day(1), "c": day(3)}
    first = killed(claims, published=published, as_of=day(0))
    assert (ends(first), first.origins, first.as_of) == ((9, 9, 9), 1, day(0))
    last = killed(claims, published=published)
    assert (ends(last), last.origins, last.as_of, last.status) == ((17, 17, 17), 2, day(3), "superseded")
    assert findings(claims, published=published, as_of=day(-1)) == {}


def test_days_of_unfolding() -> None:
    undated = Incident("i2", "Somewhere", "other")
    assert unfolding_until(INCIDENT, []) == day(30)
    assert unfolding_until(undated, [day(0), day(3), LATER]) == day(30)
    assert unfolding_until(undated, [day(0), LATER]) is None
    assert unfolding_until(None, []) is None


def test_a_series_of_the_same_day_is_a_dispute() -> None:
    def count(figure: int, name: str, told: dt.date | None) -> object:
        return claim(figure, name, name, "recognised", "countries", unit="country", as_of=told)

    same = [count(11, "Police", LATER), count(16, "Union", LATER)]
    assert findings(same)["recognised", "countries"].status == "disputed"  # type: ignore[arg-type]
    undated = [count(11, "Police", None), count(16, "Union", None)]
    found = findings(undated)["recognised", "countries"]  # type: ignore[arg-type]
    assert (found.status, ends(found)) == ("series", (11, 16, 16))
