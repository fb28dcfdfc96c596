"""Whom a text credits for itself as a whole: the wires and outlets it was made from, and offices whose release it is.

Input: a text and the book of sources. Output: names as the book has them, in the order of the text: "TARN (AP) - …
With files from Inforvel" gives AP and Inforvel. The forms are those of `credits.toml`. A report as a whole is credited
in its first lines or its last ones; what a single sentence in between is attributed to is the reader's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from tollbook.lexicon import load
from tollbook.lexicon.sources import SourceBook
from tollbook.text import any_of, fold
from tollbook.values import dataclass

# The first and the last so many code points are looked at.
HEAD, TAIL = 400, 400
# Whose text refers to another source says so at its start; whose rights are kept, at its end.
_LEAD, FOOT = 1500, 600

_NAME = r"[A-ZÀ-Þ][\w’'-]*"
_ARTICLES = frozenset(["the", "a", "an"])
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
# Names as short as this are acronyms unless the book writes them otherwise: "(Map)" is no credit of MAP.
_ACRONYM = 5
# What makes a name part of a longer one: "Tarn |Times|", "|Sun|-Times", "|Times| Herald".
_WORD_BEFORE = re.compile(r"(?P<word>[\w’'.-]+)[ -]$")
_AFTER = re.compile(r"-\w| [A-ZÀ-Þ][a-zß-ÿ]+ (?:reports|contributed)\b")


class _Form(NamedTuple):
    """What stands right before a name that is credited, and what right behind it, in a folded text."""

    before: re.Pattern[str] | None
    behind: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Forms:
    """The forms for names in the book, and those in which a name need be in no book."""

    known: tuple[_Form, ...]
    referring: re.Pattern[str]
    label: re.Pattern[str]
    rights: re.Pattern[str]
    kept: re.Pattern[str]
    wire: re.Pattern[str]
    release: re.Pattern[str]
    office: re.Pattern[str]


def find_credits(text: str, book: SourceBook) -> tuple[str, ...]:
    """The wires, outlets and offices that a report as a whole is credited to, in the order of the text, each once."""
    found: dict[str, None] = {}
    for piece in (text[:HEAD], text[max(HEAD, len(text) - TAIL) :]):
        for _, name in sorted({*_known(piece, book), *_offices(piece)}):
            found[book.name(name)] = None
    return tuple(found)


# ---- names that the book has ----


def _known(piece: str, book: SourceBook) -> Iterator[tuple[int, str]]:
    """Names in the book that are credited, each with its place in the piece."""
    if not book.media:
        return
    low = fold(piece)
    for match in _names(book.media).finditer(low):
        start, end = match.span()
        if _is_name(piece, start, end, book) and _is_credited(piece, low, start, end):
            yield start, piece[start:end]


def _is_credited(piece: str, low: str, start: int, end: int) -> bool:
    """True for a name that stands in one of the forms, and as a whole."""
    if _AFTER.match(piece, end):
        return False
    part = _is_part(piece, start)
    for before, behind in _forms().known:
        if behind.match(low, end) and (before.search(low, 0, start) if before is not None else not part):
            return True
    return False


def _is_part(piece: str, start: int) -> bool:
    """True for the end of a longer name: "Tarn Times", "Sun-Times"."""
    before = _WORD_BEFORE.search(piece, 0, start)
    return before is not None and before["word"][0].isupper() and before["word"].lower() not in _ARTICLES


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


@lru_cache(maxsize=8)
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(names)}(?!\w)")


# ---- names by their form, in the book or not ----


def is_wire(name: str, book: SourceBook) -> bool:
    """Whether a name is a news agency's by its form or by the book of sources."""
    return book.is_agency(name) or _forms().wire.search(name) is not None


def bare(name: str) -> str:
    """A name without its article."""
    return _ARTICLE.sub("", name)


def referred(text: str) -> str | None:
    """Whom a text refers to near its start: "Norland Report informs, referring to Norpress"."""
    match = _forms().referring.search(text, 0, _LEAD)
    return match["name"] if match else None


def labelled(line: str, book: SourceBook) -> str | None:
    """The wire that a line of its own names: "Source: Harim News Agency"."""
    match = _forms().label.fullmatch(line)
    return bare(match["name"]) if match and is_wire(match["name"], book) else None


def rights_of(text: str, book: SourceBook) -> str | None:
    """The agency that a closing notice of copyright names; an outlet's own notice is no credit.

    "Copyright AP All rights reserved" names AP; "Copyright Trend Shoes" doesn't name Trend.
    """
    forms = _forms()
    for match in forms.rights.finditer(text[-FOOT:]):
        parts = match["name"].split()
        for count in range(len(parts), 0, -1):
            name, rest = " ".join(parts[:count]), " ".join(parts[count:])
            whole = not rest or not rest[0].isupper() or forms.kept.match(rest)
            if whole and is_wire(name, book):
                return name
    return None


def _offices(piece: str) -> Iterator[tuple[int, str]]:
    """Offices whose release a text is said to be, by their full name as it stands."""
    for pattern in (_forms().release, _forms().office):
        for match in pattern.finditer(piece):
            if match["name"][0].isupper():
                yield match.start("name"), " ".join(match["name"].split()).rstrip(".")


# ---- the forms ----


@cache
def _forms() -> _Forms:
    words = {key: any_of(phrases) for key, phrases in load("en").table("credits").items()}
    rights = rf"{words['rights']}[\s©]*(?:\(c\))?\s*(?:\d{{4}})?,?\s*(?:by\s+)?"
    return _Forms(
        tuple(_known_forms(words, rights)),
        re.compile(
            rf"\b{words['tells']},?\s+{words['referring']}\s+(?:the\s+)?(?P<name>{_NAME}(?:\s(?!The\b){_NAME}){{0,3}})"
        ),
        re.compile(rf"(?i:{words['labels']})\s*:\s*(?P<name>(?i:[A-ZÀ-Þ][^\n:/\[\]()|]{{1,50}}?))\.?"),
        re.compile(rf"(?i:{rights}(?:the\s+)?(?P<name>{_NAME}(?:[ -][\w’'-]+){{0,2}}))"),
        re.compile(rf"(?i:{words['reserved']})\b"),
        re.compile(rf"(?i:\b{words['wires']})$"),
        re.compile(
            rf"(?i:(?:^|\n)[^\n.]{{0,80}}?\b{words['releases']}\s+(?:\w+\s+)?(?:from|by|of)\s+(?:the\s+)?"
            rf"(?P<name>[A-ZÀ-Þ][\w’'.&-]*(?:\s(?:of|for|and|the|[A-ZÀ-Þ][\w’'.&-]*)){{0,6}}?)\s*(?:[:\n]|$))"
        ),
        re.compile(
            rf"(?:^|\n)[ \t]*(?i:{words['labels']})\s*:\s*(?:the\s+)?(?P<name>[A-ZÀ-Þ][^\n:/\[\]()|.]{{1,60}}?"
            rf"\b(?i:{words['offices']}))\.?[ \t]*(?=\n|$)"
        ),
    )


def _known_forms(words: dict[str, str], rights: str) -> Iterator[_Form]:
    """Forms that credit a name of the book."""
    the = r"(?:the\s+)?"
    yield _form(r"[(\[](?:[\w .]{2,20}/)?", r"(?:/[\w .]{2,20})?[)\]]")  # "(AP)", "[Reuters]", "(KXYZ/AP)"
    yield _form(rf"\b(?:{words['from']}|{words['referring']}):?\s+{the}", "")
    yield _form(rf"{rights}(?:[\w .]{{2,30}}\sand\s+)?{the}", rf"\s*(?:$|[.,;)/|\n]|{words['reserved']})")
    yield _form("", rf"(?:'s)?(?:\s+(?!\w*\.\s)[^\n.]{{1,120}}?)?\s+{words['contributed']}\s+{words['texts']}(?!\w)")
    yield _form(r"\ban?\s+", rf"\s+{words['texts']}\s+{words['taken']}(?!\w)")
    yield _form("", r"\s+reports(?!\w)")  # "Inforvel reports", at the start or the end of the text
    # a byline: "By Ada Roe, AP", "Ada Roe | Associated Press", or the name alone on its line
    person, line = r"(?:[^\n,|/.]|\b\w\.){2,60}[,|/\s]\s*", r"\.?[ \t]*(?=\n|$)"
    yield _form(rf"(?:^|\n)[ \t]*(?:{words['by']}\s+{person}{the}|[^\n,|/.]{{2,40}}\|\s*{the}|[-–—]?\s*{the})", line)


def _form(before: str, behind: str) -> _Form:
    return _Form(re.compile(rf"(?:{before})\Z") if before else None, re.compile(behind))
