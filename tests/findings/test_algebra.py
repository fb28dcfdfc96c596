"""Minimal conflicts and best consistent sets, held against brute force, and told in words."""

from __future__ import annotations

import sys
from pathlib import Path

from findings_build import claim, day, findings, killed

from tollbook.findings.fits import STEPS, TIES, best_sets
from tollbook.lexicon import load_taxonomy

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
algebra = __import__("algebra")

NO_BEST = (
    "best-fit@1: no figure, and no set of figures that can be true together, has more sources behind it than another."
)


def test_random_cases_are_as_brute_force_has_them() -> None:
    same, disputed, wrong = algebra.compare(500, seed=2)
    assert (same, wrong) == (500, [])
    assert disputed > 200


def test_the_best_consistent_set_is_named() -> None:
    claims = [claim(24, "Police", "a"), claim(29, "Union", "b"), claim("26+", "Clinic", "c")]
    line = (
        "“26+ all” (Clinic) and “29 all” (Union) can be true together, with more sources behind them than anything else"
    )
    left = "“24 all” (Police) can't be true beside them."
    assert f"best-fit@1: {line} that can be true; {left}" in killed(claims).derivation


def test_ties_are_told() -> None:
    found = killed([claim(24, "Police", "a"), claim(29, "Union", "b")])
    assert NO_BEST in found.derivation
    both = [*(claim(24, who, who) for who in ("Police", "Clinic")), *(claim(29, who, who) for who in ("Union", "Port"))]
    told = [line for line in killed(both).derivation if line.startswith("best-fit@1: each of these sets can be true")]
    assert len(told) == 1
    assert "“24 all” (Clinic and Police); or “29 all” (Port and Union)." in told[0]


def test_who_contradicts_himself_is_behind_neither_figure() -> None:
    party = {"early": "A", "late": "A", "other": "B"}
    found = best_sets(party, [frozenset(("early", "late")), frozenset(("late", "other"))])
    assert found.sets == (("early", "other"),)


def test_no_part_is_left_in_a_conflict_that_does_without_it() -> None:
    claims = [claim(18, "Police")]
    claims += [claim(figure, "Union", group=group) for figure, group in ((10, "women"), (9, "men"), (8, "children"))]
    whole, women, men, _ = (one.id for one in claims)
    assert killed(claims).conflicts == (tuple(sorted((whole, women, men))),)


def test_each_part_that_exceeds_is_a_conflict_though_another_is_higher() -> None:
    claims = [claim(18, "Police"), claim(20, "Union", "b", group="women"), claim(25, "Clinic", "c", group="women")]
    whole, *women = (one.id for one in claims)
    assert set(killed(claims).conflicts) == {tuple(sorted((whole, part))) for part in women}


def test_about_as_many_parts_as_the_whole_are_no_conflict() -> None:
    assert killed([claim(19, "Police", "a"), claim("~20", "Union", "b", group="women")]).conflicts == ()


def test_a_figure_is_held_against_another_on_each_day_of_a_count_that_moves() -> None:
    said = [claim(12, "Police", f"a{n}", "missing", as_of=day(n)) for n in (1, 3, 5)]
    found = findings([*said, claim(15, "Union", "b", "missing", as_of=day(3))])["missing", "all"]
    assert len(found.conflicts) == 1
    parts = [claim(10, "Union", "c", "missing", "women", as_of=day(1))]
    later = [claim(8, "Police", "d", "missing", as_of=day(2))]
    assert findings([*parts, *later])["missing", "all"].conflicts == ()


def test_groups_share_nobody_where_the_groups_they_lie_in_do_not() -> None:
    taxonomy = load_taxonomy()
    assert taxonomy.apart("girls", "boys")
    assert taxonomy.apart("girls", "men")
    assert not taxonomy.apart("girls", "children")
    assert not taxonomy.apart("girls", "soldiers")


def test_fifty_figures_take_few_steps_and_many_ties_are_not_listed() -> None:
    party = {number: str(number) for number in range(50)}
    apart = [frozenset((one, other)) for one in party for other in party if one < other]
    found = best_sets(party, apart)
    assert (len(found.sets), found.more) == (TIES, True)
    assert found.steps <= 51
    pairs = [frozenset((number, number + 1)) for number in range(0, 50, 2)]
    assert best_sets(party, pairs).steps < STEPS / 10


def test_a_search_that_would_not_end_names_no_set() -> None:
    party = {number: str(number % 7) for number in range(60)}
    ring = [frozenset((number, (number * 7 + step) % 60)) for number in range(60) for step in (1, 5, 11)]
    found = best_sets(party, {pair for pair in ring if len(pair) == 2})
    assert found.steps > STEPS or found.sets
    assert found.steps <= STEPS + 1
