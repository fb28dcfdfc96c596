"""A page for each measure: what was counted of it in every incident, by every rule set.

Input: a `Site`. Output: `counts.html`, and a page such as `count-killed.html`. Worked: of "killed" it has a table of
all people, one of women, one of children; each line an incident with its figure, drawn on a line that all share. What
is longer than some hundreds of lines goes on in `count-killed-page-2.html`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tollbook.dossiers.figures import MEASURES, column_order, days
from tollbook.dossiers.site.filters import top_of
from tollbook.dossiers.site.frame import Site
from tollbook.dossiers.value import Column, Dossier, Page, Stance

_MOST = 500  # lines of a page: some 200 kB


@dataclass(frozen=True, slots=True)
class Line:
    """One incident: its column, and what each rule set makes of it, as a stance that can be drawn."""

    page: Page
    column: Column
    drawn: tuple[Stance, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Everything that is counted in one way: "killed, women", by incident in order of time.

    `top` is where the line ends on which each figure is drawn, `number` how many incidents it has on all its pages,
    `disputed` in how many of them the count is.
    """

    label: str
    lines: tuple[Line, ...]
    top: float
    number: int
    disputed: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a measure: its file, its number, its tables or their parts, and the time that they are of."""

    file: str
    number: int
    tables: tuple[Table, ...]

    @property
    def words(self) -> str:
        """ "killed, March 2031 to 2 May 2032" of what it begins and ends with."""
        first, last = self.tables[0].lines[0].page, self.tables[-1].lines[-1].page
        begins, ends = days(first.date) or "date not known", days(last.date) or "date not known"
        labels = " to ".join(dict.fromkeys((self.tables[0].label, self.tables[-1].label)))
        return f"{labels}, {begins if begins == ends else f'{begins} to {ends}'}"


@dataclass(frozen=True, slots=True)
class Count:
    """One measure: its name in words, its file, its tables."""

    measure: str
    name: str
    file: str
    tables: tuple[Table, ...]

    @property
    def lines(self) -> int:
        return sum(len(table.lines) for table in self.tables)

    @property
    def leaves(self) -> list[Leaf]:
        """Its pages, each of some hundreds of lines at most."""
        parts: list[list[Table]] = [[]]
        for table in self.tables:
            ahead = table.lines
            while ahead:
                room = _MOST - sum(_rows(line) for part in parts[-1] for line in part.lines)
                fits = _fitting(ahead, room)
                if not fits and parts[-1]:
                    parts.append([])
                    continue
                here, ahead = ahead[: max(fits, 1)], ahead[max(fits, 1) :]
                parts[-1].append(replace(table, lines=here))
        bare = self.file.removesuffix(".html")
        return [
            Leaf(f"{bare}-page-{number}.html" if number > 1 else self.file, number, tuple(part))
            for number, part in enumerate(parts, 1)
        ]


def _rows(line: Line) -> int:
    """How many lines of a page it takes: one a rule set."""
    return max(len(line.drawn), 1)


def _fitting(lines: Sequence[Line], room: int) -> int:
    """How many of the first lines fit into so many rows."""
    for number, line in enumerate(lines):
        room -= _rows(line)
        if room < 0:
            return number
    return len(lines)


def counts(dossier: Dossier) -> list[Count]:
    """Every measure of the dossier in the order in which people ask, with its groups and units."""
    found: dict[str, dict[tuple[str, str, str], list[tuple[Page, Column]]]] = defaultdict(lambda: defaultdict(list))
    for page in dossier.pages:
        for column in page.columns:
            found[column.measure][column.measure, column.group, column.unit].append((page, column))
    order = {name: at for at, name in enumerate(MEASURES)}
    made, taken = list[Count](), dict[str, int]()
    for measure in sorted(found, key=lambda name: (order.get(name, len(order)), name)):
        tables = tuple(_table(found[measure][key]) for key in sorted(found[measure], key=column_order))
        name = "other figures" if measure == "other" else measure.replace("_", " ")
        slug = re.sub(r"[^a-z0-9]+", "-", measure.lower()).strip("-") or "count"
        taken[slug] = taken.get(slug, 0) + 1
        file = f"count-{slug}.html" if taken[slug] == 1 else f"count-{slug}-{taken[slug]}.html"
        made.append(Count(measure, name, file, tables))
    return made


def _table(some: list[tuple[Page, Column]]) -> Table:
    ordered = sorted(some, key=lambda one: (_when(one[0]), one[0].name, one[0].slug))
    lines = tuple(
        Line(
            page,
            column,
            tuple(Stance(ruled.figure, ruled.low, ruled.high, ()) for ruled in column.ruled),
        )
        for page, column in ordered
    )
    disputed = sum(line.column.disputed for line in lines)
    return Table(some[0][1].label, lines, top_of(one for line in lines for one in line.drawn), len(lines), disputed)


def _when(page: Page) -> tuple[bool, str]:
    return page.date is None, page.date.start.isoformat() if page.date else ""


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The list of measures, and one file a measure."""
    if not site.dossier.pages:
        return
    every = counts(site.dossier)
    yield "counts.html", site.page("counts.html", styles=("pages.css",), counts=every)
    for one in every:
        leaves = one.leaves
        for leaf in leaves:
            yield leaf.file, site.page("count.html", styles=("pages.css",), count=one, leaf=leaf, leaves=leaves)
