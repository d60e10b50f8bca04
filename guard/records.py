"""Records: the part of `dataclasses` that we use, for a sixth of its cost at start.

`dataclasses` imports `inspect`, and it writes and compiles six methods for every class: with all of our
records that took longer than the rest of a check of a small repository. Here one method of a class is
compiled, `__init__`, and that only for a class of which many records are made; the others are shared. Type
checkers see `dataclasses` itself, whose rules hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    R = TypeVar("R")
    C = TypeVar("C", bound=type)

_MISSING: Any = object()
_FEW = 50  # to compile an `__init__` takes about as long as to make so many records without


class Field:
    """What is said of a field besides its type, as `dataclasses.field` takes it."""

    def __init__(
        self,
        *,
        default: Any = _MISSING,
        default_factory: Any = _MISSING,
        init: bool = True,
        repr: bool = True,
        compare: bool = True,
    ) -> None:
        self.name = ""
        self.default, self.factory = default, default_factory
        self.init, self.repr, self.compare = init, repr, compare


def record(*, frozen: bool = False, slots: bool = False, eq: bool = True) -> Callable[[C], C]:
    """Makes a class with annotated fields a record, as `dataclasses.dataclass` does.

    The fields are slots in any case; without slots there is room for more, such as cached properties.
    """

    def decorated(plain: C) -> C:
        found = tuple(_fields(plain))
        defined = {name: item for name, item in vars(plain).items() if name not in _OF_PLAIN_CLASSES}
        for item in found:
            defined.pop(item.name, None)
        defined["__slots__"] = (*(item.name for item in found), *(() if slots else _OF_PLAIN_CLASSES))
        defined["__match_args__"] = tuple(item.name for item in found if item.init)
        defined["__record_fields__"] = found
        defined.setdefault("__repr__", _repr)
        if eq:
            _compare(defined, [item.name for item in found if item.compare], frozen=frozen)
        if frozen:
            defined["__setattr__"], defined["__delattr__"] = _refuse_to_set, _refuse_to_delete
        defined["__qualname__"] = plain.__qualname__
        made: Any = type(plain)(plain.__name__, plain.__bases__, defined)

        made.__init__ = _init_of_few(made, found, frozen=frozen)
        return made  # type: ignore[no-any-return]

    return decorated


_OF_PLAIN_CLASSES = ("__dict__", "__weakref__")


def _fields(plain: type) -> Iterator[Field]:
    own = vars(plain)
    for name in own.get("__annotations__", ()):
        given = own.get(name, _MISSING)
        item = given if isinstance(given, Field) else Field(default=given)
        item.name = name
        yield item


def _init_of_few(made: Any, found: tuple[Field, ...], *, frozen: bool) -> Any:
    """The class's `__init__` until one is compiled: after a few records, or for arguments that are wrong."""
    names = [item.name for item in found]
    known = frozenset(names)
    fills = [(item.name, vars(made)[item.name].__set__) for item in found]
    defaults = {item.name: item.default for item in found if item.default is not _MISSING}
    factories = [(item.name, item.factory) for item in found if item.factory is not _MISSING]
    left = _FEW if all(item.init for item in found) else 1

    def init(self: object, *given: object, **named: object) -> None:
        nonlocal left
        left -= 1
        stated = {**dict(zip(names, given, strict=False)), **named}
        values = {**defaults, **stated}
        for name, new in factories:
            if name not in stated:
                values[name] = new()
        if left <= 0 or len(stated) < len(given) + len(named) or values.keys() != known:
            made.__init__ = _init(made, found, frozen=frozen)
            made.__init__(self, *given, **named)
            return
        for name, fill in fills:
            fill(self, values[name])

    return init


def _init(made: type, found: tuple[Field, ...], *, frozen: bool) -> Any:
    """The class's `__init__`. A frozen record is filled through its slots, past its own `__setattr__`."""
    known: dict[str, Any] = {"MISSING": _MISSING}
    parameters, lines = ["self"], ["pass"]
    for item in found:
        parameter, value = _given(item, known)
        if item.init:
            parameters.append(parameter)
        if frozen:
            known[f"set_{item.name}"] = vars(made)[item.name].__set__
        lines.append(f"set_{item.name}(self, {value})" if frozen else f"self.{item.name} = {value}")
    text = f"def __init__({', '.join(parameters)}): {'; '.join(lines)}"
    exec(text, known)  # noqa: S102  # it is made of the names of our own fields
    made_init = known["__init__"]
    made_init.__qualname__ = f"{made.__qualname__}.__init__"
    return made_init


def _given(item: Field, known: dict[str, Any]) -> tuple[str, str]:
    """A field as a parameter, and its value; what they need is added to the known names."""
    name = item.name
    if item.factory is not _MISSING:
        known[f"new_{name}"] = item.factory
        made = f"new_{name}()"
        return f"{name}=MISSING", f"{made} if {name} is MISSING else {name}" if item.init else made
    if item.default is _MISSING:
        return name, name
    known[f"default_{name}"] = item.default
    return f"{name}=default_{name}", name if item.init else f"default_{name}"


def _compare(defined: dict[str, Any], names: list[str], *, frozen: bool) -> None:
    """Equality among records of one class, and a hash for what is frozen."""
    values = attrgetter(*names) if names else lambda _: ()

    def equal(self: object, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(values(self))

    defined.setdefault("__eq__", equal)
    defined.setdefault("__hash__", hashed if frozen else None)


def _repr(self: Any) -> str:
    shown = (f"{item.name}={getattr(self, item.name)!r}" for item in fields_of(self) if item.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse_to_set(_self: object, name: str, _value: object) -> None:
    raise AttributeError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> None:
    raise AttributeError(f"cannot delete field {name!r}")


def fields_of(thing: Any) -> tuple[Field, ...]:
    """The fields of a record or its class, as `dataclasses.fields` gives them."""
    found: tuple[Field, ...] = thing.__record_fields__
    return found


def replaced(thing: R, /, **changes: Any) -> R:
    """The record with other values for some fields, as `dataclasses.replace` makes it."""
    kept = {item.name: getattr(thing, item.name) for item in fields_of(thing) if item.init}
    return type(thing)(**{**kept, **changes})


def is_record(thing: object) -> bool:
    return hasattr(thing, "__record_fields__")


if TYPE_CHECKING:
    from dataclasses import dataclass, field, fields, is_dataclass, replace
else:
    dataclass, field, fields, is_dataclass, replace = record, Field, fields_of, is_record, replaced

__all__ = ["dataclass", "field", "fields", "is_dataclass", "replace"]
