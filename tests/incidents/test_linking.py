"""Claims to incidents, across reports: what comes together, what stays apart, and that no order shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from incident_texts import incident_of, linked, related, report

from tollbook.incidents import groups
from tollbook.incidents.evidence import Vector, without_places
from tollbook.lexicon import load
from tollbook.model import PlaceMention, Report, Span

WIRE = report(
    "wire",
    "A strong earthquake struck the town of Zarand on Tuesday, killing 214 people and injuring 930, officials said."
    " Rescue workers from Kerman dug through the bazaar. In December 2003 a quake in Bam killed 26,000 people.",
    "2011-02-23",
    title="Quake in Zarand kills 214",
)
PAPER = report(
    "paper",
    "The number of people killed in Tuesday's earthquake in Zarand has risen to 231, the governor Mahin Rastvand said."
    " He said 930 people were injured. The Bam quake of December 2003 left 26,000 people dead.",
    "2011-02-25",
)
ANNIVERSARY = report(
    "anniversary",
    "Zarand remembered its dead on Friday. An earthquake in Zarand on February 22, 2011, killed 612 people, it says.",
    "2021-02-26",
)
FLOOD = report(
    "flood",
    "A flood in Zarand on 3 April 2013 killed 12 people and left 400 homeless, the province said.",
    "2013-04-05",
)
PERIOD = report(
    "period", "Since January 2010 earthquakes in Iran have killed 1,400 people, the institute said.", "2011-03-01"
)
ALL = (WIRE, PAPER, ANNIVERSARY, FLOOD, PERIOD)


def test_reports_of_one_event_come_together_and_others_stay_apart() -> None:
    result = linked(ALL)
    home = incident_of(result, "wire", "214 people")
    assert home is not None
    assert home.reports == ("anniversary", "paper", "wire")
    assert (home.name, home.kind) == ("Zarand, 22 February 2011", "earthquake")
    assert incident_of(result, "paper", "231") == home
    assert incident_of(result, "anniversary", "612 people") == home
    others = [incident_of(result, "flood", "12 people"), incident_of(result, "period", "1,400 people")]
    bam = incident_of(result, "wire", "26,000 people")
    assert bam is not None
    assert bam == incident_of(result, "paper", "26,000 people")
    assert bam.name == "Bam, December 2003"
    assert len({incident.id for incident in (home, bam, *others) if incident is not None}) == 4


def test_each_link_gives_its_reasons() -> None:
    home = incident_of(linked(ALL), "wire", "214 people")
    assert home is not None
    assert {link.claim for link in home.links} == set(home.claims)
    assert all(0 <= link.score <= 1 and link.reasons for link in home.links)
    told = {reason for link in home.links for reason in link.reasons}
    assert "both name Zarand" in told
    assert any(reason.startswith("both on 2011-02-22") for reason in told)


def test_claims_get_date_place_as_of_and_rule() -> None:
    claim = next(c for c in linked(ALL).claims if c.report == "wire" and c.said == "214 people")
    assert claim.date is not None
    assert (claim.date.start, claim.date.rule) == (dt.date(2011, 2, 22), "weekday before publication")
    assert claim.as_of == dt.date(2011, 2, 23)
    assert claim.place is not None
    assert claim.place.country == "IR"


def test_the_order_of_reports_does_not_show() -> None:
    assert linked(ALL) == linked(reversed(ALL)) == linked([ALL[2], ALL[4], ALL[0], ALL[3], ALL[1]])


def test_no_reports_give_nothing() -> None:
    result = linked([])
    assert (result.claims, result.incidents, result.placements) == ((), (), ())


def test_a_report_without_figures_joins_by_its_headline() -> None:
    words = report(
        "words",
        "Governor Mahin Rastvand saw Zarand after Tuesday's earthquake. Mahin Rastvand promised tents at the bazaar.",
        "2011-02-24",
        title="Governor visits quake town Zarand",
    )
    placements = {placement.report: placement for placement in linked([*ALL, words]).placements}
    assert placements["words"].incident == placements["wire"].incident is not None


def test_a_figure_that_is_of_no_event_has_no_incident() -> None:
    text = "A raid on Zarand on 3 May 2001 killed 12 people.\n\nThe organisation consists of 57 countries."
    result = linked([report("a", text, "2001-05-04")])
    assert incident_of(result, "a", "12 people") is not None
    assert [c.incident for c in result.claims if c.said == "57 countries"] == [None]


def test_place_and_date_of_two_events_are_held_apart() -> None:
    speech = report(
        "speech",
        "In mid-July more than 50,000 people registered as volunteers. A 76-year-old man was killed during the attack."
        " It recalls what was done to us. In Zarand, 612 people were killed, more than a thousand people went missing.",
        "2020-07-30",
        title="We remember Zarand",
    )
    result = linked([speech, ANNIVERSARY])
    assert incident_of(result, "speech", "612 people") == incident_of(result, "anniversary", "612 people")
    assert incident_of(result, "speech", "A 76-year-old man") != incident_of(result, "speech", "612 people")
    assert incident_of(result, "speech", "more than 50,000 people") != incident_of(result, "speech", "612 people")


def test_one_report_of_many_events_keeps_each(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f"## A fire kills {n} people in a mill on day {n}\n\nIt killed {n} people." for n in range(20, 80)]
    result = linked([report("digest", "\n\n".join(rows), "2001-05-04")])
    homes = {n: incident_of(result, "digest", f"{n} people") for n in range(20, 80)}
    assert len({home.id for home in homes.values() if home is not None}) == 60


def test_a_runaway_merge_stops_with_a_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "CAP", 3)
    same = [
        report(f"r{i}", WIRE.text + f" Item {i}.", WIRE.published, title="Quake in Zarand kills 214") for i in range(8)
    ]
    result = linked(same)
    assert [notice.code for notice in result.notices] == ["runaway"]
    assert max(len(incident.reports) for incident in result.incidents) == 3


def test_the_same_report_twice_is_one_family_and_one_incident() -> None:
    twin = report("twin", WIRE.text, WIRE.published)
    result = linked([WIRE, twin])
    assert len(result.incidents) == 2  # the quake, and the one of 2003 mentioned in passing
    assert {placement.family for placement in result.placements} != {None}
    assert {c.incident for c in result.claims if c.said == "214 people"} == {result.placements[0].incident}


SENTENCES = [
    "A blast in Zarand on Monday killed 12 people.", "In 2004 a flood in Bam killed 300 people.", "Nobody was hurt.",
    "The war killed 2 million people.", "More than 100 people were killed in Qeshm.", "Police arrested six men.",
]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), min_size=1, max_size=4), st.randoms())
def test_every_claim_has_at_most_one_incident_in_any_collection(texts: list[list[str]], shuffle: object) -> None:
    reports = [report(f"r{i}", " ".join(sentences), "2011-02-23") for i, sentences in enumerate(texts)]
    result = linked(reports)
    keys = [(claim.report, claim.id) for claim in result.claims]
    assert len(keys) == len(set(keys))
    for a, b in combinations(result.incidents, 2):
        assert a.id != b.id
    known = {incident.id for incident in result.incidents}
    assert {claim.incident for claim in result.claims} - {None} <= known
    backwards: list[Report] = list(reversed(reports))
    assert linked(backwards) == result


def test_the_name_of_a_place_counts_once() -> None:
    """ "Zarand" is compared as a place; only what else has a name may tie two reports by it."""
    named = Vector.of({"zarand": 1.0, "mahin rastvand": 0.8, "rastvand zarand": 0.5})
    place = PlaceMention(Span(0, 6), "Zarand")
    assert without_places(named, [place]).words == ("mahin rastvand", "rastvand zarand")


SHOT = "A {age}-year-old man was shot about {hour} p.m. in the {block} block of Wexmoor Street in Zarand, police said."


def test_other_houses_ages_and_hours_speak_against_one_event() -> None:
    one = report("one", SHOT.format(age=19, hour="3:10", block=2300) + " One man was killed.", "2011-02-23")
    same = report("same", "A man, 19, died in the 2300 block of Wexmoor Street in Zarand at 3:15 p.m.", "2011-02-23")
    other = report("other", SHOT.format(age=44, hour="9:40", block=700) + " One man was killed.", "2011-02-23")
    index = related(one, other, same).index
    assert index.score(0, 2) > max(0.0, index.score(0, 1))
    told = {reason.words: reason.weight for reason in index.why(0, 1)[1]}
    assert told["name other blocks of houses"] < 0
    assert told["tell of people of other ages"] < 0


def test_one_desk_that_counts_other_dead_tells_of_another_event() -> None:
    text = "A raid on the {which} of Zarand on Monday killed {dead} people and injured 31, the clinic there said."
    tolls = (12, 12, 27)
    desk = [report(f"{n}", text.format(which="mill", dead=dead), "2011-02-23") for n, dead in enumerate(tolls)]
    index = related(*(replace(one, publisher="Orne Desk") for one in desk)).index
    assert index.score(0, 1) > index.score(0, 2)
    told = {reason.words: reason.weight for reason in index.why(0, 2)[1]}
    assert told["which counts 12 dead and 27"] < 0
    assert told["which one publisher may give of two events"] < 0


def test_a_score_stays_the_same_whatever_else_is_in_the_record() -> None:
    def tie(*reports: Report) -> float:
        chosen = sorted(reports, key=lambda one: one.id)
        index = related(*chosen).index
        return index.score(*(n.index for n in index.nodes.values() if n.main and n.report in ("wire", "paper")))

    assert tie(WIRE, PAPER) == tie(*ALL)


def test_a_weight_speaks_for_or_against_by_its_name() -> None:
    for weights in load("en").table("links").values():
        against = {name for name, weight in weights.items() if weight < 0 and name != "base"}
        assert all("apart" in name or "other" in name or name in _AGAINST for name in against)


_AGAINST = {"one desk", "one desk's words", "one desk's figures", "one desk's tolls", "two events", "no date"}
