"""`dataclass` of `tollbook.values` makes what `dataclasses.dataclass` makes."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from typing import Any

import pytest

from tollbook import values


def made(dataclass: Callable[..., Any], module: str = __name__) -> dict[str, Any]:
    """The same classes by either way of making them."""

    @dataclass(frozen=True, slots=True)
    class Point:
        """Two numbers."""

        x: int
        y: int = 2
        tags: tuple[str, ...] = ()

        @property
        def sum(self) -> int:
            return self.x + self.y

    @dataclass(frozen=True, slots=True)
    class One:
        """One number, and what isn't told or compared."""

        x: float
        secret: str = field(default="", repr=False, compare=False)

    @dataclass(frozen=True, slots=True)
    class Above(Point):
        """A point above another."""

        z: int = 3

    @dataclass(frozen=True, slots=True)
    class Checked:
        """Worked out from what is given."""

        some: list[int] = field(default_factory=list)
        count: int = field(init=False)

        def __post_init__(self) -> None:
            if 0 in self.some:
                raise ValueError("no zeros")
            object.__setattr__(self, "count", len(self.some))

        def __repr__(self) -> str:
            return "mine"

    @dataclass(slots=True)
    class Open:
        """May be changed."""

        name: str
        seen: set[str] = field(default_factory=set)

    @dataclass(slots=True, unsafe_hash=True)
    class Counted:
        """May be changed by name, and isn't."""

        name: str
        number: int = 0

    @dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        """Has an order."""

        x: int

    @dataclass(frozen=True, slots=True)
    class Empty:
        """Has no field."""

    return {cls.__name__: cls for cls in (Point, One, Above, Checked, Open, Counted, Ordered, Empty)}


OURS, THEIRS = made(values.dataclass), made(dataclasses.dataclass)
CALLS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("Point", (1,), {}),
    ("Point", (1, 3), {"tags": ("a",)}),
    ("Point", (), {}),
    ("Point", (1, 2, (), 4), {}),
    ("Point", (), {"x": 1, "w": 2}),
    ("One", (1.5, "hidden"), {}),
    ("Above", (1, 2, (), 4), {}),
    ("Checked", ([3, 4],), {}),
    ("Checked", ([0],), {}),
    ("Checked", (), {}),
    ("Open", ("a",), {}),
    ("Open", ("a", {"b"}), {}),
    ("Counted", ("a", 5), {}),
    ("Ordered", (4,), {}),
    ("Empty", (), {}),
]


def told(cls: type[Any], positional: tuple[Any, ...], named: dict[str, Any]) -> list[Any]:
    """All that can be seen of a value that is made so, or the error."""
    try:
        one, other = cls(*positional, **named), cls(*positional, **named)
    except (TypeError, ValueError) as error:
        return [type(error), str(error)]
    try:
        hashed: Any = hash(one)
    except TypeError as error:
        hashed = str(error)
    copied = (copy.copy(one) == one, copy.deepcopy(one) == one, dataclasses.asdict(one))
    shape = (cls.__doc__, cls.__match_args__, list(inspect.signature(cls).parameters), hasattr(one, "__dict__"))
    return [repr(one), one == other, one != other, one == 1, hashed, copied, shape]


@pytest.mark.parametrize(("name", "positional", "named"), CALLS)
def test_a_value_is_as_the_standard_library_makes_it(
    name: str, positional: tuple[Any, ...], named: dict[str, Any]
) -> None:
    assert told(OURS[name], positional, named) == told(THEIRS[name], positional, named)


@pytest.mark.parametrize("classes", [OURS, THEIRS])
def test_a_frozen_value_stays(classes: dict[str, Any]) -> None:
    one = classes["Point"](1)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'x'"):
        one.x = 2
    with pytest.raises(FrozenInstanceError):
        del one.x
    assert dataclasses.replace(one, x=4) == classes["Point"](4)
    assert [each.name for each in dataclasses.fields(one)] == ["x", "y", "tags"]
    assert one.sum == 3
    assert one != classes["Above"](1)


def test_an_open_value_changes_and_two_of_them_share_nothing() -> None:
    one, other = OURS["Open"]("a"), OURS["Open"]("a")
    one.seen.add("b")
    one.name = "c"
    assert (one.name, other.seen) == ("c", set())
    with pytest.raises(AttributeError):
        one.strange = 1


def test_a_value_that_is_no_number_is_itself_as_in_a_tuple() -> None:
    number = float("nan")
    assert OURS["One"](number) == OURS["One"](number)
    assert THEIRS["One"](number) == THEIRS["One"](number)


@values.dataclass(frozen=True, slots=True)
class Carried:
    """A value at a place where pickle finds it."""

    name: str
    numbers: tuple[int, ...] = ()


def test_a_value_is_pickled_by_its_fields() -> None:
    one = Carried("a", (1, 2))
    assert pickle.loads(pickle.dumps(one)) == one
    assert one.__getstate__() == ["a", (1, 2)]  # type: ignore[attr-defined]
    assert copy.copy(one) == one


def test_only_init_is_compiled_for_a_class(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []
    compiles = dataclasses._create_fn  # type: ignore[attr-defined]

    def counting(name: str, *rest: Any, **more: Any) -> Any:
        compiled.append(name)
        return compiles(name, *rest, **more)

    monkeypatch.setattr(dataclasses, "_create_fn", counting)
    made(values.dataclass)
    assert compiled.count("__eq__") == compiled.count("__init__") == 1  # of the one with an order, made by the library
