"""Incidents keep their ids in a project, and people's rulings on incidents hold."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.model import (
    Actor,
    Characterisation,
    Claim,
    DateRange,
    Incident,
    Link,
    Place,
    Placement,
    Quantity,
    Ruling,
    Span,
    digest,
)
from tollbook.pipeline.identities import Grouping, Names, identify, named
from tollbook.pipeline.regroup import regroup, split_id
from tollbook.rulings import Value


def incident(*claims: str, name: str | None = None) -> Incident:
    return Incident(name or digest(min(claims)), "Arvelle, 1 May 2031", "flood", claims=tuple(claims))


def shown(names: Names, one: Incident) -> str:
    return names.ids[one.id]


# ---- identities ----


def settled(homes: dict[str, str], names: Names) -> dict[str, str]:
    """Homes after a project has kept the births."""
    born = {claim: known for known, claims in names.births.items() for claim in claims}
    order = [*dict.fromkeys([*homes.values(), *sorted(names.births)])]
    return dict(sorted({**homes, **born}.items(), key=lambda pair: (order.index(pair[1]), pair[0])))


def test_a_new_incident_takes_its_computed_id() -> None:
    one = incident("a", "b")
    names = identify([one], {})
    assert names == Names({one.id: one.id}, {}, {one.id: ("a", "b")})


def test_an_incident_keeps_its_id_when_a_smaller_claim_joins() -> None:
    names = identify([incident("a", "b", "c")], {"b": "old", "c": "old"})
    assert shown(names, incident("a")) == "old"
    assert names.births == {"old": ("a",)}


def test_nothing_new_means_nothing_to_keep() -> None:
    assert identify([incident("a", "b")], {"a": "old", "b": "old"}).births == {}


def test_two_that_become_one_keep_the_id_of_the_greater_and_an_alias() -> None:
    names = identify([incident("a", "b", "c")], {"a": "one", "b": "two", "c": "two"})
    assert (shown(names, incident("a")), names.aliases) == ("two", {"two": ("one",)})


def test_of_two_as_great_the_older_keeps_its_id() -> None:
    names = identify([incident("a", "b")], {"b": "zz", "a": "aa"})
    assert (shown(names, incident("a")), names.aliases) == ("zz", {"zz": ("aa",)})


def test_one_that_parts_keeps_its_id_in_the_greater_part_and_comes_back() -> None:
    homes = {"a": "one", "b": "one", "c": "one"}
    left, right = incident("a", "b"), incident("c")
    names = identify([left, right], homes)
    assert (shown(names, left), shown(names, right)) == ("one", right.id)
    homes = settled(homes, names)
    again = identify([incident("a", "b", "c")], homes)
    assert (shown(again, incident("a")), again.aliases) == ("one", {"one": (right.id,)})
    # The part that went has its own id again when it goes once more, also with a smaller claim.
    third = identify([left, incident("Z", "c")], homes)
    assert shown(third, incident("Z")) == right.id


def test_an_id_of_old_is_never_given_to_another() -> None:
    fresh = incident("a")
    names = identify([fresh, incident("b", "c", name="other")], {"b": fresh.id, "c": fresh.id})
    assert names.ids["other"] == fresh.id
    assert names.ids[fresh.id] not in (fresh.id, "other")


CLAIMS = "abcdefgh"
PARTITIONS = st.lists(st.integers(0, 3), min_size=len(CLAIMS), max_size=len(CLAIMS)).map(
    lambda marks: [
        incident(*(claim for claim, mark in zip(CLAIMS, marks, strict=True) if mark == each))
        for each in sorted(set(marks))
    ]
)


@settings(deadline=None)
@given(st.lists(PARTITIONS, min_size=1, max_size=4), st.randoms())
def test_ids_are_unique_stable_and_blind_to_order(history: list[list[Incident]], random: object) -> None:
    homes: dict[str, str] = {}
    for computed in history:
        names = identify(computed, homes)
        assert identify(list(reversed(computed)), homes) == names
        ids = [shown(names, one) for one in computed]
        assert len(set(ids)) == len(ids)
        aliases = [alias for known in names.aliases.values() for alias in known]
        assert not set(aliases) & set(ids) and len(set(aliases)) == len(aliases)
        homes = settled(homes, names)
        assert set(homes) == set(CLAIMS)
        # Kept once, the same incidents have the same ids, and there is nothing more to keep.
        again = identify(computed, homes)
        assert (again.ids, again.births) == (names.ids, {})


def test_all_that_names_an_incident_follows() -> None:
    one = incident("a")
    grouping = Grouping(
        (claim("a", one.id), claim("b", None)), (one,),
        (Placement("r1", incident=one.id, incidents=(one.id,)),),
        (Characterisation("r1", Span(0, 3), "riot", "label", "riot", incident=one.id),),
    )  # fmt: skip
    after = named(grouping, identify([one], {"a": "old", "x": "gone"}))
    assert [each.incident for each in after.claims] == ["old", None]
    assert [each.id for each in after.incidents] == ["old"]
    assert (after.placements[0].incident, after.placements[0].incidents) == ("old", ("old",))
    assert after.characterisations[0].incident == "old"


# ---- rulings on incidents ----


def claim(name: str, of: str | None, report: str = "r1", start: int = 0) -> Claim:
    return Claim(
        name, report, Span(start, start + 9), "12 people", "killed", "all", "person", Quantity.exact(12), incident=of
    )


def ruling(seq: int, action: str, of: str | None = None, **values: Value) -> Ruling:
    return Ruling(seq, action, "Ann", "2031", "same day, same river", of, values=values)


@pytest.fixture
def grouping() -> Grouping:
    """Two incidents: i1 with a, b and c of two reports, i2 with d of a third; e belongs to none."""
    claims = (
        claim("a", "i1"),
        claim("b", "i1", start=20),
        claim("c", "i1", "r2"),
        claim("d", "i2", "r3"),
        claim("e", None, "r3"),
    )
    one = Incident(
        "i1", "Arvelle, 1 May 2031", "flood", actors=(Actor("river board", "rescuer", "clinic"),), reports=("r1", "r2"),
        claims=("a", "b", "c"), links=tuple(Link(each, 0.8, ("same place",)) for each in "abc"), aliases=("i0",),
    )  # fmt: skip
    two = Incident(
        "i2", "Dorn, 2 May 2031", "flood", reports=("r3",), claims=("d",), links=(Link("d", 0.9, ("date",)),)
    )
    placements = (
        Placement("r1", incident="i1", incidents=("i1",)), Placement("r2", incident="i1", incidents=("i1",)),
        Placement("r3", incident="i2", incidents=("i2",)), Placement("r4", incident="i1", incidents=("i1",)),
    )  # fmt: skip
    said = (Characterisation("r1", Span(0, 3), "riot", "label", "riot", incident="i2"),)
    return Grouping(claims, (one, two), placements, said)


def where(grouping: Grouping) -> dict[str, str | None]:
    return {each.id: each.incident for each in grouping.claims}


def by_id(grouping: Grouping) -> dict[str, Incident]:
    return {each.id: each for each in grouping.incidents}


def test_no_ruling_changes_nothing(grouping: Grouping) -> None:
    assert regroup(grouping, [ruling(1, "accept", "a"), ruling(2, "note", "b")]) is grouping


def test_a_linked_claim_moves_and_says_why(grouping: Grouping) -> None:
    after = regroup(grouping, [ruling(1, "link", "e", incident="i1")])
    assert where(after)["e"] == "i1"
    one = by_id(after)["i1"]
    assert (one.claims, one.reports) == (("a", "b", "c", "e"), ("r1", "r2", "r3"))
    assert one.links[-1] == Link("e", 1.0, ("link by Ann: same day, same river",))
    assert [each.reasons for each in one.links[:-1]] == [("same place",)] * 3
    assert {each.report: each.incidents for each in after.placements}["r3"] == ("i1", "i2")
    assert {each.report: each.incident for each in after.placements}["r3"] == "i2"


def test_an_incident_without_claims_is_gone_and_nothing_names_it(grouping: Grouping) -> None:
    after = regroup(grouping, [ruling(1, "unlink", "d")])
    assert (where(after)["d"], list(by_id(after))) == (None, ["i1"])
    assert [each.incidents for each in after.placements if each.report == "r3"] == [()]
    assert after.characterisations[0].incident is None


def test_merged_incidents_are_one_and_the_id_that_goes_is_an_alias(grouping: Grouping) -> None:
    after = regroup(grouping, [ruling(1, "merge", incident="i1", into="i2")])
    assert set(where(after).values()) == {"i2", None}
    two = by_id(after)["i2"]
    assert (two.aliases, two.name) == (("i0", "i1"), "Dorn, 2 May 2031")
    assert (two.claims, two.reports) == (("a", "b", "c", "d"), ("r1", "r2", "r3"))
    assert two.actors == (Actor("river board", "rescuer", "clinic"),)
    assert {each.incident for each in after.placements} == {"i2"}


def test_an_alias_leads_to_its_incident(grouping: Grouping) -> None:
    assert where(regroup(grouping, [ruling(1, "link", "d", incident="i0")]))["d"] == "i1"
    merged = [ruling(1, "merge", incident="i1", into="i2"), ruling(2, "link", "e", incident="i0")]
    assert where(regroup(grouping, merged))["e"] == "i2"


def test_merging_back_and_forth_comes_to_one(grouping: Grouping) -> None:
    after = regroup(
        grouping, [ruling(1, "merge", incident="i1", into="i2"), ruling(2, "merge", incident="i2", into="i1")]
    )
    assert list(by_id(after)) == ["i2"]


def test_a_split_claim_starts_an_incident_that_others_can_join(grouping: Grouping) -> None:
    fresh = split_id("c")
    after = regroup(grouping, [ruling(1, "split", "c"), ruling(2, "link", "b", incident=fresh)])
    assert where(after) == {"a": "i1", "b": fresh, "c": fresh, "d": "i2", "e": None}
    assert by_id(after)[fresh].name == "place and date unknown"
    assert {each.report: (each.incident, each.incidents) for each in after.placements}["r1"] == (
        "i1",
        tuple(sorted(("i1", fresh))),
    )


def test_a_split_incident_is_named_by_where_and_when() -> None:
    day = DateRange(dt.date(2031, 5, 1), dt.date(2031, 5, 1), "day", "said")
    dated = Claim(
        "a", "r1", Span(0, 9), "12 people", "killed", "all", "person", Quantity.exact(12),
        date=day, place=Place("Arvelle"), incident="i1",
    )  # fmt: skip
    after = regroup(Grouping((dated, claim("b", "i1")), (incident("a", "b", name="i1"),)), [ruling(1, "split", "a")])
    one = by_id(after)[split_id("a")]
    assert (one.name, one.kind, one.date, one.place) == ("Arvelle, 2031-05-01", "other", day, Place("Arvelle"))


def test_the_later_move_stands_and_an_unknown_incident_changes_nothing(grouping: Grouping) -> None:
    rulings = [
        ruling(3, "link", "a", incident="nowhere"),
        ruling(2, "link", "a", incident="i2"),
        ruling(1, "unlink", "a"),
    ]
    assert where(regroup(grouping, rulings))["a"] == "i2"
