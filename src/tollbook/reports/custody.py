"""How bytes were obtained: the first link of their chain of custody, written once and never changed.

Input: a `Raw`, the `Report` made of it, who reads it in and when. Output: a `Custody`, whose `content` is kept as JSON
beside the bytes: how, from where, when, by whom, with which tool, and what the server said. The same bytes obtained in
the same way are one custody; another URL, file, capture, text or extractor makes another.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping

from tollbook import __version__
from tollbook.model import Report, digest
from tollbook.reports.sources import Raw
from tollbook.values import dataclass

# 1 had neither `by` nor `added`, and stood in no event of the log.
FORMAT = 2


@dataclass(frozen=True, slots=True)
class Custody:
    """One way of coming by bytes: their hash, eight hex digits for the way, and what is told of it.

    `before` is the name that an earlier release gave the same way, where it gave another.
    """

    sha256: str
    way: str
    told: Mapping[str, object]
    before: str | None = None

    @property
    def content(self) -> bytes:
        return (json.dumps(self.told, ensure_ascii=True, indent=1) + "\n").encode("ascii")


def custody_of(raw: Raw, report: Report, who: str | None, when: str | None) -> Custody:
    """How `raw` came, as `who` says at `when`; without a `when` the clock is asked."""
    exact = digest(raw.how, raw.url or raw.name, report.text_sha256, report.extractor, length=8)
    # A row is the same row wherever in its file it stands.
    place = raw.name.rpartition(":")[0] if raw.how == "row" else raw.url or raw.name
    way = exact
    if raw.how == "row" or raw.capture:
        # A capture is the same in whichever file it lies.
        which = [raw.capture.get(name, "") for name in ("record", "date")] if raw.capture else []
        way = digest(raw.how, place, report.text_sha256, report.extractor, *which, length=8)
    return Custody(report.sha256, way, _told(raw, report, who, when), exact if exact != way else None)


def _told(raw: Raw, report: Report, who: str | None, when: str | None) -> dict[str, object]:
    now = when or dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    told: dict[str, object] = {
        "format": FORMAT,
        "sha256": report.sha256,
        "bytes": len(raw.data),
        "how": raw.how,
        "input": raw.name,
        "url": raw.url,
        "hops": list(raw.hops),
        "obtained": raw.obtained or now,
        "added": now,
        "by": who,
        "tool": f"tollbook {__version__}",
        "media_type": raw.media_type,
        "status": raw.status,
        "headers": [list(pair) for pair in raw.headers],
        "text_sha256": report.text_sha256,
        "extractor": report.extractor,
    }
    if raw.capture:
        told["capture"] = dict(raw.capture)
    if raw.earlier:
        told["earlier"] = list(raw.earlier)
    return told
