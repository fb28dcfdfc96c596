"""Whom a plain text credits for itself as a whole: its author, and the wire or office it came from.

Input: a text, its top lines and the book of sources. Output: `Credits`: "By Ada Roe, Harim News Agency" gives the
author Ada Roe and the origin Harim News Agency. Only plain forms count: a byline, "informs referring to …", a line
"Source: …", a notice of copyright that names an agency. A source in the book has the book's name, whatever the text's
spelling. What a single sentence is attributed to is the reader's business, not this one's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tollbook.lexicon.sources import SourceBook, source_key
from tollbook.reports.publication import Line
from tollbook.text import is_shouted

_BYLINE = re.compile(
    r"By:?\s+(?P<who>[^|/,]{2,80}?)(?:\s*[,|/]\s*(?P<org>[^|/,\d]{2,50}?))?(?:\s*[,|/].*)?", re.IGNORECASE
)
_PERSON = re.compile(r"[A-ZÀ-Þ][\w.'’-]*(?:\s+(?:(?:and|de|del|van|von|al|bin)\s+)?[A-ZÀ-Þ][\w.'’-]*){1,7}")
# Words by which an organisation in a byline is a wire: "Staff Writer" and "Crime Reporter" are none.
_WIRE_WORDS = re.compile(r"\b(?:Press|(?:News\s+)?Agency|News\s+Service|Newswire|Wire|Agence)$", re.IGNORECASE)
# What may stand behind a name on its line: a day ("on Tue"), or the place of a dateline that follows at once.
_AFTER_NAME = re.compile(r"\s+on\s|(?<=[a-z])\s+[A-ZÀ-Þ]{3,}$")
_REFERRING = re.compile(
    r"\b(?:informs|reports|writes),?\s+(?:with\s+reference|referring)\s+to\s+(?:the\s+)?"
    r"(?P<org>[A-ZÀ-Þ][\w’'-]*(?:\s(?!The\b)[A-ZÀ-Þ][\w’'-]*){0,3})"
)
_SOURCE = re.compile(r"(?:Source|Via|Agency)\s*:\s*(?P<org>[A-ZÀ-Þ][^\n:/\[\]()|]{1,50}?)\.?", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:Copyright|©|\(c\))\s*(?:©|\(c\))?\s*(?:\d{4})?\s*(?:by\s+)?(?:The\s+)?"
    r"(?P<org>[A-ZÀ-Þ][\w’'-]*(?:[ -][\w’'-]+){0,2})",
    re.IGNORECASE,
)
_LEAD, _FOOT = 1500, 600


@dataclass(frozen=True, slots=True)
class Credits:
    """The author named in a byline, and the wires or offices credited, nearest first."""

    author: str | None = None
    origins: tuple[str, ...] = ()


def find_credits(text: str, lines: list[Line], agency: str | None, book: SourceBook) -> Credits:
    """Author and origins of a text; `agency` is its dateline's, the nearest of all."""
    author, wire = _byline(lines, book)
    named = [agency, wire, _referring(text), _source_line(text, lines, book), _copyright(text, book)]
    unique: dict[str, str] = {}
    for name in filter(None, named):
        unique.setdefault(source_key(book.name(name)), book.name(name))
    return Credits(author, tuple(unique.values()))


def _byline(lines: list[Line], book: SourceBook) -> tuple[str | None, str | None]:
    """Author and wire of the first byline. In a text set in capitals, any line of a paragraph may begin with BY."""
    if is_shouted("\n".join(line.text for line in lines)):
        return None, None
    for line in lines:
        match = _BYLINE.fullmatch(line.text)
        if match and (match["who"][0].isupper() or match["who"].lower().startswith("the ")):
            who, org = _AFTER_NAME.split(match["who"].strip())[0], (match["org"] or "").strip()
            if is_wire(who, book):
                return None, _bare(who)
            author = who if _PERSON.fullmatch(who) else None
            return author, _bare(org) if org and is_wire(org, book) else None
    return None, None


def is_wire(name: str, book: SourceBook) -> bool:
    """Whether a name is a news agency's by its form or by the book of sources."""
    return book.is_agency(name) or bool(_WIRE_WORDS.search(name))


def _referring(text: str) -> str | None:
    match = _REFERRING.search(text, 0, _LEAD)
    return match["org"] if match else None


def _source_line(text: str, lines: list[Line], book: SourceBook) -> str | None:
    foot = [line.strip() for line in text[-_FOOT:].splitlines()[-4:]]
    for line in (*(line.text for line in lines), *foot):
        match = _SOURCE.fullmatch(line)
        if match and is_wire(match["org"], book):
            return _bare(match["org"])
    return None


def _copyright(text: str, book: SourceBook) -> str | None:
    """The agency that a closing notice of copyright names; an outlet's own notice is no credit."""
    for match in _COPYRIGHT.finditer(text[-_FOOT:]):
        parts = match["org"].split()
        for count in range(len(parts), 0, -1):
            name, rest = " ".join(parts[:count]), parts[count:]
            # "Copyright AP All rights reserved" names AP; "Copyright Trend Shoes" does not name Trend.
            if rest and rest[0][0].isupper() and rest[0].lower() not in ("all", "rights"):
                continue
            if book.is_agency(name) or re.search(r"\b(?:Press|Presse|Agency)$", name):
                return name
    return None


def _bare(name: str) -> str:
    return re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)
