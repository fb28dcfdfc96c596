"""Incidents in the shape of ACLED: its 31 columns in its order.

Input: a `Dossier`. Output: CSV. Worked: an attack of 6 May 2031 with 12 killed by acled@1 is a row with event_date
2031-05-06, time_precision 1, fatalities 12. Types of events and actors are a coder's judgement and stay empty; where no
report gives a figure of killed, fatalities stays empty too.
"""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.dossiers.formats import events
from tollbook.dossiers.formats.tables import Row, as_csv, columns
from tollbook.dossiers.value import Dossier, Page

RULES = "acled"
ACTORS = ("actor1", "assoc_actor_1", "actor2", "assoc_actor_2")
COLUMNS = columns(
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
    "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location "
    "latitude longitude geo_precision source source_scale notes fatalities tags timestamp",
    numbers="year time_precision latitude longitude geo_precision fatalities",
)
# UCDP's date_prec and where_prec as ACLED's three grades: the day, the week, the month; the town, near it, the region.
_TIME = {1: 1, 2: 2, 3: 2, 4: 3}
_PLACE = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 3}


def write(dossier: Dossier) -> str:
    """The table, a row for each incident of violence."""
    return as_csv(COLUMNS, rows(dossier))


def rows(dossier: Dossier) -> Iterator[Row]:
    """The rows, every column in each."""
    for page in events.violent(dossier):
        yield {**dict.fromkeys(COLUMNS), **_row(page)}


def _row(page: Page) -> Row:
    start, _ = events.days(page)
    lat, lon = events.degrees(page)
    place = page.place
    killed = events.figure(page, "killed", ("all", "civilians"), RULES)
    fatalities = None if killed is None else killed.low if killed.best is None else killed.best
    return {
        "event_date": start,
        "year": events.year(page),
        "time_precision": _TIME.get(events.date_prec(page) or 0),
        "country": place.country if place else None,
        "location": place.name if place else None,
        "latitude": lat,
        "longitude": lon,
        "geo_precision": _PLACE.get(place.precision) if place else None,
        "source": events.listed(report.publisher for report in events.own_reports(page)),
        "notes": _notes(page),
        "fatalities": fatalities,
        **events.named(page, ACTORS),
    }


def _notes(page: Page) -> str:
    """The incident's neutral name, what each rule set makes of the killed, and who says who the actors are."""
    counts = [one for one in page.columns if (one.measure, one.group, one.unit) == ("killed", "all", "person")]
    said = [f"killed {one.figure} by {one.rules} ({one.status})" for column in counts for one in column.ruled]
    told = [*said, *events.said_by(page, ACTORS)]
    return f"{page.name}: {'; '.join(told)}." if told else f"{page.name}."
