"""Short ways to write claims, placements and a book of sources for the tests of findings."""

import datetime as dt
from dataclasses import replace
from typing import Any

from tollbook.findings import reconcile
from tollbook.model import Claim, DateRange, Finding, Incident, Placement, Quantity, Source, SourceKind, Span, digest

EVENT = dt.date(2031, 5, 2)
INCIDENT = Incident("i1", "Tarn Ferry, 2 May 2031", "collapse", DateRange(EVENT, EVENT, "day", "said"))

# Parents of invented sources; every other name is its own party.
PARENTS = {
    "President Mila Orvane": "Government of Velmark",
    "Velmark State News": "Government of Velmark",
    "Harbour Ministry": "Government of Velmark",
}


class Book:
    """A book of sources that knows `PARENTS` and nothing else."""

    def party(self, name: str, /) -> str:
        return PARENTS.get(name, name)

    def kind(self, name: str, /) -> SourceKind | None:
        return "government" if name in PARENTS and "News" not in name else None


def quantity(figure: int | str | Quantity) -> Quantity:
    """12, "12+", ">12", "~12", "<=12", "0", "dozens" or "10-12" as a quantity."""
    if isinstance(figure, Quantity):
        return figure
    text = str(figure)
    if text == "0":
        return Quantity.none()
    if text.endswith("+"):
        return Quantity.at_least(int(text[:-1]))
    for sign, make in ((">", Quantity.more_than), ("~", Quantity.about), ("<=", Quantity.at_most)):
        if text.startswith(sign):
            return make(int(text.removeprefix(sign)))
    if "-" in text:
        low, _, high = text.partition("-")
        return Quantity.between(int(low), int(high))
    vague = {"dozens": 24, "hundreds": 100, "several": 3, "many": 3, "others": 2}
    return Quantity.vague(text, vague[text]) if text in vague else Quantity.exact(int(text))


def claim(
    figure: int | str | Quantity,
    by: str | None = None,
    report: str = "r1",
    measure: str = "killed",
    group: str = "all",
    **more: Any,
) -> Claim:
    """A claim of `INCIDENT`; `by` is the innermost source, `publisher` the paper's name, `at` where it stands."""
    at, publisher, text = more.pop("at", None), more.pop("publisher", None), more.pop("text", None)
    unit = more.pop("unit", "person")
    amount = quantity(figure)
    start = at if at is not None else int(digest(figure, by, report, measure, group, str(more), length=6), 16)
    span = Span(start, start + 4, more.pop("part", "text"))
    chain = (Source(by, more.pop("kind", _kind(by)), "said", Span(1, 3)),) if by else ()
    chain += (Source(publisher, "publisher"),) if publisher else ()
    made = Claim(
        Claim.id_of(text or report, span, measure), report, span, f"{figure} {group}", measure, group, unit, amount
    )
    return replace(made, **{"attribution": chain, "incident": "i1", **more})


def _kind(name: str) -> SourceKind:
    """What a reader makes of an invented name."""
    kinds: dict[str, SourceKind] = {"Hospital": "medics", "Union": "organisation", "Relief": "organisation"}
    return next((kind for word, kind in kinds.items() if word in name), "official")


def copy_of(claims: list[Claim], report: str) -> list[Claim]:
    """The claims of a report as its copy `report` has them, under ids of its own."""
    return [replace(one, report=report, id=digest(report, one.id)) for one in claims]


def day(number: int) -> dt.date:
    """So many days after the event."""
    return EVENT + dt.timedelta(days=number)


def findings(claims: list[Claim], *rules: str, **more: Any) -> dict[tuple[str, str], Finding]:
    """Findings of the first rule set by measure and group."""
    book = more.pop("sources", Book())
    found = reconcile([INCIDENT], claims, more.pop("rulings", ()), rules or ("range",), sources=book, **more)
    return {(one.measure, one.group): one for one in reversed(found)}


def killed(claims: list[Claim], *rules: str, **more: Any) -> Finding:
    """The finding of all killed."""
    return findings(claims, *rules, **more)["killed", "all"]


def ends(finding: Finding) -> tuple[object, object, object]:
    return (finding.low, finding.best, finding.high)


def copies(original: str, *reports: str) -> list[Placement]:
    """Where an original and its copies stand."""
    return [Placement(original, family="f1"), *(Placement(one, copy_of=original, family="f1") for one in reports)]
