"""Model values to JSON and back, driven by their type hints: nothing is lost, nothing is guessed.

Input: a frozen value of `tollbook.model` and its type. Output: plain JSON values, and from them an equal value again.
`encode(Source("Ministry", "official"), Source)` is `{"source": "Ministry", "kind": "official"}`.

A field is left out where it holds its default and that is empty (None, an empty tuple or mapping), and only there: an
old row reads the same after a new optional field joins the model. Anything that does not fit its type is an error that
names the field; a stored value is never bent into shape.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import types
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Literal, NamedTuple, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Json = Any
Step = Callable[[Any], Any]

_SCALARS: dict[Any, tuple[type, ...]] = {str: (str,), int: (int,), float: (float, int), bool: (bool,)}


class Misfit(ValueError):
    """A value that does not fit its type: `.where` names the field, innermost last."""

    def __init__(self, why: str, where: tuple[str, ...] = ()) -> None:
        super().__init__(f"{'.'.join(where)}: {why}" if where else why)
        self.why, self.where = why, where

    def under(self, name: str) -> Misfit:
        return Misfit(self.why, (name, *self.where))


class Codec(NamedTuple):
    """The two directions of one type."""

    encode: Step
    decode: Step


def canonical(value: Json) -> str:
    """The one JSON text of a value: keys sorted, no spaces, ASCII only (lone surrogates are kept as escapes)."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def encode(value: T, hint: type[T]) -> Json:
    """JSON values for a model value of type `hint`; a `Misfit` names the field that holds something else."""
    return codec(cast(Any, hint)).encode(value)


def decode(stored: Json, hint: type[T]) -> T:
    """The model value of type `hint` that `encode` made `stored` from; a `Misfit` names what does not fit."""
    return cast(T, codec(cast(Any, hint)).decode(stored))


def dumps(value: T, hint: type[T]) -> str:
    """The canonical JSON text of a model value."""
    return canonical(encode(value, hint))


def loads(text: str, hint: type[T]) -> T:
    """The model value from its JSON text; a `Misfit` says where it is no JSON or does not fit."""
    try:
        stored = json.loads(text)
    except ValueError as error:
        raise Misfit(f"no JSON ({error})") from None
    return decode(stored, hint)


@cache
def codec(hint: Any) -> Codec:
    """The codec of a type: dataclasses, tuples, str-keyed mappings, unions, literals, enums, dates and scalars."""
    origin, args = get_origin(hint), get_args(hint)
    if hint in _SCALARS:
        return _scalar(hint)
    if hint is None or hint is type(None):
        return Codec(_null, _null)
    if hint is dt.date:
        return Codec(_date_out, _date_in)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _enum(hint)
    if is_dataclass(hint):
        return _record(cast(type, hint))
    if origin is Literal:
        return _literal(args)
    if origin is tuple:
        return _sequence(codec(args[0])) if args[1:] == (...,) else _fixed([codec(arg) for arg in args])
    if origin is dict and args[0] is str:
        return _mapping(codec(args[1]))
    if origin in (Union, types.UnionType):
        return _union(args)
    raise TypeError(f"no codec for {hint!r}")


def _misfit(value: object, wanted: str) -> Misfit:
    return Misfit(f"{wanted} wanted, found {type(value).__name__} {value!r:.60}")


def _null(value: Any) -> None:
    if value is not None:
        raise _misfit(value, "null")


def _scalar(hint: type) -> Codec:
    def step(value: Any) -> Any:
        # bool is an int to Python, not to a record; NaN and infinity have no JSON.
        if isinstance(value, bool) is not (hint is bool) or not isinstance(value, _SCALARS[hint]):
            raise _misfit(value, hint.__name__)
        if isinstance(value, float) and not math.isfinite(value):
            raise _misfit(value, "finite number")
        return value

    return Codec(step, step)


def _date_out(value: Any) -> str:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise _misfit(value, "date")
    return value.isoformat()


def _date_in(value: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _misfit(value, "ISO date") from None


def _enum(hint: type[Enum]) -> Codec:
    def out(value: Any) -> Json:
        if not isinstance(value, hint):
            raise _misfit(value, hint.__name__)
        return value.value

    def back(value: Any) -> Enum:
        try:
            return hint(value)
        except ValueError:
            raise _misfit(value, hint.__name__) from None

    return Codec(out, back)


def _literal(choices: tuple[Any, ...]) -> Codec:
    def step(value: Any) -> Any:
        if value not in choices:
            raise _misfit(value, f"one of {', '.join(map(str, choices))}")
        return value

    return Codec(step, step)


def _sequence(item: Codec) -> Codec:
    def out(value: Any) -> list[Json]:
        if not isinstance(value, tuple):
            raise _misfit(value, "tuple")
        return [_within(str(place), item.encode, each) for place, each in enumerate(value)]

    def back(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _misfit(value, "list")
        return tuple([_within(str(place), item.decode, each) for place, each in enumerate(value)])

    return Codec(out, back)


def _fixed(items: list[Codec]) -> Codec:
    def out(value: Any) -> list[Json]:
        if not isinstance(value, tuple) or len(value) != len(items):
            raise _misfit(value, f"tuple of {len(items)}")
        return [item.encode(each) for item, each in zip(items, value, strict=True)]

    def back(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) != len(items):
            raise _misfit(value, f"list of {len(items)}")
        return tuple([item.decode(each) for item, each in zip(items, value, strict=True)])

    return Codec(out, back)


def _mapping(item: Codec) -> Codec:
    def each(step: Step) -> Step:
        def whole(value: Any) -> dict[str, Any]:
            if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
                raise _misfit(value, "mapping of names")
            return {key: _within(key, step, inner) for key, inner in value.items()}

        return whole

    return Codec(each(item.encode), each(item.decode))


def _union(args: tuple[Any, ...]) -> Codec:
    """Null or one type, or several scalars: the first that takes the value; ints stay ints beside floats."""
    kinds = [arg for arg in args if arg is not type(None)]
    if len(kinds) == 1:
        return Codec(_optional(codec(kinds[0]).encode), _optional(codec(kinds[0]).decode))
    steps = [codec(arg) for arg in sorted(args, key=lambda arg: arg is float)]
    names = " or ".join("null" if arg is type(None) else getattr(arg, "__name__", str(arg)) for arg in args)

    def first(which: int) -> Step:
        def step(value: Any) -> Any:
            for each in steps:
                try:
                    return each[which](value)
                except Misfit:
                    continue
            raise _misfit(value, names)

        return step

    return Codec(first(0), first(1))


def _optional(step: Step) -> Step:
    return lambda value: None if value is None else step(value)


def _within(name: str, step: Step, value: Any) -> Any:
    try:
        return step(value)
    except Misfit as error:
        raise error.under(name) from None


def _record(hint: type) -> Codec:
    # Looked up on first use, not here: a class may hold another that is defined after it.
    @cache
    def parts() -> dict[str, tuple[Codec, Field[Any]]]:
        hints = get_type_hints(hint)
        return {each.name: (codec(hints[each.name]), each) for each in fields(hint)}

    def out(value: Any) -> dict[str, Json]:
        if type(value) is not hint:
            raise _misfit(value, hint.__name__)
        found = [(name, item, getattr(value, name), field) for name, (item, field) in parts().items()]
        return {name: _within(name, item.encode, inner) for name, item, inner, field in found if _told(inner, field)}

    def back(value: Any) -> Any:
        if not isinstance(value, dict):
            raise _misfit(value, hint.__name__)
        odd = [name for name in value if name not in parts()]
        lacking = [name for name, (_, field) in parts().items() if name not in value and _default(field) is MISSING]
        if odd or lacking:
            raise Misfit(f"{hint.__name__} {'has no' if odd else 'lacks'} field '{(odd or lacking)[0]}'")
        given = {name: _within(name, parts()[name][0].decode, inner) for name, inner in value.items()}
        try:
            return hint(**given)
        except ValueError as error:
            raise Misfit(str(error)) from None

    return Codec(out, back)


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _told(value: Any, field: Field[Any]) -> bool:
    """False for an empty value that is the field's own default."""
    return not (value is None or value == () or value == {}) or _default(field) != value
