"""A count over time, as steps: what ends, what goes on, what has no place in time."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import dossier_records as made
import pytest

from tollbook.dossiers.build import build
from tollbook.dossiers.site.drawing import toll_data
from tollbook.dossiers.told import Step, Toll
from tollbook.dossiers.value import Page
from tollbook.model import Claim, Quantity, Report, Ruling, SourceKind

OFFICE: tuple[str, SourceKind] = ("Flood Office", "government")


def told(*says: tuple[int | None, str, Quantity], **more: object) -> tuple[list[Report], list[Claim]]:
    """Reports of the office, one a figure: (day of May, words, quantity)."""
    reports, claims = [], []
    for number, (day, said, quantity) in enumerate(says):
        published = f"2031-05-{day:02}" if day else None
        one = made.report(f"{number}.txt", f"{said} people died.", publisher="Tallow Wire", published=published)
        reports.append(one)
        claims.append(made.claim(one, f"{said} people", quantity, OFFICE, **more))  # type: ignore[arg-type]
    return reports, claims


def page_of(reports: list[Report], claims: list[Claim], **more: object) -> Page:
    return build(made.record(reports, claims, **more)).pages[0]  # type: ignore[arg-type]


def only(page: Page) -> Toll:
    (toll,) = page.tolls
    return toll


def spans(toll: Toll) -> list[tuple[int, int | None, str]]:
    """(day it starts, day it ends, figure) of each step."""
    return [(one.start.day, one.end.day if one.end else None, one.figure) for one in toll.steps]


def test_a_figure_ends_where_the_same_source_says_another_and_the_last_goes_on() -> None:
    says = told((7, "At least 12", Quantity.at_least(12)), (9, "31", Quantity.exact(31)))
    toll = only(page_of(*says))
    assert spans(toll) == [(7, 9, "≥ 12"), (9, None, "31")]
    assert [(one.low, one.value, one.high) for one in toll.steps] == [(12, 12, None), (31, 31, 31)]
    assert [one.stands for one in toll.steps] == [(), ("range@1",)]


def test_a_figure_said_again_is_one_step() -> None:
    exact = Quantity.exact(31)
    assert spans(only(page_of(*told((7, "31", exact), (8, "31", exact), (9, "40", Quantity.exact(40)))))) == [
        (7, 9, "31"),
        (9, None, "40"),
    ]


def test_two_figures_of_one_source_and_day_are_two_steps() -> None:
    says = told((7, "12", Quantity.exact(12)), (7, "14", Quantity.exact(14)), (9, "14", Quantity.exact(14)))
    assert spans(only(page_of(*says))) == [(7, 9, "12"), (7, None, "14")]


def test_a_claim_without_a_day_is_told_apart() -> None:
    says = told((7, "12", Quantity.exact(12)), (9, "31", Quantity.exact(31)), (None, "40", Quantity.exact(40)))
    toll = only(page_of(*says))
    assert [figure for _, _, figure in spans(toll)] == ["12", "31"]
    assert [(figure, why) for _, _, figure, why in toll.apart] == [("40", "no day known")]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"modality": "denied"}, "denied by this source"),
        ({"basis": "increment"}, "newly added, not a total"),
        ({"basis": "part"}, "a part of a larger figure"),
    ],
)
def test_what_nobody_asserts_as_a_total_is_told_apart(more: dict[str, object], why: str) -> None:
    reports, claims = told((7, "12", Quantity.exact(12)), (9, "31", Quantity.exact(31)), (10, "5", Quantity.exact(5)))
    claims[2] = replace(claims[2], **more)  # type: ignore[arg-type]
    assert [(figure, told) for _, _, figure, told in only(page_of(reports, claims)).apart] == [("5", why)]


def ruled(claim: Claim, action: str, **values: object) -> Ruling:
    return Ruling(1, action, "ann", "2031-06-01T10:00:00Z", "recounted", claim=claim.id, values=values)  # type: ignore[arg-type]


def test_a_correction_is_drawn_as_ruled_and_a_rejected_claim_is_not() -> None:
    reports, claims = told((7, "12", Quantity.exact(12)), (9, "31", Quantity.exact(31)), (10, "5", Quantity.exact(5)))
    rulings = (ruled(claims[1], "correct", value=13), replace(ruled(claims[2], "reject"), seq=2))
    toll = only(page_of(reports, claims, rulings=rulings))
    assert spans(toll) == [(7, 9, "12"), (9, None, "13")]
    assert [(figure, why) for _, _, figure, why in toll.apart] == [("5", "rejected by a ruling")]
    taken = (*rulings, Ruling(3, "withdraw", "ann", "2031-06-02T10:00:00Z", "no", values={"ruling": 2}))
    assert spans(only(page_of(reports, claims, rulings=taken)))[-1] == (10, None, "5")


def test_one_day_alone_is_no_toll_over_time() -> None:
    assert page_of(*told((7, "12", Quantity.exact(12)), (7, "14", Quantity.exact(14)))).tolls == ()


def test_the_small_records_sources_stand_as_steps_of_their_own() -> None:
    page = build(made.small()).pages[0]
    first: tuple[Step, ...] = page.tolls[0].steps
    names = {row.ref: row.name for row in page.rows}
    assert [(names[one.row], one.figure, one.end) for one in first] == [
        ("Flood Office", "≥ 12", dt.date(2031, 5, 9)),
        ("Flood Office", "31", None),
        ("[name 3]", "hundreds", None),
        ("Boatmen’s Union of Orvesk", "44", None),
    ]


def test_no_text_leaves_the_data_and_unseen_signs_are_named() -> None:
    reports, claims = told((7, "12", Quantity.exact(12)), (9, "31", Quantity.exact(31)))
    evil = "</script><script>alert(1)</script>\u202e&amp; Office"
    claims = [replace(one, attribution=(replace(one.attribution[0], source=evil),)) for one in claims]
    data = str(toll_data(page_of(reports, claims)))
    assert "<" not in data
    assert "\u202e" not in data
    (row,) = json.loads(data)["rows"].values()
    assert row[0].startswith("</script><script>")
    assert "[U+202E]" in row[0]
