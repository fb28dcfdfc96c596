"""Columns of a sheet are guessed by their headings, or told by a mapping; what can't be is said in one line."""

from __future__ import annotations

from typing import Any

import pytest

from tollbook.audit.columns import Figure, guess, told
from tollbook.errors import UsageError
from tollbook.lexicon import load


@pytest.mark.parametrize(
    ("headings", "figures"),
    [
        (
            "Date, Place, Killed, Women killed, Injured, Source",
            ["Killed: killed", "Women killed: killed, women, a part of Killed", "Injured: injured"],
        ),
        ("id, deaths_low, deaths_best, deaths_high, killed by, Source URL", ["deaths_low, deaths_high: killed"]),
        (
            "Civilians killed (min), Civilians killed (max), Children killed (min), links",
            [
                "Civilians killed (min), Civilians killed (max): killed, civilians",
                "Children killed (min): killed, children",
            ],
        ),
        (
            "event, counted, group, figure, out of, source",
            ["figure: as in counted, as in group, a part of out of"],
        ),
        ("what, low, high, report", ["low, high: as in what"]),
        ("id, nkill, nwound, nkillter, scite1", ["nkill: killed", "nwound: injured"]),
        (
            "Minimum civilian deaths, Maximum civilian deaths, Link to source",
            [
                "Minimum civilian deaths, Maximum civilian deaths: killed, civilians",
            ],
        ),
        ("Reported Minimum, Reported Maximum, Source(s)", ["Reported Minimum, Reported Maximum: whatever is counted"]),
        (
            "number_of_sources, deaths_a, deaths_b, deaths_civilians, low, high, source_article",
            [
                "deaths_civilians: killed, civilians",
                "low, high: whatever is counted",
            ],
        ),
        ("value, url", ["value: whatever is counted"]),
    ],
)
def test_columns_are_guessed(headings: str, figures: list[str]) -> None:
    names = headings.split(", ")
    found = guess(names, load("en"))
    assert found.sources == (names[-1],)
    assert [one.told for one in found.figures] == figures


@pytest.mark.parametrize(
    ("headings", "line"),
    [
        (["Place", "Killed"], "no column cites sources; there are: Place, Killed; name it in a file for --columns"),
        (["Place", "Source"], "no column holds figures; there are: Place, Source; name it in a file for --columns"),
    ],
)
def test_what_can_not_be_guessed_is_told(headings: list[str], line: str) -> None:
    with pytest.raises(UsageError) as caught:
        guess(headings, load("en"))
    assert str(caught.value) == line


def test_a_mapping_tells_columns() -> None:
    layout = told(
        {
            "source": ["Ref 1", "Ref 2"],
            "figure": [
                {"column": "K", "measure": "killed"},
                {"low": "W1", "high": "W2", "measure": "killed", "group": "women", "whole": "K"},
                {"column": "N", "counted": "Kind"},
            ],
        },
        ["Ref 1", "Ref 2", "K", "W1", "W2", "N", "Kind"],
    )
    assert layout.sources == ("Ref 1", "Ref 2")
    assert layout.figures == (
        Figure("K", "K", "killed"),
        Figure("W1", "W2", "killed", "women", whole="K"),
        Figure("N", "N", counted="Kind"),
    )


@pytest.mark.parametrize(
    ("mapping", "line"),
    [
        ({"source": "S"}, "a mapping needs 'source' and at least one [[figure]]"),
        ({"sources": "S"}, "the mapping has no 'sources'; there are: figure, source"),
        ({"source": "S", "figure": [{"low": "K"}]}, "a [[figure]] needs 'column', or 'low' and 'high'"),
        ({"source": "T", "figure": [{"column": "K"}]}, "the mapping names a column 'T'; there are: S, K"),
        ({"source": "S", "figure": [{"column": "K", "group": "wmen"}]}, "no group 'wmen'; there are: all, children, "),
        ({"source": "S", "figure": [{"column": "K", "of": "L"}]}, "a [[figure]] has no 'of'; there are: column, "),
    ],
)
def test_a_wrong_mapping_is_told_in_one_line(mapping: dict[str, Any], line: str) -> None:
    with pytest.raises(UsageError) as caught:
        told(mapping, ["S", "K"])
    assert str(caught.value).startswith(line)
