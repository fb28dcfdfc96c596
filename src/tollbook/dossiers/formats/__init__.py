"""What a dossier shows, as data: one visible registry of formats.

Input: a `Dossier`, in which names are masked already. Output: the text of one file for each format. Worked:
`FORMATS["claims-csv"]` writes `claims.csv`, a row a claim. A format of the field is added here as one more entry, and
a wrong name lists the choices.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tollbook.dossiers.formats.claims import as_csv, as_jsonl
from tollbook.dossiers.value import Dossier
from tollbook.errors import UsageError


@dataclass(frozen=True, slots=True)
class Format:
    """The name of the file that a format writes, and how it is written."""

    file: str
    write: Callable[[Dossier], str]


FORMATS: dict[str, Format] = {
    "claims-csv": Format("claims.csv", as_csv),
    "claims-jsonl": Format("claims.jsonl", as_jsonl),
}


def format_of(name: str) -> Format:
    """The format of this name; an unknown one lists those there are."""
    if name not in FORMATS:
        raise UsageError(f"no format '{name}'; there are: {', '.join(sorted(FORMATS))}")
    return FORMATS[name]
