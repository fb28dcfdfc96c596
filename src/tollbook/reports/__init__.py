"""Sources become reports: read_inputs, the archive, and what is told of an input that can't be read.

Input: files, folders, JSONL, standard input, URLs. Output: `Report` values, as in
`gather(["pages/"]).reports[0].text`. What is read how stands in docs/reports.md.

Each name is imported when first asked for: who opens an archive needs no reader of web captures.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tollbook.reports.archive import Archive
    from tollbook.reports.clashes import Gathered
    from tollbook.reports.custody import Custody
    from tollbook.reports.inputs import gather, read_each, read_inputs
    from tollbook.reports.notes import textless
    from tollbook.reports.options import Failure, InputOptions

__all__ = [
    "Archive",
    "Custody",
    "Failure",
    "Gathered",
    "InputOptions",
    "gather",
    "read_each",
    "read_inputs",
    "textless",
]

_MODULES = {
    "archive": ("Archive",),
    "clashes": ("Gathered",),
    "custody": ("Custody",),
    "inputs": ("gather", "read_each", "read_inputs"),
    "notes": ("textless",),
    "options": ("Failure", "InputOptions"),
}


def __getattr__(name: str) -> object:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
