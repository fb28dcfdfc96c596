"""The claims of a record in the order of the queue, kept as rows: asked for by filters, counted by states.

Input: rows of claims, and what pages ask. Output: `Item`s, some at a time, and how far coders are. What is counted once
is counted on: a ruling changes the counts by one, whatever the record holds.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from tollbook.findings import Effect
from tollbook.pipeline.desk.kept import Kept
from tollbook.pipeline.desk.rows import Fate, Row, effect_words
from tollbook.pipeline.desk.summaries import Summary
from tollbook.pipeline.desk.values import STATES, Choices, Filters, Item, Progress
from tollbook.store.sql import key_of, name_of

# So many kinds of counts are kept at once.
_COUNTED = 64
_EXACT = {"incident": "incident", "report": "report", "measure": "measure", "group": "counted",
          "language": "language", "publisher": "publisher"}  # fmt: skip
_COLUMNS = (
    "claim, report, incident, measure, counted, language, publisher, state, rank, confidence, effect_words, seen, "
    "who, folded, page"
)
_NEW = f"INSERT INTO items ({_COLUMNS}) VALUES ({', '.join('?' * 15)})"
_SAME = (
    "UPDATE items SET report = ?, measure = ?, counted = ?, language = ?, publisher = ?, confidence = ?, folded = ?, "
    "page = ? WHERE claim = ?"
)
# Of an incident that was not worked out yet.
_NOT_YET = {"day": "", "reports": 0, "disputed": 0, "label": "", "figure": "", "status": ""}
# Each value of a column once: the next one is looked up in its index, so that it costs what there are of them.
_VALUES = (
    "WITH RECURSIVE each (value) AS (SELECT min({0}) FROM items WHERE {0} > '' UNION ALL "
    "SELECT (SELECT min({0}) FROM items WHERE {0} > each.value) FROM each WHERE each.value IS NOT NULL) "
    "SELECT value FROM each WHERE value IS NOT NULL"
)
_OPEN = "state = 'open'"
_FATE = "UPDATE items SET state = ?, seen = ?, who = ? WHERE claim = ? AND seen <= ?"


class Items:
    """The rows of claims in `kept`."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._turn = threading.Lock()
        self._counts: dict[Filters, Counter[tuple[str, str]]] = {}

    # ---- what changes ----

    def put(
        self, rows: Iterable[Row], incident: Mapping[str, str], effects: Mapping[str, Effect] | None = None
    ) -> None:
        """Put rows in place of those of their claims; `incident` by claim, effects where they were worked out.

        What became of a claim is never taken back by what was read before: the later ruling stands.
        """
        with self._kept.change() as kept, self._turn:
            for row in rows:
                before = self._shares(row.claim)
                name = incident.get(row.claim, "")
                self._put(kept, row, name)
                kept.execute(_FATE, (row.fate.state, row.fate.seen, row.fate.who, row.claim, row.fate.seen))
                kept.execute("UPDATE items SET incident = ? WHERE claim = ?", (name, row.claim))
                if effects is not None:
                    one = effects.get(row.claim, Effect())
                    told = (-one.share, effect_words(one), row.claim)
                    kept.execute("UPDATE items SET rank = ?, effect_words = ? WHERE claim = ?", told)
                self._count(row.claim, before)

    def _put(self, kept: Any, row: Row, incident: str) -> None:
        told = (row.measure, row.group, row.language, row.publisher)
        known = self._kept.one("SELECT report FROM items WHERE claim = ?", [row.claim])
        if known is not None and known[0] < key_of(row.report):
            return  # the same text under two ids: the first of them is shown
        if known is not None:
            kept.execute(_SAME, (key_of(row.report), *told, row.confidence, row.folded, row.page, row.claim))
        else:
            fate = row.fate
            kept.execute(
                _NEW,
                (row.claim, key_of(row.report), incident, *told, fate.state, 0.0, row.confidence, "", fate.seen,
                 fate.who, row.folded, row.page),
            )  # fmt: skip

    def decide(self, claim: str, fate: Fate) -> None:
        """A ruling was made on a claim."""
        with self._kept.change() as kept, self._turn:
            before = self._shares(claim)
            kept.execute(_FATE, (fate.state, fate.seen, fate.who, claim, fate.seen))
            self._count(claim, before)

    def drop(self, claims: Iterable[str]) -> None:
        """Claims that no report has any more."""
        with self._kept.change() as kept, self._turn:
            for claim in claims:
                before = self._shares(claim)
                kept.execute("DELETE FROM items WHERE claim = ?", (claim,))
                self._count(claim, before)

    def leave(self, incident: str, stay: Collection[str]) -> None:
        """Claims that an incident no longer has belong to none, until another is found to have them."""
        rows = list(self._kept.rows("SELECT claim FROM items WHERE incident = ?", [incident]))
        with self._kept.change() as kept, self._turn:
            for (claim,) in rows:
                if claim not in stay:
                    before = self._shares(claim)
                    kept.execute("UPDATE items SET incident = '' WHERE claim = ?", (claim,))
                    self._count(claim, before)

    def claims_of(self, report: str) -> list[str]:
        """The claims of a report that have rows."""
        rows = self._kept.rows("SELECT claim FROM items WHERE report = ?", [key_of(report)])
        return [str(claim) for (claim,) in rows]

    def incident_of(self, claim: str) -> str:
        """The incident of a claim, as far as it was worked out."""
        row = self._kept.one("SELECT incident FROM items WHERE claim = ?", [claim])
        return "" if row is None else str(row[0])

    def report_of(self, claim: str) -> str:
        """The report of a claim by its id or the beginning of one, "" where it has no row."""
        row = self._kept.one("SELECT report FROM items WHERE claim >= ? AND claim < ?", [claim, f"{claim}g"])
        return "" if row is None else name_of(row[0])

    def chosen(self, asked: Filters) -> dict[str, tuple[str, str]]:
        """The report and the measure of every claim asked for, by its id."""
        where, values = _where(asked)
        if asked.state != "all":
            where, values = [*where, "state = ?"], [*values, asked.state]
        rows = self._kept.rows(f"SELECT claim, report, measure FROM items{_all(where)}", values)
        return {str(claim): (name_of(report), str(measure)) for claim, report, measure in rows}

    def sum_up(self, one: Summary) -> None:
        """Keep the line of an incident."""
        with self._kept.change() as kept:
            kept.execute("UPDATE named SET line = ? WHERE incident = ?", (json.dumps(asdict(one)), one.id))

    def has(self, incident: str) -> bool:
        """True where some claim is told to be of an incident."""
        return self._kept.one("SELECT 1 FROM items WHERE incident = ? LIMIT 1", [incident]) is not None

    def count(self) -> int:
        """How many claims have rows."""
        row = self._kept.one("SELECT count(*) FROM items")
        return int(row[0]) if row else 0

    def is_empty(self) -> bool:
        """True where no claim has a row."""
        return self._kept.one("SELECT 1 FROM items LIMIT 1") is None

    def forget(self) -> None:
        """All is otherwise: what was counted is counted anew."""
        with self._turn:
            self._counts.clear()

    # ---- what is asked ----

    def of(
        self, asked: Filters, held: Mapping[str, str], who: str, most: int, after: str, but: Collection[str] = ()
    ) -> list[Item]:
        """Claims in the order of the queue, without those that others hold and those in `but`; behind `after`."""
        where, values = _where(asked)
        if asked.state != "all":
            where, values = [*where, "state = ?"], [*values, asked.state]
        last = self._kept.one("SELECT rank, confidence, claim FROM items WHERE claim = ?", [after]) if after else None
        if last is not None:
            where, values = [*where, "(rank, confidence, claim) > (?, ?, ?)"], [*values, *last]
        asking = f"SELECT {_COLUMNS} FROM items{_all(where)} ORDER BY rank, confidence, claim"
        found: list[Item] = []
        for row in self._kept.rows(asking, values):
            if held.get(row[0], who) == who and row[0] not in but:
                found.append(_item(row, held.get(row[0], "")))
            if len(found) >= most:
                break
        names = self._names({one.incident for one in found})
        return [replace(one, incident_name=names.get(one.incident, "")) for one in found]

    def progress(self, asked: Filters, held: Collection[str], but: Collection[str] = ()) -> Progress:
        """How many of the claims asked for are in which state, and by whom; those in `but` are left out."""
        plain = replace(asked, state="all")
        if but:
            with self._kept.change():  # nobody rules between the two
                told = self._of_all(plain) - self._among(but, plain)
        else:
            told = self._of_all(plain)
        states, people = Counter[str](), Counter[str]()
        for (state, who), n in told.items():
            states[state] += n
            if state != "open":
                people[who] += n
        of = {state: states[state] for state in STATES}
        by = {who: n for who, n in sorted(people.items()) if n and who}
        before_others = self._among(set(held).difference(but), plain)
        return Progress(**of, held=sum(n for (state, _), n in before_others.items() if state == "open"), by=by)

    def choices(self) -> Choices:
        """Each value that some claim has."""
        columns = ("measure", "counted", "language", "publisher")
        return Choices(*(tuple(str(value) for (value,) in self._kept.rows(_VALUES.format(one))) for one in columns))

    def summaries(self) -> list[Summary]:
        """All incidents, each in a line."""
        counted = "SELECT incident, count(*) FROM items WHERE state = 'open' GROUP BY incident"
        still_open = {incident: int(n) for incident, n in self._kept.rows(counted)}
        found = []
        for incident, name, claims, line in self._kept.rows("SELECT incident, name, claims, line FROM named"):
            told = json.loads(line) if line else _NOT_YET
            now = {"id": incident, "name": name_of(name), "claims": claims, "open": still_open.get(incident, 0)}
            found.append(Summary(**{**told, **now}))
        return sorted(found, key=lambda one: (-one.claims, one.name, one.id))

    def _of_all(self, asked: Filters) -> Counter[tuple[str, str]]:
        """How many claims are in which state, by whom."""
        with self._turn:
            told = Counter(self._counts.get(asked))
        return told or self._counted(asked)

    def _counted(self, asked: Filters) -> Counter[tuple[str, str]]:
        """Counts from all rows, while nobody changes any."""
        where, values = _where(asked)
        asking = f"SELECT state, who, count(*) FROM items{_all(where)} GROUP BY state, who"
        with self._kept.change(), self._turn:
            if len(self._counts) >= _COUNTED:
                self._counts.clear()
            counts = Counter({(state, who): int(n) for state, who, n in self._kept.rows(asking, values)})
            self._counts[asked] = counts
            return Counter(counts)

    def _among(self, claims: Collection[str], asked: Filters) -> Counter[tuple[str, str]]:
        """The same counts, of some claims alone."""
        if not claims:
            return Counter()
        where, values = _where(asked)
        # CROSS JOIN has each of the claims looked up; else all rows would be gone through.
        some = "json_each(?) AS one CROSS JOIN items ON claim = one.value"
        asking = f"SELECT state, who, count(*) FROM {some}{_all(where)} GROUP BY state, who"
        rows = self._kept.rows(asking, [json.dumps(sorted(claims)), *values])
        return Counter({(state, who): int(n) for state, who, n in rows})

    def _names(self, incidents: Collection[str]) -> dict[str, str]:
        asked = "SELECT incident, name FROM named WHERE incident IN (SELECT value FROM json_each(?))"
        return {str(one): name_of(name) for one, name in self._kept.rows(asked, [json.dumps(sorted(incidents))])}

    # ---- counts go on ----

    def _shares(self, claim: str) -> dict[Filters, tuple[str, str]]:
        """In which counts a claim is, and as what."""
        found = {}
        for asked in self._counts:
            where, values = _where(asked)
            row = self._kept.one(f"SELECT state, who FROM items{_all([*where, 'claim = ?'])}", [*values, claim])
            if row is not None:
                found[asked] = (str(row[0]), str(row[1]))
        return found

    def _count(self, claim: str, before: Mapping[Filters, tuple[str, str]]) -> None:
        after = self._shares(claim)
        for asked in {*before, *after}:
            if asked in before:
                self._counts[asked][before[asked]] -= 1
            if asked in after:
                self._counts[asked][after[asked]] += 1


def _where(asked: Filters) -> tuple[list[str], list[Any]]:
    """What SQL asks of a row; the state apart."""
    told = asdict(asked)
    exact = {column: told[name] for name, column in _EXACT.items() if told[name]}
    if asked.report:
        exact["report"] = key_of(asked.report)
    where, values = [f"{column} = ?" for column in exact], [*exact.values()]
    if asked.most_confidence is not None:
        where, values = [*where, "confidence <= ?"], [*values, asked.most_confidence]
    if asked.text.strip():
        where, values = [*where, "instr(folded, ?) > 0"], [*values, " ".join(asked.text.split()).casefold()]
    return where, values


def _all(where: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(where)}" if where else ""


def _item(row: Sequence[Any], held_by: str) -> Item:
    claim, report, incident, measure, group, language, publisher, state, rank, confidence, words, seen, _, _, page = row
    told = json.loads(page)
    return Item(
        claim, incident, "", name_of(report), told["title"], publisher, told["published"], told["before"],
        told["said"], told["after"], measure, group, told["unit"], told["figure"], tuple(told["chain"]), confidence,
        0.0 - rank, words, state, seen, held_by, language, told["fields"],
    )  # fmt: skip
