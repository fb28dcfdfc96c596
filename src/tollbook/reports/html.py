"""A page becomes its main text, with title, publisher, author and date of publication.

Input: the bytes of an HTML page. Output: an `Extract`: the article of a page, without menus and footers, and
"2019-05-07" from `<meta property="article:published_time" content="2019-05-07T08:00:00Z">`.

Trafilatura finds the main text, htmldate the date. Below some 250 levels libxml2 drops what a page says, and on lists
of 100,000 items trafilatura takes half a minute: such a page gives all its words instead, and a notice.
"""

from __future__ import annotations

import html as entities
import logging
import re
from dataclasses import replace
from importlib.metadata import version
from typing import Any

import trafilatura
from htmldate import find_date

from tollbook.errors import InputError
from tollbook.model import Notice
from tollbook.reports.decode import decode
from tollbook.reports.particulars import published_of
from tollbook.reports.sources import Extract, Particulars, Raw
from tollbook.text import fold

# What they log about a page is no message for a user; without a handler, Python would print it.
for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

# libxml2 keeps 255 levels; what a person writes stays below 60.
_DEPTH = 120
# A long live blog has 10,000 tags. Time grows with the square: 30,000 items of one list take 2 s, 100,000 take 20 s.
_TAGS = 30_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
# These close themselves, so their number says nothing of depth.
_FLAT = frozenset(
    {
        *(
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "param",
            "source",
            "track",
            "wbr",
        ),
        *("p", "li", "dt", "dd", "tr", "td", "th", "option", "thead", "tbody", "tfoot"),
    }
)
_HEAD_END = re.compile(r"</head\b|<body\b", re.IGNORECASE)
_HEAD_SIZE = 500_000
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DROPPED = re.compile(
    r"<(script|style|template|noscript|svg)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.IGNORECASE | re.DOTALL
)
_BLOCK = re.compile(r"</?(?:p|div|br|li|tr|h[1-6]|section|article|table|ul|ol|blockquote|title)\b[^>]*>", re.IGNORECASE)
# A headline is a line or three.
_HEADLINE_LINES, _HEADLINE_CHARS = 3, 2000
_ANY_TAG = re.compile(r"<[^>]*>")
# Any day is as good as another, whenever the page is read: without an end, htmldate would ask the machine's clock.
_EARLIEST, _LATEST = "1990-01-01", "2999-12-31"


def extract(raw: Raw) -> Extract:
    """Main text and particulars of a page; raises `InputError` where it holds no text at all."""
    charset = _META_CHARSET.search(raw.data[:2048])
    decoded = decode(raw.data, raw.name, charset=raw.charset or (charset and charset[1].decode("ascii")))
    # Where in the page is not where in the text.
    page, notices = decoded.text, tuple(replace(notice, start=None, end=None) for notice in decoded.notices)
    unusual = unusual_shape(page)
    if unusual:
        page = _HEAD_END.split(page, maxsplit=1)[0][:_HEAD_SIZE] + "</head><body></body></html>"
    found = trafilatura.bare_extraction(
        page, url=raw.url, with_metadata=True, include_comments=False, date_extraction_params=_date_settings()
    )
    found = found or trafilatura.extract_metadata(page, default_url=raw.url, date_config=_date_settings())
    text = "" if unusual else (getattr(found, "text", None) or "").strip()
    if not text:
        text = plain_text(decoded.text)
        why = unusual or "no main text was found in the page"
        notices += (Notice("no_article", f"{why}; all its words are read, menus too"),)
    if not text:
        raise InputError("a page without text", what=raw.name)
    about = _particulars(page, found, raw)
    text = without_title(text, about.title, about.publisher)
    return Extract(text, f"trafilatura {version('trafilatura')}", about, notices)


def _date_settings() -> dict[str, Any]:
    return {"original_date": True, "extensive_search": False, "min_date": _EARLIEST, "max_date": _LATEST}


def _particulars(page: str, found: object, raw: Raw) -> Particulars:
    """What the page says of itself. A site without a name is called by its host."""
    day = getattr(found, "date", None) or find_date(page, url=raw.url, **_date_settings())
    return Particulars(
        title=_line(getattr(found, "title", None)),
        published=published_of(day)[0],
        publisher=_line(getattr(found, "sitename", None)),
        url=raw.url or _line(getattr(found, "url", None)),
        author=_line(getattr(found, "author", None)),
    )


def _line(value: str | None) -> str | None:
    return " ".join((value or "").split()) or None


def without_title(text: str, title: str | None, site: str | None = None) -> str:
    """A page's text less its headline, which stands in `title` already: a figure in it was said once, not twice.

    The headline may run over lines, be marked as a heading, or stand twice (in the page's head and over the article);
    the title may add the site's name ("… | Orune Courier"). A page that says nothing else keeps its words.
    """
    names = {
        _plain(title),
        _plain(re.sub(rf"\s*[|–—:·-]+\s*{re.escape(site)}\s*$", "", title or "", flags=re.I) if site else ""),
    }
    rest = text
    while cut := _headline_end(rest, names - {""}):
        rest = rest[cut:].lstrip()
    return rest or text


def _headline_end(text: str, names: set[str]) -> int:
    """Where a headline at the start of `text` ends; 0 where its first lines are none of `names`."""
    said = ""
    for line in list(re.finditer(r".*\n?", text[:_HEADLINE_CHARS]))[:_HEADLINE_LINES]:
        said = f"{said} {_plain(line[0])}".strip()
        if said in names:
            return line.end()
    return 0


def _plain(words: str | None) -> str:
    return " ".join(fold(words or "").lstrip("# ").split())


def unusual_shape(page: str) -> str | None:
    """Why a page is not for a parser of trees: its tags nest too deeply or are too many; None where they are not."""
    depth = 0
    for number, match in enumerate(_TAG.finditer(page), 1):
        if number > _TAGS:
            return f"the page has more than {_TAGS:,} tags"
        if match[2].lower() not in _FLAT and not match[0].endswith("/>"):
            depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > _DEPTH:
            return f"the page nests tags deeper than {_DEPTH} levels"
    return None


def plain_text(page: str) -> str:
    """All words of a page, a line for each block."""
    bare = _ANY_TAG.sub(" ", _BLOCK.sub("\n", _DROPPED.sub(" ", page)))
    lines = (" ".join(line.split()) for line in entities.unescape(bare).splitlines())
    return "\n".join(line for line in lines if line)
