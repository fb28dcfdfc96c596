"""Claims of many reports become incidents: copies and origins, dates and places resolved, claims linked with reasons.

Input: reports and their readings, a book of sources, a gazetteer. Output: `Linked`: the claims with date, place and
incident filled in, the incidents, and where each report stands. "613 people were killed" in five reports, dated 25–26
February 1992 in one and "25 years ago" in another, becomes one incident.
"""

from tollbook.incidents.assemble import Linked, Settled, link, settle, together
from tollbook.incidents.dates import dated
from tollbook.incidents.origins import Known, SourceBook, parse_sources, source_key
from tollbook.incidents.outlines import Draft, Outline, outline
from tollbook.incidents.relations import Relations, relate

__all__ = [
    "Draft",
    "Known",
    "Linked",
    "Outline",
    "Relations",
    "Settled",
    "SourceBook",
    "dated",
    "link",
    "outline",
    "parse_sources",
    "relate",
    "settle",
    "source_key",
    "together",
]
