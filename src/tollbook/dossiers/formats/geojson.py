"""Incidents as GeoJSON (RFC 7946): a feature for each, with its findings as properties.

Input: a `Dossier`. Output: text. Worked: an incident at 10° north, 20° east is a Point [20.0, 10.0]; one without a
known place is a feature whose geometry is null, as the standard allows, so that no incident is lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tollbook.dossiers.formats import events
from tollbook.dossiers.value import Dossier, Page


def write(dossier: Dossier) -> str:
    """The collection, one feature a line."""
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features(dossier))
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'


def features(dossier: Dossier) -> Iterator[dict[str, Any]]:
    """A feature an incident."""
    for page in dossier.pages:
        lat, lon = events.degrees(page)
        point = None if lat is None else {"type": "Point", "coordinates": [lon, lat]}
        yield {"type": "Feature", "id": page.slug, "geometry": point, "properties": _properties(page)}


def _properties(page: Page) -> dict[str, Any]:
    start, end = events.days(page)
    return {
        "name": page.name,
        "kind": page.kind,
        "date_start": start,
        "date_end": end,
        "date_precision": page.date.precision if page.date else None,
        "place": page.place.name if page.place else None,
        "country": page.place.country if page.place else None,
        "where_prec": page.place.precision if page.place else None,
        "reports": [report.ref for report in page.reports],
        "claims": page.claims,
        "named": [{"column": column, "name": one.name, "said_by": one.said_by} for column, one in page.named.items()],
        "findings": [{**events.finding(column, one), "origins": one.origins} for column, one in page.findings],
    }
