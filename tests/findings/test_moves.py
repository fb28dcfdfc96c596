"""Counts that move: a toll that falls, people counted under two heads, groups nobody knows; each told, none changed."""

from __future__ import annotations

from findings_build import claim, day, ends, findings, killed

from tollbook.model import Claim, Finding


def told(found: Finding, rule: str) -> list[str]:
    return [line for line in found.derivation if line.startswith(f"{rule}@1: ")]


def hospital(figure: int | str, report: str, when: int, measure: str = "killed", **more: object) -> Claim:
    return claim(figure, "Tarn Hospital", report, measure, as_of=day(when), **more)


def test_a_toll_that_falls_is_told_and_noted_on_the_later_report() -> None:
    early, late = hospital(17, "a", 0), hospital(15, "b", 2, at=40)
    found = killed([early, late])
    assert ends(found) == (15, 15, 15)
    (line,) = told(found, "fall")
    assert "Tarn Hospital counted fewer killed later: “17 all” on 2 May 2031, “15 all” on 4 May 2031." in line
    ((report, notice),) = found.remarks
    assert (report, notice.code, notice.start, notice.end) == ("b", "fall", 40, 44)
    assert line == f"fall@1: {notice.message}"


def test_a_fall_is_told_though_a_later_count_is_higher_and_long_after() -> None:
    again = [hospital(17, "a", 0), hospital(15, "b", 2), hospital(19, "c", 5)]
    assert len(told(killed(again), "fall")) == 1
    assert len(told(killed([hospital(17, "a", 0), hospital(15, "b", 400)]), "fall")) == 1


def test_bounds_are_considered() -> None:
    for early, late in (("~20", 19), ("17", "12+"), ("<=20", 9), ("dozens", "12+"), (17, 17)):
        assert told(killed([hospital(early, "a", 0), hospital(late, "b", 2)]), "fall") == []
    assert told(killed([hospital("40+", "a", 0), hospital(35, "b", 2)]), "fall")


def test_no_fall_is_told_of_two_voices_of_one_day_nor_of_people_who_are_found() -> None:
    other = claim(15, "Union", "b", as_of=day(2))
    assert told(killed([hospital(17, "a", 0), other]), "fall") == []
    assert told(killed([hospital(17, "a", 2), hospital(15, "b", 2)]), "fall") == []
    found = findings([hospital(17, "a", 0, "missing"), hospital(4, "b", 2, "missing")])
    assert told(found["missing", "all"], "fall") == []


def test_words_that_say_who_died_are_noted_in_both_counts() -> None:
    hurt = claim(9, "Clinic", "a", "injured", said="nine people")
    dead = claim(2, "Clinic", "b", said="two of the injured")
    found = findings([hurt, dead])
    for measure in ("killed", "injured"):
        (line,) = told(found[measure, "all"], "moved")
        assert "“two of the injured” (Clinic) counts among the dead people who were counted as injured before" in line
        assert "adding injured and killed would count them twice" in line
    assert (ends(found["killed", "all"]), ends(found["injured", "all"])) == ((2, 2, 2), (9, 9, 9))


def test_bodies_of_the_missing_are_noted() -> None:
    gone = claim(12, "Clinic", "a", "missing", said="12 people", at=1)
    dead = claim(4, "Clinic", "a", said="four", at=30, part_of=gone.id)
    assert len(told(findings([gone, dead])["missing", "all"], "moved")) == 1
    words = [claim(4, "Clinic", "b", said=said) for said in ("four of the missing", "four of those reported missing")]
    assert all(told(killed([one]), "moved") for one in words)
    plain = ("four people", "four missing sailors", "four of the crew")
    others = [claim(4, "Clinic", "b", said=said) for said in plain]
    assert not any(told(killed([one]), "moved") for one in others)


def test_one_source_whose_missing_fall_as_its_dead_rise_may_count_the_same_people() -> None:
    claims = [hospital(12, "a", 1, "missing"), hospital(8, "b", 3, "missing"), hospital(30, "a", 1)]
    found = findings([*claims, hospital(34, "b", 3)])
    (line,) = told(found["killed", "all"], "moved")
    assert "fewer missing (12 on 3 May 2031, 8 on 5 May 2031) while it counted more killed (30 on 3 May 2031" in line
    assert "some may be the same people" in line
    assert told(found["missing", "all"], "moved") == [line]
    assert told(findings([*claims, hospital(30, "b", 3)])["killed", "all"], "moved") == []


def test_two_sources_or_two_times_say_nothing_of_the_same_people() -> None:
    missing = [hospital(12, "a", 1, "missing"), hospital(8, "b", 3, "missing")]
    others = [claim(30, "Union", "c", as_of=day(1)), claim(34, "Union", "d", as_of=day(3))]
    assert told(findings([*missing, *others])["killed", "all"], "moved") == []
    later = [hospital(30, "c", 5), hospital(34, "d", 9)]
    assert told(findings([*missing, *later])["killed", "all"], "moved") == []


def test_a_group_nobody_knows_is_kept_as_stated_with_a_notice() -> None:
    found = findings([claim(6, "Union", group="lamplighters")])
    (line,) = told(found["killed", "lamplighters"], "group")
    assert "the group “lamplighters” is in no list of groups: it is kept as stated." in line
    ((report, notice),) = found["killed", "lamplighters"].remarks
    assert (report, notice.code) == ("r1", "group")
    assert found["killed", "all"].remarks == ()
