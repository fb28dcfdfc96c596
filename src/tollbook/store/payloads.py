"""What the log and its tables hold as JSON, made values of the model again; what is none is told as such.

Input: an event, or the text of a row. Output: the ruling, reading or report that it tells of.
"""

from __future__ import annotations

import json
from typing import TypeVar

from tollbook.errors import StoreError
from tollbook.model import Reading, Report, Ruling
from tollbook.store.codec import Json, Misfit, decode, encode, loads
from tollbook.store.log import Event

T = TypeVar("T")
# In the payload of a ruling beside what the ruling is.
KEY = "key"


def _loaded(text: str, kind: type[T], what: str) -> T:
    try:
        return loads(text, kind)
    except Misfit as error:
        raise unreadable(what, error) from error


def read_of(report: str, text: str) -> Reading:
    found = _loaded(text, Reading, report)
    if found.report != report:
        raise unreadable(report, Misfit("it is another report's"))
    return found


class Unreadable(StoreError):
    """A stored value that is no value of the model."""


def unreadable(what: str, error: Misfit) -> Unreadable:
    return Unreadable(f"stored value can't be read ({error})", what=what, advice="restore it from a copy")


def report_payload(report: Report) -> dict[str, Json]:
    """A report without its text, which lies in the archive under its hash."""
    return {name: value for name, value in encode(report, Report).items() if name != "text"}


def particulars(text: str) -> Report:
    try:
        return decode({**json.loads(text), "text": ""}, Report)
    except (Misfit, TypeError) as error:
        raise unreadable("report", Misfit(str(error))) from error
    except ValueError as error:
        raise unreadable("report", Misfit(f"no JSON ({error})")) from error


def key_in(event: Event) -> str:
    """What the sender of a ruling called it, "" where that isn't told."""
    return str(json.loads(event.payload).get(KEY, ""))


def ruling_in(event: Event) -> Ruling:
    """The ruling that an event tells of."""
    try:
        told = {**json.loads(event.payload), "seq": event.seq, "who": event.who, "when": event.when}
        told.pop(KEY, None)
        return decode(told, Ruling)
    except (ValueError, TypeError) as error:
        raise unreadable(str(event), Misfit(str(error))) from error
