"""Groups, parts and wholes: what bounds what, what is added up, what is too much."""

from dataclasses import replace

import pytest
from findings_build import INCIDENT, claim, day, ends, findings, killed

from tollbook.findings import reconcile
from tollbook.lexicon import load_taxonomy


def test_a_part_bounds_a_whole_that_nobody_gives() -> None:
    found = killed([claim("hundreds", "Union", group="civilians")])
    assert (ends(found), found.status) == ((100, None, None), "single")
    assert any(
        "nobody gives the whole; what is counted of some makes it 100 or more" in line for line in found.derivation
    )


def test_what_is_said_of_no_larger_whole_is_its_best() -> None:
    assert ends(killed([claim(3, "Union", group="soldiers")])) == (3, 3, None)
    assert ends(killed([claim(3, "Union", group="soldiers", basis="part", part_of="other")])) == (3, None, None)


def test_groups_that_share_nobody_are_added_up_within_a_report() -> None:
    claims = [claim(6, "Union", group="militants"), claim(1, "Union", group="soldiers")]
    assert ends(killed(claims)) == (7, 7, None)
    apart = [claim(6, "Union", "a", group="militants"), claim(1, "Union", "b", group="soldiers")]
    assert ends(killed(apart)) == (6, 6, None)


def test_groups_that_may_share_people_are_not_added_up() -> None:
    claims = [claim(6, "Union", group="elderly"), claim(4, "Union", group="women")]
    assert ends(killed(claims)) == (6, 6, None)


def test_girls_are_children_and_all() -> None:
    claims = [claim(2, "Union", group="girls"), claim(1, "Union", group="boys"), claim(4, "Union", group="women")]
    found = findings(claims)
    assert ends(found["killed", "children"]) == (3, 3, None)
    assert ends(found["killed", "all"]) == (7, 7, None)


def test_a_group_nobody_knows_is_kept_and_lies_in_all() -> None:
    found = findings([claim(6, "Union", group="lamplighters")])
    assert ends(found["killed", "lamplighters"]) == (6, 6, 6)
    assert ends(found["killed", "all"]) == (6, 6, None)


def test_parts_raise_the_lower_end_of_a_loose_whole() -> None:
    whole, women = claim("dozens", "Police", "a"), claim(31, "Union", "b", group="women")
    found = killed([whole, women])
    assert (found.low, found.high, found.supports) == (31, None, tuple(sorted((whole.id, women.id))))


def test_a_part_that_exceeds_its_whole_is_a_dispute() -> None:
    whole, women = claim(18, "Police", "a"), claim(20, "Union", "b", group="women")
    found = killed([whole, women])
    assert (found.status, found.conflicts) == ("disputed", (tuple(sorted((whole.id, women.id))),))
    assert (found.low, found.high) == (18, None)


def test_parts_that_exceed_only_together_are_one_conflict_of_three() -> None:
    claims = [claim(18, "Police"), claim(10, "Police", group="women"), claim(9, "Police", group="men")]
    found = killed(claims)
    assert found.conflicts == (tuple(sorted(one.id for one in claims)),)


def test_a_part_too_much_alone_is_not_told_again_with_others() -> None:
    claims = [claim(18, "Police"), claim(20, "Police", group="women"), claim(9, "Police", group="men")]
    assert killed(claims).conflicts == (tuple(sorted((claims[0].id, claims[1].id))),)


def test_a_part_does_not_compete_with_its_whole() -> None:
    whole = claim(540, "Union", at=1)
    road = claim(20, "Union", at=9, basis="part", part_of=whole.id)
    found = killed([whole, road])
    assert (ends(found), found.status, found.conflicts) == ((540, 540, 540), "single", ())


def test_a_lone_victim_called_one_of_several_is_no_total() -> None:
    found = findings([claim(15, "Police", group="women"), claim(1, None, group="women", basis="part")])
    assert ends(found["killed", "women"]) == (15, 15, 15)


def test_one_affiliation_is_the_whole_several_are_parts() -> None:
    assert ends(killed([claim(540, "Union", affiliation="Velmarkers")])) == (540, 540, 540)
    several = [claim(5, "Union", affiliation="Northlander"), claim(1, "Union", affiliation="Southlander")]
    assert ends(killed(several)) == (6, 6, None)
    beside = killed([claim(8, "Union"), *several])
    assert (ends(beside), beside.status) == ((8, 8, 8), "single")


def test_no_parts_across_units() -> None:
    found = findings([claim(40, "Union", "a", "damaged", "buildings", unit="building")])
    assert set(found) == {("damaged", "buildings")}
    claims = [claim(4, "Union", "a", "displaced", unit="family"), claim(9, "Union", "a", "displaced")]
    rows = {one.unit: ends(one) for one in reconcile([INCIDENT], claims)}
    assert rows == {"family": (4, 4, 4), "person": (9, 9, 9)}


def test_a_disputed_part_bounds_by_its_lowest() -> None:
    found = killed([claim(86, "Police", "a", group="women"), claim(97, "Union", "b", group="women")])
    assert found.low == 86


@pytest.mark.parametrize(
    ("unit", "measure", "counts"),
    [
        ("person", "killed", True),
        ("country", "recognised", True),
        ("percent", "killed", False),
        ("USD", "destroyed", False),
        ("year of age", "killed", False),
        ("person", "other", False),
    ],
)
def test_what_findings_are_made_of(unit: str, measure: str, counts: bool) -> None:
    assert load_taxonomy().counts(measure, unit) is counts
    assert bool(findings([claim(5, "Union", measure=measure, unit=unit)])) is counts


def test_the_taxonomy_is_sound() -> None:
    taxonomy = load_taxonomy()
    assert taxonomy.wholes("girls") == ("children", "all")
    assert taxonomy.wholes("all") == ()
    for together in taxonomy.disjoint:
        assert together <= set(taxonomy.within)
        assert not any(one in taxonomy.wholes(other) for one in together for other in together)
    assert taxonomy.apart("women", "girls")
    assert not taxonomy.apart("women", "women")
    assert taxonomy.label("aid_workers") == "aid workers"
    assert taxonomy.label("lamp_lighters") == "lamp lighters"


def test_a_kind_of_people_is_a_part_beside_people() -> None:
    people = claim(8, "Police", "a", said="eight people")
    priests = claim(6, "Union", "b", said="SIX VELMARK PRIESTS")
    found = killed([people, priests])
    assert (ends(found), found.status) == ((8, 8, 8), "single")
    assert ends(killed([priests])) == (6, 6, 6)
    kinds = [priests, claim(2, "Union", "b", said="two teachers")]
    assert ends(killed(kinds)) == (8, 8, None)


def test_kinds_and_affiliations_may_be_the_same_people() -> None:
    claims = [claim(6, said="six priests"), claim(5, said="five Northlanders", affiliation="Northlander")]
    assert ends(killed(claims)) == (6, 6, None)


def test_some_of_those_and_lone_victims_are_parts_where_the_report_counts_more() -> None:
    said = [claim(10, said="ten people", at=1), claim(4, said="four of those", at=2), claim(1, said="his sister", at=3)]
    found = killed(said)
    assert (ends(found), found.status) == ((10, 10, 10), "single")
    assert [one.why for one in found.set_aside] == ["it counts only some of them"] * 2
    rivals = killed([claim(3, "Union", said="three people", at=1), claim(1, "Police", said="one person", at=2)])
    assert rivals.status == "disputed"
    assert ends(killed([claim(1, said="a woman")])) == (1, 1, 1)


def test_some_of_people_told_of_are_a_part() -> None:
    """ "Two gunmen were killed … one of the gunmen": no other count, though it says neither "them" nor "victims"."""
    claims = [claim(2, group="militants"), claim(1, group="militants", said="one of the gunmen")]
    assert ends(killed(claims)) == (2, 2, None)


def test_a_report_gives_its_figure_and_then_goes_into_it() -> None:
    said = [claim(5, said="five people", at=1), claim(2, said="two drivers", at=2), claim(1, said="one victim", at=3)]
    assert ends(killed(said)) == (5, 5, 5)


def test_a_smaller_figure_of_a_later_day_goes_into_the_first_too() -> None:
    """ "46 people were killed on 2 May … on 9 May four clerks were": the report's own figure stands."""
    said = [claim(46, said="46 people", at=1, as_of=day(0)), claim(4, said="four members", at=2, as_of=day(7))]
    assert ends(killed(said)) == (46, 46, 46)
    fell = [said[0], replace(said[1], toll=True)]  # "the toll is now 4"
    assert ends(killed(fell)) == (4, 4, 4)


def test_a_larger_figure_behind_a_smaller_one_contradicts_it() -> None:
    assert ends(killed([claim(4, said="four people", at=1), claim(6, said="six people", at=2)])) == (4, None, 6)


def test_two_who_are_quoted_contradict_each_other() -> None:
    said = [claim(6, "Police", "a", said="six people", at=1), claim(4, "Union", "a", said="four people", at=2)]
    assert ends(killed(said)) == (4, None, 6)


def test_nobody_hurt_beside_one_person_hurt_is_nobody_else() -> None:
    said = [claim(1, said="a man", measure="injured", at=1), claim("0", measure="injured", at=2)]
    assert ends(findings(said)["injured", "all"]) == (1, 1, 1)
    many = [claim("8+", measure="injured", at=1), claim("0", measure="injured", at=2)]
    assert ends(findings(many)["injured", "all"]) == (0, None, None)
