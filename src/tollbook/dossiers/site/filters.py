"""What templates do with values beyond putting them out.

Input: values of a dossier. Output: values that a template can show, and small drawings. Worked: a figure of 34 among
some up to 60 is a dot a little right of the middle of its line.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from tollbook.dossiers.checks import checked, checks
from tollbook.dossiers.figures import label, number
from tollbook.dossiers.masks import UNCHECKED
from tollbook.dossiers.told import Moment, Said
from tollbook.dossiers.value import Cell, Entry, Page, Stance, Words
from tollbook.text import counted


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure of a cell; `quiet` where nobody asserts it as a total, `conflicts` the rule sets by which it does."""

    figure: str
    quiet: bool
    conflicts: tuple[str, ...] = ()


# More figures than these in one cell hide the rest of its row; the words still hold them all.
_MOST = 4


def direction(words: Words) -> str:
    """Which way a sentence runs, by its exact words first: "rtl" or "ltr"."""
    for text in (words.said, words.before, words.after):
        kinds = (unicodedata.bidirectional(sign) for sign in text.replace(UNCHECKED, ""))
        strong = next((kind for kind in kinds if kind in {"L", "R", "AL"}), None)
        if strong:
            return "ltr" if strong == "L" else "rtl"
    return "ltr"


def is_held_back(text: str) -> bool:
    """True for words that are not shown, in place of which this record's own stand: these run from left to right."""
    return UNCHECKED in text


def shown(cell: Cell) -> list[Shown]:
    """The figures of a cell in order of time, the middle left out where there are many."""
    found: dict[str, Shown] = {}
    for entry in cell.entries:
        quiet = entry.modality != "asserted" or entry.basis in {"increment", "rate", "aggregate"}
        earlier = found.pop(entry.figure, Shown(entry.figure, True))
        conflicts = tuple(dict.fromkeys((*earlier.conflicts, *entry.conflicts)))
        found[entry.figure] = Shown(entry.figure, quiet and earlier.quiet, conflicts)
    figures = list(found.values())
    if len(figures) <= _MOST:
        return figures
    hidden = figures[1:-2]
    conflicts = tuple(dict.fromkeys(rules for one in hidden for rules in one.conflicts))
    return [figures[0], Shown(f"{len(hidden)} more", False, conflicts), *figures[-2:]]


def by_source(moment: Moment) -> list[tuple[str, list[Said]]]:
    """What was said on a day, gathered by source in the order in which sources first speak."""
    found: dict[str, list[Said]] = {}
    for said in moment.said:
        found.setdefault(said.source, []).append(said)
    return list(found.items())


def _notes(page: Page) -> dict[tuple[str, str], str]:
    """The reports that carry each figure of each cell, as footnotes of a print: ("w1-0", "≥ 12") is "R1 R4"."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for row in page.rows:
        for cell in row.cells:
            for entry in cell.entries if cell else ():
                found.setdefault((cell.ref, entry.figure), {})[entry.report] = None  # type: ignore[union-attr]
    return {key: " ".join(refs) for key, refs in found.items()}


def figures_of(page: Page) -> Counter[str]:
    """How many figures each source of a page gives, by its name."""
    return Counter(row.name for row in page.rows for cell in row.cells if cell for _ in cell.entries)


def kinds(page: Page) -> dict[object, str]:
    """The kind of the source of each cell, and of each cell and figure the reports that have it."""
    own: dict[object, str] = {cell.ref: row.kind for row in page.rows for cell in row.cells if cell is not None}
    return own | dict[object, str](_notes(page))


def by_weight(pages: Sequence[Page]) -> list[Page]:
    """Pages with the most figures first."""
    return sorted(pages, key=lambda page: (-page.claims, page.name, page.slug))


def entry_label(entry: Entry) -> str:
    """What an entry counts."""
    return label(entry.measure, entry.group, entry.unit)


def plot(stance: Stance, beside: Sequence[Stance]) -> Markup:
    """A figure as a mark on a line that all figures beside it share: a dot, a bar, an arrow where there is no end.

    The same is said in words next to it, so that the drawing is hidden from readers that don't see it.
    """
    return drawn(stance, top_of(beside))


def top_of(beside: Iterable[Stance]) -> float:
    """The highest end of some figures, with room for an arrow: where the line that they share ends."""
    return max([*(float(value) for one in beside for value in (one.low, one.high) if value is not None), 1.0]) * 1.12


def drawn(stance: Stance, top: float) -> Markup:
    """A figure as `plot` draws it, on a line that ends at `top`."""
    left = 3 + 138 * float(stance.low or 0) / top
    right = 141.0 if stance.high is None else 3 + 138 * float(stance.high) / top
    marks = ['<line x1="3" y1="7" x2="141" y2="7" stroke="currentColor" stroke-opacity=".25"/>']
    if stance.high is None:
        dashed = 'stroke="currentColor" stroke-width="2" stroke-dasharray="4 3"'
        marks.append(f'<line x1="{left:.1f}" y1="7" x2="139" y2="7" {dashed}/>')
        marks.append('<path d="M136 3.5 141 7l-5 3.5" fill="none" stroke="currentColor" stroke-width="1.5"/>')
        marks.append(f'<line x1="{left:.1f}" y1="2" x2="{left:.1f}" y2="12" stroke="currentColor" stroke-width="2"/>')
    elif right - left > 1:
        marks.append(f'<rect x="{left:.1f}" y="5" width="{right - left:.1f}" height="4" fill="currentColor"/>')
    else:
        marks.append(f'<circle cx="{left:.1f}" cy="7" r="4.5" fill="currentColor"/>')
    return Markup('<svg class="plot" viewBox="0 0 144 14" aria-hidden="true" focusable="false">{}</svg>').format(
        Markup("".join(marks))
    )


FILTERS: Mapping[str, Callable[..., Any]] = {
    "count": counted,
    "plot": plot,
    "drawn": drawn,
    "number": number,
    "shown": shown,
    "by_source": by_source,
    "by_weight": by_weight,
    "label": entry_label,
    "kinds": kinds,
    "figures_of": figures_of,
    "direction": direction,
    "is_held_back": is_held_back,
    "checked": checked,
    "checks": checks,
}
