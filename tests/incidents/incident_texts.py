"""Reports for the tests of this stage: invented outlets, and towns of the gazetteer far from any such event."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache

from tollbook import claims
from tollbook.incidents import Linked, Relations, SourceBook, link, outline, relate
from tollbook.lexicon import load
from tollbook.lexicon.gazetteer import Gazetteer
from tollbook.model import Incident, Reading, Report

GAZETTEER = Gazetteer()


def report(name: str, text: str, published: str | None = None, **more: str) -> Report:
    """A report of this id and text; its hashes are those of the text."""
    sha = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Report(name, text, sha, sha, published=published, **more)  # type: ignore[arg-type]


@cache
def read(one: Report) -> Reading:
    return claims.read(one, load("en"), GAZETTEER)


def related(*reports: Report) -> Relations:
    """The relations of some reports, sorted by id."""
    book = SourceBook.load()
    return relate(reports, [outline(one, read(one), book, GAZETTEER)[0] for one in reports], book)


def linked(reports: Iterable[Report]) -> Linked:
    chosen = list(reports)
    return link(chosen, [read(one) for one in chosen], SourceBook.load(), GAZETTEER)


def incident_of(result: Linked, name: str, said: str) -> Incident | None:
    """The incident of the figure with these words in a report; None where it is of none."""
    claim = next(claim for claim in result.claims if claim.report == name and claim.said == said)
    return next((incident for incident in result.incidents if incident.id == claim.incident), None)
