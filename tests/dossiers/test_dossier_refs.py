"""Ids in a sentence become public numbers: whole ids alone, the longest first, and only where the sentence says so."""

from __future__ import annotations

import pytest

from tollbook.dossiers.refs import Refs

REFS = Refs.of({"a" * 16: "c1"}, {"flood": "R1", "flood.txt": "R2", "2031/a b": "R3", "x+y": "R4"})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"Claim {'a' * 16} stands, {'b' * 16} not.", "Claim c1 stands, [id] not."),
        ("report flood, report flood.txt and report 2031/a b.", "report R1, report R2 and report R3."),
        ("report flooding and report flood_2 and report x+y", "report flooding and report flood_2 and report R4"),
        ("a flood, reports flood, report", "a flood, reports flood, report"),
        ("report report flood", "report report R1"),
    ],
)
def test_ids_become_numbers(text: str, wanted: str) -> None:
    assert REFS.numbered(text) == wanted
