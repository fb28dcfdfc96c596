"""`dataclass` for a program that starts often: methods that Python writes anew for each class are shared by all.

Input: a class with fields. Output: the class that `dataclasses.dataclass` makes of it, in a quarter of the time: there
six methods are written as text and compiled for each class, here only `__init__` is. `tollbook show` makes 170 classes
before it looks at a claim. For a type checker this is `dataclasses.dataclass` itself, and `fields`, `replace` and
`asdict` work as ever.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    from operator import attrgetter
    from reprlib import recursive_repr

    _UNSET = object()

    def dataclass(cls=None, /, *, frozen=False, slots=False, unsafe_hash=False, **more):
        """As `dataclasses.dataclass`; what has no slots, or asks for more than these, is made by that itself."""

        def made(cls):
            if more or not slots:
                return dataclasses.dataclass(frozen=frozen, slots=slots, unsafe_hash=unsafe_hash, **more)(cls)
            bare = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
            return _completed(bare, frozen, frozen or unsafe_hash)

        return made if cls is None else made(cls)

    def _completed(cls, frozen, hashed):
        """The class with its methods; those that it has written itself stay."""
        fields = dataclasses.fields(cls)
        compared = _values_of([one.name for one in fields if one.compare])
        cls.__init__ = _init(cls, fields, frozen)
        shared = {"__repr__": _repr, "__eq__": _equal(compared)}
        if hashed:
            shared["__getstate__"], shared["__setstate__"] = _state(cls, [one.name for one in fields])
        if frozen:
            shared["__setattr__"] = shared["__delattr__"] = _refuse
        for name, method in shared.items():
            if name not in cls.__dict__:
                setattr(cls, name, method)
        if cls.__dict__.get("__hash__") is None:
            cls.__hash__ = _hash(compared) if hashed else None
        return cls

    def _init(cls, fields, frozen):
        """`__init__`, the one method that is compiled for its class: it is called a million times."""
        given = {"_set": object.__setattr__, "_UNSET": _UNSET}
        takes, does = ["self"], []
        for one in fields:
            name, factory = one.name, one.default_factory is not dataclasses.MISSING
            value = name
            if factory:
                given[f"_make_{name}"] = one.default_factory
                value = f"_make_{name}() if {name} is _UNSET else {name}" if one.init else f"_make_{name}()"
            elif one.default is not dataclasses.MISSING:
                given[f"_default_{name}"] = one.default
                value = name if one.init else f"_default_{name}"
            elif not one.init:
                continue  # `__post_init__` gives it
            default = "_UNSET" if factory else f"_default_{name}"
            if one.init:
                takes.append(f"{name}={default}" if default in given else name)
            does.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
        if hasattr(cls, "__post_init__"):
            does.append("self.__post_init__()")
        body = "\n  ".join(does or ["pass"])
        text = f"def make({', '.join(given)}):\n def __init__({', '.join(takes)}):\n  {body}\n return __init__"
        made = {}
        exec(text, vars(sys.modules[cls.__module__]), made)  # the text has names of fields alone, none from outside
        init = made["make"](**given)
        init.__qualname__ = f"{cls.__qualname__}.__init__"
        init.__annotations__ = {one.name: one.type for one in fields if one.init} | {"return": None}
        return init

    def _values_of(names):
        """What gives the values of some fields as a tuple; `attrgetter` alone gives one of a single name bare."""
        if len(names) > 1:
            return attrgetter(*names)
        return lambda value: tuple(getattr(value, name) for name in names)

    def _equal(values):
        def equal(self, other):
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        return equal

    def _hash(values):
        def hashed(self):
            return hash(values(self))

        return hashed

    @recursive_repr()
    def _repr(self):
        told = (f"{one.name}={getattr(self, one.name)!r}" for one in dataclasses.fields(self) if one.repr)
        return f"{self.__class__.__qualname__}({', '.join(told)})"

    def _refuse(self, name, *_):
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def _state(cls, names):
        """How a value is pickled: what its fields hold, in order. Python asks for the fields anew with each."""
        puts = [getattr(cls, name).__set__ for name in names]

        def get(self):
            return [getattr(self, name) for name in names]

        def put(self, state):
            for put_one, one in zip(puts, state, strict=True):
                put_one(self, one)

        return get, put


__all__ = ["dataclass"]
