"""Sums over the incidents of a project: what `tollbook total` prints.

Input: the project's folder, what to sum by, which measures and groups. Output: `Total`s. A name that is none
lists those that are there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from tollbook.errors import UsageError
from tollbook.findings.ruleset import RuleSet
from tollbook.findings.totals import check_by
from tollbook.findings.totals import totals as sums
from tollbook.model import Total
from tollbook.pipeline.project_folder import record


def totals(
    folder: Path,
    by: Sequence[str] = (),
    *,
    measures: Sequence[str] = (),
    groups: Sequence[str] = (),
    rules: Sequence[str | RuleSet] = ("range",),
    as_of: dt.date | None = None,
) -> tuple[Total, ...]:
    """Sums of a project's findings, by rule set, measure, group and unit, and what `by` names."""
    check_by(by)
    told = record(folder, rules=rules, as_of=as_of)
    _check("measure", measures, {one.measure for one in told.findings})
    _check("group", groups, {one.group for one in told.findings})
    some = [
        one
        for one in told.findings
        if (not measures or one.measure in measures) and (not groups or one.group in groups)
    ]
    return sums(told.incidents, some, told.grades, by)


def _check(what: str, wanted: Iterable[str], there: Iterable[str]) -> None:
    strange = next((one for one in wanted if one not in set(there)), None)
    if strange is not None:
        raise UsageError(f"no {what} '{strange}' has a figure; there are: {', '.join(sorted(there)) or 'none'}")
