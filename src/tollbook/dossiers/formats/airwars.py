"""Incidents as flat columns in the manner of Airwars: a minimum and a maximum for each group.

Input: a `Dossier`. Output: CSV. Worked: 12 to 14 civilians killed, 3 of them children, is a row with
civilians_killed_min 12, civilians_killed_max 14, children_killed_min 3, children_killed_max 3. Unknown is empty, not 0.
Minimum and maximum of several rows are summed apart. A figure of all is no figure of civilians: the rule set `airwars`
says when it counts as one.
"""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.dossiers.formats import events
from tollbook.dossiers.formats.tables import Row, as_csv, columns
from tollbook.dossiers.value import Dossier, Page

RULES = "airwars"
BELLIGERENTS = ("suspected_belligerents", "known_belligerents")
_COUNTED = {
    "civilians_killed": ("killed", ("civilians",)),
    "children_killed": ("killed", ("children",)),
    "women_killed": ("killed", ("women",)),
    "men_killed": ("killed", ("men",)),
    "civilians_injured": ("injured", ("civilians",)),
}
_ENDS = " ".join(f"{name}_min {name}_max" for name in _COUNTED)
COLUMNS = columns(
    f"incident_code incident_date incident_date_end location country latitude longitude {_ENDS} grading rules "
    "suspected_belligerents known_belligerents belligerents_said_by number_of_sources sources links",
    numbers=f"latitude longitude {_ENDS} number_of_sources",
)


def write(dossier: Dossier) -> str:
    """The table, a row for each incident of violence."""
    return as_csv(COLUMNS, rows(dossier))


def rows(dossier: Dossier) -> Iterator[Row]:
    """The rows, every column in each."""
    for page in events.violent(dossier):
        yield {**dict.fromkeys(COLUMNS), **_known(page), **_figures(page)}


def _known(page: Page) -> Row:
    start, end = events.days(page)
    lat, lon = events.degrees(page)
    reports = events.own_reports(page)
    return {
        "incident_code": page.slug,
        "incident_date": start,
        "incident_date_end": end,
        "location": page.place.name if page.place else None,
        "country": page.place.country if page.place else None,
        "latitude": lat,
        "longitude": lon,
        **events.named(page, BELLIGERENTS),
        "belligerents_said_by": events.listed(events.said_by(page, BELLIGERENTS)),
        "grading": page.grade.grade if page.grade else None,
        "number_of_sources": len(reports),
        "sources": events.listed(report.publisher for report in reports),
        "links": events.listed(report.url for report in reports),
    }


def _figures(page: Page) -> Row:
    found: Row = {}
    for name, (measure, groups) in _COUNTED.items():
        ruled = events.figure(page, measure, groups, RULES)
        if ruled is not None:
            found[f"{name}_min"], found[f"{name}_max"] = ruled.low, ruled.high
            found.setdefault("rules", ruled.rules)
    return found
