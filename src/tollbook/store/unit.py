"""A unit of work on a record: all of it is kept, or none. The same code for every backend, in SQL that they share.

Input: model values and a `Stamp` of who and when; output: model values. Each change is an event of the log first, and
then a row of the table that the log implies. `unit.put_report(report, stamp)` twice with the same report is one event.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from tollbook.errors import InputError
from tollbook.model import Claim, Reading, Report, Ruling, Span
from tollbook.store.codec import Json, Misfit, canonical, decode, dumps, encode
from tollbook.store.derived import Derived
from tollbook.store.implied import enter, enter_reading
from tollbook.store.log import Event, Stamp, follow, sha256
from tollbook.store.payloads import KEY, particulars, read_of, report_payload, ruling_in, unreadable
from tollbook.store.rows import Rows
from tollbook.store.sql import key_of, name_of

T = TypeVar("T")
Texts = Callable[[str], str]


class Unit(Rows):
    """What can be asked of a record and done to it within one transaction."""

    # ---- the log ----

    def head(self) -> Event | None:
        """The last event, None in a log without any."""
        row = self._one(f"{_EVENTS} ORDER BY seq DESC LIMIT 1")
        return None if row is None else Event(*row)

    def events(self, kind: str | None = None) -> Iterator[Event]:
        """The events in order, of one kind or all."""
        where, values = ("", []) if kind is None else (" WHERE kind = ?", [kind])
        return (Event(*row) for row in self._sql.stream(f"{_EVENTS}{where} ORDER BY seq", values))

    def portion(self, after: int, most: int) -> list[Event]:
        """The first events behind a number, so many at most."""
        return [Event(*row) for row in self._sql.rows(f"{_EVENTS} WHERE seq > ? ORDER BY seq LIMIT ?", (after, most))]

    def event(self, seq: int) -> Event | None:
        """The event of a number."""
        row = self._one(f"{_EVENTS} WHERE seq = ?", seq)
        return None if row is None else Event(*row)

    def append(self, kind: str, payload: Json, by: Stamp) -> Event:
        """Add an event at the end of the log; `payload` is JSON values."""
        signed = Stamp(_utf8(by.who), _utf8(by.when))
        return enter(self._sql, follow(self.head(), kind, canonical(payload), signed, self._sql.salt()))

    def copy(self, event: Event) -> Event:
        """Add an event of another store at the end of the log as it is: its number, salt and hashes stay."""
        return enter(self._sql, event)

    def copy_reading(self, event: Event, text: str) -> None:
        """Keep a reading of another store, as JSON; `event` is the copied one that tells of it."""
        enter_reading(self._sql, event, text)

    # ---- reports ----

    def report(self, name: str) -> Report | None:
        """The particulars of one report, its text left empty."""
        row = self._one("SELECT particulars FROM reports WHERE report = ?", key_of(name))
        return None if row is None else particulars(row[0])

    def reports(self, texts: Texts) -> tuple[Report, ...]:
        """All reports by id, each with the text that `texts` gives for its hash."""
        rows = self._sql.stream("SELECT particulars FROM reports ORDER BY report")
        found = sorted((particulars(row[0]) for row in rows), key=lambda report: report.id)
        return tuple(replace(report, text=texts(report.text_sha256)) for report in found)

    def reports_of(self, text_sha256: str) -> list[str]:
        """The ids of the reports of a text, sorted."""
        rows = self._sql.rows("SELECT report FROM reports WHERE text_sha256 = ?", [text_sha256])
        return sorted(name_of(report) for (report,) in rows)

    def put_report(self, report: Report, by: Stamp) -> bool:
        """Keep a report's particulars; True where they are new or differ from those kept.

        Raises InputError where the id already stands for another text: a text that changed is another report.
        """
        known = self.report(report.id)
        if known is not None and known.text_sha256 != report.text_sha256:
            raise other_text(report.id)
        payload = report_payload(report)
        if known is not None and canonical(report_payload(known)) == canonical(payload):
            return False
        self.append("report", payload, by)
        return True

    # ---- custody ----

    def custody(self, report: str) -> list[tuple[str, str, str, int]]:
        """How a report was obtained, in the order it was told: sha256 of bytes, way, sha256 of its JSON, event."""
        asked = "SELECT raw, way, sha256, event FROM custody WHERE report = ? ORDER BY event"
        return [
            (str(raw), str(way), str(told), int(seq)) for raw, way, told, seq in self._sql.rows(asked, [key_of(report)])
        ]

    def has_custody(self, report: str, raw: str, way: str) -> bool:
        """True where the log tells that a report's bytes were obtained in this way."""
        found = self._one("SELECT 1 FROM custody WHERE report = ? AND raw = ? AND way = ?", key_of(report), raw, way)
        return found is not None

    def is_obtained(self, raw: str, way: str) -> bool:
        """True where the log tells of any report that its bytes were obtained in this way."""
        return self._one("SELECT 1 FROM custody WHERE raw = ? AND way = ?", raw, way) is not None

    def put_custody(self, report: str, raw: str, way: str, told: str, by: Stamp) -> None:
        """Log one way in which a report's bytes were obtained; `told` is the sha256 of the JSON that says it."""
        self.append("custody", {"link": "obtained", "report": report, "raw": raw, "way": way, "sha256": told}, by)

    # ---- readings ----

    def readers(self, *, but: str | None = None) -> dict[str, str]:
        """The reader of each report's reading, or of those that another read than `but`: report id → its name."""
        asked, values = "SELECT report, reader FROM readings", list[str]()
        if but is not None:  # in two parts, each of which an index answers
            asked, values = f"{asked} WHERE reader < ? UNION ALL {asked} WHERE reader > ?", [but, but]
        return {name_of(report): reader for report, reader in self._sql.stream(asked, values)}

    def reader(self) -> str:
        """Who read last, "" where nothing was read yet."""
        row = self._one("SELECT reader FROM readings ORDER BY event DESC LIMIT 1")
        return "" if row is None else str(row[0])

    def readings(self) -> dict[str, Reading]:
        """What was read in each report: report id → reading, in full."""
        rows = self._sql.stream("SELECT report, reading FROM readings ORDER BY report")
        return {name_of(report): read_of(name_of(report), reading) for report, reading in rows}

    def reading(self, report: str) -> Reading | None:
        """What was read in one report."""
        row = self._one("SELECT reading FROM readings WHERE report = ?", key_of(report))
        return None if row is None else read_of(report, row[0])

    def claims_in(self, report: str, only: Collection[str] | None = None) -> tuple[list[Claim], list[Span]]:
        """The claims of a report as read, or those of some ids, and its sentences; the rest isn't looked at."""
        row = self._one("SELECT reading FROM readings WHERE report = ?", key_of(report))
        try:
            told = {} if row is None else json.loads(row[0])
            some = [one for one in told.get("claims", ()) if only is None or one["id"] in only]
            return [decode(one, Claim) for one in some], [decode(one, Span) for one in told.get("sentences", ())]
        except (ValueError, TypeError, KeyError) as error:
            raise unreadable(report, Misfit(str(error))) from error

    def put_reading(self, reading: Reading, reader: str, by: Stamp) -> None:
        """Keep what `reader` read, in place of what an older one read; the log keeps its hash."""
        text = dumps(reading, Reading)
        told = {"report": reading.report, "reader": reader, "sha256": sha256(text), "claims": len(reading.claims)}
        enter_reading(self._sql, self.append("reading", told, by), text)

    # ---- incidents ----

    def homes(self) -> dict[str, str]:
        """Where each claim was first placed: claim id → incident id, incidents in the order of their birth."""
        rows = self._sql.stream(
            "SELECT homes.claim, homes.incident FROM homes JOIN incidents ON incidents.incident = homes.incident "
            "ORDER BY incidents.event, homes.incident, homes.claim"
        )
        return {str(claim): str(incident) for claim, incident in rows}

    def home(self, claim: str) -> str | None:
        """Where one claim was placed, None where it never was."""
        row = self._one("SELECT incident FROM homes WHERE claim = ?", claim)
        return None if row is None else str(row[0])

    def put_homes(self, incident: str, claims: Iterable[str], by: Stamp) -> None:
        """An incident is born with these claims, or they join it; the last event on a claim says where its home is."""
        self.append("incident", {"incident": incident, "claims": sorted(claims)}, by)

    def is_incident(self, incident: str) -> bool:
        """True where an incident was ever born with an id."""
        return self._one("SELECT 1 FROM incidents WHERE incident = ?", incident) is not None

    def born(self, incident: str) -> tuple[int, list[str]]:
        """The event by which an incident was born, and the claims that have their home there."""
        row = self._one("SELECT event FROM incidents WHERE incident = ?", incident)
        claims = self._sql.rows("SELECT claim FROM homes WHERE incident = ? ORDER BY claim", [incident])
        return (0 if row is None else int(row[0])), [str(claim) for (claim,) in claims]

    def is_home(self, incident: str) -> bool:
        """True where any claim has its home in an incident of an id."""
        return self._one("SELECT 1 FROM homes WHERE incident = ? LIMIT 1", incident) is not None

    def is_settled(self) -> bool:
        """False where reports or readings came after the last look at which incident is which."""
        last = {kind: self.last(kind) for kind in ("settled", "report", "reading")}
        return last["settled"] >= max(last["report"], last["reading"])

    def last(self, kind: str) -> int:
        """The number of the last event of a kind, 0 where there is none."""
        row = self._one("SELECT max(seq) FROM events WHERE kind = ?", kind)
        return (row and row[0]) or 0

    # ---- what follows from the log ----

    def derived(self) -> Derived:
        """What is kept of what follows from the log."""
        return Derived(self._sql)

    def since(self, event: int, most: int) -> list[tuple[int, str]]:
        """Reports that came, or were changed or read anew, after an event: the first ones, each with its last event."""
        rows = self._sql.rows(
            "SELECT event, report FROM reports WHERE event > ? UNION ALL "
            "SELECT event, report FROM readings WHERE event > ? ORDER BY event LIMIT ?",
            (event, event, most),
        )
        return [(int(seq), name_of(report)) for seq, report in rows]

    # ---- rulings ----

    def rulings(self, *, after: int = 0) -> tuple[Ruling, ...]:
        """Every ruling made after an event, by default all there are, in order; `seq` is its number in the log."""
        asked = f"{_EVENTS} WHERE kind = 'ruling' AND seq > ? ORDER BY seq"
        return tuple(ruling_in(Event(*row)) for row in self._sql.stream(asked, [after]))

    def rulings_of(self, numbers: Iterable[int]) -> list[Ruling]:
        """The rulings of these numbers, in order; a number beyond all that a log can have is none's."""
        wanted, found = sorted(one for one in numbers if one < 1 << 63), list[Ruling]()
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            rows = self._sql.rows(f"{_EVENTS} WHERE kind = 'ruling' AND seq IN ({marks}) ORDER BY seq", some)
            found += [ruling_in(Event(*row)) for row in rows]
        return found

    def put_ruling(self, ruling: Ruling, key: str = "") -> Ruling:
        """Log a ruling, with `who` and `when` as it says; returns it with its number.

        `key` is what its sender calls it, by which it is known again when it is sent twice.
        """
        payload = encode(ruling, Ruling)
        for name in ("seq", "who", "when"):
            del payload[name]
        if key:
            payload[KEY] = key
        return replace(ruling, seq=self.append("ruling", payload, Stamp(ruling.who, ruling.when)).seq)


def other_text(report: str) -> InputError:
    """The error of an id that comes again with another text."""
    return InputError("this id already stands for another text", what=report, advice="give it another id")


# So many values one statement takes.
_AT_ONCE = 500
_EVENTS = "SELECT seq, kind, payload, who, at, salt, prev_hash, hash FROM events"


def _utf8(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
