"""A report as the pages list it.

Input and output: texts, names masked. Worked: R7, "Orvesk toll rises to 31", Tallow Wire, 9 May 2031, a copy of R5.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """A report in the list of a dossier.

    `url` is None where it has none, or where it holds a masked name (then `withheld` says so); hashes are plain where
    nothing in the report is masked, salted commitments where there is a salt, else empty. `published` is the day in
    words, `issued` the same as 2031-05-07 or empty.
    """

    ref: str
    title: str
    publisher: str
    published: str
    url: str | None
    host: str
    withheld: bool
    language: str | None
    copy_of: str | None
    copied_in: tuple[str, ...]
    family: tuple[str, ...]
    origins: tuple[str, ...]
    hash_kind: str
    sha256: str
    text_sha256: str
    extractor: str
    notices: tuple[str, ...]
    claims: int
    issued: str = ""
    key: str = ""
