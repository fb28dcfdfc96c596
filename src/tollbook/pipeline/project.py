"""A project: reports added over time, people's rulings beside them, and the record that both make.

Input: a project's folder and what a person wants of it. Output: values for the command line to show. The functions:

    init(folder, by)                             an empty project
    add(folder, inputs, by)                      reports in; idempotent, in any order the same record
    record(folder, rules=, as_of=)               the whole record, recomputed
    rule(folder, target, action, values, why, by)   a person's decision
    explain(record, figure), find_incident(record, id)   one figure, one incident
    publish(folder, out, rules=, as_of=)         the dossier
    totals(folder, by, rules=, as_of=)           sums over incidents
    check(folder, keys=, kept=)                  what was checked, and what is not as the log says
    verify(folder)                               the latter alone

`by` is a `Stamp(who, when)`: the command line asks the clock and the user's name, nothing below it does.
"""

from tollbook.pipeline.adding import Added, Reader, add, reader_of
from tollbook.pipeline.figures import Explanation, Quote, explain
from tollbook.pipeline.lookup import Figure, find_figure, find_id, find_incident
from tollbook.pipeline.project_folder import init, open_project, record
from tollbook.pipeline.ruling import rule
from tollbook.pipeline.summing import totals
from tollbook.pipeline.verifying import check, verify
from tollbook.store import Stamp

__all__ = [
    "Added",
    "Explanation",
    "Figure",
    "Quote",
    "Reader",
    "Stamp",
    "add",
    "check",
    "explain",
    "find_figure",
    "find_id",
    "find_incident",
    "init",
    "open_project",
    "reader_of",
    "record",
    "rule",
    "totals",
    "verify",
]
