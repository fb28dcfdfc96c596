"""Incidents, reports, claims and bodies as entities of followthemoney, one JSON object a line.

Input: a `Dossier`. Output: text. Worked: "At least 40 people died, the Flood Office said" in a report is a
`Documentation` between the report's `Article` and the incident's `Event`, and a `Mention` of the Flood Office, which is
a `PublicBody`. Nobody is a `Person` and nobody is `involved`: who speaks of an event has no part in it. Ids are
commitments under the project's secret, the same at every export; without one they are the dossier's own numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tollbook.dossiers.checks import checked
from tollbook.dossiers.figures import interval, label
from tollbook.dossiers.formats import events
from tollbook.dossiers.value import Column, Dossier, Entry, Page, Reference, Ruled
from tollbook.model import DateRange, digest
from tollbook.rulings import Stage

Entity = dict[str, Any]
# Kinds of sources that are bodies with a name; persons, officials and witnesses are no entities. An army may be no
# state's, so that only a government's office is called a public body.
_SCHEMATA = {
    "government": "PublicBody",
    "military": "Organization",
    "police": "Organization",
    "organisation": "Organization",
    "media": "Organization",
}
_UNKNOWN = {"an", "cs"}  # codes of dissolved countries that followthemoney does not know
_LONGEST = {"name": 384, "title": 1024, "publisher": 1024, "location": 250}  # as the schema bounds them


def write(dossier: Dossier) -> str:
    """The entities, one a line."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entities(dossier))


def entities(dossier: Dossier) -> Iterator[Entity]:
    """Articles, bodies and mentions, then each incident with its place, claims and findings, then loose claims."""
    articles = {report.ref: _id("report", report.key, report.ref) for report in dossier.reports}
    yield from (_article(report, articles[report.ref]) for report in dossier.reports)
    entries = [*(entry for page in dossier.pages for entry in page.entries), *dossier.loose]
    yield from _bodies(entries, articles, dossier.key)
    for page in dossier.pages:
        yield from _incident(page, articles)
    for entry in dossier.loose:
        yield _entity("Note", _id("claim", entry.key, entry.ref), entity=articles[entry.report], **_claim(entry))


def _article(report: Reference, id: str) -> Entity:
    return _entity(
        "Article", id, title=report.title, publisher=report.publisher, publishedAt=report.issued, sourceUrl=report.url
    )


def _bodies(entries: Iterable[Entry], articles: dict[str, str], key: str) -> Iterator[Entity]:
    """Each body that a figure is ascribed to, and each report's mention of it, once.

    Ids are the project's own: the "Union" of another one is another union.
    """
    seen: set[str] = set()
    for entry in entries:
        for link in entry.chain:
            schema = _SCHEMATA.get(link.kind)
            # "police" or "the army" alone is nobody in particular; a masked name is nobody at all.
            if schema is None or link.name == link.name.lower() or "[" in link.name:
                continue
            body = f"tollbook-body-{digest(key, schema, link.name)}"
            mention = f"tollbook-mention-{digest(body, articles[entry.report])}"
            if body not in seen:
                yield _entity(schema, body, name=link.name)
            if mention not in seen:
                named = {"name": link.name, "detectedSchema": schema}
                yield _entity("Mention", mention, document=articles[entry.report], resolved=body, **named)
            seen |= {body, mention}


def _incident(page: Page, articles: dict[str, str]) -> Iterator[Entity]:
    event = _id("incident", page.key, page.slug)
    lat, lon = events.degrees(page)
    country = (page.place.country or "").lower() if page.place else ""
    country = "" if country in _UNKNOWN else country
    start, end = _day(page.date)
    known = {"name": page.name, "keywords": page.kind, "startDate": start, "endDate": end, "country": country}
    address = f"{event}-place" if lat is not None and page.place else None
    place = page.place.name if page.place else None
    if address:
        yield _entity("Address", address, full=place, country=country, latitude=lat, longitude=lon)
    proof = [articles[report.ref] for report in page.reports]
    yield _entity("Event", event, **known, location=place, addressEntity=address, proof=proof, recordId=page.slug)
    for entry in page.entries:
        start, end = _day(entry.dates)
        edge = {"document": articles[entry.report], "entity": event, "recordId": entry.ref, "status": entry.modality}
        when = {"date": entry.as_of_day.isoformat() if entry.as_of_day else None, "startDate": start, "endDate": end}
        yield _entity("Documentation", _id("claim", entry.key, entry.ref), **edge, **when, **_claim(entry))
    yield from (_finding(event, column, ruled) for column, ruled in page.findings)


def _claim(entry: Entry) -> dict[str, str]:
    """The figure in words with those who say so and how far it was checked, and the exact words, names masked."""
    what = f"{label(entry.measure, entry.group, entry.unit)}: {entry.stated}"
    chain = " < ".join(link.name for link in entry.chain)
    words = entry.words
    said = f"{what}, according to {chain}" if chain else what
    return {
        "description": said if entry.stage is Stage.OPEN else f"{said} ({checked(entry)})",
        "summary": f"{words.before}{words.said}{words.after}",
    }


def _finding(event: str, column: Column, ruled: Ruled) -> Entity:
    best = "" if ruled.best is None else f", best {ruled.best:,}"
    name = f"{column.label}: {interval(ruled.low, ruled.high)}{best} by {ruled.rules}"
    id = f"{event}-{digest(column.measure, column.group, column.unit, ruled.rules)}"
    return _entity("Note", id, entity=event, name=name, keywords=ruled.status, description="\n".join(ruled.derivation))


def _day(date: DateRange | None) -> tuple[str | None, str | None]:
    """First and last day, as short as it is known: a month is 2031-05, a year 2031."""
    if date is None:
        return None, None
    size = {"month": 7, "year": 4, "years": 4}.get(date.precision, 10)
    return date.start.isoformat()[:size], date.end.isoformat()[:size]


def _id(kind: str, key: str, ref: str) -> str:
    return f"tollbook-{kind}-{key or ref}"


def _entity(schema: str, id: str, **values: str | float | list[str] | None) -> Entity:
    """An entity with what is known; every value is a list of texts, blanks made one and cut to the schema's bound."""
    properties = {}
    for name, value in values.items():
        found = [_text(name, one) for one in (value if isinstance(value, list) else [value]) if one is not None]
        if any(found):
            properties[name] = [one for one in found if one]
    return {"id": id, "schema": schema, "properties": properties}


def _text(name: str, value: str | float) -> str:
    text = " ".join(str(value).split()) if name in _LONGEST else str(value).strip()
    most = _LONGEST.get(name, len(text))
    return text if len(text) <= most else f"{text[: most - 1]}…"
