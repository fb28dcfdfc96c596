"""Whatever a file of a user's own rule set says, it counts or it is refused in one line; its figures are in order."""

from __future__ import annotations

from typing import Any

import pytest
from findings_build import INCIDENT, Book, claim, day
from hypothesis import given
from hypothesis import strategies as st

from tollbook.errors import UsageError
from tollbook.findings import reconcile
from tollbook.findings.own import AS_SAID, BEST, BOUNDS, HIGH, LOW, NOTHING, NUMBER, Method, rule_set
from tollbook.findings.ownfile import from_text

HEAD = 'name = "handbook"\nversion = 2\nabout = "as our handbook has it"\n'
WRONG = (
    "1.5",
    "true",
    "-1",
    '""',
    '"x"',
    "[]",
    "[1.5]",
    '["x", 1]',
    "[[1]]",
    "{a = 1}",
    "2031-05-02",
    "nan",
    "1" + "0" * 30,
)
PLACES = (
    "name", "version", "about", "source", "unlisted_words", "words", "covers.measures", "words.dozens", "bounds.about",
    "claims.parties", "claims.independent", "claims.without_parties", "claims.without_kinds", "claims.kinds_first",
    "claims.numbers_first", "claims.grades", "figures.low", "figures.best", "refuse.conflict", "claims", "figures",
)  # fmt: skip


@pytest.mark.parametrize("value", WRONG)
@pytest.mark.parametrize("place", PLACES)
def test_a_value_of_any_kind_counts_or_is_one_line(place: str, value: str) -> None:
    table, _, key = place.rpartition(".")
    text = f"{HEAD}[{table}]\n{key} = {value}" if table else f"{HEAD}{key} = {value}"
    try:
        from_text(text, "mine.toml")
    except UsageError as error:
        assert str(error).startswith("mine.toml: ")
        assert "\n" not in str(error)


FIGURES = st.sampled_from(["0", "3", "12", "14", "12+", ">12", "~13", "<=20", "10-14", "dozens", "several", "hundreds"])
WHO = st.sampled_from(["Police", "Tarn Hospital", "Union", "Harbour Ministry", "Velmark State News"])
CLAIMS = st.lists(
    st.tuples(FIGURES, WHO, st.sampled_from([0, 1, 3, 90]), st.sampled_from(["all", "women", "soldiers"])),
    min_size=1, max_size=6,
)  # fmt: skip


def _some(*choices: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(choices), max_size=1)


@st.composite
def methods(draw: st.DrawFn) -> Method:
    meant: st.SearchStrategy[Any] = st.sampled_from([None, (3, 3), (3, 9), (100, None)])
    return Method(
        "handbook", 1, "x",
        words=draw(st.dictionaries(st.sampled_from(["dozens", "several"]), meant)),
        unlisted=draw(st.sampled_from([AS_SAID, NOTHING])),
        bounds=draw(st.dictionaries(st.sampled_from(list(BOUNDS)), st.sampled_from([AS_SAID, NUMBER, NOTHING]))),
        parties=draw(st.integers(1, 2)), independent=draw(st.booleans()), without_parties=draw(_some("Police")),
        without_kinds=draw(_some("medics")), kinds_first=draw(_some("organisation")), numbers_first=draw(st.booleans()),
        without_outgrown=draw(st.booleans()), low=draw(st.sampled_from(LOW)), high=draw(st.sampled_from(HIGH)),
        best=tuple(draw(st.lists(st.sampled_from(BEST), max_size=2))), fewer_parties_than=draw(st.integers(0, 2)),
        conflict=draw(st.booleans()), open_end=draw(st.booleans()),
    )  # fmt: skip


@given(methods(), CLAIMS)
def test_figures_are_in_order_and_each_claim_carries_or_is_set_aside(
    method: Method, told: list[tuple[str, str, int, str]]
) -> None:
    claims = [
        claim(figure, by, f"r{number}", group=group, as_of=day(when))
        for number, (figure, by, when, group) in enumerate(told)
    ]
    rules = rule_set(method, file="mine.toml", sha256="0" * 64, told="")
    found = reconcile([INCIDENT], claims, (), [rules], sources=Book())
    again = reconcile([INCIDENT], claims[::-1], (), [rules], sources=Book())
    assert found == again
    for one in found:
        ends = [end for end in (one.low, one.best, one.high) if end is not None]
        assert ends == sorted(ends)
        assert not {each.claim for each in one.set_aside} & set(one.supports)
        own = {each.id for each in claims if each.group == one.group}
        assert own <= {*one.supports, *(each.claim for each in one.set_aside)}
