"""A row as a text, and the reading of such a text: every figure is a claim whose words are its cell.

Input: the cells of a row with what they are taken for. Output: lines "HEADING: CELL [FIELD]"; of these a `Reading`.
Worked: "Deaths: at least 12 [killed]" is the claim killed, at least 12, with the words "at least 12". What a cell is
taken for stands in the text itself, so that anybody sees it and any release reads the row alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tollbook.lexicon import Lexicon, load_taxonomy
from tollbook.lexicon.gazetteer import Gazetteer
from tollbook.lexicon.sources import SourceBook
from tollbook.model import (
    SHEET,
    Bound,
    Claim,
    Notice,
    Place,
    PlaceMention,
    Quantity,
    Reading,
    Report,
    Setting,
    Source,
    Span,
    TimeMention,
)
from tollbook.pipeline.importing.layout import Counted, figure_of
from tollbook.pipeline.stated import amount
from tollbook.values import dataclass

_LINE = re.compile(r"(?P<heading>[^:\n]*): (?P<cell>[^\n]*) \[(?P<field>[a-z_/ ]+?)(?: (?P<told>\d[\d-]*))?\]")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_THINGS = {"destroyed": "building", "damaged": "building", "recognised": "country"}


@dataclass(frozen=True, slots=True)
class Line:
    """A cell of a row: the heading of its column, its text, its field, and the ISO day that a day stands for."""

    heading: str
    cell: str
    field: str
    told: str = ""

    @property
    def text(self) -> str:
        """One line; what would end or imitate a line, or the field, is blank."""
        heading = " ".join(self.heading.replace(":", " ").split())
        told = f" {self.told}" if self.told else ""
        return f"{heading}: {' '.join(self.cell.split())} [{self.field}{told}]"


def text_of(lines: Iterable[Line]) -> str:
    """The text of a row; the two ends of a figure stand together."""
    return "".join(f"{line.text}\n" for line in lines)


@dataclass(frozen=True, slots=True)
class _Cell:
    span: Span
    said: str
    field: str
    told: str


def read_row(report: Report, lexicon: Lexicon, book: SourceBook, gazetteer: Gazetteer) -> Reading:
    """The reading of a row's text: its figures as claims, each with the row's day, place and source."""
    cells = [
        _Cell(Span(*one.span("cell")), one["cell"], one["field"], one["told"] or "")
        for one in _LINE.finditer(report.text)
        if one["cell"]
    ]
    known = {cell.field: cell for cell in cells}
    times, places = _times(known), _places(known, gazetteer)
    publisher = (Source(report.publisher, "publisher"),) if report.publisher else ()
    chain = (*_source(known.get("source"), book), *publisher)
    claims, notices = [], []
    for what, some in _figures(cells).items():
        quantity = _quantity(some, lexicon)
        if isinstance(quantity, Quantity):
            claims.append(_claim(report, what, some, quantity, chain))
        elif quantity is not None:
            span = some[0].span
            notices.append(Notice("cell_not_read", f"a cell gives no figure: {quantity}", span.start, span.end))
    setting = Setting(times, places)
    return Reading(
        report.id, tuple(claims), {claim.id: setting for claim in claims}, times=times, places=places,
        sentences=(Span(0, len(report.text)),), notices=tuple(notices),
    )  # fmt: skip


def _figures(cells: Iterable[_Cell]) -> dict[Counted, list[_Cell]]:
    """The cells of each figure: one, or the two ends of it."""
    found: dict[Counted, list[_Cell]] = {}
    for cell in cells:
        one = figure_of(cell.field)
        if one is not None:
            found.setdefault(Counted(one.measure, one.group), []).append(cell)
    return found


def _quantity(cells: list[_Cell], lexicon: Lexicon) -> Quantity | str | None:
    """What one cell says, or two that are the ends of a figure; a line where it is no number."""
    read = [amount(cell.said, lexicon) for cell in cells]
    wrong = next((one for one in read if isinstance(one, str)), None)
    if wrong is not None or len(read) == 1:
        return wrong or read[0]
    ends = (cell.field.rpartition(" ")[2] for cell in cells)
    known = {end: one for end, one in zip(ends, read, strict=True) if isinstance(one, Quantity)}
    low, high = known.get("low"), known.get("high")
    if low is None or high is None or low.low is None:
        return low or high
    top = high.high if high.high is not None else high.value
    if top is not None and top < low.low:
        return f"“{cells[0].said}” is above “{cells[-1].said}”"
    return low if low.low == top else Quantity(None, low.low, top, Bound.RANGE)


def _claim(report: Report, what: Counted, cells: list[_Cell], quantity: Quantity, chain: tuple[Source, ...]) -> Claim:
    span = cells[0].span.hull(cells[-1].span)
    unit = "person" if load_taxonomy().measures[what.measure].people else _THINGS.get(what.measure, "thing")
    return Claim(
        Claim.id_of(report.text_sha256, span, what.measure), report.id, span, report.words(span), what.measure,
        what.group, unit, quantity, attribution=chain, as_of=report.published_date, confidence=1.0, reader=SHEET,
    )  # fmt: skip


# ---- when, where, who ----


def _times(known: dict[str, _Cell]) -> tuple[TimeMention, ...]:
    """The row's day or days, as the sheet gives them."""
    first, last = known.get("date"), known.get("date_end")
    if first is None or not first.told:
        return ()
    year, month, day = _parts(first.told)
    ends = _parts(last.told) if last is not None and last.told else (None, None, None)
    return (
        TimeMention(
            first.span, first.said, "DATE", first.told, year, month, day,
            end_year=ends[0], end_month=ends[1], end_day=ends[2],
        ),
    )  # fmt: skip


def _parts(told: str) -> tuple[int | None, int | None, int | None]:
    year, month, day, *_ = (*map(int, told.split("-")), None, None)
    return year, month, day


def _places(known: dict[str, _Cell], gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """The row's place: where the sheet gives degrees these, else the only one that the gazetteer has of that name."""
    cell = known.get("place")
    if cell is None:
        return ()
    country = _country(known["country"].said, gazetteer) if "country" in known else None
    lat, lon = (_degrees(known.get(name), most) for name, most in (("lat", 90), ("lon", 180)))
    name = cell.said.split(",")[0].strip()
    if lat is not None and lon is not None:
        return (PlaceMention(cell.span, cell.said, Place(name, None, lat, lon, country)),)
    found = [one for one in gazetteer.lookup(name) if one.main and country in (None, one.place.country)]
    if not found:
        return (PlaceMention(cell.span, cell.said, None),)
    return (PlaceMention(cell.span, cell.said, found[0].place if len(found) == 1 else None, others=len(found) - 1),)


def _country(said: str, gazetteer: Gazetteer) -> str | None:
    if re.fullmatch(r"[A-Z]{2}", said):
        return said
    return next((one.place.country for one in gazetteer.lookup(said) if one.kind == "country"), None)


def _degrees(cell: _Cell | None, most: int) -> float | None:
    try:
        degrees = float(cell.said.replace(",", ".")) if cell is not None else None
    except ValueError:
        return None
    return degrees if degrees is not None and abs(degrees) <= most else None


def _source(cell: _Cell | None, book: SourceBook) -> tuple[Source, ...]:
    """Who the sheet says it has the row from, as it writes it; an address is a document."""
    if cell is None:
        return ()
    if _URL.search(cell.said):
        return (Source(cell.said, "document", None, cell.span),)
    return (Source(cell.said, book.kind(cell.said) or "organisation", None, cell.span),)
