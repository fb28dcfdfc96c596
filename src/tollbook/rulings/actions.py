"""The actions that people can take, what each needs, and one clear line for what does not fit. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Literal

from tollbook.errors import UsageError
from tollbook.model import GRADES, Number
from tollbook.values import dataclass

Value = str | Number | None
Target = Literal["claim", "incident", "report", "span", "ruling"]


class Action(StrEnum):
    """What a person can decide; `ACTIONS` says what each needs."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    LINK = "link"
    UNLINK = "unlink"
    MERGE = "merge"
    SPLIT = "split"
    CLAIM = "claim"
    TIE = "tie"
    CONFIRM = "confirm"
    RETURN = "return"
    GRADE = "grade"
    ACTORS = "actors"
    NOTE = "note"
    UNMASK = "unmask"
    WITHHOLD = "withhold"
    WITHDRAW = "withdraw"


# What a person rules who finds that an incident is nothing to be graded.
NO_GRADE = "none"


@dataclass(frozen=True, slots=True)
class Shape:
    """What an action is about, the values it must have, those of which it must have one, and what it does in one
    sentence; `also` are values that it may have or not.
    """

    targets: tuple[Target, ...]
    needs: tuple[str, ...]
    may: tuple[str, ...]
    does: str
    also: tuple[str, ...] = ()


CORRECTABLE = (
    "value", "low", "high", "bound", "word", "measure", "group", "unit", "affiliation", "basis", "modality", "chain",
    "source", "source_kind", "date", "date_end", "as_of", "place", "country", "geonames", "lat", "lon",
)  # fmt: skip

# Columns of exports that say who did what; they hold what such a ruling names, else nothing.
WHO = (
    "side_a", "side_b", "actor1", "assoc_actor_1", "actor2", "assoc_actor_2", "suspected_belligerents",
    "known_belligerents",
)  # fmt: skip

ACTIONS: Mapping[Action, Shape] = {
    Action.ACCEPT: Shape(("claim",), (), (), "the claim stands as it was read"),
    Action.REJECT: Shape(("claim",), (), (), "the claim is set aside"),
    Action.CORRECT: Shape(("claim",), (), CORRECTABLE, "the claim stands with the fields given in place of those read"),
    Action.LINK: Shape(("claim",), ("incident",), (), "the claim belongs to that incident"),
    Action.UNLINK: Shape(("claim",), (), (), "the claim belongs to no incident"),
    Action.MERGE: Shape(("incident",), ("into",), (), "the incident is one with another, whose id it takes"),
    Action.SPLIT: Shape(("claim",), (), (), "the claim starts an incident of its own; others can be linked to it"),
    Action.CLAIM: Shape(
        ("report", "span"),
        ("measure",),
        (),
        "words of a report, exactly, are a claim that no reader found",
        (*(name for name in CORRECTABLE if name != "measure"), "incident", "words", "start", "end", "part"),
    ),
    Action.TIE: Shape(
        ("claim",), ("claim",), (), "a row of a spreadsheet repeats that claim of a report, and counts once with it"
    ),
    Action.CONFIRM: Shape(("claim",), (), (), "a second person stands behind the claim as it is coded"),
    Action.RETURN: Shape(("claim",), (), (), "a second person sends it back to be coded again; no figure changes"),
    Action.GRADE: Shape(("claim", "incident"), ("grade",), (), "how far it is confirmed, in a person's judgement"),
    Action.ACTORS: Shape(("incident",), ("said_by",), WHO, "whom exports name as sides and actors, and who says so"),
    Action.NOTE: Shape(("claim", "incident"), (), (), "words beside it; no figure changes"),
    Action.UNMASK: Shape(("claim", "incident"), ("name",), (), "a name that is masked by default may be shown"),
    Action.WITHHOLD: Shape(
        ("report", "span", "claim", "incident"),
        (),
        (),
        "it is not published: a report, words of it, or a name",
        ("words", "name"),
    ),
    Action.WITHDRAW: Shape(("ruling",), (), (), "an earlier ruling no longer counts"),
}


def check(action: str, values: Mapping[str, Value], target: Target, why: str) -> Action:
    """The action, where it exists, fits its target, has the values it needs and no others, and gives a reason.

    Raises UsageError: one line that says what is wrong and lists the choices.
    """
    try:
        known = Action(action)
    except ValueError:
        raise UsageError(f"no action '{action}'; there are: {', '.join(Action)}") from None
    shape = ACTIONS[known]
    if target not in shape.targets:
        raise UsageError(f"'{action}' is about {_about(shape.targets)}, not {_NOUNS.get(target, _a(target))}")
    if not why.strip():
        raise UsageError(f"'{action}' needs a reason", advice="say why with --why")
    allowed = (*shape.needs, *shape.may, *shape.also)
    _check_names(action, [name for name in values if name not in allowed], allowed)
    lacking = [name for name in shape.needs if values.get(name) in (None, "")]
    if lacking or (shape.may and values.keys().isdisjoint(shape.may)):
        wanted = lacking[0] if lacking else f"at least one of {', '.join(shape.may)}"
        raise UsageError(f"'{action}' needs {wanted}", advice=f"write {(*lacking, *shape.may)[0]}=…")
    if known is Action.GRADE and values["grade"] not in (*GRADES, NO_GRADE):
        raise UsageError(f"no grade '{values['grade']}'; there are: {', '.join((*GRADES, NO_GRADE))}")
    return known


_NOUNS = {"span": "words of a report"}


def _about(targets: Sequence[Target]) -> str:
    """ "a claim or an incident"."""
    return " or ".join(_NOUNS.get(target, _a(target)) for target in targets)


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _check_names(action: str, strange: list[str], allowed: Sequence[str]) -> None:
    if strange:
        choices = f"there are: {', '.join(allowed)}" if allowed else "it takes none"
        raise UsageError(f"'{action}' has no value '{strange[0]}'; {choices}")


def parse_values(pairs: Iterable[str]) -> dict[str, Value]:
    """`["value=12", "group=women", "high="]` as typed values: numbers where they are numbers, null where empty.

    Raises UsageError where a pair has no `=` or a name comes twice.
    """
    values: dict[str, Value] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        name = name.strip().replace("-", "_")
        if not equals or not name:
            raise UsageError(f"'{pair}' is no NAME=VALUE", advice="write for example value=12")
        if name in values:
            raise UsageError(f"'{name}' is given twice")
        values[name] = _typed(name, text.strip())
    return values


_NUMERIC = {"value", "low", "high", "geonames", "lat", "lon", "ruling", "start", "end"}


def _typed(name: str, text: str) -> Value:
    if not text:
        return None
    if name not in _NUMERIC:
        return text
    try:
        plain = text.replace(",", "")
        number = int(plain) if plain.lstrip("-").isdecimal() else float(plain)
    except ValueError:
        raise UsageError(f"'{name}' needs a number, not '{text}'") from None
    if number != number or abs(number) == float("inf"):
        raise UsageError(f"'{name}' needs a finite number, not '{text}'")
    return number
