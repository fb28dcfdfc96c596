"""What a party says against itself is told apart from what else it says: invented texts through the real reader."""

from __future__ import annotations

from dataclasses import replace

import pytest
from findings_build import INCIDENT, Book, claim

from tollbook.claims.reader import read
from tollbook.findings import reckon
from tollbook.findings.reconcile import Reckoned
from tollbook.lexicon import load
from tollbook.model import Report

LEXICON = load()
SHELLING = replace(INCIDENT, name="Tarn Quay, 2 May 2031", kind="attack")


def reckoned(*texts: str) -> Reckoned:
    """What the texts come to, each a report of the one incident."""
    reports = [Report(f"r{n}", text, "", f"{n}" * 64, publisher="Tarn Post") for n, text in enumerate(texts, start=1)]
    read_in = [read(report, LEXICON) for report in reports]
    claims = [replace(one, incident="i1") for some in read_in for one in some.claims]
    said = [replace(one, incident="i1") for some in read_in for one in some.characterisations]
    return reckon([SHELLING], claims, characterisations=said, sources=Book())


def against(*texts: str) -> list[str]:
    """All sentences on concessions, each once."""
    lines = [line for one in reckoned(*texts).findings for line in one.derivation]
    return list(dict.fromkeys(line for line in lines if line.startswith(("concedes@", "own-losses@"))))


CLAIMED = "The Lorn Front claimed responsibility for the attack."


def test_who_says_that_it_did_it_concedes_what_it_counts_itself() -> None:
    told = against(f"{CLAIMED} The Lorn Front said six porters were killed. Police said 11 porters were killed.")
    assert told == [
        "concedes@1: Lorn Front, by its own words in report r1 the one who did it, itself gives “six porters”."
    ]


def test_the_two_may_stand_in_two_reports_as_for_the_grade() -> None:
    texts = (CLAIMED, "The Lorn Front said six porters were killed.")
    assert len(against(*texts)) == 1
    assert reckoned(*texts).grades[0].grade == "confirmed"


def test_who_admits_a_deed_concedes_what_it_counts_and_the_harm_is_confirmed() -> None:
    for admitted in ("acknowledged that its shells killed six porters", "admitted killing six porters"):
        text = f"The Northern Army {admitted}. Police said 11 porters were killed."
        assert against(text) == [
            "concedes@1: Northern Army, by its own words in report r1 the one who did it, itself gives “six porters”."
        ]
        assert reckoned(text).grades[0].grade == "confirmed"


@pytest.mark.parametrize(
    "text",
    [
        "The Northern Army admitted that six porters died.",
        "The mayor blamed the Northern Army. The Northern Army said six porters were killed.",
        "The Lorn Front denied responsibility for the attack. The Lorn Front said six porters were killed.",
        f"{CLAIMED} Police said six porters were killed.",
        f"{CLAIMED} The Lorn Front said six soldiers were killed.",
        f"{CLAIMED} The Lorn Front said nobody was killed.",
    ],
    ids=["no doer", "said by others", "a denial", "another's figure", "fighters", "nobody"],
)
def test_nothing_is_conceded(text: str) -> None:
    assert against(text) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The Northern Army said 14 of its soldiers were killed.", "14 of its soldiers"),
        ("The Northern Army said that at least 14 of its soldiers were killed.", "at least 14 of its soldiers"),
        ("The Northern Army said 14 Northern soldiers were killed.", "14 Northern soldiers"),
        ("“14 of our soldiers were killed”, Col. Ada Orr said.",
         "14 of our soldiers"),
    ],
    ids=["its", "that its", "by name", "our"],
)  # fmt: skip
def test_what_a_party_says_of_its_own_people(text: str, quote: str) -> None:
    (line,) = against(text)
    assert line.startswith("own-losses@1: ")
    assert f" says this of its own people: “{quote}”." in line


@pytest.mark.parametrize(
    "text",
    [
        "The Northern Army said the Lorn Front buried 14 of its fighters who were killed.",
        "The Northern Clinic said 14 Northern soldiers were killed.",
        "The Northern Army said 14 Lorn soldiers were killed.",
        "Residents said 14 of their neighbours were killed.",
        "The Northern Army said none of its soldiers were killed.",
        "The Lorn Front left. 14 of its fighters were killed, the Northern Army said.",
    ],
    ids=["another between", "a clinic", "others' people", "no party", "nobody", "told before"],
)
def test_not_known_to_be_its_own_people(text: str) -> None:
    assert against(text) == []


def test_position_and_losses_are_kept_apart() -> None:
    own = claim(14, "Northern Army", kind="military", group="soldiers", affiliation="Northern", said="14 Northern men")
    others = claim(40, "Northern Army", kind="military", group="soldiers", said="40 soldiers", at=90)
    (found,) = [one for one in reckon([SHELLING], [own, others]).findings if one.group == "soldiers"]
    assert (
        "own-losses@1: Northern Army says this of its own people: “14 Northern men”; apart from that it gives"
        " “40 soldiers”." in found.derivation
    )


def test_no_figure_and_no_status_moves() -> None:
    text = " The Lorn Front said six porters were killed. Police said 11 porters were killed."
    for with_it, without in zip(reckoned(CLAIMED + text).findings, reckoned(text).findings, strict=True):
        shown = [(one.low, one.best, one.high, one.status, one.parties) for one in (with_it, without)]
        assert shown[0] == shown[1]
        assert [(p.low, p.high) for p in with_it.positions] == [(p.low, p.high) for p in without.positions]
