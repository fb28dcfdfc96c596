"""Incidents as CSV with a row of HXL hashtags under the header, as humanitarian tools read it.

Input: a `Dossier`. Output: CSV, a row for each incident and rule set. Worked: 3 to 5 women injured fill the columns
tagged `#affected+injured+f+min` and `#affected+injured+f+max`. Only persons; a column that nothing fills is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.dossiers.formats import events
from tollbook.dossiers.formats.tables import Kind, Row, as_csv
from tollbook.dossiers.value import Dossier, Page, Ruled

MEASURES = ("killed", "injured", "missing", "displaced", "evacuated", "homeless", "affected", "arrested", "abducted")
# What a group is in HXL's attributes; the whole has none.
GROUPS = {
    "all": "",
    "women": "+f",
    "men": "+m",
    "children": "+children",
    "girls": "+f+children",
    "boys": "+m+children",
    "elderly": "+elderly",
    "civilians": "+civilians",
}
_ENDS = {"low": "+min", "best": "", "high": "+max"}
_FIXED = {
    "incident": "#event+id",
    "name": "#event+name",
    "kind": "#event+type",
    "date_start": "#date+start",
    "date_end": "#date+end",
    "place": "#loc+name",
    "country": "#country+code",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "rules": "#meta+method",
    "sources": "#meta+source",
}
_COUNTED = {
    f"{measure}_{group}_{end}": f"#affected{'' if measure == 'affected' else f'+{measure}'}{attributes}{mark}"
    for measure in MEASURES
    for group, attributes in GROUPS.items()
    for end, mark in _ENDS.items()
}
TAGS = {**_FIXED, **_COUNTED}
COLUMNS: dict[str, Kind] = {
    name: "number" if name in _COUNTED or name in {"latitude", "longitude"} else "text" for name in TAGS
}


def write(dossier: Dossier) -> str:
    """The table, its tags in the second line."""
    made = list(rows(dossier))
    used = [name for name in TAGS if name in _FIXED or any(row.get(name) is not None for row in made)]
    return as_csv(used, made, above=[TAGS[name] for name in used])


def rows(dossier: Dossier) -> Iterator[Row]:
    """The rows; of what is counted, only what is known."""
    for page in dossier.pages:
        for rules in dossier.rules:
            yield {**_known(page), "rules": rules, **_figures(page, rules)}


def _known(page: Page) -> Row:
    start, end = events.days(page)
    lat, lon = events.degrees(page)
    return {
        "incident": page.slug,
        "name": page.name,
        "kind": page.kind,
        "date_start": start,
        "date_end": end,
        "place": page.place.name if page.place else None,
        "country": page.place.country if page.place else None,
        "latitude": lat,
        "longitude": lon,
        "sources": events.listed(report.publisher for report in events.own_reports(page)),
    }


def _figures(page: Page, rules: str) -> Row:
    found: Row = {}
    for column in page.columns:
        if column.measure in MEASURES and column.group in GROUPS and column.unit == "person":
            for ruled in (one for one in column.ruled if one.rules == rules):
                found.update(_ends(f"{column.measure}_{column.group}", ruled))
    return found


def _ends(name: str, ruled: Ruled) -> Row:
    ends = {"low": ruled.low, "best": ruled.best, "high": ruled.high}
    return {f"{name}_{end}": value for end, value in ends.items() if value is not None}
