"""Functions about the order of lists: slice, reverse, sort, range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from guard.lang.functions.results import undecided, whole
from guard.lang.functions.table import Function, FunctionContext, FunctionError, Marks, Parameter
from guard.values.numbers import add, counted, is_negative
from guard.values.questions import is_at_apply
from guard.values.sets import order_is_known
from guard.values.shuffled import in_order, shuffled
from guard.values.types import ANY, NUMBER, STRING, ListOf, SetOf, TupleOf, Type, friendly
from guard.values.unknown import Refinement
from guard.values.value import Value, list_of, number, tuple_of, wholly_known

_STRINGS = ListOf(STRING)


def _slice_type(arguments: Sequence[Value]) -> Type:
    sequence, start, end = arguments
    if isinstance(sequence.type, SetOf):
        raise FunctionError(
            "cannot slice a set, because its elements do not have indices; explicitly convert to a list if "
            "the ordering of the result is not important",
            0,
        )
    if not isinstance(sequence.type, ListOf | TupleOf):
        raise FunctionError("must be a list or tuple value", 0)
    first, last = _slice_bounds(sequence, start, end)
    if isinstance(sequence.type, ListOf):
        return sequence.type
    if first is None or last is None:
        return ANY
    return TupleOf(sequence.type.elements[first:last])


def _slice_bounds(sequence: Value, start: Value, end: Value) -> tuple[int | None, int | None]:
    """Both ends, checked as far as they are known."""
    length = _known_length(sequence)
    first, last = _slice_bound(start, "start", 1, length), _slice_bound(end, "end", 2, length)
    if first is not None and last is not None and first > last:
        raise FunctionError("start index must not be greater than end index", 1)
    return first, last


def _known_length(sequence: Value) -> int | None:
    if isinstance(sequence.type, TupleOf):
        return len(sequence.type.elements)
    return None if sequence.is_unknown else len(sequence.elements)


def _slice_bound(value: Value, which: str, argument: int, length: int | None) -> int | None:
    if value.is_unknown:
        return None
    position = whole(value, f"invalid {which} index: ", argument)
    if position < 0:
        raise FunctionError(f"{which} index must not be less than zero", argument)
    if length is not None and position > length:
        raise FunctionError(f"{which} index must not be greater than the length of the list", argument)
    return position


def slice_(_: FunctionContext, sequence: Value, start: Value, end: Value) -> Value:
    first, last = _slice_bounds(sequence, start, end)
    items = sequence.elements[first:last]
    return list_of(sequence.type.element, items) if isinstance(sequence.type, ListOf) else tuple_of(items)


# --- order ---------------------------------------------------------------------------------------


def _reverse_type(arguments: Sequence[Value]) -> Type:
    match arguments[0].type:
        case TupleOf(elements):
            return TupleOf(elements[::-1])
        case ListOf(element) | SetOf(element):
            return ListOf(element)
        case other:
            raise FunctionError(f"can only reverse list or tuple values, not {friendly(other)}", 0)


def reverse(_: FunctionContext, sequence: Value) -> Value:
    items = sequence.elements[::-1]
    match sequence.type:
        case SetOf(element) if not order_is_known(sequence.elements):
            return shuffled(element, items, [item for item in items if not wholly_known(item)])
        case SetOf(element) | ListOf(element):
            return list_of(element, items)
    return tuple_of(items)


def sort(_: FunctionContext, strings: Value) -> Value:
    if strings.is_unknown or is_at_apply(strings):
        return undecided("sort", _STRINGS, [strings], refinement=_size(strings))
    for position, item in enumerate(strings.elements):
        if item.is_null:
            raise FunctionError(f"given list element {position} is null; a null string cannot be sorted")
    return in_order(((item, item) for item in strings.elements), STRING)


def _size(value: Value) -> Refinement:
    if value.is_unknown:
        known = value.unknown.refinement
        return Refinement(True, at_least=known.at_least, at_most=known.at_most)
    return Refinement(True, at_least=len(value.elements), at_most=len(value.elements))


_RANGE_MOST = 1024
_RANGE_ARGUMENTS = 3


def range_(_: FunctionContext, *numbers: Value) -> Value:
    return list_of(NUMBER, _range(numbers))


def _range(numbers: Sequence[Value]) -> Iterator[Value]:
    if not 1 <= len(numbers) <= _RANGE_ARGUMENTS:
        raise FunctionError("must have one, two, or three arguments")
    given = [value.number for value in numbers]
    start = given[0] if len(given) > 1 else counted(0)
    end = given[min(1, len(given) - 1)]
    step = given[2] if len(given) == _RANGE_ARGUMENTS else counted(-1 if end < start else 1)
    down = is_negative(step) and step != 0
    if down and end > start:
        raise FunctionError("end must be less than start when step is negative", min(1, len(given) - 1))
    if not down and end < start:
        raise FunctionError("end must be greater than start when step is positive", 1)
    position, made = start, 0
    while position > end if down else position < end:
        made += 1
        if made > _RANGE_MOST:
            raise FunctionError(
                "more than 1024 values were generated; either decrease the difference between start and end "
                "or use a smaller step"
            )
        yield number(position)
        position = add(position, step)


_LIST = Parameter(ANY, parts=True, marks=Marks.OUTER, any_order=True, name="list")

TABLE: Mapping[str, Function] = {
    "slice": Function(
        slice_,
        (
            Parameter(ANY, parts=True, marks=Marks.OUTER, name="list"),
            Parameter(NUMBER, name="start_index"),
            Parameter(NUMBER, name="end_index"),
        ),
        returns=_slice_type,
    ),
    "reverse": Function(
        reverse,
        (_LIST,),
        returns=_reverse_type,
    ),
    "sort": Function(
        sort, (Parameter(_STRINGS, unknown=True, parts=True, any_order=True, name="list"),), returns=_STRINGS
    ),
    "range": Function(range_, rest=Parameter(NUMBER, name="params"), returns=ListOf(NUMBER)),
}
