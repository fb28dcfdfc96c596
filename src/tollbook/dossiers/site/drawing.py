"""What the pages draw with a script: its one file beside them, and what a page's figure is drawn from.

Input: a `Site`; a `Page`. Output: `figures.js`, which holds Observable Plot with its licences and the pages' own
drawing code; the data of "the toll over time" as JSON in the page. Worked: a page's own script, allowed by its hash,
loads `figures.js` from beside it, and no other script can be loaded or run; without a script the same figures stand in
the page's tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files as resources

from markupsafe import Markup

from tollbook.dossiers.site.frame import Site, encoded, joined, unseen_named
from tollbook.dossiers.told import Step, Toll
from tollbook.dossiers.value import Column, Page

FILE = "figures.js"
# What Plot writes into each drawing of this class; the policy allows it by its hash.
PLOT_STYLE = """:where(.toll-plot) {
  --plot-background: white;
  display: block;
  height: auto;
  height: intrinsic;
  max-width: 100%;
}
:where(.toll-plot text),
:where(.toll-plot tspan) {
  white-space: pre;
}"""


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The script that draws, the same in every dossier of a version."""
    if site.dossier.pages:
        yield FILE, _script()


@cache
def _script() -> bytes:
    vendored = resources("tollbook.dossiers") / "vendored"
    licences = (vendored / "plot.LICENSE.txt").read_bytes()
    plot = (vendored / "plot.min.js").read_bytes()
    return b"/*\n" + licences + b"*/\n" + plot + encoded(joined("toll.js", "save.js"))


def toll_data(page: Page) -> Markup:
    """What the toll over time of a page is drawn from, as JSON that no text in it can leave; empty where none is."""
    if not page.tolls:
        return Markup()
    columns = {column.ref: column for column in page.columns}
    used = {step.row for toll in page.tolls for step in toll.steps} | {
        row for toll in page.tolls for row, *_ in toll.apart
    }
    rules = list(dict.fromkeys(ruled.rules for column in page.columns for ruled in column.ruled))
    data = {
        "rules": rules,
        "rows": {row.ref: [_shown(row.name), row.kind] for row in page.rows if row.ref in used},
        "event": page.date.start.isoformat() if page.date and page.date.precision in {"day", "days"} else None,
        "tolls": [_toll(toll, columns[toll.column], rules) for toll in page.tolls],
    }
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(told.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _toll(toll: Toll, column: Column, rules: Sequence[str]) -> dict[str, object]:
    return {
        "label": _shown(column.label),
        "steps": [_step(step, rules) for step in toll.steps],
        "apart": [[row, ref, _shown(figure), why] for row, ref, figure, why in toll.apart],
        "ruled": [
            {
                "rules": ruled.rules, "low": ruled.low, "value": ruled.best, "high": ruled.high,
                "figure": ruled.figure, "status": ruled.status,
            }
            for ruled in column.ruled
        ],
    }  # fmt: skip


def _step(step: Step, rules: Sequence[str]) -> list[object]:
    """A step as toll.js unpacks it."""
    end = step.end.isoformat() if step.end else None
    stands = [rules.index(one) for one in step.stands]
    ends = [step.low, step.value, step.high]
    return [step.row, step.start.isoformat(), end, *ends, step.bound, _shown(step.figure), step.ref, stands]


def _shown(text: str) -> str:
    """A text with unseen signs named, as the templates put it out."""
    return str(unseen_named(text))
