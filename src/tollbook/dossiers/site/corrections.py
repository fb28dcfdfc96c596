"""The corrections page: every correction, withdrawal and report that moved a figure, the latest first.

Input: a `Site`. Output: `corrections.html`. Worked: "9 May 2031: killed, Flood Office: 12 → 14, recounted on page 4";
"10 May 2031: 2 reports came: Orvesk (R7): killed 12 → 12–31". A ruling that was taken back stays there and says so.
Who ruled is nowhere told. What is longer than some hundreds of lines goes on in `corrections-page-2.html`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from tollbook.dossiers.decided import Decided, in_words
from tollbook.dossiers.moved import Arrived, Moved
from tollbook.dossiers.site.frame import Site
from tollbook.dossiers.value import Dossier, Entry, Page

_WORDS = {
    "accept": "Accepted as read",
    "reject": "Set aside",
    "correct": "Corrected",
    "claim": "Added by hand",
    "tie": "Tied to words of a report",
    "link": "Moved to an incident",
    "unlink": "Taken out of its incident",
    "split": "Made an incident of its own",
    "merge": "Two incidents made one",
    "grade": "Graded",
    "actors": "Sides and actors named",
    "withdraw": "A ruling taken back",
}
# Words beside a claim and a second person's agreement correct nothing; what may be shown is told on other pages.
_NOTHING = frozenset({"note", "confirm", "return", "withhold", "unmask"})
_MOST, _NAMED = 400, 12  # lines of a page; incidents that are named where many came at once


@dataclass(frozen=True, slots=True)
class Correction:
    """One ruling that changed something: the day, what was done, on which page, to which figure of whom."""

    ruling: Decided
    day: str
    done: str
    page: Page | None = None
    source: str = ""
    of: str = ""
    entry: Entry | None = None
    moved: tuple[Moved, ...] = ()

    @property
    def event(self) -> int:
        """Its number in the log."""
        return self.ruling.seq

    @property
    def lines(self) -> int:
        """How much of a page it takes."""
        return 3 + len(self.moved)


@dataclass(frozen=True, slots=True)
class Told:
    """What the reports that came on a day changed of one incident."""

    page: Page
    reports: tuple[str, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """The reports that came on one day: how many, what they changed, the incidents first told of (some, and more)."""

    event: int
    day: str
    reports: tuple[str, ...]
    told: tuple[Told, ...]
    began: tuple[Page, ...]
    more: int

    @property
    def lines(self) -> int:
        """How much of a page it takes."""
        return 3 + sum(1 + len(one.moved) for one in self.told)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: its file, its number, and what stands on it."""

    file: str
    number: int
    told: tuple[Correction | Coming, ...]


def corrections(dossier: Dossier) -> list[Correction]:
    """The rulings that changed anything, the latest first."""
    where = {
        entry.ref: (page, row.name, column.label, entry)
        for page in dossier.pages
        for row in page.rows
        for column, cell in zip(page.columns, row.cells, strict=True)
        for entry in (cell.entries if cell else ())
    }
    loose = {entry.ref: entry for entry in dossier.loose}
    slugs = {page.slug: page for page in dossier.pages}
    by_number = {one.seq: one for one in dossier.rulings}
    moved: dict[int, list[Moved]] = defaultdict(list)
    for figure in dossier.moved:
        moved[figure.event].append(figure)
    found = []
    for one in sorted(dossier.rulings, key=lambda one: -one.seq):
        about = _about(one, by_number)
        if about.action in _NOTHING or (one.action == "accept" and not (one.changes or moved[one.seq])):
            continue
        done = _WORDS.get(one.action, one.action.replace("_", " ").capitalize())
        when = in_words(one.when)
        if about.claim in where:
            made = Correction(one, when, done, *where[about.claim])
        else:
            made = Correction(one, when, done, slugs.get(about.incident), entry=loose.get(about.claim))
        found.append(replace(made, moved=tuple(moved[one.seq])))
    return found


def comings(dossier: Dossier) -> list[Coming]:
    """The reports that came and changed figures or told of new incidents, by day, the latest first."""
    pages = {page.slug: page for page in dossier.pages}
    moved = by_event(dossier)
    found = []
    for when, some in groupby(dossier.arrived, key=lambda one: one.when[:10]):
        made = _coming(in_words(when), list(some), pages, moved)
        found += [made] if made.told or made.began else []
    return found[::-1]


def _coming(
    when: str, some: Sequence[Arrived], pages: Mapping[str, Page], moved: Mapping[tuple[int, str], Sequence[Moved]]
) -> Coming:
    told = [
        Told(pages[slug], one.reports, tuple(moved[one.event, slug]))
        for one in some
        for slug in one.known
        if (one.event, slug) in moved
    ]
    reports = sorted({ref for one in some for ref in one.reports}, key=lambda ref: int(ref[1:]))
    began = [pages[slug] for slug in dict.fromkeys(slug for one in some for slug in one.began)]
    more = max(len(began) - _NAMED, 0)
    return Coming(some[0].event, when, tuple(reports), tuple(told), tuple(began[:_NAMED]), more)


def by_event(dossier: Dossier) -> Mapping[tuple[int, str], list[Moved]]:
    """The figures that moved, by event and incident."""
    moved: dict[tuple[int, str], list[Moved]] = defaultdict(list)
    for one in dossier.moved:
        moved[one.event, one.slug].append(one)
    return dict(moved)


def _about(one: Decided, by_number: Mapping[int, Decided]) -> Decided:
    """The ruling that a withdrawal comes down to, itself for any other."""
    while one.takes_back in by_number:
        one = by_number[one.takes_back]
    return one


def _leaves(some: Sequence[Correction | Coming]) -> list[Leaf]:
    """The pages that they fill, the latest on the first."""
    parts: list[list[Correction | Coming]] = [[]]
    for one in some:
        if parts[-1] and sum(other.lines for other in parts[-1]) + one.lines > _MOST:
            parts.append([])
        parts[-1].append(one)
    return [
        Leaf(f"corrections-page-{number}.html" if number > 1 else "corrections.html", number, tuple(part))
        for number, part in enumerate(parts, 1)
    ]


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The first page, which says so where nothing was corrected, and those that follow it."""
    made, came = corrections(site.dossier), comings(site.dossier)
    every: list[Correction | Coming] = [*made, *came]
    leaves = _leaves(sorted(every, key=lambda one: -one.event))
    known = {one.ruling.seq: leaf.file for leaf in leaves for one in leaf.told if isinstance(one, Correction)}
    for leaf in leaves:
        yield (
            leaf.file,
            site.page(
                "corrections.html",
                styles=("pages.css",),
                leaf=leaf,
                leaves=leaves,
                number=len(made),
                came=came,
                known=known,
            ),
        )
