"""Derivations say by which rule each sentence stands, and say nothing that is not the record's."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from findings_build import PARENTS, claim, day, findings, killed
from hypothesis import given, settings
from hypothesis import strategies as st
from test_properties import run, some_claims

from tollbook.findings import RULES
from tollbook.findings.ruleset import Meaning
from tollbook.findings.steps import STEPS, step
from tollbook.model import Claim, Finding

NAMES = {f"{name}@{version}" for name, version in STEPS.items()} | {rule.id for rule in RULES.values()}
QUOTED = re.compile("“([^”]*)”")
DAY = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}"
)
NUMBER = re.compile(r"(?<![\w@])\d[\d,]*(?:\.\d+)?")


def numbers_of(claims: list[Claim], one: Finding) -> set[float]:
    """Every end that a claim or a rule set's reading of it has, the finding's own, and how many there are of things."""
    known: set[float] = set(range(len(claims) + 2))
    for each in claims:
        known |= {end for end in (each.quantity.value, each.quantity.low, each.quantity.high) if end is not None}
        for rule in RULES.values():
            for part in (rule.read(each.quantity).interval, rule.read(each.quantity).reach):
                known |= {end for end in (part.low, part.high) if end is not None}
    known |= {end for end in (one.low, one.best, one.high) if end is not None}
    return known | {end for each in one.positions for end in (each.low, each.high) if end is not None}


def sums_of(quotes: list[str], claims: list[Claim], rule: str) -> set[float]:
    """What figures quoted in one sentence come to, by their ends as stated or as far as they may reach."""
    read = RULES[rule.partition("@")[0]].read
    sums: set[float] = {0}
    for quote in quotes:
        ends = {end for one in claims if one.said == quote for each in _ends(read(one.quantity)) for end in each}
        sums |= {total + end for total in sums for end in ends}
    return sums


def _ends(meaning: Meaning) -> list[list[float]]:
    return [[end for end in (one.low, one.high) if end is not None] for one in (meaning.interval, meaning.reach)]


@st.composite
def chained_claims(draw: st.DrawFn) -> list[Claim]:
    """Claims of which some come on top of the one before, so that their reports add them up."""
    claims = draw(some_claims())
    beside = [draw(st.booleans()) for _ in claims]
    return [
        replace(one, beside=claims[at - 1].id) if at and beside[at] and one.report == claims[at - 1].report else one
        for at, one in enumerate(claims)
    ]


@settings(deadline=None, max_examples=100)
@given(some_claims() | chained_claims())
def test_every_sentence_names_its_rule_and_every_number_name_and_quote_is_the_record_s(claims: list[Claim]) -> None:
    said = {" ".join(one.said.split()) for one in claims}
    who = {link.source for one in claims for link in one.attribution} | set(PARENTS) | set(PARENTS.values())
    who |= {f"report {one.report}" for one in claims} | {"Northlander", "Southlander"}
    for one in run(claims):
        known = numbers_of(claims, one)
        for line in one.derivation:
            name, _, sentence = line.partition(": ")
            assert name in NAMES, line
            quotes = QUOTED.findall(sentence)
            assert set(quotes) <= said | {"lamplighters"}, line
            plain = DAY.sub("", QUOTED.sub("", sentence))
            for each in sorted(who, key=len, reverse=True):
                plain = plain.replace(each, "")
            numbers = {float(found.replace(",", "")) for found in NUMBER.findall(re.sub(r"\S+@\d+", "", plain))}
            summed = [each.said for each in claims] if " in all" in plain else quotes
            assert numbers <= known | sums_of(summed, claims, one.rules), line
            assert not re.findall(r"\b[A-Z]\w+", re.sub(r"(?:^|[.:] )[A-Z]", "", plain)), line


def test_a_rule_that_nobody_named_is_no_step() -> None:
    assert step("conflict", "so.") == "conflict@1: so."
    with pytest.raises(KeyError):
        step("guess", "so.")


def test_a_source_s_counts_are_one_line_in_their_order() -> None:
    counts = [claim(n, "Tarn Hospital", f"r{n}", as_of=day(at)) for at, n in enumerate((4, 9, 12, 17))]
    (line,) = [line for line in killed(counts).derivation if line.startswith("later-count")]
    assert line == (
        "later-count@1: Tarn Hospital counted 4 on 2 May 2031, 9 on 3 May 2031, 12 on 4 May 2031, then 17 on 5 May"
        " 2031: the last count stands."
    )
    many = [claim(n, "Tarn Hospital", f"r{n}", as_of=day(n)) for n in range(1, 10)]
    (line,) = [line for line in killed(many).derivation if line.startswith("later-count")]
    assert "1 on 3 May 2031, 2 on 4 May 2031, 5 counts in between, 8 on 10 May 2031, then 9 on 11 May 2031" in line


def test_a_count_said_again_stands_since_it_was_first_said() -> None:
    again = [claim(n, "Tarn Hospital", f"r{at}", as_of=day(at)) for at, n in ((0, 9), (2, 17), (300, 17))]
    (line,) = [line for line in killed(again).derivation if line.startswith("later-count")]
    assert "then 17 on 4 May 2031" in line


def test_an_increment_tells_its_sum() -> None:
    base = claim(8, "Police", "a", as_of=day(0), said="eight people")
    more = [claim(n, "Police", f"b{n}", basis="increment", as_of=day(n), said=f"{n} more") for n in (1, 2)]
    (line,) = [line for line in killed([base, *more]).derivation if line.startswith("added-up")]
    assert line == (
        "added-up@1: Police counted 11 on 4 May 2031: “eight people” on 2 May 2031 and, newly added, “1 more” on 3 May"
        " 2031 and “2 more” on 4 May 2031 (8 + 1 + 2)."
    )


def test_why_an_increment_is_not_added_is_told() -> None:
    total = claim(8, "Police", "a", as_of=day(3))
    earlier = claim(2, "Police", "b", basis="increment", as_of=day(1))
    other = claim(3, "Union", "c", basis="increment", as_of=day(4))
    whys = {one.claim: one.why for one in killed([total, earlier, other]).set_aside}
    assert whys[earlier.id] == "it is newly added, and its source's own total of that day or later has it in it"
    assert whys[other.id] == "it is newly added, and no earlier total of its own source is known to add it to"


def test_a_contradiction_is_told_once_for_all_who_give_the_figures() -> None:
    claims = [claim(12, who, who) for who in ("Clinic", "Port")] + [claim(17, who, who) for who in ("Police", "Union")]
    lines = [line for line in killed(claims).derivation if line.startswith("conflict")]
    assert lines == ["conflict@1: “12 all” (Clinic and Port) and “17 all” (Police and Union) can't both be true."]


def test_parts_that_exceed_a_whole_are_told_with_their_sum() -> None:
    claims = [claim(18, "Police"), claim(10, "Union", group="women"), claim(9, "Union", group="men")]
    told = killed(claims).derivation
    assert "conflict@1: “9 men” and “10 women” (Union) together are 19 or more, and “18 all” (Police) is less." in told
    alone = killed([claim(18, "Police", "a"), claim(20, "Union", "b", group="women")]).derivation
    assert "conflict@1: “20 women” (Union) can't be a part of “18 all” (Police), which is less." in alone


def test_what_a_rule_set_reads_in_words_is_told_where_it_is_not_what_they_say() -> None:
    claims = [claim("dozens", "Union"), claim("40+", "Police", at=900)]
    told = killed(claims).derivation
    assert "says@1: Union said “dozens all”, which range@1 reads as 24 or more." in told
    assert "says@1: Police said “40+ all”." in told
    assert "says@1: Police said “40+ all”, which acled@1 reads as 40." in killed(claims, "acled").derivation


def test_the_status_has_its_reason_and_none_where_nothing_stands() -> None:
    found = findings([claim(12, "Police"), claim(14, "Union", "b")])["killed", "all"]
    assert (
        found.derivation[-1]
        == "status@1: the figures are called disputed, because figures that stand can't all be true."
    )
    denied = killed([claim(12, "Police", modality="denied")])
    assert not any(line.startswith("status") for line in denied.derivation)
