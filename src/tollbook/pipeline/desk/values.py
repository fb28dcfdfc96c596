"""What pages ask of the desk and what they are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Literal

from tollbook.errors import TollbookError
from tollbook.model import Ruling
from tollbook.rulings import Value
from tollbook.values import dataclass

# What became of a claim: nobody ruled on it; somebody did, so that it stands; another stands behind what was decided,
# be it that it stands or not; another sent it back; somebody set it aside.
State = Literal["open", "coded", "confirmed", "returned", "rejected"]
STATES: tuple[State, ...] = ("open", "coded", "confirmed", "returned", "rejected")


class Changed(TollbookError):
    """Somebody else ruled on the same thing since it was looked at: nothing was written. `since` are these rulings,
    the last one first.
    """

    status = 409

    def __init__(self, message: str, *, advice: str | None = None, since: Sequence[Ruling] = ()) -> None:
        super().__init__(message, advice=advice)
        self.since = tuple(since)


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody decides: the target as `tollbook rule` takes it, the action, its values and the reason.

    `key` is the page's own id of this ruling, 8 to 64 letters, digits, "-" and "_": sent twice, also after a lost
    connection or a restart, it is one event. `seen` is the number of the last ruling on that thing that the person had
    before them, 0 for none: where another was made since, the desk raises `Changed`. None doesn't ask.

    `head` is the number of the log's last event when what they looked at was worked out. Where others have since merged
    the incidents that a move of a claim is about, moved claims to or from the incident of a merge, or added a claim of
    the same words, the desk raises `Changed` too.
    """

    target: str
    action: str
    values: Mapping[str, Value] = field(default_factory=dict)
    why: str = ""
    key: str = ""
    seen: int | None = None
    head: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The ruling with its number, the number of the log's last event by then; `again`: it was there already."""

    ruling: Ruling
    head: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """Which claims are asked for; what is empty doesn't matter. `incident` and `report` are ids, the rest exact words.

    `state` is "all" or one of `STATES`; `most_confidence` takes claims of that confidence or less; `text` is looked for
    in the claims' sentences and what they count, whatever the capitals.
    """

    incident: str = ""
    report: str = ""
    measure: str = ""
    group: str = ""
    language: str = ""
    publisher: str = ""
    state: str = "open"
    most_confidence: float | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A claim in the queue, in its sentence: `before + said + after` stands in the report exactly so.

    `chain` is who says so, innermost first; `effect` 0 to 1 how far a ruling could move the published range of its
    figure, with words for it ("31–34 would be 31", "" where it moves nothing); `seen` the number of the last
    ruling on it, 0 for none; `held_by` who has it before them, "" for nobody; `fields` the claim as it counts, in the
    names that `correct` takes (`rulings.fields_of`); `is_hidden` where it is told, without its effect, to
    somebody who codes other claims of its incident blind.
    """

    claim: str
    incident: str
    incident_name: str
    report: str
    title: str
    publisher: str
    published: str
    before: str
    said: str
    after: str
    measure: str
    group: str
    unit: str
    figure: str
    chain: tuple[str, ...]
    confidence: float
    effect: float = 0.0
    effect_words: str = ""
    state: State = "open"
    seen: int = 0
    held_by: str = ""
    language: str = ""
    fields: Mapping[str, Value] = field(default_factory=dict)
    is_hidden: bool = False

    def hidden(self) -> Item:
        """The item without what shows how people ruled on its incident."""
        return replace(self, effect=0.0, effect_words="", is_hidden=True)


@dataclass(frozen=True, slots=True)
class Choices:
    """What filters can ask for: each value that some claim has, in order of the alphabet."""

    measures: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counting:
    """How far the claims are counted, and the figures of incidents looked at, of all that there are."""

    claims: int
    of_claims: int
    incidents: int
    of_incidents: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How many claims of those asked for are in which state, whatever state was asked for; how many of the open are
    before somebody; and on how many each person ruled last.
    """

    open: int = 0
    coded: int = 0
    confirmed: int = 0
    returned: int = 0
    rejected: int = 0
    held: int = 0
    by: Mapping[str, int] = field(default_factory=dict)

    @property
    def all(self) -> int:
        """Every claim asked for."""
        return self.open + self.coded + self.confirmed + self.returned + self.rejected

    @property
    def ruled(self) -> int:
        """Those on which somebody ruled."""
        return self.all - self.open
