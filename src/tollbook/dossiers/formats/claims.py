"""The claims that a dossier shows, a row each, as CSV and as JSONL.

Input: a `Dossier`. Output: text. Worked: the claim "at least 40 people" is the row `c12,R7,…,at_least,40,40,,…`. A
cell that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers. Ids are the
dossier's own ("c12"), since the record's are hashed from unmasked text.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator

from tollbook.dossiers.value import Dossier, Entry
from tollbook.model import Number

Value = str | Number | None
# A spreadsheet takes these for the start of a formula, also after blanks; a full-width sign counts as its plain form.
_FORMULA = re.compile(r"^[\s\x00-\x20]*[=+\-@\t\r＝＋－＠]")


def as_csv(dossier: Dossier) -> str:
    """CSV with a header, CRLF line ends as RFC 4180 has them, formulas made harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    rows = list(_rows(dossier))
    writer.writerow(_KEYS)
    writer.writerows([harmless(row[key]) for key in _KEYS] for row in rows)
    return out.getvalue()


def as_jsonl(dossier: Dossier) -> str:
    """One JSON object a line, keys as in the CSV."""
    return "".join(json.dumps({key: row[key] for key in _KEYS}, ensure_ascii=False) + "\n" for row in _rows(dossier))


def harmless(value: Value) -> Value:
    """A text that a spreadsheet can't take for a formula."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


_KEYS = (
    "claim",
    "incident",
    "report",
    "publisher",
    "published",
    "url",
    "said",
    "before",
    "after",
    "measure",
    "group",
    "unit",
    "affiliation",
    "bound",
    "value",
    "low",
    "high",
    "basis",
    "modality",
    "said_by",
    "chain",
    "date",
    "as_of",
    "copies",
    "conflicts",
)


def _rows(dossier: Dossier) -> Iterator[dict[str, Value]]:
    """Every entry of every page, then those of no incident."""
    publishers = {report.ref: report for report in dossier.reports}
    placed = [(page.name, entry) for page in dossier.pages for entry in page.entries]
    for incident, entry in (*placed, *(("", entry) for entry in dossier.loose)):
        report = publishers[entry.report]
        yield {
            **_figure(entry),
            "claim": entry.ref,
            "incident": incident,
            "report": entry.report,
            "publisher": report.publisher,
            "published": report.published,
            "url": report.url,
            "said": entry.words.said,
            "before": entry.words.before,
            "after": entry.words.after,
            "said_by": entry.chain[0].name if entry.chain else report.publisher,
            "chain": " < ".join(link.name for link in entry.chain),
            "date": entry.date,
            "as_of": entry.as_of,
            "copies": " ".join(entry.copies),
            "conflicts": " ".join(entry.conflicts),
        }


def _figure(entry: Entry) -> dict[str, Value]:
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
