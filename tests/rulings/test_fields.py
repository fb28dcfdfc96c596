"""A claim in the fields that `correct` takes: what is sent back unchanged changes nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from tollbook.model import Claim, DateRange, Place, Quantity, Source, Span
from tollbook.rulings import corrected, fields_of

QUANTITIES = [
    Quantity.exact(12), Quantity.at_least(40), Quantity.more_than(40), Quantity.at_most(7), Quantity.less_than(7),
    Quantity.about(30), Quantity.between(31, 34), Quantity.vague("dozens", 24), Quantity.none(),
]  # fmt: skip


def claim(quantity: Quantity) -> Claim:
    chain = (
        Source("Arvelle Clinic", "medics"), Source("Ministry of Health", "government"),
        Source("Plain News", "publisher"),
    )  # fmt: skip
    days = DateRange(dt.date(2031, 5, 1), dt.date(2031, 5, 2), "days", "ruling")
    return Claim(
        "c1", "r1", Span(4, 12), "12 people", "killed", "women", "person", quantity, "the River Guard", "part",
        attribution=chain, date=days, as_of=dt.date(2031, 5, 3), place=Place("Arvelle", country="AR"),
    )  # fmt: skip


@pytest.mark.parametrize("quantity", QUANTITIES, ids=lambda one: str(one.bound))
def test_all_fields_sent_back_change_nothing(quantity: Quantity) -> None:
    one = claim(quantity)
    assert corrected(one, {name: value for name, value in fields_of(one).items() if value is not None}) == one


def test_what_is_not_there_is_none() -> None:
    bare = Claim("c1", "r1", Span(0, 2), "12", "killed", "all", "person", Quantity.exact(12))
    fields = fields_of(bare)
    assert {name for name, value in fields.items() if value is not None} == {
        "value", "bound", "measure", "group", "unit", "basis", "modality",
    }  # fmt: skip
