"""The nouns of the record: small frozen values that own their operations.

Stages meet only through these. Nothing here touches a clock, the network, a disk or a database. Offsets are Unicode
code points into `Report.text` (or `Report.title` where `part` is "title"), half open.
"""

from tollbook.model.claims import (
    SHEET,
    Basis,
    Characterisation,
    Claim,
    Ignored,
    Modality,
    NumberMention,
    Reading,
    Setting,
    Source,
    SourceKind,
    Statement,
)
from tollbook.model.findings import GRADES, Finding, Grade, GradeName, Position, SetAside, Status, Total
from tollbook.model.incidents import VIOLENT, Actor, Incident, Link, Placement
from tollbook.model.quantities import Bound, Number, Quantity
from tollbook.model.record import Record, Ruling
from tollbook.model.reports import Dateline, Notice, Passage, PassageKind, Report, sheet_of
from tollbook.model.settings import DatePrecision, DateRange, Place, PlaceMention, TimeMention
from tollbook.model.spans import Part, Span, SpanIndex, digest

__all__ = [
    "GRADES",
    "SHEET",
    "VIOLENT",
    "Actor",
    "Basis",
    "Bound",
    "Characterisation",
    "Claim",
    "DatePrecision",
    "DateRange",
    "Dateline",
    "Finding",
    "Grade",
    "GradeName",
    "Ignored",
    "Incident",
    "Link",
    "Modality",
    "Notice",
    "Number",
    "NumberMention",
    "Part",
    "Passage",
    "PassageKind",
    "Place",
    "PlaceMention",
    "Placement",
    "Position",
    "Quantity",
    "Reading",
    "Record",
    "Report",
    "Ruling",
    "SetAside",
    "Setting",
    "Source",
    "SourceKind",
    "Span",
    "SpanIndex",
    "Statement",
    "Status",
    "TimeMention",
    "Total",
    "digest",
    "sheet_of",
]
