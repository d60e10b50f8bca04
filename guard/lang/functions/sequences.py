"""Functions that make lists of lists: concat, flatten, slice, sort, range and others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guard.lang.budget import Budget
from guard.lang.functions.results import is_sequence, undecided, whole
from guard.lang.functions.table import Function, FunctionContext, FunctionError, Marks, Parameter
from guard.records import dataclass, field
from guard.values.convert import convert
from guard.values.equality import compare
from guard.values.errors import ConversionError
from guard.values.lattice import unify
from guard.values.questions import is_at_apply, is_blank
from guard.values.sets import order_is_known
from guard.values.shuffled import is_shuffled, shuffled, unordered_elements
from guard.values.types import (
    ANY,
    NUMBER,
    STRING,
    ListOf,
    SetOf,
    TupleOf,
    Type,
    friendly,
)
from guard.values.unknown import Question, Refinement
from guard.values.value import NO_MARKS, Mark, Value, list_of, tuple_of, wholly_known

_STRINGS = ListOf(STRING)


def _list_element(value: Value) -> Type:
    assert isinstance(value.type, ListOf)
    return value.type.element


def _same_type(arguments: Sequence[Value]) -> Type:
    return arguments[0].type


# --- concat --------------------------------------------------------------------------------------


def _concat_type(arguments: Sequence[Value]) -> Type:
    if not arguments:
        raise FunctionError("at least one argument is required")
    if all(isinstance(value.type, ListOf) for value in arguments):
        common = unify(value.type for value in arguments)
        if common is not None:
            return common
    types: list[Type] = []
    for position, value in enumerate(arguments):
        match value.type:
            case TupleOf(elements):
                types.extend(elements)
            case ListOf(element):
                if value.is_unknown:
                    return ANY
                types.extend([element] * len(value.elements))
            case other:
                raise FunctionError(f"all arguments must be lists or tuples; got {friendly(other)}", position)
    return TupleOf(tuple(types))


def concat(context: FunctionContext, *sequences: Value) -> Value:
    context.budget.allow_elements(sum(len(value.elements) for value in sequences))
    type = _concat_type(sequences)
    if not isinstance(type, ListOf):
        return tuple_of(item for value in sequences for item in value.elements)
    parts: list[Value] = []
    for position, value in enumerate(sequences):
        try:
            parts.extend(convert(value, type).elements)
        except ConversionError as found:
            raise FunctionError(str(found), position) from found
    return list_of(type.element, parts)


# --- flatten -------------------------------------------------------------------------------------


def _flatten_type(arguments: Sequence[Value]) -> Type:
    if wholly_known(arguments[0]) and not is_sequence(arguments[0].type):
        raise FunctionError("can only flatten lists, sets and tuples")
    return ANY


@dataclass(slots=True)
class _Flattened:
    """What was found while flattening. blocking: nested sequences that are not known."""

    budget: Budget
    items: list[Value] = field(default_factory=list)
    marks: frozenset[Mark] = NO_MARKS
    blocking: list[Value] = field(default_factory=list)
    without_order: list[Value] = field(default_factory=list)

    def take(self, sequence: Value) -> None:
        self.marks |= sequence.marks
        elements = unordered_elements(sequence)
        assert elements is not None
        if is_shuffled(sequence) or (isinstance(sequence.type, SetOf) and not order_is_known(elements)):
            self.without_order.append(sequence)
        for item in elements:
            self._take_item(item)

    def _take_item(self, item: Value) -> None:
        if is_shuffled(item) or (is_sequence(item.type) and isinstance(item.data, tuple)):
            self.take(item)
        elif item.is_unknown and (item.type is ANY or is_sequence(item.type)):
            self.blocking.append(item)
        else:
            self.budget.spend(1)
            self.items.append(item)


def flatten(context: FunctionContext, sequence: Value) -> Value:
    """Nested sequences taken apart at every depth; one that is not known keeps all from being known."""
    if not is_sequence(sequence.type):
        raise FunctionError("can only flatten lists, sets and tuples")
    found = _Flattened(context.budget)
    found.take(sequence)
    if found.blocking:
        return undecided("flatten", ANY, [sequence], refinement=Refinement()).marked(found.marks)
    if found.without_order and len(found.items) > 1:
        return shuffled(None, found.items, found.without_order).marked(found.marks)
    return tuple_of(found.items).marked(found.marks)


# --- parts of lists ------------------------------------------------------------------------------


def compact(_: FunctionContext, strings: Value) -> Value:
    if is_at_apply(strings):
        return undecided("compact", _STRINGS, [strings])
    kept: list[Value] = []
    questions: list[Question] = []
    for item in strings.elements:
        blank = is_blank(item)
        questions.extend(blank.questions)
        if not blank.is_equal:
            kept.append(item)
    if questions:
        return undecided("compact", _STRINGS, [strings], questions, Refinement(True, at_most=len(kept)))
    return list_of(STRING, kept)


_COMPARISONS = 200_000


def distinct(context: FunctionContext, sequence: Value) -> Value:
    if is_at_apply(sequence):
        return undecided("distinct", sequence.type, [sequence])
    kept: list[Value] = []
    questions: list[Question] = []
    is_open = False
    for item in sequence.elements:
        context.budget.spend(len(kept))
        answers = [compare(other, item) for other in kept]
        if any(answer.is_equal for answer in answers):
            continue
        kept.append(item)
        is_open = is_open or any(answer.is_equal is None for answer in answers)
        questions.extend(question for answer in answers for question in answer.questions)
    if is_open:
        bounds = Refinement(True, at_least=1, at_most=len(kept))
        return undecided("distinct", sequence.type, [sequence], questions, bounds)
    return list_of(_list_element(sequence), kept)


def _chunks_type(arguments: Sequence[Value]) -> Type:
    return ListOf(arguments[0].type)


def chunklist(_: FunctionContext, sequence: Value, size: Value) -> Value:
    count = whole(size, "invalid size: ")
    if count < 0:
        raise FunctionError("the size argument must be positive")
    items = sequence.elements
    step = count or max(1, len(items))
    chunks = [items[start : start + step] for start in range(0, len(items), step)]
    return list_of(sequence.type, (list_of(_list_element(sequence), chunk) for chunk in chunks))


_ANY_LIST = ListOf(ANY)

_LIST = Parameter(ANY, parts=True, marks=Marks.OUTER, any_order=True, name="list")

TABLE: Mapping[str, Function] = {
    "concat": Function(
        concat,
        rest=Parameter(ANY, parts=True, marks=Marks.OUTER, any_order=True, name="seqs"),
        returns=_concat_type,
    ),
    "flatten": Function(
        flatten,
        (_LIST,),
        returns=_flatten_type,
    ),
    "compact": Function(
        compact, (Parameter(_STRINGS, parts=True, any_order=True, name="list"),), returns=_STRINGS
    ),
    "distinct": Function(
        distinct, (Parameter(_ANY_LIST, parts=True, any_order=True, name="list"),), returns=_same_type
    ),
    "chunklist": Function(
        chunklist,
        (
            Parameter(_ANY_LIST, parts=True, marks=Marks.OUTER, name="list"),
            Parameter(NUMBER, marks=Marks.OUTER, name="size"),
        ),
        returns=_chunks_type,
    ),
}
