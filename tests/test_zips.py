"""Zips from strangers: each that could do harm is one line that names zip and member, and nothing is unpacked."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tollbook.errors import InputError
from tollbook.zips import Limits, open_zip, pack, unsafe


def zipped(folder: Path, *members: tuple[str, bytes], mode: int = 0o100644) -> Path:
    """A zip of these members as any tool may write them, checked by nothing."""
    path = folder / "set.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members:
            info = zipfile.ZipInfo("x" * len(name))
            info.filename = info.orig_filename = name
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (0o040755 if name.endswith("/") else mode) << 16
            file.writestr(info, content)
    return path


def line(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(InputError) as caught, open_zip(path, limits or Limits()):
        pass
    told = str(caught.value)
    assert told.startswith(f"{path}: ")
    assert "\n" not in told
    return told


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("../x", "leads out of the folder"),
        ("a/../../x", "leads out of the folder"),
        ("a/..", "leads out of the folder"),
        ("/etc/x", "is an absolute path"),
        ("//host/x", "is an absolute path"),
        ("a\\x", "has a backslash"),
        ("..\\x", "has a backslash"),
        ("C:x", "has a drive letter"),
        ("c:/x", "has a drive letter"),
        ("", "is no plain name"),
        ("a//x", "is no plain name"),
        ("./x", "is no plain name"),
        ("a\nx", "is no plain name"),
        ("a\x00x", "is no plain name"),
        ("a\u202ex", "is no plain name"),
        ("a/" * 600 + "x", "is too long a name"),
        ("é" * 128, "is too long a name"),
    ],
)
def test_a_name_that_is_no_plain_file_beneath_the_folder_is_refused(name: str, wrong: str, tmp_path: Path) -> None:
    assert unsafe(name) == wrong
    if name:
        assert f" {wrong}; don't unpack it" in line(zipped(tmp_path, ("fine.txt", b""), (name, b"x")))


@pytest.mark.parametrize("name", ["a", "a/b.txt", "Größe/1:2.txt", "..a/b..", "a b"])
def test_a_plain_name_is_read(name: str, tmp_path: Path) -> None:
    with open_zip(zipped(tmp_path, (name, b"words"), ("folder/", b""))) as found:
        assert found.names == (name,)
        assert found.read(name) == b"words"


@pytest.mark.parametrize(
    ("names", "wrong"),
    [
        (("a", "a"), "'a' comes twice"),
        (("A.txt", "a.TXT"), "'a.TXT' has the same name as 'A.txt' on some systems"),
        (("e\u0301", "é"), "has the same name as"),
        (("a", "a/b"), "'a' is a file and a folder"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_would_fall_on_one_another_are_refused(names: tuple[str, ...], wrong: str, tmp_path: Path) -> None:
    assert wrong in line(zipped(tmp_path, *((name, b"x") for name in names)))


def test_links_and_other_kinds_are_refused(tmp_path: Path) -> None:
    assert "'a' is a link" in line(zipped(tmp_path, ("a", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777))
    assert "'a' is no plain file" in line(zipped(tmp_path, ("a", b""), mode=stat.S_IFIFO | 0o644))
    assert "'a' is no plain file" in line(zipped(tmp_path, ("a", b""), mode=stat.S_IFDIR | 0o755))


def altered(path: Path, change: Callable[[bytearray], None]) -> Path:
    content = bytearray(path.read_bytes())
    change(content)
    path.write_bytes(bytes(content))
    return path


def test_a_locked_member_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, ("a", b"x"))

    def lock(content: bytearray) -> None:
        content[content.index(b"PK\x01\x02") + 8] |= 1

    assert "'a' is locked with a password" in line(altered(path, lock))


def test_another_packing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "set.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("a", b"x")
    assert "'a' is packed in a way that is not read here" in line(path)


# ---- bombs ----


def test_a_bomb_of_one_member_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, ("a", bytes(20_000_000)))
    assert "'a' unpacks to more than 200 times its size" in line(path)
    assert "'a' unpacks to 20,000,000 bytes, more than 1,000,000" in line(path, Limits(each=1_000_000))


def test_a_bomb_of_many_members_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, *((f"{n}", bytes(900_000)) for n in range(20)))
    assert "unpacks to 18,000,000 bytes, of " in line(path)
    many = zipped(tmp_path, *((f"{n}", b"") for n in range(20)))
    assert "holds more than 19 files" in line(many, Limits(members=19))


def test_members_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, ("a", os.urandom(1000)), ("b", os.urandom(1000)))

    def share(content: bytearray) -> None:
        second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
        content[second + 42 : second + 46] = bytes(4)

    assert "shares its bytes with another file" in line(altered(path, share))


def test_a_member_that_is_larger_than_the_list_says_stops_there(tmp_path: Path) -> None:
    path = zipped(tmp_path, ("a", bytes(5_000_000)))

    def lie(content: bytearray) -> None:
        at = content.index(b"PK\x01\x02") + 24
        content[at : at + 4] = (1000).to_bytes(4, "little")

    with open_zip(altered(path, lie)) as found, pytest.raises(InputError, match=r"set\.zip: 'a' is damaged or cut off"):
        found.read("a")


def test_more_than_is_wanted_of_a_member_is_refused(tmp_path: Path) -> None:
    with (
        open_zip(zipped(tmp_path, ("a", b"12345"))) as found,
        pytest.raises(InputError, match="'a' is larger than 4 bytes"),
    ):
        found.read("a", most=4)


# ---- damage ----


def test_a_zip_cut_off_anywhere_is_one_line(tmp_path: Path) -> None:
    whole = zipped(tmp_path, ("a", os.urandom(500)), ("b", os.urandom(500))).read_bytes()
    path = tmp_path / "cut.zip"
    for end in (3, 30, len(whole) // 2, len(whole) - 30, len(whole) - 1):
        path.write_bytes(whole[:end])
        assert ("was cut off" if end >= 4 else "is no zip") in line(path)
    path.write_bytes(b"")
    assert "is no zip" in line(path)


def test_any_one_byte_altered_gives_the_same_content_or_one_line(tmp_path: Path) -> None:
    whole = zipped(tmp_path, ("a", b"words " * 20), ("folder/b", b"")).read_bytes()
    path = tmp_path / "altered.zip"
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            with open_zip(path) as found:
                assert {name: found.read(name) for name in found.names} == {"a": b"words " * 20, "folder/b": b""} or (
                    set(found.names) != {"a", "folder/b"}
                )
        except InputError as error:
            assert "\n" not in str(error)


def test_what_the_readers_own_code_raises_is_not_called_damage(tmp_path: Path) -> None:
    with open_zip(zipped(tmp_path, ("a", b"x"))) as found, pytest.raises(ValueError, match="of mine"), found.open("a"):
        raise ValueError("of mine")


def test_what_is_missing_is_one_line(tmp_path: Path) -> None:
    with open_zip(zipped(tmp_path, ("a", b"x"))) as found, pytest.raises(InputError, match="has no file 'b'"):
        found.read("b")
    assert "can't be read" in line(tmp_path / "none.zip")
    assert "can't be read" in line(tmp_path)


def test_unpacking_puts_no_file_in_place_of_another(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with open_zip(zipped(tmp_path, ("a/b", b"new"), ("c", b"words"))) as found:
        found.extract(out)
        assert (out / "a" / "b").read_bytes() == b"new"
        with pytest.raises(FileExistsError):
            found.extract(out)


# ---- writing ----

WRITING = """
import io, sys
from tollbook.zips import pack
out = io.BytesIO()
pack(out, {name: name.encode() * 999 for name in {"b/c", "a", "Z", "b/a"}})
sys.stdout.buffer.write(out.getvalue())
"""


def test_the_same_files_give_the_same_bytes_whatever_the_hash_seed() -> None:
    made = {
        subprocess.run(
            [sys.executable, "-c", WRITING], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "7")
    }
    assert len(made) == 1


def test_a_file_from_the_disk_is_packed_as_its_bytes_are(tmp_path: Path) -> None:
    (tmp_path / "words").write_bytes(b"words " * 9999)
    os.utime(tmp_path / "words", (1, 1))
    (tmp_path / "words").chmod(0o600)
    first, second = io.BytesIO(), io.BytesIO()
    pack(first, {"a": tmp_path / "words", "b": b""})
    pack(second, {"b": b"", "a": b"words " * 9999})
    assert first.getvalue() == second.getvalue()
    (tmp_path / "made.zip").write_bytes(first.getvalue())
    with open_zip(tmp_path / "made.zip") as found:
        assert found.names == ("a", "b")
        assert found.read("a") == b"words " * 9999


def test_what_would_be_refused_is_not_written() -> None:
    with pytest.raises(ValueError, match="leads out of the folder"):
        pack(io.BytesIO(), {"../a": b""})
