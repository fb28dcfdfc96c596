"""Grades: Airwars' five, by the rule from who says what, or by a person; each with its reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from findings_build import INCIDENT, Book, claim, copies, copy_of

from tollbook.findings import reckon
from tollbook.model import Characterisation, Claim, Grade, Ruling, Source, Span

SHELLING = replace(INCIDENT, name="Tarn Quay, 2 May 2031", kind="attack", aliases=("old1",))


def held(actor: str, by: str, modality: Any = "asserted", report: str = "r1") -> Characterisation:
    """ "BY says that ACTOR did it"."""
    speaker = (Source(by, "organisation"), Source("Tarn Post", "publisher"))
    return Characterisation(report, Span(0, 4), f"by {actor}", "responsibility", actor, modality, speaker, "i1")


def grade(claims: list[Claim], *said: Characterisation, kind: str = "attack", **more: Any) -> Grade:
    """The grade of the one incident that the claims are of."""
    found = reckon([replace(SHELLING, kind=kind)], claims, characterisations=said, sources=Book(), **more)
    return found.grades[0]


def ruled(number: int, grade: str, incident: str = "i1", **more: Any) -> Ruling:
    return Ruling(number, "grade", "Ann Example", "2031-06-01", "the army's own report", values={
        "incident": incident, "grade": grade}, **more)  # fmt: skip


# ---- the five ----


def test_confirmed_where_a_party_says_that_it_did_it_and_counts_those_hurt() -> None:
    found = grade([claim(5, "Lorn Front", group="civilians"), claim(9, "Police")], held("Lorn Front", "Lorn Front"))
    assert (found.grade, found.by) == ("confirmed", "airwars-grades@1")
    assert found.why == "Lorn Front says that it did it, and counts people hurt who do not fight"


def test_a_claim_of_responsibility_alone_accepts_no_harm() -> None:
    found = grade([claim(5, "Police")], held("Lorn Front", "Lorn Front"))
    assert found.grade == "weak"
    assert "Lorn Front claims it, but counts nobody hurt who does not fight" in found.why


def test_a_party_of_the_same_parent_accepts_for_it() -> None:
    found = grade([claim(5, "Harbour Ministry")], held("President Mila Orvane", "Velmark State News"))
    assert found.grade == "confirmed"


def test_a_denial_accepts_nothing() -> None:
    denied = held("Lorn Front", "Lorn Front", "denied")
    assert grade([claim(5, "Lorn Front", kind="organisation"), claim(5, "Police", "r2")], denied).grade == "fair"


def test_fair_with_two_named_sources_whatever_their_numbers() -> None:
    found = grade([claim(5, "Police"), claim(9, "Tarn Hospital", "r2", "injured")])
    assert found.grade == "fair"
    assert found.why == "Police and Tarn Hospital say so, two at least each for itself"
    assert len(found.claims) == 2


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ([claim(5, "Police"), claim(5, "Police", "r2")], "one party alone says so: Police"),
        (
            [claim(5, "Harbour Ministry"), claim(5, "Velmark State News", "r2")],
            "one party alone says so: Harbour Ministry and Velmark State News",
        ),
        ([claim(5, "Police"), claim(6, "residents", "r2", kind="witness")], "one party alone says so: Police"),
        ([claim(5, "Police"), claim(6, "various media", "r2", kind="media")], "one party alone says so: Police"),
        ([claim(5, "residents", kind="witness")], "no named source says so, only: residents"),
        (
            [claim(5, "Police"), claim(5, "Mayor", "r2")],
            "Mayor and Police say so, but no two",
        ),
        (
            [claim(5, "Police"), claim(5, None, "r2", publisher="Tarn Post")],
            "known to speak each for itself",
        ),
        ([claim(5, "Police"), claim(5, "Union", "r2", modality="denied")], "one party alone says so: Police"),
    ],
    ids=[
        "one voice twice",
        "one parent",
        "residents",
        "media without a name",
        "residents alone",
        "two offices",
        "a paper",
        "a denial",
    ],
)
def test_weak_without_a_second_source(claims: list[Claim], why: str) -> None:
    found = grade(claims)
    assert found.grade == "weak"
    assert why in found.why


def test_a_copy_is_no_second_source() -> None:
    first = [claim(5, report="r1", publisher="Tarn Post")]
    again = copy_of([claim(5, report="r1", publisher="Tarn Post")], "r2")
    assert grade([*first, *again], placements=copies("r1", "r2")).grade == "weak"


def test_contested_where_two_say_of_different_parties_that_they_did_it() -> None:
    claims = [claim(5, "Police"), claim(9, "Tarn Hospital", "r2")]
    found = grade(claims, held("Lorn Front", "Police"), held("northern army", "Residents' Council", report="r2"))
    assert found.grade == "contested"
    assert found.why == "several are held responsible: Lorn Front (Police) and northern army (Residents' Council)"


@pytest.mark.parametrize(
    "said",
    [
        [held("Lorn Front", "Police"), held("northern army", "Police", report="r2")],
        [held("the northern army", "Police"), held("army", "Union", report="r2")],
        [held("Lorn Front", "Police"), held("northern army", "Union", "denied", "r2")],
    ],
    ids=["together", "one name in the other", "a denial"],
)
def test_no_rivals(said: list[Characterisation]) -> None:
    assert grade([claim(5, "Police"), claim(9, "Tarn Hospital", "r2")], *said).grade == "fair"


def test_discounted_where_only_fighters_are_hurt() -> None:
    found = grade([claim(5, "Police", group="soldiers"), claim(0, "Union", "r2", group="civilians")])
    assert (found.grade, found.why) == ("discounted", "those who are said to be hurt are fighters alone (Police)")
    whole = claim(5, "Police", at=10)
    assert grade([whole, claim(5, "Police", group="soldiers", part_of=whole.id, at=30)]).grade == "discounted"
    assert grade([whole, claim(4, "Police", group="soldiers", part_of=whole.id, at=30)]).grade == "weak"


# ---- what is not graded ----


def test_what_may_be_an_accident_is_not_graded() -> None:
    found = grade([claim(5, "Police"), claim(5, "Union", "r2")], kind="collapse")
    assert found.grade is None
    assert found.why == "only attacks, clashes and other violence are graded, and this is said to be: collapse"


def test_nobody_hurt_is_not_graded() -> None:
    assert grade([claim(0, "Police")]).why == "nobody is said to have been hurt"
    assert grade([claim(40, "Police", measure="displaced")]).grade is None


# ---- where it shows ----


def test_figures_of_harm_bear_the_grade_with_its_reason_and_others_do_not() -> None:
    claims = [claim(5, "Police"), claim(40, "Police", measure="displaced")]
    found = {one.measure: one for one in reckon([SHELLING], claims, sources=Book()).findings}
    assert found["killed"].grade == "weak"
    assert "grade@1: graded weak (airwars-grades@1): one party alone says so: Police." in found["killed"].derivation
    assert found["displaced"].grade is None


def test_a_person_s_grade_stands_before_the_rule_s_and_the_later_before_the_earlier() -> None:
    claims = [claim(5, "Police")]
    found = grade(claims, rulings=[ruled(1, "discounted"), ruled(2, "confirmed", "old1")])
    assert (found.grade, found.why, found.by) == ("confirmed", "the army's own report", "ruling 2")
    assert grade(claims, rulings=[ruled(3, "none")]).grade is None
    assert grade(claims, rulings=[ruled(3, "fair")], kind="flood").grade == "fair"
    withdrawn = Ruling(4, "withdraw", "Bo Example", "2031-06-02", "wrong incident", values={"ruling": 3})
    assert grade(claims, rulings=[ruled(3, "fair"), withdrawn]).by == "airwars-grades@1"


def test_what_was_said_later_does_not_count_before() -> None:
    from findings_build import day

    claims = [claim(5, "Police"), claim(9, "Tarn Hospital", "r2")]
    published = {"r1": day(1), "r2": day(8)}
    assert grade(claims, published=published, as_of=day(5)).grade == "weak"
    rival = held("northern army", "Tarn Hospital", report="r2")
    assert grade(claims, held("Front", "Police"), rival, published=published).grade == "contested"
    assert grade(claims, held("Front", "Police"), rival, published=published, as_of=day(5)).grade == "weak"
