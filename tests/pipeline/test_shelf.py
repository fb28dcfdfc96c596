"""What is put aside is found again, by number and in any order."""

from __future__ import annotations

import io
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from tollbook.model import Notice, Quantity, Report, Span
from tollbook.pipeline.shelf import Shelf, packed, unpacked


def test_what_was_put_is_found_by_its_number(tmp_path: Path) -> None:
    with Shelf(tmp_path) as shelf:
        for data in (b"first", b"", b"third"):
            shelf.put(data)
        assert (len(shelf), shelf[2], shelf[0], shelf[1]) == (3, b"third", b"first", b"")
        shelf.put(b"fourth")
        assert list(shelf) == [b"first", b"", b"third", b"fourth"]
        with pytest.raises(IndexError):
            shelf[4]
        out = io.BytesIO()
        assert shelf.write_to(out, [3, 0]) == 2
        assert out.getvalue() == b"fourthfirst"
    assert not list(tmp_path.iterdir())


def test_a_value_comes_back_as_it_was() -> None:
    assert unpacked(packed({"a": (1, None)})) == {"a": (1, None)}
    report = Report("r", "Nine died.", "a", "b", title="Toll", notices=(Notice("code", "words", 0, 4),))
    again = unpacked(packed((report, Span(0, 4), Quantity.exact(9))))
    assert again == (report, Span(0, 4), Quantity.exact(9))
    with pytest.raises(FrozenInstanceError):
        again[0].title = None
