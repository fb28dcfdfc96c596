"""A dossier becomes a folder of web pages that need nothing but a browser: one an incident, and an index.

Input: a `Dossier` and a folder. Output: `index.html`, a page for each incident, the exports, and `SHA256SUMS`. Worked:
`write(dossier, Path("out"))` gives `out/index.html`, which opens from the disk, without a network, with or without
JavaScript. Every text is escaped; the policy in each page allows its own style and script by their hash and nothing
else.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from tollbook.dossiers.figures import label, number
from tollbook.dossiers.files import put
from tollbook.dossiers.formats import published, redactions
from tollbook.dossiers.masks import UNCHECKED
from tollbook.dossiers.told import Moment, Said
from tollbook.dossiers.value import Cell, Dossier, Entry, Page, Stance, Words
from tollbook.text import counted

# Signs that turn the direction of text or hide in it are named, not obeyed; C0 and C1 controls and surrogates likewise.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def write(dossier: Dossier, folder: Path) -> Path:
    """Write the pages and exports into `folder` and return its index; an earlier dossier there is replaced at once.

    Raises OutputError where the folder holds something else or can't be written; nothing is left half-written.
    """
    put(render(dossier), folder)
    return folder / "index.html"


def render(dossier: Dossier, *, bundled: bool = False) -> Iterator[tuple[str, bytes]]:
    """(file name, content) of every page and export; the index of what is `bundled` tells how to verify it."""
    env = environment()
    style, script = (env.globals[name] for name in ("style", "script"))
    common = {
        "dossier": dossier,
        "policy": policy(str(style), str(script)),
        "by_ref": {report.ref: report for report in dossier.reports},
    }
    index = env.get_template("index.html").render(
        **common, exports=[form.file for form in published(dossier)], bundled=bundled
    )
    yield "index.html", _bytes(index)
    template = env.get_template("incident.html")
    for page in dossier.pages:
        yield f"{page.slug}.html", _bytes(template.render(**common, page=page))
    for form in published(dossier):
        yield form.file, form.content(dossier)
    if dossier.redactions:
        yield redactions.FILE, redactions.write(dossier).encode("utf-8", "replace")


def policy(style: str, script: str = "") -> str:
    """A content security policy under which nothing is loaded and only this style and this script count."""
    hashes = (base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in (style, script))
    first, second = (f"'sha256-{digest}'" for digest in hashes)
    scripts = f"script-src {second}; " if script else ""
    return f"default-src 'none'; style-src {first}; {scripts}base-uri 'none'; form-action 'none'"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


@cache
def environment() -> Environment:
    """Templates with escaping always on; style and script go in as they are, both come with the package."""
    folder = files(__package__) / "templates"
    sources = {item.name: item.read_text(encoding="utf-8") for item in folder.iterdir() if item.is_file()}
    env = Environment(
        loader=DictLoader(sources),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    env.globals.update(
        style=Markup(sources["style.css"]),
        check=Markup(sources["check.css"]),
        script=Markup(sources["script.js"]),
        verify_style=Markup(sources["verify.css"]),
        verify_script=Markup(sources["verify.js"]),
    )
    env.filters.update(
        count=counted,
        plot=plot,
        number=number,
        shown=shown,
        by_source=by_source,
        by_weight=by_weight,
        label=entry_label,
        kinds=kinds,
        direction=direction,
    )
    return env


def _shown(value: object) -> object:
    """What a template puts out: texts with unseen signs named."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _UNSEEN.sub(lambda match: f"[U+{ord(match.group()):04X}]", value)


# ---- filters ----


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


def kinds(page: Page) -> dict[str, str]:
    """The kind of the source of each cell."""
    return {cell.ref: row.kind for row in page.rows for cell in row.cells if cell is not None}


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
    ends = [float(value) for one in beside for value in (one.low, one.high) if value is not None]
    top = max([*ends, 1.0]) * 1.12
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
