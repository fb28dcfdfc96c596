"""A page for each incident: who says what of it.

Input: a `Site`. Output: `incident-….html`, one for each page of the dossier.
"""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.dossiers.site.counts import counts
from tollbook.dossiers.site.drawing import PLOT_STYLE, toll_data
from tollbook.dossiers.site.frame import Site
from tollbook.dossiers.site.maps import Places
from tollbook.dossiers.site.sources import voices
from tollbook.dossiers.value import Page
from tollbook.text import counted


def source_line(page: Page, site: Site) -> str:
    """What a picture of one of its figures says of where it is from."""
    dates = [report.published for report in page.reports if report.issued]
    when = dates[0] if len(set(dates)) == 1 else f"{dates[0]} to {dates[-1]}" if dates else ""
    told = counted(len(page.reports), "report")
    return f"From {told}{f' of {when}' if when else ''}. Made with tollbook {site.dossier.version}."


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """One file an incident, named by its slug."""
    places = Places.of(site.dossier)
    sources = {row.name: voice.file for voice in voices(site.dossier) for row in voice.rows}
    measures = {count.measure: count.file for count in counts(site.dossier)}
    for page in site.dossier.pages:
        body = site.page(
            "incident.html",
            styles=("map.css", "figures.css"),
            scripts=("draw.js",),
            drawn=PLOT_STYLE,
            page=page,
            source_line=source_line(page, site),
            chart=places.around(page),
            toll=toll_data(page),
            source_files=sources,
            measure_files=measures,
            of_entry={entry.ref: entry.report for entry in page.entries},
        )
        yield f"{page.slug}.html", body
