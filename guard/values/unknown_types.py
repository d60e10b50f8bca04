"""Null and unknown values of another type: the type that they get, and what stays known of them."""

from __future__ import annotations

from guard.records import replace
from guard.values.collapsed import collapsed
from guard.values.lattice import unify
from guard.values.types import (
    ANY,
    STRING,
    ListOf,
    MapOf,
    ObjectOf,
    Primitive,
    SetOf,
    TupleOf,
    Type,
    friendly,
    without_optional,
)
from guard.values.unknown import Applied, Refinement, Term, Unknown
from guard.values.value import Value


def of_type(value: Value, to: Type) -> Value:
    """A null or unknown value as one of the type that it converts to."""
    type = concrete(value.type, without_optional(to))
    if type == value.type:
        return value
    if not isinstance(value.data, Unknown):
        return Value(type, None, value.marks)
    term = (
        Applied(f"to{friendly(type).split()[0]}", (value.unmarked(),))
        if _needs_name(value.type, type)
        else value.data.term
    )
    data = replace(value.data, term=term, refinement=_refinement(value.data.refinement, value.type, type))
    origin = value.origin if type is STRING else None  # a text of any type is the same text
    return collapsed(Value(type, data, value.marks, origin))


def set_of_what(term: Term) -> Term | None:
    """What a set is made of, if it is made of one value that is not known."""
    match term:
        case Applied(name="toset", arguments=(Value(data=Unknown(term=inner)),)):
            return inner
    return None


def concrete(source: Type, target: Type) -> Type:
    """The target with ANY replaced by what the source has there (cty's dynamicReplace)."""
    if source is ANY:
        return target
    match target:
        case Primitive():
            return source if target is ANY else target
        case ObjectOf(attributes):
            return ObjectOf(
                {name: concrete(_part_type(source, name), part) for name, part in attributes.items()}
            )
        case ListOf(wanted) | SetOf(wanted) | MapOf(wanted):
            return type(target)(concrete(_element_type(source), wanted))
    given = source.elements if isinstance(source, TupleOf) else target.elements
    return TupleOf(tuple(map(concrete, given, target.elements)))


def _element_type(source: Type) -> Type:
    match source:
        case ListOf(element) | SetOf(element) | MapOf(element):
            return element
        case TupleOf(elements):
            return unify(elements) or ANY
        case ObjectOf(attributes):
            return unify(attributes.values()) or ANY
    return ANY


def _part_type(source: Type, name: str) -> Type:
    match source:
        case MapOf(element):
            return element
        case ObjectOf(attributes):
            return attributes.get(name, ANY)
    return ANY


def _needs_name(source: Type, target: Type) -> bool:
    """Whether the result needs a name of its own: the conversion may undo a lossy one, or makes a set.

    "01" to number to string is "1": were the term the same in both strings, they would seem equal. A list
    may hold twice what a set holds once: what is assumed of the set says nothing of the list.
    """
    match source, target:
        case Primitive(), Primitive():
            return target is STRING and source not in (STRING, ANY)
        case Primitive(), _:
            return isinstance(target, SetOf)
        case (ListOf(ours), ListOf(theirs)) | (SetOf(ours), SetOf(theirs)) | (MapOf(ours), MapOf(theirs)):
            return _needs_name(ours, theirs)
        case TupleOf(), TupleOf():
            return any(map(_needs_name, source.elements, target.elements))
    return True


def _refinement(known: Refinement, source: Type, target: Type) -> Refinement:
    """cty's prepareUnknownResult: what is known of the size."""
    base = Refinement(not_null=known.not_null)
    match source, target:
        case ObjectOf(attributes), MapOf():
            return replace(base, at_least=len(attributes), at_most=len(attributes))
        case TupleOf(elements), ListOf():
            return replace(base, at_least=len(elements), at_most=len(elements))
        case TupleOf(elements), SetOf():
            return replace(base, at_least=min(1, len(elements)), at_most=len(elements))
        case ((ListOf() | SetOf() | MapOf()), SetOf()):
            return replace(base, at_least=min(1, known.at_least), at_most=known.at_most)
        case ((ListOf() | SetOf() | MapOf()), (ListOf() | MapOf())):
            return replace(base, at_least=known.at_least, at_most=known.at_most)
    return known if source is ANY else base
