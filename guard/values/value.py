"""Terraform's values: a type, the data, and marks; and the two kinds of not knowing.

The model is go-cty's (https://github.com/zclconf/go-cty/blob/main/docs/concepts.md): a value always
has a type, null and unknown have one too, and marks (sensitive, ephemeral) follow a value around.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from fractions import Fraction

from guard.records import dataclass, field, replace
from guard.source import SourceRange
from guard.values.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    ObjectOf,
    SetOf,
    TupleOf,
    Type,
)
from guard.values.unknown import NOTHING_MORE, Kind, Question, Refinement, Term, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias


class Mark(Enum):
    SENSITIVE = "sensitive"
    EPHEMERAL = "ephemeral"


class SymbolicKey(str):
    """A map key or set element's text that is not known: a token that no real text equals.

    Equal terms have equal tokens. `value` is the unknown string value that the key stands for.
    """

    __slots__ = ("value",)
    value: Value

    def __new__(cls, value: Value) -> SymbolicKey:
        from guard.values.labels import label

        self = super().__new__(cls, f"\0{label(value)}\0{hash(value.unknown.term)}")
        self.value = value
        return self


# --- values ------------------------------------------------------------------------------------

Data: TypeAlias = "bool | int | Fraction | str | tuple[Value, ...] | Mapping[str, Value] | Unknown | None"
NO_MARKS: frozenset[Mark] = frozenset()
SENSITIVE = frozenset({Mark.SENSITIVE})


@dataclass(frozen=True, slots=True)
class Value:
    """A Terraform value.

    data by type: bool; int or Fraction (512-bit, see `numbers`); str (NFC); a tuple of values for
    list, tuple and set (sets: distinct, in Terraform's order); a mapping for map (sorted by key) and
    object; None for null; `Unknown`.
    marks: of this value itself; parts carry their own.
    origin: the address of the aws_iam_user instance whose name this is, if it is one: the identity
    of a user whose name is not known. It is not part of equality and is lost by any change of the value.
    """

    type: Type
    data: Data
    marks: frozenset[Mark] = NO_MARKS
    origin: str | None = field(default=None, compare=False)
    _size: int = field(default=0, init=False, compare=False, repr=False)

    @property
    def size(self) -> int:
        """The number of values in this one at any depth, itself included; shared ones count each time."""
        if not self._size:
            inner = sum(part.size for part in parts(self)) if isinstance(self.data, tuple | Mapping) else 0
            object.__setattr__(self, "_size", 1 + inner)
        return self._size

    def __hash__(self) -> int:
        data = frozenset(self.data) if isinstance(self.data, Mapping) else self.data
        return hash((self.type, data))

    @property
    def is_null(self) -> bool:
        return self.data is None

    @property
    def is_unknown(self) -> bool:
        return isinstance(self.data, Unknown)

    @property
    def unknown(self) -> Unknown:
        assert isinstance(self.data, Unknown)
        return self.data

    @property
    def elements(self) -> tuple[Value, ...]:
        """The elements of a known list, set or tuple."""
        assert isinstance(self.data, tuple)
        return self.data

    @property
    def mapping(self) -> Mapping[str, Value]:
        """The elements of a known map or attributes of a known object."""
        assert isinstance(self.data, Mapping)
        return self.data

    @property
    def text(self) -> str:
        assert isinstance(self.data, str)
        return self.data

    @property
    def number(self) -> int | Fraction:
        assert isinstance(self.data, int | Fraction)
        assert not isinstance(self.data, bool)
        return self.data

    @property
    def truth(self) -> bool:
        assert isinstance(self.data, bool)
        return self.data

    def marked(self, marks: frozenset[Mark]) -> Value:
        """This value with these marks added."""
        return replace(self, marks=self.marks | marks) if marks - self.marks else self

    def unmarked(self) -> Value:
        return replace(self, marks=NO_MARKS) if self.marks else self


TRUE = Value(BOOL, True)
FALSE = Value(BOOL, False)
NULL = Value(ANY, None)


def boolean(value: bool) -> Value:
    return TRUE if value else FALSE


def number(value: int | Fraction) -> Value:
    return Value(NUMBER, value)


def string(text: str) -> Value:
    """A string value; text must be NFC already (see `guard.values.text.nfc`)."""
    return Value(STRING, text)


def null(type: Type = ANY) -> Value:
    return Value(type, None)


def tuple_of(values: Iterable[Value]) -> Value:
    items = tuple(values)
    return Value(TupleOf(tuple(item.type for item in items)), items)


def object_of(attributes: Mapping[str, Value]) -> Value:
    """An object; attributes in Terraform's order (sorted by name)."""
    ordered = {name: attributes[name] for name in sorted(attributes, key=utf8)}
    return Value(ObjectOf({name: value.type for name, value in ordered.items()}), ordered)


def list_of(element: Type, values: Iterable[Value]) -> Value:
    """A list of values that have the element type already."""
    return Value(ListOf(element), tuple(values))


def map_of(element: Type, values: Mapping[str, Value]) -> Value:
    """A map of values that have the element type already."""
    return Value(MapOf(element), {key: values[key] for key in sorted(values, key=utf8)})


def utf8(text: str) -> bytes:
    """The order of map keys and set elements: by UTF-8 bytes."""
    return text.encode("utf-8", "surrogatepass")


def unknown(
    type: Type,
    kind: Kind,
    term: Term,
    why: str,
    *,
    questions: tuple[Question, ...] = (),
    refinement: Refinement = NOTHING_MORE,
    at: SourceRange | None = None,
) -> Value:
    return Value(type, Unknown(kind, term, why, questions, refinement, at))


# --- looking into values -----------------------------------------------------------------------


def parts(value: Value) -> Iterator[Value]:
    """The direct parts of a known collection or structure; symbolic keys are parts too."""
    match value.data:
        case tuple():
            yield from value.data
        case Mapping():
            for key, part in value.data.items():
                if isinstance(key, SymbolicKey):
                    yield key.value
                yield part


def walk(value: Value) -> Iterator[Value]:
    """The value and everything in it; what is in it more than once is not entered again."""
    todo = [value]
    entered: set[int] = set()
    while todo:
        item = todo.pop()
        yield item
        if isinstance(item.data, tuple | Mapping) and id(item) not in entered:
            entered.add(id(item))
            todo.extend(parts(item))


def unknowns(*values: Value) -> list[Unknown]:
    """Every unknown in the values, at any depth."""
    return [item.data for value in values for item in walk(value) if isinstance(item.data, Unknown)]


def wholly_known(value: Value) -> bool:
    return not any(item.is_unknown for item in walk(value))


def all_marks(*values: Value) -> frozenset[Mark]:
    """The marks of the values and of everything in them."""
    return frozenset(mark for value in values for item in walk(value) for mark in item.marks)


def own_marks(value: Value) -> frozenset[Mark]:
    """The marks of a value itself. A set has those of its elements: they are found by value, not by place."""
    return all_marks(value) if isinstance(value.type, SetOf) else value.marks


def key_value(key: str) -> Value:
    """The string value that a map key stands for."""
    return key.value if isinstance(key, SymbolicKey) else string(key)


def derived(
    type: Type,
    term: Term,
    sources: Iterable[Value],
    refinement: Refinement = NOTHING_MORE,
    questions: tuple[Question, ...] = (),
) -> Value:
    """An unknown value that follows from unknown sources: it takes their kind, reason and questions.

    One source that we could not read makes the result unread; otherwise one that Terraform learns
    at apply makes it so. questions, if given, stand before those of the sources.
    """
    found = unknowns(*sources)
    worst = max(found, key=lambda item: _SEVERITY[item.kind])
    asked = dict.fromkeys((*questions, *(question for item in found for question in item.questions)))
    return Value(
        type,
        Unknown(worst.kind, term, worst.why, tuple(asked)[:_QUESTIONS_KEPT], refinement, worst.at),
        all_marks(*sources),
    )


_SEVERITY = {Kind.NOT_GIVEN: 0, Kind.AT_APPLY: 1, Kind.UNREAD: 2}
_QUESTIONS_KEPT = 8
