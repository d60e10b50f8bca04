"""count and for_each to instances.

https://developer.hashicorp.com/terraform/language/meta-arguments/count
https://developer.hashicorp.com/terraform/language/meta-arguments/for_each
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from math import ceil, floor

from guard.addresses import NO_KEY, WILDCARD, InstanceKey
from guard.config.model import Repetition
from guard.lang.evaluate import evaluate
from guard.lang.questions import decisive
from guard.lang.scope import Scope
from guard.records import dataclass, field
from guard.source import SourceRange
from guard.syntax.nodes import Expr
from guard.values.convert import convert
from guard.values.errors import ConversionError, EvaluationError
from guard.values.types import ANY, NUMBER, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf
from guard.values.unknown import Applied, Kind
from guard.values.value import (
    Mark,
    SymbolicKey,
    Value,
    derived,
    key_value,
    number,
    object_of,
    own_marks,
    tuple_of,
    unknowns,
)


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance of a resource or module call; each holds `each.key`, `each.value`, `count.index`."""

    key: InstanceKey
    each: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Expansion:
    """The instances of a resource or module call.

    repeated: whether it has count or for_each. open: the value of count or for_each while it is not
    known; then the one instance stands for low..high of them.
    """

    instances: tuple[Instance, ...]
    repeated: bool = True
    by_number: bool = False
    open: Value | None = None
    low: int = 0
    high: int | None = None

    def find(self, key: InstanceKey) -> Instance | None:
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> Mapping[InstanceKey, Instance]:
        return {item.key: item for item in self.instances}


SINGLE = Expansion((Instance(NO_KEY),), repeated=False)


def expand(repetition: Repetition, scope: Scope) -> Expansion:
    """The instances; raises EvaluationError where Terraform refuses the argument."""
    if repetition.count is not None:
        return _by_count(repetition.count, scope)
    if repetition.for_each is not None:
        return _by_for_each(repetition.for_each, scope)
    return SINGLE


# --- count -------------------------------------------------------------------------------------


def _by_count(expr: Expr, scope: Scope) -> Expansion:
    value = _count_value(expr, scope)
    if value.is_unknown:
        low, high = bounds(value)
        index = derived(NUMBER, Applied("count.index", (value,)), (value,))
        return Expansion((Instance(WILDCARD, {"count.index": index}),), True, True, value, low, high)
    size = value.number
    if not isinstance(size, int) or size < 0:
        detail = "The count must be a whole number, and not below zero."
        raise _invalid_count(f"{detail} It is {float(size):g}.", expr.range)
    scope.context.budget.allow_elements(size, expr.range)
    return Expansion(
        tuple(Instance(item, {"count.index": number(item)}) for item in range(size)), by_number=True
    )


def _count_value(expr: Expr, scope: Scope) -> Value:
    value = evaluate(expr, scope)
    if Mark.EPHEMERAL in value.marks:
        raise _invalid_count(
            "An ephemeral value cannot be used here: it is not kept between plan and apply.", expr.range
        )
    if value.is_null:
        raise _invalid_count("The count is null. Count must be given.", expr.range)
    try:
        converted = convert(value, NUMBER)
    except ConversionError as problem:
        raise _invalid_count(f"The count is not suitable: {problem}.", expr.range) from None
    if converted.is_unknown and converted.unknown.kind is Kind.AT_APPLY:
        detail = (
            f"The count depends on values that are known only at apply ({converted.unknown.why}), "
            "so Terraform refuses it."
        )
        raise _invalid_count(detail, expr.range)
    return decisive(converted)


def _invalid_count(detail: str, at: SourceRange) -> EvaluationError:
    return EvaluationError("Invalid count argument", detail, at)


def bounds(value: Value) -> tuple[int, int | None]:
    """The least and the greatest that a number not known can be, as far as its making tells."""
    if not value.is_unknown:
        whole = value.number if isinstance(value.data, int) and not isinstance(value.data, bool) else 0
        return max(0, int(whole)), max(0, int(whole))
    match value.unknown.term:
        case Applied("?:", (_, then, otherwise)) if NUMBER in (then.type, otherwise.type):
            (low, high), (other_low, other_high) = bounds(then), bounds(otherwise)
            greatest = None if high is None or other_high is None else max(high, other_high)
            return min(low, other_low), greatest
    known = value.unknown.refinement
    low = 0 if known.low is None else floor(known.low) + 1 if known.low in known.excluded else ceil(known.low)
    if known.high is None:
        return max(0, low), None
    high = ceil(known.high) - 1 if known.high in known.excluded else floor(known.high)
    return (max(0, low), max(0, high)) if low <= high else (0, 0)  # no whole number: Terraform refuses it


# --- for_each ----------------------------------------------------------------------------------


def _by_for_each(expr: Expr, scope: Scope) -> Expansion:
    value = evaluate(expr, scope)
    _check_for_each(value, expr.range)
    if value.is_unknown:
        return _open_for_each(decisive(value))
    scope.context.budget.allow_elements(
        len(value.elements if isinstance(value.data, tuple) else value.mapping), expr.range
    )
    if isinstance(value.type, SetOf):
        return Expansion(tuple(_set_instance(item) for item in value.elements))
    return Expansion(tuple(_instance(key, key_value(key), item) for key, item in value.mapping.items()))


def _instance(key: InstanceKey, each_key: Value, each_value: Value) -> Instance:
    return Instance(key, {"each.key": each_key, "each.value": each_value})


def _set_instance(element: Value) -> Instance:
    key = SymbolicKey(element) if element.is_unknown else element.text
    return _instance(key, element, element)


def _open_for_each(value: Value) -> Expansion:
    refinement = value.unknown.refinement
    key = derived(STRING, Applied("each.key", (value,)), (value,))
    element = value.type.element if isinstance(value.type, MapOf) else ANY
    item = (
        key if isinstance(value.type, SetOf) else derived(element, Applied("each.value", (value,)), (value,))
    )
    instances = (_instance(WILDCARD, key, item),)
    return Expansion(instances, True, False, value, refinement.at_least, refinement.at_most)


def _check_for_each(value: Value, at: SourceRange) -> None:
    """Refuse what Terraform refuses."""
    marks = own_marks(value)
    if Mark.SENSITIVE in marks:
        detail = "Sensitive values cannot be used as for_each: its keys would be disclosed in addresses."
        raise _invalid_for_each(detail, at)
    if Mark.EPHEMERAL in marks:
        raise _invalid_for_each(
            "Ephemeral values cannot be used as for_each: they are not kept between plan and apply.", at
        )
    if value.is_null:
        raise _invalid_for_each("The for_each value is null. A map or a set of strings is needed.", at)
    if not isinstance(value.type, SetOf | MapOf | ObjectOf) and not (value.type is ANY and value.is_unknown):
        hint = " Did you mean toset(…)?" if isinstance(value.type, ListOf | TupleOf) else ""
        raise _invalid_for_each(f"for_each takes a map or a set of strings, and this is neither.{hint}", at)
    if value.is_unknown and value.unknown.kind is Kind.AT_APPLY:
        detail = (
            f"The for_each value depends on values that are known only at apply ({value.unknown.why}), "
            "so Terraform refuses it."
        )
        raise _invalid_for_each(detail, at)
    if isinstance(value.type, SetOf):
        _check_set(value, at)


def _invalid_for_each(detail: str, at: SourceRange) -> EvaluationError:
    return EvaluationError("Invalid for_each argument", detail, at)


def _check_set(value: Value, at: SourceRange) -> None:
    assert isinstance(value.type, SetOf)
    if value.type.element not in (STRING, ANY) and (value.is_unknown or value.elements):
        detail = "A set used as for_each must hold strings."
        raise EvaluationError("Invalid for_each set argument", detail, at)
    if value.is_unknown:
        return
    if any(item.is_null for item in value.elements):
        raise EvaluationError(
            "Invalid for_each set argument", "A set used as for_each must not hold null.", at
        )
    if any(item.kind is Kind.AT_APPLY for item in unknowns(value)):
        detail = "The set holds values that are known only at apply, so Terraform refuses it as for_each."
        raise EvaluationError("Invalid for_each set argument", detail, at)


# --- instances by key ---------------------------------------------------------------------------


def plain_key(value: Value) -> InstanceKey:
    """An index value as an instance key; a key that is not known finds nothing."""
    if isinstance(value.data, str | int) and not isinstance(value.data, bool):
        return value.data
    return str(value.data)


def collected(expansion: Expansion, instances: Sequence[Value]) -> Value:
    """All instances as one value: a tuple for count, an object for for_each."""
    if expansion.by_number:
        return tuple_of(instances)
    return object_of(
        {
            str(item.key) if not isinstance(item.key, str) else item.key: value
            for item, value in zip(expansion.instances, instances, strict=True)
        }
    )
