"""Keys in files: for their owner alone, never overwritten, and what is refused."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tollbook.errors import OutputError, TollbookError, UsageError
from tollbook.store import keys
from tollbook.store.notes import NoteError, PrivateKey

DESK = PrivateKey("desk", bytes(range(32)))


def never() -> str:
    raise AssertionError("no passphrase is asked for")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.key"


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_both_halves_come_back_and_the_private_one_is_for_its_owner(path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        keys.write_key(path, DESK)
    finally:
        os.umask(before)
    assert keys.read_private(path, never) == DESK
    for given in (str(keys.public_path(path)), str(DESK.public)):
        assert keys.read_public(given) == DESK.public
    assert keys.public_of(path, never) == keys.public_of(keys.public_path(path), never) == DESK.public
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.public_path(path).stat().st_mode) == 0o644


def test_no_file_is_ever_overwritten(path: Path) -> None:
    for there in (path, keys.public_path(path)):
        there.write_text("mine")
        with pytest.raises(OutputError, match="is there already; a key is never overwritten"):
            keys.write_key(path, DESK)
        assert [(one.name, one.read_text()) for one in path.parent.iterdir()] == [(there.name, "mine")]
        there.unlink()


def test_a_link_that_leads_nowhere_is_not_followed(path: Path) -> None:
    path.symlink_to(path.parent / "elsewhere")
    with pytest.raises(OutputError, match="is there already"):
        keys.write_key(path, DESK)
    assert not (path.parent / "elsewhere").exists()


def test_two_keys_differ() -> None:
    assert keys.new_key("desk").seed != keys.new_key("desk").seed


@pytest.mark.parametrize("name", ["", "a b", "a+b", "x" * 101])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(UsageError, match="is no name for a key"):
        keys.new_key(name)


def test_a_passphrase_opens_what_it_locked(path: Path) -> None:
    path.write_text(keys.locked(DESK, "grün 12", cost=4))
    assert DESK.seed not in path.read_bytes()
    assert keys.read_private(path, lambda: "grün 12") == DESK
    with pytest.raises(NoteError, match="wrong passphrase"):
        keys.read_private(path, lambda: "grün 13")


def test_a_locked_file_is_as_costly_as_told(path: Path) -> None:
    keys.write_key(path, DESK, "secret")
    held = path.read_text().split("+", 5)[-1]
    assert keys.bytes_of(held.strip())[:1] == bytes([17])  # type: ignore[index]
    assert keys.read_private(path, lambda: "secret") == DESK


def test_an_altered_private_key_is_refused(path: Path) -> None:
    for whole in (keys._plain(DESK), keys.locked(DESK, "secret", cost=4)):
        for at in range(len(whole) - 1):
            path.write_text(whole[:at] + chr(ord(whole[at]) ^ 1) + whole[at + 1 :])
            with pytest.raises(TollbookError) as error:
                keys.read_private(path, lambda: "secret")
            assert str(error.value).startswith(str(path)), at


COSTLY = f"ENCRYPTED+PRIVATE+KEY+desk+{DESK.public.id.hex()}+" + keys.base64_of(bytes([40]) + bytes(64))


@pytest.mark.parametrize(
    ("use", "content", "says"),
    [
        (lambda path: keys.read_private(path, never), None, "can't be read (No such file or directory)"),
        (lambda path: keys.read_private(path, never), "", "is no private key"),
        (lambda path: keys.read_private(path, never), str(DESK.public), "is the public half of a key"),
        (lambda path: keys.read_private(path, never), "PRIVATE+KEY+desk", "is no private key, or a part of one"),
        (lambda path: keys.read_private(path, never), COSTLY, "is no private key of this tollbook"),
        (lambda path: keys.read_public(str(path)), None, "can't be read (No such file or directory)"),
        (lambda path: keys.read_public(str(path)), "PRIVATE+KEY+desk", "is a private key; keep it to yourself"),
        (lambda path: keys.read_public(str(path)), "desk", "is not a public key, which reads name+id+base64"),
        (lambda path: keys.read_public(f"{DESK.public}"[:-3]), None, "is no whole public key"),
    ],
)
def test_the_wrong_file_is_one_line(path: Path, use: Callable[[Path], object], content: str | None, says: str) -> None:
    if content is not None:
        path.write_text(content)
    with pytest.raises(TollbookError) as error:
        use(path)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_no_half_is_left_where_the_other_cannot_be_written(path: Path) -> None:
    # The name of the public half is longer than a file system takes, that of the private one is not.
    long = path.with_name("k" * 253)
    with pytest.raises(OutputError, match="could not be written"):
        keys.write_key(long, DESK)
    assert list(path.parent.iterdir()) == []
