"""Incidents in the shape of UCDP GED: its 49 columns in its order.

Input: a `Dossier`. Output: CSV. Worked: a clash with 30 to 41 killed, 34 likeliest, 20 of them civilians, is a row with
best 34, low 30, high 41, deaths_civilians 20, deaths_unknown 14. Ids of conflicts, dyads, sides and countries are
UCDP's own and stay empty, as do the deaths of either side; who the sides are only a ruling says.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from tollbook.dossiers.formats import events
from tollbook.dossiers.formats.tables import Row, as_csv, columns
from tollbook.dossiers.value import Dossier, Page, Ruled
from tollbook.model import Number

RULES = "ucdp"
COLUMNS = columns(
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
    "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b "
    "number_of_sources source_article source_office source_date source_headline source_original where_prec "
    "where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id "
    "region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high "
    "low gwnoa gwnob",
    numbers="year number_of_sources where_prec latitude longitude priogrid_gid event_clarity date_prec "
    "deaths_civilians deaths_unknown best high low",
)
SIDES = ("side_a", "side_b")
_SINGLE = 1  # event_clarity of what its sources tell as one incident; aggregates make no incident


def write(dossier: Dossier) -> str:
    """The table, a row for each incident of violence with at least one death."""
    return as_csv(COLUMNS, rows(dossier))


def rows(dossier: Dossier) -> Iterator[Row]:
    """The rows, every column in each."""
    for page in events.violent(dossier):
        killed = events.figure(page, "killed", ("all", "civilians"), RULES)
        if killed is not None and max(killed.low or 0, killed.best or 0, killed.high or 0) >= 1:
            known = {**_when_and_where(page), **_told(page), **_deaths(page, killed), **events.named(page, SIDES)}
            yield {**dict.fromkeys(COLUMNS), **known}


def _when_and_where(page: Page) -> Row:
    start, end = events.days(page)
    lat, lon = events.degrees(page)
    place = page.place
    return {
        "relid": page.slug,
        "year": events.year(page),
        "where_prec": place.precision if place else None,
        "where_coordinates": place.name if place else None,
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": None if lat is None or lon is None else f"POINT ({lon} {lat})",
        "priogrid_gid": None if lat is None or lon is None else priogrid(lat, lon),
        "country": place.country if place else None,
        "event_clarity": _SINGLE,
        "date_prec": events.date_prec(page),
        "date_start": start,
        "date_end": end,
    }


def _told(page: Page) -> Row:
    """Who tells of it: reports that are no copies, and the innermost sources they name."""
    reports = events.own_reports(page)
    innermost = [row.name for row in page.rows]
    return {
        "number_of_sources": len(reports),
        "source_article": events.listed(
            ", ".join(filter(None, (report.publisher, report.issued, report.title))) for report in reports
        ),
        "source_office": events.listed(report.publisher for report in reports),
        "source_date": events.listed(report.issued for report in reports),
        "source_headline": events.listed(report.title for report in reports),
        "source_original": events.listed([*innermost, *events.said_by(page, SIDES)]),
    }


def _deaths(page: Page, killed: Ruled) -> Row:
    """The parts of the best, which is their sum: who is not said to be a civilian is of unknown side."""
    civilians = events.figure(page, "killed", ("civilians",), RULES)
    some: Number | None = civilians.best if civilians else None
    if killed.best is None or (some is not None and some > killed.best):
        some = None
    return {
        "deaths_civilians": some,
        "deaths_unknown": None if killed.best is None else killed.best - (some or 0),
        "best": killed.best,
        "high": killed.high,
        "low": killed.low,
    }


def priogrid(lat: float, lon: float) -> int:
    """The number of a PRIO-GRID cell: half degrees, 720 a row, counted from the south-west corner, from 1."""
    row = min(math.floor((lat + 90) * 2), 359)
    column = min(math.floor((lon + 180) * 2), 719)
    return row * 720 + column + 1
