"""Whom people name as sides and actors of an incident, and whose word that is. Pure.

Input: the `Ruling`s that stand and the ids of an incident. Output: for each column the name and who says so. Worked:
Ann rules `actors side_a="River Guard" said_by="Flood Office"`, Ben `actors side_a= said_by="Ben"`: the column is empty
again. Nobody is named without such a ruling, and none names anybody in the software's own voice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tollbook.model import Ruling
from tollbook.rulings.actions import WHO, Action
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a column of exports, as said by somebody."""

    name: str
    said_by: str


def named_actors(rulings: Iterable[Ruling], incident: Collection[str]) -> dict[str, Named]:
    """What stands in each column for an incident of these ids; the later ruling on a column stands, empty empties."""
    found: dict[str, Named] = {}
    for ruling in rulings:
        if ruling.action == Action.ACTORS and ruling.values.get("incident") in incident:
            for column in (one for one in WHO if one in ruling.values):
                found.pop(column, None)
                if ruling.values[column]:
                    found[column] = Named(str(ruling.values[column]), str(ruling.values["said_by"]))
    return {column: found[column] for column in WHO if column in found}
