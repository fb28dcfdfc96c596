"""An incident in one line of a list: its best known figure, and what is left to do on it. Pure.

Input: an incident with its claims, its findings by the first rule set, and how many claims are open. Output: a
`Summary`. Worked: "Arvelle, 1 May 2031", killed 31–34, disputed, 4 reports, 12 claims, 7 of them open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tollbook.dossiers.figures import column_order, interval, label
from tollbook.model import Claim, Finding, Incident
from tollbook.values import dataclass

# What stands for an incident, where it is known: lives first.
_FIRST = (("killed", "all", "person"), ("killed_or_missing", "all", "person"), ("killed", "civilians", "person"))


@dataclass(frozen=True, slots=True)
class Summary:
    """`figure` is the published range of `label`, both "" where nothing is counted; `day` its first day, as ISO.

    `disputed` counts figures in dispute, `open` the claims that nobody ruled on. `is_hidden` where it is told to
    somebody who codes claims of it blind, without any of these.
    """

    id: str
    name: str
    day: str
    reports: int
    claims: int
    open: int
    disputed: int
    label: str
    figure: str
    status: str
    is_hidden: bool = False

    def hidden(self) -> Summary:
        """The line without what shows how people ruled."""
        return replace(self, open=0, disputed=0, label="", figure="", status="", is_hidden=True)


def summary_of(incident: Incident, claims: Iterable[Claim], findings: Sequence[Finding], still_open: int) -> Summary:
    """The line of one incident; `findings` of one rule set."""
    own = list(claims)
    head = min(findings, key=_rank, default=None)
    return Summary(
        incident.id,
        incident.name,
        incident.date.start.isoformat() if incident.date else "",
        len({one.report for one in own}),
        len(own),
        still_open,
        sum(one.standing == "disputed" for one in findings),
        label(head.measure, head.group, head.unit) if head else "",
        interval(head.low, head.high) if head else "",
        head.standing if head else "",
    )


def _rank(one: Finding) -> tuple[bool, int, tuple[int, int, str, str]]:
    """Figures on which something stands before others, then as people ask."""
    key = (one.measure, one.group, one.unit)
    return not one.supports, _FIRST.index(key) if key in _FIRST else len(_FIRST), column_order(key)
