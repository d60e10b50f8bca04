"""Terraform's types: https://developer.hashicorp.com/terraform/language/expressions/type-constraints"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from guard.records import dataclass, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias


class Primitive(Enum):
    """The primitive types, and ANY: the type of a value whose type is not known (cty's dynamic)."""

    BOOL = "bool"
    NUMBER = "number"
    STRING = "string"
    ANY = "dynamic"


BOOL = Primitive.BOOL
NUMBER = Primitive.NUMBER
STRING = Primitive.STRING
ANY = Primitive.ANY


@dataclass(frozen=True, slots=True)
class ListOf:
    element: Type


@dataclass(frozen=True, slots=True)
class SetOf:
    element: Type


@dataclass(frozen=True, slots=True)
class MapOf:
    element: Type


@dataclass(frozen=True, slots=True)
class TupleOf:
    elements: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class ObjectOf:
    """An object type. `optional` names the attributes that a type constraint lets one leave out."""

    attributes: Mapping[str, Type]
    optional: frozenset[str] = field(default=frozenset())

    def __hash__(self) -> int:
        return hash((frozenset(self.attributes.items()), self.optional))


Type: TypeAlias = Primitive | ListOf | SetOf | MapOf | TupleOf | ObjectOf
COLLECTIONS = (ListOf, SetOf, MapOf)
EMPTY_OBJECT = ObjectOf({})


def friendly(type: Type) -> str:
    """The type as Terraform's messages name it: `list of string`, `object`, `tuple`."""
    match type:
        case Primitive():
            return type.value
        case ListOf(element):
            return f"list of {friendly(element)}"
        case SetOf(element):
            return f"set of {friendly(element)}"
        case MapOf(element):
            return f"map of {friendly(element)}"
        case TupleOf():
            return "tuple"
    return "object"


def friendly_constraint(type: Type) -> str:
    """The type as messages about a wanted type name it: `list of any single type`, `any type`."""
    match type:
        case Primitive.ANY:
            return "any type"
        case ListOf(element) | SetOf(element) | MapOf(element):
            kind = friendly(type).partition(" ")[0]
            return f"{kind} of {'any single type' if element is ANY else friendly_constraint(element)}"
        case _:
            return friendly(type)


def without_optional(type: Type) -> Type:
    """The type that values of a type constraint have: nothing in it is optional."""
    match type:
        case Primitive():
            return type
        case ListOf(element):
            return ListOf(without_optional(element))
        case SetOf(element):
            return SetOf(without_optional(element))
        case MapOf(element):
            return MapOf(without_optional(element))
        case TupleOf(elements):
            return TupleOf(tuple(map(without_optional, elements)))
    return ObjectOf({name: without_optional(part) for name, part in type.attributes.items()})
