"""Whom a text credits for itself as a whole: the wires and outlets it was made from, and offices whose release it is.

Input: a text and the book of sources. Output: names as the book has them, in the order of the text: "TARN (AP) - …
With files from Inforvel" gives AP and Inforvel. A report as a whole is credited in its first lines or its last ones;
what a single sentence in between is attributed to is the reader's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tollbook.lexicon.sources import SourceBook
from tollbook.text import fold

# The first and the last so many code points are looked at.
HEAD, TAIL = 400, 400
# Forms that credit a name that the book knows; {0} stands for any of its names. The text is folded.
_FORMS = (
    # "(AP)", "[Reuters]", "(KXYZ/AP)"
    r"[(\[](?:[\w .]{{2,20}}/)?({0})(?:/[\w .]{{2,20}})?[)\]]",
    # "with files from the AP", "Source: Reuters", "Contributing: AP", "informs, referring to Inforvel"
    r"\b(?:with (?:files|material|reporting|information|reports?) (?:from|by)|information from|sources?|contributing"
    r"|referring to|with reference to):?\s+(?:the\s+)?({0})(?!\w)",
    # "Copyright 2031 The Associated Press. All rights reserved"; "Copyright Trend Shoes" isn't Trend's
    r"(?:copyright|©|\(c\))[\s©]*(?:\(c\))?\s*(?:\d{{4}})?,?\s*(?:by\s+)?(?:[\w .]{{2,30}}\sand\s+)?(?:the\s+)?({0})"
    r"(?=\s*(?:$|[.,;)/|\n]|all rights))",
    # "AP writer Ada Roe contributed to this report", "An AP report is included"
    r"(?<!\w)({0})(?:'s)?(?:\s+(?!\w*\.\s)[^\n.]{{1,120}}?)?\s+contributed to this (?:report|story|article)(?!\w)",
    r"\ban?\s+({0})\s+(?:report|story) (?:is|was) (?:included|used)",
    # "Inforvel reports", at the start or the end of the text
    r"(?<!\w)({0})\s+reports(?!\w)",
    # a byline: "By Ada Roe, AP", "Ada Roe | Associated Press", or the name alone on its line
    r"(?:^|\n)[ \t]*(?:by\s+(?:[^\n,|/.]|\b\w\.){{2,60}}[,|/\s]\s*(?:the\s+)?|[^\n,|/.]{{2,40}}\|\s*(?:the\s+)?"
    r"|[-–—]?\s*(?:the\s+)?)({0})\.?[ \t]*(?=\n|$)",
)
# "The following is a news release from the Tarn County Sheriff's Office:", "Press release of the Ministry of Health"
_RELEASE = re.compile(
    r"(?:^|\n)[^\n.]{0,80}?\b(?:press|news|media)\s+(?:release|statement)\s+(?:\w+\s+)?(?:from|by|of)\s+(?:the\s+)?"
    r"(?P<office>[A-ZÀ-Þ][\w’'.&-]*(?:\s(?:of|for|and|the|[A-ZÀ-Þ][\w’'.&-]*)){0,6}?)\s*(?:[:\n]|$)",
    re.IGNORECASE,
)
# "Source: Tarn Police Department" alone on its line
_OFFICE_LINE = re.compile(
    r"(?:^|\n)[ \t]*Source:\s*(?:the\s+)?(?P<office>[A-ZÀ-Þ][^\n:/\[\]()|.]{1,60}?"
    r"\b(?:Department|Ministry|Office|Police|Service|Authority|Committee|Council|Bureau))\.?[ \t]*(?=\n|$)"
)

_ARTICLES = frozenset(["the", "a", "an"])
# Names as short as this are acronyms unless the book writes them otherwise: "(Map)" is no credit of MAP.
_ACRONYM = 5
# What makes a name part of a longer one: "Tarn |Times|", "|Sun|-Times", "|Times| Herald".
_WORD_BEFORE = re.compile(r"(?P<word>[\w’'.-]+)[ -]$")
_AFTER = re.compile(r"-\w| [A-ZÀ-Þ][a-zß-ÿ]+ (?:reports|contributed)\b")


def find_credits(text: str, book: SourceBook) -> tuple[str, ...]:
    """The wires, outlets and offices that a report as a whole is credited to, in the order of the text, each once."""
    found: dict[str, None] = {}
    for piece in (text[:HEAD], text[max(HEAD, len(text) - TAIL) :]):
        for _, name in sorted({*_known(piece, book), *_offices(piece)}):
            found[book.name(name)] = None
    return tuple(found)


def _known(piece: str, book: SourceBook) -> Iterator[tuple[int, str]]:
    """Names in the book that are credited, each with its place in the piece."""
    if book.media:
        for match in _pattern(book.media).finditer(fold(piece)):
            start, end = match.span(match.lastindex or 0)
            if not _is_part(piece, match.start(), start, end) and _is_name(piece, start, end, book):
                yield start, piece[start:end]


def _is_part(piece: str, form: int, start: int, end: int) -> bool:
    """True for a part of a longer name, "Tarn Times", "Sun-Times", where the form itself begins with the name."""
    before = _WORD_BEFORE.search(piece, 0, start) if form == start else None
    within = before is not None and before["word"][0].isupper() and before["word"].lower() not in _ARTICLES
    return within or _AFTER.match(piece, end) is not None


def _is_name(piece: str, start: int, end: int, book: SourceBook) -> bool:
    """True for a name written as one: "TAR", not "(tar)"; "The Lantern", not "Lantern" alone."""
    name, known = piece[start:end], book.find(piece[start:end])
    if name[0].islower() or known is None:
        return False
    if len(name) <= _ACRONYM and known.agency:
        return name.isupper() or name in (known.name, *known.aliases)
    before = _WORD_BEFORE.search(piece, 0, start)
    article = before is not None and before["word"].lower() in _ARTICLES
    return article or len(name.split()) > 1 or not known.name.startswith("The ")


def _offices(piece: str) -> Iterator[tuple[int, str]]:
    """Offices whose release a text is said to be, by their full name as it stands."""
    for pattern in (_RELEASE, _OFFICE_LINE):
        for match in pattern.finditer(piece):
            if match["office"][0].isupper():
                yield match.start("office"), " ".join(match["office"].split()).rstrip(".")


@lru_cache(maxsize=8)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    choice = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    return re.compile("|".join(form.format(choice) for form in _FORMS))
