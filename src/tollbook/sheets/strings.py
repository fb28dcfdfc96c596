"""The texts that cells of a workbook share, kept on disk: a million of them need little memory.

Input: the stream of `sharedStrings.xml`. Output: `strings[7]`, the eighth text. A text may be in runs of different
fonts; how it is pronounced is no part of it.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Mapping
from functools import lru_cache
from typing import IO

from tollbook.sheets.markup import heard, joined, local

_KEPT = 50_000


class Strings:
    """Texts by number, in a file without a name; all are put before one is asked for."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  closed with the strings
        self._ends = array("Q", [0])
        self._kept = lru_cache(_KEPT)(self._read)

    def __enter__(self) -> Strings:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getitem__(self, number: int) -> str:
        return self._kept(number)

    def _read(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            raise KeyError(number)
        self._file.seek(self._ends[number])
        return self._file.read(self._ends[number + 1] - self._ends[number]).decode("utf-8", "surrogatepass")

    def put(self, text: str) -> None:
        """Add one at the end."""
        data = text.encode("utf-8", "surrogatepass")
        self._file.write(data)
        self._ends.append(self._ends[-1] + len(data))

    def fill(self, stream: IO[bytes]) -> None:
        """Take all texts of a stream."""
        ear = _Ear(self)
        for _ in heard(stream, ear.start, ear.end, ear.text):
            pass


class _Ear:
    """Hears `<si><t>Mar</t></si>` and puts "Mar"; what stands in `<rPh>` is how a text is pronounced."""

    def __init__(self, strings: Strings) -> None:
        self.strings = strings
        self.parts: list[str] = []
        self.is_text = self.is_spoken = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        name = local(name)
        if name == "si":
            self.parts = []
        elif name == "rPh":
            self.is_spoken = True
        self.is_text = name == "t" and not self.is_spoken

    def end(self, name: str) -> None:
        name = local(name)
        if name == "si":
            self.strings.put(joined(self.parts))
        elif name == "rPh":
            self.is_spoken = False
        self.is_text = False

    def text(self, text: str) -> None:
        if self.is_text:
            self.parts.append(text)
