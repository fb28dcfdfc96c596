"""The figure matrix on a terminal: who × what, conflicting cells marked.

Input: a page of a dossier (`tollbook.dossiers`), names masked as there; output: a table, sources as rows, what is
counted as columns, and below it what each rule set makes of a column. A cell reads "≥ 40 !" where its figure can't be
true together with another, and "12 → 15" where the source said both in turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tollbook.cli.console import counted, printable

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from tollbook.dossiers.value import Cell, Column, Dossier, Page, Ruled
    from tollbook.model import Incident, Record
    from tollbook.rows import Row

CONFLICT = "!"
# More columns than fit beside each other go below, in a matrix of their own.
_LEAST_COLUMN, _NAME_COLUMN = 13, 30


def print_dossier(dossier: Dossier, console: Console) -> None:
    """Every incident with figures, that of most claims first; those without are named at the end."""
    pages = sorted(dossier.pages, key=lambda page: -page.claims)
    for page in pages:
        if has_figures(page):
            print_page(page, console)
    rest = [page for page in pages if not has_figures(page)]
    if rest:
        console.print("Told of, without a figure of the dead, hurt or others affected:", markup=False)
    for page in rest:
        console.print(f"  {heading(page)}", markup=False, soft_wrap=True)


def has_figures(page: Page) -> bool:
    return any(column.ruled for column in page.columns)


def print_page(page: Page, console: Console) -> None:
    """One incident: its name, the matrix in as many pieces as the width asks for, the figures by rule set."""
    for part in page_parts(page, console.width):
        console.print(part, markup=False, soft_wrap=isinstance(part, str))


def page_parts(page: Page, width: int) -> Iterator[RenderableType]:
    """What `print_page` prints, in order: lines and tables."""
    yield heading(page)
    fitting = max(1, (width - _NAME_COLUMN) // _LEAST_COLUMN)
    for first in range(0, len(page.columns), fitting):
        yield ""
        yield _matrix(page, range(first, min(first + fitting, len(page.columns))))
    if any(cell.conflicts for cell in _cells(page)):
        yield f"{CONFLICT} can't be true together with another cell of the column"
    if has_figures(page):
        yield ""
        yield _figures(page.columns)
    yield ""


def heading(page: Page) -> str:
    told = f"{counted(page.claims, 'claim')}, {counted(len(page.reports), 'report')}"
    return printable(f"{page.name} ({page.kind}): {told}")


def _matrix(page: Page, columns: range) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table(show_edge=False, pad_edge=False)
    table.add_column("who", max_width=_NAME_COLUMN)
    for number in columns:
        table.add_column(Text(printable(page.columns[number].label)), justify="right")
    for row in page.rows:
        cells = [row.cells[number] for number in columns]
        if any(cells):
            table.add_row(Text(printable(row.name)), *(Text(cell_text(cell)) for cell in cells))
    return table


def cell_text(cell: Cell | None) -> str:
    """The figures of a cell in order of time, its mark of conflict, and how many copies are folded into it."""
    if cell is None:
        return ""
    text = " → ".join(cell.figures)
    copies = f" +{cell.copies} cop{'y' if cell.copies == 1 else 'ies'}" if cell.copies else ""
    return printable(f"{text}{copies}{' ' + CONFLICT if cell.conflicts else ''}")


def _figures(columns: Iterable[Column]) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table(show_edge=False, pad_edge=False)
    for name in ("figure", "rules", "low – best – high", "status", "origins"):
        table.add_column(name, justify="right" if name == "origins" else "left")
    for column in columns:
        for ruled in column.ruled:
            cells = (column.label, ruled.rules, three(ruled), ruled.status, str(ruled.origins))
            table.add_row(*(Text(printable(cell)) for cell in cells))
    return table


def three(ruled: Ruled) -> str:
    """Low, best and high; "?" is unknown, which isn't zero."""
    return " – ".join("?" if value is None else f"{value:,}" for value in (ruled.low, ruled.best, ruled.high))


def _cells(page: Page) -> Iterator[Cell]:
    return (cell for row in page.rows for cell in row.cells if cell)


def print_record(record: Record, incidents: set[str], console: Console) -> None:
    """The matrices of some incidents of a record, with the names masked as in its dossier."""
    from dataclasses import replace

    from tollbook.dossiers import build

    chosen = tuple(incident for incident in record.incidents if incident.id in incidents)
    print_dossier(build(replace(record, incidents=chosen)), console)


def incident_json(record: Record, incident: Incident) -> Row:
    """One incident with its findings and claims, as rows of the public files."""
    from tollbook.rows import claim_row, finding_row, incident_row

    return {
        "incident": incident_row(incident),
        "findings": [finding_row(finding) for finding in record.findings if finding.incident == incident.id],
        "claims": [claim_row(claim) for claim in record.claims_of(incident.id)],
    }
