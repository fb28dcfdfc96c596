"""What people withhold from publication, and the commitment that stands in its place. Pure.

Input: rulings. Output: a `Withheld` for each `withhold` that stands, and of each, under the project's secret, a
commitment that tells nothing and can be opened later, it alone. Worked: ruling 12 withholds the name "Orsa Lindal": the
bundle has `[withheld 12]`, the reason, and sha256(json([item salt, "name", {"name": "Orsa Lindal"}])).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from typing import Any, Literal

from tollbook.model import Ruling
from tollbook.rulings.actions import Action
from tollbook.rulings.decisions import standing
from tollbook.values import dataclass

Kind = Literal["report", "words", "claim", "name"]


@dataclass(frozen=True, slots=True)
class Withheld:
    """One thing that is not to be published: the ruling that says so, its kind and its content.

    `content` is all that an opening shows, from the ruling alone: what a newer reader or another day makes of a report
    changes no commitment.
    """

    ruling: Ruling
    kind: Kind
    content: dict[str, Any]

    @property
    def number(self) -> int:
        """The number of the ruling, the same in every bundle."""
        return self.ruling.seq

    @property
    def token(self) -> str:
        return token(self.number)


@dataclass(frozen=True, slots=True)
class Opening:
    """What shows one withheld item to a court, and no other: its salt and its content, beside its commitment."""

    number: int
    kind: Kind
    salt: str
    content: dict[str, Any]
    commitment: str


def token(number: int) -> str:
    """What stands in the place of what a ruling withholds."""
    return f"[withheld {number}]"


def withheld(rulings: Iterable[Ruling]) -> tuple[Withheld, ...]:
    """What is withheld, in the order of the rulings; a withdrawn one withholds nothing."""
    return tuple(_withheld(one) for one in standing(rulings) if one.action == Action.WITHHOLD)


def _withheld(ruling: Ruling) -> Withheld:
    if ruling.values.get("name"):
        return Withheld(ruling, "name", {"name": ruling.values["name"]})
    if ruling.span is None:
        return Withheld(ruling, "report", {**ruling.values, "text_sha256": ruling.text_sha256})
    place = {"part": ruling.span.part, "start": ruling.span.start, "end": ruling.span.end}
    words = {"text_sha256": ruling.text_sha256, **place, "words": ruling.said}
    return Withheld(ruling, "claim" if ruling.measure is not None else "words", words)


def opening(one: Withheld, secret: bytes) -> Opening:
    """The item's own salt, made of the secret and what is withheld, and the commitment that both give."""
    salt = hmac.new(secret, _canonical([one.kind, one.content]).encode(), hashlib.sha256).hexdigest()
    return Opening(one.number, one.kind, salt, one.content, commitment(salt, one.kind, one.content))


def commitment(salt: str, kind: str, content: object) -> str:
    """64 hex digits: sha256 of the JSON of [salt, kind, content], without spaces, keys sorted, in ASCII."""
    return hashlib.sha256(_canonical([salt, kind, content]).encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
