"""Rows of the parser's tables are made when first asked for, and are then the same whatever was asked with them."""

from __future__ import annotations

import numpy as np

from tollbook.claims.parser_net import Mixed


def made() -> Mixed:
    numbers = np.random.default_rng(3)
    return Mixed(numbers.random((500, 48)).astype(np.float16), numbers.random((48, 64)).astype(np.float32))


def test_rows_do_not_hang_on_what_else_is_asked() -> None:
    whole = made().rows(np.arange(500, dtype=np.int32))
    numbers, mixed = np.random.default_rng(4), made()
    for size in (1, 3, 31, 33, 200, 500):
        wanted = numbers.integers(0, 500, size, dtype=np.int32)
        assert np.array_equal(mixed.rows(wanted), whole[wanted])


def test_only_rows_that_are_asked_for_are_made() -> None:
    mixed = made()
    mixed.rows(np.array([7, 7, 300], dtype=np.int32))
    assert np.flatnonzero(mixed._ready).tolist() == [7, 300]


def test_what_is_given_may_be_changed() -> None:
    mixed, wanted = made(), np.array([1, 2], dtype=np.int32)
    before = mixed.rows(wanted).copy()
    mixed.rows(wanted)[:] = 0
    assert np.array_equal(mixed.rows(wanted), before)
