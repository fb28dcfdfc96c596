"""Sums over incidents by grade, as a table: minima and maxima apart.

Input: a `Dossier`. Output: CSV. Worked: 3 to 5 and "at least 2" killed in two fair incidents are a row
`range@1,killed,all,person,fair,5,,,2,0,1,0,0`: no upper end, since one of them has none. An incident without a figure
is counted under `unknown`, for unknown is not zero.
"""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.dossiers.formats.tables import Row, as_csv, columns
from tollbook.dossiers.value import Dossier

_NUMBERS = "low best high incidents unknown open within elsewhere"
COLUMNS = columns(f"rules measure group unit grade {_NUMBERS}", numbers=_NUMBERS)


def write(dossier: Dossier) -> str:
    """The table, a row for each rule set, count and grade."""
    return as_csv(COLUMNS, rows(dossier))


def rows(dossier: Dossier) -> Iterator[Row]:
    """The rows of the sums."""
    for one in dossier.totals:
        yield {name: getattr(one, name) for name in COLUMNS}
