"""A question to the worlds that its answers make. Together they cover every value of the input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from guard.lang.traversal import input_value
from guard.lang.world import World
from guard.records import replace
from guard.values.numbers import Number
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
from guard.values.unknown import Ask, Input, Joined, Question, Refinement, Term, Unknown
from guard.values.value import FALSE, TRUE, SymbolicKey, Value, list_of, null, number, string, walk
from guard.worlds.literals import LARGEST_SIZE, Literals

NOT_NULL = Refinement(not_null=True)
SIZES = (1, 2, 0)
TRUTHS = (TRUE, FALSE)
TEXTS_OF_TRUTHS = (string("1"), string("0"))  # with "true" and "false" all that convert to bool


def outcomes(question: Question, world: World, literals: Literals) -> Iterator[World]:
    """The worlds in which the question is answered, the simplest first."""
    subject = question.subject
    term = subject.unknown.term
    match question.ask:
        case Ask.TRUTH:
            for value in TRUTHS if question.other is None else (*TRUTHS, *TEXTS_OF_TRUTHS):
                yield world.assume(term, value)
        case Ask.NULL:
            yield world.assume(term, NOT_NULL)
            yield world.assume(term, null(subject.type))
        case Ask.SIZE if subject.type is NUMBER:
            yield from _numbers(subject, world, literals)
        case Ask.SIZE:
            for value in _sized(subject, world, literals):
                yield world.assume(term, value)
            yield from _larger(subject, world, literals)
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
    subject, other = world.resolve(subject), world.resolve(other)
    if not subject.is_unknown:
        subject, other = other, subject
    if not subject.is_unknown or subject == other:
        return  # what is assumed already answers it, so it leads no further
    term, excluded = subject.unknown.term, _excluded(other)
    known = world.facts.get(term)
    if isinstance(known, Refinement) and excluded in known.excluded:
        return
    if not _occurs(term, other):
        yield world.assume(term, other)
    elif not _adds_to(term, other):
        yield world.assume(other.unknown.term, subject)
    yield world.assume(term, Refinement(excluded=frozenset({excluded})))


def _by_type(subject: Value) -> Question:
    return Question(Ask.TRUTH if subject.type is BOOL else Ask.SIZE, subject)


def _excluded(other: Value) -> str | int | Fraction | Term:
    match other.data:
        case Unknown(term=term):
            return term
        case str() | int() | Fraction():
            return other.data
    raise AssertionError(other)


def _adds_to(term: Term, text: Value) -> bool:
    """Whether a text holds this one whole and known characters besides, so that it is longer for certain."""
    joined = text.unknown.term
    if not isinstance(joined, Joined):
        return False
    wholes = [part for part in joined.parts if isinstance(part, Value) and part.is_unknown]
    return any(part.unknown.term == term for part in wholes) and any(map(_is_text, joined.parts))


def _is_text(part: str | Value) -> bool:
    return isinstance(part, str) and part != ""


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


# --- numbers -----------------------------------------------------------------------------------


def _numbers(subject: Value, world: World, literals: Literals) -> Iterator[World]:
    """The numbers that matter, and the intervals between them and on either side.

    A number that is in an interval already is not split further: what is made of it is asked for instead.
    """
    term, known = subject.unknown.term, subject.unknown.refinement
    if term in world.facts:
        yield from _counted(term, known, world, literals)
        return
    points = sorted({*SIZES, *literals.numbers})
    inside = [point for point in points if not _outside(point, known)]
    for point in sorted(inside, key=_from_small):
        if point not in known.excluded:
            yield world.assume(term, number(point))
    for low, high in sorted(pairwise((None, *points, None)), key=_whole_first):
        if not (_misses(high, known.low) or _misses(known.high, low)):
            ends = frozenset(end for end in (low, high) if end is not None)
            yield world.assume(term, Refinement(not_null=True, low=low, high=high, excluded=ends))


def _counted(term: Term, known: Refinement, world: World, literals: Literals) -> Iterator[World]:
    """One number for all of an interval: where they are only compared and counted, they are all alike."""
    if literals.beyond is None:
        return
    if known.high is None:
        yield world.assume(term, number(literals.beyond))
    elif known.low is None:
        yield world.assume(term, number(min(-1, floor(known.high) - 1)))
    elif known.high <= LARGEST_SIZE:
        whole = ceil(known.high) - 1
        yield world.assume(term, number(whole if whole > known.low else Fraction(known.low + known.high) / 2))


def _outside(point: Number, known: Refinement) -> bool:
    return (known.low is not None and point < known.low) or (known.high is not None and point > known.high)


def _misses(high: Number | None, low: Number | None) -> bool:
    """Whether nothing lies above the low and below the high."""
    return high is not None and low is not None and high <= low


def _from_small(point: Number) -> tuple[bool, int | Fraction]:
    """Counts first: one and two are more telling than none."""
    return (point <= 0, point if point > 0 else -point)


def _whole_first(ends: tuple[Number | None, Number | None]) -> bool:
    low, high = ends
    return low is not None and high is not None and high - low <= 1


# --- sizes -------------------------------------------------------------------------------------


def _sized(subject: Value, world: World, literals: Literals) -> Iterator[Value]:
    """Collections of each size that matters; none for what is known to be larger than those."""
    if (
        isinstance(world.facts.get(subject.unknown.term), Refinement)
        and subject.unknown.refinement.at_least > 1
    ):
        return
    if isinstance(subject.type, ObjectOf | TupleOf) or subject.type is STRING:
        return
    known = subject.unknown.refinement
    for size in _sizes(literals):
        if size >= known.at_least and (known.at_most is None or size <= known.at_most):
            yield from _collections(subject, size)


def _sizes(literals: Literals) -> Iterable[int]:
    """Sizes that matter. One key more than allowed is enough for a violation, so up to so many elements do,
    with those that are sought elsewhere, and, if it is asked how many there are, the sizes that the
    configuration mentions, and their neighbours."""
    if not literals.counted:
        return dict.fromkeys((*SIZES, *range(literals.enough + 1)))
    near = (near for size in literals.sizes for near in (size, size + 1))
    return dict.fromkeys((*SIZES, *near, literals.beyond or literals.few))


def _larger(subject: Value, world: World, literals: Literals) -> Iterator[World]:
    """The larger sizes, where they may behave differently from those that were tried."""
    if not literals.counted or literals.beyond is not None or not _has_size(subject.type):
        return
    if _is_large(subject, world):
        return
    known, most = subject.unknown.refinement, max(_sizes(literals))
    if known.at_most is None or known.at_most > most:
        yield world.assume(subject.unknown.term, Refinement(not_null=True, at_least=most + 1))


def _is_large(subject: Value, world: World) -> bool:
    """Whether the world says no more of a collection than that it is larger than all that were tried."""
    fact = world.facts.get(subject.unknown.term)
    return isinstance(fact, Refinement) and fact.at_least > 0


def _has_size(type: Type) -> bool:
    return type is ANY or isinstance(type, ListOf | SetOf | MapOf)


def _collections(subject: Value, size: int) -> Iterator[Value]:
    """Collections of the type, or of all types that a collection can have if none is known."""
    if subject.type is not ANY:
        yield _collection(subject, size)
        return
    for type in (MapOf(ANY), SetOf(STRING), ListOf(ANY)):
        yield _collection(replace(subject, type=type), size)


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
    return term if isinstance(term, Input) else Input(str(term), made=True)


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
