"""Whom a plain text credits for itself as a whole: its author, and the wire or office it came from.

Input: a text, its top lines and the book of sources. Output: `Credits`: "By Ada Roe, Harim News Agency" gives the
author Ada Roe and the origin Harim News Agency. Only plain forms count: a byline, "informs referring to …", a line
"Source: …", a notice of copyright that names an agency. A source in the book has the book's name, whatever the text's
spelling. What a single sentence is attributed to is the reader's business, not this one's.
"""

from __future__ import annotations

import re

from tollbook.lexicon.credits import FOOT, bare, is_wire, labelled, referred, rights_of
from tollbook.lexicon.sources import SourceBook, source_key
from tollbook.reports.publication import Line
from tollbook.text import is_shouted
from tollbook.values import dataclass

_BYLINE = re.compile(
    r"By:?\s+(?P<who>[^|/,]{2,80}?)(?:\s*[,|/]\s*(?P<org>[^|/,\d]{2,50}?))?(?:\s*[,|/].*)?", re.IGNORECASE
)
_PERSON = re.compile(r"[A-ZÀ-Þ][\w.'’-]*(?:\s+(?:(?:and|de|del|van|von|al|bin)\s+)?[A-ZÀ-Þ][\w.'’-]*){1,7}")
# What may stand behind a name on its line: a day ("on Tue"), or the place of a dateline that follows at once.
_AFTER_NAME = re.compile(r"\s+on\s|(?<=[a-z])\s+[A-ZÀ-Þ]{3,}$")
# A line "Source: …" is one of the last so many, or of the first.
_LAST = 4


@dataclass(frozen=True, slots=True)
class Credits:
    """The author named in a byline, and the wires or offices credited, nearest first."""

    author: str | None = None
    origins: tuple[str, ...] = ()


def find_credits(text: str, lines: list[Line], agency: str | None, book: SourceBook) -> Credits:
    """Author and origins of a text; `agency` is its dateline's, the nearest of all."""
    author, wire = _byline(lines, book)
    named = [agency, wire, referred(text), _labelled(text, lines, book), rights_of(text, book)]
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
                return None, bare(who)
            author = who if _PERSON.fullmatch(who) else None
            return author, bare(org) if org and is_wire(org, book) else None
    return None, None


def _labelled(text: str, lines: list[Line], book: SourceBook) -> str | None:
    """The wire of a line "Source: …" at the top or the foot."""
    foot = [line.strip() for line in text[-FOOT:].splitlines()[-_LAST:]]
    told = (labelled(line, book) for line in (*(line.text for line in lines), *foot))
    return next(filter(None, told), None)
