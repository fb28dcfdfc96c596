"""A toll that unfolds: what replaces what, read from whole texts; older events told of in passing stay their own."""

from __future__ import annotations

import datetime as dt
import hashlib
from itertools import permutations

import pytest

from tollbook.model import Finding, Report
from tollbook.pipeline.analyse import analyse

Told = tuple[str | None, str, str]  # day of publication, publisher, text

QUAKE = "An earthquake struck the town of Oster on Saturday, killing 12 people, the harbour ministry said."
SUNDAY = "The earthquake that struck Oster on Saturday killed 19 people, the harbour ministry said on Sunday."
TUESDAY = "The toll of the earthquake that struck Oster on Saturday rose to 31, the harbour ministry said on Tuesday."
WIRE: list[Told] = [
    ("2024-03-02", "Velm Wire", QUAKE),
    ("2024-03-03", "Velm Wire", SUNDAY),
    ("2024-03-05", "Velm Wire", TUESDAY),
]


def report(number: int, told: Told) -> Report:
    day, publisher, text = told
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Report(
        id=f"r{number}", text=text, published=day, publisher=publisher, sha256="", text_sha256=digest, language="en"
    )


def killed(*told: Told, as_of: dt.date | None = None) -> list[Finding]:
    """Findings of those killed, the incident of 2024 first."""
    record = analyse([report(number, one) for number, one in enumerate(told)], jobs=1, as_of=as_of)
    found = [one for one in record.findings if (one.measure, one.group) == ("killed", "all")]
    late = {one.id for one in record.incidents if one.date and one.date.start.year == 2024 == one.date.end.year}
    return sorted(found, key=lambda one: one.incident not in late)


def ends(finding: Finding) -> tuple[object, object, object]:
    return finding.low, finding.best, finding.high


def test_a_wires_later_totals_replace_its_earlier_ones() -> None:
    (found,) = killed(*WIRE)
    assert (ends(found), found.status) == ((31, 31, 31), "superseded")


def test_the_order_of_the_reports_tells_nothing() -> None:
    assert {ends(killed(*order)[0]) for order in permutations(WIRE)} == {(31, 31, 31)}


def test_what_was_known_on_the_second_day() -> None:
    (found,) = killed(*WIRE, as_of=dt.date(2024, 3, 3))
    assert ends(found) == (19, 19, 19)


def test_an_older_figure_in_passing_does_not_raise_the_toll() -> None:
    older = ("2024-03-06", "Velm Wire", f"{TUESDAY} It was the worst since 2011, when 400 people were killed.")
    found = killed(*WIRE[:2], older)
    assert ends(found[0]) == (31, 31, 31)
    assert {one.best for one in found[1:]} <= {400}


def test_two_sources_keep_their_own_pace() -> None:
    first = "An earthquake struck the town of Oster on Saturday. The harbour ministry said 12 people had been killed. "
    later = "The earthquake that struck Oster on Saturday killed 25 people, the harbour ministry said. "
    (found,) = killed(
        ("2024-03-02", "Velm Wire", first + "Oster Hospital said 20 people had died."),
        ("2024-03-04", "Velm Wire", later + "Oster Hospital said 22 people had died."),
    )
    assert (ends(found), found.status) == ((22, None, 25), "disputed")
    assert found.parties == ("Oster Hospital", "harbour ministry")


@pytest.mark.parametrize(
    ("words", "best"),
    [
        ("The death toll of the earthquake in Oster, which stood at 12 on Monday, rose to 15 on Tuesday.", 15),
        ("The death toll of the earthquake that struck Oster on Saturday rose to 15 from 12.", 15),
        ("The death toll of the earthquake that struck Oster on Saturday was revised down from 12 to 9.", 9),
    ],
)
def test_a_toll_that_moves_is_what_it_moves_to(words: str, best: int) -> None:
    day = "An earthquake struck the town of Oster on Saturday, killing 12 people."
    (found,) = killed(("2024-03-02", "Velm Wire", day), ("2024-03-05", "Velm Wire", words))
    assert found.best == best


def test_a_total_that_is_called_one_goes_into_no_larger_figure() -> None:
    words = "The earthquake that struck Oster on Saturday killed 40 people, the guard said. The death toll is 31."
    (found,) = killed(("2024-03-05", "Velm Wire", words))
    assert (ends(found), found.status) == ((31, None, 40), "disputed")


def test_without_days_nothing_is_later() -> None:
    first = "An earthquake struck the town of Oster on 2 March 2024, killing 12 people."
    second = "The earthquake that struck Oster on 2 March 2024 killed 19 people."
    (found,) = killed((None, "Velm Wire", first), (None, "Velm Wire", second))
    assert (ends(found), found.status) == ((12, None, 19), "disputed")


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ("Of the 9 missing, four were found dead.", True),
        ("The bodies of four of the 9 missing were found.", True),
        ("Four of the missing were found dead.", True),
        ("Four of the injured died in hospital.", True),
        ("Of the 9 missing, four were found alive.", False),
        ("Nine people are missing and four were killed.", False),
    ],
)
def test_the_dead_who_were_counted_before_are_remarked_on_where_words_say_so(words: str, is_told: bool) -> None:
    text = f"A dam broke at Oster on 2 March 2024. {words}"
    record = analyse([report(0, ("2024-03-03", "Velm Wire", text))], jobs=1)
    notices = [notice for one in record.reports for notice in one.notices if notice.code == "moved"]
    assert bool(notices) == is_told
    assert all(text[notice.start : notice.end].lower().startswith("four") for notice in notices)
    lines = [line for one in record.findings for line in one.derivation if line.startswith("moved@1: ")]
    assert bool(lines) == is_told
