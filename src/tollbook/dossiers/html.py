"""A dossier becomes a folder of web pages that need nothing but a browser, and exports beside them.

Input: a `Dossier` and a folder. Output: `index.html`, a page for each incident, the exports, and `SHA256SUMS`. Worked:
`write(dossier, Path("out"))` gives `out/index.html`, which opens from the disk, without a network, with or without
JavaScript. Every text is escaped; the policy in each page allows its own style and script by their hash and nothing
else. A kind of page is a module of `dossiers.site`, listed in `KINDS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tollbook.dossiers.files import put
from tollbook.dossiers.formats import published, redactions
from tollbook.dossiers.site import corrections, counts, drawing, feed, incident, index, methods, reports, sources
from tollbook.dossiers.site.frame import Site, encoded
from tollbook.dossiers.value import Dossier

# In the order in which their files are written; each module has `files(site)`.
KINDS = (index, incident, reports, sources, counts, methods, corrections, feed, drawing)


def write(dossier: Dossier, folder: Path) -> Path:
    """Write the pages and exports into `folder` and return its index; an earlier dossier there is replaced at once.

    Raises OutputError where the folder holds something else or can't be written; nothing is left half-written.
    """
    put(render(dossier), folder)
    return folder / "index.html"


def render(dossier: Dossier, *, bundled: bool = False, base: str = "") -> Iterator[tuple[str, bytes]]:
    """(file name, content) of every page and export; the index of what is `bundled` tells how to verify it.

    `base` is the address under which the pages will be found, where that is known.
    """
    forms = published(dossier)
    by_ref = {report.ref: report for report in dossier.reports}
    site = Site(dossier, by_ref, [form.file for form in forms], bundled, base)
    for kind in KINDS:
        yield from kind.files(site)
    for form in forms:
        yield form.file, form.content(dossier)
    if dossier.redactions:
        yield redactions.FILE, encoded(redactions.write(dossier))
