"""A project's linking, kept in its store and caught up with its log: a new report costs what the first one did.

Input: a unit of work and the folder. Output: the same groups of events that linking all reports at once would give,
and the ids that are due to incidents since they were last given. What is kept says which code made it and up to which
event; where it is of other code, or of another log, it is thrown away and made anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from tollbook.dossiers.clues import clues_of
from tollbook.dossiers.wordlists import load_name_words
from tollbook.incidents import Draft, Outline, packing
from tollbook.incidents.copies import Copies
from tollbook.incidents.families import Copy, families, hanging_together, in_order
from tollbook.incidents.index import Group, Index, Links
from tollbook.incidents.nodes import placed
from tollbook.incidents.outlines import draft_of, resolved
from tollbook.incidents.traits import Node
from tollbook.incidents.versions import Texts
from tollbook.model import Reading, Report
from tollbook.pipeline.analyse import outline, source_book
from tollbook.pipeline.linked_by import made_by
from tollbook.pipeline.project_folder import overlays_of, texts_of
from tollbook.store import Mark, Unit
from tollbook.store.derived import Derived

# The numbers of a report's nodes are its own and so many behind it.
_NODES = 1 << 20
# Claims of no event are kept under the last of these.
_LOOSE = _NODES - 1
_HELD = 1000


class Linking:
    """What a project keeps of its linking, within one unit of work; in `kept` where it shall be kept elsewhere.

    `texts` gives a text by its hash; by default one that is gone from the archive is an error.
    """

    def __init__(
        self,
        unit: Unit,
        folder: Path,
        reader: str,
        kept: Derived | None = None,
        texts: Callable[[str], str] | None = None,
    ) -> None:
        self._unit = unit
        self._made_by = made_by(folder, reader)
        self._derived = kept = kept or unit.derived()
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
        self._credits = kept.drawer("text_credits", packing.pack_credits, packing.unpack_credits)
        self._drafts = kept.drawer("text_drafts", packing.pack_draft, packing.unpack_draft)
        self._clues = kept.drawer("text_names", packing.pack_lines, packing.unpack_lines)
        self._heard: Counter[str] = Counter()
        self._told: dict[int, Report] = {}
        self._copied: tuple[frozenset[int], dict[str, Copy]] | None = None
        self._text, self._overlays = texts or texts_of(folder), overlays_of(folder)
        self._book = source_book(self._overlays)
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
        mark = self.mark()
        if mark is None:
            self._derived.clear()
            mark = Mark(self._made_by, 0, "")
        ahead = self._unit.since(mark.event, 2 * most)
        if ahead:
            self.take(dict.fromkeys(report for _, report in ahead))
            last = self._unit.event(ahead[-1][0])
            assert last is not None
            self._derived.put_mark(replace(mark, event=last.seq, hash=last.hash))
        return len(ahead) == 2 * most

    def mark(self) -> Mark | None:
        """Up to where what is kept goes; None where there is nothing, or it is of other code or of another log."""
        mark = self._derived.mark()
        if mark is None or mark.made_by != self._made_by:
            return None
        last = self._unit.event(mark.event)
        return mark if last is not None and last.hash == mark.hash else None

    def is_linked(self) -> bool:
        """True where all reports in the log are linked."""
        mark = self.mark()
        return mark is not None and not self._unit.since(mark.event, 1)

    def is_current(self) -> bool:
        """True where all that is in the log is linked and shown as people ruled."""
        mark = self.mark()
        return mark is not None and self.is_linked() and mark.ruling == self._unit.last("ruling")

    def take(self, reports: Iterable[str]) -> None:
        """Link reports that are new, or of which something has changed; all is kept when the unit of work is."""
        known = {report: self._derived.known(report) for report in reports}
        numbers = {report: found[0] if found else self._derived.enter(report) for report, found in known.items()}
        outlines = {number: self._outlined(number) for number in numbers.values()}
        self._copied = None
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
        self._derived.names.add({_clue(line): times for line, times in self._heard.items() if times})
        self._heard.clear()
        self._derived.flush()

    def _outlined(self, number: int) -> Outline:
        """What linking takes from a report alone, as it is read now; the claims of each of its nodes are kept."""
        report = self._report_of(number)
        reading = self._unit.reading(report.id) or Reading(report.id)
        own, draft = outline(report, reading, self._overlays)
        claims: dict[int, list[str]] = {event: [] for event in (*range(len(own.nodes)), _LOOSE)}
        for drafted in draft.claims:
            claims[_LOOSE if drafted.event is None else drafted.event].append(drafted.claim.id)
        for event, some in claims.items():
            self._derived.put_claims(number * _NODES + event, some)
        self._derived.count_nodes(number, len(own.nodes))
        self._drafts[number] = (resolved(draft), draft.notices)
        self._credits[number] = (len(report.text), own.origins)
        self._hear(number, clues_of(report, reading, own.origins, load_name_words(), self._book))
        return own

    def _hear(self, number: int, clues: Iterable[tuple[str, str, str]]) -> None:
        """Count what a report says about names, in place of what it said before."""
        said = sorted(map("\t".join, clues))
        times = Counter(said)
        times.subtract(self._clues.get(number, ()))
        self._clues[number] = said
        self._heard.update(times)

    def _placed(self, number: int, own: Outline) -> list[Node]:
        return placed(own.nodes, number * _NODES, self.texts.versions.get(number))

    def rename(self, versions: Mapping[int, int]) -> None:
        """Give versions of texts other names, by report."""
        self.texts.versions.update(versions)
        nodes = list(self._renamed(versions))
        self.index.remove([node.index for node in nodes])
        self.index.add(nodes)
        self.index.regroup()
        self._derived.flush()

    def _renamed(self, versions: Mapping[int, int | None] | Mapping[int, int]) -> Iterator[Node]:
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
        return [self.index.group_of(number) for number in self._derived.nodes(claim) if number % _NODES != _LOOSE]

    def settled(self) -> None:
        """Note that incidents have their ids."""
        self._fresh.clear()
        self._derived.flush()

    # ---- a part of the record ----

    @property
    def derived(self) -> Derived:
        """What is kept beside the groups: what is said about names, and the incidents as they are shown."""
        return self._derived

    def read(self, report: int) -> Report:
        """A report by its number, with its text."""
        return self._report_of(report)

    def draft(self, report: int, reading: Reading) -> Draft:
        """What a report's claims are before any incident is known."""
        own, notices = self._drafts[report]
        return draft_of(self.read(report), reading, own, notices)

    def credits(self, report: int) -> tuple[str, ...]:
        """Whom a report credits as a whole."""
        origins: tuple[str, ...] = self._credits[report][1]
        return origins

    def place(self, number: int) -> tuple[str, int]:
        """What orders nodes as their reports are ordered, whenever these came."""
        return self.index.nodes[number].report, number % _NODES

    def report_of(self, number: int) -> int:
        """The report of a node."""
        return number // _NODES

    def nodes_of(self, report: int) -> range:
        """The nodes of a report."""
        return _numbers(report, self._derived.report(report)[1])

    def groups_of(self, report: int) -> list[Group]:
        """The groups that a report's events are in."""
        return list(dict.fromkeys(map(self.index.group_of, self.nodes_of(report))))

    def reports_with(self, claim: str) -> list[int]:
        """The reports that have a claim."""
        return list(dict.fromkeys(number // _NODES for number in self._derived.nodes(claim)))

    def claims_of(self, report: str) -> list[str]:
        """The claims of a report, given by its id."""
        known = self._derived.known(report)
        numbers = (*_numbers(*known), known[0] * _NODES + _LOOSE) if known else ()
        return [claim for number in numbers for claim in self._derived.claims(number)]

    def text_of(self, report: int) -> str:
        """The hash of a report's text."""
        return self._particulars(report).text_sha256

    def same_texts(self, reports: Iterable[int]) -> set[int]:
        """The reports of the same texts."""
        ids = {name for text in set(map(self.text_of, reports)) for name in self._unit.reports_of(text)}
        return {known[0] for name in ids if (known := self._derived.known(name))}

    def leads(self, reports: Iterable[int]) -> set[int]:
        """The reports that others are copies of."""
        found = {one.copy_of for one in self.copies(reports).values()} - {None}
        return {known[0] for name in found if (known := self._derived.known(str(name)))}

    def copies(self, reports: Iterable[int]) -> dict[str, Copy]:
        """Where reports stand among their near-copies, by id, and where these stand."""
        asked = frozenset(reports)
        if self._copied is None or self._copied[0] != asked:
            self._copied = (asked, self._copies_of(asked))
        return self._copied[1]

    def _copies_of(self, reports: Iterable[int]) -> dict[str, Copy]:
        numbers = hanging_together(reports, self.texts)
        told = sorted((self._particulars(number) for number in numbers), key=lambda report: report.id)
        place = {report.id: at for at, report in enumerate(told)}
        new = {number: place[self._particulars(number).id] for number in numbers}
        found = in_order(
            replace(tie, shorter=new[tie.shorter], longer=new[tie.longer])
            for number in numbers
            for tie in self.texts.ties.get(number, {}).values()
            if number == tie.shorter
        )
        credits = {self._particulars(number).id: self._credits[number] for number in numbers}
        lengths = {name: length for name, (length, _) in credits.items()}
        return families(told, found, {name: some for name, (_, some) in credits.items()}, self._book, lengths)

    def _particulars(self, number: int) -> Report:
        """A report without its text."""
        found = self._told.get(number) or self._unit.report(self._derived.report(number)[0])
        assert found is not None
        self._told[number] = found
        return found


def _clue(line: str) -> tuple[str, str, str]:
    kind, name, detail = line.split("\t", 2)
    return kind, name, detail


def _numbers(number: int, nodes: int) -> range:
    return range(number * _NODES, number * _NODES + nodes)
