"""Round-ups and recollections: reports of several events, whose figures are told apart by their words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from incident_texts import incident_of, linked, read, report

from tollbook.incidents.events import happenings
from tollbook.incidents.happening import Happening
from tollbook.model import Dateline, Span


def told(text: str, published: str | None = "2011-02-23") -> list[Happening]:
    """The happenings of a report, the main one first."""
    one = report("r", text, published)
    return happenings(one, read(one))


def groups(text: str, published: str | None = "2011-02-23") -> list[list[str]]:
    """The figures of each happening, in the words of the report."""
    return [[fact.claim.said for fact in home.facts] for home in told(text, published) if home.facts]


def test_in_a_round_up_each_place_not_told_of_before_is_an_event() -> None:
    text = (
        "A series of knife attack's left seven people dead on Monday night in Zarand.\n\n"
        "A cook was stabbed on Elm Street in Zarand.\n\n"
        "Two hours later, a quarrel began in Kerman. Two bakers were killed."
    )
    assert groups(text) == [["seven people"], ["A cook"], ["Two bakers"]]


def test_months_named_far_below_an_undated_lead_are_other_events() -> None:
    text = (
        "Two people were stabbed at a mill in Zarand on Sunday.\n\nThe mill was shut.\n\nIts owner, who came to the"
        " town in 2011, spoke.\n\nHe called for calm.\n\nIn May, a raid in Tabas left five dead."
        " In January, three nuns were stabbed in Bam."
    )
    assert groups(text, None) == [["Two people"], ["five dead"], ["three nuns"]]


def test_a_year_beside_one_figure_of_many_is_not_when_it_was() -> None:
    text = (
        "Zarand mourned three boys who drowned at a weir. A fourth boy was hurt.\n\nFive boys were rescued.\n\n"
        "On average two boys have drowned there a year since counts began in 1987."
    )
    assert told(text, None)[0].date is None


@pytest.mark.parametrize(("day", "same"), [("2011-02-22", True), ("2011-09-22", False)])
def test_a_scene_beside_the_main_event_is_as_fresh_as_its_report(day: str, same: bool) -> None:
    first = (
        "Shots at a fort in Tehran killed two cooks today. A sentry heard the salvo and rang the armoury bell; the"
        " garrison's kitchen, its stables and a chapel burned. A colonel praised the grooms who led the horses out."
        "\n\n"
        "Meanwhile, six rebels died in clashes in Zarand, the army said."
    )
    second = "Smoke rose over Zarand; by dusk its market stood empty. Fighting left six insurgents dead."
    result = linked([report("a", first, "2011-02-22"), report("b", second, day)])
    home = incident_of(result, "a", "six rebels")
    assert home is not None
    assert ("b" in home.reports) is same


def test_where_a_report_was_written_is_not_where_it_happened() -> None:
    text = "TEHRAN, 22 FEB -- TWO MEN WERE KILLED TODAY BY A MINE.\n\nNINE MEN WERE HURT NEAR ZARAND."
    one = report("r", text, "2011-02-22")
    for dateline, places in ((None, ["Tehran"]), (Dateline(Span(0, 17), "TEHRAN"), [])):
        dated = replace(one, dateline=dateline)
        spots = {
            fact.claim.said: [s.name for s in fact.spots] for h in happenings(dated, read(dated)) for fact in h.facts
        }
        assert spots == {"TWO MEN": places, "NINE MEN": ["Zarand"]}


def test_a_toll_broken_down_by_place_is_of_an_event_in_each() -> None:
    text = (
        "Nine drivers died on icy roads, police said on Monday, with four deaths recorded in Bavaria, two in Saxony and"
        " three in Hesse and Thuringia."
    )
    assert groups(text) == [["Nine drivers"], ["four deaths"], ["two"], ["three"]]


def test_a_flood_that_kills_in_many_places_is_one_event() -> None:
    text = "A flood on Monday killed nine people, with four deaths recorded in Bavaria and five in Saxony."
    assert groups(text) == [["nine people", "four deaths", "five"]]


def test_lines_under_the_name_of_a_place_are_of_an_event_there() -> None:
    text = (
        "These are the losses of Monday's bomb attacks in Zarand and Shiraz.\n\nZARAND:\nKilled: 17\nInjured: 230\n\n"
        "SHIRAZ:\nKilled: 9\nInjured: 44\n\nInjured: 3"
    )
    assert groups(text)[-2:] == [["17", "230"], ["9", "44"]]


def test_clashes_in_several_places_are_told_one_by_one() -> None:
    text = (
        "At least 11 people died in skirmishes overnight in Zarand and in 3 provinces of the south, the army said.\n\n"
        "Six rebels were killed at dawn in the town of Tabas.\n\nFive guards died in Bam."
    )
    assert groups(text) == [["At least 11 people", "3 provinces"], ["Six rebels"], ["Five guards"]]


def test_an_event_that_another_avenges_is_not_the_main_one() -> None:
    text = (
        "Survivors told a judge of a massacre of 80 people in Zarand.\n\nOn Saturday men in masks came to Zarand and"
        " burned nine huts.\n\nThe judge spoke.\n\nA list of 57 dead was read.\n\nOn Friday rebels in an ambush killed"
        " four soldiers.\n\nA priest called it revenge for Friday's ambush."
    )
    main = told(text)[0]
    assert main.date is not None
    assert main.date.start.isoformat() == "2011-02-19"
    assert "four soldiers" not in [fact.claim.said for fact in main.facts]


def test_two_towns_of_one_province_are_two_places() -> None:
    text = (
        "Several clashes in Iran left eight dead, the army said.\n\nFour guards were killed in Zarand, Kerman"
        " province.\n\nIn addition, two rebels died in Rafsanjan, Kerman province."
    )
    assert groups(text) == [["Several clashes", "eight dead"], ["Four guards"], ["two rebels"]]
