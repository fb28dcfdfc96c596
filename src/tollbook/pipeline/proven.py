"""What a bundle tells of where it came from: the log's public half, and how each report was obtained.

Input: a project as it stands at one moment. Output: events without what they hold, their Merkle tree, and for each
report the ways in which its bytes came. Paths, addresses, headers and people of the custody stay in the project.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import lru_cache
from pathlib import Path

from tollbook.bundles import Obtained, Public, public
from tollbook.dossiers.refs import key_of
from tollbook.errors import StoreError
from tollbook.model import Report
from tollbook.pipeline.project_folder import ARCHIVE
from tollbook.reports import Archive
from tollbook.store import Unit
from tollbook.store.log import GENESIS, leaf, sha256
from tollbook.store.merkle import Tree
from tollbook.values import dataclass

# Files whose ways are remembered: a project has few sheets, and reports come in the order of their names.
_HELD = 8
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")


@dataclass(slots=True)
class Log:
    """The log as anybody may see it, filled by `take`."""

    events: list[Public] = field(default_factory=list)
    tree: Tree = field(default_factory=Tree)

    def take(self, unit: Unit) -> None:
        """Read the log of a project; StoreError where it does not add up, since no bundle of it would verify."""
        before = GENESIS
        for event in unit.events():
            one = public(event)
            text = leaf(len(self.events) + 1, before, one.kind, one.when, one.promise)
            if sha256(text) != one.hash:
                raise StoreError("does not add up", what=str(event), advice="see what with: tollbook verify")
            self.events.append(one)
            self.tree.add(text.encode("ascii"))
            before = one.hash


def obtained(reports: Iterable[Report], folder: Path, salt: bytes) -> dict[str, list[Obtained]]:
    """How each report was obtained, by its public key, the earliest way first."""
    told_by_text = lru_cache(_HELD)(Archive(folder / ARCHIVE).told_by_text)  # the rows of a sheet have the same bytes
    return {
        key_of(salt, "report", report.id): _ways(told_by_text(report.sha256).get(report.text_sha256, ()))
        for report in reports
    }


def _ways(obtained: Iterable[tuple[str, Mapping[str, object]]]) -> list[Obtained]:
    found = set()
    for _, told in obtained:
        media = _MEDIA_TYPE.match(str(told.get("media_type") or "").lower())
        how, when, tool = (str(told.get(name) or "") for name in ("how", "obtained", "tool"))
        found.add((when, how, tool, media.group() if media else ""))
    return [Obtained(how, when, tool, media) for when, how, tool, media in sorted(found)]
