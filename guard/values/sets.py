"""Sets: which elements are the same one, and in which order Terraform lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from guard.values.equality import Answer, compare
from guard.values.marks import without_marks
from guard.values.numbers import brief_text
from guard.values.text import go_quoted
from guard.values.types import STRING, ObjectOf, SetOf, TupleOf, Type
from guard.values.unknown import Applied, Input, Kind, Question, Refinement, Unknown
from guard.values.value import Value, all_marks, derived, tuple_of, unknowns, utf8, wholly_known

_COMPARISONS = 200_000


def set_of(element: Type, values: Iterable[Value]) -> Value:
    """The set of values that have the element type already; marks of the elements become the set's.

    If inputs leave open whether two elements are one, or Terraform learns an element while applying,
    the set is not known, but its possible sizes are.
    """
    given = list(values)
    marks = all_marks(*given)
    elements = [without_marks(item) for item in given] if marks else given
    known = {_identity(item): item for item in reversed(elements) if wholly_known(item)}
    open_ones = [item for item in elements if not wholly_known(item)]
    if not open_ones:
        return Value(SetOf(element), tuple(ordered(known.values())), marks)
    return _set_with_unknowns(element, list(reversed(known.values())), open_ones).marked(marks)


def comparisons(elements: Sequence[Value]) -> int:
    """How many comparisons a set of these elements takes: what is not known is compared with each, unless
    that are too many, so that none is made."""
    number = len(elements) * sum(not wholly_known(item) for item in elements)
    return number if number <= _COMPARISONS else 0


def _identity(value: Value) -> object:
    """Equal for wholly known values exactly if they are equal: True and 1 are not."""
    match value.data:
        case tuple():
            return (value.type, tuple(map(_identity, value.data)))
        case Mapping():
            return (value.type, tuple((key, _identity(part)) for key, part in sorted(value.data.items())))
        case None:
            return None
        case data:
            return (value.type, data)


def _set_with_unknowns(element: Type, known: list[Value], open_ones: list[Value]) -> Value:
    if not comparisons([*known, *open_ones]):
        return _undecided(element, [*known, *open_ones], len(known))
    distinct: list[Value] = []
    questions: list[Question] = []
    undecided = False
    for item in open_ones:
        answer = _is_among(item, known, distinct)
        if answer.is_equal is None:
            undecided = True
            questions.extend(answer.questions)
        if not answer.is_equal:
            distinct.append(item)
    every = [*ordered(known), *ordered(distinct)]
    at_apply = any(item.kind is not Kind.NOT_GIVEN for item in unknowns(*distinct))
    if len(every) > 1 and (undecided or at_apply):
        return _undecided(element, every, len(known), tuple(questions))
    return Value(SetOf(element), tuple(every))


def _is_among(item: Value, known: list[Value], distinct: list[Value]) -> Answer:
    """Whether an open value is one of the others. An undecided answer counts only if none is yes."""
    result = Answer(False)
    for other in (*distinct, *known):
        answer = compare(item, other)
        if answer.is_equal:
            return answer
        if answer.is_equal is None:
            result = Answer(None, result.questions + answer.questions)
    return result


def _undecided(
    element: Type, elements: list[Value], known: int, questions: tuple[Question, ...] = ()
) -> Value:
    surely = known if all(item.kind is Kind.NOT_GIVEN for item in unknowns(*elements)) else 1
    bounds = Refinement(not_null=True, at_least=max(surely, 1), at_most=len(elements))
    term = Applied("toset", (tuple_of(elements),))
    return derived(SetOf(element), term, elements, bounds, questions)


# --- order ---------------------------------------------------------------------------------------


def ordered(values: Iterable[Value]) -> list[Value]:
    """Elements of one type in Terraform's order, as far as they are known."""
    return sorted(values, key=set_order)


def set_order(value: Value) -> tuple[int, int | Fraction, bytes]:
    """The sort key of a set element: strings by UTF-8 bytes, numbers by size, false before true.

    Null comes last; other types follow go-cty's hash text. An unknown string is where its known
    beginning is.
    """
    match value.data:
        case None:
            return (2, 0, b"")
        case Unknown(refinement=known):
            return (0, 0, utf8(known.prefix)) if value.type is STRING else (1, 0, b"")
        case str(text):
            return (0, 0, utf8(text))
        case bool() | int() | Fraction():
            return (0, value.data, b"")
    return (0, 0, b"".join(_hash_text(value)))


def order_is_known(values: Iterable[Value]) -> bool:
    """Whether elements that are in set order stay so, whatever the unknown ones of them are."""
    return all(_stays_before(one, other) for one, other in pairwise(values))


def _stays_before(one: Value, other: Value) -> bool:
    if wholly_known(one) and wholly_known(other):
        return True
    ours, theirs = _beginning(one), _beginning(other)
    common = min(len(ours), len(theirs))
    return ours[:common] < theirs[:common] or _fresh_siblings(one, other)


def _beginning(value: Value) -> bytes:
    match value.data:
        case str(text):
            return utf8(text)
        case Unknown(refinement=known):
            return utf8(known.prefix)
    return b""


def _fresh_siblings(one: Value, other: Value) -> bool:
    """Whether both are elements made up for one input: nothing but their numbers tells them apart."""
    match one.data, other.data:
        case Unknown(term=Input(name, ours)), Unknown(term=Input(name_, theirs)):
            differing = [pair for pair in zip(ours, theirs, strict=False) if pair[0] != pair[1]]
            alike = (name, len(ours)) == (name_, len(theirs))
            return alike and len(differing) == 1 and _counts_up(*differing[0])
    return False


def _counts_up(one: str | int, other: str | int) -> bool:
    return isinstance(one, int) and isinstance(other, int) and one < other


def _hash_text(value: Value) -> Iterator[bytes]:
    """https://github.com/zclconf/go-cty/blob/main/cty/set_internals.go appendSetHashBytes"""
    match value.data:
        case Unknown():
            yield b"?"
        case None:
            yield b"~"
        case bool(truth):
            yield b"T" if truth else b"F"
        case str(text):
            yield utf8(go_quoted(text))
        case tuple(elements):
            yield from _list_text(elements, isinstance(value.type, TupleOf))
        case Mapping() as mapping:
            yield from _map_text(mapping, isinstance(value.type, ObjectOf))
        case number:
            yield brief_text(number).encode()


def _list_text(elements: Iterable[Value], structure: bool) -> Iterator[bytes]:
    yield b"<" if structure else b"["
    for element in elements:
        yield from _hash_text(element)
        yield b";"
    yield b">" if structure else b"]"


def _map_text(mapping: Mapping[str, Value], structure: bool) -> Iterator[bytes]:
    yield b"<" if structure else b"{"
    for key in sorted(mapping, key=utf8):
        if not structure:
            yield utf8(go_quoted(key)) + b":"
        yield from _hash_text(mapping[key])
        yield b";"
    yield b">" if structure else b"}"
