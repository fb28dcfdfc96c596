"""Scenes of one report: turns to another event, days by which one is named, places where nothing happened."""

from __future__ import annotations

import pytest
from incident_texts import incident_of, linked, read, report

from tollbook.incidents import index
from tollbook.incidents.events import happenings
from tollbook.model import Report


def together(text: str, *said: str, published: str | None = "2011-02-23") -> bool:
    """True where all figures with these words are of one happening."""
    one = report("r", text, published)
    homes = {fact.claim.said: i for i, home in enumerate(happenings(one, read(one))) for fact in home.facts}
    return len({homes[words] for words in said}) == 1


@pytest.mark.parametrize(
    "turn",
    [
        "Meanwhile, five miners died in Tabas when a shaft gave way.",
        "In addition, five miners died in Tabas.",
        "Elsewhere, five miners were found dead in Tabas.",
    ],
)
def test_a_turn_to_another_town_is_another_event(turn: str) -> None:
    text = f"A gas blast in a bakery in Zarand killed two apprentices on Tuesday, its owner said.\n\n{turn}"
    assert not together(text, "two apprentices", "five miners")


def test_a_turn_in_the_same_town_goes_on() -> None:
    text = "A gas blast in Zarand killed two apprentices on Tuesday.\n\nMeanwhile, five clerks were injured in Zarand."
    assert together(text, "two apprentices", "five clerks")


def test_those_spoken_of_again_are_of_the_event_told_last() -> None:
    text = (
        "A gas blast in Zarand killed two apprentices on Tuesday.\n\nMeanwhile, five rangers died in clashes in Tabas."
        "\n\nA spokesman said that nine smugglers were wounded in those clashes."
    )
    assert together(text, "five rangers", "nine smugglers")
    assert not together(text, "two apprentices", "nine smugglers")


def test_under_a_lead_of_several_events_each_paragraph_is_one() -> None:
    text = (
        "Several knife attacks left nine people dead over the weekend, the prefect said.\n\n"
        "Three tailors were killed at a bus stop when a man drew a blade.\n\n"
        "Two nuns were stabbed to death at a well.\n\nThe nine people were buried on Monday."
    )
    assert not together(text, "nine people", "Three tailors")
    assert not together(text, "Three tailors", "Two nuns")


def test_what_an_event_came_so_long_after_is_another() -> None:
    text = "Monday's fire in Zarand killed four cooks. It came three weeks after a collapse killed 19 masons in Tabas."
    assert not together(text, "four cooks", "19 masons")


def test_a_day_by_which_an_event_is_named_is_its_day() -> None:
    text = (
        "Prosecutors charged a baker on Friday over the February 2 blaze that killed six guests in Zarand.\n\n"
        "The baker was seen near the hotel."
    )
    result = linked([report("r", text, "2011-05-22")])
    home = incident_of(result, "r", "six guests")
    assert home is not None
    assert home.name == "Zarand, 2 February 2011"


@pytest.mark.parametrize("noun", ["hearing", "report", "ruling"])
def test_a_day_of_a_hearing_names_no_event(noun: str) -> None:
    one = report("r", f"The February 2 {noun} in Zarand dealt with the deaths of six guests.", "2011-05-22")
    assert read(one).event_times == ()


@pytest.mark.parametrize(
    "away",
    [
        "was rushed to a ward in Tabas",
        "was flown to Tabas",
        "is a resident of Tabas",
        "and Ann Varlow, 31, of Tabas, was hurt",
    ],
)
def test_where_somebody_was_brought_or_lives_is_no_scene(away: str) -> None:
    one = report("r", f"A tram hit a cart in Zarand on Tuesday. One man was injured; he {away}.", "2011-02-23")
    setting = next(s for c, s in zip(read(one).claims, read(one).settings.values(), strict=True) if c.said == "One man")
    assert "Tabas" not in [place.said for place in setting.places]


def test_a_place_to_measure_from_gives_way_to_the_scene() -> None:
    one = report("r", "Four herders drowned at Tabas, 60 km east of Zarand, on Tuesday.", "2011-02-23")
    setting = next(iter(read(one).settings.values()))
    assert [place.said for place in setting.places] == ["Tabas"]


def test_each_of_two_old_disasters_has_its_own_place_and_year() -> None:
    text = (
        "A quake shook Zarand on Tuesday and injured 12 people.\n\n"
        "A quake killed 800 people in Tabas in 1978, and 350 died in Shiraz in a storm of 1996."
    )
    assert not together(text, "800 people", "350")


def test_the_displaced_of_another_province_are_of_another_event() -> None:
    text = (
        "A mine killed two drivers near Zarand on Tuesday.\n\n"
        "In Bavaria, 7,000 people have been displaced, an aid group said."
    )
    assert not together(text, "two drivers", "7,000 people")


def test_things_built_for_the_displaced_are_no_part_of_a_killing() -> None:
    text = (
        "Twelve people were killed in a raid on Zarand in 1981.\n\nThe displaced have returned to six settlements."
        " Next year they will return to nine settlements."
    )
    assert not together(text, "Twelve people", "six settlements", published=None)
    assert together(text, "six settlements", "nine settlements", published=None)


def test_the_same_small_figures_of_two_desks_are_one_event() -> None:
    parts = "killing eight people, six of them nurses and two of them cooks"
    left = report("a", f"An inquiry opened into last Thursday's attack, {parts}.", "2011-02-22", publisher="Inforvel")
    right = report("b", f"Gunmen entered a clinic in Zarand, {parts}, five days ago.", "2011-02-22", publisher="Ledger")
    result = linked([left, right])
    home = incident_of(result, "a", "eight people")
    assert home is not None
    assert home.reports == ("a", "b")


def test_after_a_turn_people_hurt_in_an_event_of_another_kind_are_of_another() -> None:
    text = (
        "A blast in a mill in Zarand killed two millers on Tuesday.\n\nMeanwhile, five students were injured in"
        " clashes with guards in Zarand.\n\nLater, four weavers were injured by smoke in Zarand."
    )
    assert not together(text, "two millers", "five students")
    assert together(text, "two millers", "four weavers")


def test_a_report_of_a_whole_period_keeps_its_figures_together() -> None:
    text = (
        "Since 2004 avalanches have killed 212 skiers in the valley, a survey says.\n\nForty of the dead were guides."
        "\n\nOn 3 March 2009 a slide killed six climbers near Zarand."
    )
    assert together(text, "212 skiers", "Forty of the dead")
    assert not together(text, "212 skiers", "six climbers")


def test_a_figure_of_a_whole_war_is_not_of_the_day_beside_it() -> None:
    text = (
        "On 3 March 2009 a raid on Zarand killed 41 people.\n\nOver four years of conflict more than 7,000 people have"
        " been slain, a paper said."
    )
    assert not together(text, "41 people", "more than 7,000 people")


def test_a_day_of_arrests_is_not_the_day_of_the_harm() -> None:
    text = (
        "Police arrested a carpenter on Tuesday in Zarand.\n\nHe is held over a stabbing in Zarand on February 2"
        " that killed three porters and injured two clerks."
    )
    result = linked([report("r", text, "2011-05-26")])
    home = incident_of(result, "r", "three porters")
    assert home is not None
    assert home.date is not None
    assert home.date.start.isoformat() == "2011-02-02"


def test_a_day_by_which_an_event_is_named_governs_though_somebody_was_charged() -> None:
    text = (
        "A quake in Zarand on Tuesday killed 12 people.\n\nTwo men were charged in the Dec. 2, 1994, sinking of a ferry"
        " that drowned 160 pilgrims."
    )
    assert not together(text, "12 people", "160 pilgrims")


def test_counts_of_one_period_in_one_country_come_together() -> None:
    left = report("a", "Since 2003 the war in Iran has displaced 1,450,000 people, an envoy said.", "2011-03-01")
    right = report("b", "During the war in Iran 1,450,000 people were displaced, a priest said.", "2011-05-01")
    result = linked([left, right])
    home = incident_of(result, "a", "1,450,000 people")
    assert home is not None
    assert home.reports == ("a", "b")


def _chronicle(name: str, events: int) -> Report:
    lines = (
        f"On May {3 * (i % 9) + 1}, {1950 + i // 9}, a bomb killed {i % 90 + 2} people in Zarand."
        for i in range(events)
    )
    return report(name, "\n\n".join(lines), "2024-01-01")


def test_a_report_of_very_many_events_is_linked_in_steps_that_grow_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own events are never compared with one another."""
    steps = 0
    counted = index.value

    def counting(*arguments: object) -> float:
        nonlocal steps
        steps += 1
        return counted(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(index, "value", counting)
    single = report("single", "A bomb killed 12 people in Zarand on May 10, 1951.", "1951-05-12")
    result = linked([_chronicle("long", 500), single])
    assert steps <= 500
    assert len(result.incidents) >= 490
    home = incident_of(result, "single", "12 people")
    assert home is not None
    assert home.reports == ("long", "single")
