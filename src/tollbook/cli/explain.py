"""How a figure or an incident came about, on a terminal.

Of a figure: what each rule set makes of it, and each claim's words in their sentence. Of an incident: why each report
is taken to tell of it.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tollbook.cli.console import echo, echo_json
from tollbook.text import counted

if TYPE_CHECKING:
    from tollbook.model import Claim, DateRange, Finding, Place, Ruling
    from tollbook.pipeline.figures import Explanation, Quote
    from tollbook.pipeline.membership import Member, Membership

WIDTH = 100


def tell_day(day: dt.date | None) -> None:
    """What an earlier day leaves out."""
    if day is not None:
        echo(f"What was known on {day}; reports published later and rulings made later are left out.")


def tell_figure(told: Explanation, as_json: bool) -> None:
    """The findings with their derivations, then the quotes in order of publication, then the rulings."""
    if as_json:
        echo_json(explanation_json(told))
        return
    echo(f"{told.incident.name}: {told.figure.measure}, {told.figure.group}, {told.figure.unit}")
    for finding in told.findings:
        echo()
        echo(f"{finding.rules}: {figures(finding)}, {finding.standing}")
        for number, step in enumerate(finding.derivation, start=1):
            echo(_wrapped(step, f"{number:>4}. "))
    for quote in told.quotes:
        echo()
        for line in quote_lines(quote):
            echo(line)
    _print_rulings(told.rulings)


def tell_membership(told: Membership, as_json: bool) -> None:
    """The incident's date and place, then each report with the reasons for which it is there, then the rulings."""
    if as_json:
        echo_json(membership_json(told))
        return
    incident = told.incident
    was = f", was {', '.join(incident.aliases)}" if incident.aliases else ""
    echo(f"{incident.name} ({incident.kind}): incident {incident.id}{was}")
    echo(f"  {when_and_where(incident.date, incident.place)}")
    echo(_wrapped(f"counted: {', '.join(told.figures) or 'nothing'}", "  "))
    for member in told.members:
        echo()
        for line in member_lines(member):
            echo(line)
    _print_rulings(told.rulings)


def member_lines(member: Member) -> Iterator[str]:
    """Which report, and the reasons for which most of its claims are in the incident, then those of the others."""
    report = member.report
    told = [one for one in (report.publisher, report.published) if one]
    told += [f"copy of {member.copy_of}"] if member.copy_of else []
    yield f"  {', '.join([report.id, *told])}: {counted(len(member.claims), 'claim')}"
    for link in member.links:
        yield _wrapped(f"{link.score:.3f}  {'; '.join(link.reasons)}", "      ")


def when_and_where(date: DateRange | None, place: Place | None) -> str:
    """ "2019-03-12 (weekday before publication); Tessavar (where_prec 1)"."""
    days = "date not known"
    if date is not None:
        days = date.start.isoformat() if date.start == date.end else f"{date.start} to {date.end}"
        days += f" ({date.rule})"
    return f"{days}; {f'{place.name} (where_prec {place.precision})' if place else 'place not known'}"


def _print_rulings(rulings: tuple[Ruling, ...]) -> None:
    from tollbook.cli.rulings import about
    from tollbook.rulings import fates

    for one in fates(rulings):
        made, state = one.ruling, f" [{one.state}]" if one.withdrawn else ""
        echo()
        echo(_wrapped(f"ruling #{made.seq} by {made.who}, {made.when}: {about(made)}: {made.why}{state}", "  "))


def figures(finding: Finding) -> str:
    low, best, high = ("?" if end is None else f"{end:,}" for end in (finding.low, finding.best, finding.high))
    return f"low {low}, best {best}, high {high}"


def quote_lines(quote: Quote) -> Iterator[str]:
    """Whose words, what became of the claim, and the sentence with the claimed words marked."""
    claim, report = quote.claim, quote.report
    when = f", {report.published}" if report.published else ""
    yield f"  {claim.id}  {report.id}{when}: {quote.fate}"
    yield _wrapped(" ".join(f"{quote.before}»{quote.words}«{quote.after}".split()), "      ")
    yield f"      said by {chain(claim)}; {claim.span.part} {claim.span.start}–{claim.span.end}"
    yield f"      {when_and_where(claim.date, claim.place)}"
    for field, (_, now) in quote.ruled.items():
        yield _wrapped(f"by ruling {field} counts as: {now}", "      ")


def chain(claim: Claim) -> str:
    """The attribution chain, innermost first."""
    return ", as told by ".join(link.source for link in claim.attribution) or "nobody named"


def _wrapped(text: str, indent: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))


def explanation_json(told: Explanation) -> dict[str, Any]:
    """The same for a program: rows as in the public files, and the words around each claim."""
    from tollbook.rows import claim_row, finding_row, incident_row

    return {
        "figure": str(told.figure),
        "incident": incident_row(told.incident),
        "findings": [finding_row(finding) for finding in told.findings],
        "quotes": [
            {
                "before": one.before,
                "words": one.words,
                "after": one.after,
                "fate": one.fate,
                "ruled": {field: {"read": read, "counts": now} for field, (read, now) in one.ruled.items()},
                "claim": claim_row(one.claim),
            }
            for one in told.quotes
        ],
        "rulings": _rulings_json(told.rulings),
    }


def membership_json(told: Membership) -> dict[str, Any]:
    """The same of an incident; its row has the link of each claim."""
    from tollbook.rows import incident_row

    return {
        "incident": incident_row(told.incident),
        "figures": list(told.figures),
        "members": [
            {
                "report": one.report.id,
                "copy_of": one.copy_of,
                "claims": [claim.id for claim in one.claims],
                "links": [{"score": link.score, "reasons": list(link.reasons)} for link in one.links],
            }
            for one in told.members
        ],
        "rulings": _rulings_json(told.rulings),
    }


def _rulings_json(rulings: tuple[Ruling, ...]) -> list[dict[str, Any]]:
    from tollbook.cli.rulings import row
    from tollbook.rulings import fates

    return list(map(row, fates(rulings)))
