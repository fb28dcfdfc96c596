"""A carried project: a whole project in files that need no tollbook to be read, as a folder or as one zip.

Input: names with contents, or a carried project's path. Output: a folder or zip of them with `SHA256SUMS`, or its files
as streams, each held against its sum to the last byte. Who may read one reads everything, unmasked: only its owner may.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import stat
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from tollbook.errors import InputError
from tollbook.files import BY_SYSTEMS, new_file, replacing
from tollbook.zips import Limits, Zipped, member, open_zip, packing, shown, unsafe

FORMAT = "tollbook-carried"
VERSION = 1
HEAD, LOG, READINGS, README, SUMS = "carried.json", "log.jsonl", "readings.jsonl", "README.txt", "SHA256SUMS"
# What a person may have put beside the log, and the secret that published commitments are salted with.
OWN = ("salt.key", "sources.toml", "places.toml")
RULES = "rules"
TEXT = """\
This is a whole tollbook project, to be kept or moved: the log of all that was
added and decided, what was read in each report, the evidence, and the
project's secrets.

IT IS PRIVATE. Names stand unmasked in it, and the salts by which what is
masked in a publication could be guessed. Don't pass it on and don't publish
it; 'tollbook publish' makes what can be published.

Check it:     sha256sum -c SHA256SUMS
Take it in:   tollbook import FOLDER NEWPROJECT
              tollbook restore FILE.zip NEWPROJECT
"""
_PART = re.compile(
    rf"{HEAD}|{LOG}|{READINGS}|{README}|{SUMS}|{'|'.join(map(re.escape, OWN))}|{RULES}/[^/]+\.toml"
    r"|archive/(?P<kind>raw|text)/(?P<two>[0-9a-f]{2})/(?P=two)[0-9a-f]{62}[.\w]*"
)
_SUM = re.compile(r"([0-9a-f]{64})  (.+)")
_CHUNK = 1 << 20
_LIMITS = Limits(members=4_000_000, total=1 << 42, each=1 << 40)
# A line is an event or a reading; one of more bytes than this was never written by tollbook.
LONGEST = 1 << 28
_AGAIN = "take another copy of it"


# ---- going out ----


@dataclass
class Carrier:
    """Takes files one after the other, by `write`, and says last what the sum of each is."""

    write: Callable[[str, int | None, bool], AbstractContextManager[Any]]
    sums: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, chunks: Iterable[bytes], *, size: int | None = None, packed: bool = True) -> str:
        """Write one file from its parts; returns its sha256."""
        summed = hashlib.sha256()
        with self.write(name, size, packed) as file:
            for chunk in chunks:
                summed.update(chunk)
                file.write(chunk)
        self.sums[name] = summed.hexdigest()
        return self.sums[name]

    def put_file(self, name: str, path: Path) -> str:
        """Write one file from another, a part at a time; returns its sha256."""
        with path.open("rb") as file:
            size, packed = os.fstat(file.fileno()).st_size, not _hollow(file)
            return self.put(name, iter(lambda: file.read(_CHUNK), b""), size=size, packed=packed)

    def close(self) -> None:
        """Write the sums of all that was put."""
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.sums.items()))
        self.put(SUMS, [lines.encode()])


def _hollow(file: BinaryIO) -> bool:
    """True for bytes that would shrink so much that the zip they are in would be taken for a bomb."""
    size, packer, packed = 0, zlib.compressobj(1), 0
    for chunk in iter(lambda: file.read(_CHUNK), b""):
        size, packed = size + len(chunk), packed + len(packer.compress(chunk))
    file.seek(0)
    return size > _CHUNK // 16 and size > 40 * (packed + len(packer.flush()))


@contextmanager
def folder_out(out: Path) -> Iterator[Carrier]:
    """A folder, its owner's alone, that becomes `out` when the block ends well; `out` must be new or empty."""
    with replacing(out, ours=_never, what="this export", mode=0o700) as beside:

        def write(name: str, size: int | None, packed: bool) -> BinaryIO:
            place = beside / name
            for parent in reversed(place.relative_to(beside).parents):
                (beside / parent).mkdir(mode=0o700, exist_ok=True)
            return os.fdopen(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")

        carrier = Carrier(write)
        yield carrier
        carrier.close()


@contextmanager
def zip_out(out: Path) -> Iterator[Carrier]:
    """A zip, its owner's alone, that becomes `out` when the block ends well; `out` must be new."""
    with new_file(out, mode=0o600) as stream, packing(stream) as file:
        carrier = Carrier(lambda name, size, packed: member(file, name, size=size, mode=0o600, packed=packed))
        yield carrier
        carrier.close()


def _never(_: Path) -> bool:
    return False


# ---- coming in ----


@dataclass(frozen=True)
class Carried:
    """A carried project that is open: its files by name as streams, none of which is used unless its sum is right."""

    path: Path
    names: frozenset[str]
    stream: Callable[[str], AbstractContextManager[BinaryIO]]
    sums: dict[str, str] = field(default_factory=dict)

    def check_names(self) -> None:
        """Read the sums; InputError where there is a file too many or too few, or one that none of ours is called."""
        for name in sorted(self.names):
            if not _PART.fullmatch(name) or unsafe(name):
                raise self.wrong(f"{shown(name)} is no part of a carried project")
        if SUMS not in self.names:
            raise self.wrong(f"{SUMS} is missing")
        self._read_sums()
        for name in sorted({*self.sums, HEAD, LOG, READINGS} ^ (self.names - {SUMS})):
            raise self.wrong(f"{shown(name)} is {f'not listed in {SUMS}' if name in self.names else 'missing'}")

    def _read_sums(self) -> None:
        last = ""
        with self.stream(SUMS) as stream:
            for line in lines(stream):
                found = _SUM.fullmatch(line.decode("utf-8", "replace").removesuffix("\n"))
                if not found or found[2] <= last:
                    raise self.wrong(f"{SUMS} holds a line that is none of its own")
                self.sums[found[2]], last = found[1], found[2]

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A file as a stream; InputError at the end of the block where its bytes are not those of its sum."""
        with self.stream(name) as stream, io.BufferedReader(summed := _Summed(stream), _CHUNK) as checked:
            yield checked
            while checked.read(_CHUNK):
                pass
        if summed.sha256.hexdigest() != self.sums[name]:
            raise self.wrong(f"{shown(name)} is not what {SUMS} says")

    def unpack(self, name: str, place: Path, mode: int = 0o666) -> None:
        """Write a file to `place`, which must be new."""
        place.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
        with os.fdopen(handle, "wb") as file, self.open(name) as stream:
            shutil.copyfileobj(stream, file, _CHUNK)

    def wrong(self, why: str) -> InputError:
        """The error that names this carried project."""
        return InputError(why, what=str(self.path), advice=_AGAIN)


class _Summed(io.RawIOBase):
    """A stream that keeps the sum of what went through it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.sha256 = stream, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        found = self._stream.read(len(buffer))
        buffer[: len(found)] = found
        self.sha256.update(found)
        return len(found)


def lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; one that is longer than any of ours comes cut, and is then no line of ours."""
    return iter(lambda: stream.readline(LONGEST), b"")


@contextmanager
def zip_in(path: Path) -> Iterator[Carried]:
    """The carried project in a zip, which is opened as one from a stranger is."""
    if path.is_dir():
        raise InputError("is a folder, not a zip", what=str(path), advice="take it in with 'tollbook import'")
    with open_zip(path, _LIMITS) as zipped:
        yield Carried(path, frozenset(zipped.names), lambda name: _unzipped(zipped, name))


def _unzipped(zipped: Zipped, name: str) -> AbstractContextManager[BinaryIO]:
    return zipped.open(name)


@contextmanager
def folder_in(path: Path) -> Iterator[Carried]:
    """The carried project in a folder; links are followed nowhere."""
    if path.is_file():
        raise InputError("is a file, not a folder", what=str(path), advice="take a zip in with 'tollbook restore'")
    if not path.is_dir():
        raise InputError("is no folder", what=str(path))
    yield Carried(path, frozenset(_files(path)), lambda name: (path / name).open("rb"))


def _files(folder: Path) -> Iterator[str]:
    """The files beneath a folder by name. Raises InputError for a link or what else is no file."""
    for above, folders, files in os.walk(folder):
        for name in sorted({*folders, *files} - BY_SYSTEMS):
            place = Path(above, name)
            mode, shown_as = place.lstat().st_mode, place.relative_to(folder).as_posix()
            if stat.S_ISREG(mode):
                yield shown_as
            elif not stat.S_ISDIR(mode):
                what = "a link" if stat.S_ISLNK(mode) else "no plain file"
                raise InputError(f"{shown(shown_as)} is {what}", what=str(folder), advice=_AGAIN)
