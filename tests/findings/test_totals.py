"""Sums over incidents: ends apart, unknown counted, nothing twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tollbook.errors import UsageError
from tollbook.findings.totals import totals
from tollbook.model import DateRange, Finding, Grade, Incident, Place, Total

TARN = Place("Tarn", 11, 1.0, 2.0, "VM", 1)
ORUNE = Place("Orune", 12, 1.5, 2.0, "VM", 1)
VELMARK = Place("Velmark", 10, 1.2, 2.1, "VM", 6)


def incident(name: str, place: Place | None = TARN, days: tuple[int, int] = (2, 2), kind: str = "attack") -> Incident:
    first, last = (dt.date(2031, 5, day) for day in days)
    return Incident(name, name, kind, DateRange(first, last, "day", "said"), place)


def finding(incident: str, low: int | None, high: int | None, **more: Any) -> Finding:
    line = {"measure": "killed", "group": "all", "unit": "person", "rules": "range@1", "best": None, **more}
    return Finding(incident=incident, low=low, high=high, status="single", **line)


def one(found: tuple[Total, ...], **by: str) -> Total:
    return next(each for each in found if each.by == by)


def ends(total: Total) -> tuple[object, object, object]:
    return (total.low, total.best, total.high)


def test_minima_and_maxima_are_summed_apart() -> None:
    found = totals([incident("a"), incident("b", ORUNE)], [finding("a", 3, 5), finding("b", 2, 2, best=2)], ())
    assert ends(found[0]) == (5, None, 7)
    assert found[0].incidents == ("a", "b")


def test_an_open_end_keeps_the_sum_open() -> None:
    found = totals([incident("a"), incident("b", ORUNE)], [finding("a", 3, 5), finding("b", 2, None)], ())
    assert ends(found[0]) == (5, None, None)
    assert found[0].open == ("b",)


def test_bests_are_summed_where_each_has_one() -> None:
    found = totals([incident("a"), incident("b", ORUNE)], [finding("a", 3, 5, best=4), finding("b", 2, 2, best=2)], ())
    assert found[0].best == 6


def test_an_incident_without_a_figure_is_unknown_and_not_zero() -> None:
    some = [incident("a"), incident("b", ORUNE), incident("c", ORUNE, (5, 5))]
    found = totals(some, [finding("a", 3, 5), finding("b", None, None)], ())
    assert (found[0].low, found[0].incidents, found[0].unknown) == (3, ("a",), ("b", "c"))


def test_groups_measures_and_rule_sets_are_never_added_up() -> None:
    lines = [finding("a", 3, 5), finding("a", 1, 1, group="children"), finding("a", 9, 9, measure="injured")]
    lines.append(finding("a", 3, 3, rules="acled@1"))
    found = totals([incident("a")], lines, ())
    assert [(each.rules, each.measure, each.group) for each in found] == [
        ("range@1", "killed", "all"), ("range@1", "killed", "children"), ("range@1", "injured", "all"),
        ("acled@1", "killed", "all"),
    ]  # fmt: skip


def test_by_grade_from_the_best_attested_on() -> None:
    some = [incident("a"), incident("b", ORUNE), incident("c", ORUNE, (5, 5)), incident("d", TARN, (9, 9))]
    grades = [
        Grade("a", "weak", "", ""),
        Grade("b", "fair", "", ""),
        Grade("c", None, "", ""),
        Grade("d", "weak", "", ""),
    ]
    lines = [finding("a", 1, 2), finding("b", 10, 20), finding("c", 5, 5), finding("d", 3, 3)]
    found = totals(some, lines, grades, ["grade"])
    assert [(each.by["grade"], each.low, each.high) for each in found] == [
        ("fair", 10, 20), ("weak", 4, 5), ("not graded", 5, 5),
    ]  # fmt: skip


def test_by_year_country_place_and_kind() -> None:
    some = [incident("a"), incident("b", None), Incident("c", "c", "flood")]
    lines = [finding(name, 1, 1) for name in "abc"]
    assert {each.by["year"] for each in totals(some, lines, (), ["year"])} == {"2031", "year not known"}
    assert {each.by["country"] for each in totals(some, lines, (), ["country"])} == {"VM", "country not known"}
    both = totals(some, lines, (), ["place", "kind"])
    assert [tuple(each.by.values()) for each in both] == [
        ("Tarn", "attack"), ("place not known", "attack"), ("place not known", "flood"),
    ]  # fmt: skip


# ---- one within another ----


@pytest.mark.parametrize(
    ("outer", "wanted"),
    [((10, 12), (10, None, 12)), ((4, 6), (5, None, 7)), ((4, None), (5, None, None))],
    ids=["the wider is larger", "those within are more", "open"],
)
def test_what_lies_within_another_is_not_added_onto_it(outer: tuple[int, int | None], wanted: object) -> None:
    some = [incident("all", VELMARK, (1, 30)), incident("a"), incident("b", ORUNE)]
    found = totals(some, [finding("all", *outer), finding("a", 3, 5), finding("b", 2, 2)], ())
    assert ends(found[0]) == wanted
    assert found[0].within == ("a", "b")


def test_of_three_in_one_another_each_counts_in_the_next() -> None:
    some = [incident("year", VELMARK, (1, 30)), incident("week", VELMARK, (1, 7)), incident("a")]
    found = totals(some, [finding("year", 10, 20), finding("week", 4, 30), finding("a", 12, 12)], ())
    assert ends(found[0]) == (12, None, 30)


def test_without_a_figure_of_its_own_the_wider_one_holds_nothing() -> None:
    some = [incident("all", VELMARK, (1, 30)), incident("a"), incident("b", ORUNE)]
    found = totals(some, [finding("a", 3, 5), finding("b", 2, 2)], ())
    assert (ends(found[0]), found[0].within, found[0].unknown) == ((5, None, 7), (), ("all",))


@pytest.mark.parametrize(
    "other",
    [
        incident("b", TARN, (2, 2)),
        incident("b", ORUNE, (1, 30)),
        incident("b", VELMARK, (1, 30), kind="flood"),
        incident("b", Place("Velmark", 10, 1.2, 2.1, "VX", 6), (1, 30)),
    ],
    ids=["the same day and place", "another town", "another kind", "another country"],
)
def test_what_only_looks_alike_is_added(other: Incident) -> None:
    assert ends(totals([incident("a"), other], [finding("a", 3, 5), finding("b", 2, 2)], ())[0]) == (5, None, 7)


def test_rows_that_overlap_are_told() -> None:
    some = [incident("all", VELMARK, (1, 30)), incident("a")]
    lines = [finding("all", 10, 12), finding("a", 3, 5)]
    found = totals(some, lines, (), ["place"])
    assert (one(found, place="Tarn").elsewhere, one(found, place="Velmark").elsewhere) == (("a",), ())


def test_the_order_of_incidents_shows_nowhere() -> None:
    some = [incident("all", VELMARK, (1, 30)), incident("a"), incident("b", ORUNE)]
    lines = [finding("all", 4, 6), finding("a", 3, 5), finding("b", 2, 2)]
    (first,), (second,) = totals(some, lines, ()), totals(some[::-1], lines[::-1], ())
    assert (ends(first), set(first.incidents)) == (ends(second), set(second.incidents))


def test_what_nothing_is_summed_by_lists_the_choices() -> None:
    with pytest.raises(UsageError, match="nothing is summed by 'gade'; there are: grade, year, country, place, kind"):
        totals([], [], (), ["gade"])


def test_a_country_under_two_names_lies_within_neither() -> None:
    republic = Place("the Republic", 77, 1.2, 2.1, "VM", 6)
    twins = [incident("x", VELMARK), incident("y", republic)]
    (found,) = totals(twins, [finding("x", 3, 3), finding("y", 4, 4)], ())
    assert (found.low, found.within) == (7, ())
    (found,) = totals([*twins, incident("a")], [finding("a", 2, 2)], ())  # went round in a circle for ever
    assert (found.low, found.unknown, found.elsewhere) == (2, ("x", "y"), ())
    longer = [incident("x", VELMARK, (1, 9)), twins[1]]
    (found,) = totals(longer, [finding("x", 5, 5), finding("y", 4, 4)], ())
    assert (found.low, found.within) == (5, ("y",))
