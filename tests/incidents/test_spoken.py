"""From which day a report speaks, and that one desk's releases of other days are of other operations."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from incident_texts import linked, read, report

from tollbook.incidents.spoken import told
from tollbook.model import Dateline, Report, Span

RELEASE = (
    "{head}\nJoint Desk North\nFor Immediate Release\n\n{line}\nA combined patrol detained {n} suspected gunmen during"
    " an operation in Zarand, Kerman province, {day}. {more}"
)
# What one desk says of four operations, in phrases that it uses again and again.
MORE = (
    "The patrol searched several compounds after a tip from residents and seized rifles.",
    "The targeted leader directed roadside attacks and the transport of weapons, the desk said.",
    "No shots were fired. Residents were asked to leave their compounds before the search, which found rifles.",
    "The leader, who directed attacks on convoys, was among the detained. Rifles and radios were seized.",
    "Several suspected gunmen are being questioned after the search of the compounds, which followed a tip.",
)


def release(name: str, head: str, line: str, number: int = 0, published: str | None = None) -> Report:
    """A release of the desk with its dateline marked, as the reading of files marks it."""
    text = RELEASE.format(head=head, line=line, n=number + 2, day="yesterday", more=MORE[number])
    at = text.index(line) if line.endswith(")") else 0
    dateline = Dateline(Span(at, at + len(line)), place="Tehran") if at else None
    return replace(report(name, text, published, publisher="Joint Desk North"), dateline=dateline)


@pytest.mark.parametrize(
    ("head", "line", "day", "month", "point"),
    [
        ("2010-09-CA-260", "TEHRAN, Iran (Sept. 25)", dt.date(2010, 9, 25), 9, (9, 25)),
        ("2010-09-CA-260", "TEHRAN, Iran (Oct. 25)", None, 9, (10, 25)),
        ("Desk update", "TEHRAN, Iran (Jan. 28)", None, None, (1, 28)),
        ("2011-07-S-064", "In the north", None, 7, None),
        ("2011-07-S-064, 2011-08-S-001", "In the north", None, None, None),
        ("2011-02-S-064", "TEHRAN, Iran (Feb. 30)", None, 2, (2, 30)),
    ],
)
def test_the_head_of_an_undated_report_tells_when_it_speaks(
    head: str, line: str, day: dt.date | None, month: int | None, point: tuple[int, int] | None
) -> None:
    one = release("r", head, line)
    found = told(one, read(one).times)
    assert found.day == day
    assert (found.month.start.month if found.month else None) == month
    assert found.calendar == point


def test_publication_comes_before_the_head() -> None:
    one = release("r", "2010-09-CA-260", "In the north", published="2012-05-01")
    assert told(one, read(one).times).day == dt.date(2012, 5, 1)


def test_releases_of_one_desk_on_far_days_are_of_many_operations() -> None:
    """The same town, the same phrases: only the days differ, said by publication, number or dateline."""
    heads = [("2011-02-S-01", "IRAN (Feb. 3)"), ("2011-07-S-02", "In the north"), ("Update", "IRAN (Sept. 17)")]
    releases = [release(f"r{i}", head, line, i) for i, (head, line) in enumerate(heads)]
    releases += [
        release("x", "Update", "In the west", 3, "2011-11-05"),
        release("y", "Update", "In the west", 4, "2012-08-02"),
    ]
    homes = [placement.incident for placement in linked(releases).placements]
    assert None not in homes
    assert len(set(homes)) == len(releases)


def test_two_releases_are_one_or_two_whatever_else_their_desk_writes() -> None:
    """What two reports share weighs the same alone and in a large collection, so that no later report undoes a link."""
    pair = [release("x", "Update", "In the north", 0), release("y", "Update", "In the north", 2)]
    towns = ("Bam", "Sirjan", "Rafsanjan", "Jiroft", "Zarand", "Baft")
    others = [
        replace(release(f"r{i}", "Update", "In the east", i % 5, f"20{i % 9 + 10}-0{i % 7 + 1}-11"), text=text)
        for i, text in enumerate(f"The mayor of {towns[i % 6]} opened hall {i} on Monday." for i in range(110))
    ]
    alone = {placement.incident for placement in linked(pair).placements}
    among = {p.incident for p in linked([*pair, *others]).placements if p.report in ("x", "y")}
    assert len(alone) == len(among) == 2


def test_two_desks_that_tell_of_one_day_tell_of_one_operation() -> None:
    desk = release("desk", "2010-09-CA-260", "IRAN (Sept. 25)", 4)
    paper = report(
        "paper", "Six suspected gunmen were detained in Zarand on Friday, an officer said.", "2010-09-26",
        publisher="Kerman Herald",
    )  # fmt: skip
    homes = {placement.incident for placement in linked([desk, paper]).placements}
    assert len(homes) == 1
