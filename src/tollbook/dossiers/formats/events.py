"""What the tables of the field share: one row an incident, its figures by the rule set that fits the table.

Input: a `Dossier`. Output: figures, days and places as the tables want them. Worked: for the table of a house whose
method is the rule set `acled`, the killed of an incident are the finding of acled@1, and of no other rule set: nobody
gets a figure under a wrong method's name. What isn't known is None, never zero.
"""

from __future__ import annotations

from collections.abc import Iterable

from tollbook.dossiers.formats.tables import Row
from tollbook.dossiers.value import Column, Dossier, Page, Reference, Ruled
from tollbook.model import VIOLENT

_DATE_PREC = {"day": 1, "days": 2, "week": 3, "month": 4, "season": 5, "year": 5}


def violent(dossier: Dossier) -> list[Page]:
    """The incidents that a table of violence takes; a row for what may be an accident would say that it was none.

    Which of two sides did what stands in no column without a ruling.
    """
    return [page for page in dossier.pages if page.kind in VIOLENT]


def figure(page: Page, measure: str, groups: Iterable[str], rules: str) -> Ruled | None:
    """The finding of persons by this rule set, in the first of these groups that has one; never another's figure."""
    for group in groups:
        for column in page.columns:
            if (column.measure, column.group, column.unit) == (measure, group, "person"):
                found = [one for one in column.ruled if method(one) == rules]
                if found:
                    return found[0]
    return None


def finding(column: Column, ruled: Ruled) -> Row:
    """What one rule set makes of one thing that is counted, as tables and lines of data begin it."""
    return {
        "measure": column.measure,
        "group": column.group,
        "unit": column.unit,
        "rules": ruled.rules,
        "low": ruled.low,
        "best": ruled.best,
        "high": ruled.high,
        "status": ruled.status,
        "grade": ruled.grade,
    }


def method(ruled: Ruled) -> str:
    """The name of a rule set without its version: "acled@1" is "acled"."""
    return ruled.rules.partition("@")[0]


def named(page: Page, columns: Iterable[str]) -> Row:
    """Whom rulings name in these columns; nobody is named otherwise."""
    return {column: page.named[column].name for column in columns if column in page.named}


def said_by(page: Page, columns: Iterable[str]) -> list[str]:
    """Whose word the names in these columns are: "side_a as said by Flood Office"."""
    return [f"{column} as said by {page.named[column].said_by}" for column in columns if column in page.named]


def date_prec(page: Page) -> int | None:
    """UCDP's precision of a date, 1 to 5; None for no date, or for several years."""
    if page.date is None:
        return None
    days = (page.date.end - page.date.start).days
    wanted = _DATE_PREC.get(page.date.precision)
    return 3 if wanted == 2 and days >= 6 else wanted


def year(page: Page) -> int | None:
    """The year of an incident; None where it isn't one year."""
    one_year = page.date is not None and page.date.start.year == page.date.end.year
    return page.date.start.year if page.date is not None and one_year else None


def days(page: Page) -> tuple[str | None, str | None]:
    """First and last day, as 2031-05-06."""
    return (page.date.start.isoformat(), page.date.end.isoformat()) if page.date else (None, None)


def degrees(page: Page) -> tuple[float | None, float | None]:
    """Latitude and longitude, both or neither."""
    place = page.place
    if place is None or place.lat is None or place.lon is None:
        return None, None
    return place.lat, place.lon


def own_reports(page: Page) -> list[Reference]:
    """The reports of an incident that are no copies of others."""
    return [report for report in page.reports if report.copy_of is None]


def listed(values: Iterable[str | None]) -> str | None:
    """Distinct texts in order, with semicolons between them; None for nothing."""
    return "; ".join(dict.fromkeys(value for value in values if value)) or None
