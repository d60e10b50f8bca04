"""A question to the worlds that its answers make. Together they cover every value of the input."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from guard.lang.traversal import input_value
from guard.lang.world import World
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
from guard.values.unknown import Ask, Input, Question, Refinement, Term, Unknown
from guard.values.value import FALSE, TRUE, SymbolicKey, Value, list_of, null, number, walk
from guard.worlds.literals import Literals

NOT_NULL = Refinement(not_null=True)
SIZES = (1, 2, 0)
LARGEST_SIZE = 8


def outcomes(question: Question, world: World, literals: Literals) -> Iterator[World]:
    """The worlds in which the question is answered, the simplest first."""
    subject = question.subject
    term = subject.unknown.term
    match question.ask:
        case Ask.TRUTH:
            yield world.assume(term, TRUE)
            yield world.assume(term, FALSE)
        case Ask.NULL:
            yield world.assume(term, NOT_NULL)
            yield world.assume(term, null(subject.type))
        case Ask.SIZE:
            for value in _sized(subject, literals):
                yield world.assume(term, value)
        case Ask.EQUAL | Ask.HAS | Ask.TEXT:
            yield from _equal(question, world, literals)


def _equal(question: Question, world: World, literals: Literals) -> Iterator[World]:
    subject, other = question.subject, question.other
    if other is None or subject.type is BOOL:
        yield from outcomes(_by_type(subject), world, literals)
        return
    if isinstance(other.data, tuple | dict) or not isinstance(subject.type, type(STRING)):
        yield from outcomes(Question(Ask.SIZE, subject), world, literals)
        return
    term = subject.unknown.term
    if not _occurs(term, other):
        yield world.assume(term, other)
    yield world.assume(term, Refinement(excluded=frozenset({_excluded(other)})))


def _by_type(subject: Value) -> Question:
    return Question(Ask.TRUTH if subject.type is BOOL else Ask.SIZE, subject)


def _excluded(other: Value) -> str | int | Fraction | Term:
    match other.data:
        case Unknown(term=term):
            return term
        case str() | int() | Fraction():
            return other.data
    raise AssertionError(other)


def _occurs(term: Term, value: Value) -> bool:
    """Whether a value is made of the term: assuming them equal would never end."""
    for item in walk(value):
        if isinstance(item.data, Unknown):
            inner = item.data.term
            if inner == term:
                return True
            parts = getattr(inner, "arguments", ()) or getattr(inner, "parts", ())
            if any(isinstance(part, Value) and _occurs(term, part) for part in parts):
                return True
    return False


# --- sizes -------------------------------------------------------------------------------------


def _sized(subject: Value, literals: Literals) -> Iterator[Value]:
    """Values of each size that matters. Two keys are enough for a violation, so 0, 1 and 2 elements
    do, and the sizes next to the numbers that the configuration compares with."""
    if subject.type is NUMBER:
        near = (near for value in literals.numbers for near in (value - 1, value, value + 1) if near >= 0)
        excluded = subject.unknown.refinement.excluded
        yield from (number(value) for value in dict.fromkeys((*SIZES, *near)) if value not in excluded)
        return
    if isinstance(subject.type, ObjectOf | TupleOf) or subject.type is STRING:
        return
    extra = (size for value in literals.numbers for size in (value, value + 1) if size <= LARGEST_SIZE)
    hidden = subject.unknown
    for size in dict.fromkeys((*SIZES, *extra)):
        if size >= hidden.refinement.at_least and (
            hidden.refinement.at_most is None or size <= hidden.refinement.at_most
        ):
            yield _collection(subject, size)


def _collection(subject: Value, size: int) -> Value:
    leaf = _leaf(subject)
    match subject.type:
        case MapOf(element):
            keys = _distinct([_part(subject, leaf, (position, "key"), STRING) for position in range(size)])
            items = [_part(subject, leaf, (position, "value"), element) for position in range(size)]
            pairs: dict[str, Value] = {SymbolicKey(key): item for key, item in zip(keys, items, strict=True)}
            return Value(subject.type, pairs)
        case SetOf(element):
            elements = _distinct(
                [_part(subject, leaf, (position,), _known(element)) for position in range(size)]
            )
            return Value(SetOf(_known(element)), tuple(elements))
        case ListOf(element):
            return list_of(element, (_part(subject, leaf, (position,), element) for position in range(size)))
        case _:
            elements = _distinct([_part(subject, leaf, (position,), STRING) for position in range(size)])
            return Value(SetOf(STRING), tuple(elements))


def _known(element: Type) -> Type:
    return STRING if element is ANY else element


def _leaf(subject: Value) -> Input:
    term = subject.unknown.term
    return term if isinstance(term, Input) else Input(str(term))


def _part(subject: Value, leaf: Input, steps: tuple[str | int, ...], type: Type) -> Value:
    term = replace(leaf, steps=(*leaf.steps, *steps))
    value = input_value(term, type, subject.unknown.why, subject.unknown.at)
    if len(steps) > 1 and steps[1] == "key":
        return replace(value, data=replace(value.unknown, refinement=NOT_NULL))
    return value


def _distinct(values: list[Value]) -> list[Value]:
    """The values, each known to differ from all the others, and none of them null."""
    terms = [value.unknown.term for value in values]
    return [
        replace(
            value,
            data=replace(
                value.unknown,
                refinement=Refinement(
                    not_null=True, excluded=frozenset(term for term in terms if term != value.unknown.term)
                ),
            ),
        )
        for value in values
    ]
