"""What the readers of formats hand to each other: bytes as obtained, and what was extracted from them.

Input: bytes from a file, a row, standard input or a URL, as a `Raw`. Output of a format's reader: an `Extract`, as in
`Extract(text="Two people were hurt in Harim.", extractor="text")`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields
from typing import TYPE_CHECKING, Literal

from tollbook.model import Notice, Report
from tollbook.values import dataclass

if TYPE_CHECKING:
    from tollbook.reports.custody import Custody

How = Literal["file", "stdin", "row", "url", "warc"]


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of a report beside its text, each None where not known."""

    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    author: str | None = None

    def over(self, other: Particulars) -> Particulars:
        """These particulars, with `other` where these are silent."""
        names = [item.name for item in fields(self)]
        return Particulars(*(getattr(other, n) if getattr(self, n) is None else getattr(self, n) for n in names))


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes as obtained: the input's name for messages, how they came, and what came with them.

    `charset`, `status` and `headers` are a server's words, `hops` the URLs that led here, asked-for first. Of bytes
    from a web archive, `capture` names the record that holds them, `obtained` is when they were captured, and `earlier`
    are the links of the chain of custody that came with them.
    """

    name: str
    data: bytes
    how: How = "file"
    url: str | None = None
    media_type: str | None = None
    charset: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    hops: tuple[str, ...] = ()
    status: str | None = None
    obtained: str | None = None
    capture: Mapping[str, str] = field(default_factory=dict)
    earlier: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Extract:
    """The text made from a `Raw`, what the document says of itself, and the tool and version that made it."""

    text: str
    extractor: str
    particulars: Particulars = Particulars()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A report as read, with the bytes it came from, the input's name for messages and the place it lies at.

    `custody` says how the bytes were obtained, where an archive keeps them.
    """

    name: str
    raw: Raw
    report: Report
    place: str | None = None
    custody: Custody | None = None

    @property
    def where(self) -> str:
        return self.place or self.name
