"""Model values as the rows of the public files, and rows as lines.

Input: values of `tollbook.model`; output: dicts in the order of the public format, and their JSON.
"""

from tollbook.rows.files import (
    characterisation_row,
    claim_row,
    finding_row,
    incident_row,
    report_row,
    statement_row,
)
from tollbook.rows.layers import annotation_rows
from tollbook.rows.lines import Row, encoded, line, rounded

__all__ = [
    "Row",
    "annotation_rows",
    "characterisation_row",
    "claim_row",
    "encoded",
    "finding_row",
    "incident_row",
    "line",
    "report_row",
    "rounded",
    "statement_row",
]
