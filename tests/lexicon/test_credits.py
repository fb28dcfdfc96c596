"""Whom a report as a whole is credited to: plain forms at its start and its end, and only whole names."""

from __future__ import annotations

import pytest

from tollbook.lexicon.credits import HEAD, TAIL, find_credits
from tollbook.lexicon.sources import Known, SourceBook

BOOK = SourceBook.of(
    [
        Known("Inforvel", "media", ("Inforvel News Agency",), "State of Norvelia", agency=True),
        Known("Coastline", "media", ("Coastline Press Service",), agency=True),
        Known("TAR", "media", ("Tarn Agency Reports",), agency=True),
        Known("The Lantern", "media"),
        Known("The Harbour Gazette", "media", ("Harbour Gazette",)),
    ]
)
BODY = "The ferry was to sail at noon. " * 40


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("VELMAR (Inforvel) - Nine people drowned.", ["Inforvel"]),
        ("VELMAR (KVEL/TAR) - Nine people drowned.", ["TAR"]),
        ("By Ada Roe, Coastline Press Service\nNine people drowned.", ["Coastline"]),
        ("By Ada Roe Coastline Press Service\nNine people drowned.", ["Coastline"]),
        ("Inforvel News Agency\n\nNine people drowned.", ["Inforvel"]),
        ("The port office informs, referring to Inforvel, of nine dead.", ["Inforvel"]),
        ("Nine drowned. With files from Inforvel and others.", ["Inforvel"]),
        ("Nine drowned.\nInformation from: The Harbour Gazette, by wire", ["The Harbour Gazette"]),
        ("Nine drowned.\nContributing: TAR", ["TAR"]),
        ("Nine drowned.\nCopyright 2031 The Coastline Press Service. All rights reserved.", ["Coastline"]),
        ("Nine drowned.\n(c) 2031 KVEL and Inforvel. All rights reserved", ["Inforvel"]),
        ("Nine drowned. Coastline writer Ada Roe in Velmar contributed to this report.", ["Coastline"]),
        ("Nine drowned. Coastline and Inforvel writers contributed to this report.", ["Coastline", "Inforvel"]),
        ("Nine drowned. A Coastline report is included.", ["Coastline"]),
        ("The following is a news release from the Velmar Harbour Police:\nNine drowned.", ["Velmar Harbour Police"]),
        ("Nine drowned.\nSource: Velmar Health Department.", ["Velmar Health Department"]),
        ("VELMAR (TAR) - Nine drowned.\nCopyright Inforvel", ["TAR", "Inforvel"]),
    ],
)
def test_a_credit_is_found(text: str, names: list[str]) -> None:
    assert find_credits(text, BOOK) == tuple(names)


@pytest.mark.parametrize(
    "text",
    [
        "The Velmar Lantern reports nine dead.",
        "Lantern-Herald reports: nine dead.",
        "Lantern reporter Ada Roe contributed to this report.",
        "Source: Lantern-Post Wire",
        "(tar) was spread on the road.",
        "(Tar) on the road",
        "Nine drowned, the port office told Inforvel on Monday.",
        "A picture by way of Inforvel shows the pier.",
        "Copyright 2031 Coastline Shoes. All rights reserved.",
        "Inforvel staff were on board. The mate contributed to this report.",
        BODY + "VELMAR (Inforvel) " + BODY,
        "",
    ],
)
def test_what_is_no_credit_of_the_whole(text: str) -> None:
    assert find_credits(text, BOOK) == ()


def test_a_name_with_its_article_stands_alone() -> None:
    assert find_credits("The Lantern reports nine dead.", BOOK) == ("The Lantern",)


def test_the_last_lines_count_as_the_first_do() -> None:
    assert len(BODY) > HEAD + TAIL
    assert find_credits(BODY + "\nWith files from TAR", BOOK) == ("TAR",)
