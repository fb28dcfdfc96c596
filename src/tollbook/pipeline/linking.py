"""A project's linking, kept in its store and caught up with its log: a new report costs what the first one did.

Input: a unit of work and the folder. Output: the same groups of events that linking all reports at once would give,
and the ids that are due to incidents since they were last given. What is kept says which code made it and up to which
event; where it is of other code, or of another log, it is thrown away and made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from tollbook.incidents import Outline, packing
from tollbook.incidents.copies import Copies
from tollbook.incidents.index import Group, Index, Links
from tollbook.incidents.nodes import placed
from tollbook.incidents.traits import Node
from tollbook.incidents.versions import Texts
from tollbook.lexicon.gazetteer import SHIPPED
from tollbook.model import Reading, Report
from tollbook.pipeline.analyse import outline
from tollbook.pipeline.project_folder import overlays_of, texts_of
from tollbook.store import Mark, Unit

# The numbers of a report's nodes are its own and so many behind it.
_NODES = 1 << 20
_HELD = 1000
# What decides how reports are linked, beside their readings.
_CODE = ("incidents", "lexicon", "model", "text.py")


class Linking:
    """What a project keeps of its linking, within one unit of work."""

    def __init__(self, unit: Unit, folder: Path, reader: str) -> None:
        self._unit = unit
        self._made_by = _made_by(folder, reader)
        self._derived = kept = unit.derived()
        self.texts = Texts(
            kept.drawer("text_samples", packing.pack_sample, packing.unpack_sample),
            kept.drawer("text_ties", packing.pack_copies, packing.unpack_copies),
            kept.drawer("text_versions"),
            kept.drawer("text_formulas"),
            kept.keys("text_keys"),
        )
        self._links = Links(
            kept.drawer("linked_nodes", packing.pack_node, packing.unpack_node),
            kept.drawer("linked_ties", packing.pack_ties, packing.unpack_ties),
            kept.drawer("linked_part_of"),
            kept.drawer("linked_parts", packing.pack_part, packing.unpack_part),
            kept.keys("linked_keys"),
        )
        self._fresh = kept.drawer("linked_fresh")
        self._text, self._overlays = texts_of(folder), overlays_of(folder)
        self._report_of = lru_cache(_HELD)(self._read)
        self._copies = Copies(self._report_of, self.texts)
        self.index = Index(self._links)

    def _read(self, number: int) -> Report:
        found = self._unit.report(self._derived.report(number)[0])
        assert found is not None
        return replace(found, text=self._text(found.text_sha256))

    # ---- reports come ----

    def catch_up(self, most: int) -> bool:
        """Link what has come into the log since the last time, so many reports at most; False where that was all."""
        mark = self._derived.mark()
        if mark is None or mark.made_by != self._made_by or not self._is_of_the_log(mark):
            self._derived.clear()
            mark = Mark(self._made_by, 0, "")
        ahead = self._unit.since(mark.event, 2 * most)
        if ahead:
            self.take(dict.fromkeys(report for _, report in ahead))
            last = self._unit.event(ahead[-1][0])
            assert last is not None
            self._derived.put_mark(Mark(self._made_by, last.seq, last.hash))
        return len(ahead) == 2 * most

    def _is_of_the_log(self, mark: Mark) -> bool:
        last = self._unit.event(mark.event)
        return last is not None and last.hash == mark.hash

    def take(self, reports: Iterable[str]) -> None:
        """Link reports that are new, or of which something has changed; all is kept when the unit of work is."""
        known = {report: self._derived.known(report) for report in reports}
        numbers = {report: found[0] if found else self._derived.enter(report) for report, found in known.items()}
        outlines = {number: self._outlined(number) for number in numbers.values()}
        self._copies.remove([found[0] for found in known.values() if found])
        self._copies.add({number: own.sample for number, own in outlines.items()})
        renamed = self._copies.regroup()
        made = [node for number, own in outlines.items() for node in self._placed(number, own)]
        made += self._renamed({number: renamed[number] for number in renamed.keys() - numbers.values()})
        gone = [node for found in known.values() if found for node in _numbers(*found)]
        self.index.remove({*gone, *(node.index for node in made if node.index in self._links.nodes)})
        self.index.add(made)
        fresh = {number for group in self.index.regroup().new for number in group}
        self._fresh.update(dict.fromkeys({*fresh, *(node.index for node in made)}, 1))
        for number in gone:
            if number not in self._links.nodes:
                self._fresh.pop(number, None)
                self._derived.put_claims(number, ())
        self._derived.flush()

    def _outlined(self, number: int) -> Outline:
        """What linking takes from a report alone, as it is read now; the claims of each of its nodes are kept."""
        report = self._report_of(number)
        own, draft = outline(report, self._unit.reading(report.id) or Reading(report.id), self._overlays)
        claims: dict[int, list[str]] = {event: [] for event in range(len(own.nodes))}
        for drafted in draft.claims:
            if drafted.event is not None:
                claims[drafted.event].append(drafted.claim.id)
        for event, some in claims.items():
            self._derived.put_claims(number * _NODES + event, some)
        self._derived.count_nodes(number, len(own.nodes))
        return own

    def _placed(self, number: int, own: Outline) -> list[Node]:
        return placed(own.nodes, number * _NODES, self.texts.versions.get(number))

    def _renamed(self, versions: Mapping[int, int | None]) -> Iterator[Node]:
        """The nodes of reports whose text is of another version now."""
        for number, version in versions.items():
            for node in _numbers(number, self._derived.report(number)[1]):
                yield replace(self._links.nodes[node], family=version)

    # ---- incidents ----

    @property
    def reports(self) -> int:
        """How many reports are linked."""
        return self._derived.reports()

    def changed(self) -> list[Group]:
        """The groups that are others than when incidents were last given their ids."""
        return list(dict.fromkeys(map(self.index.group_of, self._fresh)))

    def claims(self, group: Group) -> list[str]:
        """The claims of a group."""
        return [claim for number in group for claim in self._derived.claims(number)]

    def groups_with(self, claim: str) -> list[Group]:
        """The groups that have a claim."""
        return [self.index.group_of(number) for number in self._derived.nodes(claim)]

    def settled(self) -> None:
        """Note that incidents have their ids."""
        self._fresh.clear()
        self._derived.flush()


def _numbers(number: int, nodes: int) -> range:
    return range(number * _NODES, number * _NODES + nodes)


# ---- by what it was made ----


def _made_by(folder: Path, reader: str) -> str:
    """A digest of all that decides how readings are linked: code, word lists, gazetteer, the project's own places."""
    places = overlays_of(folder).places
    told = [_code(), reader, places.read_text("utf-8", "replace") if places else ""]
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _code() -> str:
    digest = hashlib.sha256(str(SHIPPED.stat().st_size).encode())
    for name in _CODE:
        for item in _files(files("tollbook") / name):
            digest.update(item.read_bytes())
    return digest.hexdigest()


def _files(item: Traversable) -> Iterator[Traversable]:
    if item.is_dir():
        for inner in sorted(item.iterdir(), key=lambda inner: inner.name):
            yield from _files(inner)
    elif item.name.endswith((".py", ".toml", ".txt")):
        yield item
