"""The claims that a dossier shows, a row each, as CSV and as JSONL.

Input: a `Dossier`. Output: text. Worked: the claim "at least 40 people" is the row `c12,R7,…,at_least,40,40,,…`. A
cell that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers. Ids are the
dossier's own ("c12"), since the record's are hashed from unmasked text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from tollbook.dossiers.formats.tables import Columns, Row, as_csv, columns
from tollbook.dossiers.value import Dossier, Entry

COLUMNS: Columns = columns(
    "claim incident incident_name report publisher published url said before after measure group unit affiliation "
    "bound value low high basis modality said_by chain date_start date_end date_precision as_of place country latitude "
    "longitude where_prec copies conflicts key stage decision",
    numbers="value low high latitude longitude where_prec",
)


def write_csv(dossier: Dossier) -> str:
    """CSV with a header, formulas made harmless."""
    return as_csv(COLUMNS, rows(dossier))


def write_jsonl(dossier: Dossier) -> str:
    """One JSON object a line, keys as in the CSV."""
    lines = ({key: row[key] for key in COLUMNS} for row in rows(dossier))
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def rows(dossier: Dossier) -> Iterator[Row]:
    """Every entry of every page, then those of no incident."""
    publishers = {report.ref: report for report in dossier.reports}
    placed = [(page.slug, page.name, entry) for page in dossier.pages for entry in page.entries]
    for incident, name, entry in (*placed, *(("", "", entry) for entry in dossier.loose)):
        report = publishers[entry.report]
        yield {
            **_figure(entry),
            "claim": entry.ref,
            "incident": incident,
            "incident_name": name,
            "report": entry.report,
            "publisher": report.publisher,
            "published": report.issued or None,
            "url": report.url,
            "said": entry.words.said,
            "before": entry.words.before,
            "after": entry.words.after,
            "said_by": entry.chain[0].name if entry.chain else report.publisher,
            "chain": " < ".join(link.name for link in entry.chain),
            **_when_and_where(entry),
            "copies": " ".join(entry.copies),
            "conflicts": " ".join(entry.conflicts),
            "key": entry.key or None,
            "stage": str(entry.stage),
            "decision": entry.decision or None,
        }


def _when_and_where(entry: Entry) -> Row:
    """Days as 2031-05-06, what isn't known empty."""
    dates, place = entry.dates, entry.place
    return {
        "date_start": dates.start.isoformat() if dates else None,
        "date_end": dates.end.isoformat() if dates else None,
        "date_precision": dates.precision if dates else None,
        "as_of": entry.as_of_day.isoformat() if entry.as_of_day else None,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "where_prec": place.precision if place else None,
    }


def _figure(entry: Entry) -> Row:
    quantity = entry.quantity
    return {
        "measure": entry.measure,
        "group": entry.group,
        "unit": entry.unit,
        "affiliation": entry.affiliation,
        "bound": str(quantity.bound),
        "value": quantity.value,
        "low": quantity.low,
        "high": quantity.high,
        "basis": entry.basis,
        "modality": entry.modality,
    }
