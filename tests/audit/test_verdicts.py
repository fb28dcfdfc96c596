"""A row is held against the words of its source; headings and cells are read by the reader's own words."""

from __future__ import annotations

import pytest

from tollbook.audit import Kind, Row, account, counts_people, judge, meaning
from tollbook.lexicon import load, load_taxonomy
from tollbook.model import Report
from tollbook.pipeline.analyse import read_all

TEXT = """At least 47 people, including 12 women, were killed and hundreds of people were injured when a dam broke near
Marwen on Tuesday, the governor said. Earlier reports spoke of about 30 missing. A clinic treated 213 of the injured.
No soldiers were killed. Some 1,400 households were evacuated. Several nurses were hurt by falling tiles. Three bombs of
an old war lay in the mud. Of the sheep 64 were drowned. Last year there were 88. Six villagers left by boat. It was
31 kilometres to the next town. The victims from Orune numbered 19, all of them asleep."""


def verdict(measure: str | None, group: str | None, figure: int, whole: int | None = None) -> tuple[Kind, str]:
    report = Report("r1", TEXT, "s", "t", language="en")
    (reading,) = read_all([report])
    people = counts_people(measure, group, load("en"))
    source = account(report, reading, load("en"), load_taxonomy())
    found = judge(Row(measure, group, figure, figure, whole, people), source, load_taxonomy())
    if found.words is not None:
        assert found.words.of(TEXT) in TEXT
    return found.kind, found.why


@pytest.mark.parametrize(
    ("measure", "group", "figure", "kind", "words"),
    [
        ("killed", "all", 47, Kind.SUPPORTED, "47 people"),
        ("killed", "women", 12, Kind.SUPPORTED, "12 women"),
        ("killed", None, 12, Kind.SUPPORTED, "12 women"),
        ("missing", "all", 30, Kind.SUPPORTED, "about 30"),
        (None, None, 47, Kind.SUPPORTED, "47 people"),
        ("killed", "soldiers", 0, Kind.SUPPORTED, "No soldiers"),
        ("killed_or_missing", "all", 47, Kind.SUPPORTED, "47 people"),
        ("injured", "all", 300, Kind.SUPPORTED, "no number"),  # "hundreds" may be written 300
        ("injured", "all", 214, Kind.CONTRADICTED, "213"),
        ("killed", "all", 74, Kind.TRANSPOSED, "two digits the other way"),
        ("killed", "all", 52, Kind.CONTRADICTED, "47 people"),
        ("killed", "children", 5, Kind.ABSENT, "no such figure"),
        ("arrested", "all", 47, Kind.ABSENT, "of something else: killed"),
        ("killed", "men", 12, Kind.ABSENT, "of something else: women killed"),  # who are no men
        ("injured", "all", 3, Kind.SUPPORTED, "Several nurses"),
        ("injured", "all", 7, Kind.CONTRADICTED, "213"),  # "several" stands for no other number
        ("missing", "all", 3, Kind.CONTRADICTED, "about 30"),  # bombs are not people
        ("missing", "all", 6, Kind.SUPPORTED, "Six villagers"),  # of whom the reader doesn't know what became
        ("missing", "soldiers", 6, Kind.SUPPORTED, "Six villagers"),
        ("killed", "all", 88, Kind.SUPPORTED, "stands in a sentence that tells of it"),
        ("killed", "all", 19, Kind.SUPPORTED, "stands in a sentence that tells of it"),  # victims were hit in some way
        ("killed", "all", 31, Kind.CONTRADICTED, "47 people"),  # kilometres are none
        ("affected", "women", 12, Kind.SUPPORTED, "12 women"),  # whoever is hit is affected
        ("damaged", "vehicles", 47, Kind.ABSENT, "of something else: killed"),
    ],
)
def test_a_row_is_held_against_its_source(
    measure: str | None, group: str | None, figure: int, kind: Kind, words: str
) -> None:
    found, why = verdict(measure, group, figure)
    assert (found, words in why) == (kind, True), why


def test_a_part_above_the_whole_of_its_own_row_needs_no_source() -> None:
    assert verdict("killed", "women", 50, whole=47) == (
        Kind.OVER_WHOLE,
        "50 is more than the 47 that the row gives as its whole",
    )


@pytest.mark.parametrize(
    ("words", "measure", "group"),
    [
        ("Killed", "killed", None),
        ("Death toll", "killed", None),
        ("Women killed", "killed", "women"),
        ("No. of dead (civilians)", "killed", "civilians"),
        ("houses_destroyed", "destroyed", "buildings"),
        ("detained", "arrested", None),
        ("Dead or missing", "killed_or_missing", None),
        ("killed_or_injured", "killed_or_injured", None),
        ("displaced people", "displaced", "all"),
        ("aid_workers", None, "aid_workers"),
        ("Source", None, None),
        ("", None, None),
    ],
)
def test_words_of_a_sheet_name_a_measure_and_a_group(words: str, measure: str | None, group: str | None) -> None:
    assert meaning(words, load("en")) == (measure, group)
