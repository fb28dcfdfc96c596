"""Sheets: a file of rows with headings (CSV, XLSX, ODS, Parquet), read a few rows at a time, and copied with more.

Input: a file. Output: a `Sheet`, whose rows are `{heading: cell}` and whose copy is a file of the same kind, an XLSX of
an ODS. Worked: `open_sheet(Path("deaths.xlsx"), "2021")` has the headings and rows of the worksheet "2021". However
long a sheet is, a few of its rows are held at a time, and no cell of a copy is a formula.
"""

from tollbook.sheets.cells import Cell, Cells, Copy, Sheet, cited, number_of, shown
from tollbook.sheets.opening import open_sheet

__all__ = ["Cell", "Cells", "Copy", "Sheet", "cited", "number_of", "open_sheet", "shown"]
