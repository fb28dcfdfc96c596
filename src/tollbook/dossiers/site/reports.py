"""All reports, with their hashes; and the figures that no incident could be told for.

Input: a `Site`. Output: `reports.html`. Worked: report R7 is `reports.html#R7`, a figure of no incident stands below.
"""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.dossiers.site.frame import Site


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The one page."""
    yield "reports.html", site.page("reports.html")
