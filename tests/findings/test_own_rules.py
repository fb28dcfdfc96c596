"""A user's own rule set: what its file may say, what comes of it, and one line for what doesn't fit."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from findings_build import INCIDENT, Book, claim, day, ends

from tollbook.errors import UsageError
from tollbook.findings import reckon, reconcile
from tollbook.findings.ownfile import from_text
from tollbook.model import Claim, Finding

HEAD = 'name = "handbook"\nversion = 2\nabout = "as our handbook has it"\n'


def found(claims: list[Claim], more: str = "", kind: str = "attack") -> Finding:
    """The finding of all killed under a set with these lines in its file."""
    rules = from_text(HEAD + more, "handbook.toml")
    some = reconcile([replace(INCIDENT, kind=kind)], claims, (), [rules], sources=Book())
    return next(one for one in some if (one.measure, one.group) == ("killed", "all"))


THREE = [claim(34, "Police"), claim(38, "Union", "r2"), claim(38, "Tarn Hospital", "r3")]


# ---- what a file may say ----


def test_without_more_a_file_gives_the_lowest_and_the_highest() -> None:
    one = found(THREE)
    assert (one.rules, *ends(one)) == ("handbook@2", 34, None, 38)
    assert any("low 34 (lowest), high 38 (highest)" in line for line in one.derivation)


def test_the_file_and_its_hash_stand_in_the_derivation() -> None:
    sha256 = hashlib.sha256(HEAD.encode()).hexdigest()
    assert f"handbook@2: a rule set of the user's own, handbook.toml, SHA-256 {sha256}." in found(THREE).derivation


@pytest.mark.parametrize(
    ("words", "figure", "wanted"),
    [
        ("[words]\ndozens = 30", "dozens", (30, None, 30)),
        ("[words]\nseveral = [3, 9]", "several", (3, None, 9)),
        ("[words]\nhundreds = [100]", "hundreds", (100, None, None)),
        ('[words]\ndozens = "nothing"', "dozens", (None, None, None)),
        ('unlisted_words = "nothing"', "dozens", (None, None, None)),
        ('unlisted_words = "nothing"', "12+", (12, None, None)),
        ("", "dozens", (24, None, None)),
        ("", ">40", (40, None, None)),
        ('[bounds]\nat_least = "number"', "12+", (12, None, 12)),
        ('[bounds]\nat_most = "nothing"', "<=12", (None, None, None)),
        ('[bounds]\nrange = "number"', "10-14", (10, None, 10)),
    ],
)
def test_words_and_bounds(words: str, figure: str, wanted: tuple[object, ...]) -> None:
    assert ends(found([claim(figure, "Police")], words)) == wanted


@pytest.mark.parametrize(
    ("lines", "wanted", "why"),
    [
        ("[claims]\nparties = 2", (38, None, 38), "handbook@2 asks for 2 parties that give the same number"),
        ("[claims]\nparties = 3", (None, None, None), "handbook@2 asks for 3 parties"),
        ('[claims]\nwithout_parties = ["Union"]', (34, None, 38), "handbook@2 leaves out Union"),
        ('[claims]\nwithout_kinds = ["medics"]', (34, None, 38), "leaves out sources of the kind: medics"),
        ("[claims]\nindependent = true", (38, None, 38), "asks for two that are known to speak each for itself"),
        ('[claims]\ngrades = ["confirmed"]', (None, None, None), "takes what is graded confirmed; this is graded fair"),
        ('[claims]\ngrades = ["confirmed", "fair"]', (34, None, 38), ""),
    ],
)
def test_claims_that_do_not_count_are_set_aside_with_the_reason(
    lines: str, wanted: tuple[object, ...], why: str
) -> None:
    one = found(THREE, lines)
    assert ends(one) == wanted
    assert any(why in each.why for each in one.set_aside) or not why
    assert {each.claim for each in one.set_aside}.isdisjoint(one.supports)


def test_kinds_numbers_and_first_days() -> None:
    claims = [claim(30, "Union", kind="organisation"), claim(34, "Ministry", "r2", kind="government")]
    assert ends(found(claims, '[claims]\nkinds_first = ["government"]')) == (34, None, 34)
    assert ends(found(claims, '[claims]\nkinds_first = ["military"]')) == (30, None, 34)
    vague = [claim("dozens", "Union"), claim(34, "Ministry", "r2")]
    assert ends(found(vague, "[claims]\nnumbers_first = true")) == (34, None, 34)
    grew = [claim(9, "Union", as_of=day(0)), claim(34, "Ministry", "r2", as_of=day(2))]
    assert ends(found(grew, "[claims]\nwithout_outgrown = true")) == (34, None, 34)


@pytest.mark.parametrize(
    ("figures", "wanted"),
    [
        ('best = ["only"]', (34, None, 38)),
        ('best = ["majority"]', (34, 38, 38)),
        ('best = ["only", "lowest"]', (34, 34, 38)),
        ('best = ["highest"]\nlow = "best"\nhigh = "best"', (38, 38, 38)),
        ('low = "none"', (None, None, 38)),
        ('high = "none"', (34, None, None)),
        ('low = "fitting"\nhigh = "fitting"', (34, None, 38)),
    ],
)
def test_what_is_picked(figures: str, wanted: tuple[object, ...]) -> None:
    assert ends(found(THREE, f"[figures]\n{figures}")) == wanted


def test_the_last_day_is_picked_and_the_ends_hold_the_best() -> None:
    claims = [claim(20, "Police", as_of=day(40)), claim(16, "Union", "r2", as_of=day(60))]
    assert ends(found(claims, '[figures]\nlow = "latest"\nbest = "latest"\nhigh = "latest"')) == (16, 16, 16)
    one = found(claims, '[figures]\nlow = "latest"\nbest = "highest"\nhigh = "latest"')
    assert ends(one) == (16, 20, 20)
    assert "handbook@2: the ends are widened to hold the best." in one.derivation


@pytest.mark.parametrize(
    ("refuse", "why"),
    [
        ("fewer_parties_than = 4", "fewer than 4 parties give one"),
        ("conflict = true", "the figures contradict each other"),
    ],
)
def test_refusals(refuse: str, why: str) -> None:
    one = found(THREE, f"[refuse]\n{refuse}")
    assert ends(one) == (None, None, None)
    assert f"handbook@2: no figure, since {why}." in one.derivation
    assert not one.supports


def test_an_open_end_can_be_refused() -> None:
    assert ends(found([claim("12+", "Police")], "[refuse]\nopen_end = true")) == (None, None, None)


def test_parts_bound_a_whole_that_nobody_gives() -> None:
    parts = [claim(3, "Police", group="women"), claim(4, "Police", group="men")]
    assert ends(found(parts)) == (7, None, None)
    assert ends(found(parts, '[claims]\nwithout_parties = ["Police"]')) == (None, None, None)


def test_a_person_s_grade_of_a_claim_counts_for_it() -> None:
    from tollbook.model import Ruling

    claims = [claim(34, "Police"), claim(38, "Union", "r2")]
    graded = Ruling(
        1, "grade", "Ann Example", "2031-06-01", "seen the list", claims[0].id, values={"grade": "confirmed"}
    )
    rules = from_text(HEAD + '[claims]\ngrades = ["confirmed"]', "handbook.toml")
    some = reckon([INCIDENT], claims, [graded], [rules], sources=Book()).findings
    assert ends(some[0]) == (34, None, 34)


def test_measures_that_are_not_covered_have_no_line() -> None:
    rules = from_text(HEAD + '[covers]\nmeasures = ["injured"]', "handbook.toml")
    assert reconcile([INCIDENT], [claim(3, "Police")], (), [rules], sources=Book()) == ()


# ---- what doesn't fit ----


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name = ", "is no TOML"),
        ('version = 1\nabout = "x"', "lacks 'name'; add name = …"),
        (HEAD.replace("handbook", "range", 1), "name 'range' is a rule set that comes with tollbook; choose another"),
        (HEAD.replace("handbook", "My Rules", 1), "name can't be 'My Rules'; write small letters"),
        (HEAD.replace("2", "0", 1), "version must be a whole number, 1 or more, not 0"),
        (HEAD + "wrods = 1", "has no key 'wrods'; did you mean 'words'? there are: name, version"),
        (HEAD + "words = 1", "'words' must be a table; write [words]"),
        (HEAD + '[figures]\nlow = "lowes"', "[figures] low can't be 'lowes'; there are: lowest, latest, fitting"),
        (
            HEAD + '[figures]\nlwo = "lowest"',
            "[figures] has no key 'lwo'; did you mean 'low'? there are: low, best, high",
        ),
        (HEAD + "[figures]\nbest = [1]", "[figures] best must be a list of words"),
        (HEAD + '[words]\ndozens = "lots"', "[words] dozens can't be 'lots'; write a number"),
        (HEAD + "[words]\ndozens = [9, 3]", "[words] dozens has its ends the wrong way round"),
        (HEAD + '[bounds]\nabout = "open"', "[bounds] about can't be 'open'; there are: as said, number, nothing"),
        (HEAD + "[claims]\nparties = true", "[claims] parties must be a whole number, 1 or more, not True"),
        (HEAD + "[claims]\nnumbers_first = 1", "[claims] numbers_first must be true or false, not 1"),
        (HEAD + '[claims]\ngrades = ["good"]', "[claims] grades can't be 'good'; there are: confirmed, fair"),
        (HEAD + '[covers]\nmeasures = ["kiled"]', "[covers] measures can't be 'kiled'; there are: killed, injured"),
    ],
)
def test_one_line_names_the_file_and_the_key(text: str, line: str) -> None:
    with pytest.raises(UsageError) as error:
        from_text(text, "mine.toml")
    assert str(error.value).startswith("mine.toml: ")
    assert line in str(error.value)
    assert "\n" not in str(error.value)
