"""What a coding says of each field, so that two can be compared. Pure.

Input: a claim as read, and what somebody coded of it: accepted, rejected, or corrected with values. Output: field →
answer. Worked: "at least 12 women", corrected to 14: value 14, bound "at_least", group "women"; rejected: a decision
and no more, for who sets a claim aside says nothing of its fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from tollbook.model import Claim, Number
from tollbook.rulings import Action, Value, corrected, fields_of

# In the order of pages; of these the value alone is measured by how far two answers lie apart.
FIELDS = ("decision", "measure", "group", "value", "bound", "date", "place", "source")
MEASURED = "value"
NOTHING = "none"

Answer = str | Number
_PLAIN = ("measure", "group", "bound")


def answers(claim: Claim, action: str, values: Mapping[str, Value]) -> dict[str, Answer]:
    """Each field's answer; a field that the coding says nothing of is left out.

    Raises UsageError where a value does not fit its field.
    """
    if action == Action.REJECT:
        return {"decision": "reject"}
    coded = corrected(claim, values) if values else claim
    told = fields_of(coded)
    found: dict[str, Answer] = {"decision": "accept", **{name: _folded(told[name]) for name in _PLAIN}}
    if told["value"] is not None and told["low"] is None and told["high"] is None:  # a range has no one value
        found["value"] = cast(Number, told["value"])
    found["date"] = "/".join(str(told[name]) for name in ("date", "date_end") if told[name]) or NOTHING
    found["place"] = _folded(told["place"])
    named = [link.source for link in coded.attribution if link.kind != "publisher"]
    found["source"] = _folded(named[0] if named else None)
    return found


def _folded(value: Value) -> str:
    """A name as it is compared: capitals and blanks don't matter, nothing is an answer too."""
    return " ".join(str(value).split()).casefold() if value not in (None, "") else NOTHING
