"""Addresses of records: what they come to, and the line that each wrong one gives, never with its password."""

from __future__ import annotations

import pytest

from tollbook.errors import UsageError
from tollbook.store.address import parse


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("postgresql://db.example/floods", "postgresql://db.example/floods"),
        ("postgres://ann@db.example:5433/floods?schema=tollbook", "postgresql://ann@db.example:5433/floods"),
        ("postgresql://ann:sec%2Fret@db.example/floods", "postgresql://ann@db.example/floods"),
        ("postgresql:///floods", "postgresql:///floods?host=/var/run/postgresql"),
        ("postgresql://[::1]/a%20b?schema=s_1", "postgresql://[::1]/a%20b?schema=s_1"),
        (
            "postgresql://h/floods?sslmode=verify-full&sslrootcert=/etc/ours.pem",
            "postgresql://h/floods?sslmode=verify-full&sslrootcert=/etc/ours.pem",
        ),
    ],
)
def test_an_address_is_told_without_its_password_and_read_again(said: str, told: str) -> None:
    address = parse(said)
    assert str(address) == told
    assert parse(told) == address
    assert "sec" not in repr(address)


def test_a_password_is_taken_from_the_address() -> None:
    assert parse("postgresql://ann:sec%2Fret@db.example/floods").secret() == "sec/ret"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("mysql://h/floods", "is no address of a record; write it as postgresql://USER@HOST/DATABASE?schema=NAME"),
        ("floods.sqlite", "is no address of a record"),
        ("postgresql://h", "names no database"),
        ("postgresql://h:port/floods", "is no address of a record ("),
        ("postgresql://h:99999/floods", "is no address of a record ("),
        ("postgresql://h/floods?schema=Big", "'Big' can't name a schema; use small letters"),
        ("postgresql://h/floods?schema=pg_mine", "'pg_mine' can't name a schema"),
        ('postgresql://h/floods?schema=a";DROP', "can't name a schema"),
        ("postgresql://h/floods?colour=red", "'colour' is not known in an address; what may stand behind"),
        ("postgresql://h/floods?sslmode=maybe", "'maybe' is no sslmode; choose prefer, disable"),
        ("postgresql:///floods?sslmode=verify-full", "a socket has no certificate to verify"),
    ],
)
def test_a_wrong_address_is_one_line(said: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(said)
    assert told in str(caught.value)
    assert str(caught.value).startswith(f"{said}: ")


def test_no_line_tells_a_password() -> None:
    for said in ("postgresql://ann:secret@h", "mysql://ann:sec:ret@h/x", "postgresql://ann:secret@h:port/floods"):
        with pytest.raises(UsageError) as caught:
            parse(said)
        assert "sec" not in str(caught.value)
