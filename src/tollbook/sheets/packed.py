"""The zip that a workbook is: its parts as streams and small trees, none of which can burst or refer to anything.

Input: a file. Output: its parts. A part that was made to fill a disk is refused before a byte of it is unpacked, a
document type (which no workbook has, and of which entities come) when it is met; both are one line.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from tollbook.errors import InputError

ADVICE = "save it again as .xlsx or CSV"
# What is more than so much, and unpacks to more than so many times its size, was made to fill a disk.
_LARGE, _TIMES = 200_000_000, 300
# Parts that are read at once, not streamed: names of worksheets, styles.
_PART = 50_000_000
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError)


@contextmanager
def packed(path: Path, kind: str) -> Iterator[zipfile.ZipFile]:
    """The zip of a workbook of a kind ("XLSX"); every way in which it can be broken is one InputError."""
    try:
        with zipfile.ZipFile(path) as file:
            yield file
    except (*_FAULTS, ElementTree.ParseError, KeyError) as error:
        raise InputError(f"is damaged, or no {kind}", what=str(path), advice=ADVICE) from error


def media_type(path: Path) -> str:
    """What a zip of OpenDocument says that it is, in its part "mimetype"; "" for any other."""
    with packed(path, "XLSX") as file:
        if "mimetype" not in file.namelist():
            return ""
        with part(file, "mimetype") as stream:
            return stream.read(200).decode("ascii", "replace").strip()


@contextmanager
def part(file: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """A part of the zip as a stream; InputError for one that would burst."""
    info = file.getinfo(name)
    if info.file_size > _LARGE and info.file_size > _TIMES * max(1, info.compress_size):
        raise InputError(
            f"unpacks to {info.file_size:,} bytes, {info.file_size // max(1, info.compress_size)} times its size",
            what=str(file.filename), advice=ADVICE,
        )  # fmt: skip
    with file.open(info) as stream:
        yield stream


def tree(file: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """A small part as a tree."""
    with part(file, name) as stream:
        text = stream.read(_PART)
    if b"<!DOCTYPE" in text:
        raise zipfile.BadZipFile("a document type")
    return ElementTree.fromstring(text)
