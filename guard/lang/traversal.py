"""Attributes, indexes and splats of values.

https://developer.hashicorp.com/terraform/language/expressions/references
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from guard.source import SourceRange
from guard.values.convert import convert
from guard.values.equality import compare
from guard.values.errors import ConversionError, EvaluationError
from guard.values.labels import label
from guard.values.types import (
    ANY,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    ObjectOf,
    Primitive,
    SetOf,
    TupleOf,
    Type,
)
from guard.values.unknown import NOTHING_MORE, Applied, Ask, Input, Kind, Question, Unknown
from guard.values.value import (
    SymbolicKey,
    Value,
    derived,
    key_value,
    string,
    unknowns,
)


class OpenAttributes(dict[str, Value]):
    """The attributes of an object whose type we do not know completely: others may be asked for."""

    def __init__(self, known: Mapping[str, Value], other: Callable[[str], Value]) -> None:
        super().__init__(known)
        self.other = other


def attribute(object: Value, name: str, at: SourceRange) -> Value:
    """`object.name`; raises EvaluationError where Terraform refuses it."""
    if object.is_unknown:
        return _attribute_of_unknown(object, name, at)
    if object.is_null:
        raise EvaluationError(
            "Attempt to get attribute from null value",
            f'This value is null, so it does not have attribute "{name}".',
            at,
        )
    match object.type:
        case ObjectOf():
            return _attribute_of_object(object, name, at)
        case MapOf():
            return index(object, string(name), at)
        case _:
            raise _unsupported(object.type, name, at)


def _attribute_of_object(object: Value, name: str, at: SourceRange) -> Value:
    attributes = object.mapping
    if name in attributes:
        return attributes[name].marked(object.marks)
    if isinstance(attributes, OpenAttributes):
        return attributes.other(name).marked(object.marks)
    if any(isinstance(key, SymbolicKey) for key in attributes):
        return index(object, string(name), at)
    raise EvaluationError(
        "Unsupported attribute",
        f'This object does not have an attribute named "{name}". It has: {_names(attributes)}.',
        at,
    )


def _names(attributes: Mapping[str, Value]) -> str:
    return ", ".join(attributes) or "none"


def _unsupported(type: Type, name: str, at: SourceRange) -> EvaluationError:
    if isinstance(type, ListOf | SetOf | TupleOf):
        detail = (
            f'This is a collection, and only its elements have attributes. Did you mean "[*].{name}", '
            f'or one element as in "[0].{name}"?'
        )
        return EvaluationError("Unsupported attribute", detail, at)
    return EvaluationError("Unsupported attribute", "Can't access attributes on a primitive-typed value.", at)


def _attribute_of_unknown(object: Value, name: str, at: SourceRange) -> Value:
    match object.type:
        case ObjectOf(attributes) if name not in attributes:
            raise EvaluationError(
                "Unsupported attribute", f'This object does not have an attribute named "{name}".', at
            )
        case ObjectOf(attributes):
            return part(object, name, attributes[name])
        case MapOf(element):
            return part(object, name, element)
        case Primitive() if object.type is not ANY:
            raise _unsupported(object.type, name, at)
        case ListOf() | SetOf() | TupleOf():
            raise _unsupported(object.type, name, at)
        case _:
            return part(object, name, ANY)


def part(whole: Value, step: str | int, type: Type) -> Value:
    """The part of an unknown value: of an input, an input itself; of anything else, what follows from it."""
    hidden = whole.unknown
    if isinstance(hidden.term, Input) and hidden.kind is Kind.NOT_GIVEN:
        term = hidden.term.child(step)
        return input_value(term, type, hidden.why, hidden.at).marked(whole.marks)
    key = string(step) if isinstance(step, str) else Value(NUMBER, step)
    return derived(type, Applied("[]", (whole, key)), (whole,))


def input_value(term: Input, type: Type, why: str, at: SourceRange | None = None) -> Value:
    """An input that is not given, with the question that would tell more of it."""
    bare = Value(type, Unknown(Kind.NOT_GIVEN, term, why, (), NOTHING_MORE, at))
    return Value(
        type, Unknown(Kind.NOT_GIVEN, term, why, (Question(_first_question(type), bare),), NOTHING_MORE, at)
    )


def _first_question(type: Type) -> Ask:
    match type:
        case Primitive.BOOL:
            return Ask.TRUTH
        case Primitive.STRING | Primitive.ANY:
            return Ask.TEXT
        case ObjectOf() | TupleOf():
            return Ask.NULL
        case _:
            return Ask.SIZE


# --- index -------------------------------------------------------------------------------------


def index(collection: Value, key: Value, at: SourceRange) -> Value:
    """`collection[key]`; raises EvaluationError where Terraform refuses it."""
    if collection.is_null:
        raise EvaluationError(
            "Attempt to index null value", "This value is null, so it does not have any indices.", at
        )
    if key.is_null:
        raise EvaluationError("Invalid index", "Can't use a null value as an indexing key.", at)
    marks = collection.marks | key.marks
    match collection.type:
        case ListOf() | TupleOf():
            return _index_sequence(collection, _key(key, NUMBER, at), at).marked(marks)
        case MapOf() | ObjectOf():
            return _index_mapping(collection, _key(key, STRING, at), at).marked(marks)
        case Primitive.ANY:
            return _index_unknown(collection, key, ANY).marked(marks)
        case SetOf():
            detail = "Elements of a set have no order and no index. Convert it with tolist()."
            raise EvaluationError("Invalid index", detail, at)
        case _:
            raise EvaluationError("Invalid index", "This value does not have any indices.", at)


def _key(key: Value, type: Type, at: SourceRange) -> Value:
    try:
        return convert(key, type)
    except ConversionError as problem:
        raise EvaluationError(
            "Invalid index", f"The given key does not identify an element: {problem}.", at
        ) from None


def _index_unknown(collection: Value, key: Value, element: Type) -> Value:
    if collection.is_unknown and not key.is_unknown and isinstance(key.data, str | int):
        return part(collection, key.data, element)
    return derived(element, Applied("[]", (collection, key)), (collection, key))


def _index_sequence(collection: Value, key: Value, at: SourceRange) -> Value:
    if key.is_unknown or collection.is_unknown:
        if not key.is_unknown:
            _check_index(collection, key, at)
        return _index_unknown(collection, key, _element_type(collection.type, key))
    position = _check_index(collection, key, at)
    return collection.elements[position]


def _element_type(type: Type, key: Value) -> Type:
    match type:
        case ListOf(element):
            return element
        case TupleOf(elements) if not key.is_unknown:
            return elements[int(key.number)]
        case _:
            return ANY


def _check_index(collection: Value, key: Value, at: SourceRange) -> int:
    position = key.number
    if not isinstance(position, int) or position < 0:
        detail = f"The given key {label(key)} does not identify an element: indices are whole numbers from 0."
        raise EvaluationError("Invalid index", detail, at)
    size = len(collection.type.elements) if isinstance(collection.type, TupleOf) else None
    if not collection.is_unknown:
        size = len(collection.elements)
    if size is not None and position >= size:
        held = (
            f"it has {size} element{'' if size == 1 else 's'}" if size else "the collection has no elements"
        )
        detail = f"The given key does not identify an element in this collection value: {held}."
        raise EvaluationError("Invalid index", detail, at)
    return position


def _index_mapping(collection: Value, key: Value, at: SourceRange) -> Value:
    element = collection.type.element if isinstance(collection.type, MapOf) else ANY
    if collection.is_unknown:
        if isinstance(collection.type, ObjectOf) and not key.is_unknown:
            return _attribute_of_unknown(collection, key.text, at)
        return _index_unknown(collection, key, element)
    if not key.is_unknown and isinstance(collection.type, ObjectOf) and key.text in collection.mapping:
        return collection.mapping[key.text]
    return _look_up(collection, key, element, at)


def _look_up(collection: Value, key: Value, element: Type, at: SourceRange) -> Value:
    """Find a key among keys that may not be known: found, absent, or depending on which."""
    questions: tuple[Question, ...] = ()
    undecided = False
    for candidate, item in collection.mapping.items():
        answer = compare(key_value(candidate), key)
        if answer.is_equal:
            return item
        if answer.is_equal is None:
            undecided = True
            questions += answer.questions
    if undecided:
        return _picked(collection, key, element, questions)
    if isinstance(collection.mapping, OpenAttributes) and not key.is_unknown:
        return collection.mapping.other(key.text)
    detail = f"The given key does not identify an element in this collection value: there is no {label(key)}."
    raise EvaluationError("Invalid index", detail, at)


def _picked(collection: Value, key: Value, element: Type, questions: tuple[Question, ...]) -> Value:
    sources = [item for item in (collection, key) if unknowns(item)]
    return derived(element, Applied("[]", (collection, key)), sources, questions=questions)
