"""The figure matrix on a terminal: who × what, conflicting cells marked.

Input: a page of a dossier (`tollbook.dossiers`), names masked as there; output: a table, sources as rows, what is
counted as columns, and below it what each rule set makes of a column. A cell reads "≥ 40 !" where its figure can't be
true together with another, "12 → 15" where the source said both in turn, "(60)" where 60 is denied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tollbook.cli.console import Screen, printable
from tollbook.cli.tabular import Table
from tollbook.text import counted

if TYPE_CHECKING:
    from tollbook.dossiers.sources import Sources
    from tollbook.dossiers.value import Cell, Column, Dossier, Entry, Page, Ruled
    from tollbook.model import Incident, Record
    from tollbook.rows import Row

CONFLICT = "!"
# More columns than fit beside each other go below, in a matrix of their own.
_LEAST_COLUMN, _NAME_COLUMN = 13, 28


def print_dossier(dossier: Dossier, screen: Screen) -> None:
    """Every incident with figures, that of most claims first; those without are named at the end."""
    if dossier.as_of:
        screen.line(f"What was known on {dossier.as_of}; reports published later and rulings made later are left out.")
        screen.line()
    pages = sorted(dossier.pages, key=lambda page: -page.claims)
    for page in pages:
        if has_figures(page):
            print_page(page, screen)
    rest = [page for page in pages if not has_figures(page)]
    if rest:
        screen.line("Told of, without a figure of the dead, hurt or others affected:")
    for page in rest:
        screen.line(f"  {heading(page)}")


def has_figures(page: Page) -> bool:
    return any(column.ruled for column in page.columns)


def print_page(page: Page, screen: Screen) -> None:
    """One incident: its name, the matrix in as many pieces as the width asks for, the figures by rule set."""
    for part in page_parts(page, screen.width):
        screen.line(part) if isinstance(part, str) else screen.table(part)


def page_parts(page: Page, width: int) -> Iterator[str | Table]:
    """What `print_page` prints, in order: lines and tables. Counts that no rule set makes a figure of are left out."""
    yield heading(page)
    counted_columns = [number for number, column in enumerate(page.columns) if column.ruled]
    fitting = max(1, (width - _NAME_COLUMN) // _LEAST_COLUMN)
    for first in range(0, len(counted_columns), fitting):
        yield ""
        yield _matrix(page, counted_columns[first : first + fitting])
    yield from _legend(cell for row in page.rows for number in counted_columns if (cell := row.cells[number]))
    yield ""
    yield _figures([page.columns[number] for number in counted_columns])
    yield ""


def _legend(cells: Iterable[Cell]) -> Iterator[str]:
    """What the signs in the cells mean, of those that are there."""
    seen = list(cells)
    entries = [entry for cell in seen for entry in cell.entries]
    if any(cell.conflicts for cell in seen):
        yield f"{CONFLICT} can't be true together with another figure of the column"
    if any(entry.modality != "asserted" for entry in entries):
        yield "() not asserted: denied, planned or supposed"
    if any(entry.basis == "increment" for entry in entries):
        yield "+ added to an earlier figure"


def heading(page: Page) -> str:
    told = f"{counted(page.claims, 'claim')}, {counted(len(page.reports), 'report')}"
    graded = f", graded {page.grade.grade}: {page.grade.why}" if page.grade else ""
    return printable(f"{page.name} ({page.kind}): {told}{graded}")


def _matrix(page: Page, columns: Sequence[int]) -> Table:
    rows = []
    for row in page.rows:
        some = [row.cells[number] for number in columns]
        if any(some):
            rows.append([printable(row.name), *(printable(cell_text(cell)) for cell in some)])
    names = ["who", *(printable(page.columns[number].label) for number in columns)]
    return Table(names, rows, frozenset(range(1, len(names))), _NAME_COLUMN)


def cell_text(cell: Cell | None) -> str:
    """The figures of a cell in order of time, its mark of conflict, and how many copies are folded into it."""
    if cell is None:
        return ""
    said = dict.fromkeys(_sign(entry) for entry in cell.entries)
    copies = f" +{counted(cell.copies, 'copy')}" if cell.copies else ""
    return f"{' → '.join(said)}{copies}{' ' + CONFLICT if cell.conflicts else ''}"


def _sign(entry: Entry) -> str:
    figure = f"+{entry.figure}" if entry.basis == "increment" else entry.figure
    return figure if entry.modality == "asserted" else f"({figure})"


def _figures(columns: Sequence[Column]) -> Table:
    """A row a figure, a column a rule set: low – best – high, and the status."""
    rules = list(dict.fromkeys(ruled.rules for column in columns for ruled in column.ruled))
    rows = []
    for column in columns:
        found = {ruled.rules: f"{three(ruled)}  {ruled.status}" for ruled in column.ruled}
        rows.append([printable(column.label), *(printable(found.get(name, "")) for name in rules)])
    return Table(["low – best – high", *rules], rows)


def three(ruled: Ruled) -> str:
    """Low, best and high; "?" is unknown, which isn't zero."""
    return " – ".join("?" if value is None else f"{value:,}" for value in (ruled.low, ruled.best, ruled.high))


def print_record(record: Record, incidents: set[str], screen: Screen, sources: Sources | None = None) -> None:
    """The matrices of some incidents of a record, with the names masked as in its dossier."""
    from dataclasses import replace

    from tollbook.dossiers.build import build

    chosen = tuple(incident for incident in record.incidents if incident.id in incidents)
    print_dossier(build(replace(record, incidents=chosen), sources=sources, quoted=False), screen)


def incident_json(record: Record, incident: Incident) -> Row:
    """One incident with its findings and claims, as rows of the public files."""
    from tollbook.rows import claim_row, finding_row, incident_row

    return {
        "incident": incident_row(incident),
        "findings": [finding_row(finding) for finding in record.findings if finding.incident == incident.id],
        "claims": [claim_row(claim) for claim in record.claims_of(incident.id)],
    }
