"""Rule sets: the registry, and worked cases of each, with where it differs from `range`."""

import re
from dataclasses import replace

import pytest
from findings_build import claim, day, ends, findings, killed

from tollbook.errors import UsageError
from tollbook.findings import RULES
from tollbook.findings.rules import chosen
from tollbook.findings.ruleset import Figures


def voiced(*figures: int | str) -> list[object]:
    """Each figure by a voice of its own, all told on one day."""
    return [claim(figure, f"Union {i}", f"r{i}", as_of=day(1)) for i, figure in enumerate(figures)]


def test_the_registry_is_named_and_versioned() -> None:
    assert sorted(RULES) == ["acled", "airwars", "desinventar", "gtd", "ibc", "majority", "range", "ucdp"]
    assert [one.id for one in chosen(["acled@1", "range", "acled"])] == ["acled@1", "range@1"]
    assert [one.id for one in chosen([])] == ["range@1"]
    assert all(one.about and one.name == name for name, one in RULES.items())


def test_a_wrong_name_lists_the_choices() -> None:
    with pytest.raises(
        UsageError,
        match=re.escape("no rule set 'acld'; there are: acled, airwars, desinventar, gtd, ibc, majority, range, ucdp"),
    ):
        chosen(["acld"])
    with pytest.raises(UsageError, match=re.escape("no version 9 of rule set 'range'; there is: range@1")):
        chosen(["range@9"])


def test_figures_are_in_order() -> None:
    with pytest.raises(ValueError, match="low <= best <= high"):
        Figures(5, 4, None)


@pytest.mark.parametrize(
    ("figures", "low", "best", "high", "status"),
    [
        ((12,), 12, 12, 12, "single"),
        ((12, 12), 12, 12, 12, "agreed"),
        (("12+", 14), 14, 14, 14, "compatible"),
        (("12+", "10+"), 12, 12, None, "compatible"),
        (("~30", 32), 30, 32, 32, "compatible"),
        (("~30", 34), 30, None, 34, "disputed"),
        (("~30",), 30, 30, 30, "single"),
        ((">40",), 40, 40, None, "single"),
        ((">40", 40), 40, None, 40, "disputed"),
        ((">40", 44), 44, 44, 44, "compatible"),
        (("dozens",), 24, None, None, "single"),
        (("dozens", "dozens"), 24, None, None, "compatible"),
        (("10-12", 11), 11, 11, 11, "compatible"),
        (("10-12",), 10, None, 12, "single"),
        (("<=80", 20), 20, 20, 20, "compatible"),
        (("<=80",), 0, None, 80, "single"),
        ((0, 0, 0, "12+"), 0, 0, None, "disputed"),
        ((0, "12+"), 0, None, None, "disputed"),
        ((34, 38), 34, None, 38, "disputed"),
        ((34, 38, 38), 34, 38, 38, "disputed"),
        (("140+", 430, 520, "200+"), 430, None, 520, "disputed"),
    ],
)
def test_range(figures: tuple[int | str, ...], low: int, best: int | None, high: int | None, status: str) -> None:
    found = killed(voiced(*figures))  # type: ignore[arg-type]
    assert (*ends(found), found.status) == (low, best, high, status)
    assert found.grade is None


@pytest.mark.parametrize(
    ("figures", "number"),
    [
        ((12,), 12),
        (("dozens",), 12),  # differs from range: 24 or more
        (("hundreds",), 100),
        (("several",), 3),
        (("12+",), 12),
        ((">40",), 40),  # differs from range: 40 or more
        (("~30",), 30),
        (("10-40",), 10),
        (("<=80",), 0),
        ((0, "12+"), 0),
        ((34, 38), 34),  # differs from range: 34 to 38
        ((34, 38, 38), 38),
        ((34, 38, "dozens"), 34),
    ],
)
def test_acled_gives_one_number(figures: tuple[int | str, ...], number: int) -> None:
    assert ends(killed(voiced(*figures), "acled")) == (number, number, number)  # type: ignore[arg-type]


def test_acled_counts_deaths_alone_and_invents_none() -> None:
    claims = [claim(12, "Police", measure="injured"), claim(3, "Police", group="soldiers")]
    found = findings(claims, "acled")
    assert {key: ends(one) for key, one in found.items()} == {
        ("killed", "all"): (3, 3, 3),
        ("killed", "soldiers"): (3, 3, 3),
    }
    denied = killed([claim(12, "Police", modality="denied")], "acled")
    assert ends(denied) == (None, None, None)


@pytest.mark.parametrize(
    ("figures", "low", "high"),
    [
        ((5,), 5, 5),
        (("dozens",), 12, 24),  # differs from range: 24 or more
        (("others",), 2, 2),
        (("others", "dozens"), 12, 24),
        (("dozens", 7), 7, 7),  # a number stands before a word
        ((5, 7), 5, 7),
        (("5+", 7), 5, 7),  # differs from range: 7
        (("25-150",), 25, 150),
        ((">15",), 16, 16),  # differs from range: 15 or more
        (("<=7",), 1, 7),
        (("<=7", 4), 4, 7),
        (("hundreds",), 100, None),
        ((0, "3"), 0, 3),
    ],
)
def test_airwars_gives_a_minimum_and_a_maximum(figures: tuple[int | str, ...], low: int, high: int | None) -> None:
    found = findings(voiced(*figures), "airwars")["killed", "civilians"]  # type: ignore[arg-type]
    assert (found.low, found.high, found.best) == (low, high, None)


def test_airwars_puts_a_report_s_summary_before_what_it_quotes() -> None:
    claims = [
        claim("15+", None, "a", at=10, publisher="Casualty Desk"),
        claim(7, "Police", "a", at=90),
        claim(18, "Union", "a", at=120),
        claim(4, None, "a", at=300, publisher="Casualty Desk"),
    ]
    assert ends(findings(claims, "airwars")["killed", "civilians"]) == (15, None, 18)


def test_airwars_reads_casualties_as_perhaps_killed_and_perhaps_injured() -> None:
    told = replace(claim("others", "Police", measure="killed_or_injured"), said="a number of casualties")
    found = findings([told], "airwars")
    assert [ends(found[measure, "civilians"]) for measure in ("killed", "injured")] == [(0, None, 2), (0, None, 2)]


def test_airwars_takes_victims_for_dead_where_a_report_counts_no_dead_before_them() -> None:
    victims = replace(claim(16, "Relatives", "a", measure="affected", at=90), said="16 victims")
    assert ends(findings([victims], "airwars")["killed", "civilians"]) == (16, None, 16)
    dead = claim(9, None, "a", at=10, publisher="Casualty Desk")
    assert ends(findings([dead, victims], "airwars")["killed", "civilians"]) == (9, None, 9)
    assert ("killed", "civilians") not in findings([replace(victims, said="16 guests")], "airwars")


def test_airwars_adds_no_fighters_to_civilians() -> None:
    women = claim(3, "Police", "a", group="women", at=10)
    fighters = claim(2, "Police", "a", group="militants", at=30, beside=women.id)
    found = findings([women, fighters, claim(9, "Union", "b", group="civilians")], "airwars")
    assert ends(found["killed", "civilians"]) == (9, None, 9)


def test_a_part_of_civilians_is_a_part_of_all() -> None:
    whole = claim(27, "Police", "a", group="civilians", at=10)
    part = claim(5, "Police", "a", at=20, basis="part", part_of=whole.id)
    assert ends(findings([whole, part], "airwars")["killed", "civilians"]) == (27, None, 27)


def test_airwars_counts_all_as_civilians_but_for_what_a_text_divides() -> None:
    six = claim(6, "Police", "a", at=10)
    five = claim(5, "Police", "a", group="civilians", at=20, basis="part", part_of=six.id)
    found = findings([six, five, claim(5, "Union", "b")], "airwars")
    assert ends(found["killed", "civilians"]) == (5, None, 5)
    assert (six.id, "its text divides it into civilians and others") in {
        (one.claim, one.why) for one in found["killed", "all"].set_aside
    }


def test_airwars_adds_up_parts_and_leaves_unknown_unknown() -> None:
    claims = [claim(2, "Police", group="women"), claim(1, "Police", group="children")]
    assert ends(killed(claims, "airwars")) == (3, None, 3)
    assert ends(findings([claim(2, modality="denied")], "airwars")["killed", "all"]) == (None, None, None)


def test_side_by_side_the_steps_name_their_rule_set() -> None:
    for name, rule in RULES.items():
        for found in findings(voiced(12, 14), name).values():  # type: ignore[arg-type]
            assert found.rules == rule.id
            assert any(line.startswith(f"{rule.id}: ") for line in found.derivation)
