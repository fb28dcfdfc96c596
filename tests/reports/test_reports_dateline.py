from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.model import Dateline
from tollbook.reports.credits import find_credits
from tollbook.reports.dateline import find_dateline
from tollbook.reports.options import shipped_book
from tollbook.reports.publication import top

BOOK = shipped_book()
REST = "At least two people were hurt in the old town, officials said.\n\nMore was not known.\n"


def dateline(text: str, published: dt.date | None = None) -> Dateline | None:
    return find_dateline(text, top(text), published)


DATELINES = {
    "   HARIM, 6 DEC 89 (XYZ) -- [TEXT] TWO BOMBS WENT OFF.\n": ("HARIM", dt.date(1989, 12, 6), "XYZ"),
    "BELA (NORLAND), 1 DEC 89 (RADIO BELA NACIONAL) -- [TEXT] TWO": (
        "BELA",
        dt.date(1989, 12, 1),
        "RADIO BELA NACIONAL",
    ),
    "NEW HARIM, Norland, Nov. 16 (Xyzua) -- A house": ("NEW HARIM, Norland", None, "Xyzua"),
    "HARIM (Xyzters) - Two people": ("HARIM", None, "Xyzters"),
    "\nO'BELA, Norland (AP)_ The top official": ("O'BELA, Norland", None, "AP"),
    "HARIM — A 17-year-old boy": ("HARIM", None, None),
    "HARIM, Norland (Nov. 20, 2011)\nA patrol": ("HARIM, Norland", dt.date(2011, 11, 20), None),
    "Harim hosts a meeting\n\nHarim, February 23, XYZTAC\n\nA meeting": ("Harim", None, "XYZTAC"),
    "Portsea, No. – One person is hurt": ("Portsea, No.", None, None),
    "By Ada Roe and Bo Lin HARIM/BELA, South Norland (Xyzters) - Rescuers": (
        "HARIM/BELA, South Norland",
        None,
        "Xyzters",
    ),
    "(Xyzters) - Rescuers worked": (None, None, "Xyzters"),
    "CLANDESTINE, 12 NOV 89 (RADIO BELA) -- [TEXT] WE": (None, dt.date(1989, 11, 12), "RADIO BELA"),
    "HARIM (NORLAND), NO DATE (XYZ) -- [TEXT] THE": ("HARIM", None, "XYZ"),
    "Title of it\n30 July 2020    Read: 1597\nTitle of it": (None, dt.date(2020, 7, 30), None),
    "A quake\nNov 28, 2005\nTwo were hurt": (None, dt.date(2005, 11, 28), None),
    "Updated: May 11, 2016 - 5:30 PM\n\nTwo were hurt": (None, dt.date(2016, 5, 11), None),
    "Title\n  • Clock-gray 13:50\n  • calendar-gray 24 February 2018\n\nTwo": (None, dt.date(2018, 2, 24), None),
    "### [2013-04-24](/news/2013/04/24/index.md)\n\n# Two hurt": (None, dt.date(2013, 4, 24), None),
    "11 November 2011 Last updated at 12:41 GMT\nTwo": (None, dt.date(2011, 11, 11), None),
}
NO_DATELINES = [
    "Baku Road closed\nJanuary 13–19, 1990\nTwo were hurt",
    "BREAKING NEWS - 3 HURT in a fire\nAccording to",
    "UPDATE: police have named the victim",
    "TWO HURT -- POLICE SAID THE ROAD TO HARIM WAS CLOSED AFTER A BOMB WENT OFF IN THE OLD TOWN ON MONDAY",
    "On 2 January 1992 the mayor took office.",
    "NATO - The alliance said",
    "The mayor (left) - a former teacher - spoke",
    "He was born on 3 May 1960, she on 4 May 1962.",
    "11:30 - The road is closed",
]


@pytest.mark.parametrize(("text", "said"), DATELINES.items())
def test_what_a_dateline_plainly_says(text: str, said: tuple[str | None, dt.date | None, str | None]) -> None:
    found = dateline(text + "\n" + REST)
    assert found is not None
    assert (found.place, found.date, found.agency) == said


@pytest.mark.parametrize("text", NO_DATELINES)
def test_what_is_no_dateline(text: str) -> None:
    assert dateline(text + "\n" + (REST.upper() if text.isupper() else REST)) is None


def test_the_span_covers_the_dateline_up_to_its_dash() -> None:
    text = "Two hurt\n\n  HARIM, 6 May (XYZ) -- Two people were hurt."
    found = dateline(text, dt.date(2019, 5, 7))
    assert found is not None
    assert found.span.of(text) == "HARIM, 6 May (XYZ) --"
    assert found.date == dt.date(2019, 5, 6)


def test_a_date_deep_in_the_story_is_the_story_s() -> None:
    assert dateline(REST * 6 + "\n3 May 2019\n" + REST) is None


@given(st.text(max_size=400))
def test_any_text_can_be_asked(text: str) -> None:
    found = dateline(text)
    assert found is None or found.span.of(text).strip()


@given(st.text(alphabet="HARIM (XYZ)--, 6 May89\n—_", max_size=300))
def test_any_run_of_dateline_signs_can_be_asked(text: str) -> None:
    found = dateline(text)
    assert found is None or found.span.of(text) == text[found.span.start : found.span.end]


CREDITS = {
    "Two hurt\nBy Ada Roe, Associated Press\n\n": ("Ada Roe", ("AP",)),
    "Two hurt\nBy The Associated Press\n\n": (None, ("AP",)),
    "By Ada Roe | AP\n\n": ("Ada Roe", ("AP",)),
    "By Ada Roe, Crime Reporter\n\n": ("Ada Roe", ()),
    "BY ADA ROE\n\n": ("ADA ROE", ()),
    "By Ada Roe and Bo Lin\n\n": ("Ada Roe and Bo Lin", ()),
    "The council met, Norland Report informs referring to Norpress.\n\n": (None, ("Norpress",)),
    "HARIM (AFP) - By noon\n": (None, ("AFP",)),
    "By The Associated Press on Tue 06\n": (None, ("AP",)),
    "By Ada Roe and Bo Lin HARIM/BELA, South Norland (Xyzters) - Rescuers\n": ("Ada Roe and Bo Lin", ("Xyzters",)),
    "THE BRIDGE WAS DESTROYED\nBY REBELS OF THE NORTH\nWHO FLED.\n".ljust(900, "X"): (None, ()),
    "By the river, two men were hurt.\n": (None, ()),
    "By then it was late\n": (None, ()),
    "Source: Reuters\n": (None, ("Reuters",)),
    "Source: a neighbour\n": (None, ()),
}


@pytest.mark.parametrize(("head", "said"), CREDITS.items())
def test_who_is_credited_for_the_whole(head: str, said: tuple[str | None, tuple[str, ...]]) -> None:
    text = head + REST
    lines = top(text)
    found = find_dateline(text, lines, None)
    credits = find_credits(text, lines, found.agency if found else None, BOOK)
    assert (credits.author, credits.origins) == said


def test_a_notice_of_copyright_credits_an_agency_but_not_an_outlet() -> None:
    text = REST * 3 + "\nCopyright 2012 The Associated Press. All rights reserved."
    assert find_credits(text, top(text), None, BOOK).origins == ("AP",)
    text = REST * 3 + "\nCopyright 2015 WXYZ TV News. All rights reserved."
    assert find_credits(text, top(text), None, BOOK).origins == ()


def test_the_nearest_credit_comes_first_and_once() -> None:
    text = "HARIM (AP) - Two were hurt.\n" + REST * 3 + "\nSource: Reuters\nCopyright 2012 AP. All rights reserved."
    assert find_credits(text, top(text), "AP", BOOK).origins == ("AP", "Reuters")
