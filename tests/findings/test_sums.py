"""Figures that a report's own words add up are one figure, and their members parts of it."""

from dataclasses import replace

from findings_build import claim, ends, findings, killed

from tollbook.model import Claim


def chain(*claims: Claim) -> list[Claim]:
    """Claims in the order of the text, each on top of the one before."""
    placed = [replace(one, span=replace(one.span, start=10 * at, end=10 * at + 4)) for at, one in enumerate(claims)]
    return [replace(one, beside=placed[at - 1].id if at else None) for at, one in enumerate(placed)]


def test_a_list_is_one_figure_of_all_it_counts() -> None:
    found = killed(chain(claim(1, group="men"), claim(2)))
    assert (ends(found), found.status) == ((3, 3, 3), "single")
    assert found.derivation[0] == "added-up@1: report r1 counted 3: “1 men” and “2 all” added up."
    assert {one.why for one in found.set_aside} == set()


def test_members_of_one_group_are_parts_of_their_sum() -> None:
    found = findings(chain(claim(1, group="militants"), claim(2, group="militants"), claim(4, group="soldiers")))
    assert ends(found["killed", "militants"]) == (3, 3, 3)
    assert ends(found["killed", "soldiers"]) == (4, 4, 4)
    assert ends(found["killed", "all"]) == (7, 7, 7)


def test_a_vague_member_leaves_the_sum_open() -> None:
    assert ends(killed(chain(claim(1), claim("several")))) == (4, None, None)
    assert ends(killed(chain(claim(1), claim("several")), "acled")) == (4, 4, 4)


def test_a_member_said_again_is_no_other_total() -> None:
    claims = chain(claim(1, group="militants"), claim(2, group="militants"))
    assert ends(killed([*claims, claim(2, group="militants", at=900)])) == (3, 3, None)


def test_a_larger_total_of_the_same_report_has_the_sum_in_it() -> None:
    assert ends(killed([*chain(claim(1), claim(2)), claim(9, at=900)])) == (9, 9, 9)


def test_who_is_detained_beside_the_captured_is_added_to_both() -> None:
    found = findings(chain(claim(1, measure="captured"), claim(2, measure="arrested")))
    assert ends(found["captured", "all"]) == ends(found["arrested", "all"]) == (3, 3, 3)


def test_two_voices_are_not_added_up() -> None:
    assert ends(killed(chain(claim(1, "Union"), claim(2, "Mayor")))) != (3, 3, 3)


def test_a_part_of_a_group_casts_no_doubt_on_the_whole() -> None:
    """ "Two rebels, one of them a leader": the one does not contradict the two, nor what they make of all."""
    whole = claim(2, group="militants")
    assert ends(killed([whole, claim(1, group="militants", basis="part", part_of=whole.id)])) == (2, 2, None)


def test_who_died_of_those_hit_is_no_longer_injured() -> None:
    hit = claim(5, said="five people", measure="injured", at=1)
    dead = claim(1, said="one woman", at=9, part_of=hit.id)
    found = findings([hit, dead])
    assert ends(found["injured", "all"]) == (4, 4, 4)
    assert ends(found["killed", "all"]) == (1, 1, 1)
    assert "counted 4: “five people” without “one woman”, who died" in " ".join(found["injured", "all"].derivation)


def test_at_least_so_many_hit_leaves_at_least_the_rest() -> None:
    hit = claim("5+", measure="injured", at=1)
    assert ends(findings([hit, claim(2, at=9, part_of=hit.id)])["injured", "all"]) == (3, 3, None)


def test_a_headline_that_counts_fewer_lets_nothing_be_added_up() -> None:
    """ "3 hurt" over "three were hurt … three others were treated": these are others than the dead."""
    headline = claim(3, measure="injured", part="title", at=1)
    assert ends(
        findings([headline, *chain(claim(3, measure="injured"), claim(3, measure="injured"))])["injured", "all"]
    ) == (
        3,
        3,
        3,
    )


def test_the_headline_s_figure_of_those_hit_is_less_the_dead_too() -> None:
    hit = claim(4, group="men", measure="injured", at=20)
    told = [claim(4, measure="injured", part="title", at=1), hit, claim(1, group="men", at=30, part_of=hit.id)]
    assert ends(findings(told)["injured", "all"]) == (3, 3, 3)


def test_parts_of_those_hit_are_all_who_died() -> None:
    hit = claim(4, measure="injured", at=1)
    assert ends(killed([hit, claim(2, group="men", at=9, part_of=hit.id)])) == (2, 2, None)
    assert ends(killed([claim(1, basis="part", said="her uncle")])) == (1, 1, None)


def test_where_only_several_incidents_are_counted_their_parts_are_no_total() -> None:
    years = claim(31, basis="aggregate", at=1)
    part = claim(9, basis="part", part_of=years.id, at=20)
    assert ends(killed([years, part, claim(9, at=40)])) == (31, 31, 31)


def test_figures_less_the_same_dead_are_told_apart_in_a_conflict() -> None:
    hit = claim(8, measure="injured", at=1)
    dead = claim(1, at=9, part_of=hit.id)
    others = [claim(8, "Ferry Union", measure="injured", at=30), claim(5, "Tarn Hospital", "b", "injured")]
    found = findings([hit, dead, *others])["injured", "all"]
    assert found.status == "disputed"
    assert any("can't both be true" in line for line in found.derivation)
