"""What went wrong, or stayed unsure, while a report was resolved is told with it: in its row and in the dossier."""

from __future__ import annotations

from pathlib import Path

import pytest
from incident_texts import linked, report

from tollbook import claims
from tollbook.dossiers.build import build
from tollbook.incidents import SourceBook, groups, link
from tollbook.lexicon import load
from tollbook.lexicon.gazetteer import Gazetteer
from tollbook.model import Notice, Placement, Report
from tollbook.pipeline.analyse import analyse
from tollbook.rows import report_row

STORY = (
    "Rescue teams searched the remains of a covered market in the town of Tarnholt on Wednesday, a day after its roof"
    " fell in and a fire swept the stalls. At least 17 people were killed, the rescue office said. The office said"
    " 64 people had been injured and 23 were missing. Most of those who were in the hall were shoppers and traders."
)


def told(placements: tuple[Placement, ...]) -> dict[str, list[str]]:
    return {one.report: [notice.code for notice in one.notices] for one in placements}


def notices(one: Report, gazetteer: Gazetteer | None = None) -> tuple[Notice, ...]:
    """What is told of a report that stands alone, its places known from a gazetteer of one's own if wanted."""
    if gazetteer is None:
        return linked([one]).placements[0].notices
    reading = claims.read(one, load("en"), gazetteer)
    return link([one], [reading], SourceBook.load(), gazetteer).placements[0].notices


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("31 February", "31 February"),
        ("Feb. 30-31", "Feb. 30-31"),
        ("29 February 2019", "29 February 2019"),
        ("29 February", None),
        ("28 February 2019", None),
    ],
)
def test_a_day_that_is_none_is_told(said: str, day: str | None) -> None:
    found = notices(report("r", f"A wall fell on {said} in Zarand, Iran. Six people were killed.", "2019-03-12"))
    messages = [f"'{day}' is no day of the calendar: no date is read from it"] if day else []
    assert [notice.message for notice in found] == messages
    assert [notice.code for notice in found] == ["date"] * len(messages)


def tarnholts(tmp_path: Path, *lands: str) -> Gazetteer:
    """A gazetteer with a town of that name in each of some countries, ten degrees apart from each other."""
    overlay = tmp_path / "own.toml"
    town = '[[place]]\nname = "Tarnholt"\nlat = {}\nlon = {}\ncountry = "{}"\nadmin1 = "1"\n'
    overlay.write_text("".join(town.format(n % 9 * 10, n * 10 - 170, land) for n, land in enumerate(lands)))
    return Gazetteer(overlay=overlay)


@pytest.mark.parametrize(
    ("lands", "precision", "code"),
    [
        ([f"X{n:02}" for n in range(20)], 6, ["place"]),
        (["XA"] * 20, 4, ["place"]),
        (["XA"], 1, []),
    ],
)
def test_a_name_of_many_places_is_sure_to_its_area_or_country_and_told(
    tmp_path: Path, lands: list[str], precision: int, code: list[str]
) -> None:
    gazetteer = tarnholts(tmp_path, *lands)
    one = report("r", "Two people were killed by a falling tree in Tarnholt on Sunday. Tarnholt mourns.", "2019-03-12")
    reading = claims.read(one, load("en"), gazetteer)
    result = link([one], [reading], SourceBook.load(), gazetteer)
    (place,) = {incident.place for incident in result.incidents}
    assert place is not None
    assert (place.name, place.precision) == ("Tarnholt", precision)
    (placement,) = result.placements
    assert [notice.code for notice in placement.notices] == code
    assert all("may be any of 20 places or more" in notice.message for notice in placement.notices)
    assert all(one.text[notice.start : notice.end] == "Tarnholt" for notice in placement.notices)


def test_a_report_of_very_many_events_says_so() -> None:
    rows = [f"## A fire kills {n} people in a mill on day {n}\n\nIt killed {n} people." for n in range(20, 80)]
    (notice,) = notices(report("digest", "\n\n".join(rows), "2001-05-04"))
    assert (notice.code, notice.message) == ("events", "it tells of 60 events; each is linked by itself")


def test_pages_that_credit_each_other_in_a_ring_say_so() -> None:
    names = ["Wexmoor Wire", "Inforvel", "Coastline", "Wexmoor Wire"]
    ring = [
        report(f"r{n}", STORY, f"2019-03-1{3 + n}", publisher=names[n], origins=(names[n + 1],))  # type: ignore[arg-type]
        for n in range(3)
    ]
    result = linked(ring)
    assert [one.copy_of for one in result.placements] == [None, "r0", "r0"]
    assert told(result.placements) == {f"r{n}": ["ring"] for n in range(3)}
    assert told(linked([*ring[1:], report("r0", STORY, "2019-03-13", publisher=names[0])]).placements)["r1"] == []


def test_a_runaway_merge_is_told_with_its_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "CAP", 3)
    same = [report(f"r{n}", f"{STORY} Item {n}.", "2019-03-13") for n in range(8)]
    other = report("other", "Nine people drowned in a flood in Qeshm.", "2001-05-04")
    result = told(linked([*same, other]).placements)
    assert result == {**{f"r{n}": ["runaway"] for n in range(8)}, "other": []}


def test_notices_are_in_the_row_of_a_report_and_in_the_dossier() -> None:
    one = report("r", "A wall fell on 31 February in Zarand, Iran. Six people were killed.", "2019-03-12")
    record = analyse([one])
    message = "'31 February' is no day of the calendar: no date is read from it"
    assert [notice["message"] for notice in report_row(record.reports[0], record.placements[0])["notices"]] == [message]
    assert build(record).reports[0].notices == (message,)
