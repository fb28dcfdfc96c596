"""Sources become reports: read_inputs, the archive, and what is told of an input that can't be read.

Input: files, folders, JSONL, standard input, URLs. Output: `Report` values, as in
`gather(["pages/"]).reports[0].text`. What is read how stands in docs/reports.md.
"""

from tollbook.reports.archive import Archive
from tollbook.reports.clashes import Gathered
from tollbook.reports.custody import Custody
from tollbook.reports.inputs import gather, read_each, read_inputs
from tollbook.reports.notes import notes, textless
from tollbook.reports.options import Failure, InputOptions

__all__ = [
    "Archive",
    "Custody",
    "Failure",
    "Gathered",
    "InputOptions",
    "gather",
    "notes",
    "read_each",
    "read_inputs",
    "textless",
]
