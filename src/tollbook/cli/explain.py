"""How a figure came about, on a terminal: what each rule set makes of it, and each claim's words in their sentence."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tollbook.cli.console import echo

if TYPE_CHECKING:
    from tollbook.model import Claim, Finding
    from tollbook.pipeline.figures import Explanation, Quote

WIDTH = 100


def print_explanation(told: Explanation) -> None:
    """The findings with their derivations, then the quotes in order of publication, then the rulings."""
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
    for ruling in told.rulings:
        echo()
        echo(_wrapped(f"ruling #{ruling.seq} by {ruling.who}: {ruling.action} {ruling.claim}: {ruling.why}", "  "))


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
                "claim": claim_row(one.claim),
            }
            for one in told.quotes
        ],
        "rulings": [
            {
                "ruling": one.seq,
                "action": one.action,
                "claim": one.claim,
                "why": one.why,
                "who": one.who,
                "when": one.when,
            }
            for one in told.rulings
        ],
    }
