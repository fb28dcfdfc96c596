"""One person told of in several sentences, and people in headlines: whom the claims count, and as what."""

from __future__ import annotations

import pytest
from claims_reading import reading_of


def said(text: str, title: str | None = None) -> list[str]:
    """Each claim as "words | measure", those of the headline marked."""
    claims = reading_of(text, title).claims
    marks = {"title": " (headline)", "text": ""}
    return [f"{claim.said} | {claim.measure}{marks[claim.span.part]}" for claim in claims]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("A cyclist was hit by a van in Orne. She later died at a hospital.", ["A cyclist | killed"]),
        ("A girl was stabbed on Monday. Help came too late, and she died.", ["A girl | killed"]),
        ("A man was shot in Morva. The man was pronounced dead on Sunday.", ["A man | killed", "The man | killed"]),
        ("Ada Vormell, 34, was stabbed in a park. Vormell died on Sunday.", ["Ada Vormell | killed"]),
        ("Crews reached the hut at noon. Vormell was pronounced dead there.", ["Vormell | killed"]),
        ("A woman was shot in Oster. A man was shot in Morva. She died.", ["A woman | killed", "A man | injured"]),
        ("A woman was shot in Oster. He died in 1980.", ["A woman | injured", "He | killed"]),
        ("A woman was killed in Oster. She had been shot twice.", ["A woman | killed"]),
        ("Three people were killed in Oster. He died at a hospital.", ["Three people | killed"]),
        (
            "A 30-year-old clerk was stabbed in Orne. The 30-year-old clerk died on Monday.",
            ["A 30-year-old clerk | killed", "The 30-year-old clerk | killed"],
        ),
        ("A man was shot on Friday while he sat in a car, and later died at a clinic.", ["A man | killed"]),
        ("The boy who was stabbed in Orne has died.", ["The boy | killed"]),
        ("A man was shot on Friday after his brother died.", ["A man | injured", "his brother | killed"]),
        ("Sources did not say who had died.", []),
        ("A man was shot in Morva. Police feared that he might have died.", ["A man | injured"]),
    ],
)
def test_who_dies_later_is_one_death(text: str, claims: list[str]) -> None:
    assert said(text) == claims


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Four pupils were stabbed, one of whom died.", None),
        ("Nine people were stabbed, two of them fatally.", None),
        ("Two men were stabbed; one died and the other is in hospital.", None),
        ("One of nine people stabbed at the Orne mill has died.", None),
        ("Five clerks were stabbed in Orne. She died on Sunday.", None),
        ("A man died in Orne. Others are in hospital.", "Four stabbed in Orne"),
    ],
)
def test_the_dead_are_some_of_those_hit(text: str, title: str | None) -> None:
    claims = reading_of(text, title).claims
    hit = next(claim for claim in claims if claim.measure == "injured")
    dead = next(claim for claim in claims if claim.measure == "killed")
    assert (dead.part_of, dead.basis) == (hit.id, "incident")


def test_the_later_death_names_its_words() -> None:
    (claim,) = reading_of("A cyclist was hit by a van in Orne. She later died, doctors said.").claims
    assert claim.trigger is not None
    assert (claim.trigger.start, [source.source for source in claim.attribution][:1]) == (46, ["doctors"])


@pytest.mark.parametrize(
    ("title", "claims"),
    [
        ("Orne man dies after boat capsizes", ["man | killed (headline)"]),
        ("Police: 4-year-old hurt in Orne", ["4-year-old | injured (headline)"]),
        ("Boy, 6, killed by falling tree", ["Boy | killed (headline)"]),
        ("2 hurt, woman dead after fire", ["2 hurt | injured (headline)", "woman | killed (headline)"]),
    ],
)
def test_a_headline_leaves_articles_out(title: str, claims: list[str]) -> None:
    assert sorted(said("It rained.", title)) == sorted(claims)


def test_a_headline_counts_nobody_whom_the_text_counts() -> None:
    assert said("Two people were killed.", "Woman killed in Orne") == ["Two people | killed"]


def test_the_dead_are_a_part_of_those_shot_in_another_sentence() -> None:
    shot, dead = reading_of("Five people were shot at a fair in Orne. A woman died at a clinic.").claims
    assert (shot.measure, dead.measure, dead.part_of) == ("injured", "killed", shot.id)


@pytest.mark.parametrize(
    "text",
    [
        "A woman died at a clinic, and five people were shot.",
        "A woman was killed in Orne. Five others were shot.",
        "Five people were wounded in Orne. A woman died.",
    ],
)
def test_the_dead_stand_beside_others_and_beside_those_hurt(text: str) -> None:
    assert [claim.part_of for claim in reading_of(text).claims] == [None, None]


@pytest.mark.parametrize(
    "text",
    [
        "A man was killed in Orne. A man was hurt.",
        "One person was killed and one person was hurt.",
        "Ana Lind Orr was killed in Oster. Olaf Lind Orr was hurt.",
        "Her daughter was killed in Oster. Her daughter was hurt.",
    ],
)
def test_the_same_words_are_not_always_the_same_person(text: str) -> None:
    assert [claim.measure for claim in reading_of(text).claims] == ["killed", "injured"]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("A clerk fatally stabbed two people, then himself.", ["two people | killed", "himself + | killed"]),
        ("He shot dead two guards before turning the gun on himself.", ["two guards | killed", "himself + | killed"]),
        ("The clerk strangled a guard and took his own life.", ["a guard | killed", "his own life + | killed"]),
        (
            "A woman was stabbed to death. The attacker died in a clinic.",
            ["A woman | killed", "The attacker + | killed"],
        ),
        ("Three people were killed. The attacker killed himself.", ["Three people | killed", "The attacker | killed"]),
        ("A girl was found dead in Orne. She had killed herself.", ["A girl | killed"]),
        ("A driver threatened to kill himself.", []),
    ],
)
def test_who_did_it_comes_on_top_of_those_it_was_done_to(text: str, claims: list[str]) -> None:
    found = reading_of(text).claims
    assert [f"{claim.said}{' +' if claim.beside else ''} | {claim.measure}" for claim in found] == claims
