"""Zips from strangers, opened so that nothing in them does harm; zips of ours, the same whenever they are written.

Input: a zip's path. Output: its plain files by name, read with limits. Worked: a zip with the member "../../x" is one
line: "set.zip: '../../x' leads out of the folder; …". Nothing is unpacked to find that out: names, kinds, sizes and
places come from the zip's own list of members, and no member is read beyond the size that the list gives it.

    with open_zip(Path("set.zip")) as zipped:
        zipped.names, zipped.read("bundle.json", most=1_000_000), zipped.extract(folder)

    pack(file, {"bundle.json": b"{}", "raw/9f": Path("archive/raw/9f")})
"""

from __future__ import annotations

import io
import re
import shutil
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

from tollbook.errors import InputError
from tollbook.values import dataclass

# The first moment that a zip can tell, for every member.
_WHEN = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_LEVEL = 6  # of zlib; 9 takes four times as long for 2% less
_CHUNK = 1 << 20
# End of a zip: signature … entries, size of the list, its place, length of the comment (at most 64 KiB).
_END = struct.Struct("<4s4H2LH")
_END_MARK, _FILE_MARK, _ENTRY_MARK = b"PK\x05\x06", b"PK\x03\x04", b"PK\x01\x02"
# Before it, in a zip of more than 4 GiB or 65,535 files, the same again with room for it, and where that is.
_FAR, _FAR_MARK = 56 + 20, b"PK\x06\x06"
_LEAST_ENTRY = 46  # bytes of a member in the list, without its name
_HEADER = 30  # and of what stands before its content
_LOCKED = 0x1 | 0x40 | 0x2000
_READ = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, RuntimeError, ValueError)
_DRIVE = re.compile(r"[A-Za-z]:")
_ADVICE = "don't unpack it; ask who made it for another"
_AGAIN = "get it again"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a zip may hold: members, bytes of all unpacked, of one; beyond `free` bytes no more than `ratio` times its
    size packed.
    """

    members: int = 200_000
    total: int = 1 << 36
    each: int = 1 << 34
    ratio: int = 200
    free: int = 10_000_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Zipped:
    """A zip that is open and whose list of members was found harmless; `names` are those of its files, sorted."""

    path: Path
    file: zipfile.ZipFile
    members: Mapping[str, zipfile.ZipInfo]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.members)

    def size(self, name: str) -> int:
        """Bytes of a member, unpacked."""
        return self._member(name).file_size

    def read(self, name: str, *, most: int = 1 << 30) -> bytes:
        """A member's bytes; InputError where it has more than `most`, or they are damaged."""
        size = self.size(name)
        if size > most:
            raise InputError(f"{shown(name)} is larger than {most:,} bytes", what=str(self.path), advice=_ADVICE)
        with self.open(name) as stream:
            content = stream.read(size) + stream.read(1)
        if len(content) != size:
            raise self._damaged(name)
        return content

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A member as a stream that ends where the list says; reading damaged bytes raises InputError."""
        try:
            member = self.file.open(self._member(name))
        except _FAULTS as error:
            raise self._damaged(name) from error
        with member, io.BufferedReader(_Guarded(member, self._damaged(name)), _CHUNK) as stream:
            yield stream

    def extract(self, folder: Path) -> None:
        """Every member as a file beneath `folder`, none of them in place of one that lies there."""
        for name in self.names:
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            with self.open(name) as stream, place.open("xb") as file:
                shutil.copyfileobj(stream, file, _CHUNK)

    def _member(self, name: str) -> zipfile.ZipInfo:
        try:
            return self.members[name]
        except KeyError:
            raise InputError(f"has no file {shown(name)}", what=str(self.path)) from None

    def _damaged(self, name: str) -> InputError:
        return InputError(f"{shown(name)} is damaged or cut off", what=str(self.path), advice=_AGAIN)


class _Guarded(io.RawIOBase):
    """A member's bytes, never more at once than are asked for; a fault in them is `damaged`."""

    def __init__(self, member: IO[bytes], damaged: InputError) -> None:
        self._member, self._damaged = member, damaged

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            found = self._member.read(len(buffer))
        except _FAULTS as error:
            raise self._damaged from error
        buffer[: len(found)] = found
        return len(found)


@contextmanager
def open_zip(path: Path, limits: Limits = LIMITS) -> Iterator[Zipped]:
    """A zip's files, once nothing in its list of members is found that could do harm.

    Raises InputError, one line that names the zip and the member: no zip or a cut one; a name that leads out of the
    folder, is absolute, has a backslash or a drive letter, or comes twice; a link; a locked member; more members or
    bytes, or more bytes for their size, than `limits` allow; members that share bytes.
    """
    try:
        with path.open("rb") as stream:
            _bounded(path, stream, limits)
            try:
                file = zipfile.ZipFile(stream)
            except _FAULTS as error:
                raise InputError("is a damaged zip", what=str(path), advice=_AGAIN) from error
            with file:
                yield Zipped(path, file, _members(path, file, limits))
    except OSError as error:
        raise InputError(f"can't be read ({error.strerror or error})", what=str(path)) from error


def _bounded(path: Path, stream: BinaryIO, limits: Limits) -> None:
    """Refuse what is no whole zip, or has so long a list of members that reading it would fill the memory."""
    head = stream.read(4)
    size = stream.seek(0, 2)
    start = stream.seek(max(0, size - _END.size - 0xFFFF))
    tail = stream.read()
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END.size:
        if head == _FILE_MARK:
            raise InputError("was cut off: the end of the zip is missing", what=str(path), advice=_AGAIN)
        raise InputError("is no zip", what=str(path))
    length, end = _END.unpack_from(tail, at)[5], start + at
    if tail[max(0, at - _FAR) :].startswith(_FAR_MARK):
        length, end = struct.unpack_from("<Q", tail, at - _FAR + 40)[0], end - _FAR
    listed = b""
    if length <= limits.members * (_LEAST_ENTRY + 1000):
        stream.seek(max(0, end - length))
        listed = stream.read(length)
    if listed.count(_ENTRY_MARK) > limits.members or length > limits.members * (_LEAST_ENTRY + 1000):
        raise InputError(f"holds more than {limits.members:,} files", what=str(path), advice=_ADVICE)
    stream.seek(0)


def _members(path: Path, file: zipfile.ZipFile, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """The plain files by name, sorted; each check on its own, in the order of the list."""
    found: dict[str, zipfile.ZipInfo] = {}
    like: dict[str, str] = {}
    for info in file.infolist():
        name = info.orig_filename
        wrong = unsafe(name.removesuffix("/")) or _unlike_a_file(info) or _too_large(info, limits)
        twin = like.setdefault(unicodedata.normalize("NFC", name.removesuffix("/")).casefold(), name)
        if not wrong and (twin != name or name in found):
            wrong = "comes twice" if twin == name else f"has the same name as {shown(twin)} on some systems"
        if wrong:
            raise InputError(f"{shown(name)} {wrong}", what=str(path), advice=_ADVICE)
        if not name.endswith("/"):
            found[name] = info
    _together(path, found, limits)
    return dict(sorted(found.items()))


def unsafe(name: str) -> str:
    """What is wrong with a file's name beneath a folder, as the rest of a sentence; empty where nothing is.

    Worked: unsafe("../x") is "leads out of the folder", unsafe("a/b.txt") is "".
    """
    parts = name.split("/")
    if ".." in parts:
        return "leads out of the folder"
    if name.startswith("/"):
        return "is an absolute path"
    if "\\" in name:
        return "has a backslash"
    if _DRIVE.match(name):
        return "has a drive letter"
    if "" in parts or "." in parts or not name.isprintable():
        return "is no plain name"
    return "is too long a name" if len(name) > 1000 or any(len(part.encode()) > 255 for part in parts) else ""


def _unlike_a_file(info: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "is a link"
    if kind not in {0, stat.S_IFDIR if info.orig_filename.endswith("/") else stat.S_IFREG}:
        return "is no plain file"
    if info.flag_bits & _LOCKED:
        return "is locked with a password"
    return "" if info.compress_type in _READ else "is packed in a way that is not read here"


def _too_large(info: zipfile.ZipInfo, limits: Limits) -> str:
    if info.file_size > limits.each:
        return f"unpacks to {info.file_size:,} bytes, more than {limits.each:,}"
    if info.file_size > limits.free and info.file_size > limits.ratio * info.compress_size:
        return f"unpacks to more than {limits.ratio} times its size"
    return ""


def _together(path: Path, found: Mapping[str, zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse what only shows when all members are seen: bytes in all, members in one place, a file that is a folder."""
    total, size = sum(info.file_size for info in found.values()), path.stat().st_size
    if total > limits.total or (total > limits.free and total > limits.ratio * size):
        raise InputError(f"unpacks to {total:,} bytes, of {size:,} packed", what=str(path), advice=_ADVICE)
    end = 0
    for info in sorted(found.values(), key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise InputError(
                f"{shown(info.orig_filename)} shares its bytes with another file", what=str(path), advice=_ADVICE
            )
        end = info.header_offset + _HEADER + info.compress_size
    for name in found:
        parent = next((above for above in map(str, Path(name).parents) if above in found), None)
        if parent is not None:
            raise InputError(f"{shown(parent)} is a file and a folder", what=str(path), advice=_ADVICE)


def shown(name: str) -> str:
    """A member's name as a line may show it: escaped, and cut where it is long."""
    return ascii(name if len(name) <= 100 else f"{name[:100]}…") if not name.isprintable() else _cut(name)


def _cut(name: str) -> str:
    return f"'{name if len(name) <= 100 else name[:100] + '…'}'"


def pack(out: IO[bytes], members: Mapping[str, bytes | Path]) -> None:
    """Write a zip of these files into `out`: the same files give the same bytes, whenever and wherever it is done.

    Sorted by name, one time and one mode for all; what is packed is as this machine's zlib packs it. Raises ValueError
    for a name that `open_zip` would refuse.
    """
    with packing(out) as file:
        for name, content in sorted(members.items()):
            size = len(content) if isinstance(content, bytes) else content.stat().st_size
            with member(file, name, size=size) as target, _opened(content) as source:
                shutil.copyfileobj(source, target, _CHUNK)


def packing(out: IO[bytes]) -> zipfile.ZipFile:
    """A zip to put files into by `member`, one after the other; use it in a `with` block."""
    return zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)


def member(
    file: zipfile.ZipFile, name: str, *, size: int | None = None, mode: int = 0o644, packed: bool = True
) -> IO[bytes]:
    """The next file of a zip, to be written in a `with` block; without a `size` it may have any."""
    if unsafe(name):
        raise ValueError(f"{name!r} {unsafe(name)}")
    info = zipfile.ZipInfo(name, _WHEN)
    info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    info.create_system, info.external_attr = _UNIX, (stat.S_IFREG | mode) << 16
    info.file_size = size or 0  # by which the zip knows whether it needs 64 bits
    return file.open(info, "w", force_zip64=size is None)


def _opened(content: bytes | Path) -> BinaryIO:
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")
