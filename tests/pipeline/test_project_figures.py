"""A figure is found by the names people use, and explained by the words it rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tollbook.errors import UsageError
from tollbook.model import (
    Claim,
    Finding,
    Incident,
    Link,
    Placement,
    Quantity,
    Reading,
    Record,
    Report,
    Ruling,
    SetAside,
    Span,
    digest,
)
from tollbook.pipeline.figures import explain
from tollbook.pipeline.lookup import find_figure, find_incident, find_target
from tollbook.pipeline.membership import members_of

TEXT = "Floods. A clinic said 12 people died in Arvelle. Later the board said 13 people died."


@pytest.fixture
def record() -> Record:
    def made(said: str, of: str, measure: str = "killed", group: str = "all") -> Claim:
        start = TEXT.index(said)
        span = Span(start, start + len(said))
        return Claim(
            digest(said, measure, group), "r1", span, said, measure, group, "person", Quantity.exact(1), incident=of
        )

    claims = (
        made("12 people", "i1"),
        made("13 people", "i1"),
        made("people", "i1", group="women"),
        made("died", "i2", "injured"),
    )
    findings = tuple(
        Finding(of, measure, group, "person", rules, 12, 12, 13, "disputed", supports=supports, set_aside=aside)
        for rules in ("range@1", "acled@1")
        for of, measure, group, supports, aside in (
            ("i1", "killed", "all", (claims[0].id,), (SetAside(claims[1].id, "told later"),)),
            ("i1", "killed", "women", (claims[2].id,), ()),
            ("i2", "injured", "all", (claims[3].id,), ()),
        )
    )
    incidents = (
        Incident("i1", "Arvelle, 1 May 2031", "flood", aliases=("i0",), claims=tuple(each.id for each in claims[:3])),
        Incident("i2", "Dorn, 2 May 2031", "flood", claims=(claims[3].id,)),
    )
    sentences = (Span(0, 7), Span(8, 48), Span(49, len(TEXT)))
    rulings = (
        Ruling(9, "accept", "Ann", "2031", "seen", claims[0].id),
        Ruling(10, "accept", "Ann", "2031", "seen", claims[3].id),
    )
    return Record(
        (Report("r1", TEXT, "s", "t"),),
        (),
        claims,
        incidents,
        findings,
        readings=(Reading("r1", sentences=sentences),),
        rulings=rulings,
    )


@pytest.mark.parametrize(
    ("given", "figure"),
    [
        ("killed", "i1/killed/all"),
        ("killed/women", "i1/killed/women"),
        ("injured", "i2/injured/all"),
        ("i0/killed/all/person", "i1/killed/all"),
        ("dorn/injured", "i2/injured/all"),
        ("arvelle, 1 may 2031/killed", "i1/killed/all"),
        (digest("13 people", "killed", "all"), "i1/killed/all"),
        (digest("people", "killed", "women")[:6], "i1/killed/women"),
    ],
)
def test_a_figure_is_found_by_the_names_people_use(record: Record, given: str, figure: str) -> None:
    assert str(find_figure(record, given)) == figure


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (
            "kiled",
            "no figure or claim 'kiled'; did you mean 'killed'? there are: killed/all, killed/women, inj",
        ),
        ("nowhere/kiled", "no figure or claim 'nowhere/kiled'; there are: "),
        ("killed/wmen", "no figure 'killed/wmen'; did you mean 'killed/women'? there are: killed/all, killed/women"),
        ("missing", "no figure 'missing'; there are: killed/all, killed/women, injured/all"),
        ("i2/killed", "no figure 'i2/killed'; "),
        ("i9/killed", "no incident 'i9'; there are: i1 (Arvelle, 1 May 2031), i2 (Dorn, 2 May 2031)"),
        ("killed/women/person/9", "'killed/women/person/9' has too many parts; write [INCIDENT/]MEASURE"),
    ],
)
def test_a_figure_that_is_not_there_lists_those_that_are(record: Record, given: str, line: str) -> None:
    with pytest.raises(UsageError) as caught:
        find_figure(record, given)
    assert str(caught.value).startswith(line)


def test_an_incident_is_found_or_the_choice_is_told(record: Record) -> None:
    assert find_incident(record, "i0").id == "i1"
    assert find_incident(record, "dorn, 2 may 2031").id == "i2"
    assert find_incident(record, "arvel").id == "i1"
    for given, line in (
        (None, "there are 2 incidents: i1 (Arvelle, 1 May 2031), i2 (Dorn, 2 May 2031); say which one"),
        ("may 2031", "'may 2031' names 2 incidents: i1 (Arvelle, 1 May 2031), i2 (Dorn, 2 May 2031); write more of it"),
        ("Arvele", "no incident 'Arvele'; did you mean 'Arvelle'? there are: i1 (Arvelle, 1 May 2031), i2"),
        ("", "no incident ''; there are: i1"),
    ):
        with pytest.raises(UsageError) as caught:
            find_incident(record, given)
        assert str(caught.value).startswith(line)


def test_a_figure_of_two_incidents_tells_them_apart(record: Record) -> None:
    more = replace(record.findings[0], incident="i2")
    with pytest.raises(UsageError) as caught:
        find_figure(replace(record, findings=(*record.findings, more)), "killed")
    line = "'killed' is a figure of 2 incidents: i1 (Arvelle, 1 May 2031), i2 (Dorn, 2 May 2031); "
    assert str(caught.value) == f"{line}write for example 'i1/killed'"


def test_a_figure_of_two_units_tells_them_apart(record: Record) -> None:
    more = replace(record.findings[0], unit="household")
    with pytest.raises(UsageError) as caught:
        find_figure(replace(record, findings=(*record.findings, more)), "killed")
    assert str(caught.value) == "'killed' names 2 figures: killed/all, killed/all/household; write more of it"


def test_an_explanation_has_the_exact_words_in_their_sentence(record: Record) -> None:
    told = explain(record, find_figure(record, "killed"))
    assert [one.rules for one in told.findings] == ["range@1", "acled@1"]
    assert [(one.before, one.words, one.after, one.fate) for one in told.quotes] == [
        ("A clinic said ", "12 people", " died in Arvelle.", "supports"),
        ("Later the board said ", "13 people", " died.", "set aside: told later"),
    ]
    assert [one.seq for one in told.rulings] == [9]
    assert told.incident.id == "i1"


@pytest.mark.parametrize(
    ("given", "found"),
    [("killed/women", "i1/killed/women"), ("i1", "i1"), ("i0", "i1"), ("dorn", "i2"), ("Dorn, 2 May 2031", "i2")],
)
def test_a_target_is_a_figure_or_an_incident(record: Record, given: str, found: str) -> None:
    target = find_target(record, given)
    assert (target.id if isinstance(target, Incident) else str(target)) == found


def test_a_target_that_is_neither_lists_the_figures(record: Record) -> None:
    with pytest.raises(UsageError) as caught:
        find_target(record, "kiled")
    assert str(caught.value).startswith("no figure or claim 'kiled'; did you mean 'killed'?")


def test_an_incident_tells_why_each_report_is_in_it(record: Record) -> None:
    one, two, three = record.incidents[0].claims
    day, place = ("both on 2031-05-01",), ("both name Arvelle", "although dates 9 days apart")
    links = (Link(one, 0.5, place), Link(two, 0.9, day), Link(three, 0.9, day))
    moved = Ruling(11, "merge", "Ann", "2031", "one flood", values={"incident": "i0", "into": "i1"})
    incident = replace(record.incidents[0], reports=("r1",), links=links)
    told = members_of(
        replace(record, placements=(Placement("r1", copy_of="r0"),), rulings=(*record.rulings, moved)), incident
    )
    (member,) = told.members
    assert (member.report.id, member.copy_of, len(member.claims)) == ("r1", "r0", 3)
    assert [(link.score, link.reasons) for link in member.links] == [(0.9, day), (0.5, place)]
    assert told.figures == ("killed/all", "killed/women")
    assert [one.seq for one in told.rulings] == [11]
