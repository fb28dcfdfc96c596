"""Which time, place and kind govern a figure, and which figures are of another event, a period, or another story."""

from __future__ import annotations

import hashlib

import pytest

from tollbook import claims
from tollbook.lexicon import load
from tollbook.lexicon.gazetteer import Gazetteer
from tollbook.model import Report, Setting

GAZETTEER = Gazetteer()


def settings_of(text: str, title: str | None = None) -> dict[str, Setting]:
    sha = hashlib.sha256(text.encode()).hexdigest()
    reading = claims.read(Report("r", text, sha, sha, title=title, published="2011-03-04"), load("en"), GAZETTEER)
    return {claim.said: reading.settings[claim.id] for claim in reading.claims}


def times(setting: Setting) -> list[str]:
    return [time.said for time in setting.times]


def test_each_figure_takes_the_time_of_its_own_clause() -> None:
    found = settings_of("A quake killed 12 people on Monday; in 2004 a flood killed 300 people there.")
    assert times(found["12 people"])[0] == "Monday"
    assert times(found["300 people"])[0] == "2004"
    assert (found["12 people"].kind, found["300 people"].kind) == ("earthquake", "flood")


def test_a_frame_holds_for_the_sentences_after_it() -> None:
    found = settings_of("In 2004, a flood struck Zarand. It killed 300 people.")
    assert times(found["300 people"]) == ["2004"]
    assert [place.said for place in found["300 people"].places] == ["Zarand"]


def test_the_time_of_saying_does_not_govern() -> None:
    found = settings_of("At least 12 people were killed in Zarand, officials said on Friday.")
    assert times(found["At least 12 people"]) == []
    found = settings_of("The ministry on Friday condemned the raid that killed 12 people.")
    assert times(found["12 people"]) == []


def test_a_day_up_to_which_a_figure_counts_is_no_day_of_the_event() -> None:
    setting = settings_of("By 18 March, 34 people had been killed.")["34 people"]
    assert times(setting) == []
    assert setting.as_of is not None
    assert setting.as_of.said == "18 March"


@pytest.mark.parametrize(
    "text",
    [
        "Since January 34 people have been killed by mines.",
        "The civil war killed 34 people.",
        "In 1988-94, 34 people were killed.",
        "There have been 34 people killed this year.",
        "In the past two months 34 people were killed.",
        "34 people were killed by mines after November 10, 2010.",
    ],
)
def test_periods_and_wars_are_aggregates(text: str) -> None:
    assert settings_of(text)["34 people"].aggregate


@pytest.mark.parametrize("text", ["34 people were killed on Monday.", "34 people were killed in the past 24 hours."])
def test_single_events_are_none(text: str) -> None:
    assert not settings_of(text)["34 people"].aggregate


def test_words_set_another_event_aside() -> None:
    found = settings_of("12 people were killed. It was the deadliest attack since a bomb killed 40 people in Zarand.")
    assert not found["12 people"].aside
    assert found["40 people"].aside


def test_related_stories_and_digests_are_stories_of_their_own() -> None:
    found = settings_of(
        "A wall fell in Zarand and killed 12 people.\n\nRelated:\n\n"
        "- A fire kills 20 people in Bam.\n- Storm kills 30 people.\n"
    )
    assert found["12 people"].section == 0
    assert 0 < found["20 people"].section < found["30 people"].section


def test_a_timeline_has_a_section_for_each_dated_heading() -> None:
    body = "\n\n".join(
        f"The raid\nMay {n}, 2001\nSoldiers attacked the town. {n}0 people were killed." for n in (2, 3, 4, 5)
    )
    found = settings_of(body)
    assert [found[f"{n}0 people"].section for n in (2, 3, 4, 5)] == sorted({s.section for s in found.values()})
    assert [times(found[f"{n}0 people"]) for n in (2, 3)] == [["May 2, 2001"], ["May 3, 2001"]]


def test_the_dateline_says_when_it_was_written() -> None:
    found = settings_of("ZARAND, March 3 (XYZ) - At least 12 people were killed on Tuesday.")
    assert times(found["At least 12 people"]) == ["Tuesday"]
