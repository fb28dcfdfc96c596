"""The feed of changes: what people corrected, what new reports told, and which published figure that moved.

Input: a `Site`. Output: `feed.xml`, Atom (RFC 4287), the latest first. Worked: the rejection of a union's 44 is an
entry "Orvesk, 6 May 2031: killed 31–44 → 31", of the instant at which it was made; so is Friday's report that brought
the 44. An entry's id is a tag (RFC 4151) of the project's key and the event's number in the log: it stays whatever
address the pages have. Who ruled is nowhere told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit

from tollbook.dossiers.decided import Decided
from tollbook.dossiers.moved import Arrived, Moved
from tollbook.dossiers.site.corrections import by_event
from tollbook.dossiers.site.frame import Site, encoded, environment
from tollbook.dossiers.value import Column, Dossier, Entry, Page
from tollbook.errors import UsageError
from tollbook.text import counted

FILE = "feed.xml"
_DONE = {
    "accept": "accepted as read",
    "reject": "set aside",
    "correct": "corrected",
    "claim": "added by hand",
    "link": "moved to an incident",
    "unlink": "taken out of its incident",
    "split": "made an incident of its own",
    "merge": "two incidents made one",
    "grade": "graded",
    "actors": "sides and actors named",
    "withdraw": "a ruling taken back",
}
# Words beside a claim and a second person's agreement change nothing; what is shown or withheld moves no figure.
_NOTHING = frozenset({"note", "confirm", "unmask", "withhold"})
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d:\d\d(?:\.\d+)?)(Z|z|[+-]\d\d:\d\d)?)?")
_MOST, _INCIDENTS, _FIGURES = 500, 20, 4  # entries; incidents and reports of one, and figures of each, that it names
_NEVER = "1970-01-01T00:00:00Z"
# No sign that XML can't hold is left: templates name the others.
_NO_XML = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its event's number, its own name, title, when, where to look, and what is said of it, a line each."""

    event: int
    id: str
    title: str
    updated: str
    href: str
    lines: tuple[str, ...]


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The one file."""
    found = entries(site.dossier)
    days = [report.issued for report in site.dossier.reports if report.issued]
    latest = max([entry.updated for entry in found] or [instant(max(days, default=""), _NEVER)])
    text = environment().get_template(FILE).render(site=site, entries=found, updated=latest, tag=_tag(site.dossier))
    yield FILE, encoded(_NO_XML.sub("?", text))


def _tag(dossier: Dossier) -> str:
    """What all ids begin with; nobody owns the name, and no one ever can."""
    return f"tag:tollbook.invalid,2026:{dossier.key or 'dossier'}"


def entries(dossier: Dossier) -> list[Change]:
    """An entry for each ruling that changes what the pages show, for each day on which new reports changed an incident,
    and for the incidents first told of on a day; the latest first, some hundreds at most.
    """
    every = [*_ruled(dossier), *_told(dossier)]
    return sorted(every, key=lambda one: (-one.event, one.id))[:_MOST]


def _ruled(dossier: Dossier) -> list[Change]:
    pages = {page.slug: page for page in dossier.pages}
    homes = {entry.ref: (page, column.label) for page in dossier.pages for column, entry in _entries(page)}
    shifted: dict[int, list[Moved]] = defaultdict(list)
    for move in dossier.moved:
        shifted[move.event].append(move)
    last, found = _NEVER, dict[int, Change]()
    for one in sorted(dossier.rulings, key=lambda one: one.seq):
        last = instant(one.when, last)
        nothing = one.action in _NOTHING or (one.takes_back and one.takes_back not in found)
        if not nothing and (one.action != "accept" or shifted[one.seq]):
            found[one.seq] = _entry(one, last, pages, homes, shifted[one.seq])
    return [*found.values()]


def _told(dossier: Dossier) -> Iterator[Change]:
    """What new reports changed of incidents, and which they told of first."""
    pages, moved = {page.slug: page for page in dossier.pages}, by_event(dossier)
    for one in dossier.arrived:
        for slug in one.known:
            if shifted := moved.get((one.event, slug)):
                page, first = pages[slug], shifted[0]
                title = f"{page.name}: {first.label} {first.was} → {first.now}"
                came = f"{counted(len(one.reports), 'report')} came: {_named(one.reports)}"
                id = f"reports-{one.event}-{page.key or page.slug}"
                lines = (came, *map(_step, shifted))
                yield Change(one.event, id, title, instant(one.when, _NEVER), f"{slug}.html", lines)
    for _, day in groupby(dossier.arrived, key=lambda one: one.when[:10]):
        some = list(day)
        began = dict.fromkeys((slug, one.event) for one in some for slug in one.began)
        if began:
            yield _first_told([(pages[slug], moved.get((event, slug), [])) for slug, event in began], some)


def _first_told(began: Sequence[tuple[Page, Sequence[Moved]]], some: Sequence[Arrived]) -> Change:
    """The incidents that a day's reports told of first, with their figures of then."""
    names = [page.name for page, _ in began]
    lines = [f"{page.name}: {_figures(shifted) or 'no figure'}" for page, shifted in began[:_INCIDENTS]]
    more = [f"and {counted(len(began) - _INCIDENTS, 'more incident')}"] if len(began) > _INCIDENTS else []
    title = f"{counted(len(began), 'new incident')}: {'; '.join(names[:3])}{'; …' if len(names) > 3 else ''}"
    when, href = instant(some[-1].when, _NEVER), f"{began[0][0].slug}.html" if len(began) == 1 else "index.html"
    return Change(some[0].event, f"incidents-{some[0].event}", title, when, href, (*lines, *more))


def _figures(shifted: Sequence[Moved]) -> str:
    return "; ".join(
        f"{one.label} {one.now} by {one.rules}" for one in [one for one in shifted if not one.joined][:_FIGURES]
    )


def _named(refs: Sequence[str]) -> str:
    more = f" and {len(refs) - _INCIDENTS} more" if len(refs) > _INCIDENTS else ""
    return ", ".join(refs[:_INCIDENTS]) + more


def _step(move: Moved) -> str:
    """One figure that moved, in a line."""
    where = ", of what was an incident of its own until then" if move.joined else ""
    return f"{move.label}{where}: {move.was} → {move.now} by {move.rules}{', disputed' if move.disputed else ''}"


def _entries(page: Page) -> Iterator[tuple[Column, Entry]]:
    for row in page.rows:
        for column, cell in zip(page.columns, row.cells, strict=True):
            for entry in cell.entries if cell else ():
                yield column, entry


def _entry(
    one: Decided,
    when: str,
    pages: Mapping[str, Page],
    homes: Mapping[str, tuple[Page, str]],
    shifted: Sequence[Moved],
) -> Change:
    first = next((move for move in shifted if move.was != move.now and not move.joined), None)
    page, what_of = homes.get(one.claim, (pages.get(one.incident), ""))
    page = pages.get((first or shifted[0]).slug, page) if shifted else page
    done = _DONE.get(one.action, one.action.replace("_", " "))
    what = f"{first.label} {first.was} → {first.now}" if first else f"{what_of} {done}".strip()
    title = f"{page.name}: {what}" if page else what[:1].upper() + what[1:]
    where = f"{page.slug}.html" if page else "index.html"
    href = f"{where}#{one.claim}" if one.claim in homes else where
    return Change(one.seq, f"ruling-{one.seq}", title, when, href, (one.said, *map(_step, shifted)))


def base_of(address: str) -> str:
    """The address under which pages will be found, with the slash that file names follow; raises UsageError."""
    try:
        split = urlsplit(address)
        fits = split.scheme in {"http", "https"} and split.hostname and not (split.query or split.fragment)
    except ValueError:
        fits = False
    if not fits or split.username is not None or re.search(r"[\s\x00-\x1f\x7f-\x9f<>\"]", address):
        raise UsageError(
            "is no address of a folder of pages",
            what=f"--base {address}",
            advice="write it as https://example.org/record/",
        )
    return address if address.endswith("/") else f"{address}/"


def instant(when: str, fallback: str) -> str:
    """A time as RFC 3339 wants it: a day is its first instant in UTC; what is no time is the fallback."""
    found = _INSTANT.fullmatch(when.strip())
    if found is None:
        return fallback
    day, time, zone = found.groups()
    return f"{day}T{time or '00:00:00'}{(zone or 'Z').upper()}"
