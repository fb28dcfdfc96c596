"""Claims as W3C Web Annotations, reports and findings as PROV entities, in JSON-LD.

Input: a `Dossier`. Output: text. Worked: "At least 40 people" at 10 to 28 of report R7 is an Annotation whose body is
the figure (40, no upper end) and whose target is `#R7` with a TextPositionSelector 10–28 and a TextQuoteSelector. Words
in which a name is masked are no quotation, and a report of which anything is masked has no positions, since they would
tell how long the name is: what a selector gives stands in the text as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tollbook.dossiers.masks import UNCHECKED
from tollbook.dossiers.value import Column, Dossier, Entry, Page, Reference, Ruled, Words
from tollbook.model import DateRange

Node = dict[str, Any]
ANNO = "http://www.w3.org/ns/anno.jsonld"
_TERMS = """
measure group unit bound value low high stated modality basis affiliation said_by kind part incident rules best
status origins derivation stage decision title publisher published date as_of place country named column name
"""
OWN = {
    "prov": "http://www.w3.org/ns/prov#",
    "tb": "urn:tollbook:",
    **{name: f"tb:{name}" for name in _TERMS.split()},
}
_TOKEN = re.compile(rf"\[name [\d or]+\]|\[contact\]|{re.escape(UNCHECKED)}")


def write(dossier: Dossier) -> str:
    """One document with a graph, a node a line."""
    lines = ",\n".join(json.dumps(node, ensure_ascii=False) for node in graph(dossier))
    return f'{{"@context": {json.dumps([ANNO, OWN])}, "@graph": [\n{lines}\n]}}\n'


def graph(dossier: Dossier) -> Iterator[Node]:
    """Reports, then incidents with their claims and findings, then claims of no incident."""
    yield from map(_report, dossier.reports)
    for page in dossier.pages:
        yield _incident(page)
        yield from (_claim(entry, f"#{page.slug}") for entry in page.entries)
        yield from (_finding(page, column, ruled) for column, ruled in page.findings)
    yield from (_claim(entry, None) for entry in dossier.loose)


def _report(report: Reference) -> Node:
    return _known(
        id=f"#{report.ref}",
        type="prov:Entity",
        title=report.title,
        publisher=report.publisher,
        published=report.issued,
        **{
            "prov:wasDerivedFrom": _ref(f"#{report.copy_of}" if report.copy_of else None),
            "prov:atLocation": {"id": report.url, "type": "prov:Location"} if report.url else None,
        },
    )


def _incident(page: Page) -> Node:
    place = page.place
    return _known(
        id=f"#{page.slug}",
        type="prov:Entity",
        title=page.name,
        kind=page.kind,
        date=interval(page.date),
        place=place.name if place else None,
        country=place.country if place else None,
        named=[{"column": column, "name": one.name, "said_by": one.said_by} for column, one in page.named.items()],
    )


def interval(date: DateRange | None) -> str | None:
    """First and last day as ISO 8601 has an interval: "2031-05-06/2031-05-07"."""
    return None if date is None else f"{date.start.isoformat()}/{date.end.isoformat()}"


def _claim(entry: Entry, incident: str | None) -> Node:
    quantity = entry.quantity
    body = _known(
        type="tb:Figure",
        measure=entry.measure,
        group=entry.group,
        unit=entry.unit,
        bound=str(quantity.bound),
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        stated=entry.stated,
        modality=entry.modality,
        basis=entry.basis,
        affiliation=entry.affiliation,
        said_by={"@list": [link.name for link in entry.chain]} if entry.chain else None,
        date=interval(entry.dates),
        as_of=entry.as_of_day.isoformat() if entry.as_of_day else None,
        incident=_ref(incident),
    )
    report = f"#{entry.report}"
    return _known(
        id=f"#{entry.ref}",
        type=["Annotation", "prov:Entity"],
        motivation="describing",
        body=body,
        stage=str(entry.stage),
        decision=entry.decision or None,
        target=_known(type="SpecificResource", source=report, selector=_selectors(entry), part=entry.part),
        **{"prov:hadPrimarySource": _ref(report)},
    )


def _selectors(entry: Entry) -> list[Node]:
    """Where the words stand, if nothing of the report is masked; the words, if none of them is, as far as none is."""
    found: list[Node] = []
    if entry.start is not None:
        found.append({"type": "TextPositionSelector", "start": entry.start, "end": entry.end})
    before, said, after = _plain(entry.words)
    if said:
        found.append(_known(type="TextQuoteSelector", exact=said, prefix=before, suffix=after))
    return found


def _plain(words: Words) -> tuple[str, str, str]:
    """The words up to the nearest masked ones each side; none where they are masked themselves."""
    if _TOKEN.search(words.said):
        return "", "", ""
    return _TOKEN.split(words.before)[-1], words.said, _TOKEN.split(words.after)[0]


def _finding(page: Page, column: Column, ruled: Ruled) -> Node:
    supports = [
        _ref(f"#{entry.ref}")
        for entry in page.entries
        if (entry.measure, entry.group, entry.unit) == (column.measure, column.group, column.unit)
        and any(one.rules == ruled.rules and one.verdict == "supports" for one in entry.judgements)
    ]
    activity = {"type": "prov:Activity", "rules": ruled.rules}
    return _known(
        id=f"#{page.slug}-{column.ref}-{ruled.rules}",
        type=["prov:Entity", "tb:Finding"],
        measure=column.measure,
        group=column.group,
        unit=column.unit,
        low=ruled.low,
        best=ruled.best,
        high=ruled.high,
        status=ruled.status,
        origins=ruled.origins,
        incident=_ref(f"#{page.slug}"),
        derivation={"@list": list(ruled.derivation)},
        **{"prov:wasDerivedFrom": supports, "prov:wasGeneratedBy": activity},
    )


def _ref(iri: str | None) -> Node | None:
    return {"id": iri} if iri else None


def _known(**values: Any) -> Node:
    """A node without what isn't known; zero is known."""
    return {name: value for name, value in values.items() if value is not None and value != "" and value != []}
