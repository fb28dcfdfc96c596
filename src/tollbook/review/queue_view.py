"""A claim of the queue as its page shows it, and filters as its address has them.

Input: an `Item` of the desk; the query of an address. Output: `Seen`, texts alone; `Filters`, and back again. Worked:
"at least 12", "killed, women", "3–4 May 2031", "Arvelle, AR".
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import quote, urlencode

from tollbook.dossiers.figures import day, days, label, stated
from tollbook.errors import UsageError
from tollbook.model import Bound, DateRange, Number, Quantity
from tollbook.pipeline.desk import Filters, Item
from tollbook.pipeline.desk.values import STATES
from tollbook.rulings import Value

# Words on each side of a claim beyond these aren't shown: the desk has them all.
_AROUND = 700
_LONG = 420
_NAMES = ("incident", "report", "measure", "group", "publisher", "language", "state", "confidence", "text")
_REMARKS = {
    "increment": "newly added, not a total",
    "part": "a part of a larger figure",
    "rate": "a rate",
    "aggregate": "over several incidents or a whole period",
    "denied": "denied by this source",
    "hypothetical": "said as possible, not as fact",
    "planned": "planned, not done",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """An item with what the page works out of its fields; `fields` as JSON, for the form that corrects them."""

    item: Item
    stated: str
    label: str
    before: str
    after: str
    when: str
    as_of: str
    where: str
    remarks: tuple[str, ...]
    fields: str

    @property
    def long(self) -> bool:
        """True where the words are too many for large type."""
        return len(self.before) + len(self.item.said) + len(self.after) > _LONG

    @property
    def desk(self) -> str:
        """Where the desk shows it: its report, beside its incident."""
        beside = urlencode({name: value for name, value in _beside(self.item) if value})
        return f"/report/{quote(self.item.report, safe='')}?{beside}"

    @property
    def source(self) -> str:
        """Whose word it is."""
        return self.item.chain[0] if self.item.chain else "nobody named"

    @property
    def spoken(self) -> str:
        """The claim in one line, as a screen reader says it."""
        where = f", {self.item.incident_name}" if self.item.incident_name else ""
        return f"{self.label}: {self.stated}, said by {self.source}{where}"


def _beside(item: Item) -> tuple[tuple[str, str], ...]:
    return ("incident", item.incident), ("claim", item.claim)


def seen(item: Item) -> Seen:
    """What is shown of one item."""
    fields = item.fields
    where = ", ".join(str(fields[name]) for name in ("place", "country") if fields.get(name))
    remarks = (_REMARKS.get(str(fields.get(name)), "") for name in ("basis", "modality"))
    return Seen(
        item, _stated(item), label(item.measure, item.group, item.unit), _last(item.before), _first(item.after),
        days(_range(fields)), day(_day(fields.get("as_of"))), where, tuple(filter(None, remarks)),
        json.dumps(dict(fields)),
    )  # fmt: skip


def _stated(item: Item) -> str:
    """The figure in words, "at least 12"; in signs where its fields aren't known."""
    named = item.fields
    if "bound" not in named:
        return item.figure
    bound = Bound(str(named["bound"]))
    value, low, high = (cast(Number | None, named.get(name)) for name in ("value", "low", "high"))
    word = named.get("word")
    return stated(Quantity(value, low, high, bound, None if word is None else str(word)))


def _range(fields: Mapping[str, Value]) -> DateRange | None:
    start = _day(fields.get("date"))
    return DateRange(start, _day(fields.get("date_end")) or start, "day", "") if start else None


def _day(value: Value) -> dt.date | None:
    return dt.date.fromisoformat(str(value)) if value else None


def _last(words: str) -> str:
    return words if len(words) <= _AROUND else f"… {words[-_AROUND:].partition(' ')[2] or words[-_AROUND:]}"


def _first(words: str) -> str:
    return words if len(words) <= _AROUND else f"{words[:_AROUND].rpartition(' ')[0] or words[:_AROUND]} …"


# ---- filters in an address ----


def filters_of(query: Mapping[str, str]) -> Filters:
    """The filters of an address; by default what is open. Raises UsageError for a wrong state or confidence."""
    asked = {name: query.get(name, "").strip() for name in _NAMES}
    state = asked.pop("state") or "open"
    if state not in (*STATES, "all"):
        raise UsageError(f"no state '{state}'; there are: {', '.join((*STATES, 'all'))}")
    confidence = _confidence(asked.pop("confidence"))
    return Filters(**asked, state=state, most_confidence=confidence)


def _confidence(told: str) -> float | None:
    if not told:
        return None
    try:
        found = float(told)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise UsageError(f"'confidence' needs a number from 0 to 1, not '{told}'")
    return found


def named(asked: Filters) -> dict[str, str]:
    """The filters that ask for something, by their names in an address."""
    confidence = "" if asked.most_confidence is None else f"{asked.most_confidence:g}"
    told = {name: confidence if name == "confidence" else str(getattr(asked, name)) for name in _NAMES}
    return {name: value for name, value in told.items() if value and (name, value) != ("state", "open")}


def address(asked: Mapping[str, str], **other: str) -> str:
    """The queue's address with these filters, some of them other than they are; "" leaves one out."""
    query = urlencode({name: value for name, value in {**asked, **other}.items() if value})
    return f"/queue?{query}" if query else "/queue"
